"""Points that are settled by a killed cron, or spent twice at once.

Part of the program behind test_kill: real transactions in a scratch database.
"""

from psycopg2.errors import SerializationFailure

from odoo.api import SUPERUSER_ID, Environment
from odoo.exceptions import ValidationError
from odoo.fields import Command

POINTS, CARD, PROGRAM = "crm.value.points", "loyalty.card", "loyalty.program"
NAME = "Pointed"


def prepare(env):
    """Give five customers a paid invoice over 100 each, not settled yet.

    Points that the database has already are set aside: their cards would be counted.
    """
    for table in ("loyalty_card", "loyalty_program"):  # cards with points refuse it
        env.cr.execute(f"UPDATE {table} SET active = FALSE")
    env.invalidate_all()
    # Else an evening here is tomorrow where the user is, and paid then.
    env = env(context={**env.context, "tz": "UTC"})
    env[PROGRAM].action_value_set_up()
    program = env.company._value_points_program()
    program.value_return_days = 0
    product = env["product.product"].create(
        {"name": NAME, "type": "service", "invoice_policy": "order"}
    )
    for number in range(5):
        customer = env["res.partner"].create({"name": f"{NAME} {number}"})
        order = _order(env, product, customer, 100)
        order.action_confirm()
        invoice = order._create_invoices()
        invoice.action_post()
        env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()


def _order(env, product, customer, amount):
    line = {"product_id": product.id, "price_unit": amount, "tax_ids": False}
    return env["sale.order"].create(
        {"partner_id": customer.id, "order_line": [Command.create(line)]}
    )


def work(env):
    type(env[CARD])._batch_size = 2
    env[POINTS]._cron_points()


def quote(env):
    """Claim the same 100 points on two quotations."""
    program = env.company._value_points_program()
    product = env["product.product"].search([("name", "=", NAME)], limit=1)
    customer = env["res.partner"].search([("name", "=", f"{NAME} 0")])
    card = env[CARD]._value_card_of(program, customer)
    for _number in range(2):
        order = _order(env, product, customer, 50)
        order._update_programs_and_rewards()
        order._apply_program_reward(program.reward_ids, card)


def race(registry):
    """Confirm both in two transactions that began before either has ended.

    :return: what became of the second one, and of its second try
    """
    with registry.cursor() as first, registry.cursor() as second:
        orders = [
            Environment(cr, SUPERUSER_ID, {})["sale.order"].search(
                [("partner_id.name", "=", f"{NAME} 0"), ("state", "=", "draft")]
            )
            for cr in (first, second)
        ]
        for quotations in orders:
            quotations.order_line.coupon_id.mapped("points")  # both see 100
        orders[0][0].action_confirm()
        first.commit()
        return [_confirm(orders[1][1]) for _try in range(2)]


def _confirm(order):
    try:
        order.action_confirm()
        order.env.cr.commit()
    except SerializationFailure:
        return _back(order, "conflict")
    except ValidationError:
        return _back(order, "refused")
    return "confirmed"


def _back(order, outcome):
    order.env.cr.rollback()
    order.env.invalidate_all()
    return outcome
