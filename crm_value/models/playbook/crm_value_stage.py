from odoo import fields, models


class CrmValueStage(models.Model):
    """A stage knows the playbooks that start where customers enter it."""

    _inherit = "crm.value.stage"

    playbook_ids = fields.One2many(
        "crm.value.playbook",
        "stage_id",
        string="Playbooks",
        help="Started for every customer who enters this stage.",
    )
