from datetime import timedelta
from hashlib import sha256
from time import monotonic

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from odoo.addons.base.models.res_users import INDEX_SIZE, check_identity

from .asking import Country, Terms

KEYS = "res.users.apikeys"
SCOPE = "crm_value.pbx."
DAYS = 365
KEPT = 60  # seconds
MOST = 1000  # keys of all databases of a server
verified = {}  # (database, digest of the key): (id of the key, until when)
counted = {}  # (database, telephone system): (minute, requests)


class CrmValuePbx(models.Model):
    """The keys of a telephone system: Odoo's own, each for this one system.

    What Odoo keeps is a hash that takes milliseconds to verify, so a key is verified
    once a minute. Whether it is still there is asked each time.
    """

    _inherit = "crm.value.pbx"

    key_until = fields.Datetime(
        string="Key Valid until",
        compute="_compute_key_until",
        groups="crm_value.group_manager",
        help="Empty where there is no key yet.",
    )

    def _compute_key_until(self):
        keys = self.env[KEYS].sudo()  # of others, too
        for pbx in self:
            mine = keys.search([("scope", "=", pbx._scope())])
            pbx.key_until = max(mine.mapped("expiration_date"), default=False)

    def _scope(self):
        return f"{SCOPE}{self.id}"

    # --- making and taking back ---

    def action_new_key(self):
        """Show a new key, this once, to who proves to be who it is."""
        self.ensure_one()
        self.check_access("write")
        return self._show_new_key()

    @check_identity
    def _show_new_key(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Key of the Telephone System"),
            "res_model": "res.users.apikeys.show",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_key": self._make_key()},
        }

    def _make_key(self, days=DAYS):
        """Return a new key, which is good for the telephone system and nothing else."""
        self.check_access("write")
        if not self.user_id.active:
            raise ValidationError(self.env._("The owner of the keys is archived."))
        # With all rights: a year is longer than Odoo grants most users.
        keys = self.env[KEYS].with_user(self.user_id).sudo()
        until = fields.Datetime.now() + timedelta(days=days)
        return keys._generate(self._scope(), self.display_name, until)

    def action_revoke_keys(self):
        """Take back all keys; the next request is refused."""
        self.check_access("write")
        self._revoke_keys()

    def _revoke_keys(self):
        # Who manages the system takes back keys of whoever made them.
        keys = self.env[KEYS].sudo()
        keys.search([("scope", "in", [pbx._scope() for pbx in self])]).unlink()

    def unlink(self):
        """Leave no keys behind."""
        self._revoke_keys()
        return super().unlink()

    # --- asking ---

    @api.model
    def _opened_by(self, key):
        """Return the Terms of the telephone system of a key, None if there is none."""
        name = self.env.cr.dbname, sha256(key.encode()).digest()
        for key_id, owner, lang, country, company, pbx_id, *more in self._rows_of(key):
            pbx = self.sudo().browse(pbx_id)
            known, until = verified.get(name, (None, 0.0))
            if known != key_id or monotonic() >= until:
                keys = self.env[KEYS]
                if keys._check_credentials(scope=pbx._scope(), key=key) != owner:
                    continue
                if len(verified) >= MOST:
                    verified.clear()
                verified[name] = key_id, monotonic() + KEPT
            pbx = pbx._for_requests(lang, company)
            company = pbx.env["res.company"].browse(company)
            return Terms(pbx, pbx_id, company, Country(*country), *more)
        return None

    @api.model
    def _rows_of(self, key):
        """Return id, owner, language and country of keys that begin alike, and Terms.

        Of those alone that are valid. Each request asks this, so it asks no more.
        """
        self.flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT one.id, one.user_id, person.lang,
                       ARRAY[country.code, country.phone_code::text],
                       pbx.company_id, pbx.id, pbx.active, pbx.queue,
                       pbx.floor_seconds, pbx.outside_prefix, pbx.rate_limit,
                       pbx.ip_ranges
                  FROM res_users_apikeys one
                  JOIN crm_value_pbx pbx ON one.scope = %s || pbx.id
                  JOIN res_country country ON country.id = pbx.country_id
                  JOIN res_users owner ON owner.id = one.user_id AND owner.active
                  JOIN res_partner person ON person.id = owner.partner_id
                 WHERE one.index = %s
                   AND (one.expiration_date IS NULL
                        OR one.expiration_date >= now() AT TIME ZONE 'utc')
                """,
                SCOPE,
                key[:INDEX_SIZE],
            )
        )

    def _for_requests(self, lang, company):
        """Return the system as requests work: in its company, its owner's language."""
        return self.with_company(company).with_context(lang=lang, tracking_disable=True)

    @api.model
    def _count_request(self, pbx):
        """Count a request; return whether the limit of the minute allows it."""
        name, minute = (self.env.cr.dbname, pbx.id), int(monotonic() / 60)
        of, count = counted.get(name, (minute, 0))
        count = count + 1 if of == minute else 1
        counted[name] = minute, count
        return count <= pbx.rate_limit
