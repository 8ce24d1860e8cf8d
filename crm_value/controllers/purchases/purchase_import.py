from odoo import http
from odoo.http import content_disposition, request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class CrmValueImportController(http.Controller):
    @http.route("/crm_value/import/template", type="http", auth="user", readonly=True)
    def template(self):
        """Return the xlsx to fill in, to whoever may import."""
        imports = request.env["crm.value.import"]
        imports.check_access("create")
        name = request.env._("Purchases to import")
        headers = [
            ("Content-Type", XLSX),
            ("Content-Disposition", content_disposition(f"{name}.xlsx")),
        ]
        return request.make_response(imports._template(), headers)
