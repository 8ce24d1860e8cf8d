from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...analytics.satisfaction.satisfaction import PASSIVE, PROMOTER
from ..loyalty.crm_value_profile_matrix import MARGIN_GROUP
from ..scoring.const import QUADRANTS
from .const import SATISFACTION_QUADRANTS, VOICES

LIST = "crm_value.crm_value_satisfaction_view_list"


class CrmValueProfile(models.Model):
    """Matrices of satisfaction by loyalty and of recommendation by value."""

    _inherit = "crm.value.profile"

    voice = fields.Selection(
        VOICES,
        string="Word of Mouth",
        compute="_compute_voice",
        search="_search_voice",
        help="By mean recommendation, with the thresholds of the net promoter score.",
    )

    @api.depends("nps")
    def _compute_voice(self):
        for profile in self:
            mean = profile.nps
            profile.voice = mean is not False and (
                "promoter"
                if mean >= PROMOTER
                else "passive"
                if mean >= PASSIVE
                else "detractor"
            )

    @api.model
    def _search_voice(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._voice_domain(voice) for voice in value)

    @api.model
    @api.readonly
    def get_satisfaction_matrix(self):
        """Return the cells of both tables of the current company.

        Each cell comes with the domain that finds exactly the customers it counts, and
        margin for officers only.
        """
        known = self._loyalty_domain()
        policy = self._loyalty_policy(known)
        quadrants, voices = self._satisfaction_cells(known), self._voice_cells(known)
        return {
            **self._chart_company(),
            "list_view_id": self.env["ir.model.data"]._xmlid_to_res_id(LIST),
            "shows_margin": self.env.user.has_group(MARGIN_GROUP),
            "satisfaction_cut": policy.satisfaction_cut,
            "behaviour_cut": policy.loyalty_behaviour_cut,
            "answer_days": policy.answer_days,
            "quadrants": quadrants,
            "voices": voices,
            "answered": sum(c["count"] for c in quadrants if c["code"] != "unknown"),
            "hostages": sum(c["count"] for c in quadrants if c["code"] == "hostage"),
            "stake": self._value_at_risk(voices),
        }

    @api.model
    def _satisfaction_cells(self, known):
        """Return a cell for each quadrant of Jones and Sasser, and for the unknown."""
        sums = self._money_by(known, self._stored_column("satisfaction_quadrant"))
        labels = self._chart_labels("satisfaction_quadrant")
        labels[False] = self.env._("Satisfaction not known")
        codes = [code for code, _label in SATISFACTION_QUADRANTS]
        return [
            {
                "code": code or "unknown",
                "label": labels[code],
                "domain": list(known & Domain("satisfaction_quadrant", "=", code)),
                **sums.get((code or None,), self._no_money()),
            }
            for code in (*codes, False)
        ]

    @api.model
    def _voice_cells(self, known):
        """Return a cell for each answer to recommendation in each quadrant of value.

        Customers without a quadrant have a column of their own, where there are any.
        """
        sums = self._money_by(
            known, self._voice_column, self._stored_column("quadrant")
        )
        labels = {**self._chart_labels("voice"), "unknown": self.env._("Not known")}
        quadrants = {**self._chart_labels("quadrant"), False: labels["unknown"]}
        codes = [code for code, _label in reversed(QUADRANTS)]
        if any(quadrant is None for _voice, quadrant in sums):
            codes.append(False)
        return [
            {
                "voice": voice,
                "label": labels[voice],
                "quadrant": code,
                "quadrant_label": quadrants[code],
                "domain": list(
                    known & self._voice_domain(voice) & Domain("quadrant", "=", code)
                ),
                **sums.get((voice, code or None), self._no_money()),
            }
            for voice in labels
            for code in codes
        ]

    @api.model
    def _value_at_risk(self, voices):
        """Return count, revenue and, for officers, margin of detractors.

        None as long as nobody is known to recommend or not.
        """
        if not any(cell["count"] for cell in voices if cell["voice"] != "unknown"):
            return None
        against = [cell for cell in voices if cell["voice"] == "detractor"]
        names = ["count", "revenue"]
        if self.env.user.has_group(MARGIN_GROUP):
            names.append("margin")
        return {n: sum(cell.get(n, 0) for cell in against) for n in names}

    @api.model
    def _voice_domain(self, voice):
        return {
            "promoter": Domain("nps", ">=", PROMOTER),
            "passive": Domain("nps", ">=", PASSIVE) & Domain("nps", "<", PROMOTER),
            "detractor": Domain("nps", "<", PASSIVE),
            "unknown": Domain("nps", "=", False),
        }[voice or "unknown"]

    @api.model
    def _voice_column(self, query):
        return SQL(
            "CASE WHEN %(nps)s IS NULL THEN 'unknown' WHEN %(nps)s >= %(up)s "
            "THEN 'promoter' WHEN %(nps)s < %(passive)s THEN 'detractor' "
            "ELSE 'passive' END",
            nps=self._field_to_sql(self._table, "nps", query),
            up=PROMOTER,
            passive=PASSIVE,
        )

    @api.model
    def _stored_column(self, name):
        return lambda query: self._field_to_sql(self._table, name, query)

    @api.model
    def _no_money(self):
        return {"count": 0, "revenue": 0.0}

    @api.model
    def _money_by(self, domain, *columns):
        """Return count, revenue and, for officers, margin by columns, in one query.

        :param columns: functions of a query → SQL
        """
        names = ["revenue"]
        if self.env.user.has_group(MARGIN_GROUP):
            names.append("margin")
        query = self._search(domain)
        keys = [column(query) for column in columns]
        query.groupby = SQL(", ").join(SQL(str(at + 1)) for at in range(len(keys)))
        money = (
            SQL("SUM(%s)", self._field_to_sql(self._table, name, query))
            for name in names
        )
        rows = self.env.execute_query(query.select(*keys, SQL("COUNT(*)"), *money))
        size = len(keys)
        return {
            row[:size]: dict(
                zip(("count", *names), (n or 0 for n in row[size:]), strict=True)
            )
            for row in rows
        }
