"""A mail server of this machine that keeps what it is given, and passes nothing on."""

import email
import socketserver
import threading
from contextlib import contextmanager
from unittest.mock import patch


class _Session(socketserver.StreamRequestHandler):
    """Speaks as much of SMTP (RFC 5321) as Odoo asks for."""

    def handle(self):
        self._say("220 sink")
        to = []
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "RCPT":
                to.append(line.partition("<")[2].partition(">")[0])
            elif verb == "DATA":
                self._say("354 go on")
                self.server.letters.append((to, self._letter()))
                to = []
            elif verb == "QUIT":
                self._say("221 bye")
                return
            self._say("250 ok")

    def _say(self, text):
        self.wfile.write(f"{text}\r\n".encode())

    def _letter(self):
        lines = iter(self.rfile.readline, b".\r\n")
        return email.message_from_bytes(b"".join(lines))


class _Sink(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@contextmanager
def smtp_sink(env):
    """Let Odoo send real mails to this machine; yields [([addresses], message)]."""
    with _Sink(("127.0.0.1", 0), _Session) as sink:
        sink.letters = []
        threading.Thread(target=sink.serve_forever, daemon=True).start()
        servers = env["ir.mail_server"]
        servers.search([]).active = False
        servers.create(
            {
                "name": "Sink",
                "smtp_host": "127.0.0.1",
                "smtp_port": sink.server_address[1],
                "sequence": 0,
            }
        )
        # Odoo's tests connect to no server; here the letters themselves are asked for.
        with patch.object(type(servers), "_disable_send", lambda *_args: False):
            yield sink.letters
        sink.shutdown()
