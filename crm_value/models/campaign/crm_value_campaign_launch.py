from datetime import timedelta

import numpy as np

from odoo import api, models
from odoo.exceptions import UserError

from ...analytics.campaign.drawing import draw
from .const import BY_PLAYBOOK, DRAFT, HELD, MAIL, OUT, PLAYBOOK, RUNNING, TREATED

# Who is not reached by mail can still be called.
ONLY_MAIL = ("no_address", "duplicate")


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
        return self.env["crm.value.profile"].search(self.segment_id._profile_domain())

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
        rows = [
            {
                "partner_id": partner,
                "arm": HELD if out else TREATED,
                "stratum": stratum,
                "margin_before": money,
            }
            for partner, out, stratum, money in zip(
                some.tolist(), held.tolist(), strata, before.tolist(), strict=True
            )
        ]
        rows += [
            {"partner_id": partner, "arm": OUT, "left_out": reason}
            for partner, reason in reasons.items()
            if reason
        ]
        self._keep_members(rows)
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

    def _keep_members(self, rows):
        own = {"campaign_id": self.id, "company_id": self.company_id.id}
        self.env["crm.value.campaign.member"].create(
            [{**own, "origin_id": row["partner_id"], **row} for row in rows]
        )

    def _reasons(self, partners):
        """Return why each customer is left out, False where none of it holds."""
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
        treated = self.member_ids.filtered(lambda member: member.arm == TREATED)
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
        self.env["crm.value.contact"]._plan(
            [
                {
                    "partner_id": member.partner_id.id,
                    "company_id": self.company_id.id,
                    "date": self.date_start,
                    "name": template.name or self.name,
                    "channel": "mail" if template else "mailing",
                    "topic": self._topic(),
                    "source_key": f"campaign member {member.id}",
                    "template_id": template.id,
                    "campaign_member_id": member.id,
                }
                for member in members
            ]
        )
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
