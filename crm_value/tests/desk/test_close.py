"""Closing a ticket from the portal is for those whose ticket it is."""

from odoo.tests import HttpCase, new_test_user, tagged

from .desk_common import DeskCommon

# pylint: disable=translation-required


@tagged("post_install", "-at_install")
class TestClose(DeskCommon, HttpCase):
    def _close(self, ticket, stage=None, **values):
        stage = stage or self.closed_stage
        params = {"ticket_id": ticket.id, "stage_id": stage.id, **values}
        params = "&".join(f"{name}={value}" for name, value in params.items())
        return self.url_open(f"/ticket/close?{params}", allow_redirects=False)

    def test_stranger_cannot_close_a_ticket(self):
        self.closed_stage.close_from_portal = True
        mine = new_test_user(self.env, "portal_acme", "base.group_portal")
        mine.partner_id.parent_id = self.acme
        new_test_user(self.env, "portal_else", "base.group_portal")
        new_test_user(self.env, "clerk", "base.group_user")
        ticket = self._open(self.ann)
        for stranger in ("portal_else", "clerk"):
            self.authenticate(stranger, stranger)
            self.assertEqual(self._close(ticket).status_code, 404)
            self.assertFalse(ticket.closed)
        self.authenticate("portal_acme", "portal_acme")
        for wrong in ({"ticket_id": "x"}, {"stage_id": ""}, {"ticket_id": "9" * 30}):
            self.assertEqual(self._close(ticket, **wrong).status_code, 404)
        self.assertEqual(self._close(ticket, self.doing).status_code, 404)
        self.assertIn(self._close(ticket).status_code, (302, 303))
        self.assertTrue(ticket.closed)
        self.assertTrue(ticket.value_resolved_at)

    def test_visitors_write_no_stages(self):
        public = self.env.ref("base.public_user")
        self.assertFalse(self.new.with_user(public).has_access("write"))
