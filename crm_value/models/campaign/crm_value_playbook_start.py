from odoo import api, models


class CrmValuePlaybookStart(models.Model):
    """Draws who a playbook does without when it would start by itself."""

    _inherit = "crm.value.playbook.start"

    @api.model
    def _insert(self, source):
        """Take those held out from the new starts; the first is kept as history.

        What somebody starts by hand, or a campaign with its own draw, is not drawn.
        """
        new = super()._insert(source)
        if not self.env["res.groups"]._value_uses("strategy"):
            return new
        # Starts and draws are written by their own code alone.
        by_itself = new.sudo().filtered(
            lambda start: not start.user_id and start.playbook_id.hold_share
        )
        held = by_itself._hold_out()
        return new.filtered(lambda start: start.id not in held)

    def _hold_out(self):
        """Draw each start; return the ids of those that do not go on."""
        held = self.browse()
        alike = self.grouped(lambda start: (start.company_id, start.playbook_id))
        for (company, playbook), starts in alike.items():
            holdout = self.env["crm.value.holdout"]._of_playbook(
                company, playbook, min(starts.mapped("date"))
            )
            held += holdout._draw_starts(starts)
        ids = set(held.ids)
        again = held._held_before()
        (held - again).write({"state": "held"})
        again.unlink()
        return ids

    def _held_before(self):
        """Return the starts of customers whose history has such a line already."""
        known = self.search(
            [
                ("state", "=", "held"),
                ("playbook_id", "in", self.playbook_id.ids),
                ("partner_id", "in", self.partner_id.ids),
            ]
        )
        have = {(s.company_id, s.playbook_id, s.partner_id) for s in known}
        return self.filtered(
            lambda s: (s.company_id, s.playbook_id, s.partner_id) in have
        )
