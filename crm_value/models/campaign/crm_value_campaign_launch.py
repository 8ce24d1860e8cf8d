from datetime import timedelta

import numpy as np

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ... import bulk
from ...analytics.campaign.drawing import draw
from .const import BY_PLAYBOOK, DRAFT, HELD, MAIL, OUT, PLAYBOOK, RUNNING, TREATED

# Who is not reached by mail can still be called.
ONLY_MAIL = ("no_address", "duplicate")
DRAWN = {"partner": "int4", "held": "int4", "stratum": "int4", "before": "float8"}


class CrmValueCampaign(models.Model):
    """Launches a campaign: freezes its customers, draws them, and reaches them.

    All of it is one transaction: a kill leaves a draft.
    """

    _inherit = "crm.value.campaign"

    def action_launch(self):
        """Freeze, leave out, draw and reach; nothing of it can be repeated."""
        self.ensure_one()
        self._check_manager()
        self.lock_for_update()
        if self.state != DRAFT:
            raise UserError(self.env._("It has been launched already."))
        self._check_means()
        profiles = self._customers()
        if not profiles:
            raise UserError(
                self.env._(
                    "There is nobody in the segment “%(name)s”.",
                    name=self.segment_id.name,
                )
            )
        today = self.env["crm.value.run"]._today(self.company_id)
        # Members, mails and starts are written by their own code alone.
        campaign = self.sudo()
        campaign._freeze(
            today, {one.partner_id.id: one.quadrant or "" for one in profiles}
        )
        campaign._reach()

    def _check_means(self):
        """Refuse what would reach nobody."""
        if self.means == MAIL and not self.mail_template_id:
            raise UserError(self.env._("Choose the template of the mail to send."))
        if self.means == PLAYBOOK and not self.playbook_id:
            raise UserError(self.env._("Choose the playbook to start."))

    def _customers(self):
        """Return the profiles in the segment now."""
        self.env.user._value_check_whole(self.company_id)
        # Not all their figures: there may be hundreds of thousands.
        return self.env["crm.value.profile"].search_fetch(
            self._customers_domain(),
            ["partner_id", "quadrant"],
            limit=self._customers_most(),
            order="margin DESC NULLS LAST, id",
        )

    def _customers_domain(self):
        """Return the domain of the profiles that a launch would freeze now."""
        return self.segment_id._profile_domain()

    def _customers_most(self):
        """Return how many of them at most, those with the largest margin; None: all."""
        return None

    def _freeze(self, day, quadrants):
        """Keep who is in it and who gets it, by a draw among those who may.

        :param day: of the launch, the first of the window
        :param quadrants: {customer id: quadrant, empty if unknown}
        """
        partners = self.env["res.partner"].browse(quadrants)
        reasons = dict(zip(partners.ids, self._reasons(partners), strict=True))
        some = np.array(sorted(one for one in reasons if not reasons[one]), np.int32)
        before, _bought = self._bought(some, day - timedelta(days=self.days), day)
        strata = self._strata([quadrants[one] for one in some.tolist()], before)
        number = np.unique(np.array(strata, str), return_inverse=True)[1]
        held = draw(number, self.share, self.seed, some)
        self._keep_members(some, held, strata, before)
        self._keep_left_out({one: why for one, why in reasons.items() if why})
        utm = self.utm_id or self.env["utm.campaign"].create({"title": self.name})
        self.write(
            {
                "state": RUNNING,
                "date_start": day,
                "date_end": day + timedelta(days=self.days - 1),
                "treated_count": int((~held).sum()),
                "held_count": int(held.sum()),
                "utm_id": utm.id,
            }
        )

    def _keep_members(self, partners, held, strata, before):
        """Write who was drawn, in the order of customers."""
        names, stratum = np.unique(np.array(strata, str), return_inverse=True)
        bulk.stage(
            self.env.cr,
            "crm_value_campaign_drawn",
            {
                "partner": partners,
                "held": held,
                "stratum": stratum + 1,
                "before": before,
            },
            DRAWN,
        )
        values = {"strata": names.tolist(), "held": HELD, "treated": TREATED}
        self._write_members(SQL(KEEP_DRAWN, **self._own_values(), **values))

    def _keep_left_out(self, reasons):
        """Write who was left out before the draw: {customer id: reason}."""
        whom = {"partners": [*reasons], "reasons": [*reasons.values()], "out": OUT}
        self._write_members(SQL(KEEP_LEFT_OUT, **self._own_values(), **whom))

    def _own_values(self):
        return {"campaign": self.id, "company": self.company_id.id}

    def _write_members(self, statement):
        """Write customers of it without a record in between: there may be many."""
        self.env.cr.execute(statement)
        self.env["crm.value.campaign.member"].invalidate_model()
        self.invalidate_recordset(["member_ids"])

    def _reasons(self, partners):
        """Return why each customer is left out, False where none of it holds."""
        partners.fetch(["email_normalized"])
        reasons = self.env["crm.value.contact"]._suppression_reasons(
            self.company_id, [(partner, self._topic()) for partner in partners]
        )
        if self.means == MAIL:
            return reasons
        held = self._held_of_playbook(partners)
        others = [False if reason in ONLY_MAIL else reason for reason in reasons]
        return [
            "playbook" if partner in held else reason
            for partner, reason in zip(partners, others, strict=True)
        ]

    def _held_of_playbook(self, partners):
        """Return the customers whom its playbook does without at the moment."""
        today = self.env["crm.value.run"]._today(self.company_id)
        held = self.env["crm.value.holdout.member"]._held_now(
            self.company_id, partners, today, BY_PLAYBOOK
        )
        return held.filtered(
            lambda one: one.holdout_id.playbook_id == self.playbook_id
        ).partner_id

    @api.model
    def _strata(self, quadrants, before):
        """Return the stratum of each customer: quadrant, and third of the margin."""
        edges = np.quantile(before, (1 / 3, 2 / 3)) if before.size else []
        thirds = 1 + np.searchsorted(edges, before)
        return [
            f"{quadrant or '-'} {third}"
            for quadrant, third in zip(quadrants, thirds.tolist(), strict=True)
        ]

    # --- whom it reaches ---

    def _reach(self):
        """Plan the mails, or start the playbook, of who gets it."""
        treated = self.env["crm.value.campaign.member"].search_fetch(
            [("campaign_id", "=", self.id), ("arm", "=", TREATED)], ["partner_id"]
        )
        if self.means == PLAYBOOK:
            self._start_playbook(treated)
        else:
            self._plan_mails(treated)

    def _start_playbook(self, members):
        profiles = self.env["crm.value.profile"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("partner_id", "in", members.partner_id.ids),
            ]
        )
        self.env["crm.value.playbook.start"]._begin_by_hand(self.playbook_id, profiles)

    def _plan_mails(self, members):
        """Plan one mail per customer; the cap is applied again on the day it is due.

        Without a template they wait for a mailing of Odoo.
        """
        template = self.mail_template_id
        contacts = self.env["crm.value.contact"]
        contacts.flush_model()
        self.env.cr.execute(
            SQL(
                PLAN_MAILS,
                members=members.ids,
                day=self.date_start,
                channel="mail" if template else "mailing",
                name=template.name or self.name,
                topic=self._topic(),
                template=template.id or None,
                user=self.env.uid,
                now=self.env.cr.now(),
            )
        )
        contacts.invalidate_model()
        members.invalidate_recordset(["contact_ids"])
        self.env["crm.value.contact"]._trigger()

    def _topic(self):
        """Return what its mails are about, for the log of contacts."""
        return f"campaign {self.id}"

    def _starts(self):
        """Return {(campaign id, original customer id): start of its playbook}."""
        found = {}
        for campaign in self.filtered(lambda c: c.date_start and c.means == PLAYBOOK):
            # A handful of campaigns, each with a playbook and a day of its own.
            starts = self.env["crm.value.playbook.start"].search(
                [
                    ("company_id", "=", campaign.company_id.id),
                    ("playbook_id", "=", campaign.playbook_id.id),
                    ("date", "=", campaign.date_start),
                ]
            )
            found |= {(campaign.id, start.origin_id): start for start in starts}
        return found


KEEP_DRAWN = """
    INSERT INTO crm_value_campaign_member (
        campaign_id, company_id, partner_id, origin_id, arm, stratum, margin_before)
    SELECT %(campaign)s, %(company)s, partner, partner,
           CASE WHEN held > 0 THEN %(held)s ELSE %(treated)s END,
           (%(strata)s::varchar[])[stratum], before
      FROM crm_value_campaign_drawn ORDER BY partner
"""
KEEP_LEFT_OUT = """
    INSERT INTO crm_value_campaign_member (
        campaign_id, company_id, partner_id, origin_id, arm, left_out)
    SELECT %(campaign)s, %(company)s, partner, partner, %(out)s, reason
      FROM unnest(%(partners)s::int[], %(reasons)s::varchar[])
           AS left_out (partner, reason)
"""
PLAN_MAILS = """
    INSERT INTO crm_value_contact (
        partner_id, company_id, origin_id, date, channel, name, topic, source_key,
        template_id, state, campaign_member_id,
        create_uid, create_date, write_uid, write_date)
    SELECT partner_id, company_id, partner_id, %(day)s, %(channel)s, %(name)s,
           %(topic)s,
           'campaign member ' || id, %(template)s, 'planned', id,
           %(user)s, %(now)s, %(user)s, %(now)s
      FROM crm_value_campaign_member WHERE id = ANY(%(members)s) ORDER BY id
    ON CONFLICT (company_id, source_key) DO NOTHING
"""
