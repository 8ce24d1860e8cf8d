"""Exports of Odoo's own orders and invoices, by technical names and by labels."""

import re

from odoo.tools.translate import LazyTranslate

from .program import Program, meanings
from .rows import DOCUMENT, NEXT

_lt = LazyTranslate(__name__)

WHO = {
    "customer_email": "partner_id/email|Customer/Email|Partner/Email|客户/电子邮件"
    "|合作伙伴/电子邮件|客户/EMail",
    "customer_vat": "partner_id/vat|Customer/Tax ID|Partner/Tax ID|客户/税号",
    "customer_ref": "partner_id/ref|Customer/Reference|Partner/Reference|客户/参考"
    "|合作伙伴/参考",
}
# What stands on a document's first line only, where its lines are exported with it.
ORDER_CELLS = (
    *("date", "customer_ref", "customer_vat", "customer_email", "customer_name"),
    *("currency", "status", "type", "channel"),
)
CURRENCY = "currency_id|currency_id/name|Currency|Currency/Name|币别|货币|币种"
ORDERS = Program(
    key="odoo_orders",
    title=_lt("Odoo: sales orders"),
    signature=(
        "name|Order Reference|订单参考号|订单参考|订单关联",
        "date_order|Order Date|订单日期|单据日期|create_date|Creation Date|创建日期",
        "partner_id|Customer|客户|partner_id/name|Customer/Name|partner_id/email"
        "|Customer/Email|partner_id/display_name|Customer/Display Name|客户/显示名称",
        "amount_untaxed|Untaxed Amount|未完税金额|未税金额|amount_total|Total|总计|合计"
        "|order_line/price_subtotal|Order Lines/Subtotal|订单明细/小计",
    ),
    columns=WHO
    | {
        "date": "date_order|Order Date|订单日期|单据日期"
        "|create_date|Creation Date|创建日期",
        "document": "name|Order Reference|订单参考号|订单参考|订单关联",
        "status": "state|Status|状态|invoice_status|Invoice Status|开票状态|发票状态",
        "customer_name": "partner_id|Customer|客户|partner_id/name|Customer/Name"
        "|partner_id/display_name|Customer/Display Name|客户/显示名称",
        "currency": CURRENCY,
        "channel": "team_id|Sales Team|销售团队",
    },
    ways=(
        {
            "amount": "order_line/price_subtotal|Order Lines/Subtotal|订单明细/小计",
            "product": "order_line/product_id|Order Lines/Product|订单明细/产品"
            "|order_line/name|Order Lines/Description|订单明细/说明?",
            "quantity": "order_line/product_uom_qty|Order Lines/Quantity"
            "|订单明细/数量?",
            "margin": "order_line/margin|Order Lines/Margin|订单明细/毛利?",
        },
        {
            "amount": "amount_untaxed|Untaxed Amount|未完税金额|未税金额",
            "margin": "margin|Margin|毛利?",
        },
        {
            "amount_gross": "amount_total|Total|总计|合计",
            "tax": "amount_tax|Taxes|税项|税率",
        },
        {"amount_gross": "amount_total|Total|总计|合计"},
    ),
    status=meanings(
        counts="sale|sales order|locked|done|销售订单|已锁定|invoiced|fully invoiced"
        "|to invoice|upselling|upselling opportunity|全部开票|已开票|待开票|要开票",
        skipped="draft|quotation|sent|quotation sent|cancel|cancelled|报价单"
        "|已发送报价单|报价单已发送|已取消",
    ),
    once=(1, 2, 3),
    carried={"document": NEXT} | dict.fromkeys(ORDER_CELLS, DOCUMENT),
)

UNSIGNED = (
    "amount_untaxed|Untaxed Amount|未税金额|未完税金额",
    "amount_total|Total|总计|合计",
    "invoice_line_ids/price_subtotal|Invoice lines/Subtotal|发票行/小计"
    "|Invoice Lines/Subtotal|发票明细/小计",
)
KIND = "move_type|Type|类型"
NUMBER = "name|Number|编号|号码|数量"
CREDIT_NOTE = re.compile(r"R[A-Z]{2,}/")  # how Odoo numbers them, where it is let to


def _invoice_row(row):
    """Take an amount without a sign off, where the number is that of a credit note."""
    if row.text(KIND) or not CREDIT_NOTE.match(row.text(NUMBER)):
        return
    for names in UNSIGNED:
        if amount := row.number(names):
            row.put(names, -abs(float(amount)))


INVOICES = Program(
    key="odoo_invoices",
    title=_lt("Odoo: invoices"),
    signature=(
        NUMBER,
        "invoice_date|Invoice/Bill Date|Invoice Date|发票/账单日期|发票日期|开票日期",
        "invoice_partner_display_name|Invoice Partner Display Name"
        "|发票合作伙伴显示名称|partner_id|Partner|合作伙伴|业务伙伴|Customer|客户"
        "|partner_id/name|Partner/Name|partner_id/display_name|partner_id/email",
        "amount_untaxed|Untaxed Amount|未税金额|未完税金额|amount_untaxed_signed"
        "|Untaxed Amount Signed|已签字的未税金额|amount_untaxed_in_currency_signed"
        "|Untaxed Amount Signed Currency|已签外币未税金额|amount_total|Total|总计"
        "|amount_total_signed|Total Signed|已签字总计|amount_total_in_currency_signed"
        "|Total in Currency Signed|已签字的外币总计|Tax Excluded"
        "|invoice_line_ids/price_subtotal|Invoice lines/Subtotal|发票行/小计",
    ),
    columns=WHO
    | {
        "date": "invoice_date|Invoice/Bill Date|Invoice Date|发票/账单日期|发票日期"
        "|开票日期|date|Date|日期",
        "document": NUMBER,
        "status": "state|Status|状态",
        "type": KIND,
        "customer_name": "partner_id|Partner|合作伙伴|业务伙伴|Customer|客户"
        "|partner_id/name|Partner/Name|partner_id/display_name"
        "|invoice_partner_display_name|Invoice Partner Display Name"
        "|发票合作伙伴显示名称",
    },
    ways=(
        {
            "amount": UNSIGNED[2],
            "currency": f"{CURRENCY}?",
            "product": "invoice_line_ids/product_id|Invoice lines/Product|发票行/产品"
            "|invoice_line_ids/name|Invoice lines/Label|发票行/标签?",
            "quantity": "invoice_line_ids/quantity|Invoice lines/Quantity|发票行/数量?",
        },
        {
            "amount": "amount_untaxed_in_currency_signed"
            "|Untaxed Amount Signed Currency|已签外币未税金额",
            "currency": f"{CURRENCY}?",
        },
        # in the company's currency, whatever the invoice's is
        {
            "amount": "amount_untaxed_signed|Untaxed Amount Signed|已签字的未税金额"
            "|Tax Excluded"
        },
        {"amount": UNSIGNED[0], "currency": f"{CURRENCY}?"},
        {
            "amount_gross": "amount_total_in_currency_signed|Total in Currency Signed"
            "|已签字的外币总计",
            "currency": f"{CURRENCY}?",
        },
        {"amount_gross": "amount_total_signed|Total Signed|已签字总计"},
        {
            "amount_gross": UNSIGNED[1],
            "tax": "amount_tax|Tax|税项|税率",
            "currency": f"{CURRENCY}?",
        },
        {"amount_gross": UNSIGNED[1], "currency": f"{CURRENCY}?"},
    ),
    # Paid or not, what is posted was bought; a reversed one has its credit note.
    status=meanings(
        counts="posted|paid|in payment|partially paid|partial|not paid|reversed|blocked"
        "|已过账|已支|已支付|已付款|付款中|部分已付|部分付款|未支付|未付款|已撤销|受阻",
        skipped="draft|cancel|cancelled|草稿|已取消",
    ),
    kinds=meanings(
        counts="out_invoice|customer invoice|out_receipt|sales receipt|客户发票"
        "|销售收据",
        returns="out_refund|customer credit note|客户退款|客户贷记单",
        skipped="entry|journal entry|in_invoice|vendor bill|in_refund|purchase receipt"
        "|vendor credit note|in_receipt|日记账分录|供应商账单|供应商退款|采购收据",
    ),
    once=(1, 2, 3, 4, 5, 6, 7),
    carried={"document": NEXT} | dict.fromkeys(ORDER_CELLS, DOCUMENT),
    adjust=_invoice_row,
)

ODOO = (ORDERS, INVOICES)
