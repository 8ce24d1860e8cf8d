"""Names of columns, in the languages whose programs write files of purchases.

``amount_net``, ``amount_total`` and ``price`` are no targets: what they hold shows only
beside the other columns (see ``money``).
"""

import re

from .names_more import MORE
from .words import plain

NAMES = {
    "date": """data zamowienia|data faktury|data sprzedazy|data wystawienia
    |訂單日期|購買日期|發票日期|銷售日期|created utc|order created at|sold at
    |sold on|invoice dt|order dt|purchase time|timestamp|purchased at|ordered at
    |ordered on|processed at|checkout date|gebucht am|invoiced on|date|datetime|day
    |purchase date|order date|invoice date|document date|transaction date|sale date
    |sales date|created|created at|created on|date created|order created|bill date
    |posting date|txn date|billing date|doc date|datum|bestelldatum|rechnungsdatum
    |belegdatum|kaufdatum|buchungsdatum|auftragsdatum|date de commande
    |date commande|date facture|date de facture|date de vente|date vente|date achat
    |date de facturation|fecha|fecha de compra|fecha de factura|fecha factura
    |fecha pedido|fecha de pedido|fecha de venta|data|data fattura|data ordine
    |data documento|data vendita|data acquisto|data da compra|data da venda
    |data do pedido|data da fatura|data emissao|data de emissao|besteldatum
    |factuurdatum|orderdatum|verkoopdatum|日期|时间|交易日期|购买日期|订单日期
    |发票日期|下单时间|销售日期|创建时间|订单创建时间|付款时间|单据日期|开票日期
    |日付|注文日|購入日|売上日|請求日|取引日|販売日|注文日時|購入日時|伝票日付
    |売上日付""",
    "time": """time|time of day|order time|transaction time|sale time|uhrzeit|zeit
    |heure|hora|ora|orario|tijd|tijdstip|时刻|時刻|時間""",
    "customer_ref": """numer klienta|nr klienta|kod klienta|id klienta|客戶編號
    |客戶代碼|會員編號|會員號|cust id|cust no|cust number|cust code|customerid
    |user id|contact id|patient id|guest id|household key|customer reference
    |customer ref|customer no|customer number|customer code|customer nr|client id
    |client no|client number|client code|buyer id|member id|account no
    |account number|ref|reference|kundennummer|kundennr|kunden id|kundenreferenz
    |debitor|debitornummer|debitorennummer|numero client|n client|no client
    |code client|reference client|id client|codigo cliente|codigo de cliente
    |codigo del cliente|numero de cliente|n cliente|id cliente|no cliente
    |codice cliente|numero cliente|cod cliente|codigo do cliente|klantnummer
    |klantnr|klant id|klantcode|debiteurnummer|debiteur|客户编号|客户编码|客户代码
    |客户号|会员号|会员编号|客户id|用户id|买家id|顧客番号|顧客コード|顧客id
    |得意先コード|得意先番号|会員番号|取引先コード""",
    "customer_vat": """nip|numer vat|統一編號|統編|vat number|vat id|vat no|tax id
    |tax number|customer vat|vat|tin|ust id|ust idnr|umsatzsteuer id|steuernummer
    |n tva|numero tva|numero de tva|tva intracommunautaire|nif|cif|cif nif|nif cif
    |nit|rfc|ruc|piva|partita iva|codice fiscale|cnpj|cpf|cpf cnpj|cnpj cpf
    |btw nummer|btw nr|税号|纳税人识别号|统一社会信用代码|法人番号|登録番号""",
    "customer_email": """adres e mail|e mail klienta|電子郵件|客戶信箱
    |e mail customer|payer email|from email address|user email|member email|email
    |mail|email address|customer email|client email|buyer email|contact email
    |billing email|e mail adresse|kunden email|e mail kunde|adresse email|courriel
    |email client|correo|correo electronico|email cliente|correo del cliente
    |indirizzo email|posta elettronica|endereco de email|e mailadres|邮箱|电子邮箱
    |电子邮件|客户邮箱|买家邮箱|メール|メールアドレス|eメール""",
    "customer_name": """nazwa klienta|imie i nazwisko|nazwa|nabywca|客戶名稱
    |客戶姓名|公司名稱|會員姓名|買家|cust name|bill to|sold to|sold to name
    |ship to name|purchaser|consumer name|contact name|payer name|customer name
    |customer full name|name|client name|company|company name|buyer|buyer name
    |bill to name|billing name|billing full name|account name|member name|full name
    |customer company|kundenname|firma|name des kunden|rechnungsempfanger
    |firmenname|nom client|nom du client|nom|raison sociale|societe|nombre
    |nombre cliente|nombre del cliente|razon social|nombre de cliente|empresa
    |nome cliente|nome del cliente|ragione sociale|intestatario|nome
    |nome do cliente|razao social|klantnaam|naam|naam klant|bedrijfsnaam|bedrijf
    |客户名称|客户姓名|姓名|公司|公司名称|会员姓名|买家|买家姓名|收货人|收货人姓名
    |买家昵称|顧客名|お客様名|得意先名|氏名|会社名|取引先名|購入者名|取引先""",
    "amount_net": """kwota netto|wartosc netto|razem netto|未稅金額|銷售額未稅
    |不含稅金額|net amt|amount net|total net|net price|untaxed total amount
    |sales net|taxable value|net amount|net total|net sales|net|net value
    |net price total|subtotal|order subtotal|line subtotal|untaxed amount
    |untaxed total|untaxed|amount untaxed|amount excl tax|amount excl vat
    |amount excluding tax|amount excluding vat|total excl tax|total excl vat
    |total excluding tax|total excluding vat|total ex vat|amount ex vat
    |total ex tax|amount ex tax|amount without tax|total without tax
    |total before tax|amount before tax|pretax amount|taxable amount|tax base
    |net revenue|tax excluded|netto|nettobetrag|betrag netto|gesamt netto
    |summe netto|nettosumme|umsatz netto|nettoumsatz|betrag ohne mwst|zwischensumme
    |warenwert|nettowert|nettopreis gesamt|montant ht|total ht|ht|ca ht
    |prix total ht|montant hors taxe|montant hors taxes|total hors taxe
    |total hors taxes|hors taxe|sous total|base imponible|importe neto|total neto
    |neto|importe sin iva|total sin iva|base|imponibile|totale imponibile
    |importo netto|totale netto|totale senza iva|importo senza iva
    |netto iva esclusa|totale iva esclusa|subtotale|valor liquido|total liquido
    |liquido|total sem imposto|valor sem imposto|total sem iva|valor sem iva
    |bedrag excl|bedrag excl btw|totaal excl|totaal excl btw|bedrag ex btw
    |totaal ex btw|bedrag exclusief btw|totaal exclusief btw|netto bedrag|subtotaal
    |excl btw|净额|未税金额|不含税金额|税前金额|未税总额|不含税总额|不含税价
    |商品小计|小计|税抜金額|税抜合計|税抜|税抜価格|小計|税抜売上|本体価格
    |税抜き金額""",
    "amount": """kwota|wartosc|sprzedaz|obrot|銷售額|交易金額|amt|sale amount|spend
    |transaction amount|purchase amount|ext price|ext amount|ext amt|extension
    |transaction value|purchase value|sales value|line value|nettoverkaufswert|gmv
    |amount|sales|sales amount|revenue|value|line total|line amount|extended price
    |extended amount|turnover|item total|betrag|umsatz|wert|positionssumme
    |zeilensumme|montant|chiffre d affaires|ca|valeur|importe|monto|ventas|valor
    |importo|valore|fatturato|vendite|quantia|faturamento|receita|bedrag|omzet
    |waarde|regeltotaal|金额|销售额|交易金额|金額|売上|売上金額|売上高|販売金額
    |取引金額""",
    "amount_total": """razem|suma|kwota zamowienia|總額|總金額|訂單金額
    |合計金額含運|total amt|order total amount|total amount paid|total charged
    |total collected|total sum|total revenue|total spent|total|total amount
    |order total|total price|invoice total|sum|order amount|total sales|total sale
    |amount paid|paid amount|total paid|order value|total value|invoice amount
    |gesamt|gesamtbetrag|summe|gesamtsumme|gesamtpreis|rechnungsbetrag|bestellsumme
    |rechnungssumme|auftragswert|total commande|total facture|montant total
    |prix total|montant facture|total pedido|total factura|importe total
    |monto total|precio total|valor total|total venta|totale|totale ordine
    |totale fattura|importo totale|prezzo totale|valore totale|totale documento
    |total do pedido|total da fatura|preco total|total da venda|totaal|totaalbedrag
    |totaalprijs|factuurbedrag|orderbedrag|besteltotaal|总额|总金额|实付金额
    |订单金额|订单总额|总价|合计|应付金额|实收金额|买家实付金额|买家应付货款
    |支付金额|発注金額|合計|合計金額|総額|注文金額|注文合計|請求金額|支払金額
    |お支払金額""",
    "amount_gross": """kwota brutto|wartosc brutto|razem brutto|含稅金額|含稅總額
    |gross amt|amount gross|gross value|tax inclusive amount|total gross|gross
    |gross amount|gross total|gross sales|grand total|grand total base
    |grand total purchased|total incl tax|total incl vat|total including tax
    |total including vat|amount incl tax|amount incl vat|amount including tax
    |amount including vat|total with tax|amount with tax|total inc vat
    |total inc tax|total inc gst|tax included|total tax included|brutto
    |bruttobetrag|betrag brutto|gesamt brutto|summe brutto|bruttosumme|bruttoumsatz
    |umsatz brutto|endbetrag|endsumme|betrag inkl mwst|gesamt inkl mwst|montant ttc
    |total ttc|ttc|prix total ttc|ca ttc|net a payer|importe bruto|total bruto
    |bruto|importe con iva|total con iva|total iva incluido|importo lordo
    |totale lordo|lordo|totale con iva|importo con iva|totale ivato
    |totale iva inclusa|valor bruto|total com imposto|total com iva|valor com iva
    |bedrag incl|bedrag incl btw|totaal incl|totaal incl btw|bedrag inclusief btw
    |totaal inclusief btw|bruto bedrag|incl btw|含税金额|价税合计|含税总额|含税价
    |税价合计|税込金額|税込合計|税込|税込価格|税込み金額|税込総額""",
    "tax": """kwota vat|podatek|podatek vat|稅額|營業稅|tax amt|vat amt|taxes total
    |tax value|vat total|tax|taxes|tax amount|vat amount|total tax|sales tax|gst
    |gst amount|hst|tax total|order tax|total vat|total taxes|line tax|steuer|mwst
    |mehrwertsteuer|umsatzsteuer|ust|steuerbetrag|mwst betrag|ust betrag|tva
    |montant tva|taxe|taxes tva|total tva|montant de la tva|iva|importe iva
    |impuesto|impuestos|cuota iva|total iva|importo iva|imposta|imposte|totale iva
    |imposto|impostos|valor iva|btw|btw bedrag|totaal btw|belasting|税额|税金
    |增值税|消費税|消費税額|税額|消費税等""",
    "unit_price": """cena jednostkowa|cena netto|單價|unitprice|unit amount
    |unit cost|list unit price|per unit price|price excl vat|unit net price
    |net unit price|price each|price per unit|lineitem price|item price|price unit
    |sales price|unit sales price|selling price|sale price|rate|price per item
    |einzelpreis|stuckpreis|preis pro stuck|e preis|vk preis|verkaufspreis
    |einzelpreis netto|stuckpreis netto|netto einzelpreis|prix unitaire|pu|pu ht
    |prix unitaire ht|precio unitario|precio unidad|prezzo unitario|preco unitario
    |valor unitario|stuksprijs|eenheidsprijs|prijs per stuk|单价|销售单价|商品单价
    |単価|販売単価|税抜単価""",
    "price": "price|preis|prix|precio|prezzo|preco|prijs|价格|售价|価格|販売価格",
    "discount": """rabaty|upust|折扣金額|discount|discount amount|line discount
    |lineitem discount|item discount|discounts|total discount|rabatt|rabattbetrag
    |nachlass|skonto|remise|montant remise|rabais|reduction|descuento
    |importe descuento|dto|sconto|importo sconto|desconto|valor desconto|korting
    |kortingsbedrag|折扣|折扣金额|优惠|优惠金额|割引|割引額|値引|値引額|値引き""",
    "discount_rate": """discount percent|discount percentage|discount rate
    |discount pct|disc|line discount percent|rabatt prozent|rabatt in prozent
    |rabattsatz|remise en pourcent|taux de remise|pourcentage remise
    |porcentaje descuento|descuento porcentaje|percentuale sconto
    |percentual desconto|kortingspercentage|折扣率|割引率""",
    "refunded": """refunded|refunded amount|refund|refund amount|amount refunded
    |total refunded|refunds|order refund amount|erstattet|erstattung
    |erstattungsbetrag|erstatteter betrag|rembourse|montant rembourse|remboursement
    |reembolso|reembolsado|importe reembolsado|rimborso|rimborsato
    |importo rimborsato|valor reembolsado|estorno|terugbetaald|terugbetaald bedrag
    |退款|退款金额|已退款金额|返金|返金額""",
    "shipping": """shipping fee|shipping price|delivery cost|delivery charge
    |total shipping|shipping|shipping cost|shipping amount|shipping total|freight
    |order shipping|delivery|delivery fee|postage|versand|versandkosten
    |frais de port|livraison|envio|gastos de envio|spedizione|spese di spedizione
    |frete|verzendkosten|verzending|运费|送料|配送料""",
    "returned": """returns|returned amount|returns amount|sales returns
    |credit notes|retouren|gutschriften|retours|avoirs|devoluciones|resi|devolucoes
    |退货金额|返品金額""",
    "debit": "debit|debit amount|soll|debe|dare|debito|debet|借方|借方金额",
    "credit": "credit|credit amount|haben|haber|avere|credito|贷方|贷方金额|貸方",
    "currency": """waluta|幣別|貨幣|currency|currency code|order currency|wahrung
    |devise|monnaie|moneda|divisa|valuta|moeda|munt|币种|货币|币别|通貨|通貨コード""",
    "margin": """margin|gross margin|profit|gross profit|marge|rohertrag
    |deckungsbeitrag|gewinn|marge brute|benefice|margen|margen bruto|beneficio
    |margine|margine lordo|utile|margem|margem bruta|lucro|brutomarge|winst|毛利
    |毛利额|利润|粗利|粗利益|粗利額""",
    "document": """faktura|numer faktury|nr faktury|zamowienie|numer zamowienia
    |nr zamowienia|paragon|numer dokumentu|nr dokumentu|訂單編號|訂單號碼|發票號碼
    |單號|inv no|inv num|invoice num|inv|order num|bill|txn id|trans id|trans no
    |transaction|reference number|order reference|invoice reference|receipt id
    |basket id|belegnr|kassenbon|document|document number|document no|invoice
    |invoice no|invoice number|invoice id|order|order no|order number|order id
    |receipt|receipt number|receipt no|num|transaction id|transaction number
    |sale id|bill no|bill number|sales order|ticket|ticket number|order name
    |voucher no|beleg|belegnummer|rechnung|rechnungsnummer|rechnungsnr|rechnung nr
    |bestellung|bestellnummer|bestellnr|auftragsnummer|auftragsnr|bonnummer|bon nr
    |facture|numero facture|numero de facture|n facture|no facture|commande
    |numero commande|numero de commande|n commande|no commande|ticket de caisse
    |piece|n piece|factura|numero de factura|numero factura|n factura|no factura
    |pedido|numero de pedido|numero pedido|n pedido|no pedido|documento
    |numero documento|fattura|numero fattura|n fattura|ordine|numero ordine
    |n ordine|scontrino|fatura|numero da fatura|numero do pedido|nota fiscal
    |numero da nota|nf|encomenda|factuur|factuurnummer|factuurnr|bestelling
    |ordernummer|bestelnummer|bon|单据|单据号|单号|订单号|订单编号|发票号|发票号码
    |小票号|流水号|销售单号|交易号|注文番号|伝票番号|請求書番号|受注番号
    |レシート番号|取引番号|注文id|伝票no""",
    "product": """produkty|towar|nazwa produktu|nazwa towaru|產品|產品名稱|商品名稱
    |product|product name|item|item name|article|description|product service
    |lineitem name|product title|produkt|artikel|artikelname|bezeichnung
    |artikelbezeichnung|produktname|beschreibung|produit|designation|nom du produit
    |libelle|producto|articulo|descripcion|nombre del producto|prodotto|articolo
    |descrizione|nome prodotto|produto|artigo|descricao|nome do produto|productnaam
    |omschrijving|artikelnaam|产品|产品名称|商品|商品名称|品名|宝贝标题|商品标题
    |商品名|製品名|品目""",
    "quantity": """ilosc|sztuk|數量|qty sold|quantity sold|no of items|item count
    |units ordered|number of units|quantity|qty|units|pieces|lineitem quantity
    |quantity ordered|qty ordered|item quantity|units sold|menge|anzahl|stuckzahl
    |stuck|quantite|qte|nombre d articles|cantidad|cant|uds|unidades|quantita|qta
    |pezzi|quantidade|qtd|qtde|aantal|hoeveelheid|数量|件数|销售数量|购买数量|個数
    |販売数""",
    "status": """stan|status zamowienia|status platnosci|狀態|訂單狀態|付款狀態
    |sale state|payment state|order state|delivery status|fulfillment status
    |fulfilment status|shipping status|lieferstatus|status|order status
    |financial status|payment status|invoice status|state|transaction status
    |sale status|document status|bestellstatus|zahlungsstatus|auftragsstatus
    |rechnungsstatus|statut|statut de la commande|statut commande|etat
    |statut paiement|estado|estado del pedido|estado pedido|estado de pago|stato
    |stato ordine|stato pagamento|situacao|estado do pedido|status do pedido
    |betaalstatus|状态|订单状态|支付状态|交易状态|发票状态|ステータス|状態|注文状況
    |状況|支払状況""",
    "cancelled": """cancelled|canceled|is cancelled|is canceled|void|voided|is void
    |deleted|is deleted|draft|is draft|returned|is returned|is refunded|storniert
    |storno|annule|annulee|cancelado|cancelada|anulado|anulada|annullato|annullata
    |geannuleerd|已取消|是否取消|是否退款|是否作废|キャンセル""",
    "type": """typ dokumentu|rodzaj|rodzaj dokumentu|類型|交易類型|type
    |transaction type|document type|sale or return|sale return|sale type|dr cr
    |cr dr|debit credit|credit debit|order type|line type|kind|txn type|typ|art
    |belegart|vorgangsart|buchungsart|soll haben|s h|vorgang|nature
    |type de document|type de transaction|tipo|tipo de documento|tipo documento
    |tipo de transaccion|tipo operazione|tipo de transacao|soort|documentsoort|类型
    |单据类型|交易类型|订单类型|业务类型|種別|区分|取引区分|伝票区分|売上区分
    |取引種別""",
    "channel": """channel|sales channel|shop|store|source|store name|purchase point
    |location|branch|kanal|vertriebskanal|filiale|laden|canal|canal de vente
    |boutique|magasin|tienda|canal de venta|canale|negozio|punto vendita|loja
    |canal de venda|winkel|kanaal|filiaal|渠道|销售渠道|门店|店铺|店铺名称|チャネル
    |店舗|店舗名|販売チャネル""",
    "country": """country|customer country|billing country|land|kundenland|pays
    |pais|paese|nazione|国家|国家地区|国""",
    "source_key": """source key|key|unique key|external id|id|line id
    |transaction line id|唯一键|来源键|来源键值|明細id""",
}
CUSTOMER_NAMES = """klient|kontrahent|odbiorca|客戶|會員|customer|client|partner
    |buyer|member|account|kunde|kunden|kundin|clientes|cliente|klant|afnemer
    |acheteur|comprador|acquirente|客户|顾客|会员|用户|顧客|お客様|得意先|会員"""
# Money of another kind, and why it is never the amount of a purchase.
OTHER_MONEY = {
    "cost": """cost|cost price|unit cost price|item cost price|cogs|purchase price
    |total cost|einkaufspreis|ek preis|selbstkosten|cout|prix d achat
    |prix de revient|coste|costo|custo|kostprijs|inkoopprijs|成本|进价|原価
    |仕入価格""",
    "balance": """balance|balance due|amount due|outstanding balance|open balance
    |outstanding|running balance|saldo|offener betrag|solde|restant du
    |saldo pendiente|openstaand|余额|欠款|残高|未収金""",
    "list_price": """lineitem compare at price|compare at price|list price|rrp|msrp
    |uvp|listenpreis|original price|prix catalogue|precio de lista|listino|原价
    |吊牌价|定価""",
    "fee": """fee|fees|commission|tip|tips|gebuhr|gebuhren|provision|frais
    |commission ht|comision|commissione|taxa|comissao|provisie|手续费|佣金|手数料""",
    "rate": """tax rate|vat rate|steuersatz|mwst satz|taux tva|tipo iva|aliquota
    |aliquota iva|btw tarief|税率""",
    "tax_part": "tax 1 value|tax 2 value|tax 3 value|tax 4 value|tax 5 value",
}
CURRENCY_SUFFIX = re.compile(r"[\s_]+\(?(in )?([a-z]{3}|元)\)?$|[€$£¥]")
CURRENCY_CODES = frozenset(
    "eur usd gbp chf cny rmb jpy aud cad hkd sek nok dkk pln brl mxn inr twd sgd nzd "
    "czk huf 元".split()
)
SIGNS = {"€": "EUR", "£": "GBP"}  # those of one currency only
ALIASES = {"rmb": "CNY", "元": "CNY"}


def normalise(name):
    """Return a column's name without case, accents, spaces and signs.

    >>> normalise(" E-mail (Customer) "), normalise("Quantité")
    ('emailcustomer', 'quantite')
    """
    return re.sub(r"[\W_]+", "", plain(name))


def currency_of(name):
    """Return the code of the currency that a name ends with, or "".

    >>> currency_of("Amount (USD)"), currency_of("Total €"), currency_of("Net")
    ('USD', 'EUR', '')
    """
    found = re.search(r"(?:^|[\s_(\[])([a-z]{3}|元)[)\]]?$", plain(name))
    if found and found[1] in CURRENCY_CODES:
        return ALIASES.get(found[1], found[1].upper())
    return next((code for sign, code in SIGNS.items() if sign in name), "")


def without_currency(name):
    """Return a name without the currency it ends with.

    >>> without_currency("Amount (USD)"), without_currency("Total €")
    ('amount', 'total')
    """
    bare = re.sub(r"[\s(\[]*[€$£¥][)\]]*", "", plain(name)).strip()
    if currency_of(bare) and re.search(r"[\s_(\[]", bare):
        bare = re.sub(r"[\s_(\[]*(\bin )?([a-z]{3}|元)[)\]]?$", "", bare)
    return bare.strip()


def _known(names):
    return {
        normalise(word): kind
        for kind, words in names.items()
        for word in words.split("|")
    }


KNOWN = _known(MORE) | _known({**NAMES, **OTHER_MONEY})
CUSTOMERS = frozenset(map(normalise, CUSTOMER_NAMES.split("|")))
