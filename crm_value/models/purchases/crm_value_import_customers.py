from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, split_every

from ...sheets.purchases.identity import NOBODY, UNSEEN
from .crm_value_import_known import KNOWN

BATCH = 500


def _as_read(column):
    """Return SQL of a text as ``identity.plain`` makes it."""
    return SQL(
        "btrim(regexp_replace(normalize(translate(%s, %s, '')), '\\s+', ' ', 'g'))",
        column,
        "".join(map(chr, UNSEEN)),
    )


# How a partner writes what the file names it by; the file's side is written alike.
PARTNER_KEYS = {
    "ref": SQL("ARRAY[%s]", _as_read(SQL("partner.ref"))),
    "vat": SQL("ARRAY[upper(regexp_replace(partner.vat, '[^[:alnum:]]', '', 'g'))]"),
    "email": SQL("ARRAY[partner.email_normalized]"),
    "name": SQL(
        "ARRAY[lower(%s), lower(%s)]",
        _as_read(SQL("partner.name")),
        _as_read(SQL("partner.complete_name")),
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
    """Customers of an import: matched to contacts, one statement a key, or created."""

    _inherit = "crm.value.import"

    walk_in_id = fields.Many2one(
        "res.partner",
        string="Lines without a Customer Belong to",
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
        help="One contact, say “Walk-in customers”, to whom all lines count that name "
        "nobody. Left empty, such lines are errors. The figures of this contact are "
        "those of many people.",
    )

    def action_import(self):
        """Remember that the contact of lines without a customer is many customers."""
        # Whoever may import need not be allowed to change contacts.
        self.walk_in_id.sudo().value_is_crowd = True
        return super().action_import()

    def _collect_customers(self):
        """List each customer of the new lines once, with all that the file says.

        A customer is described by the first line that says anything: the number may
        stand in one line, the e-mail address in another.
        """
        self.env.cr.execute(
            SQL("DELETE FROM crm_value_import_customer WHERE import_id = %s", self.id)
        )
        names = ("ref", "vat", "email", "name", "country")
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_value_import_customer
                    (import_id, kind, key, ref, vat, email, name, country, created)
                SELECT %(id)s, found.kind, found.key, %(values)s, FALSE
                FROM (
                    SELECT kind, key, min(number) AS number, %(firsts)s
                    FROM crm_value_import_line line
                    WHERE import_id = %(id)s AND error IS NULL AND NOT %(known)s
                    GROUP BY kind, key
                ) found %(joins)s
                ORDER BY found.number
                """,
                id=self.id,
                known=KNOWN,
                values=SQL(", ").join(SQL.identifier(f"in_{n}", n) for n in names),
                firsts=SQL(", ").join(
                    SQL(
                        "min(number) FILTER (WHERE %s IS NOT NULL) AS %s",
                        SQL.identifier(name),
                        SQL.identifier(name),
                    )
                    for name in names
                ),
                joins=SQL(" ").join(self._join_line(name) for name in names),
            )
        )

    def _join_line(self, name):
        """Return SQL that joins the first line with a ``name``, as ``in_<name>``."""
        alias = SQL.identifier(f"in_{name}")
        return SQL(
            "LEFT JOIN crm_value_import_line %s "
            "ON %s.import_id = %s AND %s.number = found.%s",
            alias,
            alias,
            self.id,
            alias,
            SQL.identifier(name),
        )

    def _match_customers(self):
        """Find the partner of each customer; note who is missing or ambiguous."""
        self.env["res.partner"].flush_model(PARTNER_FIELDS)
        kinds = self.env.execute_query(
            SQL(
                "SELECT DISTINCT kind FROM crm_value_import_customer "
                "WHERE import_id = %s",
                self.id,
            )
        )
        for kind in sorted(row[0] for row in kinds):
            if kind == NOBODY:
                self._match_nobody()
            else:
                self._match_kind(kind)
        if self.match_by == "auto":
            self._unite_customers()
        self._say_customers()
        self.env["crm.value.import.customer"].invalidate_model()

    def _match_nobody(self):
        """Give the lines that name nobody to the contact chosen for them."""
        if not self.walk_in_id:  # deleted since the check
            raise UserError(
                self.env._(
                    "The contact for lines without a customer is no longer there. "
                    "Choose another one, and check the file again."
                )
            )
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_value_import_customer
                SET partner_id = %s, several = 1, outcome = 'found'
                WHERE import_id = %s AND kind = %s
                """,
                self.walk_in_id.id,
                self.id,
                NOBODY,
            )
        )

    def _match_kind(self, kind):
        """Match the customers named by one kind of key.

        Active partners go before archived ones. Several partners of one commercial
        entity are the same customer: the entity itself is taken.
        """
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_value_import_customer customer
                SET partner_id = CASE WHEN found.entities = 1 THEN found.partner_id END,
                    several = coalesce(found.entities, 0),
                    outcome = CASE
                        WHEN found.entities > 1 THEN 'several'
                        WHEN found.id IS NULL THEN 'missing'
                        ELSE 'found'
                    END
                FROM crm_value_import_customer listed
                    LEFT JOIN (%(found)s) found USING (id)
                WHERE customer.id = listed.id
                    AND listed.import_id = %(id)s AND listed.kind = %(kind)s
                """,
                id=self.id,
                kind=kind,
                found=self._found(
                    PARTNER_KEYS[kind],
                    SQL("customer.kind = %s AND customer.key = named.key", kind),
                ),
            )
        )

    def _found(self, partner_keys, is_named):
        """Return the SQL of customers that partners match, with their entities.

        :param SQL partner_keys: array of the keys of a ``partner``
        :param SQL is_named: whether ``named.key`` is the one of a ``customer``
        """
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
                JOIN crm_value_import_customer customer ON %(is_named)s
                WHERE customer.import_id = %(id)s
            ) candidate
            WHERE active = any_active GROUP BY id
            """,
            usable=self._usable_partners(),
            partner_keys=partner_keys,
            is_named=is_named,
            id=self.id,
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
                ("same_id", "=", False),
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
        number = customer.ref or customer.vat
        name = customer.name or customer.ref or customer.email or customer.vat
        country = (customer.country or "").strip().lower()
        vals = {
            "name": name,
            "ref": customer.ref,
            "vat": customer.vat,
            "email": customer.email,
            "is_company": bool(customer.vat),
            "country_id": countries.get(country, False),
            "customer_rank": 1,
            "company_id": False,
        }
        if customer.outcome == "shared":  # the address leads to somebody else
            note = self.env._("E-mail in the file: %(email)s", email=customer.email)
            vals |= {"email": False, "comment": Markup("<p>%s</p>") % note}
            vals["name"] = name if name == number else f"{name} ({number})"
        return vals

    def _countries(self):
        """Return country ids by lower-case code and by name, English and the user's."""
        ids = {}
        for lang in {"en_US", self.env.lang or "en_US"}:
            countries = self.env["res.country"].with_context(lang=lang)
            # Some 250, each of which the file may name.
            for country in countries.search([]):  # pylint: disable=no-search-all
                ids[country.name.lower()] = ids[country.code.lower()] = country.id
        return ids
