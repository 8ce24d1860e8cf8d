from odoo import api, fields, models
from odoo.tools import split_every

from ...const import USER
from . import numbers

AT_ONCE = 1000


class ResPartner(models.Model):
    """A contact is found by each of its numbers.

    Odoo keeps one of them in E.164; the others stand beside it.
    """

    _inherit = "res.partner"

    value_more_phones = fields.Char(
        string="Further Numbers",
        compute="_compute_value_more_phones",
        compute_sudo=True,
        store=True,
        groups=USER,
        help="Numbers of the contact in international form, beside the first one.",
    )

    _value_phone_idx = models.Index(
        "(phone_sanitized) WHERE phone_sanitized IS NOT NULL"
    )
    _value_more_phones_idx = models.Index(
        "USING gin (string_to_array(value_more_phones, ' '))"
        " WHERE value_more_phones IS NOT NULL"
    )

    @api.depends(lambda self: [*self._phone_get_sanitize_triggers(), "company_id"])
    def _compute_value_more_phones(self):
        names = self._phone_get_number_fields()
        for partner in self:
            found = {}
            for text in filter(None, (partner[name] for name in names)):
                country = partner._value_phone_country()
                found |= dict.fromkeys(numbers.all_e164(partner, text, country))
            found.pop(partner.phone_sanitized, None)
            partner.value_more_phones = " ".join(found) or False

    def _value_phone_country(self):
        """Return where the contact's numbers are dialled from."""
        own = self.country_id or self.commercial_partner_id.country_id
        return own or (self.company_id or self.env.company).country_id

    @api.model
    def _value_sanitize_phones(self):
        """Bring all numbers into E.164: they were not while phonenumbers lacked."""
        partners = self.with_context(active_test=False)
        ids = partners.search([("phone", "!=", False)]).ids
        names = ["phone_sanitized", "value_more_phones"]
        for some in split_every(AT_ONCE, ids, partners.browse):
            for name in names:
                self.env.add_to_compute(self._fields[name], some)
            some._recompute_recordset(names)
            some.flush_recordset(names)
            some.invalidate_recordset()
