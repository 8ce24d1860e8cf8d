from odoo import Command, models

from ...analytics.solution import solutions
from ...const import OFFICER
from ...models.solution.const import MOST, TOGETHER, Needs


class CrmValueSolution(models.TransientModel):
    """Ranks templates, and some of them together, by what they meet and what is won."""

    _inherit = "crm.value.solution"

    def _needs(self):
        return Needs({line.need_id.id: line.amount for line in self.need_ids})

    def _rank(self):
        """Show the best solutions, and of each what it costs and leaves open."""
        needs = self._needs()
        templates = self._templates(needs)
        bits = {need: 1 << at for at, need in enumerate(needs)}
        masks = [
            sum(bits.get(need, 0) for need in template.value_need_ids.ids)
            for template in templates
        ]
        found = solutions.combined(masks, TOGETHER)
        vals = self._options(templates, masks, found, needs)
        self.option_ids = [Command.clear(), *map(Command.create, vals)]

    def _templates(self, needs):
        """Return the templates of the company that meet any of the needs."""
        templates = self.env["sale.order.template"]
        templates.flush_model(["value_need_ids"])  # a search asks no lines
        return templates.search(
            [
                ("company_id", "in", (False, self.company_id.id)),
                ("value_need_ids", "in", list(needs)),
            ]
        )

    def _options(self, templates, masks, found, needs):
        """Return the values of the best of some combinations, the best first."""
        if not found:
            return []
        blank = self._blank().with_context(value_needs=needs)
        self.currency_id = blank.currency_id
        amounts = blank._value_amounts(templates.with_env(blank.env))
        money = [amounts[template] for template in templates]
        rate = self._rates(templates)
        rows = []
        for places in found:
            met = 0
            for at in places:
                met |= masks[at]
            price = sum(money[at][0] for at in places)
            rows.append((met.bit_count(), rate(places)[0], len(places), price, met))
        best = solutions.ranked([row[:4] for row in rows], MOST)
        return [
            self._option(place, templates, found[at], rows[at], money, rate, needs)
            for place, at in enumerate(best)
        ]

    def _rates(self, templates):
        """Return a function: (share won, won, decided) of some of the templates."""
        orders = self.env["sale.order"].sudo()  # everybody's quotations teach
        places = {template.id: at for at, template in enumerate(templates)}
        known = orders._value_outcomes(self.company_id)
        of = solutions.outcomes(
            len(templates),
            [
                ({places[one] for one in own if one in places}, won, decided)
                for own, won, decided in known
            ],
        )
        in_all = (sum(row[1] for row in known), sum(row[2] for row in known))

        def rate(chosen):
            won, decided = of(chosen)
            return solutions.shrunk(won, decided, *in_all), won, decided

        return rate

    def _option(self, place, templates, places, row, money, rate, needs):
        """Return the values of one line of the dialog."""
        met, _share, _count, price, mask = row
        margins = [money[at][1] for at in places]
        share, won, decided = rate(places)
        officer = self.env.user.has_group(OFFICER)
        known = officer and None not in margins
        left = [need for at, need in enumerate(needs) if not mask >> at & 1]
        return {
            "sequence": place,
            "template_ids": [Command.set([templates[at].id for at in places])],
            "met_count": met,
            "need_count": len(needs),
            "left_ids": [Command.set(left)],
            "rate": share,
            "won_count": won,
            "decided_count": decided,
            "amount": price,
            **({"margin": sum(margins) if known else False} if officer else {}),
        }

    def _blank(self):
        """Return the quotation, or one as it would be made."""
        if self.order_id:
            return self.order_id
        orders = self.env["sale.order"].with_company(self.company_id)
        values = {"partner_id": self.partner_id.id, "company_id": self.company_id.id}
        return orders.new(values)
