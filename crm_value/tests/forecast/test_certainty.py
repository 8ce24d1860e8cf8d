from random import Random

from odoo.tests import TransactionCase, tagged

from ...models.forecast.certainty import Foretold, say_count, say_money


@tagged("post_install", "-at_install")
class TestCertainty(TransactionCase):
    """A forecast is said with the digits it supports, and how sure it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dollar = cls.env.ref("base.USD")
        cls.euro = cls.env.ref("base.EUR")
        cls.euro.position = "after"
        cls.env["res.lang"]._activate_lang("zh_CN")

    def _money(self, *figure, currency=None, lang="en_US", **known):
        env = self.env(context={"lang": lang})
        said = say_money(env, Foretold(*figure, **known), currency or self.dollar)
        return said.replace("\N{NO-BREAK SPACE}", " ")

    def _count(self, *figure, **known):
        return say_count(
            self.env(context={"lang": "en_US"}), Foretold(*figure, **known)
        )

    def test_no_more_digits_than_the_interval_supports(self):
        wide = (16_881.97, 7_120.0, 24_313.0)
        self.assertEqual(
            self._money(*wide, confidence="low"), "$ 17 k (7–24 k), little certain"
        )
        self.assertEqual(self._money(*wide, currency=self.euro), "17 k € (7–24 k)")
        self.assertEqual(
            self._money(8_130.4, 7_020.0, 9_380.0), "$ 8,100 (7,000–9,400)"
        )
        self.assertEqual(self._money(341.2, 120.4, 560.7), "$ 340 (120–560)")
        self.assertEqual(self._money(5.21, 3.5, 7.24), "$ 5.2 (3.5–7.2)")
        self.assertEqual(
            self._money(2_345_678.0, 1_400_000.0, 3_500_000.0), "$ 2.3 M (1.4–3.5 M)"
        )

    def test_narrow_interval_keeps_three_digits(self):
        self.assertEqual(self._money(1_234.5, 1_234.5, 1_234.5), "$ 1,230")
        self.assertEqual(
            self._money(16_881.97, 16_800.0, 16_950.0), "$ 16.9 k (16.8–17.0 k)"
        )

    def test_nothing_is_said_to_be_likeliest_where_it_is(self):
        self.assertEqual(
            self._money(16.0, 0.0, 118.0, none=0.7),
            "most likely nothing; $ 16 on average, as one in five brings more than "
            "$ 120",
        )
        self.assertEqual(self._money(0.0, 0.0, 0.0, none=0.9), "most likely nothing")
        # One in ten buys: the upper end is the mean, which one in five does not reach.
        self.assertEqual(
            self._money(4.0, 0.0, 4.0, none=0.9),
            "most likely nothing; $ 4.0 on average",
        )
        self.assertEqual(
            self._money(-16.0, -118.0, 0.0, none=0.7, confidence="low"),
            "most likely nothing; $ -16 on average, as one in five costs more than "
            "$ 120, little certain",
        )

    def test_mean_at_the_end_of_its_interval_says_what_most_bring(self):
        """$ 1,500 (0–1,500) reads as if nobody brought more: few bring far more."""
        for figure in ((1_500.0, 0.0, 1_500.0), (1_490.0, 0.0, 1_540.0)):
            self.assertEqual(
                self._money(*figure, none=0.3),
                "$ 1,500 on average, eight in ten bring less",
            )
        self.assertEqual(
            self._money(150.0, 0.0, 118.0, none=0.3),
            "$ 150 on average, eight in ten bring less",
        )
        self.assertEqual(
            self._money(-1_500.0, -1_500.0, 0.0, none=0.3, confidence="low"),
            "$ -1,500 on average, eight in ten bring more, little certain",
        )
        self.assertEqual(
            self._count(1.6, 0.0, 2.0, none=0.3), "2 on average, eight in ten at most 2"
        )
        self.assertEqual(self._count(2.6, 1.0, 3.0), "3 (1–3)")
        self.assertEqual(self._count(2.2, 0.0, 5.0), "2 (0–5)")

    def test_no_interval_is_shown_that_the_mean_is_an_end_of(self):
        """Whatever a forecast foretells, in figures of any size."""
        random = Random(16)
        for _n in range(300):
            high = 10 ** random.uniform(-1, 7)
            low = random.choice([0.0, high * random.random()])
            mean = random.choice([high, low, low + (high - low) * random.random()])
            said = self._money(mean, low, high)
            if "(" in said:
                outside, inside = said[:-1].split(" (")
                number = outside.replace("$ ", "").split(" ")[0]
                ends = inside.replace(" k", "").replace(" M", "").split("–")
                self.assertNotIn(number, ends, said)

    def test_loss_is_told_from_a_dash(self):
        self.assertEqual(self._money(-100.0, -500.0, 300.0), "$ -100 (-500 to 300)")

    def test_myriads_in_chinese(self):
        wide = (16_881.97, 7_120.0, 24_313.0)
        self.assertIn("1.7万", self._money(*wide, lang="zh_CN"))
        self.assertIn("0.7–2.4万", self._money(*wide, lang="zh_CN"))
        self.assertIn("2.3亿", self._money(2.3e8, lang="zh_CN"))

    def test_without_interval_two_digits_and_about(self):
        self.assertEqual(self._money(1_234.5), "about $ 1,200")
        self.assertEqual(self._count(3.4), "about 3")
        self.assertEqual(self._count(123.4), "about 120")
        self.assertEqual(self._count(3.4, 1.0, 6.0), "3 (1–6)")
        self.assertEqual(
            self._count(0.3, none=0.7), "most likely none; 0.30 on average"
        )
        self.assertEqual(self._count(0.0, none=1.0), "most likely none")

    def test_too_few_data_show_no_number(self):
        self.assertEqual(
            self._money(99.0, 1.0, 200.0, confidence="insufficient"), "too few data"
        )
        self.assertEqual(self._count(3.0, confidence="insufficient"), "too few data")

    def test_unknown_is_not_zero(self):
        self.assertEqual(self._money(False), "")
        self.assertEqual(self._money(0.0, 0.0, 0.0), "$ 0")
