from odoo import Command, fields, models

from .const import SELLING


class CrmLead(models.Model):
    """A lead says what is needed, and finds what of ours meets it."""

    _inherit = "crm.lead"

    value_need_line_ids = fields.One2many(
        "crm.value.need.line", "lead_id", string="Needs", groups=SELLING
    )

    def action_value_solutions(self):
        """Look for what meets the lead's needs."""
        return self.env["crm.value.solution"]._open(self)

    def _merge_get_fields_specific(self):
        """Keep each need of leads that are merged, as the first of them says it."""
        fields_info = super()._merge_get_fields_specific()
        if not self.env.user.has_group(SELLING):
            return fields_info

        def merged(_name, leads):
            kept = {}
            for line in leads.sudo().value_need_line_ids:  # of leads that are merged
                kept.setdefault(line.need_id, line)
            return [Command.link(line.id) for line in kept.values()]

        fields_info["value_need_line_ids"] = merged
        return fields_info
