from odoo import api, fields, models

from ..campaign.const import KINDS, MEANS


class CrmValuePlay(models.Model):
    """A play: what can be done towards a goal, what it costs and what it may bring.

    What it may bring is an assumption until campaigns of its goal have ended, and says
    where it comes from. Plays without a company are what new companies start from.
    """

    _name = "crm.value.play"
    _inherit = ["crm.value.template", "crm.value.guarded"]
    _description = "Play"
    _is_result = True  # what it stands on could not go before it
    _order = "company_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
        help="Empty: template for new companies.",
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    kind = fields.Selection(KINDS, string="Goal", required=True, default="win_back")
    means = fields.Selection(MEANS, string="Reached By", required=True, default="mail")
    mail_template_id = fields.Many2one(
        "mail.template", domain=[("model", "=", "res.partner")], ondelete="restrict"
    )
    playbook_id = fields.Many2one(
        "crm.value.playbook",
        domain="['|', ('company_id', '=', False), ('company_id', '=', company_id)]",
        ondelete="restrict",
    )
    offer = fields.Text(translate=True, help="What these customers are offered.")
    cost_fixed = fields.Monetary(string="Fixed Cost")
    cost_contact = fields.Monetary(string="Cost per Customer")
    uplift = fields.Float(
        string="Assumed: More Who Buy",
        required=True,
        default=0.01,
        aggregator=None,
        help="Share of the customers who buy because of it, and would not have bought. "
        "It fades as campaigns with this goal end.",
    )
    uplift_error = fields.Float(
        string="Give or Take",
        required=True,
        default=0.01,
        aggregator=None,
        help="In two cases of three the share is no further away than this.",
    )
    source = fields.Char(
        string="Known From",
        translate=True,
        required=True,
        default=lambda self: self.env._("Assumed"),
    )

    _costs = models.Constraint(
        "CHECK (cost_fixed >= 0 AND cost_contact >= 0)", "A cost is not negative."
    )
    _uplift = models.Constraint(
        "CHECK (uplift BETWEEN -1 AND 1 AND uplift_error > 0 AND uplift_error <= 1)",
        "What is assumed is a share between -100% and 100%, with a doubt above zero.",
    )

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for play in self:
            play.currency_id = (play.company_id or self.env.company).currency_id
