from odoo import api, models

from ...const import OFFICER


class CrmValueSectionBenefit(models.AbstractModel):
    """What the company owes its members in points."""

    _name = "crm.value.section.benefit"
    _inherit = ["crm.value.section"]
    _description = "Points Owed"
    _rank = 70
    _part = "loyalty"
    _for = OFFICER

    @api.model
    def _told(self, month):
        """Tell the points on cards today and what they are worth."""
        program = self.env.company._value_points_program()
        if not month["is_latest"] or not program:
            return None
        for model in ("loyalty.card", "crm.value.earning"):
            self.env[model].flush_model()
        found = self.env["crm.value.tier.report"]._open_points(program)
        if not found["owed"]:
            return None
        worth = program.value_point_worth
        cards = [("program_id", "=", program.id)]
        opens = self._rows_of(program.name, "loyalty.card", cards)
        return {
            "question": self.env._("What do we owe our members?"),
            "answer": self._say_owed(found["owed"], worth),
            "tiles": [
                self._tile(label, self._number(found[name]), opens=opens)
                for label, name in (
                    (self.env._("Points to Use"), "usable"),
                    (self.env._("Points Not Yet Usable"), "locked"),
                    (self.env._("Cards"), "cards"),
                )
            ],
            "links": [
                self._screen(
                    self.env._("Loyalty Program Cost"),
                    "crm_value.crm_value_tier_cost_action",
                )
            ],
        }

    @api.model
    def _say_owed(self, points, worth):
        """Say what is owed; of points without a worth, only how many."""
        if worth is False or worth is None:
            return self.env._("Points owed: %(points)s", points=self._number(points))
        return self.env._(
            "Points owed: %(points)s, worth %(amount)s",
            points=self._number(points),
            amount=self._money(points * worth),
        )
