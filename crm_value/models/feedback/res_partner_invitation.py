from odoo import api, models


class ResPartner(models.Model):
    """Who is erased is erased with what they answered."""

    _inherit = "res.partner"

    @api.ondelete(at_uninstall=False)
    def _unlink_value_answers(self):
        """Delete the answers to surveys that measure: they would stay as nobody's.

        Two partners merged are no erasure: their answers have moved by then.
        """
        # Who may erase a contact need not be allowed to read surveys.
        self.sudo()._value_forget_reactions()
        self.env["survey.user_input"].sudo().search(
            [
                ("partner_id", "in", self.ids),
                ("survey_id.value_audience", "!=", False),
            ]
        ).unlink()

    def _value_forget_reactions(self):
        """Drop what is still to be done about answers; tickets lose the address."""
        made = self.env["crm.value.recovery"].search([("partner_id", "in", self.ids)])
        made.activity_id.filtered("active").unlink()
        opened = made.filtered(lambda one: one.reaction == "ticket").ticket_id
        opened.write({"partner_name": False, "partner_email": False})
