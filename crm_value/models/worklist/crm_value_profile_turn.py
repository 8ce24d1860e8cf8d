from ast import literal_eval

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...const import from_day, to_day
from .const import BANDS, TOP, UPPER, WORKED


class CrmValueProfile(models.Model):
    """Order of the day: whom a salesperson contacts today, and whom on a later day.

    Nobody calls two hundred customers a day. Of those who are due, each salesperson
    gets so many a day as the policy says, who has most at stake first. What was done,
    snoozed or rejected today counts: the order of a day comes to an end.
    """

    _inherit = "crm.value.profile"

    turn_date = fields.Date(
        string="Planned for",
        compute="_compute_turn_date",
        help="The next best date; for who is due, the working day on which its turn "
        "comes, by priority and so many customers a day as the policy says.",
    )
    is_today = fields.Boolean(
        string="Order of the Day",
        compute="_compute_turn_date",
        search="_search_is_today",
        help="Due, and among the first of its salesperson today.",
    )
    stake_band = fields.Selection(
        BANDS,
        string="At Stake",
        compute="_compute_stake_band",
        search="_search_stake_band",
        help="The fifth of the customers on the lists with the most at stake, those "
        "above the middle, and the others.",
    )

    @api.depends("next_contact_date", "worklist")
    def _compute_turn_date(self):
        today = fields.Date.context_today(self)
        for company, profiles in self.grouped("company_id").items():
            cap, turns = profiles._cap(company), profiles._turns_of(company, today)
            workdays = company._value_workdays(today)
            for profile in profiles:
                turn, day = turns.get(profile.id), profile.next_contact_date
                waits = (turn - 1) // cap if turn and cap else 0
                if turn:
                    day = from_day(workdays.after(to_day(today), waits))
                profile.turn_date = day
                profile.is_today = bool(turn) and not waits

    def _search_is_today(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        today = fields.Date.context_today(self)
        return Domain.OR(
            Domain("id", "in", self._first_turns(company, today))
            for company in self.env.companies
        )

    @api.model
    def _has_own(self):
        """Return whether the user is anybody's salesperson in the current company."""
        own = [("company_id", "=", self.env.company.id), ("user_id", "=", self.env.uid)]
        return bool(self.search_count(own, limit=1))

    @api.model
    @api.readonly
    def action_open_today(self):
        """Open the user's order of the day; everybody's for nobody's salesperson."""
        action = self._open_worklist("today")
        sees_whole = self.env.user._value_sees_whole(self.env.company)
        if "search_default_mine" not in action["context"] and sees_whole:
            name = self.env._("All Customers Today")
            action.update(name=name, display_name=name)
        return action

    @api.model
    def _open_worklist(self, name):
        """Return a worklist of the user's customers; all for nobody's salesperson."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"crm_value.crm_value_worklist_{name}_action"
        )
        action["context"] = literal_eval(action["context"])
        if not self._has_own():
            del action["context"]["search_default_mine"]
        return action

    @api.model
    def _cap(self, company):
        """Return how many customers a salesperson contacts a day, 0 for no limit."""
        # Whoever works the list need not read the policy.
        return self.env["crm.value.policy"].sudo()._published(company).day_cap

    @api.model
    def _first_turns(self, company, today):
        """Return the SQL of the ids of the profiles of the order of the day.

        Of each salesperson the first are read from an index, and no others.
        """
        cap, due = self._cap(company), self._turn_due(company, today)
        if not cap:
            return SQL(
                "(SELECT id FROM crm_value_profile profile WHERE %s)", due["due"]
            )
        return SQL(FIRST_TURNS, cap=cap, **due)

    def _turns_of(self, company, today):
        """Return the turn of each of these profiles that is due, by id."""
        which = SQL("%s AND %s", self._same_sellers(), self._not_behind())
        query = SQL(
            "SELECT id, turn FROM (%s) turns WHERE id = ANY(%s)",
            self._turns(company, today, which),
            self.ids,
        )
        return dict(self.env.execute_query(query))

    def _not_behind(self):
        """Return the condition of those who are not behind the last one of these.

        Nobody's turn depends on who comes later: a page of the first asks for few.
        """
        self.flush_recordset(["stake_score"])
        [[lowest, unknown]] = self.env.execute_query(
            SQL(
                """
                SELECT MIN(stake_score), COUNT(*) - COUNT(stake_score)
                  FROM crm_value_profile WHERE id = ANY(%s)
                """,
                self.ids,
            )
        )
        if unknown or lowest is None:
            return SQL("TRUE")
        return SQL("profile.stake_score >= %s", lowest)

    def _same_sellers(self):
        """Return the condition of the customers who have a turn among these."""
        nobody = not all(profile.user_id for profile in self)
        return SQL(
            "(profile.user_id = ANY(%s) OR %s AND profile.user_id IS NULL)",
            self.user_id.ids,
            nobody,
        )

    @api.model
    def _turns(self, company, today, which):
        """Return the SQL of the turn of each profile that is due, from 1 on.

        :param which: SQL condition of the profiles
        """
        return SQL(TURNS, which=which, **self._turn_due(company, today))

    @api.model
    def _turn_due(self, company, today):
        """Return what the turns are made of: who is due, and what is done today."""
        self.flush_model()
        self.env["res.partner"].flush_model(["user_id"])
        decided = self.env["crm.value.decision"]._profiles_off_list(today)
        last = company._value_next_workday(today)
        return {
            "company": company.id,
            "due": SQL(DUE, company=company.id, last=last, decided=decided),
            "done": SQL(DONE, company=company.id, today=today),
        }

    # --- by list ---

    @api.model
    def _read_group_orderby(self, order, groupby_terms, query):
        """Let groups by worklist follow the order in which they are worked."""
        if "worklist" not in groupby_terms:
            return super()._read_group_orderby(order, groupby_terms, query)
        group = groupby_terms["worklist"]
        place = SQL("ARRAY_POSITION(%s::varchar[], %s)", list(WORKED), group)
        terms = {**groupby_terms, "worklist": place}
        ordered = super()._read_group_orderby(order, terms, query)
        groupby_terms.update({**terms, "worklist": group})
        return ordered

    # --- by money ---

    @api.depends("stake_score")
    def _compute_stake_band(self):
        for profile in self:
            score = profile.stake_score
            profile.stake_band = profile.worklist and (
                "top" if score >= TOP else "upper" if score >= UPPER else "lower"
            )

    def _search_stake_band(self, operator, value):
        if operator != "in":
            return NotImplemented
        listed = Domain("worklist", "!=", False)
        score = "stake_score"
        found = {
            "top": listed & Domain(score, ">=", TOP),
            "upper": listed & Domain(score, ">=", UPPER) & Domain(score, "<", TOP),
            "lower": listed & ~Domain(score, ">=", UPPER),
            False: Domain("worklist", "=", False),
        }
        return Domain.OR(found[band] for band in value if band in found)

    def _field_to_sql(self, alias, field_expr, query=None):
        """Group by what is at stake, which is a rank that is stored."""
        if field_expr != "stake_band":
            return super()._field_to_sql(alias, field_expr, query)
        return SQL(
            "CASE WHEN %(list)s IS NULL THEN NULL WHEN %(score)s >= %(top)s THEN 'top' "
            "WHEN %(score)s >= %(upper)s THEN 'upper' ELSE 'lower' END",
            list=super()._field_to_sql(alias, "worklist", query),
            score=super()._field_to_sql(alias, "stake_score", query),
            top=TOP,
            upper=UPPER,
        )


DUE = """
    profile.company_id = %(company)s
    AND profile.worklist IS NOT NULL
    AND profile.next_contact_date <= %(last)s
    AND profile.id NOT IN (%(decided)s)
"""
# How many of its customers each salesperson has worked today.
DONE = """
    SELECT contact.user_id, COUNT(*) AS number
      FROM crm_value_decision decision
      JOIN res_partner contact ON contact.id = decision.partner_id
     WHERE decision.company_id = %(company)s
       AND decision.active
       AND decision.date = %(today)s
  GROUP BY contact.user_id
"""
TURNS = """
    SELECT profile.id,
           COALESCE(done.number, 0) + ROW_NUMBER() OVER (
               PARTITION BY profile.user_id
               ORDER BY profile.stake_score DESC NULLS LAST, profile.id
           ) AS turn
      FROM crm_value_profile profile
 LEFT JOIN (%(done)s) done ON done.user_id IS NOT DISTINCT FROM profile.user_id
     WHERE %(due)s AND %(which)s
"""
# One salesperson after the other is found in the index, nobody the last.
FIRST_TURNS = """(
    WITH RECURSIVE seller(id) AS (
        SELECT MIN(user_id) FROM crm_value_profile WHERE company_id = %(company)s
     UNION ALL
        SELECT (SELECT MIN(user_id) FROM crm_value_profile
                 WHERE company_id = %(company)s AND user_id > seller.id)
          FROM seller WHERE seller.id IS NOT NULL
    )
    SELECT turn.id
      FROM (SELECT seller.id, %(cap)s - COALESCE(done.number, 0) AS room
              FROM seller
         LEFT JOIN (%(done)s) done ON done.user_id IS NOT DISTINCT FROM seller.id
           ) seller
     CROSS JOIN LATERAL (
            (SELECT profile.id FROM crm_value_profile profile
              WHERE profile.user_id = seller.id AND %(due)s
           ORDER BY profile.stake_score DESC NULLS LAST, profile.id
              LIMIT GREATEST(seller.room, 0))
         UNION ALL
            (SELECT profile.id FROM crm_value_profile profile
              WHERE seller.id IS NULL AND profile.user_id IS NULL AND %(due)s
           ORDER BY profile.stake_score DESC NULLS LAST, profile.id
              LIMIT GREATEST(seller.room, 0))
           ) turn
)"""
