from odoo import api, models

from ...models.quality.const import OF_CUSTOMERS

CUSTOMER = "crm.value.quality.customer"
TOLD = 5  # findings; the rest stands on the screen behind


class CrmValueSectionQuality(models.AbstractModel):
    """What is missing in the records and blurs the figures, and where to mend it."""

    _name = "crm.value.section.quality"
    _inherit = ["crm.value.section"]
    _description = "Data That Blur the Figures"
    _rank = 90

    @api.model
    def _told(self, month):
        """Tell what is missing today; nothing where nothing is."""
        if not month["is_latest"]:
            return None
        whole = self.env.user._value_sees_whole(self.env.company)
        tiles = self._findings() if whole else self._own_findings()
        return tiles and {
            "question": self.env._("What is missing that blurs these figures?"),
            "tiles": tiles,
            "links": self._links(whole),
        }

    @api.model
    def _links(self, whole):
        kind = "" if whole else "customer_"
        return [
            self._screen(
                self.env._("All that is missing"),
                f"crm_value.crm_value_quality_{kind}action",
            )
        ]

    @api.model
    def _findings(self):
        """Return what the last check found, the most money first."""
        findings = self.env["crm.value.quality"].search(
            self._own(("record_count", ">", 0), ("accepted_by_id", "=", False)),
            limit=TOLD,
        )
        run = self.env["crm.value.run"]._current(self.env.company)
        return [self._finding(finding, run) for finding in findings]

    @api.model
    def _finding(self, finding, run):
        """Return a finding with its share of revenue, else with how many there are."""
        title = self._titles()[finding.kind]
        model, domain = finding._records(finding.kind, run)
        share = finding.share if self._is_officer() else False
        return self._tile(
            title,
            self._number(finding.record_count)
            if share is False
            else self._percent(share),
            finding.distorts,
            finding.kind != "zone"
            and finding.can_open
            and self._rows_of(title, model, domain),
        )

    @api.model
    def _own_findings(self):
        """Return what is missing of the customers that the salesperson sees."""
        found, total = self.env["crm.value.quality"]._measured_customers(self._own())
        titles = self._titles()
        ranked = sorted(OF_CUSTOMERS, key=lambda kind: -found[kind][1])
        return [
            self._tile(
                titles[kind],
                self._percent(found[kind][1] / total)
                if self._is_officer()
                else self._number(found[kind][0]),
                opens=self._rows_of(titles[kind], CUSTOMER, self._own((kind, "=", 1))),
            )
            for kind in ranked
            if found[kind][0]
        ]

    @api.model
    def _titles(self):
        kind = self.env["crm.value.quality"]._fields["kind"]
        return dict(kind._description_selection(self.env))
