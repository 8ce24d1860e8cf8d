from odoo import api, models
from odoo.tools import SQL


class CrmValueSummed(models.AbstractModel):
    """Base of records whose money is added up: nothing of one currency is converted.

    Where the companies that the user reads have one currency, groups neither ask for
    its rate nor which currencies are in them.
    """

    _name = "crm.value.summed"
    _description = "Sums of One Currency"

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        name, _colon, how = aggregate_spec.partition(":")
        asks = (
            how == "sum_currency" or aggregate_spec == "currency_id:array_agg_distinct"
        )
        if not asks or self.env.su:  # no rule keeps to the companies of the user
            return super()._read_group_select(aggregate_spec, query)
        currencies = self.env.companies.sudo().currency_id  # no secret
        if len(currencies) > 1:
            return super()._read_group_select(aggregate_spec, query)
        if how == "sum_currency":
            return super()._read_group_select(f"{name}:sum", query)
        return SQL("CASE WHEN COUNT(*) > 0 THEN ARRAY[%s] END", currencies.id)
