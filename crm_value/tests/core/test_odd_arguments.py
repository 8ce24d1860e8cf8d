"""Odd arguments of methods and routes are answered in words, they crash nothing."""

import inspect
import re

from psycopg2 import IntegrityError

from odoo.exceptions import AccessDenied, MissingError, UserError
from odoo.service.model import call_kw
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .verdicts import ROUTES
from .walk_common import WalkCommon

ODD = (None, "", "x'\"; --", "Z\x00", -1, 2**70, 1.5, {"a": 1}, [[]], [None], True)
# What is no number at all fails in Odoo, before any of our methods is asked.
ODD_IDS = ([], [-1], [2**31 - 1])
# What the constraints of a table say, Odoo says in words.
WORDS = (UserError, AccessDenied, MissingError, IntegrityError)
# Their arguments are Odoo's.
OF_ODOO = (
    *("copy", "copy_data", "default_get", "fields_get", "load", "message_post"),
    *("formatted_read_group", "formatted_read_grouping_sets", "web_read_group"),
)
ODD_PARTS = ("-1", "0", "99999999999999999999", "x", "%00", "..%2f", "1,x", "'", "[]")
REFUSED = (200, 301, 303, 400, 403, 404, 405, 415)  # the last: no JSON was sent


@tagged("post_install", "-at_install")
class TestOddArguments(WalkCommon):
    def test_public_methods_answer_odd_arguments_in_words(self):
        for name, methods in self._public_methods().items():
            if not self.env[name]._abstract:
                for method in set(methods) - set(OF_ODOO):
                    for arguments in self._odd(name, method):
                        with self.subTest(model=name, method=method, args=arguments):
                            self._assert_words(name, method, arguments)

    def _odd(self, name, method):
        """Yield arguments of which one is odd: a parameter, or the records."""
        function = getattr(self.env.registry[name], method)
        plain = [False] * (len(inspect.signature(function).parameters) - 1)
        of_model = getattr(function, "_api_model", False)
        records = [] if of_model else [self._sample(name).ids]
        for at in range(len(plain)):
            for odd in ODD:
                yield [*records, *plain[:at], odd, *plain[at + 1 :]]
        for ids in () if of_model else ODD_IDS:
            yield [ids, *plain]

    def _assert_words(self, name, method, arguments):
        self.env.invalidate_all()
        savepoint = self.env.cr.savepoint()
        try:
            with mute_logger("odoo.sql_db", "odoo.models", "odoo.http"):
                call_kw(self.env[name].with_user(self.keeper), method, arguments, {})
                self.env.flush_all()
        except WORDS:
            return
        except ValueError as error:
            # Odoo's own word for a button that was given no record, or several.
            self.assertIn("Expected singleton", str(error))
        finally:
            self.env.clear()
            savepoint.rollback()
            savepoint.close(rollback=False)


@tagged("post_install", "-at_install")
class TestOddRoutes(HttpCase):
    def test_routes_refuse_odd_paths(self):
        new_test_user(self.env, "odd_manager", "crm_value.group_manager")
        for login in (None, "odd_manager"):
            self.authenticate(login, login)
            for path in ROUTES:
                for address in self._addresses(path):
                    with self.subTest(path=address, login=login):
                        with mute_logger("odoo.http", "werkzeug"):
                            answer = self.url_open(address, allow_redirects=False)
                        self.assertIn(answer.status_code, REFUSED)

    def _addresses(self, path):
        """Yield a route with odd parts in the place of its own, and odd parameters."""
        if "<" not in path:
            yield from (f"{path}?{odd}={odd}" for odd in ODD_PARTS)
        else:
            parts = re.findall("<(.+?)>", path)
            for odd in ODD_PARTS:
                # A zero byte that is no number reaches no route, Odoo looks for a page.
                if odd != "%00" or all(part.startswith("string") for part in parts):
                    yield re.sub("<.+?>", odd, path) + f"?answer={odd}"
