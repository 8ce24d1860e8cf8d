from odoo import api, models
from odoo.fields import Domain

from ...const import OURS


class CrmValueMonthStock(models.AbstractModel):
    """Base of reports of month ends: what stood at two of them does not add up.

    Where months are taken together, a group shows what stood at the last one (or at
    the first one, if it opens with that); what happened in between adds up as ever.
    """

    _name = "crm.value.month.stock"
    _description = "Balances at Month Ends"
    _month = "date:month"

    @api.model
    def _stocks(self, aggregates):
        """Return {aggregate: min or max}, the month end that it is taken from."""
        raise NotImplementedError

    @api.model
    @api.readonly
    def web_read_group(self, domain, groupby, aggregates=(), **options):
        """Return groups of a list, with the number of their rows: it pages by them."""
        self.check_access("read")
        rows = super(CrmValueMonthStock, self.with_context(value_counts_rows=OURS))
        return rows.web_read_group(domain, groupby, aggregates, **options)

    @api.model
    @api.readonly
    def formatted_read_grouping_sets(
        self, domain, grouping_sets, aggregates=(), *, order=None
    ):
        """Return groups of a pivot, each with what stood at the end of its months."""
        self.check_access("read")  # also where no group is asked for
        stocks = self._stocks(aggregates)
        wide = [
            at for at, specs in enumerate(grouping_sets) if self._month not in specs
        ]
        if not stocks or not wide:
            return super().formatted_read_grouping_sets(
                domain, grouping_sets, aggregates, order=order
            )
        by_month = [[*grouping_sets[at], self._month] for at in wide]
        found = super().formatted_read_grouping_sets(
            domain, [*grouping_sets, *by_month], aggregates, order=order
        )
        for at, months in zip(wide, found[len(grouping_sets) :], strict=True):
            self._take_ends(found[at], months, grouping_sets[at], stocks)
        return found[: len(grouping_sets)]

    @api.model
    @api.readonly
    def formatted_read_group(self, domain, groupby=(), aggregates=(), **options):
        """Return groups of a list or chart, with the same amounts as a pivot's."""
        self.check_access("read")
        groups = super().formatted_read_group(domain, groupby, aggregates, **options)
        stocks = self._stocks(aggregates)
        if self.env.context.get("value_counts_rows") is OURS:
            stocks.pop("__count", None)
        if stocks and groups and self._month not in groupby:
            by_month = [*groupby, self._month]
            if options.get("limit"):  # only those that are shown
                shown = Domain.OR(group["__extra_domain"] for group in groups)
                domain = Domain(domain) & shown
            months = super().formatted_read_group(domain, by_month, list(stocks))
            self._take_ends(groups, months, groupby, stocks)
        return groups

    @api.model
    def _take_ends(self, groups, months, specs, stocks):
        """Put what stood at the first or last month end in the place of each sum."""
        for stock, end in stocks.items():
            self._take_end(groups, months, specs, stock, end)

    @api.model
    def _take_end(self, groups, months, specs, stock, end):
        field = self._month.partition(":")[0]
        periods = [spec for spec in specs if spec.startswith(f"{field}:")]
        ends = {}
        for row in months:
            ends.setdefault(_key(row, periods), []).append(row[self._month][0])
        ends = {period: end(found) for period, found in ends.items()}
        amounts = {
            _key(row, specs): row[stock]
            for row in months
            if row[self._month][0] == ends[_key(row, periods)]
        }
        for group in groups:
            group[stock] = amounts.get(_key(group, specs), 0)


class CrmValueSnapshot(models.Model):
    """Customers at month ends: how many there were, and what they had or were worth."""

    _name = "crm.value.snapshot"
    _inherit = ["crm.value.month.stock", "crm.value.snapshot"]

    @api.model
    def _stocks(self, aggregates):
        """Everything that would be added up is of one day."""
        return {
            spec: max
            for spec in aggregates
            if spec == "__count" or spec.endswith((":sum", ":sum_currency"))
        }


def _key(group, specs):
    return tuple(str(group[spec]) for spec in specs)
