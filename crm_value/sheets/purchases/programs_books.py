"""Exports of accounting programs, payment services, tills, and published data sets."""

import re

from odoo.tools.translate import LazyTranslate

from .program import Program, meanings
from .words import RETURNS, SKIPPED, plain

_lt = LazyTranslate(__name__)

# -- QuickBooks ------------------------------------------------------------------------

QUICKBOOKS_KINDS = meanings(
    counts="invoice|sales receipt|statement charge",
    returns="credit memo|refund|refund receipt|credit refund",
    skipped="payment|estimate|deposit|bill|bill payment|bill payment (check)|check"
    "|bill payment (credit card)|expense|cash expense|journal entry|transfer|charge"
    "|credit|purchase order|credit card payment|sales tax payment|time charge"
    "|time activity|vendor credit|inventory qty adjust|sales order|receive payment"
    "|credit card expense|credit card credit|payroll check|tax payment",
)
QUICKBOOKS_NAMES = {
    "date": "Date|Transaction date",
    "document": "Num|Transaction number",
    "type": "Transaction Type|Type",
    "customer_name": "Customer|Customer full name|Customer name|Name",
    "currency": "Currency",
}
QUICKBOOKS_SALES = Program(
    key="quickbooks_sales",
    title=_lt("QuickBooks: sales by customer, detail"),
    signature=(
        "Transaction Type|Type",
        "Num|Transaction number",
        "Amount",
        "Product/Service|Product/Service full name|Item|Sales Price|Qty",
    ),
    columns=QUICKBOOKS_NAMES
    | {
        "product": "Product/Service|Product/Service full name|Item",
        "quantity": "Qty|Quantity",
        "amount": "Amount",
    },
    kinds=QUICKBOOKS_KINDS,
)
QUICKBOOKS_LIST = Program(
    key="quickbooks_list",
    title=_lt("QuickBooks: transaction list"),
    signature=(
        "Transaction Type|Type",
        "Num|Transaction number",
        "Amount",
        "Posting|Split|Account|Account full name",
    ),
    columns=QUICKBOOKS_NAMES | {"amount_gross": "Amount"},
    kinds=QUICKBOOKS_KINDS,
)

# -- Xero ------------------------------------------------------------------------------


XERO = Program(
    key="xero",
    title=_lt("Xero: sales invoices"),
    signature=(
        "ContactName",
        "InvoiceNumber",
        "InvoiceDate|DueDate",
        "LineAmount|UnitAmount|Total",
    ),
    columns={
        "date": "InvoiceDate|DueDate",
        "document": "InvoiceNumber",
        "status": "Status",
        "type": "Type",
        "customer_email": "EmailAddress",
        "customer_name": "ContactName",
        "currency": "Currency",
        "country": "POCountry|SACountry",
    },
    ways=(
        {"amount_gross": "Total", "tax": "TaxTotal"},
        {"amount": "LineAmount", "product": "Description?", "quantity": "Quantity?"},
        {
            "unit_price": "UnitAmount",
            "quantity": "Quantity",
            "discount_rate": "Discount?",
            "product": "Description?",
        },
        {"amount_gross": "Total"},
    ),
    status=meanings(
        counts="paid|awaiting payment|authorised|authorized|approved|sent|overdue",
        skipped="draft|awaiting approval|submitted|voided|deleted",
    ),
    kinds=meanings(
        counts="sales invoice|invoice|accrec",
        returns="sales credit note|credit note|accreccredit",
        skipped="bill|bill credit note|purchase bill|accpay|accpaycredit"
        "|sales overpayment|sales prepayment|quote|purchase order",
    ),
    once=(0, 3),
)

# -- Stripe ----------------------------------------------------------------------------


CREATED = "Created (UTC)|Created date (UTC)"


def _stripe_row(row):
    """Mend a payment: its zone, and one that was tried out or lost in a dispute."""
    moment = row.text(CREATED)
    if moment[-1:].isdigit() and ":" in moment:
        row.put(CREATED, f"{moment} UTC")
    if row.text("Mode").lower() == "test":
        row.put("Status", "Test")
    elif row.text("Dispute Status").lower() == "lost":
        row.put("Status", "Dispute lost")


STRIPE = Program(
    key="stripe",
    title=_lt("Stripe: payments"),
    signature=(
        "id",
        CREATED,
        "Amount",
        "Status|Amount Refunded|PaymentIntent ID|Seller Message",
    ),
    columns={
        "date": CREATED,
        "document": "id",
        "status": "Status",
        "customer_email": "Customer Email|Email|Billing Details Email",
        "customer_name": "Customer Name|Card Name|Customer Description",
        "currency": "Currency",
        "amount_gross": "Amount",
        "refunded": "Amount Refunded",
    },
    status=meanings(
        counts="paid|succeeded|partially refunded|partial refund|captured|disputed",
        skipped="failed|refunded|canceled|cancelled|incomplete|uncaptured|blocked|pending"
        "|requires payment method|requires action|requires capture|expired|processing"
        "|test|dispute lost|early fraud warning",
    ),
    adjust=_stripe_row,
)

# -- PayPal ----------------------------------------------------------------------------

GROSS = "Gross|Brutto|Bruto|Avant commission|Lordo"
KIND = "Type|Typ|Tipo"
SENDER = (
    "From Email Address|Absender E-Mail-Adresse|De l'adresse email"
    "|Correo electrónico del remitente|Dall'indirizzo email|Van e-mailadres"
)
RECEIVER = (
    "To Email Address|Empfänger E-Mail-Adresse|À l'adresse email"
    "|Correo electrónico del destinatario|All'indirizzo email|Naar e-mailadres"
)
SALES_TAX = "Sales Tax|Umsatzsteuer"
PAYPAL_KINDS = meanings(
    counts="express checkout payment|website payment|web accept payment received"
    "|website payments pro payment|website payments standard payment|mobile payment"
    "|shopping cart payment received|subscription payment|recurring payment received"
    "|recurring payment|payment received|general payment|ebay auction payment"
    "|virtual terminal payment|point of sale payment|paypal here payment|pos payment"
    "|preapproved payment bill user payment|direct credit card payment|invoice payment"
    "|card payment|checkout payment|paypal express-zahlung|allgemeine zahlung"
    "|handyzahlung|website-zahlung|abonnementzahlung|zahlung erhalten|zahlung"
    "|zahlung im einzugsverfahren mit zahlungsrechnung|paiement express checkout"
    "|paiement recu|paiement sur site marchand|pago exprés|pago recibido",
    returns="payment refund|refund|partial refund|payment reversal|chargeback"
    "|ruckzahlung|zahlungsruckbuchung|remboursement|reembolso|rimborso",
    skipped="general withdrawal|withdraw funds to bank account|auto-sweep|transfer"
    "|user initiated withdrawal|bank deposit to pp account|general currency conversion"
    "|currency conversion|account hold for open authorization|general authorization"
    "|reversal of general account hold|void of authorization|payment hold|fee"
    "|hold on balance for dispute investigation|payment release|payment review hold"
    "|general credit card deposit|general credit card withdrawal|payment fee"
    "|chargeback fee|partner fee|tax collected by partner|general hold|order"
    "|general hold release|payment sent|request sent|invoice sent|dispute fee"
    "|cancellation of hold for dispute resolution|buyer credit payment withdrawal"
    "|allgemeine abbuchung|bankgutschrift auf paypal-konto"
    "|allgemeine wahrungsumrechnung"
    "|einbehaltung fur offene autorisierung|von nutzer eingeleitete abbuchung"
    "|ruckbuchung allgemeiner einbehaltung|allgemeine autorisierung|gebuhr"
    "|allgemeine kreditkartengutschrift|zahlung gesendet|virement|retrait",
)


def _paypal_row(row):
    """Mend a row: what the shop paid itself, who got a refund, a tax left empty."""
    gross = row.number(GROSS)
    if gross is not None and gross < 0:
        kind = PAYPAL_KINDS.get(plain(row.text(KIND)))
        if kind == RETURNS:
            row.put(SENDER, row.text(RECEIVER))
        elif kind != SKIPPED:
            row.put(KIND, "Payment Sent")
    if not row.text(SALES_TAX):
        row.put(SALES_TAX, 0)


PAYPAL = Program(
    key="paypal",
    title=_lt("PayPal: activity"),
    signature=(
        GROSS,
        KIND,
        "Transaction ID|Transaktionscode|Numéro de transaction|Id. de transacción"
        "|Codice transazione|Transactiereferentie",
        "Fee|Gebühr|Commission|Comisión|Tarifa|Tariffa|Kosten|Net|Netto|Neto",
    ),
    columns={
        "date": "Date|Datum|Fecha|Data",
        "document": "Transaction ID|Transaktionscode|Numéro de transaction"
        "|Id. de transacción|Codice transazione|Transactiereferentie",
        "status": "Status|État|Estado|Stato",
        "type": KIND,
        "customer_email": SENDER,
        "customer_name": "Name|Nom|Nombre|Nome|Naam",
        "currency": "Currency|Währung|Devise|Divisa|Valuta|Moneda",
        "product": "Item Title|Artikelbezeichnung",
        "country": "Country Code|Ländervorwahl",
    },
    ways=({"amount_gross": GROSS, "tax": SALES_TAX}, {"amount_gross": GROSS}),
    status=meanings(
        # A payment that went back has a row of its own, which takes it off again.
        counts="completed|refunded|partially refunded|reversed|partially reversed"
        "|cleared|abgeschlossen|zuruckgezahlt|teilweise zuruckgezahlt|erstattet"
        "|teilweise erstattet|ruckgangig gemacht|termine|effectue|rembourse|completado"
        "|reembolsado|completata|rimborsata|voltooid|terugbetaald",
        skipped="pending|denied|canceled|cancelled|expired|failed|voided|removed|held"
        "|unclaimed|returned|created|active|placed|on hold|ausstehend|abgelehnt"
        "|storniert|fehlgeschlagen|verfallen|en attente|refuse|pendiente|denegado",
    ),
    kinds=PAYPAL_KINDS,
    adjust=_paypal_row,
)

# -- Square ----------------------------------------------------------------------------

SQUARE = Program(
    key="square",
    title=_lt("Square: transactions, items"),
    signature=("Net Sales", "Gross Sales", "Transaction ID|Event Type|Total Collected"),
    columns={
        "date": "Date",
        "document": "Transaction ID",
        "status": "Transaction Status",
        "type": "Event Type",
        "customer_ref": "Customer ID|Customer Reference ID",
        "customer_name": "Customer Name",
        "product": "Item",
        "quantity": "Qty",
        "channel": "Location",
        "amount": "Net Sales",
    },
    status=meanings(
        counts="complete|completed|partially refunded",
        skipped="pending|voided|failed|canceled|cancelled|declined",
    ),
    kinds=meanings(
        counts="payment|sale|exchange",
        returns="refund|return",
        skipped="gift card|void|no sale|deposit|fee",
    ),
)

# -- Published data sets ---------------------------------------------------------------


def _retail_row(row):
    """Write a customer's number without the point that spreadsheets have left in it."""
    number = row.text("CustomerID|Customer ID")
    row.put("CustomerID|Customer ID", re.sub(r"\.0+$", "", number))


RETAIL = Program(
    key="online_retail",
    title=_lt("UCI: Online Retail"),
    signature=("InvoiceNo|Invoice", "StockCode", "UnitPrice|Price", "Quantity"),
    columns={
        "date": "InvoiceDate",
        "document": "InvoiceNo|Invoice",
        "customer_ref": "CustomerID|Customer ID",
        "product": "Description|StockCode",
        "country": "Country",
        "unit_price": "UnitPrice|Price",
        "quantity": "Quantity",
    },
    date_order="mdy",
    adjust=_retail_row,
)

BOOKS = (QUICKBOOKS_SALES, QUICKBOOKS_LIST, XERO, STRIPE, PAYPAL, SQUARE, RETAIL)
