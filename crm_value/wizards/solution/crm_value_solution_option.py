from odoo import api, fields, models

from ... import words
from ...const import OFFICER
from ...fields import NullableMoney
from ...models.solution.const import FEWEST


class CrmValueSolutionOption(models.TransientModel):
    """A template, or some together, that meet needs: how well, at what price."""

    _name = "crm.value.solution.option"
    _inherit = ["crm.value.guarded"]
    _description = "Solution"
    _order = "sequence, id"

    solution_id = fields.Many2one(
        "crm.value.solution",
        string="Dialog",
        required=True,
        index=True,
        ondelete="cascade",
    )
    currency_id = fields.Many2one(related="solution_id.currency_id")
    sequence = fields.Integer()
    template_ids = fields.Many2many("sale.order.template", string="Solution")
    met_count = fields.Integer(string="Needs Met")
    need_count = fields.Integer(string="Needs")
    met = fields.Char(string="Meets", compute="_compute_met")
    left_ids = fields.Many2many("crm.value.need", string="Stays Open")
    rate = fields.Float(
        string="Win Rate",
        help="Share of the quotations with it that were won. It counts as ten more "
        "quotations of which as many were won as of all with a template.",
    )
    won_count = fields.Integer(string="Quotations Won")
    decided_count = fields.Integer(string="Quotations Decided")
    won_of = fields.Char(string="Won So Far", compute="_compute_won_of")
    amount = fields.Monetary(
        string="Untaxed Price",
        help="As it would stand on a quotation for this customer.",
    )
    margin = NullableMoney(groups=OFFICER)

    @api.depends("met_count", "need_count")
    @api.depends_context("lang")
    def _compute_met(self):
        for option in self:
            option.met = self.env._(
                "%(met)s of %(needs)s",
                met=words.number(self.env, option.met_count),
                needs=words.number(self.env, option.need_count),
            )

    @api.depends("won_count", "decided_count")
    @api.depends_context("lang")
    def _compute_won_of(self):
        for option in self:
            option.won_of = option._say_won()

    def _say_won(self):
        """Return how many quotations were won, and whether they are enough to say."""
        if not self.decided_count:
            return self.env._("None decided yet")
        counts = {
            "won": words.number(self.env, self.won_count),
            "decided": words.number(self.env, self.decided_count),
        }
        if self.decided_count < FEWEST:
            return self.env._("%(won)s of %(decided)s, too few to say", **counts)
        return self.env._("%(won)s of %(decided)s", **counts)

    def action_offer(self):
        """Put the solution on the quotation."""
        self.ensure_one().check_access("read")
        return self.solution_id._draft(self.template_ids)
