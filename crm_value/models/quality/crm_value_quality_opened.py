from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date

from .const import OF_CUSTOMERS

HELP = Markup('<p class="o_view_nocontent_smiling_face">%s</p><p>%s</p>')


class CrmValueQuality(models.Model):
    """What a list of findings says to who comes back to it, or finds it empty."""

    _inherit = "crm.value.quality"

    opened_on = fields.Datetime(
        string="Opened to Mend",
        help="When somebody opened the records; they are counted again once the list "
        "is seen again.",
    )

    def _open_records(self):
        self._note({"opened_on": fields.Datetime.now()})
        return super()._open_records()

    @api.model
    def recount_opened(self):
        """Count anew the findings that somebody has opened; return whether any."""
        self.browse().check_access("read")
        own = [("company_id", "=", self.env.company.id), ("opened_on", "!=", False)]
        findings = self.search(own)
        run = self.env["crm.value.run"].sudo()._current(self.env.company)
        if not findings or not run:
            return False
        # Of all customers and documents, as the run counts them.
        findings.sudo().with_company(self.env.company)._recount(run)
        return True

    def _recount(self, run):
        """Measure these findings alone; their ranks stay until the next check."""
        if "double" in self.mapped("kind"):
            self.env["crm.value.quality.double"]._find(run.company_id)
        if "product_cost" in self.mapped("kind"):
            self.env["crm.value.quality.product"]._drop_costed(run.company_id)
        found, total = self._measured_customers(self._own(run))
        for finding in self:
            if finding.kind not in OF_CUSTOMERS:
                found[finding.kind] = self._measured_records(finding.kind, run)
            vals = finding._measured_vals(*found[finding.kind], total)
            finding.write({"opened_on": False, **vals})

    # --- an empty list ---

    @api.model
    def get_empty_list_help(self, help_message):
        """Say what was looked at: that nothing was found tells little of nothing."""
        own = [("company_id", "=", self.env.company.id)]
        if not self.has_access("read"):
            return super().get_empty_list_help(help_message)
        newest = self.search(own, order="checked_on DESC", limit=1)
        if not newest:
            return HELP % (
                self.env._("Nothing has been checked yet"),
                self.env._(
                    "Each scoring looks for what is missing, from the first on."
                ),
            )
        buyers = self.env["crm.value.quality.customer"].search_count(own, limit=1)
        if not buyers:
            return HELP % (
                self.env._("Nobody has bought within the value window"),
                self.env._(
                    "What is missing of customers is weighed by their revenue in it: "
                    "of those who bought nothing lately, nothing is said here."
                ),
            )
        day = format_date(self.env, newest.checked_on)
        said = Markup("<p>%s</p>") % self.env._("Last checked on %(date)s.", date=day)
        # What the action says is HTML of our own.
        return Markup(super().get_empty_list_help(help_message) or "") + said
