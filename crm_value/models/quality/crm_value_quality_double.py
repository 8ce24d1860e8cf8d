from odoo import api, fields, models
from odoo.tools import SQL

from ...const import OFFICER
from .const import MANY

# The signs by which two customers look like one, the surest first.
SIGNS = [
    ("vat", "Tax ID"),
    ("email", "Mail Address"),
    ("phone", "Phone"),
    ("name", "Name and City"),
]


class CrmValueQualityDouble(models.Model):
    """A customer that looks like another one, which has bought more.

    Found anew at each check. What people say of two ("not the same") stays, and the
    two are not found again.
    """

    _name = "crm.value.quality.double"
    _description = "Customers That Look Like One"
    _is_result = True
    _log_access = False
    _order = "id"  # stored by money, which not everybody may sort by
    _rec_name = "partner_id"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="cascade"
    )
    twin_id = fields.Many2one(
        "res.partner",
        string="Looks Like",
        required=True,
        index=True,
        ondelete="cascade",
    )
    sign = fields.Selection(SIGNS, string="The Same", required=True)
    value = fields.Char(string="Namely", required=True)
    revenue = fields.Monetary(
        groups=OFFICER, help="Of the one that bought less, in the value window."
    )
    accepted_by_id = fields.Many2one("res.users", string="Not the Same, Says")
    accepted_on = fields.Date()

    _two = models.Constraint("CHECK (partner_id <> twin_id)", "A customer is itself.")
    _once = models.UniqueIndex("(company_id, partner_id, twin_id)")

    def action_merge(self):
        """Open Odoo's own dialog that merges contacts, with these two."""
        self.check_access("read")
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "base.action_partner_merge"
        )
        two = self.twin_id | self.partner_id
        return {
            **action,
            "context": {"active_model": "res.partner", "active_ids": two.ids},
        }

    def action_accept(self):
        """Say that the two are not the same."""
        self._note({"accepted_by_id": self.env.uid, "accepted_on": self._today()})

    def action_undo(self):
        """Take that back; the next check looks at the two again."""
        self._note({"accepted_by_id": False, "accepted_on": False})

    def _note(self, values):
        self.check_access("read")
        self.sudo().write(values)  # written by their own code alone

    def _today(self):
        return self.env["crm.value.run"]._today(self.env.company)

    @api.model
    def _find(self, company):
        """Look for the duplicates among the customers of a company."""
        for model in ("crm.value.profile", "res.partner", self._name):
            self.env[model].flush_model()
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM crm_value_quality_double
                 WHERE company_id = %s AND accepted_by_id IS NULL
                """,
                company.id,
            )
        )
        self.env.cr.execute(SQL(DOUBLES, company=company.id, many=MANY))
        self.invalidate_model()


# A person's name and city say too little; a company's say enough. Two tax numbers that
# differ are two customers, whatever else is the same.
DOUBLES = """
WITH customer AS MATERIALIZED (
    SELECT partner.id, profile.revenue,
           NULLIF(UPPER(REGEXP_REPLACE(
               COALESCE(partner.vat, ''), '[^[:alnum:]]', '', 'g')), '') AS vat,
           NULLIF(partner.email_normalized, '') AS email,
           REGEXP_REPLACE(
               COALESCE(NULLIF(partner.phone_sanitized, ''), partner.phone, ''),
               '[^0-9+]', '', 'g') AS phone,
           CASE WHEN partner.is_company AND partner.name <> '' AND partner.city <> ''
                THEN LOWER(REGEXP_REPLACE(
                    partner.name, '[[:punct:][:space:]]', '', 'g'))
                  || ', ' || LOWER(REGEXP_REPLACE(
                    partner.city, '[[:punct:][:space:]]', '', 'g'))
            END AS name
      FROM crm_value_profile profile
      JOIN res_partner partner ON partner.id = profile.partner_id
     WHERE profile.company_id = %(company)s
       AND profile.purchase_count > 0
       AND partner.active
       AND partner.value_is_crowd IS NOT TRUE
), said AS MATERIALIZED (
    SELECT id, revenue, vat, 1 AS place, 'vat' AS sign, vat AS value
      FROM customer WHERE LENGTH(vat) >= 5
     UNION ALL
    SELECT id, revenue, vat, 2, 'email', email FROM customer WHERE email IS NOT NULL
     UNION ALL
    SELECT id, revenue, vat, 3, 'phone', phone FROM customer WHERE LENGTH(phone) >= 6
     UNION ALL
    SELECT id, revenue, vat, 4, 'name', name FROM customer WHERE name IS NOT NULL
), shared AS (
    SELECT sign, value
      FROM said
  GROUP BY sign, value
    HAVING COUNT(*) BETWEEN 2 AND %(many)s
), same AS (
    SELECT said.*, FIRST_VALUE(id) OVER strongest AS twin,
           FIRST_VALUE(vat) OVER strongest AS twin_vat
      FROM said
      JOIN shared USING (sign, value)
    WINDOW strongest AS (PARTITION BY sign, value ORDER BY revenue DESC, id)
)
INSERT INTO crm_value_quality_double
            (company_id, partner_id, twin_id, sign, value, revenue)
SELECT %(company)s, id, twin, sign, value, GREATEST(revenue, 0)
  FROM (
    SELECT DISTINCT ON (id) *
      FROM same
     WHERE id <> twin
       AND (vat IS NULL OR twin_vat IS NULL OR vat = twin_vat)
       AND NOT EXISTS (
           SELECT FROM crm_value_quality_double told
            WHERE told.company_id = %(company)s
              AND (told.partner_id, told.twin_id)
                  IN ((same.id, same.twin), (same.twin, same.id)))
     ORDER BY id, place
 ) surest
 ORDER BY revenue DESC, id
"""
