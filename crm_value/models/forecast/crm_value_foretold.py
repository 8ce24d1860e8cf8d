from odoo import api, models
from odoo.tools import SQL

from ...const import OURS

FEW = 20  # customers: what fewer bring together is mostly far off


class CrmValueForetold(models.AbstractModel):
    """Base of lists of customers whose forecasts groups add up: of few nothing is told.

    Customers move together, so the interval of a sum does not follow from theirs, and
    what a few bring is mostly far off. What no row tells is in no sum either.
    """

    _name = "crm.value.foretold"
    _description = "Sums of Forecasts"

    @api.model
    def _foretold_sums(self):
        """Return the columns that are forecasts, and are added up."""
        return ["clv", "expected_purchases", "expected_revenue"]

    @api.model
    @api.readonly
    def formatted_read_group(self, domain, groupby=(), aggregates=(), **options):
        """Return groups of a list or chart; what the add-on asks itself adds up all."""
        self.check_access("read")
        shown = super(CrmValueForetold, self.with_context(value_tells=OURS))
        return shown.formatted_read_group(domain, groupby, aggregates, **options)

    @api.model
    @api.readonly
    def formatted_read_grouping_sets(
        self, domain, grouping_sets, aggregates=(), **options
    ):
        """Return groups of a pivot, with the same sums as a list's."""
        self.check_access("read")  # also where no group is asked for
        shown = super(CrmValueForetold, self.with_context(value_tells=OURS))
        return shown.formatted_read_grouping_sets(
            domain, grouping_sets, aggregates, **options
        )

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        added_up = super()._read_group_select(aggregate_spec, query)
        name, _colon, how = aggregate_spec.partition(":")
        told = self.env.context.get("value_tells") is OURS
        if not told or name not in self._foretold_sums() or how[:3] != "sum":
            return added_up
        known = SQL(
            "%s IS NOT NULL AND %s IS DISTINCT FROM 'insufficient'",
            self._field_to_sql(self._table, name, query),
            self._field_to_sql(self._table, "clv_confidence", query),
        )
        return SQL(
            "CASE WHEN COUNT(*) FILTER (WHERE %s) >= %s THEN %s FILTER (WHERE %s) END",
            known,
            FEW,
            added_up,
            known,
        )
