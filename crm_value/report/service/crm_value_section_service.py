from odoo import api, models

from ... import words

PROFILE = "crm.value.profile"


class CrmValueSectionService(models.AbstractModel):
    """How the service desk served customers in the window of the figures."""

    _name = "crm.value.section.service"
    _inherit = ["crm.value.section"]
    _description = "Service to the Customers"
    _rank = 60
    _part = "service"

    @api.model
    def _told(self, month):
        """Tell how many tickets took long; nothing where there is no ticket."""
        if not month["is_latest"]:
            return None
        asked = self._own(("ticket_count", ">", 0))
        [(customers, tickets, slow, known)] = self.env[PROFILE]._read_group(
            asked,
            [],
            ["__count", "ticket_count:sum", "slow_ticket_count:sum"]
            + ["slow_ticket_count:count"],
        )
        if not tickets:
            return None
        days = (
            self.env["crm.value.run"]._current(self.env.company).policy_id.window_days
        )
        waited = self._own(("slow_ticket_count", ">", 0))
        tiles = [
            self._tile(
                self.env._("Tickets"),
                self._number(tickets),
                self.env._("of %s", words.customers(self.env, customers)),
                self._rows_of(self.env._("Customers With Tickets"), PROFILE, asked),
            )
        ]
        if known:
            tiles.append(
                self._tile(
                    self.env._("Took more than a week"),
                    self._number(slow or 0),
                    self._percent((slow or 0) / tickets),
                    self._rows_of(self.env._("Customers Who Waited"), PROFILE, waited),
                )
            )
        return {
            "question": self.env._("Are their requests served in time?"),
            "answer": self._say_served(tickets, slow) if known else False,
            "notes": [self.env._("Tickets within %s.", words.days(self.env, days))],
            "tiles": tiles,
        }

    @api.model
    def _say_served(self, tickets, slow):
        if not slow:
            return self.env._("No ticket took more than a week")
        return self.env._(
            "Took more than a week: %(slow)s of %(tickets)s tickets",
            slow=self._number(slow),
            tickets=self._number(tickets),
        )
