import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

SPECIAL = re.compile(r"[.\\^$*+?()\[\]{}|]")


class CrmValueTheme(models.Model):
    """A theme of open answers, recognised by its keywords."""

    _name = "crm.value.theme"
    _inherit = ["crm.value.shared"]
    _description = "Theme of Open Answers"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    words = fields.Text(
        required=True,
        help="One keyword or phrase per line, in any language. Words in Latin "
        "script also match words that begin with them: “deliver” matches "
        "“delivery”. Chinese words match anywhere.",
    )
    word_line = fields.Char(string="Keywords (Text)", compute="_compute_word_line")
    answer_count = fields.Integer(compute="_compute_answer_count")

    @api.constrains("words")
    def _check_words(self):
        for theme in self:
            if not theme._word_list():
                raise ValidationError(self.env._("A theme needs at least one keyword."))

    @api.depends("words")
    def _compute_word_line(self):
        for theme in self:
            theme.word_line = ", ".join(theme._word_list())

    def _compute_answer_count(self):
        answers = self.env["crm.value.answer"]
        for theme in self:  # a handful of themes
            theme.answer_count = answers.search_count([("theme_ids", "in", theme.ids)])

    def action_open_answers(self):
        """Open the answers about the theme."""
        self.ensure_one()
        action = self.env["crm.value.answer"]._open_where(
            Domain("theme_ids", "in", self.ids)
            & Domain("company_id", "=", self.env.company.id)
        )
        return {**action, "display_name": self.name}

    def _find_user(self, uses, deleted):
        """A theme is found in the words of answers, not kept with them."""
        answers = self.env["crm.value.answer"].sudo()
        return super()._find_user(uses, deleted) or answers.search(
            [("theme_ids", "in", self.ids)], limit=1
        )

    def _word_list(self):
        return [
            word for line in (self.words or "").splitlines() if (word := line.strip())
        ]

    def _pattern(self):
        """Return the regular expression of PostgreSQL that finds any of the words."""
        self.ensure_one()
        return "|".join(_expression(word) for word in self._word_list())


def _expression(word):
    r"""Return the expression of one word.

    >>> _expression("deliver"), _expression("价格"), _expression("a.b")
    ('\\mdeliver', '价格', '\\ma\\.b')
    """
    escaped = SPECIAL.sub(lambda found: "\\" + found[0], word)
    return f"\\m{escaped}" if word[0].isascii() and word[0].isalnum() else escaped
