from datetime import timedelta

from odoo import api, fields, models


class CrmValueContact(models.Model):
    """Mails about loyalty tiers: upgrade congratulations, expiry warnings."""

    _inherit = "crm.value.contact"

    tier_id = fields.Many2one(
        "crm.value.tier", index="btree_not_null", ondelete="set null"
    )

    @api.model
    def _plan_congratulations(self, moves):
        """Plan a congratulation for the day after each upgrade, once it is settled."""
        if not self.env["res.groups"]._value_uses("loyalty"):
            return self.browse()
        template = self.env.ref("crm_value.mail_template_tier_entered")
        return self._plan(
            [
                {
                    "partner_id": moved.partner_id.id,
                    "company_id": moved.company_id.id,
                    "date": moved.date + timedelta(days=1),
                    "name": template.name,
                    "topic": f"tier {moved.tier_to_id.id}",
                    "source_key": f"tier {moved.partner_id.id} {moved.tier_to_id.id} "
                    f"{moved.date}",
                    "template_id": template.id,
                    "tier_id": moved.tier_to_id.id,
                }
                for moved in moves
            ]
        )

    @api.model
    def _plan_warnings(self, company, day, found):
        """Plan a mail to each customer who is about to lose a tier.

        :param found: dicts of partner_id, tier_id, until
        """
        if not self.env["res.groups"]._value_uses("loyalty"):
            return self.browse()
        template = self.env.ref("crm_value.mail_template_tier_ending")
        return self._plan(
            [
                {
                    "partner_id": row["partner_id"],
                    "company_id": company.id,
                    "date": day,
                    "name": template.name,
                    "topic": f"tier warning {row['tier_id']}",
                    "source_key": f"tier warning {row['partner_id']} {row['until']}",
                    "template_id": template.id,
                    "tier_id": row["tier_id"],
                }
                for row in found
            ]
        )

    def _deliver(self):
        """Hold back outdated mails: the tier was left, or is secured by now."""
        about = self.filtered("tier_id")
        profiles = self.env["crm.value.profile"]._by_customer(
            about.company_id, about.partner_id
        )
        none = self.env["crm.value.profile"]
        warning = self.env.ref("crm_value.mail_template_tier_ending")
        gone = about.filtered(
            lambda contact: not contact._still_true(
                profiles.get((contact.company_id.id, contact.partner_id.id), none),
                warning,
            )
        )
        gone._hold("left")
        return super(CrmValueContact, self - gone)._deliver()

    def _part(self):
        return "loyalty" if self.tier_id else super()._part()

    def _still_true(self, profile, warning):
        if profile.tier_id != self.tier_id:
            return False
        return self.template_id != warning or profile.tier_state == "short"
