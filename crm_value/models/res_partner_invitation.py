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
        given = self.env["survey.user_input"].sudo()
        given.search(
            [
                ("partner_id", "in", self.ids),
                ("survey_id.value_audience", "!=", False),
            ]
        ).unlink()
