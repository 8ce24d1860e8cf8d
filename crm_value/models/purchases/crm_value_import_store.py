import os
from base64 import b64encode
from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, split_every

FEW_CUSTOMERS = 1000  # more of them are scored by a full run
BATCH = 500
# How a partner writes what the file names it by; the file's side is written alike.
PARTNER_KEYS = {
    "ref": SQL("ARRAY[btrim(partner.ref)]"),
    "vat": SQL("ARRAY[upper(regexp_replace(partner.vat, '[^[:alnum:]]', '', 'g'))]"),
    "email": SQL("ARRAY[partner.email_normalized]"),
    "name": SQL(
        "ARRAY[lower(btrim(partner.name)), lower(btrim(partner.complete_name))]"
    ),
}
PARTNER_FIELDS = [
    "active",
    "commercial_partner_id",
    "company_id",
    "complete_name",
    "email_normalized",
    "name",
    "ref",
    "vat",
]


class CrmValueImport(models.Model):
    """Storing of staged lines in one transaction, its undoing, and whose they are."""

    _inherit = "crm.value.import"

    def _import(self):
        """Take all good lines in; find out anew who is who, for time has passed."""
        self._resolve()
        self._report()
        if self.bad_count and not self.skip_bad:
            self._note(
                {
                    "state": "checked",
                    "message": self.env._(
                        "Customers have changed since the check: %(count)s lines now "
                        "have errors. Nothing has been imported.",
                        count=self.bad_count,
                    ),
                }
            )
            return
        self._create_customers()
        self._insert()
        self._analyze("crm_value_transaction")
        self._rescore(self._customers())
        self._drop_staged()
        self._note(
            {"state": "done", "done_at": fields.Datetime.now(), "message": False}
        )

    def _insert(self):
        """Turn the staged lines into purchases by one statement."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_value_transaction (
                    partner_id, company_id, date, document, amount, amount_original,
                    currency_id, margin, quantity, channel, product_name, source_key,
                    import_id
                )
                SELECT partner_id, %(company)s, date, document, amount, amount_original,
                    currency_id, margin, quantity, channel, product_name, source_key,
                    import_id
                FROM (%(lines)s) judged WHERE reason IS NULL ORDER BY number
                ON CONFLICT (company_id, source_key) DO NOTHING
                """,
                company=self.company_id.id,
                lines=self._judged_lines(),
            )
        )
        self.env["crm.value.transaction"].invalidate_model()

    def _customers(self):
        """Return the commercial partners of this import's purchases."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT coalesce(partner.commercial_partner_id, partner.id)
                FROM crm_value_transaction bought
                JOIN res_partner partner ON partner.id = bought.partner_id
                WHERE bought.import_id = %s
                """,
                self.id,
            )
        )
        return self.env["res.partner"].browse(row[0] for row in rows)

    def _rescore(self, customers):
        """Have the customers scored again: a few by the refresh, many by a full run."""
        if len(customers) <= FEW_CUSTOMERS:
            self.env["crm.value.stale"]._mark(customers, self.company_id)
        else:
            self._rescore_everybody()

    def _rescore_everybody(self):
        """Have all customers of the company scored: too many have changed."""

    def action_undo(self):
        """Take the purchases of this import back. Customers it created stay."""
        self.ensure_one()
        self.check_access("write")
        self.env["crm.value.transaction"].check_access("unlink")
        if self.state != "done":
            raise UserError(self.env._("Only a completed import can be undone."))
        self.env.flush_all()
        customers = self._customers()
        self.env.cr.execute(
            SQL("DELETE FROM crm_value_transaction WHERE import_id = %s", self.id)
        )
        count = self.env.cr.rowcount
        self.env["crm.value.transaction"].invalidate_model()
        self._rescore(customers)
        self._note(
            {
                "state": "undone",
                "undone_by_id": self.env.uid,
                "undone_at": fields.Datetime.now(),
                "message": self._undo_message(count),
            }
        )

    def _undo_message(self, count):
        created = self.env["crm.value.import.customer"].search_count(
            [("import_id", "=", self.id), ("created", "=", True)]
        )
        if not created:
            return self.env._("%(count)s purchases were removed.", count=count)
        return self.env._(
            "%(count)s purchases were removed. The %(created)s customers created by "
            "the import remain: see “Created Customers”.",
            count=count,
            created=created,
        )

    @api.model
    def _import_file(self, path, company, mapping=None, create_missing=True, **values):
        """Import a file of the server's disk at once, as from a shell.

        In ``odoo shell``, where ``env`` is at hand and nothing commits by itself::

            env["crm.value.import"]._import_file("history.csv.gz", env.company)
            env.cr.commit()

        :param dict mapping: name of a column → what it holds (a key of
            ``crm.value.import.column.target``); columns it leaves out are not read.
            Without it the guess from the names is taken.
        :param values: more fields of the import, e.g. ``decimal_comma=True``
        :return: the import, "done", or "checked" with a report if a line is bad: then
            nothing has been imported
        """
        record = self.with_company(company).create(
            {
                "company_id": company.id,
                "filename": os.path.basename(path),
                "file": b64encode(Path(path).read_bytes()),
            }
        )
        if mapping:
            record._set_mapping(mapping)
        record.write({"create_missing": create_missing, **values})
        record._check_rights()
        record._check_matching()
        record._check()
        if not record.bad_count:
            record._import()
        return record

    def _set_mapping(self, mapping):
        """Match the columns as ``mapping`` says, and no others."""
        unknown = set(mapping) - set(self.column_ids.mapped("name"))
        if unknown:
            raise UserError(
                self.env._(
                    "The file has no column “%(name)s”. It has: %(names)s.",
                    name=min(unknown),
                    names=", ".join(filter(None, self.column_ids.mapped("name"))),
                )
            )
        for column in self.column_ids:
            column.target = mapping.get(column.name, False)

    # --- matching of customers to contacts: one statement per kind of key ---

    def _collect_customers(self):
        """List each customer of the new lines once, as its first line describes it."""
        self.env.cr.execute(
            SQL("DELETE FROM crm_value_import_customer WHERE import_id = %s", self.id)
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_value_import_customer
                    (import_id, kind, key, ref, vat, email, name, country, created)
                SELECT DISTINCT ON (kind, key)
                    import_id, kind, key, ref, vat, email, name, country, FALSE
                FROM crm_value_import_line
                WHERE import_id = %s AND error IS NULL
                ORDER BY kind, key, number
                """,
                self.id,
            )
        )

    def _match_customers(self):
        """Find the partner of each customer; note who is missing or ambiguous."""
        self.env["res.partner"].flush_model(PARTNER_FIELDS)
        labels = dict(self._fields["match_by"]._description_selection(self.env))
        for kind in PARTNER_KEYS:
            self._match_kind(kind, labels[kind])
        self.env["crm.value.import.customer"].invalidate_model()

    def _match_kind(self, kind, label):
        """Match the customers named by one kind of key.

        Active partners go before archived ones. Several partners of one commercial
        entity are the same customer: the entity itself is taken.
        """
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_value_import_customer customer
                SET partner_id = CASE WHEN found.entities = 1 THEN found.partner_id END,
                    error = CASE
                        WHEN found.entities > 1 THEN replace(
                            replace(%(ambiguous)s, '%%count', found.entities::text),
                            '%%key', customer.key
                        )
                        WHEN found.id IS NULL AND NOT %(create)s
                        THEN replace(%(missing)s, '%%key', customer.key)
                    END
                FROM crm_value_import_customer listed
                    LEFT JOIN (%(found)s) found USING (id)
                WHERE customer.id = listed.id
                    AND listed.import_id = %(id)s AND listed.kind = %(kind)s
                """,
                id=self.id,
                kind=kind,
                found=self._found(kind),
                create=self.create_missing,
                missing=self.env._(
                    "No customer has the %(kind)s “%(key)s”", kind=label, key="%key"
                ),
                ambiguous=self.env._(
                    "%(count)s customers have the %(kind)s “%(key)s”",
                    count="%count",
                    kind=label,
                    key="%key",
                ),
            )
        )

    def _found(self, kind):
        """Return the SQL of customers that partners match, with their entities."""
        return SQL(
            """
            SELECT id, count(DISTINCT entity_id) AS entities,
                (array_agg(
                    partner_id ORDER BY partner_id <> entity_id, partner_id
                ))[1] AS partner_id
            FROM (
                SELECT customer.id, partner.id AS partner_id, partner.active,
                    coalesce(partner.commercial_partner_id, partner.id) AS entity_id,
                    bool_or(partner.active) OVER (PARTITION BY customer.id)
                        AS any_active
                FROM (%(usable)s) usable
                JOIN res_partner partner ON partner.id = usable.id
                CROSS JOIN LATERAL unnest(%(partner_keys)s) AS named(key)
                JOIN crm_value_import_customer customer ON customer.key = named.key
                WHERE customer.import_id = %(id)s AND customer.kind = %(kind)s
            ) candidate
            WHERE active = any_active GROUP BY id
            """,
            usable=self._usable_partners(),
            partner_keys=PARTNER_KEYS[kind],
            id=self.id,
            kind=kind,
        )

    def _usable_partners(self):
        """Return SQL of the partners usable in the company, archived as well."""
        domain = Domain("company_id", "=", False) | Domain(
            "company_id", "parent_of", self.company_id.id
        )
        partners = self.env["res.partner"].with_context(active_test=False)
        return partners._search(domain).select(SQL("res_partner.id"))

    def _create_customers(self):
        """Create the customers that were not found, in batches, in no company."""
        missing = self.env["crm.value.import.customer"].search_fetch(
            [
                ("import_id", "=", self.id),
                ("partner_id", "=", False),
                ("error", "=", False),
            ]
        )
        countries = self._countries()
        partners = self.env["res.partner"].with_context(
            tracking_disable=True, mail_create_nosubscribe=True, no_vat_validation=True
        )
        for batch in split_every(BATCH, missing.ids, missing.browse):
            created = partners.create(
                [self._prepare_partner_vals(customer, countries) for customer in batch]
            )
            self._link_created(batch, created)

    def _link_created(self, customers, partners):
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_value_import_customer customer
                SET partner_id = made.partner_id, created = TRUE
                FROM unnest(%s, %s) AS made(id, partner_id) WHERE made.id = customer.id
                """,
                customers.ids,
                partners.ids,
            )
        )
        self.env.invalidate_all()

    def _prepare_partner_vals(self, customer, countries):
        name = customer.name or customer.ref or customer.email or customer.vat
        country = (customer.country or "").strip().lower()
        return {
            "name": name,
            "ref": customer.ref,
            "vat": customer.vat,
            "email": customer.email,
            "is_company": bool(customer.vat),
            "country_id": countries.get(country, False),
            "customer_rank": 1,
            "company_id": False,
        }

    def _countries(self):
        """Return country ids by lower-case code and by name, English and the user's."""
        ids = {}
        for lang in {"en_US", self.env.lang or "en_US"}:
            countries = self.env["res.country"].with_context(lang=lang)
            # Some 250, each of which the file may name.
            for country in countries.search([]):  # pylint: disable=no-search-all
                ids[country.name.lower()] = ids[country.code.lower()] = country.id
        return ids
