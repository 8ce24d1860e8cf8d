from collections import Counter

from odoo import api, fields, models
from odoo.tools import SQL

from ... import words
from .const import ACTIVITY, DRAFT, HELD, MAIL, OUT, PLAYBOOK, TREATED


class CrmValueCampaign(models.Model):
    """Says how far a campaign is: counted by the database, whoever they are."""

    _inherit = "crm.value.campaign"

    progress = fields.Text(compute="_compute_progress")

    @api.depends("state")
    @api.depends_context("lang", "uid")
    def _compute_progress(self):
        launched = self.filtered(lambda campaign: campaign.state != DRAFT)
        counts = launched._reached_counts()
        for campaign in self:
            campaign.progress = campaign in launched and campaign._say_progress(
                counts[campaign.id]
            )

    def _say_progress(self, counts):
        return self.env._(
            "Gets it: %(treated)s. Held out: %(held)s. Left out before the draw: "
            "%(out)s. Reached so far: %(sent)s; not reached: %(missed)s.",
            **{
                name: words.customers(self.env, counts[key])
                for name, key in {
                    "treated": TREATED,
                    "held": HELD,
                    "out": OUT,
                    "sent": "sent",
                    "missed": "missed",
                }.items()
            },
        )

    def _reached_counts(self):
        """Return {campaign id: customers by group, of who gets it also by what came}.

        Whoever reads a campaign sees all its customers: no rule cuts these counts.
        """
        found = {campaign.id: Counter() for campaign in self}
        for model in ("campaign", "campaign.member", "contact", "playbook.start"):
            self.env[f"crm.value.{model}"].flush_model()
        self.env["mail.activity"].flush_model(["active"])
        means = {"mail": MAIL, "playbook": PLAYBOOK, "activity": ACTIVITY}
        rows = self.env.execute_query(
            SQL(REACHED, ids=self.ids, treated=TREATED, **means)
        )
        for campaign, arm, came, count in rows:
            found[campaign][arm] += count
            found[campaign][came] += count
        return found


REACHED = """
    SELECT member.campaign_id, member.arm,
           CASE WHEN member.arm <> %(treated)s THEN NULL
                WHEN contact.state = 'sent' OR start.state = 'done'
                  OR NOT activity.active THEN 'sent'
                WHEN contact.state = 'held' OR start.state IN ('stopped', 'failed')
                  OR campaign.means = %(activity)s AND activity.id IS NULL
                THEN 'missed' END AS came, COUNT(*)
      FROM crm_value_campaign_member member
      JOIN crm_value_campaign campaign ON campaign.id = member.campaign_id
      LEFT JOIN crm_value_contact contact
        ON campaign.means = %(mail)s AND contact.campaign_member_id = member.id
      LEFT JOIN crm_value_playbook_start start
        ON campaign.means = %(playbook)s AND start.company_id = campaign.company_id
       AND start.origin_id = member.origin_id AND start.date = campaign.date_start
       AND start.playbook_id = campaign.playbook_id
      LEFT JOIN mail_activity activity
        ON campaign.means = %(activity)s AND activity.id = member.activity_id
     WHERE member.campaign_id = ANY(%(ids)s) GROUP BY 1, 2, 3
"""
