from odoo import fields, models
from odoo.tools import SQL

SAID_TWICE = -1  # known_id of a line that the file has before


class CrmValueImport(models.Model):
    """What is there already: lines that an import brought in, documents that differ.

    A line is known by its key, or by all that it says where it names a document. A
    document is the same one if its number, day and customer are, and no other channel
    is named. If the file has lines of it that are not there, and there are lines that
    the file has not, then figures differ and somebody must choose.
    """

    _inherit = "crm.value.import"

    documents_there = fields.Selection(
        [
            ("replace", "Replace what is there"),
            ("both", "Keep both"),
            ("skip", "Leave out what the file says"),
        ],
        string="Documents with Other Figures",
        readonly=True,
        copy=False,
        help="Empty: not decided yet.",
    )

    def _mark_known(self):
        """Find the lines whose key is there."""
        self.env["crm.value.transaction"].flush_model()
        for statement in (FORGET_GONE, KNOWN_BY_KEY, KNOWN_BY_OLD_KEY):
            self.env.cr.execute(SQL(statement, id=self.id, company=self.company_id.id))

    def _mark_known_content(self):
        """Find the lines of documents that are there, and the documents that differ.

        The key knows the time of day and how the customer is named; a line that names
        its document is the same line without.
        """
        self.env.cr.execute(
            SQL(
                "UPDATE crm_value_import_line SET conflict = NULL "
                "WHERE import_id = %s AND conflict IS NOT NULL",
                self.id,
            )
        )
        self.env.cr.execute(
            SQL(KNOWN_BY_CONTENT, fresh=self._fresh(), there=self._there())
        )
        decimal, grouping = self._separators()
        places = self.company_currency_id.decimal_places
        self.env.cr.execute(
            SQL(
                CONFLICTS,
                fresh=self._fresh(),
                there=self._there(),
                id=self.id,
                company=self.company_id.id,
                picture=f"FM999,999,999,990{'.' if places else ''}{'0' * places}",
                decimal=decimal,
                grouping=grouping,
                text=self.env._(
                    "%(document)s is there with %(amount)s",
                    document="%document",
                    amount="%amount",
                ),
            )
        )

    def _separators(self):
        lang = self.env["res.lang"]._get_data(code=self.env.user.lang or "en_US")
        return lang.decimal_point or ".", lang.thousands_sep or ""

    def _fresh(self):
        """Return SQL of the lines of documents that are not known, with their entity.

        Only of documents that are there: a first long file need not be sorted.
        """
        return SQL(
            """
            SELECT line.*, coalesce(partner.commercial_partner_id, partner.id) AS entity
            FROM (%s) line JOIN res_partner partner ON partner.id = line.partner_id
            WHERE line.document IN (
                SELECT document FROM crm_value_transaction
                WHERE company_id = %s AND document IS NOT NULL
            )
            """,
            self._named_lines(),
            self.company_id.id,
        )

    def _there(self):
        """Return SQL of the purchases that no line of the file is; their entity."""
        return SQL(
            """
            SELECT bought.*,
                coalesce(partner.commercial_partner_id, partner.id) AS entity
            FROM crm_value_transaction bought
            JOIN res_partner partner ON partner.id = bought.partner_id
            WHERE bought.company_id = %(company)s AND bought.document IS NOT NULL
                AND NOT EXISTS (
                    SELECT FROM crm_value_import_line line
                    WHERE line.import_id = %(id)s AND line.known_id = bought.id
                )
            """,
            company=self.company_id.id,
            id=self.id,
        )

    def _named_lines(self):
        """Return SQL of the lines that are not known, with their customer."""
        return SQL(
            """
            SELECT line.*, customer.error AS customer_error,
                coalesce(customer.partner_id, same.partner_id) AS partner_id,
                CASE WHEN customer.error IS NULL
                    THEN coalesce(customer.same_id, customer.id) END AS customer_id,
                CASE coalesce(same.outcome, customer.outcome)
                    WHEN 'missing' THEN coalesce(customer.same_id, customer.id)
                    WHEN 'shared' THEN
                        CASE WHEN customer.partner_id IS NULL
                            AND customer.same_id IS NULL THEN customer.id END
                END AS missing_id,
                CASE WHEN customer.outcome = 'shared' THEN customer.id END AS shared_id
            FROM crm_value_import_line line
            LEFT JOIN crm_value_import_customer customer
                ON customer.import_id = line.import_id
                AND customer.kind = line.kind AND customer.key = line.key
            LEFT JOIN crm_value_import_customer same ON same.id = customer.same_id
            WHERE line.import_id = %s AND line.known_id IS NULL
            """,
            self.id,
        )

    def _judged_lines(self):
        """Return SQL of the lines that count, and the reason if one is bad."""
        return SQL(
            """
            SELECT named.*, coalesce(
                    error, customer_error, CASE WHEN %(asks)s THEN conflict END
                ) AS reason
            FROM (%(lines)s) named WHERE NOT (%(skips)s AND conflict IS NOT NULL)
            """,
            lines=self._named_lines(),
            asks=not self.documents_there,
            skips=self.documents_there == "skip",
        )


FORGET_GONE = """
UPDATE crm_value_import_line line SET known_id = NULL
WHERE import_id = %(id)s AND known_id > 0 AND NOT EXISTS (
    SELECT FROM crm_value_transaction bought
    WHERE bought.id = line.known_id AND bought.company_id = %(company)s
)
"""
KNOWN_BY_KEY = """
UPDATE crm_value_import_line line SET known_id = bought.id
FROM crm_value_transaction bought
WHERE line.import_id = %(id)s AND line.error IS NULL AND line.known_id IS NULL
    AND bought.company_id = %(company)s AND bought.source_key = line.source_key
"""
# Earlier versions numbered identical lines without a look at the channel.
KNOWN_BY_OLD_KEY = """
UPDATE crm_value_import_line line SET known_id = bought.id
FROM (
    SELECT id, channel, known_id, old_key, row_number() OVER (
        PARTITION BY old_key ORDER BY number
    ) AS position
    FROM crm_value_import_line
    WHERE import_id = %(id)s AND error IS NULL AND old_key IS NOT NULL
) old
JOIN crm_value_transaction bought ON bought.company_id = %(company)s
    AND bought.channel IS NOT DISTINCT FROM old.channel
    AND bought.source_key = old.old_key
        || CASE WHEN old.position > 1 THEN '-' || old.position ELSE '' END
WHERE line.id = old.id AND old.known_id IS NULL
"""
# Identical lines are counted: the second one is known if two are there.
KNOWN_BY_CONTENT = """
WITH fresh AS (
    SELECT *, row_number() OVER (
        PARTITION BY document, date, entity, currency_id, amount_original, quantity,
            product_name, channel
        ORDER BY number
    ) AS position
    FROM (%(fresh)s) line WHERE error IS NULL AND NOT own_key
), there AS (
    SELECT *, row_number() OVER (
        PARTITION BY document, date, entity, currency_id, amount_original, quantity,
            product_name, channel
        ORDER BY id
    ) AS position
    FROM (%(there)s) bought
    WHERE document IN (SELECT document FROM fresh)
)
UPDATE crm_value_import_line line SET known_id = there.id
FROM fresh JOIN there USING (document, date, entity, currency_id, position)
WHERE line.id = fresh.id
    AND there.amount_original = fresh.amount_original
    AND there.quantity IS NOT DISTINCT FROM fresh.quantity
    AND there.product_name IS NOT DISTINCT FROM fresh.product_name
    AND there.channel IS NOT DISTINCT FROM fresh.channel
"""
CONFLICTS = """
WITH fresh AS (
    SELECT * FROM (%(fresh)s) line WHERE error IS NULL AND NOT own_key
), there AS (
    SELECT * FROM (%(there)s) bought WHERE document IN (SELECT document FROM fresh)
), differing AS (
    SELECT DISTINCT fresh.id, fresh.document, fresh.date, fresh.entity, fresh.channel
    FROM fresh JOIN there USING (document, date, entity)
    WHERE there.channel IS NULL OR fresh.channel IS NULL
        OR there.channel = fresh.channel
), document AS (
    SELECT document, date, coalesce(commercial_partner_id, partner.id) AS entity,
        sum(amount) AS amount
    FROM crm_value_transaction bought
    JOIN res_partner partner ON partner.id = bought.partner_id
    WHERE bought.company_id = %(company)s
        AND document IN (SELECT document FROM differing)
    GROUP BY 1, 2, 3
)
UPDATE crm_value_import_line line SET conflict = replace(
    replace(%(text)s, '%%document', differing.document), '%%amount',
    replace(replace(replace(
        to_char(document.amount, %(picture)s), ',', 'G'), '.', %(decimal)s),
        'G', %(grouping)s)
)
FROM differing JOIN document USING (document, date, entity)
WHERE line.id = differing.id
"""
