import numpy as np

from odoo import api, fields, models

from ...analytics.satisfaction import careless
from ...fields import NullableFloat


class CrmValueIndex(models.Model):
    """Whether results of an index leave out who answered without care."""

    _inherit = "crm.value.index"

    leave_out_careless = fields.Boolean(
        string="Leave Out Careless Responses",
        help="Of people who made the same choice in all questions, at least five, or "
        "needed less than half the median time. Each result shows how many "
        "these are, and the index with and without them.",
    )


class CrmValueIndexResult(models.Model):
    """Who answered without care, and what leaving them out does to the index."""

    _inherit = "crm.value.index.result"

    leave_out = fields.Boolean(
        string="Leave Out Careless Responses",
        compute="_compute_leave_out",
        store=True,
        readonly=False,
        precompute=True,
    )
    straight_count = fields.Integer(
        aggregator=None,
        string="Same Choice Throughout",
        readonly=True,
        help="People who made the same choice in all questions, at least five.",
    )
    fast_count = fields.Integer(
        aggregator=None,
        string="Too Fast",
        readonly=True,
        help="People who needed less than half the median time of their survey, where "
        "at least ten are timed.",
    )
    careless_count = fields.Integer(
        aggregator=None,
        string="Careless Responses",
        readonly=True,
        help="One or the other.",
    )
    value_with = NullableFloat(
        string="Index with Them", readonly=True, digits=(5, 2), aggregator=None
    )
    value_without = NullableFloat(
        string="Index without Them", readonly=True, digits=(5, 2), aggregator=None
    )

    @api.depends("index_id")
    def _compute_leave_out(self):
        for result in self:
            result.leave_out = result.index_id.leave_out_careless

    def action_switch_careless(self):
        """Ask for the same period with, or without, who answered without care.

        :return: id of the new result
        """
        self.ensure_one()
        return self.create(
            {
                "index_id": self.index_id.id,
                "company_id": self.company_id.id,
                "date_from": self.date_from,
                "date_to": self.date_to,
                "leave_out": not self.leave_out,
            }
        ).id

    def _attentive(self, sheet):
        """Return the sheet to estimate from, and note what the other would give.

        Of staff a difference of two indices would tell of single people.
        """
        straight, fast = self._careless(sheet)
        careful = sheet.without(straight | fast)
        whole = self._target_value(sheet)
        alike = len(careful.data) == len(sheet.data)
        self.write(
            {
                "straight_count": int(straight.sum()),
                "fast_count": int(fast.sum()),
                "careless_count": len(sheet.data) - len(careful.data),
                "value_with": whole,
                "value_without": whole if alike else self._target_value(careful),
            }
        )
        return careful if self.leave_out else sheet

    @api.model
    def _careless(self, sheet):
        """Return who made the same choice throughout, and who was too fast."""
        if sheet.is_staff or not len(sheet.data):
            nobody = np.zeros(len(sheet.data), dtype=bool)
            return nobody, nobody
        fast = careless.speeders(sheet.seconds, sheet.survey)
        return careless.straight(sheet.places), fast

    def _target_value(self, sheet):
        """Return the index by the people of a sheet, None not known."""
        ids, target = sheet.constructs.ids, self.index_id.target_id.id
        if target not in ids or not len(sheet.data):
            return None
        usable, estimator, _said = self._choose(sheet)
        found = estimator(usable.data if usable else sheet.data)
        at = ids.index(target)
        places = usable.constructs.tolist() if usable else list(range(len(ids)))
        value = found.values[places.index(at)] if at in places else np.nan
        return None if np.isnan(value) else float(value)

    def _describe_short(self):
        return {
            **super()._describe_short(),
            "careless": {
                "count": self.careless_count,
                "straight": self.straight_count,
                "fast": self.fast_count,
                "left_out": self.leave_out,
                "with": _plain(self.value_with),
                "without": _plain(self.value_without),
            },
        }


def _plain(number):
    return None if number is False else number
