from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...sheets.purchases.identity import NOBODY

LEARNT = ("ref", "email")


class CrmValueImport(models.Model):
    """What identified a customer is learnt: the number and the e-mail of a contact.

    Only into empty fields, and only what nobody else is known by: the next file may
    name the customer by either. A VAT number is not learnt, for it decides about taxes.
    """

    _inherit = "crm.value.import"

    learnt_count = fields.Integer(
        string="Contacts Completed",
        readonly=True,
        copy=False,
        help="Contacts that had no reference or no e-mail address and got the one by "
        "which the file names them. Undoing the import takes them back.",
    )

    def _learn_customers(self):
        """Write what the file names customers by on those who lacked it."""
        self.env["res.partner"].flush_model(["active", "email_normalized", *LEARNT])
        partners = self._writable_contacts()
        changed = set()
        for name in LEARNT:
            self._note_learnt(name, partners)
            value = SQL.identifier("customer", name)
            changed |= self._set_learnt(name, value, SQL("TRUE"))
        self._tell_partners(changed)
        self._note({"learnt_count": len(changed)})

    def _writable_contacts(self):
        """Return the ids of the contacts found that the user may change."""
        rows = self.env.execute_query(
            SQL("SELECT DISTINCT partner_id FROM (%s) known", self._known_customers())
        )
        found = self.env["res.partner"].browse(row[0] for row in rows)
        if not found.browse().has_access("write"):
            return []
        return found._filtered_access("write").ids

    def action_view_learnt(self):
        """Open the contacts this import completed."""
        self.check_access("read")
        learnt = Domain("ref_learnt", "=", True) | Domain("email_learnt", "=", True)
        lines = self.env["crm.value.import.customer"].search(
            Domain("import_id", "in", self.ids) & learnt
        )
        return lines.partner_id._get_records_action(
            name=self.env._("Contacts Completed")
        )

    def _known_customers(self):
        """Return SQL of the customers that are contacts already, with what they say."""
        return SQL(
            """
            SELECT customer.id, customer.ref, customer.email,
                coalesce(customer.partner_id, same.partner_id) AS partner_id
            FROM crm_value_import_customer customer
            LEFT JOIN crm_value_import_customer same ON same.id = customer.same_id
            WHERE customer.import_id = %s AND customer.kind <> %s
                AND customer.error IS NULL AND NOT customer.created
                AND NOT coalesce(same.created, FALSE)
                AND coalesce(customer.partner_id, same.partner_id) IS NOT NULL
            """,
            self.id,
            NOBODY,
        )

    def _note_learnt(self, name, partners):
        """Note whose key is new to its contact: of two, the first one the file has.

        What the file says of two customers tells them apart from nobody.
        """
        compared = "email_normalized" if name == "email" else name
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_value_import_customer customer
                SET %(learnt)s = TRUE, partner_id = said.partner_id
                FROM (
                    SELECT DISTINCT ON (partner_id) id, partner_id, said FROM (
                        SELECT id, partner_id, %(key)s AS said,
                            min(partner_id) OVER (PARTITION BY %(key)s)
                                = max(partner_id) OVER (PARTITION BY %(key)s) AS is_one
                        FROM (%(known)s) known
                    ) known
                    WHERE said IS NOT NULL AND is_one
                    ORDER BY partner_id, id
                ) said
                JOIN res_partner partner ON partner.id = said.partner_id
                WHERE customer.id = said.id AND said.partner_id = ANY(%(partners)s)
                    AND coalesce(partner.%(key)s, '') = ''
                    AND (%(is_number)s OR said.said ~ '^[^@ ]+@[^@ ]+$')
                    AND NOT EXISTS (
                        SELECT FROM res_partner other WHERE %(other)s = said.said
                    )
                """,
                learnt=SQL.identifier(f"{name}_learnt"),
                key=SQL.identifier(name),
                other=SQL.identifier("other", compared),
                is_number=name == "ref",
                known=self._known_customers(),
                partners=partners,
            )
        )

    def _forget_learnt(self):
        """Take back what this import wrote on contacts, unless somebody changed it."""
        self.env["res.partner"].flush_model([*LEARNT])
        changed = set()
        for name in LEARNT:
            column = SQL.identifier("partner", name)
            is_kept = SQL("%s = %s", column, SQL.identifier("customer", name))
            changed |= self._set_learnt(name, SQL("NULL"), is_kept)
        self._tell_partners(changed)
        return len(changed)

    def _set_learnt(self, name, value, condition):
        """Set a key of the contacts for whom one was noted; return their ids."""
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE res_partner partner
                SET %(key)s = %(value)s, write_uid = %(user)s,
                    write_date = now() AT TIME ZONE 'UTC'
                FROM crm_value_import_customer customer
                WHERE customer.import_id = %(id)s AND customer.%(learnt)s
                    AND partner.id = customer.partner_id AND %(condition)s
                RETURNING partner.id
                """,
                key=SQL.identifier(name),
                value=value,
                user=self.env.uid,
                id=self.id,
                learnt=SQL.identifier(f"{name}_learnt"),
                condition=condition,
            )
        )
        return {row[0] for row in rows}

    def _tell_partners(self, ids):
        """Have Odoo compute anew what depends on the numbers and addresses."""
        partners = self.env["res.partner"].browse(ids)
        partners.invalidate_recordset(list(LEARNT), flush=False)
        partners.modified(LEARNT)
