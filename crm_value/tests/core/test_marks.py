from pathlib import Path

from lxml import etree

from odoo.tests import BaseCase, tagged

ADDON = Path(__file__).resolve().parents[2]
PRESSED = ("button", "a", "input", "select", "summary")  # by the keyboard, too
NATIVE = ("button", "field", "list")  # Odoo brings their keys along
NAMES = ("aria-label", "t-att-aria-label", "title", "t-att-title")
SAID = ("t-esc", "t-out", "t-call")


def opens(mark):
    """Whether a click on this element does something."""
    return any(name.split(".")[0] == "t-on-click" for name in mark.attrib) or (
        mark.tag not in NATIVE and mark.get("type") in ("object", "open")
    )


def is_named(mark):
    """Whether a reader who sees nothing is told what the mark is."""
    parts = list(mark.iter(etree.Element))
    return (
        any(mark.get(name) for name in NAMES)
        or "".join(mark.itertext()).strip()
        or any(part.get(name) for part in parts for name in SAID)
        or any(part.get("title") for part in parts)
    )


def has_keys(mark):
    """Whether the keyboard reaches and presses a mark as the mouse does."""
    return mark.tag in PRESSED or (
        mark.get("role") in ("button", "link")
        and mark.get("tabindex") == "0"
        and mark.get("t-on-keydown")
    )


@tagged("post_install", "-at_install")
class TestMarks(BaseCase):
    """What opens something on our screens opens without a mouse, and has a name."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        files = [*ADDON.glob("static/src/**/*.xml"), *ADDON.glob("views/**/*.xml")]
        cls.marks = [
            (f"{file.relative_to(ADDON)}:{mark.sourceline}", mark)
            for file in files
            for mark in etree.parse(file).iter(etree.Element)
            if opens(mark)
        ]

    def test_every_mark_is_reached_and_pressed_by_the_keyboard(self):
        self.assertGreater(len(self.marks), 50)
        self.assertFalse([at for at, mark in self.marks if not has_keys(mark)])

    def test_every_mark_says_what_it_is(self):
        self.assertFalse([at for at, mark in self.marks if not is_named(mark)])

    def test_every_picture_of_a_screen_says_what_it_shows(self):
        for file in ADDON.glob("static/src/**/*.xml"):
            for one in etree.parse(file).iter("canvas", "svg"):
                if one.get("aria-hidden") == "true":  # the words beside it say it all
                    continue
                self.assertIn(one.get("role"), ("img", "group"), file)
                self.assertTrue(any(one.get(name) for name in NAMES), file)

    def test_a_mark_without_keys_or_name_is_found(self):
        bare = etree.fromstring('<div t-on-click.stop="open"><i class="fa"/></div>')
        self.assertTrue(opens(bare))
        self.assertFalse(has_keys(bare))
        self.assertFalse(is_named(bare))
