from odoo import api, fields, models


class CrmValueChoiceOption(models.Model):
    """One of the ways between which a choice is made: a scenario, or words."""

    _name = "crm.value.choice.option"
    _inherit = ["crm.value.guarded"]
    _description = "Option of a Choice"
    _value_part = "strategy"
    _order = "choice_id, sequence, id"

    choice_id = fields.Many2one(
        "crm.value.choice", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="choice_id.company_id", store=True)
    currency_id = fields.Many2one(related="choice_id.currency_id")
    sequence = fields.Integer(default=10)
    name = fields.Char(
        string="Option",
        required=True,
        compute="_compute_name",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    scenario_id = fields.Many2one(
        "crm.value.scenario", index="btree_not_null", ondelete="set null"
    )
    is_chosen = fields.Boolean(string="Chosen", copy=False)
    equity_change = fields.Float(
        related="scenario_id.equity_change", string="Change of the Equity"
    )

    @api.depends("scenario_id")
    def _compute_name(self):
        """Call it like its scenario, until somebody says otherwise."""
        for option in self:
            option.name = option.name or option.scenario_id.name

    @api.depends("name", "scenario_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        """Name it in the reader's language where it is called like its scenario."""
        for option in self:
            scenario = option.scenario_id
            plain = scenario.with_context(lang=None).name
            option.display_name = (
                scenario.name if scenario and option.name == plain else option.name
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse new options of a choice that is taken."""
        options = super().create(vals_list)
        options.choice_id._check_open()
        return options

    def write(self, vals):
        """Refuse to change the options of a choice that is taken."""
        self.choice_id._check_open()
        result = super().write(vals)
        self.choice_id._check_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_taken(self):
        self.choice_id._check_open()
