from odoo import api, fields, models


class SurveyUserInput(models.Model):
    """The company that a survey response counts for: a survey has none."""

    _inherit = "survey.user_input"

    value_company_id = fields.Many2one(
        "res.company",
        string="Surveying Company",
        index="btree_not_null",
        ondelete="set null",
        help="The company whose figures include the responses.",
    )
    value_round = fields.Char(
        string="Employee Round",
        index="btree_not_null",
        copy=False,
        readonly=True,
        help="The same for all employees invited together; it identifies nobody.",
    )
    value_round_end = fields.Date(
        string="Round Ends",
        copy=False,
        readonly=True,
        help="Last day of the round; afterwards its results are published and final.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Unless an invitation says so: the contact's company, or that of who asks."""
        ids = {vals["partner_id"] for vals in vals_list if vals.get("partner_id")}
        partners = self.env["res.partner"].sudo().browse(ids)  # asked in public
        companies = {partner.id: partner.company_id.id for partner in partners}
        for vals in vals_list:
            vals.setdefault(
                "value_company_id",
                companies.get(vals.get("partner_id")) or self.env.company.id,
            )
        return super().create(vals_list)

    # --- An answer moves the figures of its customer ---

    def _mark_done(self):
        """Let the customer's figures follow at once."""
        result = super()._mark_done()
        self._mark_value_stale()
        return result

    def write(self, vals):
        """Mark both customers where an answer turns out to be another's."""
        # The company has the weights; tests, and what is not done, have no sums.
        if vals.keys() & {"state", "test_entry", "value_company_id"}:
            self.env["crm.value.response.sum"]._forget(self)
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
