"""Files of shops and books in other countries, read without a hand or asked about."""

from collections import defaultdict

from odoo.tests import tagged

from .test_import import ImportCase

CZECH = """Faktura č.;Datum vystavení;Odběratel;Základ daně;DPH;Celkem s DPH;Stav
1;3. 1. 2025;Železářství Dvořák;1 234,50;259,25;1 493,75;Uhrazeno
2;28. 1. 2025;Jiří Šťastný;500,00;105,00;605,00;Stornováno
3;2. 2. 2025;Jiří Šťastný;80,00;16,80;96,80;Neuhrazeno
"""
RUSSIAN = """Реестр документов реализации за март 2025
Организация: ООО "Ромашка"

Дата;Номер;Контрагент;Сумма;Валюта;Статус
05.03.2025 12:00:01;ТД-1;ООО Вектор;12 345,67;EUR;Проведен
7 марта 2025;ТД-2;ИП Иванов;500,00;EUR;Отменён
Итого;;;12 845,67;;
"""
GREEK = """Ημερομηνία;Παραστατικό;Πελάτης;Καθαρή αξία;ΦΠΑ;Σύνολο
05/03/2025;ΤΠΥ-1;Γιώργος Παπαδόπουλος;100,00;24,00;124,00
16/03/2025;ΤΠΥ-2;Ελένη Οικονόμου;1.250,50;300,12;1.550,62
Γενικό σύνολο;;;1.350,50;324,12;1.674,62
"""
CHINESE = """销售明细表
单据日期,单据编号,客户名称,数量,单价,税额,价税合计,单据状态
2026年3月5日,XS-1,王小明,2,90.00,23.40,203.40,已审核
2026年3月6日,XS-2,王小明,1,300.00,39.00,339.00,已作废
2026年3月7日,XS-3,散客,1,100.00,13.00,113.00,已审核
合计,,,4,,75.40,655.40,
"""
KOREAN = """거래일자,거래처,품목,수량,단가,공급가액,세액,합계
2025-03-05,(주)한빛,연필,10,1000,10000,1000,11000
2025-03-06,김민수,공책,5,2000,10000,1000,11000
합계,,,,,20000,2000,22000
"""
TURKISH = """Fatura Tarihi;Fatura No;Cari Ünvanı;Matrah;KDV;Genel Toplam;Durum
05 Mart 2025;A-1;Gülşah Yılmaz;1.234,50;246,90;1.481,40;Ödendi
06 Nisan 2025;A-2;İbrahim Çağlar;100,00;20,00;120,00;İptal
TOPLAM;;;1.334,50;266,90;1.601,40;
"""
GROUPS = """Kundennr;Kunde;Rechnungsnr;Datum;Artikel;Menge;Netto
10001;Müller AG;R1;05.03.2025;Tisch;1;100,00
;;;;Stuhl;4;200,00
;;R2;06.03.2025;Lampe;1;50,00
;Summe Müller AG;;;;;350,00
10002;Summa Sp. z o.o.;R3;07.03.2025;Tisch;1;100,00
;Summe Summa Sp. z o.o.;;;;;100,00
;Gesamtsumme;;;;;450,00
"""
ETSY = """Sale Date,Order ID,Buyer User ID,Full Name,Currency,Order Value,\
Discount Amount,Shipping,Sales Tax,Order Total,Status,Order Net,Adjusted Order Total
03/05/25,3001,ann1,Ann Lee,EUR,50.00,5.00,4.00,3.00,52.00,,47.00,
03/26/25,3002,bob1,Bob Ray,EUR,20.00,0.00,4.00,1.00,25.00,,23.00,12.50
"""
PINDUODUO = """商品,订单号,订单状态,邮费(元),用户实付金额(元),商家实收金额(元),\
收货人,手机,订单成交时间,售后状态
茶叶,1,已收货,0.00,90.00,90.00,王小明,138****1,2025-03-05,无售后或售后取消
茶杯,2,已发货，待收货,6.00,51.00,56.00,李娜,138****2,2025-03-05,无售后或售后取消
茶壶,3,已发货,0.00,80.00,80.00,李娜,138****2,2025-03-05,退款成功
茶壶,4,待付款,0.00,80.00,80.00,赵云,138****3,,无售后或售后取消
"""
BALANCE = """id,Type,Source,Amount,Fee,Net,Currency,Created (UTC),Available On (UTC)
t1,charge,ch_1,100.00,3.20,96.80,eur,2025-03-05 10:00,2025-03-07 00:00
t2,refund,re_1,-20.00,0.00,-20.00,eur,2025-03-06 10:00,2025-03-07 00:00
t3,payout,po_1,-76.80,0.00,-76.80,eur,2025-03-08 10:00,2025-03-08 00:00
"""
TALLY = """Sales Register
1-Apr-2024 to 31-Mar-2025
Date,Particulars,Vch Type,Vch No.,Quantity,Rate,Value,CGST,SGST,Gross Total
1-Apr-24,Sharma,Sales,1,9 Nos,"1,23.45/Nos","1,23,450.00",1.00,1.00,"1,23,452.00"
3-Apr-24,Sharma,Credit Note,3,1 Nos,450.00/Nos,450.00,1.00,1.00,452.00
,Grand Total,,,,,"1,23,000.00",2.00,2.00,"1,23,904.00"
"""
SAP = """Faktdatum\tFaktura\tRegulierer\tNettowert\tWährg\tFakturaart
05.03.2025\t90000001\t100234\t1.234,50\tEUR\tF2
07.03.2025\t90000003\t100234\t234,50-\tEUR\tRE
*\t\t\t1.000,00\tEUR\t
"""
SAGE = """Type,Account,Date,Reference,Details,Net Amount,Tax Amount
SI,ABC1,05/03/2025,1001,Desk,100.00,20.00
SC,ABC1,17/03/2025,1003,Credit,40.00,8.00
SA,ABC1,18/03/2025,1004,Payment,120.00,0.00
"""
# what everybody bought, and how many lines do not count or are asked about
FILES = [
    (CZECH, "cp1250", {"železářství dvořák": 1234.5}, 1, 1),
    (RUSSIAN, "cp1251", {"ооо вектор": 12345.67}, 2, 0),
    (GREEK, "cp1253", {"γιώργος παπαδόπουλος": 100, "ελένη οικονόμου": 1250.5}, 1, 0),
    (CHINESE, "gb18030", {"王小明": 180}, 2, 1),
    (KOREAN, "cp949", {"(주)한빛": 10000, "김민수": 10000}, 1, 0),
    (TURKISH, "cp1254", {"gülşah yılmaz": 1234.5}, 2, 0),
    (GROUPS, "cp1252", {"10001": 350, "10002": 100}, 3, 0),
    (ETSY, "utf-8", {"ann1": 45, "bob1": 10}, 0, 0),
    (PINDUODUO, "utf-8", {"王小明": 90, "李娜": 45}, 2, 0),
    (TALLY, "utf-8", {"sharma": 123000}, 1, 0),
    (SAP, "cp1252", {"100234": 1234.5}, 1, 1),
    (SAGE, "utf-8", {"ABC1": 60}, 1, 0),
]
NOBODIES = (
    "Laufkundschaft|Barverkauf|Diverse|Einmalkunde|Consumidor Final|Passant|散客|零售"
    "|Cliente de mostrador|Client comptoir|Розничный покупатель|一般客|Cash Customer"
    "|Consumatore finale|Nihai Tüketici|일반고객|Πελάτης λιανικής|Käteisasiakas"
)


@tagged("post_install", "-at_install")
class TestWorldwide(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        currencies = cls.env["res.currency"].with_context(active_test=False)
        yuan = currencies.search([("name", "in", ("CNY", "PLN"))])
        yuan.active = True
        for currency in yuan:
            cls.env["res.currency.rate"].create(
                {"currency_id": currency.id, "company_id": cls.company.id, "rate": 1}
            )

    def checked(self, text, encoding="utf-8", **values):
        record = self.make(text.encode(encoding), create_missing=True, **values)
        record.action_check()
        return record

    def sums(self, record):
        """Return customer as written → what the good lines come to."""
        lines = self.env["crm.value.import.line"].search(
            [("import_id", "=", record.id), ("error", "=", False)]
        )
        sums = defaultdict(float)
        for line in lines:
            sums[line.key] += line.amount
        return {key: round(amount, 2) for key, amount in sums.items()}

    def test_files_of_other_countries_are_read_without_a_hand(self):
        for text, encoding, sums, skipped, asked in FILES:
            with self.subTest(text=text[:40]):
                record = self.checked(text, encoding)
                self.assertEqual(self.sums(record), sums, self.reasons(record))
                self.assertEqual(record.skipped_count, skipped)
                self.assertEqual(record.bad_count, asked)
                self.assertNotIn("(empty)", record.reading_note)

    def test_net_of_a_fee_is_not_the_amount(self):
        record = self.checked(BALANCE, walk_in_id=self.ann.id)
        self.assertEqual(record.amount_total, 80)
        unnamed = BALANCE.replace("Available On (UTC)", "Later")
        record = self.checked(unnamed, walk_in_id=self.ann.id)
        self.assertFalse(record.program)
        self.assertEqual(record.amount_total, 80)

    def test_dates_as_numbers_are_those_of_spreadsheets_and_computers(self):
        for cell, day in [
            ("45721", "2025-03-05"),
            ("45721.5", "2025-03-05"),
            ("1741132800", "2025-03-05"),
            ("1741132800000", "2025-03-05"),
            ("20250305", "2025-03-05"),
        ]:
            text = f"Date,Customer Reference,Amount\n{cell},IMP-1,5\n"
            self.assertEqual(str(self.checked(text).date_from), day, cell)
        note = self.make(text.replace(cell, "45721").encode()).reading_note
        self.assertIn("45721", note)
        self.assertIn("2025-03-05", note)
        for cell in ("305", "0503", "12345", "99999", "123456"):
            text = f"Date,Customer Reference,Amount\n{cell},IMP-1,5\n"
            self.assertEqual(self.checked(text).bad_count, 1, cell)

    def test_a_month_of_no_language_here_is_known_unless_two_have_its_name(self):
        for cell, is_good in [
            ("5 marca 2025", True),
            ("5 de marzo de 2025", True),
            ("5. maaliskuuta 2025", True),
            ("2025 m. kovo 5 d.", True),
            ("5 listopad 2024", False),
            ("5 marble 2025", False),
        ]:
            text = f"Date,Customer Reference,Amount\n{cell},IMP-1,5\n"
            self.assertEqual(self.checked(text).good_count, int(is_good), cell)

    def test_letters_beside_all_amounts_are_their_currency(self):
        text = "Data sprzedaży;Nabywca;Kwota netto\n2025-03-05;Żółw;1 234,50 zł\n"
        record = self.checked(text)
        self.assertEqual(record.currency_id.name, "PLN")
        self.assertEqual(record.good_count, 1)

    def test_customers_that_are_nobody_are_no_contacts(self):
        lines = [
            f"2025-03-05,{name},5,B{n}" for n, name in enumerate(NOBODIES.split("|"))
        ]
        record = self.checked("\n".join(["Date,Customer,Amount,Document", *lines]))
        self.assertEqual((record.good_count, record.bad_count), (0, len(lines)))

    def test_kinds_of_line_that_nobody_knows_are_said(self):
        text = "Type,Date,Customer Reference,Amount\nZZ,2025-03-05,IMP-1,5\n"
        record = self.make(text.encode())
        self.assertIn("“Type” (such as ZZ)", record.reading_note)
        self.assertNotIn("such as", self.make(SAGE.encode()).reading_note or "")

    def test_two_words_of_a_status_are_judged_together(self):
        text = "Date,Customer Reference,Amount,Status\n" + "".join(
            f"2025-03-0{n},IMP-1,5,{status}\n"
            for n, status in enumerate(
                ["Paid", '"Shipped, refunded"', "Paid / delivered", '"Paid, hmm"'], 1
            )
        )
        record = self.checked(text)
        counts = record.good_count, record.skipped_count, record.bad_count
        self.assertEqual(counts, (2, 1, 1))
