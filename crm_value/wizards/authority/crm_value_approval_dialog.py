from odoo import api, fields, models

from ...models.authority.const import ASKED, REFUSED


class CrmValueApprovalDialog(models.TransientModel):
    """Asks why a quotation shall be allowed, and whom to ask; or why it is refused."""

    _name = "crm.value.approval.dialog"
    _inherit = ["crm.value.guarded"]
    _description = "Asking for or Refusing an Approval"

    kind = fields.Selection(
        [(ASKED, "Ask"), (REFUSED, "Refuse")], required=True, default=ASKED
    )
    order_id = fields.Many2one("sale.order", required=True)
    told = fields.Text(related="order_id.value_approval_text", related_sudo=False)
    candidate_ids = fields.Many2many(
        "res.users",
        string="May Decide",
        compute="_compute_candidate_ids",
        compute_sudo=False,
    )
    approver_id = fields.Many2one(
        "res.users",
        string="Whom to Ask",
        compute="_compute_approver_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain="[('id', 'in', candidate_ids)]",
    )
    note = fields.Char(string="Why", required=True)

    @api.depends("order_id")
    def _compute_candidate_ids(self):
        for dialog in self:
            order = dialog.order_id
            asks = order and dialog.kind == ASKED
            dialog.candidate_ids = asks and order._value_approvers()

    @api.depends("candidate_ids")
    def _compute_approver_id(self):
        for dialog in self:
            dialog.approver_id = dialog.candidate_ids[:1]

    def action_ask(self):
        """Ask the colleague."""
        self.order_id._value_ask_approval(self.note, self.approver_id)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_refuse(self):
        """Refuse, and say why."""
        self.order_id._value_decide_approval(REFUSED, self.note)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
