from odoo import api, fields, models


class CrmValueTransition(models.Model):
    """Notes a tier change on the contact and congratulates the customer."""

    _inherit = "crm.value.transition"
    _field_part = "loyalty"

    kind = fields.Selection(
        selection_add=[("tier", "Tier")], ondelete={"tier": "cascade"}
    )
    tier_from_id = fields.Many2one(
        "crm.value.tier", string="From Tier", ondelete="restrict"
    )
    tier_to_id = fields.Many2one(
        "crm.value.tier", string="To Tier", ondelete="restrict"
    )

    @api.model
    def _ends(self):
        return {**super()._ends(), "tier": ("tier_from_id", "tier_to_id")}

    def _say_tier(self, figures):
        """Return the figures behind a tier change, in words."""
        if figures.get("points") is None:
            return self.env._(
                "purchases: %(purchases)s, value score: %(score)s",
                purchases=self._say_figure(figures.get("purchases"), 0),
                score=self._say_figure(figures.get("value_score"), 0),
            )
        return self.env._(
            "purchases: %(purchases)s, value score: %(score)s, points: %(points)s",
            purchases=self._say_figure(figures.get("purchases"), 0),
            score=self._say_figure(figures.get("value_score"), 0),
            points=self._say_figure(figures.get("points"), 0),
        )

    def _take_effect(self):
        """Note a change of tier on the contact, and congratulate on a better one."""
        tiers = self.filtered(lambda moved: moved.kind == "tier")
        tiers._note_tiers()
        tiers._congratulate()
        return super(CrmValueTransition, self - tiers)._take_effect()

    def _note_tiers(self):
        telling = self.filtered(
            lambda moved: moved.tier_from_id.matters or moved.tier_to_id.matters
        )
        telling.partner_id._message_log_batch(
            {
                moved.partner_id.id: self.env._(
                    "%(company)s: loyalty tier %(before)s → %(after)s (%(evidence)s)",
                    company=moved.company_id.name,
                    before=moved.tier_from_id.name or "–",
                    after=moved.tier_to_id.name or "–",
                    evidence=moved.evidence_text,
                )
                for moved in telling
            }
        )

    def _congratulate(self):
        """Plan a congratulation for earned upgrades; people announce manual ones."""
        entered = self.filtered("tier_to_id")
        for company, moves in entered.grouped("company_id").items():
            if self.env["crm.value.policy"]._published(company).tier_mails:
                self.env["crm.value.contact"]._plan_congratulations(
                    moves.filtered(
                        lambda moved: (
                            not moved.user_id
                            and moved.tier_to_id._is_above(moved.tier_from_id)
                        )
                    )._of_customers_who_buy()
                )

    def _of_customers_who_buy(self):
        """Return those of customers who are not lost: no mail tells them well done."""
        profiles = self.env["crm.value.profile"]._by_customer(
            self.company_id, self.partner_id
        )
        lost = {key for key, found in profiles.items() if found.stage_id.code == "lost"}
        return self.filtered(
            lambda moved: (moved.company_id.id, moved.partner_id.id) not in lost
        )

    def _amend(self, change):
        """Congratulate on a second, higher upgrade of the same day."""
        result = super()._amend(change)
        self.exists().filtered(lambda moved: moved.kind == "tier")._congratulate()
        return result
