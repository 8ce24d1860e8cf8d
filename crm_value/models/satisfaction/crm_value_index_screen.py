from dateutil.relativedelta import relativedelta

from odoo import api, models

MANAGER = "crm_value.group_manager"
MONTHS = 120  # of the longest window that can be asked for


class CrmValueIndex(models.Model):
    """The index dashboard: the index over time, path model, priorities."""

    _inherit = "crm.value.index"

    @api.model
    @api.readonly
    def get_dashboard(self, index_id=None, result_id=None):
        """Return the indices, the results of one of them, and one result in full.

        :param index_id: default: the one with the newest result
        :param result_id: default: the newest one
        """
        results = self.env["crm.value.index.result"]
        mine = [("company_id", "=", self.env.company.id)]
        newest = results.search([*mine, ("state", "=", "done")], limit=1)
        indices = self.search([])  # pylint: disable=no-search-all  # a handful
        index = indices.filtered(lambda one: one.id == index_id) or (
            newest.index_id & indices or indices[:1]
        )
        own = results.search([*mine, ("index_id", "=", index.id)])
        done = own.filtered(lambda one: one.state == "done")
        shown = done.filtered(lambda one: one.id == result_id) or done[:1]
        line = done.sorted("date_to")
        return {
            **self.env["crm.value.profile"]._chart_company(),
            "indices": [{"key": one.id, "label": one.name} for one in indices],
            "index_id": index.id,
            "target": index.target_id.name,
            "may_estimate": self.env.user.has_group(MANAGER),
            "min_answers": index.min_answers,
            "surveys": index.sudo().survey_ids.mapped("title"),  # names: no secret
            "results": [one._describe_short() for one in line],
            "line": (line.filtered("automatic") or line).ids,
            "working": [
                one._describe_short()
                for one in own
                if one.state in ("queued", "running")
            ],
            "failed": own[:1]._describe_short() if own[:1].state == "failed" else False,
            "result": shown._describe() if shown else False,
            "past": shown._compared(line),
        }

    def action_estimate(self, months=12):
        """Ask for a result of the last months until today.

        :return: id of the result
        """
        self.ensure_one()
        months = months if months in range(1, MONTHS + 1) else 12
        today = self.env["crm.value.run"]._today(self.env.company)
        asked = self.env["crm.value.index.result"].create(
            {
                "index_id": self.id,
                "company_id": self.env.company.id,
                "date_from": today
                - relativedelta(months=months)
                + relativedelta(days=1),
                "date_to": today,
            }
        )
        return asked.id
