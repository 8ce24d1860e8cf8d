"""Named fixtures of the tests: a company, customers, short ways to documents."""

from contextlib import contextmanager
from datetime import date, datetime, timedelta
from random import Random
from unittest.mock import patch

from odoo import fields
from odoo.fields import Command
from odoo.tests import TransactionCase, freeze_time

from odoo.addons.base.models.ir_cron import IrCron

from ..analytics.statistics import ranking
from ..models.purchases.crm_value_facts import Scope

TODAY = date(2026, 6, 15)
PLAIN = {
    "lang": "en_US",
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "no_reset_password": True,
}
COLUMNS_OF_A_RUN = {
    "id",
    "run_id",
    "create_date",
    "write_date",
    "create_uid",
    "write_uid",
}


def ago(days):
    """Return the date some days before the frozen today."""
    return TODAY - timedelta(days=days)


@freeze_time("2026-06-15 12:00:00")
class ValueCommon(TransactionCase):
    """One company with a chart of accounts, a product, and today is 2026-06-15."""

    _fewest = 1  # so that a handful of customers stands for many

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if cls._fewest:
            cls.startClassPatcher(patch.object(ranking, "FEWEST", cls._fewest))
        cls.env = cls.env(context=dict(cls.env.context, **PLAIN))
        cls.usd = cls.env.ref("base.USD")
        cls.company = cls._create_company("Value Company", cls.usd)
        cls.env.user.company_id = cls.company
        cls.env = cls.env(
            context=dict(cls.env.context, allowed_company_ids=cls.company.ids)
        )
        cls.company = cls.company.with_env(cls.env)
        cls.product = cls.env["product.product"].create(
            {
                "name": "Widget",
                "type": "consu",
                "list_price": 100.0,
                "standard_price": 60.0,
                "taxes_id": False,
            }
        )
        cls.closed_stage = cls.env["helpdesk.ticket.stage"].search(
            [("closed", "=", True)], limit=1
        )
        cls.open_stage = cls.env["helpdesk.ticket.stage"].search(
            [("closed", "=", False)], limit=1
        )

    @classmethod
    def _create_company(cls, name, currency):
        """Return a new company with accounts and journals, but without documents."""
        company = cls.env["res.company"].create(
            {"name": name, "currency_id": currency.id}
        )
        cls.env.user.company_ids += company
        chart = cls.env["account.chart.template"]
        chart.try_loading("generic_coa", company=company, install_demo=False)
        company.currency_id = currency
        return company

    @classmethod
    def _currency(cls, name, rate, company=None, day="2000-01-01"):
        """Return an active currency with one rate (units for one of the company's)."""
        currency = cls.env["res.currency"].with_context(active_test=False)
        currency = currency.search([("name", "=", name)])
        currency.active = True
        company = company or cls.company
        cls.env["res.currency.rate"].create(
            {
                "currency_id": currency.id,
                "rate": rate,
                "name": day,
                "company_id": company.id,
            }
        )
        return currency

    # --- documents ---

    @classmethod
    def _customer(cls, name, parent=None, **values):
        """Return a company customer, or a contact of ``parent``."""
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": not parent,
                "parent_id": parent.id if parent else False,
                **values,
            }
        )

    @classmethod
    def _line(cls, amount, **values):
        """Return an invoice line over ``amount`` without tax."""
        return Command.create(
            {
                "name": "Line",
                "product_id": cls.product.id,
                "quantity": 1,
                "price_unit": amount,
                "tax_ids": False,
                **values,
            }
        )

    @classmethod
    def _invoice(cls, partner, amount, day=TODAY, post=True, lines=None, **values):
        """Return a posted invoice over ``amount``; ``lines`` replace the single one."""
        company = values.pop("company", cls.company)
        due = values.pop("due", day)
        move = (
            cls.env["account.move"]
            .with_company(company)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": partner.id,
                    "invoice_date": day,
                    "date": day,
                    "invoice_date_due": due,
                    "invoice_payment_term_id": False,
                    "invoice_line_ids": lines or [cls._line(amount)],
                    **values,
                }
            )
        )
        if post:
            move.action_post()
        return move

    @classmethod
    def _credit(cls, partner, amount, day=TODAY, **values):
        """Return a posted credit note that reverses no document."""
        return cls._invoice(partner, amount, day, move_type="out_refund", **values)

    @classmethod
    def _reverse(cls, invoice, day=TODAY, amount=None):
        """Reverse an invoice on ``day``, all of it or ``amount``, and reconcile."""
        credit = invoice._reverse_moves([{"date": day, "invoice_date": day}])
        if amount is not None:
            credit.invoice_line_ids[0].write({"quantity": 1, "price_unit": amount})
        credit.action_post()
        cls._settle(invoice, credit)
        return credit

    @classmethod
    def _settle(cls, *moves):
        """Reconcile the receivable lines of some documents."""
        lines = cls.env["account.move.line"].concat(*(move.line_ids for move in moves))
        lines.filtered(
            lambda line: (
                line.account_id.account_type == "asset_receivable"
                and not line.reconciled
            )
        ).reconcile()

    @classmethod
    def _pay(cls, invoice, day=TODAY, amount=None):
        """Register a payment of an invoice as the user does, and return it."""
        values = {"payment_date": day}
        if amount is not None:
            values["amount"] = amount
        wizard = cls.env["account.payment.register"].with_company(invoice.company_id)
        wizard = wizard.with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        return wizard.create(values)._create_payments()

    @classmethod
    def _write_off(cls, invoice, day=TODAY, paid=0.0):
        """Book as a loss what is open of an invoice, less what is paid with it."""
        loss = cls.env["account.account"].create(
            {"name": "Bad debts", "code": "BAD", "account_type": "expense"}
        )
        wizard = cls.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        wizard.create(
            {
                "payment_date": day,
                "amount": paid,
                "payment_difference_handling": "reconcile",
                "writeoff_account_id": loss.id,
            }
        )._create_payments()

    @classmethod
    def _order(cls, partner, amount, day=TODAY, confirm=True, line=None, **values):
        """Return a sale order over ``amount`` dated at noon of ``day``."""
        moment = datetime.combine(day, datetime.min.time()) + timedelta(hours=12)
        company = values.pop("company", cls.company)
        order = (
            cls.env["sale.order"]
            .with_company(company)
            .create(
                {
                    "partner_id": partner.id,
                    "company_id": company.id,
                    "date_order": moment,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": cls.product.id,
                                "product_uom_qty": 1,
                                "price_unit": amount,
                                "tax_ids": False,
                                **(line or {}),
                            }
                        )
                    ],
                    **values,
                }
            )
        )
        if confirm:
            order.action_confirm()
            order.date_order = moment
        return order

    @classmethod
    def _ticket(cls, partner, opened=TODAY, closed=None, **values):
        """Return a ticket opened at noon of a day, and closed at noon of another."""
        ticket = cls.env["helpdesk.ticket"].create(
            {
                "name": "Help",
                "description": "Please",
                "partner_id": partner.id,
                "company_id": cls.company.id,
                **values,
            }
        )
        if closed:
            ticket.stage_id = cls.closed_stage
        ticket.flush_recordset()
        cls.env.cr.execute(
            "UPDATE helpdesk_ticket SET create_date = %s, closed_date = %s"
            " WHERE id = %s",
            (f"{opened} 12:00:00", closed and f"{closed} 12:00:00", ticket.id),
        )
        ticket.invalidate_recordset()
        return ticket

    @classmethod
    def _transaction(cls, partner, amount, day=TODAY, **values):
        """Return an imported purchase."""
        count = cls.env["crm.value.transaction"].search_count([])
        return cls.env["crm.value.transaction"].create(
            {
                "partner_id": partner.id,
                "company_id": cls.company.id,
                "date": day,
                "amount": amount,
                "currency_id": cls.company.currency_id.id,
                "source_key": f"test {count}",
                **values,
            }
        )

    @classmethod
    def _purchases(cls, partner, *purchases):
        """Create imported purchases, each an amount and the days since."""
        prefix = f"{partner.id} {cls.env['crm.value.transaction'].search_count([])}"
        return cls.env["crm.value.transaction"].create(
            [
                {
                    "partner_id": partner.id,
                    "company_id": cls.company.id,
                    "date": ago(days),
                    "amount": amount,
                    "currency_id": cls.company.currency_id.id,
                    "source_key": f"{prefix} {at}",
                }
                for at, (amount, days) in enumerate(purchases)
            ]
        )

    @classmethod
    def _age(cls, customer, days):
        """Let the purchases of a customer lie further back."""
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE crm_value_transaction SET date = date - %s WHERE partner_id = %s",
            (days, customer.id),
        )
        cls.env.invalidate_all()

    @classmethod
    def _population(cls, size, seed=1):
        """Return customers with reproducible purchases, returns and tickets."""
        random = Random(seed)
        customers = cls.env["res.partner"].create(
            [{"name": f"Customer {at}", "is_company": True} for at in range(size)]
        )
        for customer in customers:
            count = random.choice((0, 1, 2, 3, 5, 8))
            purchases = [
                (random.randint(-500, 9999) / 100, random.randint(0, 800))
                for _n in range(count)
            ]
            cls._purchases(customer, *purchases)
            if random.random() < 0.3:
                cls._ticket(customer, ago(random.randint(10, 500)), ago(5))
        return customers

    @classmethod
    def _only_this_company(cls):
        """Leave this company as the only one that crons see."""
        cls.env.cr.execute(
            "UPDATE res_company SET active = FALSE WHERE id <> %s", (cls.company.id,)
        )
        cls.env.invalidate_all()
        cls.env["crm.value.run"].search(
            [("state", "in", ("queued", "running"))]
        ).unlink()
        cls.env["crm.value.stale"].search([]).unlink()

    # --- scoring ---

    @classmethod
    @contextmanager
    def _no_commit(cls):
        """Let runs go on where they commit; the test's transaction keeps everything."""

        def commit_progress(cron, processed=0, **_options):
            cron.env.flush_all()
            return float("inf")

        with patch.object(IrCron, "_commit_progress", commit_progress):
            yield

    @classmethod
    def _score(cls, company=None, as_of=None):
        """Run a full scoring, today's or one for a past date, and return the run."""
        company = company or cls.company
        run = cls.env["crm.value.run"].create(
            {"company_id": company.id, "as_of": as_of or fields.Date.today()}
        )
        with cls._no_commit():
            run._execute()
        return run

    @classmethod
    def _refresh(cls):
        """Refresh all stale customers, as the crons do."""
        runs = cls.env["crm.value.run"]
        asked = [("state", "=", "queued"), ("is_past", "=", False)]
        before = runs.search(asked)
        with cls._no_commit():
            runs._cron_refresh()
            for run in runs.search(asked) - before:
                run._execute()

    @classmethod
    def _cron(cls):
        """Do the nightly cron's work, without its commits."""
        with cls._no_commit():
            cls.env["crm.value.run"]._cron_score()

    @classmethod
    def _snapshot(cls, partner, day, **values):
        """Return the snapshots of a customer on a day."""
        return cls.env["crm.value.snapshot"].search(
            [
                ("partner_id", "=", partner.id),
                ("company_id", "=", cls.company.id),
                ("date", "=", day),
                *((name, "=", value) for name, value in values.items()),
            ]
        )

    @classmethod
    def _profile(cls, partner, company=None):
        """Return the customer's profile, an empty one if there is none."""
        return cls.env["crm.value.profile"].search(
            [
                ("partner_id", "=", partner.id),
                ("company_id", "=", (company or cls.company).id),
            ]
        )

    @classmethod
    def _facts(cls, partner=None, policy=None, as_of=TODAY, **options):
        """Return the gathered facts of one customer, or the arrays of all."""
        policy = policy or cls._policy()
        scope = Scope(
            policy.company_id,
            policy._as_rules(),
            policy.basis,
            as_of,
            options.pop("until", as_of),
            **options,
        )
        facts = cls.env["crm.value.facts"]._gather(scope)
        if partner is None:
            return facts
        [at] = (facts["partner_id"] == partner.id).nonzero()[0]
        return {name: column[at] for name, column in facts.items()}

    @classmethod
    def _policy(cls, company=None, **changes):
        """Return the published policy; with ``changes``, publish a version with them.

        ``since`` is the date it counts from, today unless given.
        """
        company = company or cls.company
        since = changes.pop("since", None)
        policy = cls.env["crm.value.policy"]._published(company)
        if changes:
            policy = policy.copy()
            policy.write(changes)
            policy._publish()
        if since:
            policy.flush_recordset()
            cls.env.cr.execute(
                "UPDATE crm_value_policy SET published_date = %s WHERE id = %s",
                (since, policy.id),
            )
            policy.invalidate_recordset()
        return policy

    @classmethod
    def _row(cls, profile):
        """Return a profile's own columns: what a second scoring must find again."""
        [row] = profile.with_context(bin_size=True).read(cls._stored(profile))
        return {name: row[name] for name in row if name not in COLUMNS_OF_A_RUN}

    @classmethod
    def _stored(cls, records):
        return [field.name for field in records._fields.values() if field.store]

    @classmethod
    def _stale(cls, company=None):
        """Return the customers queued for a refresh."""
        marks = cls.env["crm.value.stale"].search(
            [("company_id", "=", (company or cls.company).id)]
        )
        return marks.partner_id

    @classmethod
    def _forget_stale(cls):
        """Empty the queue and the triggers, to see what one action adds."""
        cls.env.flush_all()
        cls.env["crm.value.stale"].search([]).unlink()
        cls.env["ir.cron.trigger"].search([]).unlink()
