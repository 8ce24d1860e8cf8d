from odoo import fields, models


class CrmValueContact(models.Model):
    """Links an automatic contact to the started playbook that planned it."""

    _inherit = "crm.value.contact"

    start_id = fields.Many2one(
        "crm.value.playbook.start", index="btree_not_null", ondelete="set null"
    )

    def _part(self):
        return "playbook" if self.start_id else super()._part()
