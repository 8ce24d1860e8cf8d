from contextlib import contextmanager

from odoo import fields, models
from odoo.tools import SQL


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
        """Find the lines that are there, and what the file says twice.

        They stand in a table of this transaction: to write it on each line of a long
        file that is there would take longer than to find out again when importing.
        """
        self.env["crm.value.transaction"].flush_model()
        self.env.cr.execute("DROP TABLE IF EXISTS pg_temp.crm_value_import_known")
        for statement in (KNOWN_BY_KEY, KNOWN_BY_OLD_KEY, SAID_TWICE):
            self.env.cr.execute(SQL(statement, id=self.id, company=self.company_id.id))
        self._analyze("crm_value_import_known")

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
        [[is_needed]] = self.env.execute_query(
            SQL("SELECT EXISTS (%s LIMIT 1)", self._fresh())
        )
        if not is_needed:
            return
        with self._without_loops():
            self.env.cr.execute(
                SQL(KNOWN_BY_CONTENT, fresh=self._fresh(), there=self._there())
            )
            self._mark_conflicts()

    @contextmanager
    def _without_loops(self):
        """Join long lists by their hashes: the planner takes what it reads for short.

        A loop over all pairs of a year's lines would not end.
        """
        self.env.cr.execute("SET LOCAL enable_nestloop = off")
        yield
        self.env.cr.execute("SET LOCAL enable_nestloop = on")

    def _mark_conflicts(self):
        """Note on each line what is there of its document, if figures differ."""
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
                    SELECT FROM crm_value_import_known known
                    WHERE known.bought_id = bought.id
                )
            """,
            company=self.company_id.id,
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
            WHERE line.import_id = %(id)s AND NOT %(known)s
            """,
            id=self.id,
            known=KNOWN,
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


KNOWN = SQL(
    "EXISTS (SELECT FROM crm_value_import_known known WHERE known.line_id = line.id)"
)
KNOWN_BY_KEY = """
CREATE TEMPORARY TABLE crm_value_import_known ON COMMIT DROP AS
SELECT line.id AS line_id, bought.id AS bought_id
FROM crm_value_import_line line
JOIN crm_value_transaction bought ON bought.source_key = line.source_key
WHERE line.import_id = %(id)s AND line.error IS NULL AND bought.company_id = %(company)s
"""
# Earlier versions numbered identical lines without a look at the channel.
KNOWN_BY_OLD_KEY = """
INSERT INTO crm_value_import_known
SELECT line.id, bought.id
FROM (
    SELECT id, channel, old_key, row_number() OVER (
        PARTITION BY old_key ORDER BY number
    ) AS position
    FROM crm_value_import_line
    WHERE import_id = %(id)s AND error IS NULL AND old_key IS NOT NULL
) line
JOIN crm_value_transaction bought ON bought.company_id = %(company)s
    AND bought.channel IS NOT DISTINCT FROM line.channel
    AND bought.source_key = line.old_key
        || CASE WHEN line.position > 1 THEN '-' || line.position ELSE '' END
WHERE NOT EXISTS (
    SELECT FROM crm_value_import_known known WHERE known.line_id = line.id
)
"""
# The line of a document that stands in the file in another time zone, too.
SAID_TWICE = """
INSERT INTO crm_value_import_known
SELECT line.id, NULL
FROM (
    SELECT id, row_number() OVER (PARTITION BY source_key ORDER BY number) AS position
    FROM crm_value_import_line
    WHERE import_id = %(id)s AND error IS NULL AND NOT own_key
        AND zone IS NOT NULL AND document IS NOT NULL
) line
WHERE line.position > 1 AND NOT EXISTS (
    SELECT FROM crm_value_import_known known WHERE known.line_id = line.id
)
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
INSERT INTO crm_value_import_known
SELECT fresh.id, there.id
FROM fresh JOIN there USING (document, date, entity, currency_id, position)
WHERE there.amount_original = fresh.amount_original
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
