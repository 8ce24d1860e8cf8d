from odoo import api, models

STARTED = ("loyalty", "satisfaction", "service", "playbook", "selling")
PARTS = (*STARTED, "strategy")  # what nobody needs from the first day is asked for


class ResGroups(models.Model):
    """Tells which parts of customer value are in use.

    A part that nobody uses is nobody's: no menu, no column, no job, no mail. What it
    knows stays, and is there again with the switch.
    """

    _inherit = "res.groups"

    @api.model
    def _value_part(self, part):
        return self.env.ref(f"crm_value.group_part_{part}").sudo()

    @api.model
    def _value_uses(self, part):
        """Return whether the settings give this part to the users of customer value."""
        find = self.env["ir.model.data"]._xmlid_to_res_id  # asks nothing: it is kept
        given = self._get_group_definitions().get_superset_ids(
            [find("crm_value.group_user")]
        )
        return find(f"crm_value.group_part_{part}") in given

    @api.model
    def _value_use_all(self):
        """Switch the parts on that a company starts with, or could not be without."""
        users = self.env.ref("crm_value.group_user").sudo()
        for part in STARTED:
            users._apply_group(self._value_part(part))
