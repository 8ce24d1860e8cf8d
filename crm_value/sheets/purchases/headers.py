"""Guessing of what each column holds, from its name and first values."""

import re

from .values import guess_decimal_comma, to_text

TARGETS = (
    "date",
    "time",
    "customer_ref",
    "customer_vat",
    "customer_email",
    "customer_name",
    "amount",
    "amount_gross",
    "tax",
    "unit_price",
    "discount",
    "refunded",
    "currency",
    "margin",
    "document",
    "product",
    "quantity",
    "status",
    "type",
    "channel",
    "country",
    "source_key",
)
CUSTOMER = {
    "ref": "customer_ref",
    "vat": "customer_vat",
    "email": "customer_email",
    "name": "customer_name",
}
NAMES = {
    "date": "date datetime day purchasedate orderdate invoicedate documentdate "
    "transactiondate 日期 时间 交易日期 购买日期 订单日期 发票日期 下单时间 销售日期",
    "customer_ref": "customerreference customerref customerid customerno "
    "customernumber customercode clientid ref reference 客户编号 客户编码 客户代码 "
    "客户号 会员号 会员编号",
    "customer_vat": "vat vatnumber vatid taxid taxnumber customervat 税号 纳税人识别号 "
    "统一社会信用代码",
    "customer_email": "email mail emailaddress customeremail 邮箱 电子邮箱 "
    "电子邮件 客户邮箱",
    "customer_name": "customername name clientname company companyname buyer 客户名称 "
    "客户姓名 姓名 公司 公司名称 会员姓名 买家",
    "amount": "amount total net netamount totalamount untaxedamount value sales "
    "revenue price linetotal 金额 总额 总金额 销售额 净额 未税金额 交易金额 实付金额",
    "currency": "currency currencycode 币种 货币 币别",
    "margin": "margin grossmargin profit grossprofit 毛利 毛利额 利润",
    "document": "document documentnumber documentno invoice invoiceno invoicenumber "
    "order orderno ordernumber orderid receipt receiptnumber "
    "单据 单据号 单号 订单号 订单编号 发票号 发票号码 小票号",
    "product": "product productname item article description 产品 产品名称 商品 "
    "商品名称 品名",
    "quantity": "quantity qty units pieces 数量 件数",
    "channel": "channel saleschannel shop store source 渠道 销售渠道 门店 店铺",
    "country": "country customercountry 国家 国家地区",
    "source_key": "sourcekey key uniquekey externalid id 唯一键 来源键 来源键值",
}
CUSTOMER_NAMES = "customer client partner buyer member 客户 顾客 会员"
KNOWN = {name: target for target, names in NAMES.items() for name in names.split()}


def normalise(name):
    """Return a column's name without case, spaces and signs.

    >>> normalise(" E-mail (Customer) ")
    'emailcustomer'
    """
    return re.sub(r"[\W_]+", "", name).lower()


def guess(header, samples, labels=None):
    """Return the targets of the columns, None where nothing fits.

    :param list header: names of the columns
    :param list samples: the first cells of each column
    :param dict labels: name → target, as this Odoo writes them in its own exports
    :return: list as long as ``header``; no target appears twice

    >>> guess(["Date", "Customer", "Amount", "Note"], [[], ["17850", "13047"], [], []])
    ['date', 'customer_ref', 'amount', None]
    """
    known = KNOWN | {normalise(name): target for name, target in (labels or {}).items()}
    found = []
    for name, cells in zip(header, samples, strict=True):
        target = known.get(normalise(name))
        if normalise(name) in CUSTOMER_NAMES.split() or target == "customer":
            target = _kind_of_customer([to_text(cell) for cell in cells])
        found.append(target if target not in found else None)
    return _settle_company_money(found)


def _kind_of_customer(texts):
    texts = [text for text in texts if text]
    if texts and all("@" in text for text in texts):
        return "customer_email"
    if texts and all(re.fullmatch(r"[\w./-]*\d[\w./-]*", text) for text in texts):
        return "customer_ref"
    return "customer_name"


def _settle_company_money(found):
    """Take money in company currency only where the file has no original amount.

    Such a column is never in the currency that stands beside the original one.
    """
    original = "amount" in found
    instead = {"amount_company": "amount", "margin_company": "margin"}
    if not original and "amount_company" in found:
        found = [None if target == "currency" else target for target in found]
    return [
        (None if original or instead[target] in found else instead[target])
        if target in instead
        else target
        for target in found
    ]


def guess_decimal_commas(targets, samples):
    """Return whether the columns of numbers are written with a decimal comma."""
    texts = [
        to_text(cell)
        for target, cells in zip(targets, samples, strict=True)
        if target in ("amount", "margin", "quantity")
        for cell in cells
        if isinstance(cell, str) and cell.strip()
    ]
    return guess_decimal_comma(texts)
