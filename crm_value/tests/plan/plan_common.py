"""Two segments that overlap, two plays, and campaigns that have ended."""

from datetime import timedelta

from ..campaign.campaign_common import CampaignCommon
from ..common import TODAY


class PlanCommon(CampaignCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        plays = cls.env["crm.value.play"]
        plays.search([("company_id", "=", cls.company.id)]).active = False
        cls.large = cls.env["crm.value.segment"].create(
            {"name": "Large", "domain": "[('margin', '>=', 110)]"}
        )
        cls.letter = plays.create(
            {
                "name": "Letter",
                "kind": "win_back",
                "mail_template_id": cls.template.id,
                "cost_contact": 0.5,
                "uplift": 0.02,
                "uplift_error": 0.02,
            }
        )
        cls.call = plays.create(
            {
                "name": "Call",
                "kind": "win_back",
                "means": "playbook",
                "playbook_id": cls.env.ref("crm_value.playbook_declining").id,
                "cost_contact": 5,
                "uplift": 0.1,
                "uplift_error": 0.1,
            }
        )

    def _plan(self, **values):
        return self.env["crm.value.plan"].create(
            {
                "name": "Win Back by Autumn",
                "kind": "win_back",
                "target": 100000,
                "budget": 300,
                "date": TODAY + timedelta(days=120),
                **values,
            }
        )

    def _reckoned(self, **values):
        plan = self._plan(**values)
        plan.action_reckon()
        return plan

    def _taken(self, plan):
        return plan.line_ids.filtered("is_taken")

    def _measured(self, lift, error, **values):
        """Return an ended campaign that brought so much of each customer."""
        campaign = self._campaign(**{"kind": "win_back", **values})
        campaign.sudo().write(
            {
                "state": "done",
                "verdict": "open",
                "lift": lift,
                "lift_error": error,
                "gain": 100 * lift,
            }
        )
        return campaign
