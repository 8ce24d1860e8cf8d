from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

# What the check depends on: a change makes the last check worthless.
FILE_FIELDS = {"file", "encoding", "delimiter", "header_row", "sheet_name"}
RULE_FIELDS = {
    "column_ids",
    "company_id",
    "company_tz",
    "create_missing",
    "currency_id",
    "date_format",
    "decimal_comma",
    "match_by",
    "once_per_document",
    "program",
    "value_ids",
    "number_style",
    "walk_in_id",
}
RESULT_FIELDS = [
    "line_count",
    "good_count",
    "bad_count",
    "known_count",
    "customer_count",
    "new_customer_count",
    "amount_total",
    "date_from",
    "date_to",
    "missing_customer_count",
    "shared_customer_count",
    "conflict_count",
    "asking_count",
    "asking_total",
]
AT_ONCE = 2000  # lines; longer files are worked off by the cron
KEEP_DAYS = 14


class CrmValueImport(models.Model):
    """Import of a file of purchases: parsed, checked as a whole, then imported.

    The check reads every line into a staging table and says what is wrong. The import
    is one transaction that takes all checked lines or none. Both can wait for the cron.
    """

    _name = "crm.value.import"
    _inherit = ["crm.value.queue", "crm.value.guarded"]
    _description = "Import of Purchases"
    _job = "crm_value.ir_cron_import"
    _order = "id DESC"
    _check_company_auto = True

    name = fields.Char(
        required=True,
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Imported by",
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
    )
    state = fields.Selection(
        selection_add=[
            ("draft", "Draft"),
            ("queued",),
            ("running",),
            ("checked", "Checked"),
            ("done", "Imported"),
            ("failed",),
            ("undone", "Undone"),
        ],
        ondelete={
            "draft": "set default",
            "checked": "set default",
            "undone": "set default",
        },
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    task = fields.Selection(
        [("check", "Check"), ("resolve", "Check again"), ("import", "Import")],
        readonly=True,
        copy=False,
    )
    done_at = fields.Datetime(string="Imported on", readonly=True, copy=False)
    undone_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    undone_at = fields.Datetime(string="Undone on", readonly=True, copy=False)

    # the file, and how it is read
    file = fields.Binary(
        attachment=True,
        groups="crm_value.group_officer",
        help="Deleted 30 days after it was uploaded; the purchases stay.",
    )
    filename = fields.Char()
    kind = fields.Selection([("csv", "csv"), ("xlsx", "xlsx")], readonly=True)
    delimiter = fields.Selection(
        [(",", "Comma"), (";", "Semicolon"), ("\t", "Tab"), ("|", "Vertical bar")],
    )
    sheet_name = fields.Char(string="Sheet")
    date_format = fields.Selection(
        [
            ("auto", "Unambiguous dates only"),
            ("dmy", "Day/month/year"),
            ("mdy", "Month/day/year"),
        ],
        default="auto",
        required=True,
        help="2024-03-05 and 2024年3月5日 are always understood.",
    )
    column_ids = fields.One2many("crm.value.import.column", "import_id", copy=False)
    sample = fields.Json(readonly=True, copy=False, groups="crm_value.group_officer")
    preview = fields.Html(
        compute="_compute_preview", sanitize=False, groups="crm_value.group_officer"
    )

    # the rules
    currency_id = fields.Many2one(
        "res.currency",
        string="Default Currency",
        required=True,
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
        help="For lines that name no currency.",
    )
    match_by = fields.Selection(
        [
            ("auto", "The first one filled, in this order"),
            ("ref", "Reference"),
            ("vat", "VAT"),
            ("email", "E-mail"),
            ("name", "Name"),
        ],
        string="Match Customers by",
        default="auto",
        required=True,
        help="Reference, VAT, e-mail, name. Archived customers are found as well.",
    )
    create_missing = fields.Boolean(
        string="Create Missing Customers",
        help="Customers that are not found are created together with the purchases. "
        "They belong to no company, as contacts do by default: all companies can use "
        "them.",
    )
    skip_bad = fields.Boolean(readonly=True, copy=False)

    # what came out
    row_count = fields.Integer(string="Rows in the File", readonly=True, copy=False)
    rows_read = fields.Integer(readonly=True, copy=False)
    progress = fields.Float(compute="_compute_progress")
    line_count = fields.Integer(string="Lines", readonly=True, copy=False)
    good_count = fields.Integer(string="Valid Lines", readonly=True, copy=False)
    bad_count = fields.Integer(
        string="Lines Not to Import",
        readonly=True,
        copy=False,
        help="Those with errors, and those that wait for an answer.",
    )
    asking_count = fields.Integer(
        string="Wait for Your Answer",
        readonly=True,
        copy=False,
        help="Lines without an error, of customers or documents that are asked about.",
    )
    known_count = fields.Integer(
        string="Already Imported",
        readonly=True,
        copy=False,
        help="Lines that an earlier import brought in, that the file says twice in "
        "different time zones, or whose document stays as it is; they are skipped.",
    )
    customer_count = fields.Integer(string="Customers", readonly=True, copy=False)
    new_customer_count = fields.Integer(
        string="New Customers", readonly=True, copy=False
    )
    amount_total = fields.Monetary(
        string="Total", currency_field="company_currency_id", readonly=True, copy=False
    )
    date_from = fields.Date(string="First Date", readonly=True, copy=False)
    date_to = fields.Date(string="Last Date", readonly=True, copy=False)
    bad_file = fields.Binary(
        string="Error Report",
        attachment=True,
        readonly=True,
        copy=False,
        groups="crm_value.group_officer",
    )
    bad_filename = fields.Char(readonly=True, copy=False)

    _open_idx = models.Index("(id) WHERE state IN ('queued', 'running')")

    @api.depends("filename")
    def _compute_name(self):
        unnamed = self.env._("Purchases")  # as a new form says before a file is chosen
        for record in self:
            if record.name in (False, unnamed):
                record.name = record.filename or unnamed

    @api.depends("company_id")
    def _compute_currency_id(self):
        for record in self:
            record.currency_id = record.company_id.currency_id

    @api.depends("state", "rows_read", "row_count")
    def _compute_progress(self):
        for record in self:
            share = record.rows_read / max(record.row_count, record.rows_read, 1)
            record.progress = 100.0 if record.state == "done" else 100.0 * share

    def _has_own_name(self):
        """Return whether nobody gave the import another name than the file's."""
        unnamed = self.env._("Purchases")
        file = self.filename or unnamed
        return self.name in (file, unnamed) or (self.name or "").startswith(f"{file}, ")

    @api.model_create_multi
    def create(self, vals_list):
        """Read the head of the file, so that its columns can be matched."""
        records = super().create(vals_list)
        for record in records:
            record._inspect()
        return records

    def write(self, vals):
        """Let a change of the file or the rules drop the last check."""
        if self._is_noting():
            return super().write(vals)
        if (FILE_FIELDS | RULE_FIELDS) & vals.keys():
            self._unsettle()
        renamed = self.filtered(lambda record: record._has_own_name())
        result = super().write(vals)
        if "filename" in vals and "name" not in vals:
            for record in renamed:
                record._note({"name": record.filename or self.env._("Purchases")})
        if FILE_FIELDS & vals.keys():
            for record in self:
                record._inspect("file" in vals, "header_row" in vals)
        return result

    def unlink(self):
        """Take the staged lines along; they have no foreign key."""
        self._drop_staged()
        return super().unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_imported(self):
        if self.filtered(lambda record: record.state in ("done", "queued", "running")):
            raise UserError(
                self.env._(
                    "An import that is waiting, running or has brought in purchases "
                    "cannot be deleted. Undo it first."
                )
            )

    def _unsettle(self):
        """Make a check worthless, or say why the import cannot change any more."""
        self.check_access("write")
        if self.filtered(lambda record: record.state in ("done", "undone")):
            raise UserError(
                self.env._("This import is finished. Start a new one to import again.")
            )
        if self.filtered(lambda record: record.state in ("queued", "running")):
            raise UserError(
                self.env._(
                    "The import is running. Wait for it to finish, or stop it first."
                )
            )
        self.filtered(lambda record: record.state != "draft")._reset()

    def _reset(self):
        self._drop_staged()
        self._note(
            {
                "state": "draft",
                "message": False,
                "rows_read": 0,
                "skip_bad": False,
                "bad_file": False,
                "bad_filename": False,
                "problems": False,
                "currencies_lacking": False,
                "shared_email": False,
                "documents_there": False,
                "skipped": False,
                "skipped_count": 0,
                **dict.fromkeys(RESULT_FIELDS, False),
            }
        )

    @api.autovacuum
    def _gc_staged(self):
        """Forget what was checked and then never imported."""
        limit = fields.Datetime.now() - timedelta(days=KEEP_DAYS)
        self.search(
            [("state", "in", ("checked", "failed")), ("write_date", "<", limit)]
        )._reset()

    # --- buttons ----------------------------------------------------------------------

    def action_check(self):
        """Validate every line of the file; write nothing but the result."""
        self.ensure_one()
        self._check_rights()
        self._unsettle()
        self._check_matching()
        self._schedule("check")

    def action_import(self):
        """Import what the check found good; refuse if it found anything bad."""
        self.ensure_one()
        self._check_rights()
        if self.state != "checked":
            raise UserError(self.env._("Check the file first."))
        if self.bad_count and not self.skip_bad:
            raise UserError(
                self.env._(
                    "Lines with errors: %(count)s. Correct them in the file and choose "
                    "it again, or import only the valid lines.",
                    count=self.bad_count,
                )
            )
        self._schedule("import")

    def action_import_good(self):
        """Import the good lines and leave the bad ones out, as the user asks for."""
        self._note({"skip_bad": True})
        self.action_import()

    def action_stop(self):
        """Take the import off the queue; nothing has been imported."""
        self.check_access("write")
        for record in self.filtered(lambda r: r.state in ("queued", "running")):
            record._reset()

    def action_view_transactions(self):
        """Open the purchases this import brought in."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Imported Purchases"),
            "res_model": "crm.value.transaction",
            "view_mode": "list,form",
            "domain": [("import_id", "in", self.ids)],
        }

    def action_view_customers(self):
        """Open the customers this import created."""
        self.check_access("read")
        lines = self.env["crm.value.import.customer"].search(
            [("import_id", "in", self.ids), ("created", "=", True)]
        )
        return lines.partner_id._get_records_action(
            name=self.env._("Created Customers")
        )

    def _check_rights(self):
        """Who may add purchases may import; the SQL that follows asks nobody."""
        if not (self.env.su or self.env.user.active):
            raise UserError(
                self.env._(
                    "The user who asked for this is archived. Start it again yourself."
                )
            )
        self.check_access("write")
        self.env["crm.value.transaction"].check_access("create")
        if any(self.mapped("create_missing")) and not self.env[
            "res.partner"
        ].has_access("create"):
            raise UserError(
                self.env._(
                    "You are not allowed to create contacts. Ask for that right, or "
                    "switch “Create Missing Customers” off."
                )
            )
