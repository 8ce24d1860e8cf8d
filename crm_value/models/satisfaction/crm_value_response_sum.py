from odoo import api, fields, models
from odoo.tools import SQL

from ...analytics.satisfaction import responses, satisfaction

COUNTS = ("csat_n", "satisfied", "nps_n", "promoters", "detractors")
COUNTS += ("index_n", "loyalty_n", "other_n")
TOTALS = ("csat_total", "satisfied_total", "nps_total")
TOTALS += ("index_total", "loyalty_total", "other_total")
# What a question asks for, as the analytics number it.
KINDS = {
    "csat": responses.CSAT,
    "nps": responses.NPS,
    "index": responses.INDEX,
    "loyalty": responses.LOYALTY,
    "other": responses.OTHER,
}


class CrmValueResponseSum(models.Model):
    """What a participation says, added up once, so that nobody reads its answers again.

    Answers do not change, as a rule; where something of a survey does, its sums are
    forgotten. What is not kept is added up where it is asked for: slower, but the same
    figures. Employees' answers are never kept: they are told by whole rounds.
    """

    _name = "crm.value.response.sum"
    _description = "Sums of a Survey Response"
    _is_result = True
    _rec_name = "user_input_id"

    user_input_id = fields.Many2one(
        "survey.user_input", string="Participation", required=True, ondelete="cascade"
    )
    csat_n = fields.Integer(string="Satisfaction Answers")
    satisfied = fields.Integer(string="Satisfied Answers")
    csat_total = fields.Float(string="Sum of Satisfaction")
    satisfied_total = fields.Float(string="Sum of the Satisfied")
    nps_n = fields.Integer(string="Recommendation Answers")
    promoters = fields.Integer()
    detractors = fields.Integer()
    nps_total = fields.Float(string="Sum of Recommendation")
    index_n = fields.Integer(string="Answers of the Index")
    index_total = fields.Float(string="Sum of the Index")
    loyalty_n = fields.Integer(string="Loyalty Answers")
    loyalty_total = fields.Float(string="Sum of Loyalty")
    other_n = fields.Integer(string="Other Answers")
    other_total = fields.Float(string="Sum of Other Answers")
    csi = fields.Float(string="Index", help="Its questions weighed; empty: not asked.")

    _user_input_uniq = models.UniqueIndex("(user_input_id)")

    @api.model
    def _keep(self):
        """Add up what is not kept yet; safe to call at any time."""
        self._flush()
        self.env.cr.execute(
            SQL(
                """
                WITH said AS MATERIALIZED (%(fresh)s)
                INSERT INTO crm_value_response_sum (user_input_id, %(names)s)
                SELECT input.id, %(filled)s
                  FROM survey_user_input input
                  JOIN survey_survey survey ON survey.id = input.survey_id
             LEFT JOIN said ON said.user_input_id = input.id
                 WHERE survey.value_audience IN ('customer', 'dealer')
                   AND input.value_company_id IS NOT NULL
                   AND %(missing)s
                    ON CONFLICT (user_input_id) DO NOTHING
                """,
                names=_columns(),
                filled=SQL(", ").join(
                    [
                        *(SQL("COALESCE(said.%s, 0)", n) for n in _names()[:-1]),
                        SQL("said.csi"),
                    ]
                ),
                fresh=self._fresh(),
                missing=self._is_missing(),
            )
        )

    @api.model
    def _forget(self, participations=None, surveys=None):
        """Drop what is kept of participations, or of whole surveys."""
        if participations:
            which = SQL("user_input_id = ANY(%s)", participations.ids)
        elif surveys:
            which = SQL(
                "user_input_id IN (SELECT id FROM survey_user_input"
                " WHERE survey_id = ANY(%s))",
                surveys.ids,
            )
        else:
            return
        self.env.cr.execute(SQL("DELETE FROM crm_value_response_sum WHERE %s", which))
        self.invalidate_model()

    @api.model
    def _said(self, only=None):
        """Return the SQL of ``said``: the sums of participations, kept or not.

        Sums made on the way are held: answers that nobody has counted yet, as right
        after an import, would else be added up anew for each participation.

        :param only: ids of participations, None: all
        """
        mine = SQL("user_input_id = ANY(%s)", only) if only is not None else None
        return SQL(
            "said AS MATERIALIZED (%s UNION ALL %s)",
            self._stored(mine),
            self._fresh(only),
        )

    @api.model
    def _kept_alone(self):
        """Return the SQL of ``said`` where nothing is missing."""
        return SQL("said AS (%s)", self._stored())

    @api.model
    def _stored(self, which=None):
        return SQL(
            "SELECT user_input_id, %s FROM crm_value_response_sum WHERE %s",
            _columns(),
            which or SQL("TRUE"),
        )

    @api.model
    def _misses_any(self):
        """Return whether anything is not kept: what need not be added up is no cost.

        A response whose company was deleted counts for that of its contact, as if it
        had never been kept.
        """
        self._flush()
        missing = SQL(
            "SELECT FROM survey_user_input input WHERE %s"
            " OR input.state = 'done' AND input.value_company_id IS NULL",
            self._is_missing(),
        )
        [[found]] = self.env.execute_query(SQL("SELECT EXISTS (%s)", missing))
        return found

    @api.model
    def _flush(self):
        for model in (*self.env["crm.value.answer"]._depends, "crm.value.index.result"):
            self.env[model].flush_model()
        self.env["crm.value.index"].flush_model(["target_id"])

    @api.model
    def _is_missing(self):
        return SQL(
            """
            input.state = 'done'
            AND NOT EXISTS (SELECT FROM crm_value_response_sum kept
                             WHERE kept.user_input_id = input.id)
            """
        )

    @api.model
    def _fresh(self, only=None):
        """Return the SQL of the sums that are not kept.

        Which those are is found first: PostgreSQL would read all answers and drop the
        others. The index weighs questions as its latest result does, else equally.
        """
        mine = SQL("input.id = ANY(%s)", only) if only is not None else SQL("TRUE")
        return SQL(
            FRESH,
            answers=self.env["crm.value.answer"]._table_query,
            missing=SQL(
                "SELECT input.id FROM survey_user_input input WHERE %s AND %s",
                mine,
                self._is_missing(),
            ),
            kind=self._kind(),
            satisfied=responses.SATISFIED,
            up=satisfaction.PROMOTER,
            passive=satisfaction.PASSIVE,
            **KINDS,
        )

    @api.model
    def _kind(self):
        """Return the SQL of the kind of a question."""
        constructs = {
            f"construct_{name}": self.env.ref(f"crm_value.construct_{name}", False)
            for name in ("satisfaction", "loyalty")
        }
        ids = {name: found.id if found else 0 for name, found in constructs.items()}
        return SQL(
            """
            CASE WHEN answer.role = 'csat' THEN %(csat)s
                 WHEN answer.role = 'nps' THEN %(nps)s
                 WHEN answer.construct_id
                      = COALESCE(structure.target_id, %(construct_satisfaction)s)
                      THEN %(index)s
                 WHEN answer.construct_id = %(construct_loyalty)s THEN %(loyalty)s
                 ELSE %(other)s END
            """,
            **KINDS,
            **ids,
        )


def _names():
    """Return the columns of sums as SQL, the index last."""
    return [SQL.identifier(name) for name in (*COUNTS, *TOTALS, "csi")]


def _columns():
    return SQL(", ").join(_names())


FRESH = """
       SELECT given.user_input_id,
              COUNT(*) FILTER (WHERE kind = %(csat)s) AS csat_n,
              COUNT(*) FILTER (WHERE kind = %(csat)s AND score >= %(satisfied)s)
                  AS satisfied,
              COUNT(*) FILTER (WHERE kind = %(nps)s) AS nps_n,
              COUNT(*) FILTER (WHERE kind = %(nps)s AND value >= %(up)s) AS promoters,
              COUNT(*) FILTER (WHERE kind = %(nps)s AND value < %(passive)s)
                  AS detractors,
              COUNT(*) FILTER (WHERE kind = %(index)s) AS index_n,
              COUNT(*) FILTER (WHERE kind = %(loyalty)s) AS loyalty_n,
              COUNT(*) FILTER (WHERE kind = %(other)s) AS other_n,
              COALESCE(SUM(score) FILTER (WHERE kind = %(csat)s), 0) AS csat_total,
              COALESCE(SUM(score) FILTER (
                  WHERE kind = %(csat)s AND score >= %(satisfied)s), 0)
                  AS satisfied_total,
              COALESCE(SUM(score) FILTER (WHERE kind = %(nps)s), 0) AS nps_total,
              COALESCE(SUM(score) FILTER (WHERE kind = %(index)s), 0) AS index_total,
              COALESCE(SUM(score) FILTER (WHERE kind = %(loyalty)s), 0)
                  AS loyalty_total,
              COALESCE(SUM(score) FILTER (WHERE kind = %(other)s), 0) AS other_total,
              COALESCE(
                  SUM(score * share) FILTER (WHERE kind = %(index)s)
                  / NULLIF(SUM(share) FILTER (WHERE kind = %(index)s), 0),
                  AVG(score) FILTER (WHERE kind = %(index)s)) AS csi
         FROM (
       SELECT answer.user_input_id, answer.score, answer.value, weight.share,
              %(kind)s AS kind
         FROM (%(answers)s) answer
    LEFT JOIN crm_value_index structure ON structure.id = answer.index_id
    LEFT JOIN (
              SELECT DISTINCT ON (index_id, company_id) index_id, company_id, id
                FROM crm_value_index_result
               WHERE state = 'done'
            ORDER BY index_id, company_id, date_to DESC, id DESC) latest
           ON latest.index_id = answer.index_id
          AND latest.company_id = answer.company_id
    LEFT JOIN crm_value_index_result_item weight
           ON weight.result_id = latest.id
          AND weight.construct_id = answer.construct_id
          AND weight.item = answer.item
        WHERE answer.role <> 'reason'
          AND answer.user_input_id = ANY(ARRAY(%(missing)s))) given
     GROUP BY given.user_input_id
"""
