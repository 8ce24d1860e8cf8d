from odoo import api, models
from odoo.tools import date_utils, format_date, formatLang

from ... import words
from ...const import OFFICER, USER
from ...words import whole_money


class CrmValueSection(models.AbstractModel):
    """A part of the overview: one question, and what the figures answer.

    A capability adds its part by one class that inherits this model under a name of
    its own, ``crm.value.section.<capability>``; nobody has to name it. What it says is
    plain data, read with the rights of who reads, and drawn by the overview alone.
    """

    _name = "crm.value.section"
    _description = "Part of the Overview"

    _rank = 0  # its place among the parts, the lowest first
    _is_due = False  # whether it says what is to be done today: first on a phone
    _for = USER  # the group whose members see it
    _part = None  # what must be in use, by the settings

    @api.model
    def _told(self, month):
        """Return what the part says of a month, None where it has nothing to say.

        :param month: dict of date_from (the month end before, or None), date_to (the
            month end, or the last run of a month that is not over), is_open
            and is_latest
        :return: dict of question (required), answer, notes, tiles, charts, lines and
            links, as the methods below make them
        """

    @api.model
    def _all(self):
        """Return the parts that the user may see, in their order."""
        names = self.env.registry.descendants([self._name], "_inherit")
        parts = [self.env[name] for name in names if name != self._name]
        seen = [part for part in parts if part._is_seen()]
        return sorted(seen, key=lambda part: (part._rank, part._name))

    @api.model
    def _is_seen(self):
        groups = [self._for]
        groups += [f"crm_value.group_part_{self._part}"] if self._part else []
        return all(map(self.env.user.has_group, groups))

    # --- what a part is made of ---

    @api.model
    def _tile(self, label, text, note=False, opens=False, tone=False):
        """Return one figure with what it is, and the list that it opens, unless empty.

        :param tone: "bad" where something is wrong, which then has another look
        """
        return {
            "label": label,
            "text": text,
            "note": note,
            "opens": opens if text != self._number(0) else False,
            "tone": tone,
        }

    @api.model
    def _chart(self, question, labels, *series):
        """Return bars that answer a question, each with its text and its list."""
        return {"question": question, "labels": labels, "series": list(series)}

    @api.model
    def _series(self, label, color, bars):
        """Return one series of bars: (value or [from, to], text, opens, color).

        :param color: up, down, total or other; one of a bar goes before it
        """
        values, texts, opens, colors = zip(*bars, strict=True) if bars else [()] * 4
        return {
            "label": label,
            "values": values,
            "texts": texts,
            "opens": opens,
            "colors": [own or color for own in colors],
        }

    @api.model
    def _rows_of(self, title, model, domain, search=False, **filters):
        """Return what opens the rows behind a figure; False if they are not to be read.

        :param search: XML id of the search view, default: the model's own
        :param filters: filters of the search to set; they can be taken off
        """
        return self.env[model].has_access("read") and {
            "title": title,
            "model": model,
            "domain": [list(leaf) if type(leaf) is tuple else leaf for leaf in domain],
            "search": search and self.env.ref(search).id,
            "context": {f"search_default_{name}": 1 for name in filters},
        }

    @api.model
    def _screen(self, label, action, **filters):
        """Return a link to a screen, by the XML id of its action."""
        context = {f"search_default_{name}": on for name, on in filters.items()}
        return {"label": label, "opens": {"action": action, "context": context}}

    # --- how a part says it ---

    @api.model
    def _is_officer(self):
        return self.env.user.has_group(OFFICER)

    @api.model
    def _number(self, figure, digits=0):
        """Return a figure as the language writes it."""
        return formatLang(self.env, figure, digits=digits)

    @api.model
    def _signed(self, count):
        """Return a change with its sign; none at all has no sign."""
        sign = "+" if count > 0 else ""
        return f"{sign}{self._number(count)}"

    @api.model
    def _money(self, amount):
        """Return an amount without its small change, in the company's currency."""
        return whole_money(self.env, amount, self.env.company.currency_id)

    @api.model
    def _percent(self, share):
        return words.percent(self.env, share, 1)

    @api.model
    def _say_month(self, month):
        """Return the month in words, the day up to which an open one is known."""
        day = month["date_to"]
        if month["is_open"]:
            return format_date(self.env, day)
        return words.month(self.env, day)

    @api.model
    def _own(self, *domain):
        """Return a domain of the current company."""
        return [("company_id", "=", self.env.company.id), *domain]

    @api.model
    def _within(self, month, name="date"):
        """Return the domain of the days of a month."""
        first = date_utils.start_of(month["date_to"], "month")
        return [(name, ">=", str(first)), (name, "<=", str(month["date_to"]))]
