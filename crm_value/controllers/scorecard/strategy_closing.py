from odoo import http
from odoo.http import content_disposition, request

from ..purchases.purchase_import import XLSX


class CrmValueStrategyClosingController(http.Controller):
    @http.route(
        "/crm_value/scorecard/closing/<int:question_id>",
        type="http",
        auth="user",
        readonly=True,
    )
    def closing(self, question_id):
        """Return the closing report that the user asked for, as a workbook."""
        question = request.env["crm.value.strategy.closing"].browse(question_id)
        if not question.exists():
            raise request.not_found()
        question.check_access("read")
        name, content = question._workbook()
        headers = [
            ("Content-Type", XLSX),
            ("Content-Disposition", content_disposition(name)),
        ]
        return request.make_response(content, headers)
