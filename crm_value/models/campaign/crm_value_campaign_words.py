from datetime import timedelta

import numpy as np

from odoo import api, fields, models
from odoo.tools import SQL, ormcache

from ... import words
from ...analytics.campaign.lift import FEWEST, reach, unexplained
from .const import (
    DONE,
    DRAFT,
    FEW,
    LOST,
    OPEN,
    OUT,
    PAID,
    SAMPLE,
    SKEWED,
)

ASKED = ("segment_id", "company_id", "days", "share", "state")


class CrmValueCampaign(models.Model):
    """Says in words what a campaign can show, how far it is, and what came of it."""

    _inherit = "crm.value.campaign"

    approach = fields.Text(related="segment_id.strategy")
    editions = fields.Text(string="Offer by Stage", compute="_compute_editions")
    foresight = fields.Text(string="What It Can Show", compute="_compute_foresight")
    conclusion = fields.Text(compute="_compute_conclusion")
    pooled = fields.Text(string="All of This Goal", compute="_compute_pooled")
    overlap = fields.Char(string="At the Same Time", compute="_compute_overlap")
    invoiced = fields.Monetary(
        compute="_compute_invoiced",
        help="Invoices that name the campaign, net of credit notes and taxes. Not what "
        "it brought: others would have been written anyway.",
    )

    # --- before the launch ---

    @api.depends("segment_id.offer_ids")
    @api.depends_context("lang")
    def _compute_editions(self):
        for campaign in self:
            campaign.editions = "\n".join(
                self.env._(
                    "%(stage)s – %(offer)s", stage=one.stage_id.name, offer=one._say()
                )
                for one in campaign.segment_id.offer_ids
            )

    @api.depends(*ASKED)
    @api.depends_context("lang", "uid")
    def _compute_foresight(self):
        for campaign in self:
            asked = campaign.state == DRAFT and bool(campaign.segment_id)
            campaign.foresight = asked and campaign._say_foresight()

    def _say_foresight(self):
        """Say what change can be told from chance, from the customers' last windows."""
        if not self.env.user._value_sees_whole(self.company_id):
            return False
        size = self._size()
        held = round(size * self.share)
        if held < 2:
            return self.env._("There are too few customers to hold anybody out.")
        change = self._detectable(size)
        given = {
            "customers": words.customers(self.env, size),
            "share": words.percent(self.env, self.share),
        }
        if np.isnan(change):
            told = self.env._(
                "Of %(customers)s, %(share)s are held out. They have bought too little "
                "lately to say what can be seen.",
                **given,
            )
        else:
            told = self.env._(
                "With %(customers)s, %(share)s of them held out, this can only show a "
                "change of about ±%(change)s of what they bring. To see less, hold out "
                "more, run longer, or pool campaigns of one goal.",
                change=words.percent(self.env, change),
                **given,
            )
        return told if held >= FEWEST else f"{told} {self._say_few(held)}"

    @api.model
    def _say_few(self, held):
        return self.env._(
            "Held out: %(customers)s. Below %(fewest)s there is a range, but no "
            "verdict.",
            customers=words.customers(self.env, held),
            fewest=words.number(self.env, FEWEST),
        )

    def _size(self):
        """Return how many customers it would freeze now."""
        return self.env["crm.value.profile"].search_count(
            self._customers_domain(), limit=self._customers_most()
        )

    def _detectable(self, size):
        """Return the smallest change of what they bring that would mostly be seen."""
        today = self.env["crm.value.run"]._today(self.company_id)
        run = self.env["crm.value.run"]._current(self.company_id)
        spread, mean = self._spread(today, run.id)
        return reach(spread, size, self.share) / mean if mean > 0 else np.nan

    @ormcache(
        "self.company_id.id",
        "self.segment_id.id",
        "self.segment_id.domain",
        "self.days",
        "day",
        "run_id",
    )
    def _spread(self, day, run_id):
        """Return what the window before leaves open of a customer's margin, the mean.

        Two windows of margins are read for it: once a day, until the next run or until
        somebody changes the segment or the window.
        """
        profiles = self.env["crm.value.profile"]
        found = sorted(self.segment_id._profile_ids())
        some = profiles.browse(found[:: max(1, len(found) // SAMPLE)]).sudo()
        some.fetch(["partner_id"])
        partners = np.array(sorted(some.partner_id.ids), np.int32)
        window = timedelta(days=max(self.days, 1))
        campaign = self.sudo()  # margins of all, of which one share is told
        before, _some = campaign._bought(partners, day - 2 * window, day - window)
        after, _some = campaign._bought(partners, day - window, day)
        return unexplained(before, after)

    # --- while it runs ---

    @api.depends("date_start", "date_end", "state")
    @api.depends_context("lang")
    def _compute_overlap(self):
        others = self._others()
        for campaign in self:
            found = others.get(campaign.id, [])
            campaign.overlap = words.clauses(
                self.env,
                [
                    self.env._(
                        "%(name)s: %(customers)s",
                        name=name,
                        customers=words.customers(self.env, count),
                    )
                    for name, count in found
                ],
            )

    def _others(self):
        """Return {campaign id: [(other campaign, customers of both)]} at the time."""
        self.env["crm.value.campaign.member"].flush_model()
        self.flush_model()
        rows = self.env.execute_query(SQL(OVERLAP, ids=self.ids, out=OUT))
        found = {}
        for campaign, name, count in rows:
            found.setdefault(campaign, []).append((name, count))
        return found

    # --- what came of it ---

    @api.depends("verdict", "gain", "gain_low", "gain_high", "cost")
    @api.depends_context("lang")
    def _compute_conclusion(self):
        for campaign in self:
            campaign.conclusion = campaign.state == DONE and campaign._say_conclusion()

    def _say_conclusion(self):
        if self.lift is False:
            return self._say_verdict()
        amounts = {
            name: words.whole_money(self.env, self[name], self.currency_id)
            for name in ("gain", "gain_low", "gain_high", "cost")
        }
        if self.gain < 0:
            return self.env._(
                "Customers who might get it brought less than those held out: "
                "%(gain)s of margin (%(gain_low)s to %(gain_high)s). It cost %(cost)s. "
                "%(verdict)s",
                verdict=self._say_verdict(),
                **amounts,
            )
        return self.env._(
            "It brought %(gain)s of margin (%(gain_low)s to %(gain_high)s) and cost "
            "%(cost)s. %(verdict)s",
            verdict=self._say_verdict(),
            **amounts,
        )

    def _say_verdict(self):
        return {
            PAID: self.env._("It paid."),
            LOST: self.env._("It did not pay."),
            OPEN: self.env._("We cannot yet say whether it paid."),
            FEW: self.env._("Too few customers were held out to say whether it paid."),
            SKEWED: self.env._(
                "The sizes of both groups are not those that were drawn: somebody was "
                "taken out, and the difference means nothing."
            ),
        }[self.verdict]

    @api.depends("kind", "company_id", "lift", "lift_error")
    @api.depends_context("lang")
    def _compute_pooled(self):
        done = self._told(self.company_id, self.mapped("kind"))
        alike = done.grouped(lambda one: (one.company_id, one.kind))
        for campaign in self:
            some = alike.get((campaign.company_id, campaign.kind), self.browse())
            campaign.pooled = campaign._say_pooled(some)

    @api.model
    def _told(self, companies, kinds):
        """Return the ended campaigns with some goals that told anything."""
        return self.search(
            [
                ("company_id", "in", companies.ids),
                ("kind", "in", kinds),
                ("state", "=", DONE),
                ("verdict", "not in", [False, SKEWED]),
            ]
        )

    def _say_pooled(self, campaigns):
        found = self._pooled(campaigns)
        if not found:
            return False
        lift, low, high = (
            words.whole_money(self.env, amount, self.currency_id)
            for amount in (found.value, found.low, found.high)
        )
        return self.env._(
            "All %(count)s ended campaigns with this goal together brought %(lift)s a "
            "customer (%(low)s to %(high)s).",
            count=words.number(self.env, len(campaigns)),
            lift=lift,
            low=low,
            high=high,
        )

    @api.depends("utm_id")
    def _compute_invoiced(self):
        moves = self.env["account.move"].sudo()  # one sum, for officers
        sums = moves._read_group(
            [
                ("campaign_id", "in", self.utm_id.ids),
                ("company_id", "in", self.company_id.ids),
                ("move_type", "in", moves.get_sale_types(include_receipts=True)),
                ("state", "=", "posted"),
            ],
            ["campaign_id", "company_id"],
            ["amount_untaxed_signed:sum"],
        )
        found = {(utm.id, company.id): money for utm, company, money in sums}
        for campaign in self:
            key = (campaign.utm_id.id, campaign.company_id.id)
            campaign.invoiced = found.get(key, 0.0)


OVERLAP = """
    SELECT one.campaign_id, other_campaign.name, COUNT(*)
      FROM crm_value_campaign_member one
      JOIN crm_value_campaign campaign ON campaign.id = one.campaign_id
      JOIN crm_value_campaign_member other
        ON other.company_id = one.company_id AND other.partner_id = one.partner_id
       AND other.campaign_id <> one.campaign_id
      JOIN crm_value_campaign other_campaign ON other_campaign.id = other.campaign_id
     WHERE one.campaign_id = ANY(%(ids)s) AND one.arm <> %(out)s
       AND other.arm <> %(out)s
       AND other_campaign.date_start <= campaign.date_end
       AND other_campaign.date_end >= campaign.date_start
  GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2
"""
