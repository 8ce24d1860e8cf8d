from datetime import timedelta

from odoo import api, fields, models

from ..core.crm_value_demo import QUIET

# Age of the launch, how many customers, and what it is; the first has ended.
LAUNCHED = [
    (
        120,
        240,
        {
            "name": "Winter Letter",
            "kind": "win_back",
            "offer": "Free delivery of the next order",
            "cost_fixed": 400.0,
            "cost_contact": 1.5,
            "seed": 2026,
        },
    ),
    (
        30,
        120,
        {
            "name": "New Tableware",
            "kind": "introduce",
            "offer": "The new tableware, before it is in the shop",
            "cost_fixed": 250.0,
            "seed": 2027,
        },
    ),
]

# A playbook that held some out: how many were drawn, how long ago, within how long.
DRAWN, OLDEST, SPREAD, HELD_OUT, SEED = 240, 180, 80, 0.25, 2026


class CrmValueDemo(models.AbstractModel):
    """Lets one campaign have ended, one run, one be a draft; one playbook is tried."""

    _inherit = "crm.value.demo"

    @api.model
    def _install(self):
        result = super()._install()
        company = self.env.ref("base.main_company")
        self = self.with_company(company).with_context(**QUIET)
        if not self.env.ref("crm_value.demo_campaign_0", raise_if_not_found=False):
            self._create_campaigns(company, fields.Date.today())
        if not self.env.ref("crm_value.demo_holdout_0", raise_if_not_found=False):
            self._create_holdout(company, fields.Date.today())
        return result

    @api.model
    def _create_campaigns(self, company, today):
        segments = self._create_segments(company)
        shared = {
            "company_id": company.id,
            "segment_id": segments[0].id,
            "mail_template_id": self.env.ref("crm_value.mail_template_miss").id,
            "user_id": self.env.ref("base.user_admin").id,
            "share": 0.25,
        }
        campaigns = self.env["crm.value.campaign"].create(
            [{**shared, **values} for _age, _size, values in LAUNCHED]
            + [{**shared, "name": "Spring Letter", "segment_id": segments[1].id}]
        )
        for campaign, (age, size, _values) in zip(campaigns, LAUNCHED, strict=False):
            who = self._customers()[:size].ids
            campaign._freeze(today - timedelta(days=age), dict.fromkeys(who, ""))
            campaign._reach()
            mails = campaign.member_ids.contact_ids
            mails.write({"state": "sent", "number": campaign.id})
        campaigns[0]._measure()
        self._name_records("demo_segment", segments)
        self._name_records("demo_campaign", campaigns)
        self._name_records("demo_utm_campaign", campaigns.utm_id)

    @api.model
    def _create_holdout(self, company, today):
        """Let a playbook have held customers out, and tell what that has shown."""
        playbook = self.env.ref("crm_value.playbook_growing")
        playbook.hold_share = HELD_OUT
        customers = self._customers()[:DRAWN]
        days = {
            customer.id: today - timedelta(days=OLDEST - at % SPREAD)
            for at, customer in enumerate(customers)
        }
        holdout = self.env["crm.value.holdout"]._of_playbook(
            company, playbook, min(days.values())
        )
        holdout.seed = SEED
        arms = holdout._draw_days(days)
        starts = self.env["crm.value.playbook.start"].create(
            [
                {
                    "playbook_id": playbook.id,
                    "partner_id": customer,
                    "origin_id": customer,
                    "company_id": company.id,
                    "date": days[customer],
                    "stage_id": playbook.stage_id.id,
                    "state": "held" if arm == "held" else "done",
                }
                for customer, arm in arms.items()
            ]
        )
        holdout._measure(today, 1)
        playbook.hold_share = 0  # whoever tries the demo gets every activity
        self._name_records("demo_holdout", holdout)
        self._name_records("demo_holdout_start", starts)

    @api.model
    def _create_segments(self, company):
        return self.env["crm.value.segment"].create(
            [
                {
                    "company_id": company.id,
                    "name": "Quiet for a While",
                    "domain": "[('recency_days', '>', 60)]",
                    "strategy": "They bought often and stopped. Ask why before "
                    "offering anything.",
                },
                {
                    "company_id": company.id,
                    "name": "Bought More than Once",
                    "domain": "[('purchase_count', '>', 1)]",
                    "strategy": "Show what goes with what they have.",
                },
            ]
        )
