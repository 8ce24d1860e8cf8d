from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import content_disposition, request

from ..purchases.purchase_import import XLSX


class CrmValueAnswersController(http.Controller):
    @http.route("/crm_value/answers/<string:ids>", type="http", auth="user")
    def answers(self, ids):
        """Return what contacts have answered as xlsx, to whoever may ask them."""
        request.env["crm.value.invitation.rule"].check_access("write")
        if not all(part.isdecimal() for part in ids.split(",")):
            raise NotFound()
        partners = request.env["res.partner"].browse(map(int, ids.split(","))).exists()
        if not partners:
            raise NotFound()
        partners.check_access("read")
        name = request.env._("Answers of %(name)s", name=partners[0].display_name)
        headers = [
            ("Content-Type", XLSX),
            ("Content-Disposition", content_disposition(f"{name}.xlsx")),
        ]
        return request.make_response(partners._value_answers_sheet(), headers)
