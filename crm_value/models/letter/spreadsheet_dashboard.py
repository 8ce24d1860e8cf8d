from odoo import models

SAMPLE = "crm_value/data/letter/customers_sample_dashboard.json"


class SpreadsheetDashboard(models.Model):
    """What our dashboards show a company without customers: no invented figures."""

    _inherit = "spreadsheet.dashboard"

    def _get_sample_dashboard(self):
        """Say what is missing here, as Odoo does not translate samples."""
        sample = super()._get_sample_dashboard()
        if self.sample_dashboard_file_path == SAMPLE:
            sample["sheets"][0]["cells"] = {
                "A2": self.env._("No customer has been scored yet"),
                "A4": self.env._(
                    "Customers are scored every night, from the invoices, orders and "
                    "tickets in Odoo."
                ),
                "A5": self.env._(
                    "A manager can start the first scoring under Customer Value, Runs."
                ),
            }
        return sample
