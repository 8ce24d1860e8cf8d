from odoo import fields, models

from ..const import SIDES


class CrmValueIndicator(models.Model):
    """One figure that can be scored: what it is, where it stands, what is behind it."""

    _name = "crm.value.indicator"
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
    unit = fields.Selection(
        [
            ("money", "Money"),
            ("percent", "Percent"),
            ("days", "Days"),
            ("count", "Count"),
        ],
        required=True,
        readonly=True,
    )
    is_margin = fields.Boolean(
        readonly=True, help="Its raw figure is for officers only."
    )
    missing = fields.Char(
        translate=True, help="What to say where the figure is not known."
    )
    documents = fields.Selection(
        [
            ("sales", "Invoices or orders, and imported purchases"),
            ("orders", "Sale orders"),
            ("invoices", "Invoices"),
            ("tickets", "Tickets"),
        ],
        required=True,
        readonly=True,
        help="The documents behind the figure.",
    )

    _code_uniq = models.Constraint("UNIQUE (code)", "An indicator's code is unique.")
