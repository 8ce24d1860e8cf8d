"""Exports of web shops and market places.

A purchase is what a customer bought: after discounts, without tax and without delivery
where the file tells them apart. Fees, payouts and transfers are no purchases.
"""

from decimal import Decimal

from odoo.tools.translate import LazyTranslate

from .program import Program, meanings
from .rows import DOCUMENT, NEXT

_lt = LazyTranslate(__name__)

CENT = Decimal("0.005")


def _full_name(first, last):
    """Return a function that writes the first name before the last."""

    def adjust(row):
        row.put(last, f"{row.text(first)} {row.text(last)}")

    return adjust


# -- Shopify ---------------------------------------------------------------------------


def _shopify_way(table):
    """Return 1 where the prices hold the tax: the total is the sum without it."""
    sums = [table.column(name) for name in ("Subtotal", "Shipping", "Taxes", "Total")]
    if not all(sums):
        return None
    inside = outside = 0
    for cells in zip(*sums, strict=False):
        goods, delivery, tax, total = map(_decimal, cells)
        if None in (goods, tax, total) or not tax:
            continue
        rest = total - goods - (delivery or 0)
        inside += abs(rest) < abs(rest - tax)
        outside += abs(rest - tax) <= abs(rest)
    return 1 if inside > outside else 0


def _decimal(cell):
    try:
        return Decimal(str(cell).replace(",", "."))
    except ArithmeticError:
        return None


def _shopify_row(row):
    """Mend an order: one that was cancelled, and the tax that its delivery holds."""
    if row.text("Cancelled at"):
        row.put("Financial Status", "cancelled")
    goods, delivery = row.number("Subtotal"), row.number("Shipping")
    tax, total = row.number("Taxes"), row.number("Total")
    if None in (goods, delivery, tax, total) or not delivery or not total:
        return
    if abs(total - goods - delivery) < CENT:
        row.put("Taxes", float(round(tax * goods / total, 2)))


# What was bought, known of an order with one line.
SHOPIFY_LINE = {"quantity": "Lineitem quantity?", "product": "Lineitem name?"}
SHOPIFY = Program(
    key="shopify",
    title=_lt("Shopify: orders"),
    signature=(
        "Financial Status",
        "Lineitem name|Lineitem quantity|Lineitem price|Fulfillment Status|Paid at",
    ),
    columns={
        "date": "Created at|Processed at|Paid at",
        "document": "Name",
        "customer_email": "Email",
        "customer_name": "Billing Name|Shipping Name",
        "currency": "Currency",
        "status": "Financial Status",
        "channel": "Source",
        "country": "Billing Country|Shipping Country",
    },
    ways=(
        {
            "amount": "Subtotal",
            "tax": "Taxes?",
            "refunded": "Refunded Amount?",
            **SHOPIFY_LINE,
        },
        {
            "amount_gross": "Subtotal",
            "tax": "Taxes",
            "refunded": "Refunded Amount?",
            **SHOPIFY_LINE,
        },
        {
            "amount_gross": "Total",
            "tax": "Taxes",
            "shipping": "Shipping?",
            "refunded": "Refunded Amount?",
            **SHOPIFY_LINE,
        },
        {
            "unit_price": "Lineitem price",
            "quantity": "Lineitem quantity",
            "discount": "Lineitem discount?",
            "product": "Lineitem name?",
        },
        {"amount_gross": "Total", "refunded": "Refunded Amount?", **SHOPIFY_LINE},
    ),
    status=meanings(
        counts="paid|partially refunded|partially paid",
        skipped="refunded|voided|pending|authorized|expired|cancelled|unpaid",
    ),
    once=(0, 1, 2, 4),
    carried=dict.fromkeys(
        ("customer_email", "customer_name", "currency", "status", "channel"), DOCUMENT
    ),
    choose_way=_shopify_way,
    adjust=_shopify_row,
)

# -- WooCommerce -----------------------------------------------------------------------

WOO_STATUSES = meanings(
    counts="completed|processing|partially refunded|partial refunded|shipped",
    skipped="pending|pending payment|on-hold|on hold|cancelled|refunded|failed|draft"
    "|checkout-draft|trash",
)
WOO_REPORT = Program(
    key="woocommerce_report",
    title=_lt("WooCommerce: analytics of orders"),
    signature=(
        "Order #",
        "Net sales|N. Revenue|Net revenue",
        "Customer type|Items sold",
    ),
    columns={
        "date": "Date",
        "document": "Order #",
        "status": "Status",
        "customer_name": "Customer",
        "amount": "Net sales|N. Revenue|Net revenue",
        "product": "Product(s)",
        "channel": "Attribution",
    },
    status=WOO_STATUSES,
)
WOO_LABELS = Program(
    key="woocommerce_advanced",
    title=_lt("WooCommerce: advanced order export"),
    signature=(
        "Order Number",
        "Order Status",
        "Order Total Amount|Order Subtotal Amount",
    ),
    columns={
        "date": "Order Date|Paid Date|Completed Date",
        "document": "Order Number",
        "status": "Order Status",
        "customer_email": "Email (Billing)|Customer User Email|User Email",
        "customer_name": "Full Name (Billing)|Last Name (Billing)",
        "currency": "Currency|Order Currency",
        "country": "Country Code (Billing)|Country Name (Billing)",
    },
    ways=(
        {
            "amount_gross": "Order Total Amount",
            "tax": "Order Total Tax Amount",
            "shipping": "Order Shipping Amount?",
            "refunded": "Order Refund Amount?",
        },
        {"amount": "Order Subtotal Amount"},
        {"amount_gross": "Order Total Amount", "refunded": "Order Refund Amount?"},
    ),
    status=WOO_STATUSES,
    once=(0, 1, 2),
    adjust=_full_name("First Name (Billing)", "Last Name (Billing)"),
)
WOO_KEYS = Program(
    key="woocommerce_orders",
    title=_lt("WooCommerce: order export"),
    signature=("order_total", "billing_email|customer_email", "order_number|order_id"),
    columns={
        "date": "order_date|date|date_created|paid_date",
        "document": "order_number|order_id",
        "status": "status|order_status",
        "customer_email": "billing_email|customer_email",
        "customer_name": "billing_full_name|billing_last_name",
        "currency": "order_currency|currency",
        "country": "billing_country",
    },
    ways=(
        {
            "amount_gross": "order_total",
            "tax": "tax_total|total_tax|order_tax",
            "shipping": "shipping_total|order_shipping?",
            "refunded": "refunded_total|total_refunded?",
        },
        {"amount_gross": "order_total", "refunded": "refunded_total?"},
    ),
    status=WOO_STATUSES,
    once=(0, 1, 2),
    adjust=_full_name("billing_first_name", "billing_last_name"),
)

# -- Magento ---------------------------------------------------------------------------

MAGENTO = Program(
    key="magento",
    title=_lt("Magento: orders"),
    signature=(
        "Purchase Date|Purchased On",
        "Grand Total (Base)|Grand Total (Purchased)|G.T. (Base)|G.T. (Purchased)",
    ),
    columns={
        "date": "Purchase Date|Purchased On",
        "document": "ID|Order #",
        "status": "Status",
        "customer_email": "Customer Email",
        "customer_name": "Customer Name|Bill-to Name|Bill to Name",
        "channel": "Purchase Point",
    },
    ways=(
        {"amount": "Subtotal", "refunded": "Total Refunded?"},
        {
            "amount_gross": "Grand Total (Base)|Grand Total (Purchased)|G.T. (Base)",
            "refunded": "Total Refunded?",
        },
    ),
    status=meanings(
        counts="complete|processing",
        skipped="canceled|closed|pending|pending payment|payment review|on hold|holded"
        "|suspected fraud|fraud|pending paypal|paypal reversed|paypal canceled reversal"
        "|rejected",
    ),
)

# -- Amazon ----------------------------------------------------------------------------

NET_OF_TAX = {"USD", "CAD"}  # where sellers name prices without tax


def _amazon_way(table):
    currencies = {str(cell).strip().upper() for cell in table.column("currency")} - {""}
    return 0 if currencies and currencies <= NET_OF_TAX else 1


def _amazon_row(row):
    """Take a line's discount off its price, and the tax of the discount off its tax."""
    if row.text("item-status").lower() == "cancelled":
        row.put("order-status", "Cancelled")
    price, tax = row.number("item-price"), row.number("item-tax")
    if tax is None:
        tax = Decimal(0)
        row.put("item-tax", 0)
    discount = abs(row.number("item-promotion-discount") or 0)
    if price and discount:
        row.put("item-price", float(price - discount))
        row.put("item-tax", float(round(tax * (price - discount) / price, 2)))


AMAZON_ORDERS = Program(
    key="amazon_orders",
    title=_lt("Amazon: order report"),
    signature=("order-id|amazon-order-id", "item-price", "purchase-date|payments-date"),
    columns={
        "date": "purchase-date|payments-date",
        "document": "order-id|amazon-order-id",
        "status": "order-status",
        "customer_email": "buyer-email",
        "customer_name": "buyer-name|recipient-name",
        "currency": "currency",
        "product": "product-name|sku",
        "quantity": "quantity-purchased|quantity-shipped|quantity",
        "channel": "sales-channel",
        "country": "ship-country",
    },
    ways=(
        {"amount": "item-price"},
        {"amount_gross": "item-price", "tax": "item-tax?"},
    ),
    status=meanings(
        counts="shipped|shipped - delivered to buyer|shipped - picked up|shipping"
        "|shipped - out for delivery|unshipped|partially shipped|complete|completed",
        skipped="cancelled|canceled|pending|pending - waiting for pick up|unfulfillable"
        "|shipped - returned to seller|shipped - rejected by buyer"
        "|shipped - returning to seller|shipped - lost in transit|shipped - damaged",
    ),
    choose_way=_amazon_way,
    adjust=_amazon_row,
)


def _settlement_row(row):
    """Name the kind of a row by what it is: only the price of goods is a purchase."""
    if row.text("transaction-type").lower() not in ("order", "refund"):
        kind = row.text("transaction-type") or "Settlement"
    elif row.text("amount-description").lower() == "principal":
        return
    else:
        kind = row.text("amount-type")
    row.put("amount-description", kind)


AMAZON_SETTLEMENT = Program(
    key="amazon_settlement",
    title=_lt("Amazon: settlement report"),
    signature=("settlement-id", "amount-type", "amount-description", "amount"),
    columns={
        "date": "posted-date-time|posted-date",
        "document": "order-id",
        "type": "amount-description",
        "currency": "currency",
        "product": "sku",
        "channel": "marketplace-name",
        "amount": "amount",
    },
    kinds=meanings(
        counts="principal",
        skipped="settlement|itemprice|itemfees|itemwithheldtax|promotion|other-transaction"
        "|servicefee|service fee|a-to-z guarantee refund|chargeback refund|debt"
        "|shipment fees|order fees|tax|transfer|deposit|payable to amazon|adjustment"
        "|cost of advertising|fba inventory fee|fba inventory reimbursement"
        "|goodwill concession|couponredemptionfee|retrocharge|warehousedamage",
    ),
    carried={"currency": NEXT},
    adjust=_settlement_row,
)

# -- Taobao, Tmall, Youzan -------------------------------------------------------------

TAOBAO = Program(
    key="taobao",
    title=_lt("Taobao, Tmall: orders"),
    signature=(
        "订单编号",
        "买家实际支付金额|买家应付货款|买家实付金额",
        "订单状态|买家会员名",
    ),
    columns={
        "date": "订单创建时间|订单付款时间",
        "document": "订单编号",
        "status": "订单状态",
        "customer_ref": "买家会员名",
        "customer_name": "收货人姓名",
        "product": "宝贝标题|商品标题",
        "quantity": "宝贝总数量",
        "channel": "店铺名称",
    },
    ways=(
        {
            "amount_gross": "买家实际支付金额|买家实付金额",
            "refunded": "退款金额?",
        },
        {"amount_gross": "买家应付货款", "refunded": "退款金额?"},
    ),
    status=meanings(
        counts="交易成功|卖家已发货|卖家已发货,等待买家确认|卖家已发货,等待买家确认收货"
        "|等待买家确认收货|买家已付款|买家已付款,等待卖家发货|等待卖家发货|卖家部分发货",
        skipped="交易关闭|交易已关闭|等待买家付款|没有创建支付宝交易|付款以后用户退款成功"
        "|付款以前,卖家或买家主动关闭交易|退款成功",
    ),
)
YOUZAN = Program(
    key="youzan",
    title=_lt("Youzan: orders"),
    signature=("订单号", "订单实付金额", "订单状态|买家付款时间|全部商品名称"),
    columns={
        "date": "订单创建时间|下单时间|买家付款时间",
        "document": "订单号",
        "status": "订单状态",
        "customer_ref": "买家手机号|收货人手机号/提货人手机号",
        "customer_name": "买家姓名|收货人/提货人|买家昵称",
        "product": "全部商品名称",
        "channel": "归属店铺|店铺名称",
    },
    ways=({"amount_gross": "订单实付金额", "refunded": "订单已退款金额?"},),
    status=meanings(
        counts="交易完成|交易成功|已发货|部分发货|待发货|待成团|待接单|待自提|已完成",
        skipped="交易关闭|已关闭|待付款|等待买家付款|待支付|全额退款",
    ),
)

SHOPS = (
    SHOPIFY,
    WOO_REPORT,
    WOO_LABELS,
    WOO_KEYS,
    MAGENTO,
    AMAZON_ORDERS,
    AMAZON_SETTLEMENT,
    TAOBAO,
    YOUZAN,
)
