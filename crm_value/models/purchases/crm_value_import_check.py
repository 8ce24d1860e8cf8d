import csv
import io
from itertools import chain, count, islice

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...sheets.purchases import reading
from ...sheets.purchases.identity import NOBODY
from ...sheets.purchases.purchase import COLUMNS, Skipped
from .crm_value_import import AT_ONCE, RESULT_FIELDS

CHUNK = 20_000  # rows in memory at a time
CHUNK_SIZE = 16 << 20  # characters of them


class CrmValueImport(models.Model):
    """Check of an import: every row is read, staged and validated before importing."""

    _inherit = "crm.value.import"

    def _check(self, commit=None):
        """Stage the whole file and say what importing it would do.

        :param commit: called after each chunk to make the progress visible; without it
            all is one transaction
        """
        self._stage(commit)
        self._widen_memory()
        self._analyze("crm_value_import_line")
        self._number_twins()
        self._refuse_repeated_keys()
        if self.walk_in_id:
            self._refuse_partly_named()
        self._check_again()

    def _check_again(self):
        """Judge the staged lines anew, after a decision."""
        self._widen_memory()
        self._resolve()
        self._report()
        self._note({"state": "checked"})

    def _stage(self, commit):
        """Read all lines; again where the whole file tells more than its head did."""
        self._read_lines(commit)
        if self._settle_marks():
            self._begin_anew()
            self._read_lines(commit)
        if not self.rows_read:
            raise UserError(
                self.env._("The file has column names but no purchases below them.")
            )

    def _read_lines(self, commit):
        """Read on from the last staged row: a killed check loses one chunk at most."""
        parser = self._parser()
        with self._open() as stream:
            header, rows = reading.read_table(stream, self._layout())
            self._check_header(header)
            lines = parser.lines(rows, self.rows_read)
            while last := self._copy_lines(lines):
                self._note_read(last, parser)
                self._note_reading(parser)
                self._note_lacking(parser)
                self.env.flush_all()
                if commit:
                    commit()

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

    def _widen_memory(self):
        """Sort a long file in memory; it ends with the transaction."""
        self.env.cr.execute("SET LOCAL work_mem = '64MB'")

    def _analyze(self, table):
        """Tell the planner how much has just come in, lest it loops over all pairs.

        Only for long files: the statement locks out its like until the commit.
        """
        if self.rows_read > AT_ONCE:
            self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))

    def _number_twins(self):
        """Number the identical lines of the file, for they all count.

        The second gets the key of the first and "-2", and so on: the same file read
        again gives the same keys. A document that names its moment in several zones
        was written several times: each writing is numbered for itself.
        """
        self.env.execute_query(
            SQL(
                """
                WITH twin AS (
                    SELECT id, row_number() OVER (
                        PARTITION BY source_key,
                            CASE WHEN document IS NOT NULL THEN zone END
                        ORDER BY number
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

    def _refuse_partly_named(self):
        """A document whose other lines name a customer is no walk-in customer's."""
        self.env.execute_query(
            SQL(
                """
                WITH named AS (
                    SELECT DISTINCT document, date FROM crm_value_import_line
                    WHERE import_id = %(id)s AND kind <> %(nobody)s
                        AND document IS NOT NULL
                )
                UPDATE crm_value_import_line line
                SET error = replace(%(error)s, '%%document', line.document)
                FROM named
                WHERE line.import_id = %(id)s AND line.kind = %(nobody)s
                    AND line.error IS NULL
                    AND line.document = named.document AND line.date = named.date
                RETURNING line.id
                """,
                id=self.id,
                nobody=NOBODY,
                error=self.env._(
                    "The customer is missing, but another line of “%(document)s” "
                    "names one",
                    document="%document",
                ),
            )
        )

    def _resolve(self):
        """Find what is known already and who the customers are; count it all."""
        self._mark_known()
        self._collect_customers()
        self._analyze("crm_value_import_customer")
        self._match_customers()
        self._mark_known_content()
        self._summarise()

    def _summarise(self):
        """Write the counts of the staged lines on the record."""
        [row] = self.env.execute_query(
            SQL(
                """
                SELECT (
                        SELECT count(*) FROM crm_value_import_line
                        WHERE import_id = %(id)s
                    ),
                    sum(lines) FILTER (WHERE is_good),
                    sum(lines) FILTER (WHERE NOT is_good),
                    sum(lines),
                    count(DISTINCT customer_id),
                    count(DISTINCT customer_id) FILTER (WHERE partner_id IS NULL),
                    sum(amount) FILTER (WHERE is_good),
                    min(first) FILTER (WHERE is_good), max(last) FILTER (WHERE is_good),
                    count(DISTINCT missing_id), count(DISTINCT shared_id),
                    count(DISTINCT differing), sum(lines) FILTER (WHERE asks),
                    sum(amount) FILTER (WHERE is_good OR asks)
                FROM (
                    SELECT customer_id, partner_id, missing_id, shared_id,
                        reason IS NULL AS is_good,
                        reason IS NOT NULL AND error IS NULL AND (
                            customer_error IS NULL OR missing_id IS NOT NULL
                            OR shared_id IS NOT NULL
                        ) AS asks,
                        CASE WHEN conflict IS NOT NULL AND customer_error IS NULL
                            THEN (document, date, partner_id)::text END AS differing,
                        count(*) AS lines, sum(amount) AS amount,
                        min(date) AS first, max(date) AS last
                    FROM (%(lines)s) judged GROUP BY 1, 2, 3, 4, 5, 6, 7
                ) customer
                """,
                id=self.id,
                lines=self._judged_lines(),
            )
        )
        lines, good, bad, judged, *others = (figure or 0 for figure in row)
        figures = lines, good, bad, lines - judged, *others
        self._note(dict(zip(RESULT_FIELDS, figures, strict=True)))
        if self._has_own_name():
            self._note({"name": self._name_of_period()})

    def _name_of_period(self):
        """Return a name that no other import has: of the file and what it covers."""
        days = dict.fromkeys(map(str, filter(None, (self.date_from, self.date_to))))
        file = self.filename or self.env._("Purchases")
        name = ", ".join(filter(None, (file, " – ".join(days))))
        others = [("company_id", "=", self.company_id.id), ("id", "!=", self.id)]
        taken = set(
            self.search([*others, ("name", "=like", f"{name}%")]).mapped("name")
        )
        numbered = (f"{name} ({number})" for number in count(2))
        return next(n for n in chain([name], numbered) if n not in taken)

    def _drop_staged(self):
        """Forget the staged lines, and the customers that were only looked up."""
        self.flush_recordset()
        for table, condition in (
            ("line", SQL("TRUE")),
            ("customer", SQL("(created OR ref_learnt OR email_learnt) IS NOT TRUE")),
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
            self._note({"rows_read": 0, "currencies_lacking": False})
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
        elif self.task == "resolve":
            self._check_again()
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
