from odoo import api, models

from ...models.feedback.const import UNDONE

RECOVERY = "crm.value.recovery"
OPEN = [("kind", "=", "bad"), ("state", "in", UNDONE)]


class CrmValueSectionFeedback(models.AbstractModel):
    """Whose negative response waits for us today."""

    _name = "crm.value.section.feedback"
    _inherit = ["crm.value.section"]
    _description = "Responses That Wait"
    _rank = 55
    _part = "satisfaction"

    @api.model
    def _told(self, month):
        """Tell how many wait, and how many for longer than was set."""
        if not month["is_latest"]:
            return None
        waiting = self._own(*OPEN)
        count = self.env[RECOVERY].search_count(waiting)
        if not count:
            return None
        overdue = self._own(*OPEN, ("is_late", "=", True))
        late = self.env[RECOVERY].search_count(overdue)
        tiles = [self._responses(self.env._("Open"), count, waiting)]
        if late:
            tiles.append(self._responses(self.env._("Late"), late, overdue, "bad"))
        return {
            "question": self.env._("Who is dissatisfied and waits for us?"),
            "answer": self.env._(
                "Negative responses that are open: %(count)s; of them late: %(late)s",
                count=self._number(count),
                late=self._number(late),
            ),
            "tiles": tiles,
        }

    @api.model
    def _responses(self, label, count, domain, tone=False):
        opens = self._rows_of(self.env._("Negative Responses"), RECOVERY, domain)
        return self._tile(label, self._number(count), opens=opens, tone=tone)
