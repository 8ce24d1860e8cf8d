from odoo import api, models
from odoo.fields import Domain

TRANSITION = "crm.value.transition"


class CrmValueSectionTier(models.AbstractModel):
    """Who reached and who lost which tier in a month."""

    _name = "crm.value.section.tier"
    _inherit = ["crm.value.section"]
    _description = "Members Who Moved"
    _rank = 25
    _part = "loyalty"

    @api.model
    def _told(self, month):
        """Tell of each tier who came and who left; nothing where nobody did."""
        of_month = self._own(("kind", "=", "tier"), *self._within(month))
        rows = self.env[TRANSITION]._read_group(
            of_month, ["tier_from_id", "tier_to_id"], ["origin_id:count_distinct"]
        )
        rows = [row for row in rows if row[0] != row[1]]
        tiers = self.env["crm.value.tier"].search(
            [("company_id", "=", self.env.company.id)], order="sequence DESC, id DESC"
        )
        tiles = [self._tier(tier, rows, of_month) for tier in tiers]
        told = [tile for tile in tiles if tile]
        return told and {
            "question": self.env._("Which tiers did members reach and lose?"),
            "tiles": told,
            "links": [
                self._screen(self.env._("Members"), "crm_value.crm_value_member_action")
            ],
        }

    @api.model
    def _tier(self, tier, rows, of_month):
        """Return how many reached and lost a tier, None: nobody did."""
        came = sum(count for _before, after, count in rows if after == tier)
        left = sum(count for before, _after, count in rows if before == tier)
        if not came and not left:
            return None
        either = Domain("tier_from_id", "=", tier.id) | Domain(
            "tier_to_id", "=", tier.id
        )
        return self._tile(
            tier.name,
            self._signed(came - left),
            self.env._(
                "%(came)s reached it, %(left)s lost it",
                came=self._number(came),
                left=self._number(left),
            ),
            self._rows_of(tier.name, TRANSITION, list(Domain(of_month) & either)),
        )
