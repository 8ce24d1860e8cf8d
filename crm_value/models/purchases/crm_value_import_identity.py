import json

from odoo import fields, models
from odoo.tools import SQL

from .crm_value_import_customers import PARTNER_KEYS
from .crm_value_import_known import KNOWN


class CrmValueImport(models.Model):
    """One person by several keys: a number here, an e-mail or a name there.

    A number that no contact has is looked for by its VAT and e-mail. A line that has an
    e-mail or a name only belongs to the number that the same file gives it to. Two
    numbers with one e-mail may be two customers or one: that is asked.
    """

    _inherit = "crm.value.import"

    shared_email = fields.Selection(
        [("same", "One customer"), ("apart", "Customers of their own")],
        string="Numbers That Share an E-mail",
        readonly=True,
        copy=False,
        help="Empty: not decided yet. Customers of their own: the first one keeps the "
        "e-mail address; of the others it is noted on the contact.",
    )

    def _unite_customers(self):
        """Find the customers that are there, or in the file, by another key."""
        numbers, vats, addresses, by_email, by_name = self._unfound()
        if numbers:
            self._find_by_other_case()
            self._unite_other_case()
        if vats:  # branches of a company share it
            self._find_by_other_key("vat", otherwise="missing")
        if addresses:
            self._find_by_other_key("email", otherwise="shared")
            self._share_emails()
        if by_email:
            self._unite("email", SQL("claim.email"))
        if by_name:
            self._unite("name", SQL("lower(claim.name)"))

    def _unfound(self):
        """Return what there is to look for, so that nothing is looked for in vain."""
        [row] = self.env.execute_query(
            SQL(
                """
                SELECT bool_or(missing AND kind = 'ref'),
                    bool_or(missing AND kind = 'ref' AND vat IS NOT NULL),
                    bool_or(missing AND is_number AND email IS NOT NULL),
                    bool_or(missing AND kind = 'email') AND bool_or(is_number),
                    bool_or(missing AND kind = 'name') AND bool_or(kind <> 'name')
                FROM (
                    SELECT *, outcome = 'missing' AS missing,
                        kind IN ('ref', 'vat') AS is_number
                    FROM crm_value_import_customer WHERE import_id = %s
                ) customer
                """,
                self.id,
            )
        )
        return row

    def _find_by_other_case(self):
        """Take the one contact whose number differs in capitals, or in a “.0”, only.

        Earlier versions made contacts of numbers as spreadsheets write them.
        """
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_value_import_customer customer
                SET partner_id = found.partner_id, outcome = 'found'
                FROM (%s) found
                WHERE customer.id = found.id AND found.entities = 1
                """,
                self._found(
                    SQL(
                        "(SELECT array_agg(lower(regexp_replace(ref, "
                        "'^([0-9]+)[.]0+$', '\\1'))) FROM unnest(%s) ref)",
                        PARTNER_KEYS["ref"],
                    ),
                    SQL(
                        "customer.kind = 'ref' AND customer.outcome = 'missing' "
                        "AND lower(customer.key) = named.key"
                    ),
                ),
            )
        )

    def _unite_other_case(self):
        """Take numbers of the file for one that differ in capitals and not in name.

        Without a name they stay apart: there are programs whose numbers differ so.
        """
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_value_import_customer customer
                SET outcome = 'found', same_id = written.first_id
                FROM (
                    SELECT id, first_value(id) OVER (
                        PARTITION BY lower(key), lower(name)
                        ORDER BY partner_id IS NULL, id
                    ) AS first_id
                    FROM crm_value_import_customer
                    WHERE import_id = %s AND kind = 'ref' AND name IS NOT NULL
                        AND outcome IN ('found', 'missing')
                ) written
                WHERE customer.id = written.id AND customer.outcome = 'missing'
                    AND written.first_id <> written.id
                """,
                self.id,
            )
        )

    def _find_by_other_key(self, column, otherwise):
        """Take the contact with the VAT or e-mail of a number that no contact has.

        One that has a number itself is somebody else's, or the same person's second:
        so is the second number that the file gives to one contact.

        :param str otherwise: the outcome of those
        """
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_value_import_customer customer
                SET outcome = CASE WHEN is_his THEN 'found' ELSE %(otherwise)s END,
                    partner_id = CASE WHEN is_his OR %(otherwise)s = 'shared'
                        THEN found.partner_id END
                FROM (
                    SELECT candidate.id, candidate.partner_id, row_number() OVER (
                            PARTITION BY candidate.partner_id ORDER BY candidate.id
                        ) = 1
                        AND coalesce(CASE named.kind WHEN 'ref' THEN partner.ref
                            ELSE partner.vat END, '') = '' AS is_his
                    FROM (%(found)s) candidate
                    JOIN crm_value_import_customer named ON named.id = candidate.id
                    JOIN res_partner partner ON partner.id = candidate.partner_id
                    WHERE candidate.entities = 1
                ) found
                WHERE customer.id = found.id
                """,
                otherwise=otherwise,
                found=self._found(
                    PARTNER_KEYS[column],
                    SQL(
                        "customer.kind = ANY(%s) AND customer.outcome = 'missing' "
                        "AND %s = named.key",
                        ["ref"] if column == "vat" else ["ref", "vat"],
                        SQL.identifier("customer", column),
                    ),
                ),
            )
        )

    def _claims(self):
        """Return SQL of who says to have which e-mail and name, each pair once."""
        return SQL(
            """
            SELECT customer.id, customer.kind, customer.outcome,
                customer.same_id,
                coalesce(customer.partner_id, same.partner_id) AS partner_id,
                line.email, line.name
            FROM (
                SELECT DISTINCT kind, key, email, name FROM crm_value_import_line line
                WHERE import_id = %(id)s AND error IS NULL AND NOT %(known)s
                    AND (email IS NOT NULL OR name IS NOT NULL)
            ) line
            JOIN crm_value_import_customer customer ON customer.import_id = %(id)s
                AND customer.kind = line.kind AND customer.key = line.key
            LEFT JOIN crm_value_import_customer same ON same.id = customer.same_id
            """,
            id=self.id,
            known=KNOWN,
        )

    def _share_emails(self):
        """Note the numbers whose e-mail another number of the file has before them."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_value_import_customer customer
                SET outcome = 'shared', same_id = owned.owner_id
                FROM (
                    SELECT id, partner_id, first_value(id) OVER (
                        PARTITION BY email ORDER BY partner_id IS NULL, id
                    ) AS owner_id
                    FROM (%(claims)s) claim
                    WHERE kind IN ('ref', 'vat') AND email IS NOT NULL
                        AND outcome IN ('found', 'missing')
                ) owned
                WHERE customer.id = owned.id AND owned.owner_id <> owned.id
                    AND customer.outcome = 'missing'
                """,
                claims=self._claims(),
            )
        )

    def _unite(self, kind, claimed):
        """Give lines with an e-mail or name only to who else in the file has it."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_value_import_customer customer
                SET same_id = owner.id, several = owner.several,
                    outcome = CASE WHEN owner.several > 1 THEN 'several'
                        ELSE 'found' END
                FROM (
                    SELECT %(claimed)s AS key,
                        min(coalesce(claim.same_id, claim.id)) AS id,
                        count(DISTINCT coalesce(
                            'p' || claim.partner_id,
                            'c' || coalesce(claim.same_id, claim.id)
                        )) AS several
                    FROM (%(claims)s) claim
                    WHERE kind <> %(kind)s AND kind <> 'name'
                        AND outcome IN ('found', 'missing')
                    GROUP BY %(claimed)s
                ) owner
                WHERE customer.import_id = %(id)s AND customer.kind = %(kind)s
                    AND customer.outcome = 'missing' AND customer.key = owner.key
                """,
                id=self.id,
                kind=kind,
                claimed=claimed,
                claims=self._claims(),
            )
        )

    def _say_customers(self):
        """Say what is wrong with a customer, by what was decided."""
        labels = dict(self._fields["match_by"]._description_selection(self.env))
        self.env.cr.execute(
            SQL(
                SAY,
                id=self.id,
                create=bool(self.create_missing),
                asks=not self.shared_email,
                apart=self.shared_email == "apart",
                labels=json.dumps(labels),
                several=self.env._(
                    "%(count)s customers have the %(kind)s “%(key)s”",
                    count="%count",
                    kind="%kind",
                    key="%key",
                ),
                missing=self.env._(
                    "No customer has the %(kind)s “%(key)s”", kind="%kind", key="%key"
                ),
                shared=self.env._(
                    "“%(key)s” has the e-mail address of “%(other)s”: one customer or "
                    "two?",
                    key="%key",
                    other="%other",
                ),
            )
        )


# A customer kept apart is created; who is somebody else lacks what that one lacks, and
# is named as that one is: one person is missing for one reason.
SAY = """
UPDATE crm_value_import_customer customer
SET error = replace(replace(replace(replace(
        CASE
            WHEN listed.outcome = 'several' THEN %(several)s
            WHEN listed.outcome = 'shared' AND %(asks)s THEN %(shared)s
            WHEN listed.is_missing AND NOT %(create)s THEN %(missing)s
        END,
        '%%count', listed.several::text),
        '%%kind', %(labels)s::jsonb ->> listed.kind),
        '%%other', coalesce(listed.other, '')),
        '%%key', listed.written),
    partner_id = CASE WHEN NOT listed.is_apart THEN customer.partner_id END,
    same_id = CASE WHEN NOT listed.is_apart THEN customer.same_id END
FROM (
    SELECT named.id, said.kind, named.outcome, named.several,
        coalesce(CASE said.kind WHEN 'ref' THEN said.ref WHEN 'vat' THEN said.vat
            WHEN 'email' THEN said.email ELSE said.name END, said.key) AS written,
        coalesce(same.ref, same.vat, partner.ref, partner.name) AS other,
        named.outcome = 'shared' AND %(apart)s AS is_apart,
        named.outcome = 'missing' OR named.outcome = 'shared' AND %(apart)s
            OR coalesce(same.outcome = 'missing', FALSE) AS is_missing
    FROM crm_value_import_customer named
    LEFT JOIN crm_value_import_customer same ON same.id = named.same_id
    LEFT JOIN res_partner partner ON partner.id = named.partner_id
    JOIN crm_value_import_customer said ON said.id = CASE
        WHEN same.outcome = 'missing' AND named.outcome = 'found'
        THEN same.id ELSE named.id END
    WHERE named.import_id = %(id)s
) listed
WHERE customer.id = listed.id
"""
