"""Names of columns in more languages: those of the north, the east and the south-east.

Czech and Slovak, Russian and Ukrainian, Greek, Korean, Turkish, Hungarian, Romanian,
Swedish, Danish, Norwegian, Finnish and Croatian; and short ones of large programs.
"""

MORE = {
    "date": """datum vystaveni|datum vystavenia|datum objednavky|datum prodeje
    |datum predaja|datum faktury|duzp|datum uskutecneni plneni|datum dodania|дата
    |дата заказа|дата продажи|дата документа|дата реализации|дата накладной
    |дата счета|дата и время|дата замовлення|дата продажу|дата документу
    |ημερομηνία|ημ νία|ημερομηνία έκδοσης|ημερομηνία παραγγελίας
    |ημερομηνία παραστατικού|거래일자|거래일|날짜|일자|주문일|주문일자|주문일시|판매일
    |판매일자|매출일|매출일자|결제일|결제일시|작성일자|발행일|전표일자|tarih
    |fatura tarihi|sipariş tarihi|satış tarihi|belge tarihi|işlem tarihi|számla kelte
    |teljesítés|teljesítés dátuma|rendelés dátuma|kiállítás dátuma|számla dátuma
    |eladás dátuma|data facturii|data comenzii|data emiterii|data vânzării
    |data document|fakturadatum|försäljningsdatum|bokföringsdatum|inköpsdatum|dato
    |fakturadato|ordredato|bilagsdato|salgsdato|bestillingsdato|købsdato|kjøpsdato
    |päivämäärä|pvm|päiväys|laskun päiväys|laskupäivä|tilauspäivä|myyntipäivä
    |datum računa|datum narudžbe|datum prodaje|faktdatum|txn datetime|fecha del pedido
    |fecha de la factura|fecha de emisión|fecha emisión|fecha venta|date d achat
    |date d émission|data do documento|订单成交时间|成交时间|业务日期|制单日期|出库日期
    |单据时间|销售时间|购买时间""",
    "time": """čas|время|час|ώρα|시간|거래시간|saat|időpont|tid|tidspunkt|klokkeslett
    |kello|kellonaika|vrijeme|txn time|receipt time|交易时间段""",
    "customer_ref": """číslo zákazníka|kód zákazníka|číslo odběratele
    |číslo odberateľa|код клиента|код контрагента|номер клиента|id клиента
    |код клієнта|κωδικός πελάτη|거래처코드|거래처번호|고객번호|고객코드|회원번호
    |고객id|cari kodu|cari kod|müşteri kodu|müşteri no|müşteri numarası|ügyfélkód
    |vevőkód|ügyfélszám|cod client|kundnummer|kundnr|kundenummer|kundenr
    |asiakasnumero|asiakasnro|šifra kupca|šifra partnera|regulierer|kunnr
    |sold to party|member no|member number|member code|loyalty number
    |loyalty card number|buyer user id|buyer username|下单帐号|下单账号|买家账号
    |客户代号|会员卡号|会员id""",
    "customer_vat": """dič|ič dph|инн|αφμ|사업자번호|사업자등록번호|vergi no
    |vergi numarası|vkn|vkn tckn|adószám|cui|cod fiscal|oib|organisationsnummer
    |orgnr|org nr|organisasjonsnummer|momsregistreringsnummer|cvr|cvr nr|y tunnus
    |gstin|buyer gstin|buyer gstin uin|gstin uin|party gstin|customer gstin
    |gstin of buyer|gstin uin of recipient|abn""",
    "customer_email": """электронная почта|почта|e mail клиента|електронна пошта
    |ηλεκτρονικό ταχυδρομείο|이메일|e posta|e mail cím|emailová adresa|epost|e post
    |epostadress|e postadress|sähköposti|adresă e mail|correo del comprador""",
    "amount_net": """základ daně|základ dane|základ dph|částka bez dph|celkem bez dph
    |cena bez dph|bez dph|suma bez dph|spolu bez dph|сумма без ндс|всего без ндс
    |стоимость без ндс|сума без пдв|καθαρή αξία|καθαρό ποσό|αξία προ φπα
    |σύνολο χωρίς φπα|공급가액|공급가|과세표준|matrah|kdv hariç tutar|kdv hariç toplam
    |kdv hariç|net tutar|ara toplam|mal hizmet toplam tutarı|nettó|nettó összeg
    |nettó érték|adóalap|valoare fără tva|total fără tva|suma fără tva
    |bază impozabilă|baza impozabilă|belopp exkl moms|exkl moms|summa exkl moms
    |total exkl moms|nettobelopp|beløb ekskl moms|ekskl moms|i alt ekskl moms
    |total ekskl moms|nettobeløb|nettobeløp|beløp eks mva|eks mva|sum eks mva
    |ekskl mva|veroton|veroton summa|veroton yhteensä|osnovica|iznos bez pdv
    |neto iznos|betrag exkl mwst|exkl mwst|total exkl mwst|betrag exkl ust|exkl ust
    |betrag ohne ust|amount ex gst|total ex gst|amount excl gst|total excl gst
    |net sales amount|net invoice value""",
    "amount": """částka|cena celkem|obrat|сумма|сумма продажи|выручка|стоимость
    |оборот|сума|вартість|ποσό|αξία|τζίρος|금액|매출액|판매금액|매출금액|tutar
    |satış tutarı|ciro|összeg|forgalom|valoare|suma|belopp|omsättning|radsumma
    |beløb|beløp|omsetning|omsætning|myynti|liikevaihto|iznos|vrijednost
    |umsatz ohne soll haben kz|折后金额|优惠后金额|成交金额|实销金额""",
    "amount_total": """celkem|k úhradě|celková částka|итого|всего|сумма заказа
    |сумма документа|итоговая сумма|к оплате|разом|усього|всього|σύνολο
    |γενικό σύνολο|τελικό ποσό|πληρωτέο|합계|총액|합계금액|총금액|결제금액|주문금액
    |총결제금액|판매액|toplam|genel toplam|toplam tutar|ödenecek tutar|sipariş tutarı
    |összesen|végösszeg|fizetendő|total factură|total de plată|totalt|totalsumma
    |summa|att betala|i alt|totalbeløb|totalbeløp|yhteensä|loppusumma|maksettava
    |ukupno|sveukupno""",
    "amount_gross": """celkem s dph|částka s dph|cena s dph|s dph|suma s dph
    |spolu s dph|celkem včetně dph|сумма с ндс|всего с ндс|стоимость с ндс
    |сума з пдв|μικτή αξία|σύνολο με φπα|αξία με φπα|공급대가|kdv dahil tutar
    |kdv dahil toplam|kdv dahil|vergiler dahil toplam tutar|bruttó|bruttó összeg
    |bruttó érték|valoare cu tva|total cu tva|belopp inkl moms|inkl moms
    |summa inkl moms|total inkl moms|beløb inkl moms|i alt inkl moms
    |beløp inkl mva|inkl mva|sum inkl mva|verollinen|verollinen summa
    |iznos s pdv|ukupno s pdv|bruto iznos|total inkl mwst|inkl mwst
    |betrag inkl ust|gesamt inkl ust""",
    "tax": """dph|částka dph|ндс|сумма ндс|пдв|сума пдв|φπα|αξία φπα|ποσό φπα|세액
    |부가세|부가가치세|kdv|kdv tutarı|hesaplanan kdv|vergi tutarı|áfa|áfa összeg
    |valoare tva|moms|momsbelopp|momsbeløb|mva|mva beløp|merverdiavgift|alv|vero
    |pdv|iznos pdv|sales tax collected""",
    "unit_price": """cena za kus|jednotková cena|cena za jednotku|cena mj
    |цена за единицу|цена за ед|τιμή μονάδας|단가|판매단가|birim fiyat|birim fiyatı
    |egységár|nettó egységár|preț unitar|à pris|a pris|enhetspris|styckpris|stk pris
    |stykpris|yksikköhinta|kappalehinta|jedinična cijena|sold for|京东价""",
    "price": "cena|цена|ціна|τιμή|가격|fiyat|preț|pris|hinta|cijena",
    "discount": """sleva|zľava|скидка|сумма скидки|знижка|έκπτωση|할인|할인액|할인금액
    |indirim|iskonto|indirim tutarı|iskonto tutarı|kedvezmény|engedmény|reducere
    |rabat|alennus|popust|店铺优惠折扣""",
    "discount_rate": "indirim oranı|iskonto oranı|할인율|ποσοστό έκπτωσης",
    "refunded": """возврат|сумма возврата|환불금액|환불액|iade tutarı|återbetalat
    |refunderet beløb|vratka""",
    "shipping": """poštovné|doprava|доставка|стоимость доставки|μεταφορικά|배송비
    |배송료|택배비|kargo|kargo ücreti|szállítási költség|cost livrare|frakt
    |fraktkostnad|fragt|toimituskulut|postikulut|poštarina|shipping and handling
    |shipping handling|shipping handling amount|postage and packaging
    |postage and packing|邮费|快递费|运费金额|买家应付邮费""",
    "currency": """měna|mena|валюта|νόμισμα|통화|화폐|para birimi|döviz|döviz cinsi
    |pénznem|deviza|valuutta|währg|wkz|wkz umsatz""",
    "document": """faktura č|číslo faktury|číslo faktúry|číslo objednávky
    |číslo dokladu|doklad|objednávka|účtenka|číslo účtenky|номер|номер заказа
    |номер документа|документ|заказ|накладная|номер накладной|номер счета|чек
    |номер чека|номер замовлення|παραστατικό|αριθμός παραστατικού|αρ παραστατικού
    |τιμολόγιο|αριθμός τιμολογίου|αριθμός παραγγελίας|주문번호|전표번호|거래번호
    |영수증번호|계산서번호|fatura no|fatura numarası|sipariş no|sipariş numarası
    |belge no|fiş no|evrak no|számlaszám|számla száma|számla sorszáma|rendelésszám
    |rendelés száma|bizonylatszám|nr factură|număr factură|număr comandă|nr comandă
    |fakturanummer|fakturanr|ordernr|ordrenummer|ordrenr|bilagsnr|bilagsnummer
    |kvittonummer|kvittonr|laskun numero|laskunumero|tilausnumero|kuittinumero
    |broj računa|broj narudžbe|račun|vch no|voucher number|单据编号|单据编码|凭证号
    |发票编号|业务单号|交易单号|销售订单号|出库单号|belegfeld 1""",
    "product": """název zboží|název produktu|zboží|položka|popis|товар|номенклатура
    |наименование|наименование товара|товары|найменування|είδος|περιγραφή|προϊόν
    |품목|품목명|상품명|상품|제품명|품명|ürün|ürün adı|stok adı|malzeme|mal hizmet
    |termék|termék neve|megnevezés|cikknév|produs|denumire produs|denumire
    |benämning|vara|produktnamn|vare|varenavn|produktnavn|tuote|tuotenimi|nimike
    |artikl|proizvod|naziv artikla|item title""",
    "quantity": """množství|množstvo|počet|počet kusů|количество|кол во|кількість
    |ποσότητα|τεμάχια|수량|판매수량|주문수량|miktar|adet|mennyiség|darab|cantitate
    |antal|antall|kvantitet|lukumäärä|kpl|količina|订购数量|商品数量|number of items""",
    "status": """stav|stav objednávky|stav faktury|stav platby|stav úhrady|статус
    |состояние|статус заказа|статус оплаты|κατάσταση|κατάσταση παραγγελίας|상태
    |주문상태|결제상태|처리상태|durum|durumu|sipariş durumu|ödeme durumu|fatura durumu
    |állapot|rendelés állapota|stare|stare comandă|orderstatus|ordrestatus
    |betalningsstatus|betalstatus|tila|tilauksen tila|stanje|status narudžbe
    |单据状态|审核状态|售后状态|退款状态""",
    "type": """typ dokladu|druh dokladu|тип|тип документа|вид документа|вид операции
    |тип операции|είδος παραστατικού|τύπος παραστατικού|τύπος|구분|거래구분|유형
    |전표구분|belge türü|fatura tipi|fatura türü|işlem türü|bizonylattípus
    |tip document|dokumenttyp|fakturatyp|bilagstype|fakturatype|laskutyyppi
    |vrsta dokumenta|vch type|voucher type|fakturaart|billing type
    |soll haben kennzeichen|soll haben kz|单据类别|业务类别|发票类型""",
    "channel": """prodejna|pobočka|магазин|торговая точка|филиал|канал продаж
    |κατάστημα|매장|판매처|쇼핑몰|지점|mağaza|şube|üzlet|magazin|butik|butikk|myymälä
    |poslovnica""",
    "country": "země|krajina|страна|країна|χώρα|국가|ülke|ország|țară|maa|država",
    "customer": """odběratel|odberateľ|zákazník|контрагент|клиент|покупатель
    |заказчик|клієнт|покупець|замовник|πελάτης|επωνυμία|거래처|거래처명|고객|고객명
    |구매자|주문자|회원|müşteri|müşteri adı|cari|cari ünvanı|cari unvanı|cari adı
    |ünvan|alıcı|vevő|vevő neve|ügyfél|ügyfél neve|partner neve|cumpărător
    |nume client|beneficiar|kund|kundnamn|kundenavn|asiakas|asiakkaan nimi
    |asiakasnimi|kupac|naručitelj|naziv kupca|name 1|buyer s name|full name of buyer""",
    "tax_part": "cgst|sgst|utgst|igst|cess|cgst amount|sgst amount|igst amount",
}
