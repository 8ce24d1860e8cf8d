from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ... import words
from ...analytics.satisfaction.satisfaction import PASSIVE, PROMOTER
from ...models.satisfaction.const import AUDIENCES, ORIGINS, ROLES, SURVEY_KINDS, VOICES
from ...models.scoring.const import QUADRANTS

ADDRESS = r"""[^\s<>"',;]+@[^\s<>"',;]+"""  # also within “Anna <anna@acme.example>”

# Participations, and answers, to look at for each answer of a page.
RESERVE = {"survey.user_input": 4, "survey.user_input.line": 16}


class CrmValueAnswer(models.Model):
    """Survey answers as a flat view: one row per answered measuring question.

    docs/method.md, section 10: surveys that were completed, no test entries, nothing
    skipped; 0 is an answer. Staff surveys name nobody, list nothing, and count whole
    rounds of five people and more, once they are over.
    """

    _name = "crm.value.answer"
    _description = "Survey Answer"
    _auto = False
    _order = "date DESC, id DESC"
    _rec_name = "question_id"
    _rec_names_search = ["question_title"]
    _depends = {
        "crm.value.construct": ["less_is_better"],
        "crm.value.profile": [
            "company_id",
            "partner_id",
            "quadrant",
            "rfm_segment",
            "stage_id",
            "tier_id",
        ],
        "res.company": ["partner_id"],
        "res.partner": [
            "commercial_partner_id",
            "company_id",
            "email_normalized",
            "user_id",
        ],
        "res.users": ["partner_id", "share"],
        "survey.question": [
            "question_type",
            "scale_max",
            "scale_min",
            "value_construct_id",
            "value_item",
            "value_reversed",
            "value_role",
        ],
        "survey.question.answer": ["answer_score", "question_id", "value_counts"],
        "survey.survey": ["value_audience", "value_index_id", "value_kind"],
        "survey.user_input": [
            "email",
            "end_datetime",
            "partner_id",
            "state",
            "survey_id",
            "test_entry",
            "value_company_id",
        ],
        "survey.user_input.line": [
            "answer_type",
            "question_id",
            "skipped",
            "suggested_answer_id",
            "user_input_id",
            "value_char_box",
            "value_scale",
            "value_text_box",
        ],
    }

    user_input_id = fields.Many2one(
        "survey.user_input", string="Participation", readonly=True
    )
    survey_id = fields.Many2one("survey.survey", readonly=True)
    question_id = fields.Many2one("survey.question", readonly=True)
    # Whoever may not search surveys finds answers shown to them by the question.
    question_title = fields.Char(related="question_id.title")
    audience = fields.Selection(AUDIENCES, string="Answered By", readonly=True)
    kind = fields.Selection(SURVEY_KINDS, string="Asked", readonly=True)
    index_id = fields.Many2one("crm.value.index", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Contact", readonly=True)
    commercial_partner_id = fields.Many2one(
        "res.partner", string="Customer", readonly=True
    )
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    date = fields.Datetime(string="Answered On", readonly=True)
    origin = fields.Selection(
        ORIGINS,
        readonly=True,
        help="Internal: by employees, users of this database or contacts of its "
        "companies. Anonymous: the respondent is not known.",
    )
    construct_id = fields.Many2one("crm.value.construct", readonly=True)
    less_is_better = fields.Boolean(readonly=True)
    item = fields.Char(string="Item Code", readonly=True)
    role = fields.Selection(ROLES, string="Measures", readonly=True)
    voice = fields.Selection(VOICES, string="Word of Mouth", readonly=True)
    value = fields.Float(string="Answer", aggregator="avg", readonly=True)
    scale_min = fields.Float(string="Lowest", aggregator=None, readonly=True)
    scale_max = fields.Float(string="Highest", aggregator=None, readonly=True)
    score = fields.Float(
        aggregator="avg",
        readonly=True,
        digits=(5, 1),
        help="The answer on a scale from 0 to 100, with reversed items recoded: the"
        " higher, the more of its construct.",
    )
    text = fields.Text(string="Open Answer", readonly=True)
    stage_id = fields.Many2one("crm.value.stage", readonly=True)
    tier_id = fields.Many2one("crm.value.tier", readonly=True)
    rfm_segment = fields.Many2one(
        "crm.value.rfm.segment", string="RFM Segment", readonly=True
    )
    quadrant = fields.Selection(QUADRANTS, readonly=True)

    @api.model
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        """Find a page first and then read it: what it shows is joined to it alone."""
        self._determine_fields_to_fetch(field_names)  # refuses what is not to be read
        page = {"offset": offset, "limit": limit, "order": order or self._order}
        found = self._newest(domain, page) or self.browse(self._search(domain, **page))
        found.fetch(field_names)
        return found

    @api.model
    def _newest(self, domain, page):
        """Return a page of the latest answers, empty where that takes all of them.

        Most of what was given is shown: the last of it fills a page, and the rest need
        not be read.
        """
        latest = {
            self._order.lower(): self._since_moment,
            "id desc": self._since_line,
        }.get(page["order"].lower())
        since = page["limit"] and latest and latest(page["offset"] + page["limit"])
        if not since:
            return self.browse()
        found = self.browse(self._search(since & Domain(domain), **page))
        return found if len(found) == page["limit"] else self.browse()

    @api.model
    def _since_moment(self, count):
        """Return the domain of answers that came last, of enough participations.

        Those without a moment come first. None: there is no more.
        """
        done = [("state", "=", "done")]
        order = "end_datetime DESC NULLS LAST"
        last = self._last_of("survey.user_input", done, order, count).end_datetime
        return last and Domain("date", ">=", last) | Domain("date", "=", False)

    @api.model
    def _since_line(self, count):
        """Return the domain of what was entered last; None: there is no more."""
        last = self._last_of("survey.user_input.line", [], "id DESC", count)
        return last and Domain("id", ">=", last.id)

    @api.model
    def _last_of(self, model, domain, order, count):
        """Return the record behind those to look at for some answers, if there is one.

        Who may not read participations may know when they ended.
        """
        return (
            self.env[model]
            .sudo()
            .search(domain, offset=RESERVE[model] * count, limit=1, order=order)
        )

    @property
    def _table_query(self):
        """Give each answer its score, and where its customer stands today.

        PostgreSQL leaves the profiles out where nobody asks for them.
        """
        return SQL(
            """
            SELECT given.*, CASE WHEN given.role <> 'reason' THEN
                       100 * CASE WHEN given.reversed THEN given.scale_max - given.value
                                  ELSE given.value - given.scale_min END
                       / (given.scale_max - given.scale_min) END AS score,
                   CASE WHEN given.role = 'nps' THEN
                       CASE WHEN given.value >= %(promoter)s THEN 'promoter'
                            WHEN given.value >= %(passive)s THEN 'passive'
                            ELSE 'detractor' END END AS voice,
                   profile.stage_id, profile.tier_id, profile.rfm_segment,
                   profile.quadrant
              FROM (%(given)s) given
         LEFT JOIN crm_value_profile profile
                ON profile.company_id = given.company_id
               AND profile.partner_id = given.commercial_partner_id
             WHERE given.role = 'reason'
                OR given.scale_min < given.scale_max
               AND given.value BETWEEN given.scale_min AND given.scale_max
            """,
            given=self._given(),
            promoter=PROMOTER,
            passive=PASSIVE,
        )

    @api.model
    def _given(self):
        """Return the SQL of each answer with its question, scale and person."""
        return SQL(
            """
            SELECT line.id, input.id AS user_input_id, survey.id AS survey_id,
                   question.id AS question_id, survey.value_audience AS audience,
                   survey.value_kind AS kind, survey.value_index_id AS index_id,
                   COALESCE(input.value_company_id, partner.company_id) AS company_id,
                   %(person)s, %(date)s AS date, %(origin)s AS origin,
                   question.value_construct_id AS construct_id,
                   construct.less_is_better,
                   question.value_item AS item, question.value_role AS role,
                   question.value_reversed IS TRUE AS reversed, %(value)s AS value,
                   %(low)s AS scale_min, %(high)s AS scale_max, %(text)s AS text
              FROM survey_user_input_line line
              JOIN survey_user_input input ON input.id = line.user_input_id
              JOIN survey_survey survey ON survey.id = input.survey_id
              JOIN survey_question question ON question.id = line.question_id
         LEFT JOIN crm_value_construct construct
                ON construct.id = question.value_construct_id
         LEFT JOIN survey_question_answer choice
                ON choice.id = line.suggested_answer_id
   LEFT JOIN LATERAL (%(choices)s) choices ON TRUE
         LEFT JOIN res_partner partner ON partner.id = input.partner_id
             WHERE %(counts)s AND %(enough)s
            """,
            person=self._person(),
            date=self._date(),
            origin=self._from_where(),
            choices=self._choices(),
            counts=self._counts(),
            enough=self._enough_staff(),
            **self._answer(),
        )

    @api.model
    def _answer(self):
        """Return the SQL of what was answered; a line without its number is no 0."""
        scale = SQL("question.question_type = 'scale'")
        chosen = SQL("CASE WHEN %s THEN", scale)
        reason = SQL("question.value_role = 'reason'")
        return {
            "value": SQL(
                "CASE WHEN %s THEN NULL WHEN %s THEN line.value_scale "
                "ELSE COALESCE(choice.answer_score, 0) END",
                reason,
                scale,
            ),
            "low": SQL("%s question.scale_min ELSE choices.low END", chosen),
            "high": SQL("%s question.scale_max ELSE choices.high END", chosen),
            "text": SQL(
                "CASE WHEN %s THEN "
                "COALESCE(line.value_text_box, line.value_char_box) END",
                reason,
            ),
        }

    @api.model
    def _choices(self):
        """Return the SQL of the scale of one question that has choices."""
        return SQL(
            """
            SELECT MIN(COALESCE(answer_score, 0)) AS low,
                   MAX(COALESCE(answer_score, 0)) AS high
              FROM survey_question_answer
             WHERE question_id = question.id AND value_counts
            """
        )

    @api.model
    def _counts(self):
        """Return the SQL of what is an answer: no comment, and no “not applicable”."""
        return SQL(
            """
            question.value_role IS NOT NULL
            AND input.state = 'done'
            AND input.test_entry IS NOT TRUE
            AND line.skipped IS NOT TRUE
            AND (line.answer_type = 'scale'
                 OR line.answer_type = 'suggestion' AND choice.value_counts
                 OR question.value_role = 'reason')
            """
        )

    @api.model
    def _person(self):
        """Return the SQL of who answered; staff stay nameless.

        A person is an address, by whichever invitation or link it answers; a contact
        without one is itself, and whoever is not known another one each time.
        """
        shown = SQL("CASE WHEN survey.value_audience <> 'staff' THEN")
        return SQL(
            """
            %(shown)s input.partner_id END AS partner_id,
            %(shown)s partner.commercial_partner_id END AS commercial_partner_id,
            %(shown)s partner.user_id END AS user_id,
            COALESCE(
                %(shown)s COALESCE(
                    NULLIF(partner.email_normalized, ''),
                    LOWER(SUBSTRING(input.email FROM %(address)s)),
                    'contact ' || partner.id) END,
                'participation ' || input.id) AS person
            """,
            shown=shown,
            address=ADDRESS,
        )

    @api.model
    def _from_where(self):
        return SQL(
            """
            CASE WHEN survey.value_audience = 'staff' THEN 'internal'
                 WHEN input.partner_id IS NULL THEN 'anonymous'
                 WHEN EXISTS (SELECT FROM res_users
                               WHERE res_users.partner_id = input.partner_id
                                 AND NOT res_users.share)
                   OR EXISTS (SELECT FROM res_company
                               WHERE res_company.partner_id
                                     = partner.commercial_partner_id)
                 THEN 'internal'
                 ELSE 'customer' END
            """
        )

    def action_open_answer(self):
        """Open the whole participation: the survey's own page for who may see it."""
        self.ensure_one()
        participation = self.user_input_id
        if self.audience != "staff" and participation.has_access("read"):
            return participation.get_formview_action()
        return self._open_where([("user_input_id", "=", participation.id)])

    @api.model
    def _open_where(self, domain):
        """Return the action that shows the answers of a domain, without its filters."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_value.crm_value_answer_action"
        )
        return {**action, "domain": list(Domain(domain)), "context": {}}

    # --- Answers in words, for the people who react to them ---

    def _in_words(self):
        """Return the single measures and the reason of a participation, one line."""
        told = [row._word() for row in self if row._is_single()]
        items = len(self.filtered(lambda row: row.role == "item")) - sum(
            row._is_single() for row in self if row.role == "item"
        )
        if items:
            told.append(self.env._("more answers: %(count)s", count=items))
        told += [f"“{row.text}”" for row in self if row.text]
        return words.clauses(self.env, told)

    def _is_single(self):
        """Return whether a row says by itself how satisfied somebody is."""
        return self.role in ("csat", "nps") or self._is_resolution()

    def _is_resolution(self):
        solved = self.env.ref(
            "crm_value.construct_resolution", raise_if_not_found=False
        )
        return self.role == "item" and bool(solved) and self.construct_id == solved

    def _word(self):
        if self._is_resolution():
            said = self.env._("Resolved: %(value)s of %(most)s")
        elif self.role == "nps":
            said = self.env._("Recommendation %(value)s of %(most)s")
        else:
            said = self.env._("Satisfaction %(value)s of %(most)s")
        return said % {"value": f"{self.value:g}", "most": f"{self.scale_max:g}"}
