from odoo import api, models
from odoo.tools import SQL


class CrmValueAnswer(models.Model):
    """Response rate of the invited."""

    _inherit = "crm.value.answer"

    @api.model
    def _response_rates(self, grouping, since, audience):
        """Return {group: share of those that were mailed}, in one statement."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT %(key)s,
                       AVG((given.state = 'answered')::int)::float8
                  FROM (%(invited)s) AS given
                 WHERE TRUE
              GROUP BY 1
                """,
                key=self._invited_key(grouping),
                invited=self._invited(grouping, since, audience),
            )
        )
        return dict(rows)

    @api.model
    def _invited(self, grouping, since, audience):
        """Return the SQL of whoever was mailed, with what groups them today."""
        companies = self.env.companies if grouping == "company_id" else self.env.company
        return SQL(
            """
            SELECT invitation.customer_id, invitation.company_id,
                   invitation.survey_id, invitation.sent_on AS date,
                   invitation.state, contact.user_id, profile.stage_id,
                   profile.tier_id, profile.rfm_segment, profile.quadrant
              FROM crm_value_invitation invitation
              JOIN res_partner contact ON contact.id = invitation.partner_id
         LEFT JOIN crm_value_profile profile
                ON profile.company_id = invitation.company_id
               AND profile.partner_id = invitation.customer_id
             WHERE invitation.company_id = ANY(%(companies)s)
               AND invitation.audience = %(audience)s
               AND invitation.sent_on >= %(since)s
               AND %(readable)s
            """,
            companies=companies.ids,
            audience=audience,
            readable=self._readable_invitation(),
            since=since.date() if since else SQL("DATE '2000-01-01'"),
        )

    @api.model
    def _readable_invitation(self):
        """Return the SQL that keeps to customers the user may see."""
        if self.env.su or not self.env.user._value_is_partial():
            return SQL("TRUE")
        seen = self.env["crm.value.invitation"]._search([])
        return SQL("invitation.id IN %s", seen.subselect())

    @api.model
    def _invited_key(self, grouping):
        """Return the SQL of the group; None: all together."""
        if grouping is None:
            return SQL("NULL")
        if grouping == "month":
            return SQL("to_char(given.date, 'YYYY-MM')")
        if grouping == "category":
            return self._bought_category()
        return SQL("given.%s", SQL.identifier(grouping))
