"""Named fixtures of the letter: two month ends, some customers, two readers."""

from datetime import date

from odoo.tests import new_test_user

from ..common import TODAY, ValueCommon

APRIL, MAY = date(2026, 4, 30), date(2026, 5, 31)


class LetterCommon(ValueCommon):
    """Month ends are written as runs might have left them; it is the 15th of June."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["digest.digest"].search([]).user_ids = False
        cls.letters = cls.env["crm.value.letter"]
        cls.stages = {s.code: s for s in cls.env["crm.value.stage"].search([])}
        cls.boss = cls._reader("boss", "crm_value.group_manager")
        cls.plain = cls._reader("plain", "crm_value.group_user")
        cls.acme = cls._customer("Acme")

    @classmethod
    def _reader(cls, login, group, company=None, **values):
        company = company or cls.company
        return new_test_user(
            cls.env,
            login,
            f"base.group_user,{group}",
            email=f"{login}@example.com",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
            **{"tz": "UTC", "lang": "en_US", **values},
        )

    @classmethod
    def _closed(cls, day, company=None):
        """Return the finished run of a month end."""
        values = {"company_id": (company or cls.company).id, "as_of": day}
        runs = cls.env["crm.value.run"]
        known = runs.search([(key, "=", value) for key, value in values.items()])
        return known[:1] or runs.create({**values, "state": "done"})

    @classmethod
    def _stood(cls, customer, day, relation="active", company=None, **values):
        """Store a customer at a month end; None is unknown."""
        run = cls._closed(day, company)
        return cls.env["crm.value.snapshot"].create(
            {
                "partner_id": customer.id,
                "origin_id": customer.id,
                "company_id": run.company_id.id,
                "run_id": run.id,
                "date": day,
                "month_end": True,
                "relation": relation,
                "purchase_count": 1,
                **values,
            }
        )

    @classmethod
    def _stands(cls, customer, company=None, **values):
        """Store a customer's figures of today."""
        company = company or cls.company
        return cls.env["crm.value.profile"].create(
            {
                "partner_id": customer.id,
                "company_id": company.id,
                "as_of": TODAY,
                "relation": "active",
                **values,
            }
        )

    @classmethod
    def _moved(cls, customer, kind, before, after, day, company=None):
        """Store a change of stage, tier or quadrant."""
        names = {
            "quadrant": ("quadrant_from", "quadrant_to"),
            "stage": ("stage_from_id", "stage_to_id"),
            "tier": ("tier_from_id", "tier_to_id"),
        }[kind]
        ends = (
            place if isinstance(place, str | bool) else place.id
            for place in (before, after)
        )
        return cls.env["crm.value.transition"].create(
            {
                "partner_id": customer.id,
                "origin_id": customer.id,
                "company_id": (company or cls.company).id,
                "kind": kind,
                "date": day,
                "evidence": {"current": 12.5, "current_cut": 50.0},
                **dict(zip(names, ends, strict=True)),
            }
        )

    @classmethod
    def _work(cls):
        """Do the cron's work, without its commits."""
        with cls._no_commit():
            cls.letters._cron_letters()

    def _mails(self, reader):
        return self.env["mail.mail"].search([("email_to", "=", reader.email_formatted)])

    def _read(self, reader, company=None, day=MAY):
        """Return what a letter says to a reader, as data."""
        self.env.flush_all()
        self.env.invalidate_all()
        return self.letters._as_read_by(reader, company or self.company)._content(day)

    def _section(self, letter, begin):
        """Return the section whose title begins so, None without one."""
        found = [s for s in letter["sections"] if s["title"].startswith(begin)]
        return found[0] if found else None
