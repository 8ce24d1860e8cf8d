import numpy as np

from odoo import api, models
from odoo.tools import SQL

from ... import bulk
from ...analytics.satisfaction import responses
from ...const import to_day

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
        answers = self.env["crm.value.answer"]
        for model in (*answers._depends, "crm.value.role", "crm.value.index"):
            self.env[model].flush_model()
        query = SQL(
            RESPONSES,
            anew=ANEW,
            kind=self._response_kind(),
            answers=answers._table_query,
            timezone=scope.timezone,
            company=scope.company.id,
            until=scope.until,
            only=self._only_participations(scope),
        )
        rows = bulk.read(self.env.cr, query, COLUMNS)
        return {**rows, "replaced": bulk.known_days(rows["replaced"])}

    @api.model
    def _response_kind(self):
        """Return the SQL of the kind of a question, as the analytics number it."""
        constructs = {
            name: self.env.ref(f"crm_value.construct_{name}", False)
            for name in ("satisfaction", "loyalty")
        }
        ids = {name: found.id if found else 0 for name, found in constructs.items()}
        return SQL(
            """
            CASE WHEN answer.role = 'csat' THEN %(csat)s
                 WHEN answer.role = 'nps' THEN %(nps)s
                 WHEN answer.construct_id
                      = COALESCE(structure.target_id, %(satisfaction)s) THEN %(index)s
                 WHEN answer.construct_id = %(loyalty)s THEN %(loyal)s
                 ELSE %(other)s END
            """,
            csat=responses.CSAT,
            nps=responses.NPS,
            index=responses.INDEX,
            loyal=responses.LOYALTY,
            other=responses.OTHER,
            **ids,
        )

    @api.model
    def _only_participations(self, scope):
        """Return the SQL of whose participations are read; they are found first.

        PostgreSQL would read all answers and drop those of others at the end.
        """
        if scope.partner_ids is None:
            return SQL("TRUE")
        query = SQL(
            "SELECT id FROM survey_user_input WHERE partner_id = ANY(%s)",
            scope.contacts,
        )
        found = [row[0] for row in self.env.execute_query(query)]
        return SQL("answer.user_input_id = ANY(%s)", found)


# A response is replaced on the day of the next one, if that follows soon. The next is
# the next group of rows: joined to the participations, each row might be compared with
# all of them, since nobody knows beforehand how many there are.
RESPONSES = """
            SELECT partner, day, kind, participation, score, weight,
                   CASE WHEN anew - day <= %(anew)s THEN anew
                        ELSE '-infinity' END AS replaced
              FROM (
            SELECT answer.commercial_partner_id AS partner, answered.day,
                   %(kind)s AS kind, answer.user_input_id AS participation,
                   answer.score, COALESCE(contact_role.weight, 1) AS weight,
                   FIRST_VALUE(answered.day) OVER (
                       PARTITION BY answer.commercial_partner_id, answer.survey_id,
                                    answer.person
                           ORDER BY answer.date, answer.user_input_id
                             GROUPS BETWEEN 1 FOLLOWING AND 1 FOLLOWING) AS anew
              FROM (%(answers)s) answer
              JOIN res_partner contact ON contact.id = answer.partner_id
         LEFT JOIN crm_value_role contact_role
                ON contact_role.id = contact.value_role_id
         LEFT JOIN crm_value_index structure ON structure.id = answer.index_id
        CROSS JOIN LATERAL (
                   SELECT (answer.date AT TIME ZONE 'UTC'
                           AT TIME ZONE %(timezone)s)::date AS day) answered
             WHERE answer.company_id = %(company)s
               AND answer.origin = 'customer'
               AND answer.role <> 'reason'
               AND answered.day <= %(until)s
               AND %(only)s) given
"""
