from odoo import api, fields, models

from .const import LIVE


class CrmValueStrategy(models.Model):
    """Its months are followed each night; one that fails tells why, no other stops."""

    _name = "crm.value.strategy"
    _inherit = ["crm.value.strategy", "crm.value.work"]
    _job = "crm_value.ir_cron_scorecard"
    _batch_size = 1

    trouble = fields.Char(
        string="What Went Wrong",
        readonly=True,
        copy=False,
        help="Why its months could not be filled last night; they are tried again "
        "the next one.",
    )

    @api.model
    def _follow_all(self):
        """Follow all strategies in force, once each."""
        in_force = [("state", "in", LIVE)]
        self._work_round("crm.value.strategy", in_force, ["_follow_months"])

    def _follow_months(self):
        """Fill and close the months of each, by the day of its company."""
        months = self.env["crm.value.measure.month"]
        for strategy in self:
            months._follow(
                strategy, self.env["crm.value.run"]._today(strategy.company_id)
            )
            if strategy.trouble:
                strategy._ours().trouble = False

    def _fail(self, error):
        """Keep why nothing of it was stored, where whoever manages it looks."""
        self._ours().trouble = str(error)[:500] or type(error).__name__
