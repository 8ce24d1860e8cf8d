from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...analytics.satisfaction import satisfaction
from .crm_value_answer_measure import FEW, PERIODS

WITHOUT = 0  # stands for "about no theme"
NOTHING = {"count": 0, "nps": None, "nps_n": 0, "told": False}


class CrmValueAnswer(models.Model):
    """Themes of open answers, found by keyword."""

    _inherit = "crm.value.answer"

    theme_ids = fields.Many2many(
        "crm.value.theme",
        string="Themes",
        compute="_compute_theme_ids",
        search="_search_theme_ids",
    )

    @api.depends("text")
    def _compute_theme_ids(self):
        found = {}
        themes = self._themes()
        if words := self.filtered("text"):
            query = self._search([("id", "in", words.ids)])
            rows = self.env.execute_query(self._themed(themes, query, SQL("answer")))
            for answer, theme in rows:
                if theme != WITHOUT:
                    found.setdefault(answer, []).append(theme)
        for answer in self:
            answer.theme_ids = themes.browse(found.get(answer.id, []))

    def _search_theme_ids(self, operator, value):
        if operator not in ("in", "any"):
            return NotImplemented
        themes = self._themes()
        if operator == "any":
            chosen = themes.filtered_domain(value)
            return (
                Domain.OR(map(self._theme_domain, chosen)) if chosen else Domain.FALSE
            )
        found = [self._theme_domain(t) for t in themes if t.id in value]
        if False in value:
            found.append(
                Domain("text", "!=", False)
                & ~Domain.OR(map(self._theme_domain, themes))
            )
        return Domain.OR(found) if found else Domain.FALSE

    @api.model
    def _themes(self):
        return self.env["crm.value.theme"].search([])  # pylint: disable=no-search-all

    @api.model
    def _theme_domain(self, theme):
        pattern = theme._pattern()

        def condition(model, alias, query):
            column = model._field_to_sql(alias, "text", query)
            return SQL("COALESCE(%s, '') ~* %s", column, pattern)

        return Domain.custom(to_sql=condition)

    @api.model
    @api.readonly
    def get_themes(self, days=365):
        """Return how many open answers are about each theme, and how these scored.

        An answer can be about several themes; each comes with its answers' domain.
        """
        domain = (
            Domain("company_id", "=", self.env.company.id)
            & Domain("role", "=", "reason")
            & Domain("audience", "!=", "staff")
            & Domain("origin", "!=", "internal")
            & Domain("text", "!=", False)
        )
        if days in PERIODS and days:
            since = fields.Datetime.now() - timedelta(days=days)
            domain &= Domain("date", ">=", since)
        themes = self._themes()
        sums = self._theme_sums(domain, themes)
        total = sums.pop(None)
        names = [(theme.id, theme.name) for theme in themes]
        names.append((WITHOUT, self.env._("No theme")))
        return {
            **self.env["crm.value.profile"]._chart_company(),
            "days": days,
            "total": total,
            "most": self._most_written_about(sums, themes),
            "may_edit": self.env.user.has_group("crm_value.group_manager"),
            "themes": sorted(
                (
                    {
                        "key": key,
                        "label": label,
                        "domain": list(
                            domain & Domain("theme_ids", "in", [key or False])
                        ),
                        "share": sums[key]["count"] / total["count"]
                        if key in sums
                        else 0.0,
                        **sums.get(key, NOTHING),
                    }
                    for key, label in names
                ),
                key=lambda row: (not row["key"], -row["count"]),
            ),
        }

    @api.model
    def _theme_sums(self, domain, themes):
        """Return {theme, 0: none, None: all}: count of answers, NPS of their people.

        Whoever wrote about two themes is in both, and once in all together. Of what
        one person wrote about a theme in a survey, the newest tells the score.
        """
        for model in self._depends:
            self.env[model].flush_model()
        query = self._search(domain & self._asked_in_words())
        rows = self.env.execute_query(
            SQL(
                """
                SELECT theme, COUNT(DISTINCT answer),
                       ARRAY[%(of_theme)s], ARRAY[%(of_all)s]
                  FROM (%(scored)s) scored
              GROUP BY GROUPING SETS ((theme), ())
                """,
                of_theme=self._voices(SQL("user_input_id = newest_of_theme")),
                of_all=self._voices(SQL("user_input_id = newest")),
                scored=self._scored_themes(themes, query),
            )
        )
        found = {}
        for theme, count, of_theme, of_all in rows:
            n, up, down = of_all if theme is None else of_theme
            value, _low, _high = satisfaction.net_share(up, down, n)
            found[theme] = {
                "count": count,
                "nps": float(value) if n else None,
                "nps_n": n,
                "told": n >= FEW,
            }
        return {None: NOTHING, **found}

    @api.model
    def _asked_in_words(self):
        """Return the domain of the questions for a reason.

        It says what the role of an answer says, but before all answers are read.
        """
        # Whoever counts answers need not read surveys.
        questions = self.env["survey.question"].sudo()
        asked = questions._search([("value_role", "=", "reason")])
        return Domain("question_id", "in", list(asked))

    @api.model
    def _voices(self, counts):
        """Return the SQL of how many people are asked, recommend and advise against."""
        voices = (
            SQL("value IS NOT NULL"),
            SQL("value >= %s", satisfaction.PROMOTER),
            SQL("value < %s", satisfaction.PASSIVE),
        )
        return SQL(", ").join(
            SQL("COUNT(DISTINCT user_input_id) FILTER (WHERE %s AND %s)", counts, voice)
            for voice in voices
        )

    @api.model
    def _scored_themes(self, themes, query):
        """Return the SQL of the themed answers, with how likely each recommends us."""
        return SQL(
            """
            SELECT themed.*, nps.value,
                   FIRST_VALUE(user_input_id) OVER (
                       PARTITION BY survey_id, who ORDER BY date DESC,
                                    user_input_id DESC) AS newest,
                   FIRST_VALUE(user_input_id) OVER (
                       PARTITION BY theme, survey_id, who ORDER BY date DESC,
                                    user_input_id DESC) AS newest_of_theme
              FROM (%s) themed
         LEFT JOIN LATERAL (
                   SELECT line.value_scale AS value
                     FROM survey_user_input_line line
                     JOIN survey_question question
                       ON question.id = line.question_id
                      AND question.value_role = 'nps'
                    WHERE line.user_input_id = themed.user_input_id
                      AND line.skipped IS NOT TRUE
                      AND line.value_scale IS NOT NULL
                    LIMIT 1) nps ON TRUE
            """,
            self._themed(
                themes, query, SQL("answer, user_input_id, survey_id, who, date")
            ),
        )

    @api.model
    def _most_written_about(self, sums, themes):
        """Return the name of the theme of most answers, None if there is none."""
        written = [theme for theme in themes if theme.id in sums]
        most = max(written, key=lambda theme: sums[theme.id]["count"], default=None)
        return most and most.name

    @api.model
    def _themed(self, themes, query, columns):
        """Return the SQL of answers with their themes, 0 for who is about none."""
        given = query.select(
            SQL("%s AS answer", self._field_to_sql(self._table, "id", query)),
            SQL(
                "%s AS user_input_id",
                self._field_to_sql(self._table, "user_input_id", query),
            ),
            SQL("%s AS text", self._field_to_sql(self._table, "text", query)),
            SQL("%s AS date", self._field_to_sql(self._table, "date", query)),
            SQL("%s AS survey_id", self._field_to_sql(self._table, "survey_id", query)),
            SQL("%s AS who", SQL.identifier(self._table, "person")),
        )
        patterns = SQL(", ").join(
            SQL("(%s, %s)", theme.id, theme._pattern()) for theme in themes
        )
        return SQL(
            """
            SELECT %(columns)s, COALESCE(word.theme, 0) AS theme
              FROM (%(given)s) given
         LEFT JOIN (VALUES %(patterns)s) word (theme, pattern)
                ON given.text ~* word.pattern
            """,
            columns=columns,
            given=given,
            patterns=patterns if themes else SQL("(NULL::int, NULL::text)"),
        )
