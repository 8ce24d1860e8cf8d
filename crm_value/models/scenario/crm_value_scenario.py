import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...fields import KeptJson, NullableFloat, NullableMoney
from ...given import number
from .const import MOST, SEEDS

ASSUMED = (
    "elasticity",
    "elasticity_low",
    "elasticity_high",
    "contact_cost",
    "line_ids",
)


class CrmValueScenario(models.Model):
    """What today's customers would bring in a year if something were otherwise.

    It rests on one run and changes nothing but itself. One without a company is a
    preset that scenarios are made of.
    """

    _name = "crm.value.scenario"
    _inherit = ["crm.value.sealed", "crm.value.guarded", "crm.value.shared"]
    _shared_unless = "company_id"
    _description = "Scenario"
    _value_part = "strategy"
    _order = "company_id, id DESC"

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        "res.company",
        ondelete="cascade",
        default=lambda self: self.env.company,
        help="Empty: a preset that scenarios are made of.",
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    user_id = fields.Many2one(
        "res.users", string="Responsible", default=lambda self: self.env.user
    )
    note = fields.Text(string="What It Is About")
    line_ids = fields.One2many(
        "crm.value.scenario.line", "scenario_id", string="Changes", copy=True
    )
    # Assumptions: what no document tells.
    elasticity = NullableFloat(
        string="Price Elasticity",
        aggregator=None,
        help="By how many percent more is bought where prices rise by one percent: "
        "below zero as a rule. Empty: buyers do not react.",
    )
    elasticity_low = NullableFloat(
        string="Elasticity, Lowest",
        aggregator=None,
        help="What it may be at the least: the stronger answer. Both ends or none.",
    )
    elasticity_high = NullableFloat(string="Elasticity, Highest", aggregator=None)
    contact_cost = NullableMoney(string="Cost of a Contact", aggregator=None)
    # Presets
    source = fields.Char(help="Where the claim is from.")
    claim = fields.Text(translate=True)
    claim_low = NullableFloat(string="Claimed Gain, Lowest", aggregator=None)
    claim_high = NullableFloat(string="Claimed Gain, Highest", aggregator=None)
    # What came out
    seed = fields.Integer(
        readonly=True,
        copy=False,
        required=True,
        aggregator=None,
        default=lambda self: secrets.randbelow(SEEDS),
        help="By it the same intervals are drawn again.",
    )
    run_id = fields.Many2one(
        "crm.value.run",
        string="Rests on the Run",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    as_of = fields.Date(readonly=True, copy=False, string="Figures as of")
    result = KeptJson(readonly=True, copy=False)
    digest = fields.Char(
        readonly=True,
        copy=False,
        help="Of all figures of the result: the same inputs give the same.",
    )
    customers = NullableFloat(
        string="Customers in a Year", readonly=True, copy=False, aggregator=None
    )
    revenue = NullableMoney(
        string="Revenue of the Year", readonly=True, copy=False, aggregator=None
    )
    margin = NullableMoney(
        string="Margin of the Year", readonly=True, copy=False, aggregator=None
    )
    equity = NullableMoney(
        string="Customer Equity", readonly=True, copy=False, aggregator=None
    )
    equity_change = NullableMoney(
        string="Change of the Equity", readonly=True, copy=False, aggregator=None
    )
    is_older = fields.Boolean(compute="_compute_is_older")

    _company_idx = models.Index("(company_id)")

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for scenario in self:
            company = scenario.company_id or self.env.company
            scenario.currency_id = company.currency_id

    @api.depends("run_id", "company_id")
    def _compute_is_older(self):
        """Tell whether a run has come since, or the one it rests on is gone."""
        runs = self.env["crm.value.run"]
        last = {one: runs._current(one) for one in self.company_id}
        for scenario in self:
            told = bool(scenario.digest)
            scenario.is_older = told and scenario.run_id != last[scenario.company_id]

    @api.constrains("elasticity", "elasticity_low", "elasticity_high", "contact_cost")
    def _check_assumed(self):
        for scenario in self:
            ends = (scenario.elasticity_low, scenario.elasticity_high)
            known = [end for end in ends if end is not False]
            if known and not (
                len(known) == 2
                and scenario.elasticity is not False
                and ends[0] <= scenario.elasticity <= ends[1]
                and ends[0] < ends[1]
            ):
                raise ValidationError(
                    self.env._(
                        "Enter both ends of the elasticity, with the likely value in "
                        "between, or none."
                    )
                )
            if scenario.contact_cost is not False and scenario.contact_cost <= 0:
                raise ValidationError(
                    self.env._("The cost of a contact is above zero, or empty.")
                )

    def write(self, vals):
        """Forget the result where something it was made of is changed."""
        result = super().write(vals)
        if vals.keys() & set(ASSUMED):
            self.sudo().write(self._no_result())  # which is sealed
        return result

    @api.model
    def _no_result(self):
        names = ("run_id", "as_of", "result", "digest")
        figures = ("customers", "revenue", "margin", "equity", "equity_change")
        return dict.fromkeys((*names, *figures), False)

    def action_use_preset(self):
        """Make a scenario of the current company out of a preset, and open it."""
        self.check_access("read")
        self.ensure_one()
        if self.company_id:
            raise UserError(self.env._("This is no preset."))
        made = self.copy({"company_id": self.env.company.id, "name": self.name})
        return made._get_records_action()

    def action_compare(self):
        """Put up to four computed scenarios side by side."""
        self.check_access("read")
        if not 2 <= len(self) <= MOST or not all(self.mapped("digest")):
            raise UserError(
                self.env._(
                    "Choose two to four scenarios that are computed, to see them side "
                    "by side."
                )
            )
        return {
            "type": "ir.actions.client",
            "tag": "crm_value_scenario_compare",
            "name": self.env._("Scenarios Side by Side"),
            "params": {"ids": self.ids},
        }

    @api.model
    @api.readonly
    def get_comparison(self, ids):
        """Return computed scenarios of the current company, to stand side by side.

        :param ids: which ones; none of them known: the last ones
        """
        self.check_access("read")
        company = self.env.company
        asked = [number(one) for one in ids] if isinstance(ids, list) else []
        mine = [("company_id", "=", company.id), ("digest", "!=", False)]
        found = self.search([*mine, ("id", "in", asked)], limit=MOST)
        found = found or self.search(mine, limit=MOST)
        return {
            "currency_id": company.currency_id.id,
            "scenarios": [
                {
                    "id": one.id,
                    "name": one.name,
                    "is_older": one.is_older,
                    "report": one.report,
                }
                for one in found.sorted("id")
            ],
        }
