from odoo import fields, models


class CrmValueStage(models.Model):
    """The playbooks that start when customers enter a stage."""

    _inherit = "crm.value.stage"

    playbook_ids = fields.One2many(
        "crm.value.playbook",
        "stage_id",
        string="Playbooks",
        help="Started for every customer who enters this stage.",
    )
