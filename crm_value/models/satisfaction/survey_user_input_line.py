from odoo import api, models


class SurveyUserInputLine(models.Model):
    """An answer that is given or changed later is added up anew."""

    _inherit = "survey.user_input.line"

    @api.model_create_multi
    def create(self, vals_list):
        """Forget the sums of responses that get one more answer."""
        lines = super().create(vals_list)
        lines._forget_sums()
        return lines

    def write(self, vals):
        """Forget the sums of responses whose answers change."""
        self._forget_sums()
        result = super().write(vals)
        self._forget_sums()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_forget_sums(self):
        self._forget_sums()

    def _forget_sums(self):
        # Whoever answers in public may not read what is known of the response.
        given = self.sudo().user_input_id.filtered(lambda one: one.state == "done")
        if given:
            self.env["crm.value.response.sum"]._forget(given)
