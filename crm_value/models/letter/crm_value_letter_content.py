from datetime import timedelta

from odoo import api, models
from odoo.tools import date_utils, formatLang

from ... import words
from ...const import OFFICER
from ..forecast.certainty import Foretold, say_money
from .const import FALL, RISE


class CrmValueLetter(models.Model):
    """What a letter says, as plain data: the mail and the preview only lay it out.

    All of it is read with the rights of who reads: amounts are told to officers only.
    """

    _inherit = "crm.value.letter"

    @api.model
    def _content(self, day):
        """Return title, tiles and sections of the letter of one month.

        :param day: the last day of the month
        """
        first = date_utils.start_of(day, "month")
        moves = self._moves(first, day)
        uses = self.env["res.groups"]._value_uses
        sections = [
            self._moved_section(moves, RISE),
            self._moved_section(moves, FALL),
            self._risk_section(),
            self._worked_section(first, day),
            uses("playbook") and self._playbook_section(first, day),
            uses("satisfaction") and self._satisfaction_section(first, day),
        ]
        return {
            "logo": self._logo_url(),
            "title": self._subject(day),
            "notes": self._notes(day, moves),
            "tiles": self._tiles(first, day),
            "sections": [section for section in sections if section],
            "footer": self.env._(
                "You receive this letter once a month because you work with customer "
                "value in %(company)s. Amounts are shown to those who may see them.",
                company=self.env.company.name,
            ),
        }

    @api.model
    def _subject(self, day):
        return self.env._(
            "Customers of %(company)s in %(month)s",
            company=self.env.company.name,
            month=self._say_month(day),
        )

    @api.model
    def _say_month(self, day):
        return words.month(self.env, day)

    @api.model
    def _place(self, place, **about):
        """Return the address of a screen, opened in the company of the letter."""
        query = "".join(f"&{name}={value}" for name, value in about.items())
        company = self.env.company.id
        return (
            f"{self.get_base_url()}/crm_value/letter/{company}/open?to={place}{query}"
        )

    @api.model
    def _logo_url(self):
        """Return where the company's own logo is, False where it has none."""
        company = self.env.company
        if company.uses_default_logo:
            return False
        return f"{self.get_base_url()}/logo.png?company={company.id}"

    @api.model
    def _number(self, count):
        return formatLang(self.env, count, digits=0)

    @api.model
    def _notes(self, day, moves):
        """Say what a short letter lacks: a month before, or anything that moved."""
        before, now = self._month_ends(day)
        notes = []
        if now is None:
            return [self.env._("The figures of this month end are not there yet.")]
        if before is None:
            notes.append(
                self.env._(
                    "This is the first month end, so there is none to compare it with."
                )
            )
        if not any(way["count"] for way in moves.values()):
            notes.append(
                self.env._("No customer changed stage, tier or quadrant for good.")
            )
        return notes

    # --- the figures on top ---

    @api.model
    def _month_ends(self, day):
        """Return the number of active customers a month before, and at this one."""
        before = date_utils.start_of(day, "month") - timedelta(days=1)
        found = self.env["crm.value.snapshot"]._read_group(
            [
                ("company_id", "=", self.env.company.id),
                ("date", "in", (before, day)),
                ("month_end", "=", True),
            ],
            ["date:day", "relation"],
            ["__count"],
        )
        days = {at for at, _relation, _count in found}
        active = {at: count for at, relation, count in found if relation == "active"}
        return [active.get(at, 0) if at in days else None for at in (before, day)]

    @api.model
    def _tiles(self, first, day):
        before, now = self._month_ends(day)
        if now is None:
            return []  # not known, which is not zero
        entered = self._entered(self.env.company, first, day)
        tiles = [
            (
                self.env._("Active customers"),
                self._number(now),
                before is not None
                and self.env._("%(count)s a month before", count=self._number(before)),
            ),
            (self.env._("New"), self._number(entered["new"]), False),
            (self.env._("Lost"), self._number(entered["lost"]), False),
            (self.env._("Won back"), self._number(entered["won_back"]), False),
        ]
        value = self.env.user.has_group(OFFICER) and self._value_tile(day)
        return [*tiles, value] if value else tiles

    @api.model
    def _entered(self, company, first, last):
        """Return how many customers were new, in decline, lost, won back in a time.

        A customer counts once for each, whatever became of it later.
        """
        new = self.env["crm.value.profile"].search_count(
            [
                ("company_id", "=", company.id),
                ("first_purchase_date", ">=", first),
                ("first_purchase_date", "<=", last),
            ]
        )
        found = self.env["crm.value.transition"]._read_group(
            [
                ("company_id", "=", company.id),
                ("kind", "=", "stage"),
                ("date", ">=", first),
                ("date", "<=", last),
            ],
            ["stage_to_id"],
            ["origin_id:count_distinct"],
        )
        entered = {"new": new, "decline": 0, "lost": 0, "won_back": 0}
        for stage, count in found:
            if stage.code in entered:
                entered[stage.code] += count
        return entered

    @api.model
    def _value_tile(self, day):
        """Return the value of all customers, and what changed it besides the model."""
        [(opening, closing, re_estimated, count)] = self.env[
            "crm.value.equity"
        ]._read_group(
            [("company_id", "=", self.env.company.id), ("date", "=", day)],
            [],
            ["opening:sum", "closing:sum", "re_estimated:sum", "__count"],
        )
        # How sure the values were at the month end, the model of today says best.
        fit = self.env["crm.value.run"]._current(self.env.company).fit_id
        if not count or not closing or fit.confidence == "insufficient":
            return False
        money = self.env.company.currency_id
        certain = {"confidence": fit.confidence}
        now = say_money(self.env, Foretold(closing, **certain), money)
        note = False
        if opening:
            share = (closing - opening - re_estimated) / opening
            percent = words.percent(self.env, share)
            note = self.env._(
                "%(percent)s by what customers did",
                percent=f"+{percent}" if round(share, 2) > 0 else percent,
            )
        return (self.env._("Value of customers"), now, note)

    @api.model
    def _closing(self, last=None):
        """Return the value of all customers at the last month end until a day.

        Without one, or of too few data, it is None, which is not the same as nothing.
        It has the digits that a forecast without an interval supports.
        """
        fit = self.env["crm.value.run"]._current(self.env.company).fit_id
        if fit.confidence == "insufficient":
            return None
        domain = [("company_id", "=", self.env.company.id), ("month_end", "=", True)]
        if last:
            domain.append(("date", "<=", last))
        snapshots = self.env["crm.value.snapshot"]
        [[day]] = snapshots._read_group(domain, [], ["date:max"])
        if not day:
            return None
        [[value]] = snapshots._read_group(
            [*domain, ("date", "=", day)], [], ["clv:sum"]
        )
        unit = Foretold(value or 0.0).unit
        return round((value or 0.0) / unit) * unit

    # --- who moved ---

    @api.model
    def _moved_section(self, moves, way):
        moved = moves[way]
        count = self._number(moved["count"])
        if not moved["count"]:
            return None
        profiles = self.env["crm.value.profile"].browse(
            profile for profile, _changes in moved["customers"]
        )
        lines = [
            self._moved_line(profile, changes)
            for profile, (_id, changes) in zip(
                profiles, moved["customers"], strict=True
            )
        ]
        return {
            "title": self.env._("Who rose: %(count)s", count=count)
            if way == RISE
            else self.env._("Who fell: %(count)s", count=count),
            "lines": lines,
            "note": self._say_more(moved["count"] - len(lines)),
            "link": (self.env._("All changes"), self._place("changes")),
        }

    @api.model
    def _say_more(self, count):
        if count <= 0:
            return False
        return self.env._("And %(count)s more.", count=self._number(count))

    @api.model
    def _moved_line(self, profile, changes):
        """Return one customer, with each change and what was behind the latest."""
        ways = [
            self.env._(
                "%(before)s → %(after)s",
                before=self._say_end(kind, begin),
                after=self._say_end(kind, finish),
            )
            for kind, begin, finish, _latest in changes
        ]
        latest = self.env["crm.value.transition"].browse(changes[0][-1])
        return self._customer_line(profile, ", ".join(ways), latest.evidence_text)

    @api.model
    def _say_end(self, kind, place):
        """Return the name of a stage, tier or quadrant."""
        if not place:
            return "–"
        if kind == "quadrant":
            field = self.env["crm.value.transition"]._fields["quadrant_to"]
            return dict(field._description_selection(self.env)).get(place, place)
        return self.env[f"crm.value.{kind}"].browse(int(place)).name

    @api.model
    def _customer_line(self, profile, text, reason):
        # Who may see the value of a customer may read its name.
        name = profile.partner_id.sudo().display_name
        return {
            "name": name,
            "url": self._place("customers", customer=profile.id),
            "text": text,
            "reason": reason,
        }
