from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...fields import NullableFloat
from ...models.satisfaction.const import AUDIENCES, ORIGINS
from ...models.scoring.const import QUADRANTS

COMPANY_KEPT = SQL("input.value_company_id")
COMPANY = SQL("COALESCE(%s, partner.company_id)", COMPANY_KEPT)


class CrmValueResponse(models.Model):
    """Survey responses as a flat view: one row per participation, with its sums.

    Who answered, and where its customer stands, is as it is today. Measures count these
    rows; single answers are in crm.value.answer, whose rules these rows follow.
    """

    _name = "crm.value.response"
    _description = "Survey Response"
    _auto = False
    _order = "date DESC, id DESC"
    _rec_name = "survey_id"
    _depends = {
        "crm.value.profile": [
            "company_id",
            "partner_id",
            "quadrant",
            "rfm_segment",
            "stage_id",
            "tier_id",
        ],
    }

    survey_id = fields.Many2one("survey.survey", readonly=True)
    audience = fields.Selection(AUDIENCES, string="Answered By", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Contact", readonly=True)
    commercial_partner_id = fields.Many2one(
        "res.partner", string="Customer", readonly=True
    )
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    date = fields.Datetime(string="Answered On", readonly=True)
    origin = fields.Selection(ORIGINS, readonly=True)
    stage_id = fields.Many2one("crm.value.stage", readonly=True)
    tier_id = fields.Many2one("crm.value.tier", readonly=True)
    rfm_segment = fields.Many2one(
        "crm.value.rfm.segment", string="RFM Segment", readonly=True
    )
    quadrant = fields.Selection(QUADRANTS, readonly=True)
    csi = NullableFloat(
        string="Satisfaction Index",
        aggregator="avg",
        readonly=True,
        help="Mean of the satisfaction questions, 0–100, weighted as in the latest "
        "result of their index.",
    )
    csat = NullableFloat(
        string="CSAT",
        aggregator="avg",
        readonly=True,
        help="Mean of the questions about satisfaction, 0–100.",
    )
    nps = NullableFloat(
        string="Recommendation",
        aggregator="avg",
        readonly=True,
        help="Mean of the questions about recommendation, 0–10.",
    )
    newest_before = fields.Datetime(
        store=False,
        search="_search_newest_before",
        help="Finds the newest response of each person to a survey before a moment.",
    )

    @api.model
    def _search_newest_before(self, operator, value):
        """Find the last responses before a moment, those that a measure counts."""
        if operator == "in" and set(value) == {False}:
            value = False  # of all there are
        elif operator != "<":
            return NotImplemented
        self.env["crm.value.response.sum"]._flush()
        given = Domain("origin", "!=", "internal")
        given &= Domain("date", "<", value) if value else Domain.TRUE
        query = self._search(given)
        row = SQL.identifier(query.table)
        whose = SQL("%(row)s.company_id, %(row)s.survey_id, %(row)s.person", row=row)
        query.order = SQL("%(whose)s, %(row)s.date DESC, id DESC", whose=whose, row=row)
        newest = query.select(SQL("DISTINCT ON (%s) %s.id", whose, row))
        return [("id", "in", SQL("(%s)", newest))]

    def action_open_response(self):
        """Open the participation for who may see it, else its answers."""
        self.check_access("read")
        self.ensure_one()
        participation = self.env["survey.user_input"].browse(self.id)
        if participation.has_access("read"):
            return participation.get_formview_action()
        asked = [("user_input_id", "=", self.id)]
        return self.env["crm.value.answer"]._open_where(asked)

    @property
    def _table_query(self):
        """Give each response the standing of its customer today."""
        return SQL(
            """
            SELECT response.*, profile.stage_id, profile.tier_id, profile.rfm_segment,
                   profile.quadrant,
                   response.csat_total / NULLIF(response.csat_n, 0) AS csat,
                   response.nps_total / NULLIF(response.nps_n, 0) / 10 AS nps
              FROM (%s) response
         LEFT JOIN crm_value_profile profile
                ON profile.company_id = response.company_id
               AND profile.partner_id = response.commercial_partner_id
            """,
            self._given(),
        )

    @api.model
    def _given(self, only=None):
        """Return the SQL of responses and who gave them.

        Where all sums are kept, all companies are known, and PostgreSQL knows how many
        responses each has: it plans far better than by who else may tell a company.

        :param only: ids of participations, None: all
        """
        answers = self.env["crm.value.answer"]
        sums = self.env["crm.value.response.sum"]
        kept = only is None and not sums._misses_any()
        return SQL(
            """
            WITH %(said)s
            SELECT input.id, survey.id AS survey_id, survey.value_audience AS audience,
                   %(company)s AS company_id,
                   %(person)s, %(date)s AS date, %(origin)s AS origin, said.*
              FROM said
              JOIN survey_user_input input ON input.id = said.user_input_id
              JOIN survey_survey survey ON survey.id = input.survey_id
         LEFT JOIN res_partner partner ON partner.id = input.partner_id
             WHERE input.state = 'done'
               AND input.test_entry IS NOT TRUE
               AND said.csat_n + said.nps_n + said.index_n + said.loyalty_n
                   + said.other_n > 0
            """,
            company=COMPANY_KEPT if kept else COMPANY,
            person=answers._person(),
            date=answers._date(),
            origin=answers._from_where(),
            said=sums._kept_alone() if kept else sums._said(only),
        )
