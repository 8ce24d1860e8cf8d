from graphlib import CycleError, TopologicalSorter

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...fields import NullableFloat
from .const import LEVELS, SIGNS, VERDICTS

DECLARED = ("cause_id", "effect_id", "sign", "lag", "level")
FOUND = ("verdict", "effect_size", "p_value", "p_adjusted", "n", "power", "why")
LONGEST = 24  # months


class CrmValueObjectiveLink(models.Model):
    """An arrow of the map: what is believed to cause what, and what the data say.

    Sign and lag are declared before anybody looks. Who changes them afterwards has the
    verdict cleared, and that is logged.
    """

    _name = "crm.value.objective.link"
    _inherit = ["crm.value.strategy.part"]
    _description = "Cause and Effect"
    _order = "strategy_id, id"
    _told = (*FOUND, "tested_on", "declared_on")

    strategy_id = fields.Many2one(
        "crm.value.strategy", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="strategy_id.company_id", store=True)
    state = fields.Selection(related="strategy_id.state")
    cause_id = fields.Many2one(
        "crm.value.objective",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('strategy_id', '=', strategy_id)]",
    )
    effect_id = fields.Many2one(
        "crm.value.objective",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('strategy_id', '=', strategy_id)]",
    )
    sign = fields.Selection(
        SIGNS,
        string="Expected Effect",
        required=True,
        default="positive",
        help="What the effect does where the cause gets better. A measure of which "
        "less is better gets better by falling.",
    )
    lag = fields.Integer(
        string="Lag (months)",
        aggregator=None,
        help="After how many months the effect is expected, declared before looking.",
    )
    level = fields.Selection(
        LEVELS,
        string="Tested By",
        required=True,
        default="month",
        help="Months: the two series. Customers: who had more of the cause against "
        "who had less, where both are known of each customer.",
    )
    declared_on = fields.Date(readonly=True, copy=False)
    tested_on = fields.Date(readonly=True, copy=False)
    verdict = fields.Selection(VERDICTS, readonly=True, copy=False)
    effect_size = NullableFloat(
        string="Effect Size", readonly=True, copy=False, aggregator=None
    )
    p_value = NullableFloat(string="p", readonly=True, copy=False, aggregator=None)
    p_adjusted = NullableFloat(
        string="p of All Arrows",
        readonly=True,
        copy=False,
        aggregator=None,
        help="Adjusted for how many arrows are tested at once.",
    )
    n = fields.Integer(string="Compared", readonly=True, copy=False, aggregator=None)
    power = NullableFloat(
        readonly=True,
        copy=False,
        aggregator=None,
        help="How often an effect of r = .5 would be seen with as many months.",
    )
    why = fields.Char(string="Why Not", readonly=True, copy=False)

    _pair_uniq = models.UniqueIndex(
        "(strategy_id, cause_id, effect_id)", "This arrow is on the map already."
    )
    _not_itself = models.Constraint(
        "CHECK (cause_id <> effect_id)", "Nothing causes itself."
    )
    _lag_range = models.Constraint(
        f"CHECK (lag BETWEEN 0 AND {LONGEST})", "A lag is from 0 to 24 months."
    )

    @api.depends("cause_id.name", "effect_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for link in self:
            names = link.cause_id.name or "", link.effect_id.name or ""
            link.display_name = " → ".join(names)

    @api.constrains("strategy_id", "cause_id", "effect_id")
    def _check_one_strategy(self):
        for link in self:
            ends = link.cause_id | link.effect_id
            if ends.strategy_id != link.strategy_id:
                raise ValidationError(
                    self.env._("Both ends of an arrow are of its own strategy.")
                )

    @api.constrains("strategy_id", "cause_id", "effect_id")
    def _check_acyclic(self):
        """Refuse a cycle: what causes itself by a detour can be tested nowhere."""
        for links in self.strategy_id.link_ids.grouped("strategy_id").values():
            order = TopologicalSorter()
            for link in links:
                order.add(link.effect_id, link.cause_id)
            try:
                order.prepare()
            except CycleError as error:
                names = " → ".join(one.name for one in reversed(error.args[1]))
                raise ValidationError(
                    self.env._("These arrows go in a circle: %(names)s", names=names)
                ) from None

    @api.model_create_multi
    def create(self, vals_list):
        """Keep the day of the declaration."""
        links = super().create(vals_list)
        links._ours().write({"declared_on": fields.Date.context_today(self)})
        return links

    def write(self, vals):
        """Clear the verdict of what is declared otherwise by now, and log it."""
        if self._is_ours() or not vals.keys() & {*DECLARED}:
            return super().write(vals)
        before = {link: link._declared() for link in self}
        result = super().write(vals)
        changed = self.filtered(lambda link: link._declared() != before[link])
        changed._declare_anew()
        return result

    def _declared(self):
        return [self[name] for name in DECLARED]

    def _declare_anew(self):
        """Start from today: what was found was found about something else."""
        tested = self.filtered("tested_on")
        today = fields.Date.context_today(self)
        cleared = dict.fromkeys((*FOUND, "tested_on"), False)
        self._ours().write({"declared_on": today, **cleared})
        for strategy, links in tested.grouped("strategy_id").items():
            strategy.message_post(
                body=self.env._(
                    "Declared otherwise after a test, verdict cleared: %(names)s",
                    names=", ".join(links.mapped("display_name")),
                )
            )
