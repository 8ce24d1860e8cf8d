from datetime import datetime, time, timedelta

from odoo import Command, api, fields, models

from . import characters, histories

QUIET = {"tracking_disable": True, "mail_create_nosubscribe": True}


class CrmValueDemo(models.AbstractModel):
    """Writes the demo history; called by the demo data only, as in core's account.

    Its dates count back from the day of the installation, and documents have to be
    confirmed, posted and paid in bulk: neither fits into data files.
    """

    _name = "crm.value.demo"
    _description = "Customer Value Demo Data"

    @api.model
    def _install(self):
        """Give the demo customers their history, once."""
        company = self.env.ref("base.main_company")
        self = self.with_company(company).with_context(**QUIET)
        if self.env.ref("crm_value.demo_transaction_0", raise_if_not_found=False):
            return
        today = fields.Date.today()
        self.env["res.groups"]._value_use_all()  # the installation does it after this
        self._create_transactions(company, today)
        self._create_tickets(company, today)
        orders = self._create_orders(company, today)
        if company.chart_template:
            self._invoice(orders, today)

    @api.model
    def _ref(self, name):
        return self.env.ref(f"crm_value.demo_{name}")

    # --- imported purchases -----------------------------------------------------------

    @api.model
    def _create_transactions(self, company, today):
        """Create what was bought before and outside this Odoo, with xml ids."""
        customers = self._customers()
        vals_list = [
            {
                "partner_id": customers[row.customer].id,
                "date": row.date,
                "amount": row.amount,
                "amount_original": row.amount,
                "margin": row.margin,
                "quantity": row.quantity,
                "product_name": row.product,
                "channel": row.channel,
            }
            for row in histories.purchases(len(customers), today)
        ]
        vals_list += [
            {
                "partner_id": self._ref(who).id,
                "date": today - timedelta(days=age),
                "amount": amount,
                "amount_original": amount,
                "margin": margin,
                "channel": "Former system",
            }
            for who, age, amount, margin in characters.imported()
        ]
        for number, vals in enumerate(vals_list):
            vals["company_id"] = company.id
            vals["currency_id"] = company.currency_id.id
            vals["source_key"] = f"demo-{number}"
            vals["document"] = f"{vals['date']:%Y%m%d}-{number}"
        transactions = self.env["crm.value.transaction"].create(vals_list)
        self._name_records("demo_transaction", transactions)

    @api.model
    def _name_records(self, prefix, records):
        """Let an uninstallation delete them, before what they belong to."""
        self.env["ir.model.data"]._update_xmlids(
            [
                {
                    "xml_id": f"crm_value.{prefix}_{number}",
                    "record": record,
                    "noupdate": True,
                }
                for number, record in enumerate(records)
            ]
        )

    @api.model
    def _customers(self):
        """Return the customers of res.partner.csv in the order of the file."""
        data = self.env["ir.model.data"].search(
            [("module", "=", "crm_value"), ("name", "=like", "demo_customer_%")],
            order="id",
        )
        return self.env["res.partner"].browse(data.mapped("res_id"))

    # --- tickets ----------------------------------------------------------------------

    @api.model
    def _create_tickets(self, company, today):
        """Create the characters' tickets, and a few of other customers."""
        done = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        new = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_new")
        tickets = [(self._ref(t.who), t) for t in characters.TICKETS]
        for number, partner in enumerate(self._customers()[:: characters.EVERY]):
            age, title, days = characters.question(number)
            tickets.append((partner, characters.Ticket("", age, title, days)))
        vals_list = []
        for partner, ticket in tickets:
            opened = self._moment(today, ticket.age)
            vals = {
                "name": ticket.title,
                "description": ticket.title,
                "partner_id": partner.id,
                "company_id": company.id,
                "create_date": opened,
                "stage_id": (new if ticket.days is None else done).id,
            }
            if ticket.days is not None:
                vals["closed_date"] = opened + timedelta(days=ticket.days)
            vals_list.append(vals)
        self.env["helpdesk.ticket"].create(vals_list)

    @api.model
    def _moment(self, today, age):
        return datetime.combine(today - timedelta(days=age), time(9, 30))

    # --- documents --------------------------------------------------------------------

    @api.model
    def _create_orders(self, company, today):
        """Create and confirm the orders; return [(table row, sale order)]."""
        rows = characters.orders()
        orders = self.env["sale.order"].create(
            [self._prepare_order_vals(row, company) for row in rows]
        )
        pairs = list(zip(rows, orders, strict=True))
        orders.action_confirm()
        for row, order in pairs:
            order.date_order = self._moment(today, row.age)
            if row.cancelled:
                order._action_cancel()
        return pairs

    @api.model
    def _prepare_order_vals(self, row, company):
        lines = [
            {
                "product_id": self._ref(f"product_{product}").id,
                "product_uom_qty": quantity,
                "discount": row.discount,
            }
            for product, quantity in row.lines.items()
        ]
        partner = self._ref(row.who)
        return {
            "partner_id": partner.id,
            "company_id": company.id,
            "user_id": partner.commercial_partner_id.user_id.id,
            "order_line": [Command.create(line) for line in lines],
        }

    @api.model
    def _invoice(self, pairs, today):
        """Invoice what was not cancelled, take goods back and receive the money."""
        pairs = [pair for pair in pairs if not pair[0].cancelled]
        invoices = self.env["account.move"].create(
            [self._prepare_invoice_vals(row, order, today) for row, order in pairs]
        )
        invoices._post(soft=False)
        pairs = [
            (row, move) for (row, _order), move in zip(pairs, invoices, strict=True)
        ]
        self._take_back([pair for pair in pairs if pair[0].returned], today)
        self._receive([pair for pair in pairs if pair[0].late is not None])

    @api.model
    def _prepare_invoice_vals(self, row, order, today):
        """Return the invoice of a whole order, on the day of the order."""
        lines = [line._prepare_invoice_line() for line in order.order_line]
        return {
            **order._prepare_invoice(),
            "invoice_date": today - timedelta(days=row.age),
            "invoice_line_ids": [Command.create(line) for line in lines],
        }

    @api.model
    def _take_back(self, pairs, today):
        """Post a credit note for the returned part of each invoice."""
        for row, invoice in pairs:
            day = today - timedelta(days=max(row.age - 12, 1))
            refund = invoice._reverse_moves([{"invoice_date": day, "date": day}])
            for line in refund.invoice_line_ids:
                line.quantity = round(line.quantity * row.returned)
            refund._post(soft=False)  # settles the invoice as well

    @api.model
    def _receive(self, pairs):
        """Register the payments of what is still open, each on its day."""
        journal = self.env["account.journal"].search(
            [
                *self.env["account.journal"]._check_company_domain(self.env.company),
                ("type", "=", "bank"),
            ],
            limit=1,
        )
        pairs = [pair for pair in pairs if pair[1].amount_residual]
        payments = self.env["account.payment"].create(
            [
                {
                    "payment_type": "inbound",
                    "partner_type": "customer",
                    "partner_id": invoice.commercial_partner_id.id,
                    "amount": invoice.amount_residual,
                    "date": invoice.invoice_date_due + timedelta(days=row.late),
                    "memo": invoice.name,
                    "journal_id": journal.id,
                    "outstanding_account_id": journal.default_account_id.id,
                }
                for row, invoice in pairs
            ]
        )
        payments.action_post()
        self.env["account.move.line"]._reconcile_plan(
            [
                self._receivable(invoice | payment.move_id)
                for (_row, invoice), payment in zip(pairs, payments, strict=True)
            ]
        )

    @api.model
    def _receivable(self, moves):
        return moves.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
