from odoo import api, models

PASSING = ("cap", "duplicate", "left")


class CrmValueContact(models.Model):
    """Mails that tell customers which points expire soon."""

    _inherit = "crm.value.contact"

    @api.model
    def _plan_points_notices(self, vals_list):
        """Plan notices, and again those that were held for a reason that passes."""
        keys = [vals["source_key"] for vals in vals_list]
        self.search(
            [
                ("source_key", "in", keys),
                ("state", "=", "held"),
                ("reason", "in", PASSING),
            ]
        ).write({"state": "planned", "reason": False})
        return self._plan(vals_list)

    def _deliver(self):
        """Hold back notices of points that do not expire soon any more."""
        gone = self.browse()
        notices = self._points_notices()
        for company, contacts in notices.grouped("company_id").items():
            partners = contacts.partner_id.with_company(company)
            safe = partners.filtered(lambda p: not p.value_points_expiring)
            gone += contacts.filtered(lambda c, safe=safe: c.partner_id in safe)
        gone._hold("left")
        return super(CrmValueContact, self - gone)._deliver()

    def _points_notices(self):
        """Return the mails that tell of points which expire."""
        template = self.env.ref(
            "crm_value.mail_template_points_expire", raise_if_not_found=False
        )
        return self.filtered(lambda mail: template and mail.template_id == template)

    def _part(self):
        return "loyalty" if self._points_notices() else super()._part()
