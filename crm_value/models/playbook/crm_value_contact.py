from odoo import fields, models


class CrmValueContact(models.Model):
    """Links an automatic contact to the started playbook that planned it."""

    _inherit = "crm.value.contact"

    start_id = fields.Many2one(
        "crm.value.playbook.start", index="btree_not_null", ondelete="set null"
    )

    def _deliver(self):
        """Send nothing of a playbook while playbooks are switched off."""
        off = self.browse()
        if not self.env["res.groups"]._value_uses("playbook"):
            off = self.filtered("start_id")
        off._hold("left")
        return super(CrmValueContact, self - off)._deliver()
