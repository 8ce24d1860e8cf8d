"""Numbers in sentences: one apart from many, percent as the language writes them."""

import ast
import re
from pathlib import Path

from odoo.tests import TransactionCase, tagged

from ... import words

ADDON = Path(__file__).parents[2]
NOUNS = (
    "answers cards cells customers cycles days detractors documents employees "
    "histories lines lots mails months orders people points products purchases "
    "quarters questions responses rows samples steps tickets times weeks years"
)
BETWEEN = "active|different|distinct|held|more|open|past|purchase|survey"
COUNTED = re.compile(
    rf"%(?:\((\w+)\))?s (?:(?:{BETWEEN}) ){{0,2}}({NOUNS.replace(' ', '|')})\b"
)
# Told by a name that says so: limits that nobody sets to one, and what is a mean.
NEVER_ONE = {
    *("count_of_limit", "enough", "few", "fewest", "needed"),  # minimal numbers
    *("gaps", "index", "mean", "overdue", "plain", "season"),  # with a decimal
}
# Sentences that are for many alone: another one is there for one, or one cannot be.
FOR_MANY = {
    "%(count)s customers are at risk",
    "%(count)s orders are late: %(order)s since %(date)s",
    "%(count)s customers are due today",
    "%(count)s customers are not in Odoo yet. Create them?",
    "%(count)s customers have the %(kind)s “%(key)s”",
    "%(count)s customers have the e-mail address of another customer. Are they the "
    "same ones?",
    "%(count)s documents are there with other figures. Which ones shall count?",
    "%(products)s products",
    "%(number)s more months as a customer",
    "%(number)s more points",
    "%(number)s more purchases",
    "%(points)s points of retention less cost %(money)s",
    "%(points)s points of retention more are worth %(money)s",
    "%(what)s after %(time)s months: %(share)s",
    "%(what)s after %(time)s quarters: %(share)s",
    "%(what)s after %(time)s years: %(share)s",
    "has bought %(count)s times already",
    "has bought only %(count)s times",
}
# Their number is never one, whatever it is called.
ALWAYS_MANY = (
    "enough to try a model",  # from a lower limit on
    "does not have enough points",
    "was interrupted %(count)s times",  # as often as is tried
    "Scores compare customers",
    "predicting churn takes",
    "at least %(count)s customers are needed",
    "There is no back-test: it needs",
    "It uses at most %(count)s customers",
    "days could be held out",
    "In the %(days)s days after",
    "No purchase within %(days)s days is predicted",
    "who will not buy within %(days)s days",
    "off at past cutoffs, over %(days)s days",
    "error per customer was %(own)s purchases",  # with decimals
    "%(predicted)s purchases were predicted",
    "purchases a week, on average",
    "Trained on %(days)s past dates",
    "Tested on %(days)s past dates",
    "rewards of this order",
    "Worth of %s points",  # of a tile that says +1 as a sign
    "%s years",  # with a decimal
    "Took more than a week: %(slow)s of",  # of all
)


def _texts():
    """Yield the texts that are translated, of Python and of JavaScript."""
    for path in ADDON.rglob("*.py"):
        if "tests" not in path.parts:
            yield from _texts_of(ast.parse(path.read_text()))
    called = re.compile(r"""\b_t\(\s*("(?:[^"\\]|\\.)*")""")
    for path in (ADDON / "static/src").rglob("*.js"):
        yield from map(ast.literal_eval, called.findall(path.read_text()))


def _texts_of(tree):
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not call.args:
            continue
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        text = call.args[0]
        if name == "_" and isinstance(text, ast.Constant):
            yield text.value


@tagged("post_install", "-at_install")
class TestWords(TransactionCase):
    def test_clauses_leave_out_what_is_not_there(self):
        said = words.clauses(self.env, ["late", False, "", "likes us", None])
        self.assertEqual(said, "late; likes us")
        self.assertEqual(words.clauses(self.env, [False]), "")

    def test_one_is_said_apart_from_many(self):
        said = [
            (say(self.env, 1), say(self.env, 1200))
            for say in (
                *(words.days, words.months, words.customers),
                *(words.purchases, words.responses),
            )
        ]
        self.assertEqual(
            said,
            [
                ("1 day", "1,200 days"),
                ("1 month", "1,200 months"),
                ("1 customer", "1,200 customers"),
                ("1 purchase", "1,200 purchases"),
                ("1 response", "1,200 responses"),
            ],
        )

    def test_no_sentence_counts_one_as_many(self):
        """A count goes through words.py or words.esm.js, or has a text for one."""
        found = sorted(
            text
            for text in set(_texts())
            for name, noun in COUNTED.findall(text)
            if text != f"%({noun})s {noun}"  # words.py itself
            and name not in NEVER_ONE
            and text not in FOR_MANY
            and not any(part in text for part in ALWAYS_MANY)
        )
        self.assertFalse(found)

    def test_exceptions_are_still_there(self):
        texts = set(_texts())
        self.assertFalse(FOR_MANY - texts)
        gone = [part for part in ALWAYS_MANY if not any(part in t for t in texts)]
        self.assertFalse(gone)

    def test_percent_stand_where_the_language_has_them(self):
        for code, said in (("en_US", "12.3%"), ("zh_CN", "12.3%")):
            env = self.env(context={"lang": code})
            self.assertEqual(words.percent(env, 0.12345, 1), said)
        self.assertEqual(words.percent(self.env, -0.001), "0%")
        self.assertEqual(words.percent(self.env, -0.2), "-20%")

    def test_what_happened_on_the_day_is_no_days_ago(self):
        for days, said in ((0, "just today"), (1, "1 day ago"), (12, "12 days ago")):
            self.assertEqual(words.ago(self.env, days), said)

    def test_no_text_writes_percent_by_itself(self):
        found = [t for t in set(_texts()) if re.search(r"\)s ?%%|\ds? %( |$|\.)", t)]
        self.assertFalse(found)
