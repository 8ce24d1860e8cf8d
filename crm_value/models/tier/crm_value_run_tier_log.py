from odoo import models


class CrmValueRun(models.Model):
    """What follows when customers change tier."""

    _inherit = "crm.value.run"

    def _log_tiers(self, day, changes):
        """Log the changes of tier, and tell about them where it matters."""
        manual = self.env["crm.value.override"]._tiers_by_hand(self.company_id, day)
        transitions = self.env["crm.value.transition"]
        if not self.search_count([*self._checks(), ("as_of", "<", day)], limit=1):
            # On the first day the rules are being set: only people move customers.
            told = [("company_id", "=", self.company_id.id), ("date", "=", day)]
            told = transitions.search_fetch(
                [*told, ("kind", "=", "tier")], ["origin_id"]
            )
            moved = set(manual) | set(told.mapped("origin_id"))
            changes = [change for change in changes if change["partner_id"] in moved]
        values = [self._tier_vals(change, day, manual) for change in changes]
        transitions._log(self, "tier", values)._take_effect()

    def _tier_vals(self, change, day, manual):
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

    def _warn_tiers(self, day):
        """Plan a mail to each customer who will lose a tier if nothing happens."""
        policy = self.policy_id
        if not policy.tier_mails:
            return
        found = self.env["crm.value.store"]._tier_warnings(
            self, day, policy.tier_warn_days
        )
        self.env["crm.value.contact"]._plan_warnings(self.company_id, day, found)
