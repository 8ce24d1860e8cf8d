from odoo import api, models
from odoo.tools import SQL

from ..scoring.crm_value_store import STAGE


class CrmValueStore(models.AbstractModel):
    """Who enters or leaves a loyalty tier."""

    _inherit = "crm.value.store"

    @api.model
    def _tier_changes(self, run):
        """Return the tiers that the stage table changes, with figures."""
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT stage.partner_id, profile.tier_id AS tier_from_id,
                       NULLIF(stage.tier_id, 0) AS tier_to_id,
                       NULLIF(stage.tier_until, '-infinity') AS until,
                       NULLIF(stage.value_score, 'NaN') AS value_score,
                       NULLIF(stage.tier_revenue, 'NaN') AS revenue,
                       NULLIF(stage.tier_points, 'NaN') AS points,
                       NULLIF(stage.tier_purchases, 'NaN') AS purchases
                  FROM %(stage)s stage
             LEFT JOIN crm_value_profile profile
                    ON profile.partner_id = stage.partner_id
                   AND profile.company_id = %(company)s
                 WHERE profile.tier_id IS DISTINCT FROM NULLIF(stage.tier_id, 0)
                """,
                stage=SQL.identifier(STAGE),
                company=run.company_id.id,
            )
        )

    @api.model
    def _tier_warnings(self, run, day, days):
        """Return who will lose a tier within some days, and has not been told.

        :return: dicts of partner_id, tier_id, until
        """
        self.env["crm.value.contact"].flush_model()
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT stage.partner_id, stage.tier_id, stage.tier_until AS until
                  FROM %(stage)s stage
                 WHERE stage.tier_id > 0
                   AND stage.tier_state = 1  -- not kept yet
                   AND stage.tier_until BETWEEN %(day)s AND %(day)s::date + %(days)s
                   AND NOT EXISTS (
                       SELECT FROM crm_value_contact contact
                        WHERE contact.company_id = %(company)s
                          AND contact.source_key = 'tier warning '
                              || stage.partner_id || ' ' || stage.tier_until)
                """,
                stage=SQL.identifier(STAGE),
                company=run.company_id.id,
                day=day,
                days=days,
            )
        )
