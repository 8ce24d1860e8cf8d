"""Words of files: what a status, a kind of line, a total and "nobody" are called.

A status or kind of line that is not among them is asked about, never guessed.
"""

import re
import unicodedata
from functools import lru_cache

from . import words_more as more

COUNTS, RETURNS, SKIPPED = "counts", "returns", "skipped"
NOTHING = frozenset(
    """#n/a #na #value! #ref! #name? #null! #div/0! n/a n.a. na nan null none nil
    undefined - -- --- – — . ? 0 00 (null) (none) (blank) (leer) <null> \\n #nv #bezug!
    #wert! unknown unbekannt inconnu desconocido desconhecido sconosciuto onbekend
    guest anonymous walk-in laufkundschaft invitado ospite
    散客 匿名 无 空 未知 無 不明 なし""".split()
) | {
    "not available",
    "walk in",
    "walk-in customer",
    "walk in customer",
    "guest customer",
    "cash customer",
    "cash sale",
    "cash sales",
    "counter sale",
    "no customer",
    "no name",
    "(not set)",
    "client de passage",
    "client comptoir",
    "cliente de contado",
    "cliente generico",
    "consumidor final",
    "publico general",
    "publico en general",
    "barverkauf",
    "散客户",
    "零售客户",
}
STATUSES = {
    COUNTS: """oplacone|zaplacone|zrealizowane|wyslane|dostarczone|已出貨
    |已付款完成|已完成訂單|paid|complete|completed|completely shipped|shipped
    |fulfilled|delivered|closed|done|invoiced|posted|processed|processing|success
    |successful|succeeded|sold|captured|settled|paid in full|fully paid
    |payment received|overdue|past due|sent|partially shipped|partially fulfilled
    |partially delivered|deposited|final|finalized|bezahlt|abgeschlossen|versendet
    |versandt|geliefert|erledigt|fakturiert|verbucht|gebucht|berechnet|ausgeliefert
    |teilweise geliefert|zahlung erhalten|paye|payee|payes|paiement accepte|termine
    |terminee|expedie|expediee|livre|livree|facture|facturee|valide|validee
    |comptabilise|comptabilisee|reglee|regle|pagado|pagada|completado|completada
    |enviado|enviada|entregado|entregada|facturado|facturada|cerrado|cerrada
    |cobrado|cobrada|pagato|pagata|completato|completata|spedito|spedita|consegnato
    |consegnata|fatturato|fatturata|evaso|evasa|chiuso|chiusa|pago|paga|concluido
    |concluida|entregue|faturado|faturada|fechado|finalizado|betaald|voltooid
    |afgerond|verzonden|geleverd|gefactureerd|afgehandeld|已支付|已付款|已完成|完成
    |已发货|已收货|已签收|交易成功|成功|已开票|已过账|已結案|已付|支付成功|交易完成
    |部分发货|已付款待发货|买家已付款|卖家已发货|支払済み|支払い済み|入金済み|完了
    |発送済み|出荷済み|配達済み|売上確定|決済完了""",
    SKIPPED: """anulowane|anulowana|szkic|zwrocone|oczekujace|nieoplacone|已退貨
    |未付款訂單|cancelled|canceled|cancel|cancelled by customer
    |canceled by customer|draft|quote|quotation|quotation sent|estimate|proposal
    |refunded|fully refunded|pending|pending payment|payment pending
    |awaiting payment|on hold|failed|failure|void|voided|declined|rejected|refused
    |expired|abandoned|deleted|trash|chargeback|charged back|chargedback|reversed
    |uncollectible|written off|lost|checkout draft|not paid|error|authorized
    |authorised|returned|denied|suspected fraud|fraud|incomplete|payment error
    |payment failed|storniert|abgebrochen|entwurf|angebot|erstattet|ausstehend
    |fehlgeschlagen|abgelehnt|verworfen|zuruckgezahlt|ruckerstattet|annulliert
    |wartend|zahlung ausstehend|annule|annulee|brouillon|devis|rembourse|remboursee
    |en attente|echoue|echouee|refuse|refusee|en attente de paiement
    |erreur de paiement|expiree|cancelado|cancelada|anulado|anulada|borrador
    |presupuesto|reembolsado|reembolsada|pendiente|fallido|fallida|rechazado
    |rechazada|pendiente de pago|devuelto|devuelta|annullato|annullata|bozza
    |preventivo|rimborsato|rimborsata|in attesa|fallito|fallita|rifiutato|rifiutata
    |in sospeso|stornato|stornata|rascunho|orcamento|estornado|estornada|pendente
    |falhou|rejeitado|recusado|aguardando|aguardando pagamento|devolvido|devolvida
    |geannuleerd|concept|offerte|terugbetaald|in afwachting|mislukt|geweigerd|wacht
    |已取消|取消|已关闭|交易关闭|草稿|已退款|退款成功|待付款|未付款|待支付|未支付
    |失败|作废|已作废|无效|已退货|等待买家付款|全额退款|退款|报价|キャンセル
    |キャンセル済み|下書き|返金済み|未払い|保留|失敗|無効|未入金|見積""",
    None: """partially refunded|partial refund|partly refunded
    |partiellement rembourse|parcialmente reembolsado|一部返金|partially paid
    |partial|partly paid|open|new|unpaid|active|confirmed|approved|accepted|ordered
    |placed|received|in progress|in process|unfulfilled|ready|scheduled
    |teilweise erstattet|offen|neu|bestellt|ouvert|ouverte|nouveau|abierto|abierta
    |aperto|aperta|aberto|nieuw|confirme|confirmee|confirmado|confirmato|部分退款
    |待发货|新建|处理中|未発送|処理中""",
}
KINDS = {
    COUNTS: """sale|sales|invoice|order|sales order|purchase|sales receipt|sell
    |charge|payment and sale|debit|dr|d|debit note|normal|regular|receipt|verkauf
    |rechnung|kauf|umsatz|soll|s|vente|facture|achat|venta|factura|compra|vendita
    |fattura|acquisto|venda|fatura|verkoop|factuur|销售|销售单|出库|订单|发票|销货
    |売上|販売|請求書""",
    RETURNS: """return|returns|refund|refunds|credit|credit memo|credit note
    |creditnote|cr|sales return|sale return|return order|customer return|reversal
    |chargeback|credit invoice|refund receipt|exchange return|gutschrift|retoure
    |ruckgabe|ruckerstattung|erstattung|haben|storno|retour|avoir|remboursement
    |note de credit|devolucion|nota de credito|reembolso|abono|reso|nota di credito
    |nota credito|rimborso|devolucao|estorno|creditnota|creditfactuur|retourzending
    |terugbetaling|退货|退款|退货单|红字|红字发票|销售退货|销退|返品|返金|赤伝""",
    SKIPPED: """payment|deposit|transfer|quote|quotation|estimate|proposal|payout
    |fee|withdrawal|journal|journal entry|opening balance|statement charge|void
    |no sale|adjustment|zahlung|angebot|gebuhr|uberweisung|paiement|devis|virement
    |frais|pago|presupuesto|transferencia|comision|pagamento|preventivo|bonifico
    |commissione|orcamento|taxa|betaling|offerte|付款|收款|报价|转账|提现|手续费
    |入金|見積|振込|手数料""",
    None: "",
}
TOTALS = re.compile(
    r"(grand |sub|report |overall )?-?totals?( (for|of|sales)\b.*)?"
    r"|.*\btotal"
    r"|(end|gesamt|zwischen|teil)?(summe|gesamt|betrag gesamt)( fur\b.*)?"
    r"|gesamt(ergebnis|summe|betrag)|.* ergebnis|total(es|i|e|aal)?( (general|generale"
    r"|geral|pour|para|per|de|di|do|voor|van)\b.*)?|sous-total.*|somme( .*)?|subtotal.*"
    r"|totale .*|(eind|sub)?totaal.*|(总|小|合|共)计.*|总额|总和|.*(小计|合计|总计)"
    r"|小計.*|合計.*|総計.*|.*(小計|合計|総計)"
)


STROKES = str.maketrans("łøđ", "lod")


def plain(text):
    """Return a word without case, accents, signs between its parts.

    >>> plain(" Partially_Refunded "), plain("Annulée"), plain("wc-on-hold")
    ('partially refunded', 'annulee', 'wc-on-hold')
    """
    apart = unicodedata.normalize("NFKD", text.casefold().translate(STROKES))
    bare = "".join(
        c for c in apart if c != "\u0301" and unicodedata.category(c) != "Mn"
    )
    return " ".join(unicodedata.normalize("NFC", bare).replace("_", " ").split())


def _bare(text):
    return plain(text).removeprefix("wc-").replace("-", " ").strip(" .!:")


def _by_word(*lists):
    return {
        key: meaning
        for meanings in lists
        for meaning, words in meanings.items()
        for word in words.split("|")
        if (key := _bare(word))
    }


# Of a second status, such as that of the delivery, these do not count; the rest does.
ENDED = frozenset(
    plain(word)
    for word in """cancelled|canceled|cancel|void|voided|refunded|fully refunded|draft
    |deleted|returned|reversed|chargeback|declined|failed|rejected|storniert|erstattet|entwurf
    |annule|annulee|rembourse|remboursee|brouillon|cancelado|cancelada|anulado|anulada
    |reembolsado|reembolsada|devuelto|annullato|annullata|rimborsato|rimborsata|bozza
    |estornado|devolvido|rascunho|geannuleerd|terugbetaald|concept|已取消|取消|已退款|作废
    |已作废|已退货|交易关闭|已关闭|キャンセル|キャンセル済み|返金済み|無効""".split("|")
)
PARTLY_REFUNDED = frozenset(
    {"partially refunded", "partial refund", "partly refunded", "teilweise erstattet"}
    | {"partiellement rembourse", "部分退款", "parcialmente reembolsado", "一部返金"}
)
YES = frozenset("yes y true 1 x ja oui si sim wahr vrai 是 ✓".split())
NO = frozenset("no n false 0 nein non nao nee falsch faux 否".split()) | {""}
MEANINGS = {
    "status": _by_word(
        {COUNTS: more.COUNTED, SKIPPED: more.DROPPED, None: more.ASKED}, STATUSES
    ),
    "type": _by_word(
        {COUNTS: more.SALES, RETURNS: more.BACK, SKIPPED: more.NEITHER}, KINDS
    ),
}
NOBODY = NOTHING | set(map(plain, more.NOBODY.split("|")))
SUMS = sorted(map(plain, more.TOTALS.split("|")), key=len, reverse=True)
SUM = re.compile("|".join(map(re.escape, SUMS)))
MEANINGS["status_2"] = MEANINGS["status"]


def meaning(target, text):
    """Return what lines of a status or type are; None where that is to be asked.

    >>> meaning("status", "Paid"), meaning("status", "CANCELED"), meaning("status", "x")
    ('counts', 'skipped', None)
    >>> meaning("type", "Credit Memo")
    'returns'
    """
    if target == "status_2":
        return SKIPPED if _bare(text) in ENDED else COUNTS
    known = MEANINGS[target]
    return known[_bare(text)] if _bare(text) in known else _of_several(text, known)


def _of_several(text, known):
    """Return what several words in one cell mean: “shipped, refunded”.

    One that ends the sale decides; else all have to count.
    """
    words = list(map(_bare, filter(None, re.split(r"[,，;；/()（）]", text))))
    if len(words) < 2:
        return None
    if any(word in ENDED or known.get(word) == SKIPPED for word in words):
        return SKIPPED
    return COUNTS if all(known.get(word) == COUNTS for word in words) else None


def is_partly_refunded(text):
    """Return whether a status says that part of the amount was paid back.

    >>> is_partly_refunded("partially_refunded"), is_partly_refunded("Refunded")
    (True, False)
    """
    return _bare(text) in PARTLY_REFUNDED


def is_flag(texts):
    """Return whether the values are yes and no."""
    found = set(map(plain, texts))
    return found <= YES | NO and found != {""}


def meanings(target, counts, is_ending=False):
    """Return value → what its lines are, by how many lines there are of each.

    Where most lines were returns, the words are not those of a shop: that is asked.

    :param bool is_ending: whether the column says yes where a sale was cancelled

    >>> meanings("type", {"CR": 3, "DR": 1})
    {'CR': None, 'DR': None}
    """
    if is_ending and is_flag(counts):
        return {value: SKIPPED if plain(value) in YES else COUNTS for value in counts}
    found = {value: meaning(target, value) for value in counts}
    returns = sum(counts[value] for value in counts if found[value] == RETURNS)
    if returns * 2 > sum(counts.values()):
        return dict.fromkeys(found)
    return found


def is_known(target, text):
    """Return whether a value is a word of statuses, or of kinds of line."""
    return _bare(text) in MEANINGS[target] or meaning(target, text) is not None


@lru_cache(maxsize=50_000)
def is_nobody(text):
    """Return whether a customer's cell names nobody, or a total.

    >>> is_nobody("#N/A"), is_nobody("Walk-In"), is_nobody("Anna")
    (True, True, False)
    """
    return plain(text) in NOBODY or is_total(text)


def is_total(text):
    """Return whether a cell is the label of a total.

    >>> is_total("Total for Alpha Inc"), is_total("Zwischensumme"), is_total("Totally")
    (True, True, False)
    >>> is_total("Итого:"), is_total("Genel Toplam"), is_total("Suma Sp. z o.o.")
    (True, True, False)
    """
    if not text:
        return False
    word = plain(text)
    bare = word.strip(" :.=*") or text.strip().replace("*", "sum")  # SAP has stars
    return bool(TOTALS.fullmatch(word) or SUM.fullmatch(bare))


def total_of(text):
    """Return the name that a label sums up, as ``plain`` writes it; "" for none.

    Whether there is such a name shows only above it.

    >>> total_of("Summe Müller AG"), total_of("Müller AG: Итого"), total_of("Müller AG")
    ('muller ag', 'muller ag', '')
    """
    word = plain(text)
    found = BEFORE_NAME.match(word) or BEHIND_NAME.search(word)
    return word.replace(found[0], "", 1).strip(" :-–") if found else ""


_ANY_SUM = "|".join(
    map(
        re.escape, [*SUMS, "zwischensumme", "gesamtsumme", "summe", "subtotal", "total"]
    )
)
BEFORE_NAME = re.compile(rf"({_ANY_SUM})[\s:–-]+")
BEHIND_NAME = re.compile(rf"[\s:–-]+({_ANY_SUM})[:.]*$")
