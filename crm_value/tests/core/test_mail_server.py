from odoo.tests import TransactionCase, tagged

LINK = f"<https://customers.of.a.company.example.com/crm_value/stop/1/{'a' * 64}>"


@tagged("post_install", "-at_install")
class TestMailServer(TransactionCase):
    def _written(self, **headers):
        """Return a mail's head, as it goes over the wire."""
        message = self.env["ir.mail_server"]._build_email__(
            "a@example.com",
            ["b@example.com"],
            "A subject of any length: " + "word " * 20,
            "Text",
            headers=headers,
        )
        return message.as_bytes().decode().partition("\r\n\r\n")[0]

    def test_link_to_unsubscribe_is_written_whole(self):
        head = self._written(**{"List-Unsubscribe": LINK})
        self.assertIn(f"List-Unsubscribe: {LINK}\r\n", f"{head}\r\n")

    def test_other_lines_are_as_long_as_before(self):
        plain = self._written(**{"X-Other": "word " * 30})
        linked = self._written(**{"X-Other": "word " * 30, "List-Unsubscribe": LINK})
        for line in linked.splitlines():
            if "Message-Id" not in line and "List-Unsubscribe" not in line:
                self.assertLess(len(line), 79)
        self.assertIn("X-Other", plain)
