from odoo import api, fields, models

from .const import SELLING

FOUND = "crm.value.lead.double"


class CrmLead(models.Model):
    """Leads are compared with leads and contacts: when imported, or when asked."""

    _inherit = "crm.lead"

    value_double_ids = fields.One2many(
        FOUND, "lead_id", string="Looks Like", groups=SELLING
    )

    def action_value_check_duplicates(self):
        """Compare these leads with others and with contacts; list who looks alike."""
        self.check_access("read")
        doubles = self.env[FOUND]
        doubles.check_access("read")
        doubles._find(self)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_value.crm_value_lead_double_action"
        )
        theirs = ["|", ("lead_id", "in", self.ids), ("older_id", "in", self.ids)]
        return {**action, "domain": theirs, "context": {"search_default_open": 1}}

    @api.model
    def load(self, fields, data):
        """Compare what a file brings with what is there, at once."""
        found = super().load(fields, data)
        imported = self.env.context.get("import_file") and found.get("ids")
        if imported and self.env["res.groups"]._value_uses("selling"):
            self.env[FOUND]._find(self.browse(imported))
        return found
