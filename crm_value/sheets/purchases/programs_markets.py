"""Exports of market places, and books that write their sales in a way of their own."""

from odoo.tools.translate import LazyTranslate

from .program import Program, meanings

_lt = LazyTranslate(__name__)

# -- Etsy ------------------------------------------------------------------------------


def _etsy_row(row):
    """Take an order's discount off its goods, and what was paid back of its total."""
    goods, total = row.number("Order Value"), row.number("Order Total")
    if goods is None:
        return
    goods -= abs(row.number("Discount Amount") or 0)
    left = row.number("Adjusted Order Total")
    if left is not None and total and row.text("Adjusted Order Total"):
        goods = round(goods * left / total, 2)
    row.put("Order Value", float(goods))


ETSY = Program(
    key="etsy",
    title=_lt("Etsy: sold orders"),
    signature=("Sale Date", "Order ID", "Order Value", "Order Net|Buyer User ID"),
    columns={
        "date": "Sale Date",
        "document": "Order ID",
        "status": "Status",
        "customer_ref": "Buyer User ID",
        "customer_name": "Full Name|Buyer",
        "currency": "Currency",
        "country": "Ship Country",
        "channel": "Order Type",
    },
    ways=({"amount": "Order Value"},),
    adjust=_etsy_row,
)

# -- Pinduoduo, JD ---------------------------------------------------------------------


def _pinduoduo_row(row):
    """Name an order by its state after the sale, where that ended it."""
    if "退款成功" in row.text("售后状态"):
        row.put("订单状态", "退款成功")


PINDUODUO = Program(
    key="pinduoduo",
    title=_lt("Pinduoduo: orders"),
    signature=(
        "订单号",
        "商家实收金额(元)|用户实付金额(元)",
        "订单成交时间|确认收货时间",
    ),
    columns={
        "date": "订单成交时间|拼单成功时间|支付时间|发货时间",
        "document": "订单号",
        "status": "订单状态",
        # the numbers of telephones are masked: two people have the same
        "customer_name": "收货人|收货人姓名",
        "product": "商品",
        "quantity": "商品数量(件)",
    },
    ways=({"amount_gross": "用户实付金额(元)", "shipping": "邮费(元)?"},),
    status=meanings(
        counts="已收货|已发货,待收货|已发货，待收货|待发货|已签收|已评价|已成团,待发货",
        skipped="待付款|退款成功|已取消|已关闭|已发货,退款成功|已发货，退款成功"
        "|未发货,退款成功|未发货，退款成功",
    ),
    adjust=_pinduoduo_row,
)
JD = Program(
    key="jd",
    title=_lt("JD: orders"),
    signature=("订单编号|订单号", "京东价", "订单金额|应付金额", "下单时间"),
    columns={
        "date": "下单时间|付款完成时间|付款确认时间",
        "document": "订单编号|订单号",
        "status": "订单状态",
        "customer_ref": "下单帐号|下单账号",
        "customer_name": "客户姓名|收货人",
        "product": "商品名称",
        "quantity": "订购数量",
    },
    ways=({"amount_gross": "应付金额|用户应付金额"}, {"amount_gross": "订单金额"}),
    once=(0, 1),
    status=meanings(
        counts="完成|已完成|等待确认收货|等待出库|已出库|等待收货",
        skipped="已取消|删除|(删除)等待付款确认|(删除)等待出库|等待付款|等待付款确认"
        "|锁定|已关闭",
    ),
)

# -- Stripe's balance, Tally -----------------------------------------------------------


def _balance_row(row):
    """Name the zone of a moment: it is that of the column."""
    moment = row.text("Created (UTC)")
    if moment[-1:].isdigit() and ":" in moment:
        row.put("Created (UTC)", f"{moment} UTC")


STRIPE_BALANCE = Program(
    key="stripe_balance",
    title=_lt("Stripe: balance"),
    signature=(
        "Type|reporting_category",
        "Fee",
        "Net",
        "Source|source_id|balance_transaction_id",
        "Created (UTC)|created|created_utc",
        "Available On (UTC)|available_on|available_on_utc|payout_id",
    ),
    columns={
        "date": "Created (UTC)|created_utc|created",
        "document": "Source|source_id|balance_transaction_id",
        "type": "Type|reporting_category",
        "customer_email": "customer_email|Customer Email",
        "customer_name": "customer_name|Customer Name",
        "currency": "Currency",
        "amount_gross": "Amount|gross",
    },
    kinds=meanings(
        counts="charge|payment",
        returns="refund|payment_refund|payment_failure_refund|dispute|charge_failure",
        skipped="payout|payout_failure|payout_cancel|stripe_fee|adjustment|transfer|fee"
        "|application_fee|application_fee_refund|topup|topup_reversal|advance"
        "|reserve_transaction|network_cost|dispute_reversal|tax_fee|contribution"
        "|platform_earning|other_adjustment|risk_reserved_funds|refund_failure",
    ),
    adjust=_balance_row,
)
TALLY = Program(
    key="tally",
    title=_lt("Tally: sales register"),
    signature=("Date", "Particulars", "Vch Type|Voucher Type", "Vch No.|Voucher No."),
    columns={
        "date": "Date",
        "document": "Vch No.|Voucher No.",
        "type": "Vch Type|Voucher Type",
        "customer_vat": "Buyer GSTIN/UIN|GSTIN/UIN|Party GSTIN/UIN",
        "customer_name": "Buyer|Particulars",
    },
    ways=(
        {"amount": "Value"},
        {"amount_gross": "Gross Total"},
        {"amount": "Debit|Debit Amount", "returned": "Credit|Credit Amount"},
    ),
    kinds=meanings(
        counts="sales|sale|tax invoice|gst sales|sales gst",
        returns="credit note|sales return",
        skipped="receipt|payment|contra|journal|purchase|debit note|delivery note"
        "|sales order|purchase order|stock journal|memorandum",
    ),
)

MARKETS = (ETSY, PINDUODUO, JD, STRIPE_BALANCE, TALLY)
