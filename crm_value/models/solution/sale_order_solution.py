from odoo import Command, api, fields, models
from odoo.tools import SQL

from ...const import OFFICER
from .const import OUTCOMES


class SaleOrder(models.Model):
    """What solutions cost on a quotation, how they come there, how often they won."""

    _inherit = "sale.order"

    # --- put on the quotation ---

    def _value_offer(self, templates, needs):
        """Put solutions on the quotation by Odoo's own way, in the quantities needed.

        What is there already stays: the solutions come below it.

        :param templates: quotation templates
        :param needs: Needs, by which the lines take their quantities
        """
        self.ensure_one()
        quotation = self.with_context(value_needs=needs)
        others = templates
        if not self.order_line:
            first = templates[:1].with_env(quotation.env)
            quotation.sale_order_template_id = first
            quotation._onchange_sale_order_template_id()
            others = templates[1:]
        for template in others.with_env(quotation.env):
            quotation._value_append(template)

    def _value_append(self, template):
        """Put a template below the lines, in a section of its own."""
        theirs = template.with_context(lang=self.partner_id.lang)
        lines = theirs.sale_order_template_line_ids
        values = [line._prepare_order_line_values() for line in lines]
        if lines[:1].display_type != "line_section":
            values.insert(0, self._value_section(template.name))
        self._value_add_lines(values)

    def _value_add_lines(self, values):
        """Put lines below those that are there."""
        last = max(self.order_line.mapped("sequence"), default=0)
        self.order_line = [
            Command.create({**vals, "sequence": last + at})
            for at, vals in enumerate(values, 1)
        ]

    @api.model
    def _value_section(self, name, **values):
        return {
            "display_type": "line_section",
            "name": name,
            "product_id": False,
            "product_uom_qty": 0,
            **values,
        }

    def _value_add_suggestions(self):
        """Let the customer choose among what is suggested, in an optional section."""
        told = self.env["crm.value.offer"].get_suggestions(self.id)["suggestions"]
        if told:
            env = self.with_context(lang=self.partner_id.lang).env
            name = env._("You May Also Need")
            chosen = [{"product_id": one["product_id"]} for one in told]
            self._value_add_lines(
                [
                    self._value_section(name, is_optional=True),
                    *({**one, "product_uom_qty": 0} for one in chosen),
                ]
            )

    # --- what it costs ---

    def _value_amounts(self, templates):
        """Return {template: (amount without tax, margin)} as on this quotation.

        The rules of the pricelist are read once. A margin is None where a cost is not
        known, or where it is not for the user.
        """
        lines = templates.sale_order_template_line_ids.filtered("product_id")
        when = self.date_order or fields.Datetime.now()
        rules = self.pricelist_id._get_applicable_rules(lines.product_id, when)
        amounts = dict.fromkeys(templates, (0.0, 0.0))
        officer = self.env.user.has_group(OFFICER)
        for line in lines.with_company(self.company_id):
            template = line.sale_order_template_id
            quantity = line._prepare_order_line_values()["product_uom_qty"]
            price = self._value_price_of(line, quantity or 1.0, rules, when)
            money = self._value_untaxed(line.product_id, price, quantity)
            cost = self._value_cost_of(line, when) if officer and quantity else 0.0
            known = officer and (cost or not quantity)
            total, margin = amounts[template]
            told = known and margin is not None
            amounts[template] = (
                total + money,
                margin + money - cost * quantity if told else None,
            )
        return amounts

    def _value_price_of(self, line, quantity, rules, when):
        """Return the price of a unit, by the first rule of the pricelist that fits."""
        product, unit = line.product_id, line.product_uom_id
        own = unit._compute_quantity(quantity, product.uom_id, raise_if_failure=False)
        fitting = (rule for rule in rules if rule._is_applicable_for(product, own))
        return next(fitting, rules.browse())._compute_price(
            product=product,
            quantity=quantity,
            uom=unit,
            date=when,
            currency=self.currency_id,
        )

    def _value_untaxed(self, product, price, quantity):
        """Return what a line comes to without tax, as Odoo rounds it."""
        tax = self.env["account.tax"]
        own = product.taxes_id._filter_taxes_by_company(self.company_id)
        base_line = tax._prepare_base_line_for_taxes_computation(
            {},
            product_id=product,
            tax_ids=self.fiscal_position_id.map_tax(own),
            price_unit=product._get_tax_included_unit_price_from_price(
                price, product_taxes=own, fiscal_position=self.fiscal_position_id
            ),
            quantity=quantity,
            partner_id=self.partner_id,
            currency_id=self.currency_id,
            rate=self.currency_rate,
        )
        tax._add_tax_details_in_base_line(base_line, self.company_id)
        details = base_line["tax_details"]
        return self.currency_id.round(details["raw_total_excluded_currency"])

    def _value_cost_of(self, line, when):
        """Return the cost of a unit in the quotation's currency, 0.0 if not known."""
        product = line.product_id
        cost = product.uom_id._compute_price(
            product.standard_price, line.product_uom_id
        )
        return product.cost_currency_id._convert(
            cost, self.currency_id, self.company_id, when, round=False
        )

    # --- how often it was won ---

    @api.model
    def _value_outcomes(self, company):
        """Return (ids of templates, won, decided) of the company's quotations."""
        self.env.flush_all()
        today = self.env["crm.value.run"]._today(company)
        rows = self.env.execute_query(
            SQL(OFFERED, outcomes=SQL(OUTCOMES, today=today), company=company.id)
        )
        return [(frozenset(templates), *counts) for templates, *counts in rows]


OFFERED = """
    WITH decided AS MATERIALIZED (
        SELECT * FROM (%(outcomes)s) outcome
         WHERE company_id = %(company)s AND won IS NOT NULL
    ), offered AS (
        SELECT rel.order_id AS id, rel.template_id
          FROM crm_value_solution_rel rel JOIN decided ON decided.id = rel.order_id
         UNION
        SELECT quotation.id, quotation.sale_order_template_id
          FROM sale_order quotation JOIN decided USING (id)
         WHERE quotation.sale_order_template_id IS NOT NULL
    ), whole AS (
        SELECT id, array_agg(template_id ORDER BY template_id) AS templates
          FROM offered GROUP BY id
    )
    SELECT templates, SUM(won), COUNT(*)
      FROM whole JOIN decided USING (id) GROUP BY templates
"""
