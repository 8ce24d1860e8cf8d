"""Words of files in more languages: statuses, kinds of line, totals and nobody."""

COUNTED = """uhrazeno|uhrazena|zaplaceno|zaplacena|vyřízeno|vyřízena|dokončeno
|dokončena|odesláno|odeslána|doručeno|doručena|expedováno|vyfakturováno|uhradené
|zaplatené|vybavená|doručená|opłacona|opłacony|zapłacona|zapłacony|zrealizowana
|zrealizowany|zakończone|zakończona|wysłana|dostarczona|wystawiona|оплачен|оплачена
|оплачено|проведен|проведена|проведено|выполнен|выполнена|выполнено|завершен
|завершена|завершено|доставлен|доставлена|доставлено|отгружен|отгружена|отгружено
|отправлен|отправлена|отправлено|закрыт|закрыта|реализован|реализовано|выдан
|сплачено|виконано|відправлено|πληρωμένο|πληρώθηκε|εξοφλημένο|εξοφλήθηκε
|ολοκληρωμένο|ολοκληρώθηκε|απεστάλη|παραδόθηκε|τιμολογημένο|결제완료|배송완료
|구매확정|거래완료|완료|배송중|발송완료|입금완료|발행완료|출고완료|ödendi|tamamlandı
|teslim edildi|kargoya verildi|gönderildi|faturalandı|tahsil edildi|kapandı
|fizetve|kifizetve|teljesítve|kiszállítva|lezárva|befejezett|szállítva|számlázva
|plătit|plătită|achitat|achitată|finalizat|finalizată|livrat|livrată|încasat
|încasată|expediat|facturat|betald|betalt|slutförd|levererad|skickad|fakturerad
|avslutad|bokförd|gennemført|fullført|leveret|levert|afsendt|sendt|faktureret
|fakturert|afsluttet|bogført|bokført|maksettu|valmis|toimitettu|lähetetty
|laskutettu|suoritettu|plaćeno|dovršeno|isporučeno|završeno|naplaćeno|已审核|已收款
|已结算|已入账|已出库|已结清|待收货|已送达|待评价|待确认收货|无售后|无退款
|无售后或售后取消|售后关闭|fully invoiced|upselling opportunity"""
DROPPED = """stornováno|stornována|storno|zrušeno|zrušena|zrušená|koncept
|rozpracováno|vráceno|vrácena|odmítnuto|čeká na platbu|anulowany|odrzucone
|odrzucona|robocza|roboczy|zwrócona|oczekująca|oczekuje na płatność|wycofane
|отменен|отменена|отменено|отмена|черновик|возврат|возвращен|возвращена|возвращено
|ожидает оплаты|не оплачен|отклонен|удален|аннулирован|аннулировано|не проведен
|не проведена|помечен на удаление|отказ|скасовано|чернетка|повернено
|очікує оплати|відхилено|анульовано|ακυρωμένο|ακυρώθηκε|άκυρο|προσχέδιο|επιστροφή
|επιστράφηκε|εκκρεμεί|εκκρεμεί πληρωμή|απορρίφθηκε|취소|주문취소|취소완료|결제취소
|환불|환불완료|반품|반품완료|결제대기|입금대기|미입금|임시저장|결제실패|iptal
|iptal edildi|taslak|iade|iade edildi|ödeme bekleniyor|beklemede|reddedildi
|başarısız|törölt|törölve|stornózott|sztornózott|sztornó|sztornózva|piszkozat
|visszatérítve|fizetésre vár|függőben|visszavonva|lemondva|elutasítva|sikertelen
|anulat|anulată|ciornă|rambursat|rambursată|în așteptare|respins|returnat|stornat
|avbruten|annullerad|makulerad|utkast|återbetald|väntar på betalning|väntande
|misslyckad|nekad|annulleret|annullert|kansellert|kladde|refunderet|refundert
|afventer betaling|afventer|mislykket|afvist|slettet|tilbagebetalt|peruttu
|peruutettu|luonnos|hyvitetty|palautettu|odottaa maksua|epäonnistui|hylätty
|mitätöity|otkazano|stornirano|poništeno|nacrt|vraćeno|na čekanju|odbijeno|未审核
|已驳回|已红冲|已冲红|已删除|交易失败|待审核|等待付款确认|删除|用户已取消"""
ASKED = """nieopłacona|nieopłacony|neuhrazeno|neuhrazena|onaylandı|potvrzeno
|锁定|等待出库|nothing to invoice|to invoice|退款中|售后中|не оплачена"""
SALES = """sales invoice|tax invoice|customer invoice|cash sale|counter sale|pos sale
|prodej|účtenka|faktura|paragon|sprzedaż|реализация|реализация товаров и услуг
|продажа|реалізація|продаж|satış|satış faturası|toptan satış|perakende satış|매출
|판매|정상|τιμολόγιο|τιμολόγιο πώλησης|απόδειξη|απόδειξη λιανικής|πώληση|számla
|eladás|nyugta|factură|vânzare|salg|försäljning|kontantfaktura|kvitto|lasku
|myynti|račun|prodaja|si|f1|f2|l2"""
BACK = """sales credit|sales credit note|sales refund|cash refund|customer refund
|pos return|dobropis|opravný daňový doklad|vratka|zwrot
|возврат|возврат от покупателя|возврат товаров от покупателя
|повернення|satış iade|satış iade faturası|satıştan iade|iade|iade faturası|반품
|환불|매출반품|πιστωτικό|πιστωτικό τιμολόγιο|επιστροφή|jóváírás|visszáru
|sztornó számla|retur|factură storno|kredit|kreditfaktura
|kreditnota|hyvityslasku|hyvitys|palautus|odobrenje|povrat|sc|g2
|stornorechnung|rechnungsstorno"""
NEITHER = """platba|nabídka|proforma|zálohová faktura|wpłata|oferta|оплата
|поступление|перемещение|платеж|tahsilat|ödeme|teklif|irsaliye|alış
|alış faturası|매입|입금|출금|견적|προσφορά|είσπραξη|πληρωμή|díjbekérő|árajánlat
|chitanță|ofertă|betaling|betalning|inbetalning|indbetaling|offert|tilbud|maksu
|tarjous|sa|sp|sd|pi|pc|pa|pp|jd|jc|bp|br|vp|vr|cp|receipt voucher|payment voucher
|purchase invoice|supplier invoice|f5|f8|auftragsbestätigung|lieferschein|angebot
|proforma rechnung|delivery note|packing slip|pro forma"""
NOBODY = """retail customer|over the counter|counter customer|counter sales
|pos customer|cash|cash customers|sundry|sundry customer|sundry customers
|misc customer|miscellaneous customer|various|various customers|one time customer
|default customer|general public|end consumer|final consumer|unregistered
|unregistered customer|diverse|diverse kunden|diverser kunde|einmalkunde|barkunde
|barkunden|barzahler|kassenkunde|tageskunde|passant|passanten|passantenkunde
|cliente de mostrador|cliente mostrador|cliente contado|cliente ocasional
|cliente varios|clientes varios|varios|venta al publico|consumatore finale
|cliente occasionale|clienti vari|clienti diversi|cliente privato generico
|cliente final|cliente balcao|cliente avulso|consumidor|client divers
|clients divers|divers|vente comptoir|client anonyme|client passager|contante verkoop
|contante klant|passantenklant|balieklant|diverse klanten|kontantkund|kontantkunde
|kontantsalg|kontantförsäljning|kassakund|käteisasiakas|käteismyynti|satunnainen
|klient detaliczny|klient indywidualny|sprzedaż detaliczna|klient paragonowy
|koncový zákazník|konečný spotřebitel|hotovostní prodej|anonymní zákazník
|lakossági vevő|végfelhasználó|készpénzes vevő|client final|persoană fizică
|розничный покупатель|розничный клиент|частное лицо|физлицо|физическое лицо
|розница|розничная продажа|роздрібний покупець|фізична особа|perakende
|perakende müşteri|nihai tüketici|muhtelif|muhtelif müşteri|peşin satış|πελάτης
λιανικής|λιανική|ιδιώτης|일반고객|현금고객|비회원|현금|손님|krajnji kupac|零售|零售客戶
|门店散客|过客|现金客户|临时客户|普通顾客|一般客|現金客|一般顧客|店頭客|店頭販売|現金売
|現金|ゲスト|非会員|フリー客"""
# At the end of a table, or of the lines of a customer: alone, or before its name.
TOTALS = """celkem|celkem za|součet|mezisoučet|spolu|medzisúčet|razem|suma|ogółem
|łącznie|итого|всего|итог|общий итог|общий итог по|разом|усього|всього|підсумок
|σύνολο|γενικό σύνολο|μερικό σύνολο|합계|총계|소계|총합계|누계|toplam|genel toplam
|ara toplam|összesen|mindösszesen|részösszeg|végösszeg|total general|totalt
|summa|delsumma|totalsumma|i alt|ialt|sum|delsum|subtotalt|yhteensä|välisumma
|loppusumma|ukupno|sveukupno|međuzbroj|skupaj|รวม|รวมทั้งสิ้น|المجموع|الإجمالي
|סך הכל|סהכ|jumlah|total keseluruhan|tổng|tổng cộng|总合计|本页合计|本页小计|累计
|本月合计|本年累计|总结"""
