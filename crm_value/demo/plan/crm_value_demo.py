from odoo import api, fields, models

from ..core.crm_value_demo import QUIET


class CrmValueDemo(models.AbstractModel):
    """Lets one plan be there, whose goal and budget are said and nothing more.

    What it reaches is worked out by a click, from the figures of the first run.
    """

    _inherit = "crm.value.demo"

    @api.model
    def _install(self):
        result = super()._install()
        company = self.env.ref("base.main_company")
        self = self.with_company(company).with_context(**QUIET)
        if not self.env.ref("crm_value.demo_plan_0", raise_if_not_found=False):
            plan = self.env["crm.value.plan"].create(
                {
                    "company_id": company.id,
                    "name": "Win Back within Half a Year",
                    "kind": "win_back",
                    "target": 5000.0,
                    "budget": 400.0,
                    "date": fields.Date.add(fields.Date.today(), months=6),
                    "segment_ids": self.env.ref("crm_value.demo_segment_0").ids,
                    "user_id": self.env.ref("base.user_admin").id,
                }
            )
            self._name_records("demo_plan", plan)
        return result
