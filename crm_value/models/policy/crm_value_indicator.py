from odoo import fields, models
from odoo.exceptions import UserError

from .const import SIDES

MEANING = {"code", "side", "raw_field", "score_field", "inverted", "floor", "direct"}


class CrmValueIndicator(models.Model):
    """One figure that can be scored: what it is, where it stands, what is behind it."""

    _name = "crm.value.indicator"
    _inherit = ["crm.value.shared"]
    _description = "Value Indicator"
    _order = "side, sequence, id"

    code = fields.Char(required=True, readonly=True)
    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True)
    side = fields.Selection(SIDES, required=True, readonly=True)
    sequence = fields.Integer(default=10)
    raw_field = fields.Char(
        required=True, readonly=True, help="Column of the profile with the raw figure."
    )
    score_field = fields.Char(
        required=True, readonly=True, help="Column of the profile with the score."
    )
    inverted = fields.Boolean(readonly=True, help="A smaller figure is better.")
    floor = fields.Float(
        string="Figure of Nothing",
        readonly=True,
        help="Who has no more than this gets the lowest percentile score, or the best "
        "one where a smaller figure is better.",
    )
    direct = fields.Selection(
        [
            ("left", "Share of the margin that is left after it"),
            ("itself", "The figure is a score already"),
        ],
        string="Score Without Comparing",
        readonly=True,
    )
    unit = fields.Selection(
        [
            ("money", "Money"),
            ("percent", "Percent"),
            ("days", "Days"),
            ("count", "Count"),
            ("score", "Score 0–100"),
        ],
        required=True,
        readonly=True,
    )
    is_margin = fields.Boolean(readonly=True, help="Only officers see the raw figure.")
    missing = fields.Char(
        translate=True, help="Text shown where the figure is not known."
    )
    documents = fields.Selection(
        [
            ("sales", "Invoices or orders, and imported purchases"),
            ("window", "Purchases in the value window"),
            ("windows", "Purchases in the value window and the window before"),
            ("agreements", "Orders, purchases and how they were paid"),
            ("dues", "Invoices that were to be paid"),
            ("orders", "Sale orders"),
            ("invoices", "Invoices"),
            ("tickets", "Tickets"),
            ("closed_tickets", "Closed tickets"),
            ("benefits", "Benefits granted"),
            ("answers", "Survey answers"),
            ("satisfaction", "Survey answers about satisfaction"),
        ],
        required=True,
        readonly=True,
        help="The documents behind the figure.",
    )

    _code_uniq = models.Constraint("UNIQUE (code)", "An indicator's code is unique.")

    def write(self, vals):
        """Refuse what would change the meaning of published policies afterwards."""
        # Data of a module is loaded with all rights; a client may send the key alone.
        installing = self.env.su and self.env.context.get("install_mode")
        if MEANING & vals.keys() and not installing:
            raise UserError(
                self.env._(
                    "Published policies rely on what this indicator measures. Its name "
                    "and texts may change, its figure may not."
                )
            )
        return super().write(vals)
