from odoo import api, fields, models

from ...analytics.lead import likeness
from ...const import OFFICER
from .const import KINDS, TRAITS

KIND_NUMBERS = {"person": 0, "company": 1}


class CrmValueLeadGroup(models.Model):
    """Customers alike, and what one of them brings in its first year.

    A trait that is empty is not asked. Groups of fewer than five are none: they would
    tell of one customer what only some may see.
    """

    _name = "crm.value.lead.group"
    _description = "New Customers Alike"
    _is_result = True
    _log_access = False
    _order = "id"  # the widest first, as they were found

    worth_id = fields.Many2one(
        "crm.value.lead.worth", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    industry_id = fields.Many2one("res.partner.industry", ondelete="cascade")
    kind = fields.Selection(KINDS)
    country_id = fields.Many2one("res.country", ondelete="cascade")
    source_id = fields.Many2one("utm.source", ondelete="cascade")
    count = fields.Integer(string="Customers", aggregator=None)
    revenue_mean = fields.Monetary(
        string="Their Mean", aggregator=None, help="Revenue of the first year."
    )
    revenue_weight = fields.Float(
        string="Weight of Their Mean",
        aggregator=None,
        help="The rest is what the wider group says.",
    )
    revenue = fields.Monetary(string="Expected Revenue", aggregator=None)
    revenue_low = fields.Monetary(string="Revenue from", aggregator=None)
    revenue_high = fields.Monetary(string="Revenue to", aggregator=None)
    margin_mean = fields.Monetary(
        string="Their Mean Margin", aggregator=None, groups=OFFICER
    )
    margin_weight = fields.Float(
        string="Weight of Their Mean Margin", aggregator=None, groups=OFFICER
    )
    margin = fields.Monetary(string="Expected Margin", aggregator=None, groups=OFFICER)
    margin_low = fields.Monetary(string="Margin from", aggregator=None, groups=OFFICER)
    margin_high = fields.Monetary(string="Margin to", aggregator=None, groups=OFFICER)

    @api.depends(*TRAITS)
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for group in self:
            names = [
                group.industry_id.sudo().display_name,  # names: no secret
                kinds.get(group.kind),
                group.country_id.display_name,
                group.source_id.sudo().display_name,
            ]
            said = " · ".join(filter(None, names))
            group.display_name = said or self.env._("All new customers")

    def _key(self):
        """Return the group's key, as the analytics have it."""
        kind = KIND_NUMBERS.get(self.kind, likeness.ANY)
        names = (self.industry_id.id, kind, self.country_id.id, self.source_id.id)
        return tuple(likeness.ANY if one is False else one for one in names)

    @api.model
    def _by_key(self, companies, keys):
        """Return {company id: {key: group}}, at least those that some customers are in.

        Whoever may not see sums may know of these: there is none of fewer than five.

        :param keys: traits of the customers
        """
        industries, _kinds, countries, sources = (
            [False, *{one for one in column if one != likeness.ANY}]
            for column in zip(*keys, strict=True)
        )
        found = self.sudo().search_fetch(
            [
                ("company_id", "in", companies.ids),
                ("industry_id", "in", industries),
                ("country_id", "in", countries),
                ("source_id", "in", sources),
            ]
        )
        return {
            company.id: {group._key(): group for group in groups}
            for company, groups in found.grouped("company_id").items()
        }
