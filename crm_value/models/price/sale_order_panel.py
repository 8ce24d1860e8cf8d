from odoo import api, models

from ..desk.crm_value_panel import ORDER

MOST = 3  # other offers that are named


class SaleOrder(models.Model):
    """The panel names open offers of the same products to the same customer."""

    _inherit = "sale.order"

    @api.depends("order_line.price_subtotal", "order_line.product_uom_id", "user_id")
    def _compute_value_panel(self):
        return super()._compute_value_panel()

    def _value_panel_lines(self):
        lines = super()._value_panel_lines()
        clashing = {
            order: sorted(clashes, key=lambda clash: not clash.differs)[:MOST]
            for order, clashes in self._value_asked()._value_clashes().items()
        }
        named = {clash.document for found in clashing.values() for clash in found}
        readable = self.browse(named)._filtered_access("read")
        for order, clashes in clashing.items():
            lines[order] += [
                order._value_clash_line(place, clash, readable)
                for place, clash in enumerate(clashes)
            ]
        return lines

    def _value_clash_line(self, place, clash, readable):
        said = self._value_say_clash(clash)
        opens = clash.document in readable._ids and {
            "title": said,
            "model": self._name,
            "id": clash.document,
        }
        first = self.env._("Agree on one price: %(offer)s.", offer=said)
        return self._value_panel_line(
            10 + place,
            f"offer_{clash.document}_{clash.line.product_id.id}_{place}",
            said,
            (12, first) if clash.differs else None,
            "danger" if clash.differs else "warning",
            opens,
            ORDER,
        )
