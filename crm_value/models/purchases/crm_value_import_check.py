import csv
import io
from dataclasses import dataclass
from itertools import islice

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL, float_compare, float_round

from ...sheets.purchases import reading
from ...sheets.purchases.purchase import COLUMNS, Skipped
from .crm_value_import import AT_ONCE, RESULT_FIELDS

CHUNK = 20_000  # rows in memory at a time
CHUNK_SIZE = 16 << 20  # characters of them
ALIASES = {"RMB": "CNY", "人民币": "CNY", "元": "CNY"}
SPELLINGS = {"CNY": "元"}


class CrmValueImport(models.Model):
    """Check of an import: every row is read, staged and validated before importing."""

    _inherit = "crm.value.import"

    def _check(self, commit=None):
        """Stage the whole file and say what importing it would do.

        :param commit: called after each chunk to make the progress visible; without it
            all is one transaction
        """
        self._stage(commit)
        # The sorts of a long file stay in memory; it ends with the transaction.
        self.env.cr.execute("SET LOCAL work_mem = '64MB'")
        self._analyze("crm_value_import_line")
        self._number_twins()
        self._refuse_repeated_keys()
        self._resolve()
        self._report()
        self._note({"state": "checked"})

    def _stage(self, commit):
        """Read on from the last staged row: a killed check loses one chunk at most."""
        parser = self._parser()
        with self._open() as stream:
            header, rows = reading.read_table(stream, self._layout())
            self._check_header(header)
            lines = parser.lines(rows, self.rows_read)
            while last := self._copy_lines(lines):
                self._note({"rows_read": last})
                self._note_reading(parser)
                self.env.flush_all()
                if commit:
                    commit()
        if not self.rows_read:
            raise UserError(
                self.env._("The file has column names but no purchases below them.")
            )

    def _check_header(self, header):
        """Refuse a file that changed behind the matching."""
        if any(
            header[c.position : c.position + 1] != [c.name or ""]
            for c in self.column_ids
        ):
            raise UserError(
                self.env._(
                    "The columns of the file have changed. Choose the file again."
                )
            )

    def _copy_lines(self, lines):
        """Stage some lines; return the number of the last one, None at the end."""
        buffer = io.StringIO()
        writer, last = csv.writer(buffer), None
        for line in islice(lines, CHUNK):
            last = line.number
            if line.__class__ is not Skipped:
                writer.writerow((self.id, *line))
            if buffer.tell() > CHUNK_SIZE:
                break
        self.env.cr.copy_expert(
            f"COPY crm_value_import_line (import_id, {', '.join(COLUMNS)}) "
            "FROM STDIN (FORMAT csv)",
            io.BytesIO(buffer.getvalue().encode(errors="replace")),
        )
        return last

    def _analyze(self, table):
        """Tell the planner how much has just come in, lest it loops over all pairs.

        Only for long files: the statement locks out its like until the commit.
        """
        if self.rows_read > AT_ONCE:
            self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))

    def _number_twins(self):
        """Number the identical lines of the file, for they all count.

        The second gets the key of the first and "-2", and so on: the same file read
        again gives the same keys.
        """
        self.env.execute_query(
            SQL(
                """
                WITH twin AS (
                    SELECT id, row_number() OVER (
                        PARTITION BY source_key ORDER BY number
                    ) AS position
                    FROM crm_value_import_line
                    WHERE import_id = %s AND error IS NULL AND NOT own_key
                )
                UPDATE crm_value_import_line line
                SET source_key = line.source_key || '-' || twin.position
                FROM twin WHERE twin.id = line.id AND twin.position > 1
                RETURNING line.id
                """,
                self.id,
            )
        )

    def _refuse_repeated_keys(self):
        """A key that came with the file may stand in it once."""
        self.env.execute_query(
            SQL(
                """
                WITH repeated AS (
                    SELECT id, number, source_key, first_value(number) OVER (
                        PARTITION BY source_key ORDER BY number
                    ) AS first
                    FROM crm_value_import_line
                    WHERE import_id = %(id)s AND error IS NULL AND own_key
                )
                UPDATE crm_value_import_line line
                SET error = replace(
                    replace(%(error)s, '%%key', repeated.source_key),
                    '%%row', repeated.first::text
                )
                FROM repeated
                WHERE repeated.id = line.id AND repeated.number > repeated.first
                RETURNING line.id
                """,
                id=self.id,
                error=self.env._(
                    "The source key “%(key)s” already appears in row %(row)s",
                    key="%key",
                    row="%row",
                ),
            )
        )

    def _resolve(self):
        """Find what is known already and who the customers are; count it all."""
        self._drop_known()
        self._collect_customers()
        self._analyze("crm_value_import_customer")
        self._match_customers()
        self._summarise()

    def _drop_known(self):
        """Take out and count the lines that an import brought in before."""
        self.env["crm.value.transaction"].flush_model(["company_id", "source_key"])
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM crm_value_import_line line
                USING crm_value_transaction imported
                WHERE line.import_id = %s AND line.error IS NULL
                    AND imported.company_id = %s
                    AND imported.source_key = line.source_key
                """,
                self.id,
                self.company_id.id,
            )
        )
        self._note({"known_count": self.known_count + self.env.cr.rowcount})

    def _summarise(self):
        """Write the counts of the staged lines on the record."""
        [row] = self.env.execute_query(
            SQL(
                """
                SELECT %(known)s + count(*),
                    count(*) FILTER (WHERE reason IS NULL),
                    count(reason),
                    %(known)s,
                    count(DISTINCT customer_id),
                    count(DISTINCT customer_id) FILTER (WHERE partner_id IS NULL),
                    coalesce(sum(amount) FILTER (WHERE reason IS NULL), 0),
                    min(date) FILTER (WHERE reason IS NULL),
                    max(date) FILTER (WHERE reason IS NULL)
                FROM (%(lines)s) judged
                """,
                known=self.known_count,
                lines=self._judged_lines(),
            )
        )
        self._note(dict(zip(RESULT_FIELDS, row, strict=True)))

    def _judged_lines(self):
        """Return SQL of the lines with their customer, and the reason if one is bad."""
        return SQL(
            """
            SELECT line.*, customer.partner_id,
                coalesce(line.error, customer.error) AS reason,
                CASE WHEN customer.error IS NULL THEN customer.id END AS customer_id
            FROM crm_value_import_line line
            LEFT JOIN crm_value_import_customer customer
                ON customer.import_id = line.import_id
                AND customer.kind = line.kind AND customer.key = line.key
            WHERE line.import_id = %s
            """,
            self.id,
        )

    def _drop_staged(self):
        """Forget the staged lines, and the customers that were only looked up."""
        self.flush_recordset()
        for table, condition in (
            ("line", SQL("TRUE")),
            ("customer", SQL("NOT created")),
        ):
            self.env.cr.execute(
                SQL(
                    "DELETE FROM %s WHERE import_id = ANY(%s) AND %s",
                    SQL.identifier(f"crm_value_import_{table}"),
                    self.ids,
                    condition,
                )
            )
        self.env["crm.value.import.customer"].invalidate_model()

    # --- the queue: at once for a short file, else by the cron ---

    def _schedule(self, task):
        """Do ``task`` now or queue it."""
        self._note(
            {"task": task, "user_id": self.env.uid, "attempts": 0, "message": False}
        )
        if task == "check":
            self._drop_staged()
            self._note({"rows_read": 0, "known_count": 0})
            self._forget_reading()
        if self.row_count <= AT_ONCE:
            self._do()
            return
        self._note({"state": "queued"})
        self._trigger()

    def action_try_again(self):
        """Go on behind the lines that were read, for whoever asks now."""
        self._check_rights()
        self._note({"user_id": self.env.uid})
        return super().action_try_again()

    def _do(self, commit=None):
        if self.task == "check":
            self._check(commit)
        else:
            self._import()

    @api.model
    def _cron_import(self):
        """Work off the queue, and what a killed process left behind."""
        self._work_queue()

    def _as_worker(self):
        """Work with the rights, the language and the company of who asked for it."""
        user = self.user_id
        record = self.with_user(user).with_company(self.company_id)
        return record.with_context(lang=user.lang, tz=user.tz)

    def _perform(self):
        """Do the task; whatever goes wrong, nothing is half imported."""
        if not self.user_id:
            raise UserError(
                self.env._(
                    "Who asked for this is no longer a user. Try it again yourself."
                )
            )
        self._check_rights()
        self._do(self._commit_chunk)
        self._notify()

    def _commit_chunk(self):
        """Make progress visible. Only staging does: purchases stay all or none."""
        self._note({"attempts": 0})
        self._commit()

    def _say_interrupted(self):
        return self.env._(
            "The import was interrupted %(count)s times. Split the file, or "
            "have the time limit of the server's crons raised.",
            count=self.attempts,
        )

    def _say_error(self, error):
        if isinstance(error, UserError):
            return str(error)
        return self.env._(
            "The import stopped unexpectedly and nothing has been imported. "
            "The server's log says why."
        )

    def _fail(self, message):
        if self.state not in ("queued", "running"):
            return None
        result = super()._fail(message)
        self._notify()
        return result

    def _notify(self):
        """Tell who asked for it, wherever they are in Odoo."""
        texts = {
            "checked": self.env._("The file is checked."),
            "done": self.env._("The purchases are imported."),
            "failed": self.message,
        }
        self.user_id._bus_send(
            "simple_notification",
            {
                "type": "danger" if self.state == "failed" else "success",
                "title": self.name,
                "message": texts.get(self.state, ""),
                "sticky": True,
            },
        )


@dataclass(frozen=True, slots=True)
class Currency:
    """Currency data that a line needs, without a record."""

    id: int
    name: str
    symbol: str
    rounding: float
    places: int

    @classmethod
    def of(cls, record):
        """Return the currency of a record."""
        rounding = record.rounding
        is_decimal = float_compare(rounding, 10**-record.decimal_places, 9) == 0
        return cls(
            record.id,
            record.name,
            (record.symbol or "") + SPELLINGS.get(record.name, ""),
            rounding,
            record.decimal_places if is_decimal else -1,
        )

    def round(self, number):
        """Return a Decimal rounded as ``res.currency`` does; mostly it is already."""
        if -number.as_tuple().exponent <= self.places:
            return float(number)
        return float_round(float(number), precision_rounding=self.rounding)


class Rates:
    """Rates of one company: each pair of currency and day is asked for once."""

    def __init__(self, company):
        self.company = company
        self.target = company.currency_id
        self._currencies = {
            record.name.upper(): Currency.of(record)
            for record in company.env["res.currency"].search([]) | self.target
        }
        self._factors = {}
        self._rated = set(
            company.env["res.currency.rate"]
            .search_fetch(
                [("company_id", "in", (False, company.root_id.id))], ["currency_id"]
            )
            .currency_id.ids
        )

    def currency(self, code):
        """Return the active currency with this code, or None."""
        code = code.upper()
        return self._currencies.get(ALIASES.get(code, code))

    def convert(self, amount, currency, day):
        """Return ``amount`` in company currency, None if there is no rate at all."""
        if currency.id == self.target.id:
            return amount
        if currency.id not in self._rated:
            return None
        key = currency.id, day
        if key not in self._factors:
            record = self.target.browse(currency.id)
            self._factors[key] = record._get_conversion_rate(
                record, self.target, self.company, day
            )
        rounding = self.target.rounding
        return float_round(amount * self._factors[key], precision_rounding=rounding)
