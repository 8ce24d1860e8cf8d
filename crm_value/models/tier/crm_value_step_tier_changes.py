from odoo import api, models
from odoo.tools import SQL

from ..scoring.crm_value_store import INCOMING


class CrmValueStepTier(models.AbstractModel):
    """Step of the run: stores tier changes and plans their mails."""

    _inherit = "crm.value.step.tier"

    @api.model
    def _change(self, flow):
        """Watch the tier, with figures as evidence; a first one is a change, too."""
        return SQL("profile.tier_id IS DISTINCT FROM NULLIF(incoming.tier_id, 0)"), {
            "tier_from_id": SQL("profile.tier_id"),
            "tier_to_id": SQL("NULLIF(incoming.tier_id, 0)"),
            "until": SQL("NULLIF(incoming.tier_until, '-infinity')"),
            "value_score": SQL("NULLIF(incoming.value_score, 'NaN')"),
            "revenue": SQL("NULLIF(incoming.tier_revenue, 'NaN')"),
            "points": SQL("NULLIF(incoming.tier_points, 'NaN')"),
            "purchases": SQL("NULLIF(incoming.tier_purchases, 'NaN')"),
        }

    @api.model
    def _store(self, flow):
        self.env["crm.value.membership"]._store(flow, flow.results["members"])

    @api.model
    def _decide(self, flow, changes):
        """Log tier changes, and plan the mails about them."""
        if changes:
            self._log(flow, changes)
        policy = flow.run.policy_id
        if policy.tier_mails:
            found = self._warnings(flow, policy.tier_warn_days)
            self.env["crm.value.contact"]._plan_warnings(flow.company, flow.day, found)

    @api.model
    def _log(self, flow, changes):
        """Log the changes; of the first day, those that people made and every loss."""
        manual = self.env["crm.value.override"]._tiers_by_hand(flow.scope)
        transitions = self.env["crm.value.transition"]
        checks = self._checks_before(flow)
        if not self.env["crm.value.run"].search_count(checks, limit=1):
            # While the rules are being set, nobody is congratulated.
            told = [("company_id", "=", flow.company.id), ("date", "=", flow.day)]
            told = transitions.search_fetch(
                [*told, ("kind", "=", "tier")], ["origin_id"]
            )
            moved = set(manual) | set(told.mapped("origin_id"))
            changes = [
                change
                for change in changes
                if change["partner_id"] in moved or self._is_loss(change)
            ]
        values = [self._vals(change, flow.day, manual) for change in changes]
        transitions._log(flow.run, "tier", values)._take_effect()

    @api.model
    def _is_loss(self, change):
        """Return whether a change leads to a lower tier, or to none."""
        tiers = self.env["crm.value.tier"]
        before, after = (tiers.browse(change[f"tier_{n}_id"]) for n in ("from", "to"))
        return bool(before) and before._is_above(after)

    @api.model
    def _vals(self, change, day, manual):
        """Return the transition of one change, with its figures or its author."""
        override = manual.get(change["partner_id"])
        figures = ("value_score", "revenue", "points", "purchases")
        evidence = {name: change[name] for name in figures}
        evidence["until"] = change["until"] and change["until"].isoformat()
        return {
            "partner_id": change["partner_id"],
            "date": day,
            "tier_from_id": change["tier_from_id"],
            "tier_to_id": change["tier_to_id"],
            "user_id": override.user_id.id if override else False,
            "evidence": {"reason": override.reason} if override else evidence,
        }

    @api.model
    def _warnings(self, flow, days):
        """Return who will lose a tier within some days, and has not been told.

        :return: dicts of partner_id, tier_id, until
        """
        self.env["crm.value.contact"].flush_model()
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT incoming.partner_id, incoming.tier_id,
                       incoming.tier_until AS until
                  FROM %(incoming)s incoming
                 WHERE incoming.tier_id > 0
                   AND incoming.tier_state = 1  -- not kept yet
                   AND incoming.tier_until BETWEEN %(day)s AND %(day)s::date + %(days)s
                   AND NOT EXISTS (
                       SELECT FROM crm_value_contact contact
                        WHERE contact.company_id = %(company)s
                          AND contact.source_key = 'tier warning '
                              || incoming.partner_id || ' ' || incoming.tier_until)
                """,
                incoming=SQL.identifier(INCOMING),
                company=flow.company.id,
                day=flow.day,
                days=days,
            )
        )
