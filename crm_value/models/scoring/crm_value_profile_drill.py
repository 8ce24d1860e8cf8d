from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ...const import to_day

TRACE = "crm.value.profile.document"
TRACED = ("account.move", "sale.order", "crm.value.transaction")


class CrmValueProfile(models.Model):
    """The documents behind each figure: those that made it, and no others."""

    _inherit = "crm.value.profile"

    def _can_open_documents(self, documents):
        """Return whether the user may read any kind of ``documents``."""
        if documents in self._traces():
            kinds = TRACED if self._traces()[documents][0] else TRACED[:1]
        else:
            kinds = [model for model, _domain in self._document_sets(documents)]
        return any(self.env[model].has_access("read") for model in kinds)

    @api.model
    def _traces(self):
        """Return the periods of purchases, and what else, behind kinds of figures.

        Their documents are read by what reads the figures, and listed as they count.
        """
        ever = ("now", "before", "earlier")
        return {
            "window": (("now",), ()),
            "windows": (("now", "before"), ()),
            "sales": (ever, ()),
            "agreements": (ever, ("orders", "dues")),
            "dues": ((), ("dues",)),
        }

    def _document_sets(self, documents):
        """Return (model, domain) of each kind of document behind a figure.

        A capability adds documents by a method named after them. A domain that must be
        read first is a method: whether a button shows asks for the models alone.
        """
        return getattr(self, f"_documents_{documents}")()

    def _document_scope(self):
        """Return the Scope the figures of this customer were gathered with."""
        run = self.run_id.sudo()  # it reads documents and rules the user may not
        return run._scope(self.as_of, partner_ids=(self.partner_id.id,))

    def _of_customer(self):
        """Return the domain of documents of this customer in this company."""
        return [
            ("partner_id.commercial_partner_id", "=", self.partner_id.id),
            ("company_id", "=", self.company_id.id),
        ]

    def _documents_orders(self):
        """Return the confirmed orders of the value window."""
        return [("sale.order", self._window_orders)]

    def _window_orders(self):
        scope = self._document_scope()
        orders = self.env["crm.value.facts"]._gather_agreed_orders(scope)
        counted = (orders["broken"] == 0) & (orders["day"] > to_day(scope.window_start))
        return [("id", "in", orders["document"][counted].tolist())]

    def _documents_imported(self):
        until = ("date", "<=", self.as_of)
        return [("crm.value.transaction", [*self._of_customer(), until])]

    def action_open_documents(self, code):
        """Open the documents behind an indicator.

        :param str code: code of the indicator
        """
        self.ensure_one()
        indicators = self.env["crm.value.indicator"].search([("code", "!=", False)])
        indicator = indicators.filtered(lambda one: one.code == code)
        if not indicator.documents:
            raise UserError(self.env._("There are no documents behind this figure."))
        return self._open_documents(indicator.documents, indicator.name)

    def _open_documents(self, documents, title):
        """Return the action that lists the documents behind a figure."""
        if not self._can_open_documents(documents):
            raise AccessError(
                self.env._("You may see the figure, but not the documents behind it.")
            )
        if documents in self._traces():
            trace = self.env[TRACE]._trace(self, *self._traces()[documents])
            model, domain = TRACE, [("trace", "=", trace)]
        else:
            sets = self._document_sets(documents)
            model, domain = next(
                one for one in sets if self.env[one[0]].has_access("read")
            )
            domain = domain() if callable(domain) else domain
        return {
            "type": "ir.actions.act_window",
            "name": self.env._(
                "%(indicator)s: %(customer)s",
                indicator=title,
                customer=self.partner_id.display_name,
            ),
            "res_model": model,
            "views": [(self._document_view(model), "list"), (False, "form")],
            "domain": domain,
            "context": {
                "create": False,
                "active_test": False,
                "documents": documents,
                "group_by": ["period"] if documents == "windows" else [],
            },
            "help": self._say_no_documents(),
        }

    @api.model
    def _document_view(self, model):
        """Return the id of the list of a model's documents, False: its usual one.

        It shows no samples: they would be taken for documents of the customer.
        """
        if model != "sale.order":
            return False
        return self.env.ref("crm_value.view_order_tree_documents").id

    def _say_no_documents(self):
        return self.env._("There are no documents behind this figure.")

    def action_open_transactions(self):
        """Open the imported purchases of the customer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_value.crm_value_transaction_action"
        )
        [(_model, action["domain"])] = self._documents_imported()
        return action
