from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request
from odoo.tools import consteq

from ...models.letter.const import PLACES
from ..core.stop import STOP_ROUTE, case_page, stop_case


class CrmValueLetter(http.Controller):
    """Pages of the monthly letter: a look at it, its links, and how to stop it."""

    @http.route("/crm_value/letter/<int:company_id>", type="http", auth="user")
    def letter(self, company_id):
        """Show last month's letter as the user would read it; nothing is sent."""
        company = self._letter_company(company_id)
        letters = request.env["crm.value.letter"]._as_read_by(request.env.user, company)
        return request.make_response(
            letters._render_letter(letters._last_month(company)),
            headers=[("Content-Type", "text/html; charset=utf-8")],
        )

    @http.route("/crm_value/letter/<int:company_id>/open", type="http", auth="user")
    def letter_open(self, company_id, to=None, customer=None):
        """Open a screen that a letter names, in the company that it is about."""
        company = self._letter_company(company_id)
        path = PLACES.get(to)
        if not path:
            raise NotFound
        about = f"/{int(customer)}" if (customer or "").isdecimal() else ""
        response = request.redirect(f"/odoo/{path}{about}")
        # The web client shows the companies of this cookie, the first one as current.
        response.set_cookie("cids", str(company.id))
        return response

    @http.route("/crm_value/letter/stop/<int:user_id>/<string:token>", **STOP_ROUTE)
    def letter_stop(self, user_id, token, **_post):
        """Ask whether to stop the letter to this user; a POST stops it."""
        reader = self._letter_reader(user_id, token)
        case = stop_case(reader, lambda: reader.write({"value_letter": False}))
        return case_page("crm_value.letter_stop_page", case, reader.lang)

    def _letter_reader(self, user_id, token):
        """Return the user of a token, empty if it is another's."""
        # The token is what gives access, and to nothing but this one switch.
        reader = request.env["res.users"].sudo().browse(user_id).exists()
        is_theirs = reader and consteq(reader._value_letter_token(), token)
        return reader if is_theirs else reader.browse()

    def _letter_company(self, company_id):
        """Return a company that the user works in; of others nothing is said."""
        user = request.env.user
        company = user.company_ids.filtered(lambda own: own.id == company_id)
        if not company or not user.has_group("crm_value.group_user"):
            raise NotFound
        return company
