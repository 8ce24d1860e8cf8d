from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...const import OURS


class CrmValueMonthTotal(models.AbstractModel):
    """Base of sums that are kept of the rows of another report.

    The columns are named like those of the report, so that either answers the same
    question: where sums are there they are asked, else the report itself.
    """

    _name = "crm.value.month.total"
    _description = "Sums That Are Kept"
    _of = None  # the report
    _keys = ()  # its columns to group by
    _sums = ()  # its columns to add up
    _counts = ()  # those of them of which the known ones are counted, too

    kept_id = fields.Many2one(
        "crm.value.month.kept",
        string="Month Ends",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    key = fields.Char(required=True, help="All that is grouped by, in one text.")
    number = fields.Integer(required=True, help="Rows of the report.")

    _key_uniq = models.UniqueIndex("(kept_id, key)")

    # --- to be asked like the report ---

    def _read_group(self, domain, groupby=(), aggregates=(), *args, **kwargs):
        """Answer as the report would: its rows are the number kept here."""
        aggregates = [self._kept_name(spec) for spec in aggregates]
        return super()._read_group(domain, groupby, aggregates, *args, **kwargs)

    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        """Answer as the report would: its rows are the number kept here."""
        aggregates = [self._kept_name(spec) for spec in aggregates]
        return super()._read_grouping_sets(domain, grouping_sets, aggregates, order)

    @api.model
    def _kept_name(self, spec):
        """Return what stands here for an aggregate of the report."""
        if spec == "__count":
            return "number:sum"
        name, _colon, how = spec.partition(":")
        return f"{name}_count:sum" if how == "count" else spec

    @api.model
    def _read_group_empty_value(self, spec):
        """Return 0 for the number of no rows, though it is a sum here."""
        counted = spec == "number:sum" or spec.endswith("_count:sum")
        return 0 if counted else super()._read_group_empty_value(spec)

    @api.model
    def _known(self, pairs):
        """Return which pairs of month ends of the current company are kept."""
        kept = self._readable(self.env.company)
        days = {(one.date_from, one.date_to) for one in kept}
        return [p for p in pairs if (p["date_from"] or False, p["date_to"]) in days]

    @api.model
    def _readable(self, company):
        """Return the month ends whose sums answer the user: all customers or none."""
        if self.env.su or self.env.user._value_sees_whole(company):
            return self._kept(company)
        return self.env["crm.value.month.kept"]  # the report adds up what they see

    @api.model
    def _kept(self, company):
        """Return the month ends of a company whose sums are kept."""
        # Whoever asks for sums need not know which ones are there.
        return (
            self.env["crm.value.month.kept"]
            .sudo()
            .search([("company_id", "=", company.id), ("model", "=", self._name)])
        )

    @api.model
    def _domain_of(self, domain):
        """Return the report's domain in the words of what is kept."""
        return Domain(domain)

    @api.model
    def _answers(self, domain, names):
        """Return whether sums are kept of all that is asked for.

        :param names: what is grouped by and added up, as ``_read_group`` has them
        """
        domain = Domain(domain)
        own = {*self._keys, *self._sums, "company_id", "__count"}
        asked = {name.partition(":")[0] for name in names}
        asked |= (filtered := {one.field_expr for one in domain.iter_conditions()})
        other = any(self._is_no_sum(name) for name in names)
        if other or not asked <= own or filtered & {*self._sums}:
            return False
        companies = self.env.companies
        if self.env.su:  # no rule keeps to the user's
            companies = companies.search([])  # pylint: disable=no-search-all
        return all(
            len(self.with_company(company)._known(pairs)) == len(pairs)
            for company in companies
            if (pairs := self._found_pairs(company))
        )

    @api.model
    def _is_no_sum(self, spec):
        """Return whether it is of each row's amount: only their sums are kept."""
        name, _colon, how = spec.partition(":")
        return name in self._sums and how not in ("sum", "sum_currency")

    # --- to be made ---

    @api.model
    def _found_pairs(self, company):
        """Return the month ends that a report of all of them needs, as values."""
        raise NotImplementedError

    @api.model
    def _wanted(self, company):
        """Return the month ends whose sums shall be there, as values of a record."""
        return self._found_pairs(company)

    @api.model
    def _keep(self, company):
        """Make what is missing, and drop what nobody asks for any more."""
        kept = {(one.date_from, one.date_to): one for one in self._kept(company)}
        for values in self._wanted(company):
            pair = values["date_from"] or False, values["date_to"]
            if not kept.pop(pair, None):
                one = (
                    self.env["crm.value.month.kept"]
                    .sudo()
                    .create({**values, "company_id": company.id, "model": self._name})
                )
                self._add(one)
                self.env["crm.value.month.kept"]._commit()
        if kept:
            ids = [one.id for one in kept.values()]
            self.env["crm.value.month.kept"]._drop(company, SQL("id = ANY(%s)", ids))

    @api.model
    def _add(self, kept, customers=None, sign=1):
        """Add the rows of a pair of month ends to its sums.

        :param customers: ids at the time, None for all
        :param sign: -1 takes them out again
        """
        kept.flush_recordset()
        sums = [*self._sums, *(f"{name}_count" for name in self._counts)]
        names = ["kept_id", "company_id", "key", *self._keys, "number", *sums]
        report = self.env[self._of].with_context(
            value_few=OURS,
            value_customers=customers,
            value_company=kept.company_id.id,
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO %(table)s AS kept (%(names)s)
                     SELECT %(kept)s, company_id, ROW(%(keys)s)::varchar, %(keys)s,
                            %(sums)s
                       FROM (%(rows)s) part
                      WHERE %(which)s
                   GROUP BY company_id, %(keys)s
                ON CONFLICT (kept_id, key) DO UPDATE SET %(update)s
                """,
                table=SQL.identifier(self._table),
                names=self._list(names),
                kept=kept.id,
                keys=self._list(self._keys),
                sums=self._summed(sign),
                rows=self._rows(report, kept),
                which=self._which(),
                update=SQL(", ").join(
                    SQL("%s = kept.%s + excluded.%s", *[SQL.identifier(name)] * 3)
                    for name in ("number", *sums)
                ),
            )
        )
        if sign < 0 or customers is not None:
            self._sweep(kept)
        self.invalidate_model()

    @api.model
    def _list(self, names):
        return SQL(", ").join(SQL.identifier(name) for name in names)

    @api.model
    def _summed(self, sign):
        """Return the SQL of the sums; numeric, so that what is taken out leaves 0."""
        sums = [SQL("%s * COUNT(*)", sign)]
        sums += [
            SQL("%s * COALESCE(SUM(%s::numeric), 0)", sign, SQL.identifier(name))
            for name in self._sums
        ]
        sums += [SQL("%s * COUNT(%s)", sign, SQL.identifier(n)) for n in self._counts]
        return SQL(", ").join(sums)

    @api.model
    def _sweep(self, kept):
        """Delete the groups that nobody is in any more."""
        self.env.cr.execute(
            SQL(
                "DELETE FROM %s WHERE kept_id = %s AND number = 0",
                SQL.identifier(self._table),
                kept.id,
            )
        )

    @api.model
    def _rows(self, report, kept):
        """Return the SQL of the report's rows of one pair of month ends."""
        return report._one_pair(kept)

    @api.model
    def _which(self):
        """Return the condition of the rows that count."""
        return SQL("TRUE")

    # --- a scoring ---

    @api.model
    def _moving(self, flow):
        """Return [(kept, customers)] whose rows a scoring may change."""
        if flow.scope.partner_ids is None:
            return []
        opened = self._kept(flow.company).filtered("is_open")
        return [(kept, list(flow.scope.partner_ids)) for kept in opened]

    @api.model
    def _take_out(self, flow):
        """Take the customers of a flow out of the sums, as long as they are as then."""
        flow.results[self._name] = moving = self._moving(flow)
        for kept, customers in moving:
            self._add(kept, customers, -1)

    @api.model
    def _put_in(self, flow):
        """Put the customers of a flow into the sums, as they are now."""
        for kept, customers in flow.results.pop(self._name, ()):
            self._add(kept, customers)
