from uuid import uuid4

import numpy as np

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import OFFICER, from_day, to_day
from ...fields import NullableFloat
from ..purchases.crm_value_facts_document import MODELS

MOVE, ORDER, IMPORTED, OTHER = range(len(MODELS))
MONEY = ("amount", "returned", "discount", "margin")
DUES = ("owed", "open", "overdue", "lost", "counted", "late")
MOST_ROWS = 2000  # of a list; what is older is one row a period
COLUMNS = (*MONEY, "agreed", "broken", *DUES)


class CrmValueProfileDocument(models.TransientModel):
    """A document behind a figure of a customer, with what it adds to the figure.

    Read when somebody asks for it, by the code that makes the figure: the sums of a
    list are the figure. Documents the reader may not open are summed up as one row.
    """

    _name = "crm.value.profile.document"
    _description = "Document Behind a Figure"
    _order = "date DESC, id DESC"

    trace = fields.Char(string="List", required=True, index=True, readonly=True)
    profile_id = fields.Many2one(
        "crm.value.profile", required=True, readonly=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="profile_id.currency_id")
    period = fields.Selection(
        [
            ("now", "Value Window"),
            ("before", "Window Before"),
            ("earlier", "Earlier"),
            ("none", "Not a Purchase"),
        ],
        readonly=True,
    )
    date = fields.Date(
        readonly=True,
        help="When it counts: a credit note on the day of the invoice it reverses, a "
        "debt when it is due.",
    )
    kind = fields.Selection(
        [
            ("out_invoice", "Invoice"),
            ("out_receipt", "Sales Receipt"),
            ("out_refund", "Credit Note"),
            ("order", "Order"),
            ("cancelled", "Cancelled Order"),
            ("imported", "Imported Purchase"),
            ("other", "Other"),
            ("closed", "Not Yours to Open"),
            ("older", "Older Documents"),
        ],
        readonly=True,
    )
    res_model = fields.Char(string="Document Model", readonly=True)
    res_id = fields.Integer(string="Document ID", readonly=True, aggregator=None)
    # Sums of these are the figures, so they are kept as exact as those.
    amount = fields.Float(string="Net Revenue", readonly=True)
    returned = fields.Float(readonly=True)
    discount = fields.Float(readonly=True)
    margin = fields.Float(readonly=True, groups=OFFICER)
    agreed = fields.Integer(string="Orders", readonly=True)
    broken = fields.Integer(string="Cancelled", readonly=True)
    owed = fields.Float(
        string="To Be Paid", readonly=True, help="Invoiced and not credited, with tax."
    )
    open = fields.Float(string="Not Paid Yet", readonly=True)
    overdue = fields.Float(readonly=True)
    lost = fields.Float(string="Written Off", readonly=True)
    counted = fields.Float(
        string="Paid or Due",
        readonly=True,
        help="What the days paid late are weighted by.",
    )
    late = fields.Float(readonly=True, help="Paid or due, times the days it was late.")
    days_late = NullableFloat(compute="_compute_days_late", string="Days Paid Late")

    @api.depends("late", "counted")
    def _compute_days_late(self):
        for row in self:
            row.days_late = row.late / row.counted if row.counted else False

    @api.depends("res_model", "res_id")
    def _compute_display_name(self):
        for model, rows in self.grouped("res_model").items():
            known = {}
            if model:
                documents = self.env[model].sudo().browse(rows.mapped("res_id"))
                known = {one.id: one.display_name for one in documents.exists()}
            for row in rows:
                row.display_name = known.get(row.res_id) or self.env._(
                    "Other documents"
                )

    def action_open(self):
        """Open the document."""
        self.ensure_one()
        if not self.res_model:
            raise UserError(self.env._("You may not open these documents."))
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
            "context": {"create": False},
        }

    # --- reading ---

    @api.model
    def _trace(self, profile, periods, parts):
        """Read the documents behind a figure, and return the key of their list.

        :param periods: purchases of which periods count
        :param parts: what else counts: ``orders``, ``dues``
        """
        profile.check_access("read")
        scope = profile._document_scope()
        facts = self.env["crm.value.facts"].sudo()
        rows = _Rows()
        if periods:
            found = facts._gather_documents(scope)
            period = self._periods(scope, found["day"])
            rows.add(found, period, np.isin(period, periods))
        if "orders" in parts:
            rows.add_orders(facts._gather_agreed_orders(scope))
        if "dues" in parts:
            rows.add_dues(facts._gather_due_documents(scope))
        return self._keep(profile, rows)

    @api.model
    def _periods(self, scope, day):
        """Return the period of each day."""
        length = scope.rules.window_days
        now = to_day(scope.as_of) - length
        names = np.where(day > now - length, "before", "earlier")
        return np.where(day > now, "now", names)

    @api.model
    def _keep(self, profile, rows):
        """Insert the rows, those that are closed to the user as one a period."""
        trace = uuid4().hex
        vals_list = [
            {"trace": trace, "profile_id": profile.id, **vals}
            for vals in self._told(rows.by_key)
        ]
        self.sudo().create(vals_list)  # nobody makes rows of their own
        return trace

    @api.model
    def _told(self, by_key):
        """Return the values of the rows a user is told of: the newest, if many."""
        newest = sorted(by_key, key=lambda key: key[3], reverse=True)[:MOST_ROWS]
        kinds = self._kinds({key[:2] for key in newest})
        shown, told, closed = set(newest), [], {}
        for key, sums in by_key.items():
            model, document, period, day = key
            kind = kinds.get((model, document), "closed") if key in shown else "older"
            if kind in ("closed", "older"):
                whole = closed.setdefault((period, kind), dict.fromkeys(COLUMNS, 0))
                for name, value in sums.items():
                    whole[name] += value
                continue
            told.append(
                {
                    **sums,
                    "period": period,
                    "date": from_day(day),
                    "kind": kind,
                    "res_model": MODELS[model],
                    "res_id": document,
                }
            )
        hidden = [
            {**sums, "period": period, "kind": kind}
            for (period, kind), sums in closed.items()
        ]
        return told + hidden

    @api.model
    def _kinds(self, documents):
        """Return the kind of each document the user may read, by (model, id)."""
        kinds = {key: "other" for key in documents if key[0] == OTHER}
        for at, name in enumerate(MODELS):
            ids = [number for model, number in documents if model == at]
            if at == OTHER or not ids or not self.env[name].has_access("read"):
                continue
            readable = self.env[name].with_context(active_test=False)
            for one in readable.search([("id", "in", ids)]):
                kinds[at, one.id] = self._kind_of(at, one)
        return kinds

    @api.model
    def _kind_of(self, model, document):
        if model == MOVE:
            return document.move_type
        if model == IMPORTED:
            return "imported"
        return "cancelled" if document.state == "cancel" else "order"


class _Rows:
    """Figures by (model, document, period, day), summed up as they come."""

    def __init__(self):
        self.by_key = {}

    def _sums(self, model, document, period, day):
        """Return what is known of a document; a new one has zeros."""
        key = (int(model), int(document), str(period), day)
        return self.by_key.setdefault(key, dict.fromkeys(COLUMNS, 0))

    def add(self, found, period, chosen):
        """Add purchases."""
        for at in np.flatnonzero(chosen):
            day = int(found["day"][at])
            sums = self._sums(
                found["model"][at], found["document"][at], period[at], day
            )
            for name in MONEY:
                sums[name] += float(found[name][at])

    def add_orders(self, found):
        """Add agreements, to the row of the order where it is a purchase, too."""
        places = {key[:2]: key for key in self.by_key}
        for document, day, broken in zip(
            found["document"], found["day"], found["broken"], strict=True
        ):
            place = (ORDER, int(document))
            key = places.get(place, (*place, "none", int(day)))
            sums = self._sums(*key)
            sums["agreed"] += 1
            sums["broken"] += int(broken)

    def add_dues(self, found):
        """Add how invoices were paid, to their rows where they are purchases."""
        places = {key[:2]: key for key in self.by_key}
        for at, document in enumerate(found.get("document", ())):
            place = (MOVE, int(document))
            key = places.get(place, (*place, "none", int(found["day"][at])))
            sums = self._sums(*key)
            for name in DUES:
                sums[name] += float(found[name][at])
