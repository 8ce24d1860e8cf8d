from odoo import api, models


class CrmValueMonthAsking(models.AbstractModel):
    """Base of a report that asks for the sums that are kept of it, where they do.

    What is kept answers the same question with the same figures; what it cannot
    answer, the report adds up itself.
    """

    _name = "crm.value.month.asking"
    _description = "Report That Asks for Sums"
    _total = None  # the model of the sums

    @api.model
    def _asked(self, domain, names):
        """Return (model, domain) to ask: the sums if they say all of it, or None."""
        self.check_access("read")
        total = self.env[self._total]
        domain = total._domain_of(domain)
        return (total, domain) if total._answers(domain, names) else None

    @api.model
    def _read_group(self, domain, groupby=(), aggregates=(), *args, **kwargs):
        """Add up what is kept instead of all customers, where it says the same."""
        asked = self._asked(domain, [*groupby, *aggregates])
        if not asked:
            return super()._read_group(domain, groupby, aggregates, *args, **kwargs)
        total, domain = asked
        return total._read_group(domain, groupby, aggregates, *args, **kwargs)

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        """Add up what is kept instead of all customers, where it says the same."""
        names = [name for names in grouping_sets for name in names]
        asked = self._asked(domain, [*names, *aggregates])
        if not asked:
            return super()._read_grouping_sets(domain, grouping_sets, aggregates, order)
        total, domain = asked
        return total._read_grouping_sets(domain, grouping_sets, aggregates, order)
