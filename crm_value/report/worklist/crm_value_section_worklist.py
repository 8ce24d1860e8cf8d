from odoo import api, models

from ... import words
from ...models.worklist.const import WORKED
from .crm_value_section_risk import FIRST, PROFILE

DUE = [("worklist", "!=", False), ("decision_id", "=", False), ("is_due", "=", True)]
TODAY = ("is_today", "=", True)  # of those, as many as the policy's day has room for
TOLD = 7  # customers to name; the list has the others
MOST = 1000  # customers of a day who are found once and then counted by their names


class CrmValueSectionWorklist(models.AbstractModel):
    """Whom to contact today, with the buttons that decide about it.

    Who is nobody's salesperson, as an owner, is told of everybody's customers.
    """

    _name = "crm.value.section.worklist"
    _inherit = ["crm.value.section"]
    _description = "Customers of Today"
    _rank = 40
    _is_due = True

    @api.model
    def _told(self, month):
        """Tell the order of the day, those with the highest priority first."""
        if not month["is_latest"]:
            return None
        profiles = self.env[PROFILE]
        own = profiles._has_own()
        due = self._own(*DUE, *([("user_id", "=", self.env.uid)] if own else []))
        day = [*due, TODAY]
        first = profiles.search(day, order=FIRST, limit=MOST).ids
        if len(first) < MOST:  # whose turn it is takes a look at all who are due
            day = [("id", "in", first)]
        lists = profiles._read_group(day, ["worklist"], ["__count"])
        count = sum(number for _worklist, number in lists)
        waiting = profiles.search_count(due) - count
        found = profiles.browse(first[:TOLD])
        notes = [count and self._say_whose(own), waiting and self._say_waiting(waiting)]
        return {
            "question": self.env._("What is to be done today?"),
            "answer": self._say_today(count, own),
            "notes": [note for note in notes if note],
            "lines": [self._line(profile) for profile in found],
            "links": self._lists(lists, count, waiting, own),
        }

    @api.model
    def _say_today(self, count, own):
        if not count:
            return (
                self.env._("None of your customers is due today")
                if own
                else self.env._("No customer is due today")
            )
        if count == 1:
            return self.env._("One customer is due today")
        return self.env._(
            "%(count)s customers are due today", count=self._number(count)
        )

    @api.model
    def _say_waiting(self, waiting):
        """Say how many more are due than the day has room for."""
        return self.env._(
            "Due as well, beyond as many a day as the policy says: %(customers)s.",
            customers=words.customers(self.env, waiting),
        )

    @api.model
    def _say_whose(self, own):
        return (
            self.env._("Those whose salesperson you are, the highest priority first.")
            if own
            else self.env._(
                "No customer is assigned to you: all whom you may see are listed, the "
                "highest priority first."
            )
        )

    @api.model
    def _lists(self, lists, count, waiting, own):
        """Return links to the order of the day by list, and to all who are due."""
        labels = self.env[PROFILE]._chart_labels("worklist")
        lists = sorted(lists, key=lambda row: WORKED.index(row[0]))
        filters = {"mine": own, "today": True, "group_worklist": True}
        links = [
            self._screen(
                f"{labels[worklist]}: {self._number(number)}",
                "crm_value.crm_value_worklist_today_action",
                **{**filters, "group_worklist": False, worklist: True},
            )
            for worklist, number in lists
        ]
        if waiting or not count:
            links.append(
                self._screen(
                    self.env._("All Who Are Due: %s", self._number(count + waiting))
                    if waiting
                    else self.env._("All on the Worklists"),
                    "crm_value.crm_value_worklist_today_action",
                    **{
                        **filters,
                        "today": False,
                        "due": bool(waiting),
                        "mine": own and bool(waiting),
                    },
                )
            )
        return links

    @api.model
    def _line(self, profile):
        """Return a customer with why it is due, and what to do about it."""
        lists = self.env[PROFILE]._chart_labels("worklist")
        methods = {
            "action_ask_done": self.env._("Done"),
            "action_snooze": self.env._("Snooze"),
            "action_reject": self.env._("Reject"),
        }
        return {
            "id": profile.id,
            "name": profile.partner_id.display_name,
            "text": lists[profile.worklist],
            "why": profile.worklist_reason,
            "opens": {"model": PROFILE, "id": profile.id},
            "buttons": [
                {"model": PROFILE, "method": method, "label": label}
                for method, label in methods.items()
            ],
        }
