import json
import logging
from http import HTTPStatus
from time import perf_counter

from werkzeug.exceptions import BadRequest, NotFound

from odoo import SUPERUSER_ID, http
from odoo.http import request
from odoo.tools import verify_hash_signed

from ...models.calls.crm_value_call_event import EVENTS
from ...models.calls.crm_value_caller import POP

_logger = logging.getLogger(__name__)

API = "/crm_value/calls/v1"
MACHINE = {
    "type": "http",
    "auth": "none",
    "methods": ["POST"],
    "csrf": False,
    "save_session": False,
}
LONGEST_BODY = 16_384  # bytes
LONGEST_KEY = 128  # of a call, in characters
BEARER = "bearer "


class Refused(Exception):
    """A request that is not answered, with its status and why."""

    def __init__(self, status, reason):
        super().__init__(reason)
        self.status = status


class CrmValueCalls(http.Controller):
    """What telephone systems ask and tell, in the words of Zammad's generic CTI.

    The key stands in the header, or where a bridge can only be given an address, at its
    end.
    """

    @http.route(
        [f"{API}/lookup", f"{API}/lookup/<string:key>"], readonly=True, **MACHINE
    )
    def calls_lookup(self, key=None, **form):
        """Answer who has a number, and where its call should go."""
        return self._serve(key, form, self._look_up)

    @http.route([f"{API}/event", f"{API}/event/<string:key>"], **MACHINE)
    def calls_event(self, key=None, **form):
        """Note what became of a call; of a new one, answer who it is."""
        return self._serve(key, form, self._note_event)

    def _look_up(self, pbx, asked):
        number = asked.get("number") or asked.get("from")
        if not number:
            raise Refused(HTTPStatus.BAD_REQUEST, "number is missing")
        return pbx.record.env["crm.value.caller"]._look_up(pbx, number)

    def _note_event(self, pbx, asked):
        if asked.get("event") not in EVENTS:
            raise Refused(
                HTTPStatus.BAD_REQUEST, "event is none of newCall, answer, hangup"
            )
        if not 0 < len(asked.get("callId") or "") <= LONGEST_KEY:
            raise Refused(HTTPStatus.BAD_REQUEST, "callId is missing or too long")
        env = pbx.record.env
        call, is_new = env["crm.value.call"]._take(pbx.record, asked)
        told = {"recorded": is_new}
        if asked["event"] == "newCall" and call.direction == "in":
            told |= env["crm.value.caller"]._look_up(pbx, call.number_raw)
        return told

    # --- the way in ---

    def _serve(self, key, form, answer):
        """Return what ``answer`` says, or why the request is refused."""
        start, status, pbx = perf_counter(), HTTPStatus.OK, None
        headers = {"Content-Type": "application/json"}
        try:
            pbx = self._telephone_system(key)
            told = answer(pbx, self._asked(form))
        except Refused as refused:
            status, told = refused.status, {"error": str(refused)}
            if status == HTTPStatus.UNAUTHORIZED:
                headers["WWW-Authenticate"] = "Bearer"
        # No number and no name: a log is read by many.
        _logger.info(
            "%s telephone system %s, from %s: %d in %.1f ms",
            answer.__name__.strip("_"),
            pbx.id if pbx else "-",
            request.httprequest.remote_addr,
            status,
            1000 * (perf_counter() - start),
        )
        # Names beyond ASCII are escaped: any telephone system reads that.
        return request.make_response(json.dumps(told), headers, status=status)

    def _telephone_system(self, key):
        """Return the Terms of who asks; its record has all rights on its company."""
        env = request.env(user=SUPERUSER_ID, su=True)
        pbxs = env["crm.value.pbx"]
        pbx = pbxs._opened_by(key or self._bearer() or "-")
        if not pbx:
            raise Refused(HTTPStatus.UNAUTHORIZED, "this key is not valid")
        if not pbx.active or not env["res.groups"]._value_uses("service"):
            raise Refused(HTTPStatus.NOT_FOUND, "this telephone system is off")
        if not pbx.admits(request.httprequest.remote_addr):
            raise Refused(HTTPStatus.FORBIDDEN, "this address is not allowed")
        if not pbxs._count_request(pbx):
            raise Refused(HTTPStatus.TOO_MANY_REQUESTS, "too many requests a minute")
        return pbx

    def _bearer(self):
        header = request.httprequest.headers.get("Authorization", "")
        is_bearer = header.lower().startswith(BEARER)
        return header[len(BEARER) :].strip() if is_bearer else None

    def _asked(self, form):
        """Return what was sent, as JSON or as a form: texts, and a list of users."""
        body = request.httprequest
        if (body.content_length or 0) > LONGEST_BODY:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too much was sent")
        if body.mimetype == "application/json":
            try:
                form = request.get_json_data()
            except (ValueError, BadRequest):
                form = None
            if not isinstance(form, dict):
                raise Refused(HTTPStatus.BAD_REQUEST, "this is no JSON object")
        asked = {key: value for key, value in form.items() if isinstance(value, str)}
        return {**asked, "users": self._users(form)}

    def _users(self, form):
        """Return the names under which users were sent: one, or a list of them."""
        listed = request.httprequest.form.getlist("user[]")
        found = listed or form.get("user") or []
        names = found if isinstance(found, list) else [found]
        return [name for name in names if isinstance(name, str)]

    # --- people ---

    @http.route("/crm_value/calls/pop/<string:token>", type="http", auth="user")
    def calls_pop(self, token):
        """Show the caller of an address that a telephone system was told."""
        try:
            pbx_id, number = verify_hash_signed(request.env(su=True), POP, token)
        except (ValueError, TypeError) as error:
            raise NotFound from error
        path = request.env["crm.value.call"]._pop_path(pbx_id, number)
        if not path:
            raise NotFound
        return request.redirect(path)
