"""A float that can be unknown, a reference not looked up, JSON kept as it is."""

from odoo import fields


class NullableFloat(fields.Float):
    """A float whose empty value is "not known" instead of zero.

    Odoo reads an empty float as 0.0. A customer who never had a due invoice does not
    pay 0.0 days late; it has no such figure. Empty reads as False and shows as blank,
    and averages leave it out, as SQL does.
    """

    falsy_value = None

    def convert_to_column(self, value, record, values=None, validate=True):
        if value is None or value is False:
            return None
        return super().convert_to_column(value, record, values, validate)

    def convert_to_cache(self, value, record, validate=True):
        if value is None or value is False:
            return None
        return super().convert_to_cache(value, record, validate)

    def convert_to_record(self, value, record):
        return False if value is None else value

    def convert_to_export(self, value, record):
        return "" if value is False else value

    def filter_function(self, records, field_expr, operator, value):
        if operator != "in":
            return super().filter_function(records, field_expr, operator, value)
        # Python takes False for 0, so equality alone would mix them up.
        getter = self.expression_getter(field_expr)
        unknown = any(item is False or item is None for item in value)
        numbers = {item for item in value if item is not False and item is not None}

        def matches(record):
            found = getter(record)
            return unknown if found is False else found in numbers

        return matches


class NullableMoney(NullableFloat):
    """Money in company currency that can be unknown; who writes it rounds it."""


class UncheckedMany2one(fields.Many2one):
    """A reference that PostgreSQL does not look up at each write.

    For what a run writes into all rows: looking it up is a quarter of storing them. The
    model it names has to refuse to go while it is named.
    """

    def update_db_foreign_key(self, model, column):
        """Add no foreign key."""


class KeptJson(fields.Json):
    """JSON that nobody changes once it is written: what a run or a fit has learnt.

    Odoo copies JSON for whoever reads it, since somebody might change it in place. The
    scales of a run are long, and each refresh reads them.
    """

    def convert_to_record(self, value, record):
        return False if value is None else value
