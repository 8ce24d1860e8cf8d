from odoo import api, models

from .crm_value_section_risk import FIRST, PROFILE

DUE = [("worklist", "!=", False), ("decision_id", "=", False), ("is_due", "=", True)]
ORDER = ("retain", "develop", "identify")
TOLD = 7  # customers to name; the list has the others


class CrmValueSectionWorklist(models.AbstractModel):
    """Whom to contact today, with the buttons that decide about it.

    Who is nobody's salesperson, as an owner, is told of everybody's customers.
    """

    _name = "crm.value.section.worklist"
    _inherit = ["crm.value.section"]
    _description = "Customers of Today"
    _rank = 40

    @api.model
    def _told(self, month):
        """Tell who is due today, those with the highest priority first."""
        if not month["is_latest"]:
            return None
        own = self.env[PROFILE]._has_own()
        domain = self._own(*DUE, *([("user_id", "=", self.env.uid)] if own else []))
        lists = self.env[PROFILE]._read_group(domain, ["worklist"], ["__count"])
        count = sum(number for _worklist, number in lists)
        found = self.env[PROFILE].search(domain, order=FIRST, limit=TOLD)
        return {
            "question": self.env._("What is to be done today?"),
            "answer": self._say_due(count, own),
            "notes": [self._say_whose(own)] if count else [],
            "lines": [self._line(profile) for profile in found],
            "links": self._lists(lists, count, own),
        }

    @api.model
    def _say_due(self, count, own):
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
    def _lists(self, lists, count, own):
        """Return links to all who are due, by list."""
        labels = self.env[PROFILE]._chart_labels("worklist")
        lists = sorted(lists, key=lambda row: ORDER.index(row[0]))
        filters = {"mine": own, "due": True, "today": False, "group_worklist": True}
        links = [
            self._screen(
                f"{labels[worklist]}: {self._number(number)}",
                "crm_value.crm_value_worklist_today_action",
                **{**filters, "group_worklist": False, worklist: True},
            )
            for worklist, number in lists
        ]
        if count > TOLD or not count:
            links.append(
                self._screen(
                    self.env._("All on the Worklists"),
                    "crm_value.crm_value_worklist_today_action",
                    **{**filters, "due": bool(count), "mine": own and bool(count)},
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
