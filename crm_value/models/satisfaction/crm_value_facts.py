import numpy as np

from odoo import api, models
from odoo.tools import SQL

from ... import bulk
from ...analytics.satisfaction import responses
from ...const import to_day
from .crm_value_response_sum import KINDS

COLUMNS = {
    "partner": "int4",
    "day": "date",
    "kind": "int4",
    "participation": "int4",
    "score": "float8",
    "weight": "float8",
    "replaced": "date",
}
ANEW = 30  # days within which a second answer to a survey replaces the first
FIGURES = ("csat", "nps", "csi", "satisfaction_score", "answer_count", "answer_date")


class CrmValueFacts(models.AbstractModel):
    """Gathers survey responses: the satisfaction and the attitude of customers."""

    _inherit = "crm.value.facts"

    @api.model
    def _gather(self, scope):
        """Add the satisfaction of those who are customers."""
        facts = super()._gather(scope)
        answers = self._gather_responses(scope, facts["partner_id"])
        day, limits = to_day(scope.as_of), scope.rules.of(responses.Limits)
        found = responses.measure(answers, day, limits, facts["partner_id"].size)
        return {**facts, **{name: found[name] for name in FIGURES}}

    @api.model
    def _attitude_sources(self):
        return [*super()._attitude_sources(), "_gather_loyalty_answers"]

    @api.model
    def _gather_loyalty_answers(self, scope):
        """Return survey responses about loyalty, day by day."""
        rows = self._read_responses(scope)
        partner = rows.pop("partner")
        answers = responses.Answers(customer=partner, **rows)
        names = ("partner", "day", "attitude")
        return dict(zip(names, responses.attitudes(answers), strict=True))

    @api.model
    def _gather_responses(self, scope, partners):
        """Return the responses.Answers of customers.

        :param partners: their ids, ascending; a customer is its place among them
        """
        rows = self._read_responses(scope)
        known = np.isin(rows["partner"], partners)
        owner = np.searchsorted(partners, rows.pop("partner")[known])
        columns = {name: column[known] for name, column in rows.items()}
        return responses.Answers(customer=owner, **columns)

    @api.model
    def _read_responses(self, scope):
        """Return the scores of survey responses up to the end of the scope.

        They are read once in a gathering: satisfaction and attitude both ask for them.
        """
        if "responses" not in scope.shared:
            scope.shared["responses"] = self._fetch_responses(scope)
        return dict(scope.shared["responses"])

    @api.model
    def _fetch_responses(self, scope):
        """Read survey responses; colleagues and unknown people are no customers."""
        self.env["crm.value.response.sum"]._flush()
        self.env["crm.value.role"].flush_model()
        query = SQL(
            RESPONSES,
            anew=ANEW,
            **KINDS,
            responses=self.env["crm.value.response"]._given(
                self._only_participations(scope)
            ),
            timezone=scope.timezone,
            company=scope.company.id,
            until=scope.until,
        )
        rows = bulk.read(self.env.cr, query, COLUMNS)
        return {**rows, "replaced": bulk.known_days(rows["replaced"])}

    @api.model
    def _only_participations(self, scope):
        """Return the ids of the participations to read, None: all; found first.

        PostgreSQL would read all answers and drop those of others at the end.
        """
        if scope.partner_ids is None:
            return None
        query = SQL(
            "SELECT id FROM survey_user_input WHERE partner_id = ANY(%s)",
            scope.contacts,
        )
        return [row[0] for row in self.env.execute_query(query)]


# A response is replaced on the day of the next one, if that follows soon. Answers of a
# kind count as one of their mean, weighed by how many they are; content ones apart.
RESPONSES = """
            SELECT partner, day, part.kind, id AS participation,
                   part.total / part.n AS score, weight * part.n AS weight,
                   CASE WHEN anew - day <= %(anew)s THEN anew
                        ELSE '-infinity' END AS replaced
              FROM (
            SELECT response.commercial_partner_id AS partner, answered.day,
                   response.*, COALESCE(contact_role.weight, 1) AS weight,
                   LEAD(answered.day) OVER (
                       PARTITION BY response.commercial_partner_id,
                                    response.survey_id, response.person
                           ORDER BY response.date, response.id) AS anew
              FROM (%(responses)s) response
              JOIN res_partner contact ON contact.id = response.partner_id
         LEFT JOIN crm_value_role contact_role
                ON contact_role.id = contact.value_role_id
        CROSS JOIN LATERAL (
                   SELECT (response.date AT TIME ZONE 'UTC'
                           AT TIME ZONE %(timezone)s)::date AS day) answered
             WHERE response.company_id = %(company)s
               AND response.origin = 'customer'
               AND answered.day <= %(until)s) given
        CROSS JOIN LATERAL (VALUES
                   (%(csat)s, satisfied, satisfied_total),
                   (%(csat)s, csat_n - satisfied, csat_total - satisfied_total),
                   (%(nps)s, nps_n, nps_total),
                   (%(index)s, index_n, index_total),
                   (%(loyalty)s, loyalty_n, loyalty_total),
                   (%(other)s, other_n, other_total)) part(kind, n, total)
             WHERE part.n > 0
"""
