from odoo import fields, models


class CrmValueContact(models.Model):
    """A contact that a playbook planned names the start it belongs to."""

    _inherit = "crm.value.contact"

    start_id = fields.Many2one(
        "crm.value.playbook.start", index="btree_not_null", ondelete="set null"
    )
