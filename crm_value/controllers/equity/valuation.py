from werkzeug.exceptions import Forbidden

from odoo import http
from odoo.http import content_disposition, request

from ..purchases.purchase_import import XLSX


class CrmValueValuationController(http.Controller):
    @http.route(
        "/crm_value/equity/valuation/<int:company_id>",
        type="http",
        auth="user",
        readonly=True,
    )
    def valuation(self, company_id):
        """Return the workbook of a company of the user, to whoever sees margins."""
        if company_id not in request.env.user.company_ids.ids:
            raise Forbidden()
        report = request.env["crm.value.valuation"].with_context(
            allowed_company_ids=[company_id]
        )
        name, content = report._workbook()
        headers = [
            ("Content-Type", XLSX),
            ("Content-Disposition", content_disposition(name)),
        ]
        return request.make_response(content, headers)
