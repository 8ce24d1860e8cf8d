"""Forms whose company or customer has just been cleared."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestBlank(TransactionCase):
    """Between two choices a form has no company; the figures on it must bear that."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.env.ref("base.user_admin")

    def forms(self):
        """Return the models that have a company and a field of ours in a form."""
        views = self.env["ir.ui.view"].search([("type", "=", "form")])
        names = sorted({*views.mapped("model")} & {*self.env.registry})
        for name in names:
            fields = self.ours(self.env[name])
            written = self.env[name].with_user(self.user).has_access("create")
            if fields and written and "company_id" in self.env[name]._fields:
                yield self.env[name], fields

    def ours(self, model):
        return [
            name
            for name, field in model._fields.items()
            if "crm_value" in (field._modules or ()) and field.type != "binary"
        ]

    def test_no_field_of_ours_breaks_without_a_company(self):
        partner = self.env["res.partner"].create({"name": "Blank"})
        seen, failed = set(), []
        for model, fields in self.forms():
            seen.add(model._name)
            vals = {"company_id": False}
            if "partner_id" in model._fields:
                vals["partner_id"] = partner.id
            for given in (vals, {"company_id": False}):
                record = model.new(given)
                record.company_id = False
                for name in fields:
                    try:
                        record.mapped(name)
                    except Exception as error:
                        failed.append((model._name, name, str(error)))
        self.assertFalse(failed)
        self.assertLessEqual({"sale.order", "crm.lead", "helpdesk.ticket"}, seen)

    def test_lines_bear_an_order_without_a_company(self):
        product = self.env["product.product"].search([("sale_ok", "=", True)], limit=1)
        order = self.env["sale.order"].new(
            {
                "partner_id": self.env["res.partner"].create({"name": "Blank"}).id,
                "order_line": [Command.create({"product_id": product.id})],
            }
        )
        order.company_id = False
        for name in self.ours(order.order_line):
            order.order_line.mapped(name)
        for name in self.ours(order):
            order.mapped(name)

    def test_clearing_the_company_of_a_form_breaks_nothing(self):
        partner = self.env["res.partner"].create({"name": "Blank"})
        failed = []
        for model, fields in self.forms():
            spec = {name: {} for name in {"company_id", *fields}}
            vals = {"company_id": False}
            if "partner_id" in model._fields:
                vals["partner_id"] = partner.id
                spec["partner_id"] = {}
            try:
                model.onchange(vals, ["company_id"], spec)
            except UserError:
                continue  # says to choose one
            except Exception as error:
                failed.append((model._name, str(error)))
        self.assertFalse(failed)
