from odoo import Command

from ..common import TODAY, ValueCommon


class BenefitCommon(ValueCommon):
    """Silver gets ten percent off, Gold twenty; Acme, with Ann, is in Silver."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._enable_pricelists()
        # Nobody earns a tier: the tests put customers into them.
        cls._policy(tier_ids=[Command.clear()])
        cls.list_price = cls._pricelist("Everybody", 0, sequence=1)
        cls.ten = cls._pricelist("Ten off", 10)
        cls.twenty = cls._pricelist("Twenty off", 20)
        cls.silver, cls.gold = cls.env["crm.value.tier"].create(
            [
                {"name": "Silver", "sequence": 91, "pricelist_id": cls.ten.id},
                {"name": "Gold", "sequence": 92, "pricelist_id": cls.twenty.id},
            ]
        )
        cls.acme = cls._customer("Acme")
        cls.ann = cls._customer("Ann", parent=cls.acme)
        cls._join(cls.acme, cls.silver)

    @classmethod
    def _enable_pricelists(cls):
        everybody = cls.env.ref("base.group_user")
        everybody.implied_ids += cls.env.ref("product.group_product_pricelist")
        everybody.implied_ids += cls.env.ref("sale.group_discount_per_so_line")

    @classmethod
    def _pricelist(cls, name, percent, **values):
        """Return a pricelist that takes some percent off every product."""
        return cls.env["product.pricelist"].create(
            {
                "name": name,
                "company_id": cls.company.id,
                "sequence": 50,
                "item_ids": [
                    Command.create(
                        {
                            "compute_price": "percentage",
                            "percent_price": percent,
                            "applied_on": "3_global",
                        }
                    )
                ],
                **values,
            }
        )

    @classmethod
    def _join(cls, partner, tier, company=None, **values):
        """Put a customer into a tier as a run would; an empty tier: out of any."""
        company = company or cls.company
        profile = cls._profile(partner, company) or cls.env[
            "crm.value.profile"
        ].sudo().create({"partner_id": partner.id, "company_id": company.id})
        profile.sudo().write({"tier_id": tier.id, "tier_since": TODAY, **values})
        return profile

    @classmethod
    def _quote(cls, partner, quantity=1, **values):
        """Return a new quotation for the product at the price of its pricelist."""
        return cls.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "company_id": cls.company.id,
                "order_line": [
                    Command.create(
                        {"product_id": cls.product.id, "product_uom_qty": quantity}
                    )
                ],
                **values,
            }
        )

    @classmethod
    def _program(cls, tiers, **values):
        """Return an automatic program for some tiers: five percent off the order."""
        return cls.env["loyalty.program"].create(
            {
                "name": "Five off",
                "program_type": "promotion",
                "trigger": "auto",
                "applies_on": "current",
                "company_id": cls.company.id,
                "value_tier_ids": tiers.ids,
                "rule_ids": [Command.create({"minimum_qty": 1})],
                "reward_ids": [
                    Command.create(
                        {
                            "reward_type": "discount",
                            "discount": 5,
                            "discount_mode": "percent",
                            "discount_applicability": "order",
                        }
                    )
                ],
                **values,
            }
        )

    def _shown(self, record, code):
        """Return the row of one benefit that a record shows, None if it has none."""
        rows = record.value_benefits["rows"] if record.value_benefits else []
        return next((row for row in rows if row["code"] == code), None)
