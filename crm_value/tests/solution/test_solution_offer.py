"""A solution on a quotation: by Odoo's own way, in the quantities that are needed."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .solution_common import OUTSIDERS, SolutionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestSolutionOffer(SolutionCommon):
    def test_quotation_has_the_quantities_of_the_lead(self):
        order = self._offered(self._dialog(self.lead), self.both)
        # 12 persons, 130 m² × .05 = 6.5 filters, of which there are whole ones only.
        self.assertEqual(
            self._quantities(order), [(self.licence, 12), (self.filter, 7)]
        )
        self.assertEqual(order.sale_order_template_id, self.both)
        self.assertEqual(order.opportunity_id, self.lead)
        self.assertEqual(order.partner_id, self.acme)
        self.assertEqual(order.amount_untaxed, 12 * 40 + 7 * 20)

    def test_least_quantity_holds_and_what_floats_leave_is_no_piece_more(self):
        line = self.air.sale_order_template_line_ids
        self.assertEqual(line._value_quantity(10), 4)
        self.assertEqual(line._value_quantity(80), 4)
        self.assertEqual(line._value_quantity(81), 5)
        line.value_need_rate = 0.1
        self.assertEqual(line._value_quantity(3 * 100), 30)  # .1 × 300 is 30.000…4

    def test_what_is_not_counted_in_pieces_is_rounded_in_its_unit(self):
        metre = self.env.ref("uom.product_uom_meter")
        cable = self._thing("Cable", 2, 1, uom_id=metre.id)
        template = self._template("Cabling", [self._for(cable, self.space, 0.3333)])
        quantity = template.sale_order_template_line_ids._value_quantity(10)
        self.assertEqual(quantity, 3.34)

    def test_a_need_that_is_not_asked_for_leaves_the_templates_quantity(self):
        self.both.sale_order_template_line_ids[1].product_uom_qty = 3
        self.lead.value_need_line_ids[1].unlink()
        order = self._offered(self._dialog(self.lead), self.both)
        self.assertEqual(
            self._quantities(order), [(self.licence, 12), (self.filter, 3)]
        )

    def test_optional_lines_stay_the_customers_choice(self):
        section = {"display_type": "line_section", "name": "More", "is_optional": True}
        self.seats.sale_order_template_line_ids = [
            Command.create({**section, "sequence": 20}),
            self._for(self.filter, self.space, product_uom_qty=0, sequence=30),
        ]
        order = self._offered(self._dialog(self.lead), self.seats)
        self.assertEqual(
            self._quantities(order), [(self.licence, 12), (self.filter, 0)]
        )

    def test_price_is_that_of_the_quotation_with_pricelist_and_taxes(self):
        tax = self.env["account.tax"].create(
            {
                "name": "Included 20%",
                "amount": 20,
                "price_include_override": "tax_included",
                "company_id": self.company.id,
            }
        )
        self.filter.taxes_id = tax
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "From ten",
                "company_id": self.company.id,
                "item_ids": [
                    Command.create(
                        {
                            "compute_price": "percentage",
                            "percent_price": 25,
                            "min_quantity": 10,
                        }
                    ),
                    Command.create({"compute_price": "percentage", "percent_price": 5}),
                ],
            }
        )
        self.acme.with_company(self.company).property_product_pricelist = pricelist
        dialog = self._dialog(self.lead)
        for chosen in ([self.both], [self.seats, self.air]):
            amount = self._option(dialog, *chosen).amount
            order = self._offered(dialog, *chosen)
            self.assertEqual(order.pricelist_id, pricelist)
            self.assertAlmostEqual(order.amount_untaxed, amount, places=2)
        self.assertAlmostEqual(amount, 12 * 40 * 0.75 + 7 * 20 / 1.2 * 0.95, places=2)

    def test_price_is_in_the_currency_of_the_customers_pricelist(self):
        euro = self._currency("EUR", 0.5)
        pricelist = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": euro.id, "company_id": self.company.id}
        )
        self.acme.with_company(self.company).property_product_pricelist = pricelist
        dialog = self._dialog(self.lead)
        amount = self._option(dialog, self.both).amount
        order = self._offered(dialog, self.both)
        self.assertEqual(order.currency_id | dialog.currency_id, euro)
        self.assertEqual((amount, order.amount_untaxed), (310, 310))

    def test_lines_that_are_there_stay_above(self):
        order = self._quote(self.acme, 500, opportunity_id=self.lead.id)
        before = order.order_line
        dialog = self._dialog(order)
        self.assertTrue(dialog.has_lines)
        self.assertEqual(self._offered(dialog, self.both), order)
        self.assertEqual(order.order_line[: len(before)], before)
        added = order.order_line - before
        self.assertEqual(added[0].display_type, "line_section")
        self.assertEqual(added[0].name, "Everything")
        self.assertEqual(added[1:].mapped("product_uom_qty"), [12, 7])
        self.assertEqual(order.value_solution_ids, self.both)

    def test_several_templates_follow_each_other(self):
        order = self._offered(self._dialog(self.lead), self.seats, self.air)
        self.assertEqual(
            self._quantities(order), [(self.licence, 12), (self.filter, 7)]
        )
        self.assertEqual(order.value_solution_ids, self.seats | self.air)

    def test_an_order_is_not_changed(self):
        order = self._quote(self.acme, 500)
        dialog = self._dialog(order)
        dialog.need_ids = [Command.create({"need_id": self.people.id, "amount": 2})]
        dialog.action_rank()
        order.action_confirm()
        with self.assertRaises(UserError):
            self._offered(dialog, self.seats)

    def test_a_lead_without_a_customer_is_given_the_chosen_one(self):
        self.lead.partner_id = False
        dialog = self._dialog(self.lead)
        with self.assertRaises(UserError):
            self._offered(dialog, self.both)
        dialog.partner_id = self.other
        order = self._offered(dialog, self.both)
        self.assertEqual(self.lead.partner_id, self.other)
        self.assertEqual(order.partner_id, self.other)

    def test_suggestions_are_an_optional_section(self):
        offers = type(self.env["crm.value.offer"])
        told = {"suggestions": [{"product_id": self.product.id}], "reasons": []}
        self.patch(offers, "get_suggestions", lambda *_args, **_kwargs: told)
        order = self._offered(self._dialog(self.lead), self.both)
        section, line = order.order_line[-2:]
        self.assertTrue(section.is_optional)
        self.assertEqual((line.product_id, line.product_uom_qty), (self.product, 0))
        self.assertEqual(order.amount_untaxed, 12 * 40 + 7 * 20)
        dialog = self._dialog(self.lead)
        dialog.has_suggestions = False
        self.assertFalse(
            self._offered(dialog, self.both).order_line.filtered("is_optional")
        )

    # --- who may ---

    def test_terms_of_a_grade_and_margins_are_for_officers(self):
        columns = set(self.env["crm.value.solution"].with_user(self.li).fields_get())
        self.assertNotIn("payment_term_id", columns)
        option = self._option(self._dialog(self.lead), self.both)
        self.assertFalse(option.sudo().margin)
        with self.assertRaises(AccessError):
            option.read(["margin"])
        seen = self._option(self._dialog(self.lead, self.officer), self.both)
        self.assertEqual(seen.margin, 12 * 30 + 7 * 8)

    def test_terms_that_the_grade_suggests_come_with_the_quotation(self):
        terms = self.env["account.payment.term"].create({"name": "In advance"})
        dialog = self._dialog(self.lead, self.officer)
        self.assertFalse(dialog.payment_term_id)  # no grade is known yet
        dialog.payment_term_id = terms
        self.assertEqual(self._offered(dialog, self.both).payment_term_id, terms)

    def test_a_colleagues_lead_is_closed(self):
        with self.assertRaises(AccessError):
            self._dialog(self.lead, self.wang)
        dialog = self._dialog(self.lead)
        stolen = dialog.with_user(self.wang)
        for call in (stolen.action_rank, stolen.action_unmet):
            with self.assertRaises(AccessError):
                call()
        with self.assertRaises(AccessError):
            self._option(dialog, self.both).with_user(self.wang).action_offer()

    def test_nobody_without_a_part_in_selling_opens_it(self):
        for groups in OUTSIDERS:
            user = self._seller(f"nobody_{groups[-6:]}", groups)
            with self.subTest(groups), self.assertRaises(AccessError):
                self._dialog(self.lead, user)
