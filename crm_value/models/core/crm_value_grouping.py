from odoo import models
from odoo.tools import SQL

# The fields to group by, and the figures of the profile that they show.
SHOWN = {
    "value_quadrant": "quadrant",
    "value_stage_id": "stage_id",
    "value_tier_id": "tier_id",
    "value_loyalty_class": "loyalty_class",
    "value_satisfaction_quadrant": "satisfaction_quadrant",
}


class CrmValueGrouping(models.AbstractModel):
    """Groups and sorts contacts and documents by what their profile shows.

    The fields are not stored here; the database reads them from the profile.
    """

    _name = "crm.value.grouping"
    _description = "Grouping by Customer Value"

    def _field_to_sql(self, alias, field_expr, query=None):
        """Read a figure from the profile, which is joined once."""
        figure = SHOWN.get(field_expr)
        if not figure or query is None:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        profile = query.make_alias(alias, "value_profile")
        fields = self.env["crm.value.profile"]._fields
        query.add_join(
            "LEFT JOIN",
            profile,
            "crm_value_profile",
            SQL(
                "%s = %s AND %s = %s AND %s = ANY(%s)",
                SQL.identifier(profile, "partner_id", to_flush=fields["partner_id"]),
                self._value_customer_sql(alias, query),
                SQL.identifier(profile, "company_id", to_flush=fields["company_id"]),
                self._value_company_sql(alias, query),
                SQL.identifier(profile, "company_id"),
                self.env.companies.ids,
            ),
        )
        return SQL.identifier(profile, figure, to_flush=fields[figure])

    def _value_customer_sql(self, alias, query):
        """Return the SQL of the customer whose profile is shown."""
        raise NotImplementedError

    def _value_company_sql(self, alias, query):
        """Return the SQL of the company whose profile is shown."""
        raise NotImplementedError
