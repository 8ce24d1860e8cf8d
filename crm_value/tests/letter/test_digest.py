"""Digest tiles: of the digest's own company, and only for who may see them."""

from datetime import date, datetime

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .letter_common import APRIL, MAY, LetterCommon

NAMES = ("kpi_value_new", "kpi_value_decline", "kpi_value_lost", "kpi_value_equity")


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestDigest(LetterCommon):
    """What the tiles of a digest count."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.digest = cls.env["digest.digest"].create(
            {
                "name": "Customers",
                "company_id": cls.company.id,
                **dict.fromkeys(NAMES, True),
            }
        )
        cls._stands(cls.acme, first_purchase_date=date(2026, 6, 14))
        stable, lost = cls.stages["stability"], cls.stages["lost"]
        cls._moved(cls.acme, "stage", stable, lost, date(2026, 6, 10))
        cls._stood(cls.acme, APRIL, clv=4000.0)
        cls._stood(cls.acme, MAY, clv=5000.0)
        cls.env.flush_all()

    def _tiles(self, reader, company=None):
        """Return {tile: its three values} as the digest mails them."""
        kpis = self.digest._compute_kpis(company or reader.company_id, reader)
        return {
            kpi["kpi_name"]: [kpi[f"kpi_col{at}"]["value"] for at in (1, 2, 3)]
            for kpi in kpis
            if kpi["kpi_name"] in NAMES
        }

    def test_tiles_count_whole_days(self):
        tiles = self._tiles(self.plain)
        self.assertEqual(tiles["kpi_value_new"], [1, 1, 1])
        self.assertEqual(tiles["kpi_value_lost"], [0, 1, 1])
        self.assertEqual(tiles["kpi_value_decline"], [0, 0, 0])

    def test_value_is_that_of_the_month_end_and_for_officers_only(self):
        self.assertNotIn("kpi_value_equity", self._tiles(self.plain))
        boss = self._tiles(self.boss)["kpi_value_equity"]
        self.assertTrue(all("5k" in value or "5.0k" in value for value in boss), boss)

    def test_employee_without_a_part_in_value_gets_no_tile(self):
        self.assertFalse(self._tiles(self._reader("nobody", "base.group_user")))

    def test_tiles_are_those_of_the_digest_company(self):
        other = self._create_company("Other", self.usd)
        self.boss.company_ids |= other
        self.boss.company_id = other
        self.assertEqual(self._tiles(self.boss)["kpi_value_new"], [1, 1, 1])
        stranger = self._reader("stranger", "crm_value.group_manager", company=other)
        self.assertFalse(self._tiles(stranger))

    def test_value_in_another_currency_than_the_mail_names_is_left_out(self):
        other = self._create_company("Other", self.env.ref("base.CHF"))
        self.boss.company_ids |= other
        self.boss.company_id = other
        self.assertNotIn("kpi_value_equity", self._tiles(self.boss))

    def test_value_without_a_month_end_is_not_zero(self):
        self.env.cr.execute("DELETE FROM crm_value_snapshot")
        self.env.invalidate_all()
        self.assertNotIn("kpi_value_equity", self._tiles(self.boss))

    def test_value_is_closed_to_who_reads_the_field(self):
        digest = self.digest.with_user(self.plain).with_context(
            start_datetime=datetime(2026, 6, 1), end_datetime=datetime(2026, 6, 15)
        )
        with self.assertRaises(AccessError):
            digest.read(["kpi_value_equity_value"])
