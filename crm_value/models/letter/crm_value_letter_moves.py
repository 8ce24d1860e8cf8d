from odoo import api, models
from odoo.tools import SQL

from .const import FALL, QUADRANT_RANKS, RISE, STAGE_RANKS, TOLD


class CrmValueLetter(models.Model):
    """Who rose and who fell in a month: from where it began to where it ended.

    docs/method.md, section 12. A customer who went down and came back within the month
    did neither. Who has bought for the first time is new, and has not risen.
    """

    _inherit = "crm.value.letter"

    @api.model
    def _moves(self, first, last):
        """Return {direction: count, counts by kind, the customers to name}.

        The named ones are those of the highest value score, each with its changes.
        """
        net = self._net_moves(first, last)
        moves = {
            way: {"count": 0, "kinds": {}, "customers": []} for way in (RISE, FALL)
        }
        for way, kind, count in self.env.execute_query(SQL(COUNTED, net=net)):
            if kind:
                moves[way]["kinds"][kind] = count
            else:
                moves[way]["count"] = count
        named = self.env.execute_query(SQL(NAMED, net=net, told=TOLD))
        for way, profile, changes in named:
            moves[way]["customers"].append((profile, changes))
        return moves

    @api.model
    def _net_moves(self, first, last):
        """Return the SQL of each customer's net changes, with the way they went."""
        transitions = self.env["crm.value.transition"]
        transitions.flush_model()
        self.env["crm.value.profile"].flush_model()
        kinds = ["stage", "quadrant"]
        if self.env["res.groups"]._value_uses("loyalty"):
            kinds.append("tier")
        readable = transitions._search(
            [
                ("company_id", "=", self.env.company.id),
                ("date", ">=", first),
                ("date", "<=", last),
                ("kind", "in", kinds),
            ]
        )
        ranks = SQL(", ").join(SQL("(%s, %s, %s)", *row) for row in self._ranks())
        return SQL(NET, readable=readable.subselect(), ranks=ranks)

    @api.model
    def _ranks(self):
        """Return (kind, place, rank): of two, the higher one is the better one.

        A prospect has no rank: to leave that stage is to be new.
        """
        stages = self.env["crm.value.stage"].with_context(active_test=False)
        stages = stages.search([])  # pylint: disable=no-search-all
        tiers = self.env["crm.value.tier"].with_context(active_test=False)
        tiers = tiers.search([("company_id", "=", self.env.company.id)])
        ladder = tiers.sorted(lambda tier: (tier.sequence, tier.id))
        return [
            *(("quadrant", code, rank) for code, rank in QUADRANT_RANKS.items()),
            *(
                ("stage", str(stage.id), STAGE_RANKS[stage.code])
                for stage in stages
                if stage.code in STAGE_RANKS
            ),
            ("tier", "", 0),
            *(("tier", str(tier.id), rank) for rank, tier in enumerate(ladder, 1)),
        ]


NET = """
    SELECT net.origin_id, net.kind, net.latest, net.partner_id, net.company_id,
           net.begin, net.finish, SIGN(after.rank - before.rank)::int AS way
      FROM (
    SELECT origin_id, kind, company_id,
           (ARRAY_AGG(id ORDER BY date DESC, id DESC))[1] AS latest,
           (ARRAY_AGG(partner_id ORDER BY date DESC, id DESC))[1] AS partner_id,
           (ARRAY_AGG(begin ORDER BY date, id))[1] AS begin,
           (ARRAY_AGG(finish ORDER BY date DESC, id DESC))[1] AS finish
      FROM (
    SELECT id, origin_id, partner_id, company_id, kind, date,
           COALESCE(CASE kind WHEN 'quadrant' THEN quadrant_from
                              WHEN 'stage' THEN stage_from_id::text
                              ELSE tier_from_id::text END, '') AS begin,
           COALESCE(CASE kind WHEN 'quadrant' THEN quadrant_to
                              WHEN 'stage' THEN stage_to_id::text
                              ELSE tier_to_id::text END, '') AS finish
      FROM crm_value_transition
     WHERE id IN %(readable)s
           ) moved
  GROUP BY origin_id, kind, company_id
           ) net
      JOIN (VALUES %(ranks)s) before (kind, place, rank)
        ON before.kind = net.kind AND before.place = net.begin
      JOIN (VALUES %(ranks)s) after (kind, place, rank)
        ON after.kind = net.kind AND after.place = net.finish
     WHERE after.rank <> before.rank
"""
COUNTED = """
    SELECT way, kind, COUNT(DISTINCT origin_id) FROM (%(net)s) net
  GROUP BY GROUPING SETS ((way, kind), (way))
"""
NAMED = """
    SELECT way, profile_id, changes FROM (
    SELECT net.way, profile.id AS profile_id,
           ROW_NUMBER() OVER (
               PARTITION BY net.way
                   ORDER BY MAX(profile.value_score) DESC NULLS LAST, profile.id
           ) AS place,
           JSONB_AGG(JSONB_BUILD_ARRAY(net.kind, net.begin, net.finish, net.latest)
                     ORDER BY ARRAY_POSITION(
                         ARRAY['stage', 'tier', 'quadrant'], net.kind::text)
           ) AS changes
      FROM (%(net)s) net
      JOIN crm_value_profile profile
        ON profile.company_id = net.company_id
       AND profile.partner_id = net.partner_id
  GROUP BY net.way, profile.id
           ) ranked
     WHERE place <= %(told)s
  ORDER BY way, place
"""
