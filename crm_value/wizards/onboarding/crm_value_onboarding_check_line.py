from odoo import fields, models

ACTIONS = {
    "coverage": "crm_value.crm_value_import_action",
    "currencies": "base.action_currency_form",
    "quality": "crm_value.crm_value_quality_action",
}


class CrmValueOnboardingCheckLine(models.TransientModel):
    """One finding: what there is, what it blurs, and where it is mended."""

    _name = "crm.value.onboarding.check.line"
    _inherit = ["crm.value.guarded"]
    _description = "Finding of the Check"
    _order = "id"

    wizard_id = fields.Many2one(
        "crm.value.onboarding.check", required=True, ondelete="cascade"
    )
    name = fields.Text(string="What", readonly=True)
    finding = fields.Text(readonly=True)
    blurs = fields.Text(string="What It Blurs", readonly=True)
    is_wrong = fields.Boolean(string="To Be Looked At", readonly=True)
    opens = fields.Selection(
        [
            ("coverage", "Imports"),
            ("zone", "Time zone"),
            ("currencies", "Currencies"),
            ("own", "Contacts"),
            ("quality", "Quality of data"),
        ],
        readonly=True,
    )

    def action_open(self):
        """Open where a finding is mended."""
        self.ensure_one()
        self.check_access("read")
        if self.opens == "zone":
            return self._ask_zone()
        if self.opens == "own":
            return self._open_people()
        return self.env["ir.actions.actions"]._for_xml_id(ACTIONS[self.opens])

    def _ask_zone(self):
        action = self.env["crm.value.run.zone"]._ask()
        return {**action, "context": {"value_keep": True}}

    def _open_people(self):
        """Open the contacts of users who bought."""
        people = self.wizard_id._staff_who_bought(self.wizard_id.company_id)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Own companies and people"),
            "res_model": "res.partner",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", people.ids)],
        }
