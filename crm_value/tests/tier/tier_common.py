"""A company whose tiers ask for purchases, and customers who reach them."""

from odoo.fields import Command

from ..common import TODAY, ValueCommon

COUNTS = (1, 3, 6, 12)


class TierCommon(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.tiers = cls.env["crm.value.tier"].search(
            [("company_id", "=", cls.company.id)], order="sequence"
        )
        cls.bronze, cls.silver, cls.gold, cls.platinum = cls.tiers
        cls.memberships = cls.env["crm.value.membership"]
        cls._qualify_by()
        cls.acme = cls._customer("Acme", email="acme@example.com")
        cls._buy(cls.acme, 4)

    @classmethod
    def _qualify_by(cls, limits=None, **changes):
        """Publish a policy whose tiers ask for purchases alone, and return it."""
        limits = limits or [{"min_purchases": count} for count in COUNTS]
        lines = [
            Command.create({"tier_id": tier.id, **limit})
            for tier, limit in zip(cls.tiers, limits, strict=True)
        ]
        return cls._policy(tier_ids=[Command.clear(), *lines], **changes)

    @classmethod
    def _buy(cls, customer, count, amount=100, first=5):
        """Let a customer buy on so many days of the last ones."""
        return cls._purchases(customer, *((amount, first + at) for at in range(count)))

    @classmethod
    def _members(cls, customer):
        return cls.memberships.search([("partner_id", "=", customer.id)])

    @classmethod
    def _moves(cls, customer):
        return cls.env["crm.value.transition"].search(
            [("partner_id", "=", customer.id), ("kind", "=", "tier")]
        )

    @classmethod
    def _by_hand(cls, customer, tier, until=TODAY, **values):
        return cls.env["crm.value.override"].create(
            {
                "partner_id": customer.id,
                "company_id": cls.company.id,
                "kind": "tier",
                "tier_id": tier.id,
                "reason": "Opens a second shop",
                "date_to": until,
                **values,
            }
        )

    def _shown(self, customer):
        self.env.invalidate_all()
        profile = self._profile(customer)
        return profile.tier_id, profile.tier_since, profile.tier_until
