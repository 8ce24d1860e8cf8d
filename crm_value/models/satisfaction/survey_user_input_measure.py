from odoo import api, models


class SurveyUserInput(models.Model):
    """An answer moves the figures of its customer."""

    _inherit = "survey.user_input"

    def _mark_done(self):
        """Let the customer's figures follow at once."""
        result = super()._mark_done()
        self._mark_value_stale()
        return result

    def write(self, vals):
        """Mark both customers where an answer turns out to be another's."""
        if not vals.keys() & {"partner_id", "value_company_id", "test_entry"}:
            return super().write(vals)
        self._mark_value_stale()
        result = super().write(vals)
        self._mark_value_stale()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_mark_value_stale(self):
        self._mark_value_stale()

    def _mark_value_stale(self):
        """Mark the customers behind finished answers; staff are no customers."""
        # Whoever answers in public may not read whose company it is about.
        known = self.sudo().filtered(
            lambda given: (
                given.state == "done"
                and given.partner_id
                and given.survey_id.value_audience in ("customer", "dealer")
            )
        )
        for company, given in known.grouped("value_company_id").items():
            self.env["crm.value.stale"]._mark(given.partner_id, company)
