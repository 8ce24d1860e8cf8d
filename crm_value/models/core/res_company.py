from datetime import timedelta

from odoo import api, models


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model
    def _value_all_scored(self):
        """Return every company, whichever the user works in; they are a handful."""
        # A customer may have documents in companies the user does not see.
        return self.sudo().search([])  # pylint: disable=no-search-all

    @api.model_create_multi
    def create(self, vals_list):
        """A new company can score its customers at once: it gets the default policy."""
        companies = super().create(vals_list)
        # The rules come with the company; who may create it needs no other right.
        self.env["crm.value.template"].sudo()._ensure_all(companies)
        return companies

    def _value_due(self, hours, start):
        """Return when ``hours`` of the company's working time have passed since then.

        :param float hours: working hours, or hours by the clock where no calendar, or
            one that never opens, says when the company works
        :param datetime start: naive, in UTC, as fields keep it
        """
        calendar = self.resource_calendar_id
        planned = calendar and calendar.plan_hours(hours, start, compute_leaves=True)
        return planned or start + timedelta(hours=hours)
