from odoo import api, fields, models
from odoo.fields import Domain

from .const import OWNERS

COLUMNS = (*OWNERS.values(), "partner_id")
TOLD = ("amount", "unmet_on")


class CrmValueNeedLine(models.Model):
    """How much of a need somebody has: a lead, the contact it becomes, a quotation.

    Each has a need once. Where nothing of ours met it the day stands there.
    """

    _name = "crm.value.need.line"
    _inherit = ["crm.value.guarded"]
    _description = "Need of a Customer"
    _is_result = True  # what it stands on could not go before it
    _order = "id"
    _rec_name = "need_id"

    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        required=True,
        ondelete="cascade",
    )
    lead_id = fields.Many2one("crm.lead", index="btree_not_null", ondelete="cascade")
    order_id = fields.Many2one(
        "sale.order",
        string="Quotation",
        index="btree_not_null",
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        "res.partner", string="Customer", index="btree_not_null", ondelete="cascade"
    )
    need_id = fields.Many2one(
        "crm.value.need", required=True, index=True, ondelete="restrict"
    )
    amount = fields.Float(string="How Much", default=1.0, required=True)
    measure = fields.Char(related="need_id.measure")
    unmet_on = fields.Date(
        string="Unmet Since",
        readonly=True,
        help="The day on which nothing of ours met it when a solution was looked for.",
    )

    _one_owner = models.Constraint(
        "CHECK (num_nonnulls(lead_id, order_id, partner_id) = 1)",
        "A need is of a lead, of a quotation or of a contact.",
    )
    _some = models.Constraint("CHECK (amount > 0)", "An amount is more than nothing.")
    _once_lead = models.UniqueIndex(
        "(lead_id, need_id) WHERE lead_id IS NOT NULL", "The need is there already."
    )
    _once_order = models.UniqueIndex(
        "(order_id, need_id) WHERE order_id IS NOT NULL", "The need is there already."
    )
    _once_partner = models.UniqueIndex(
        "(partner_id, need_id, company_id) WHERE partner_id IS NOT NULL",
        "The need is there already.",
    )

    @api.depends("lead_id", "order_id", "partner_id")
    def _compute_company_id(self):
        """Take the company of what it is of, else the one that is worked in."""
        for line in self:
            theirs = line.order_id or line.lead_id or line.partner_id
            own = theirs.company_id
            if line.lead_id:
                own = line.lead_id._value_company()
            line.company_id = own or self.env.company

    @api.model
    def _guarded_names(self):
        return [*super()._guarded_names(), "lead_id", "order_id"]

    def _check_named(self):
        """Let whoever may change a lead or a quotation say what is needed there."""
        if not self.env.su:
            for name in ("lead_id", "order_id"):
                self[name]._origin.check_access("write")
        return super()._check_named()

    def unlink(self):
        """Refuse to take a need from what the user may not change."""
        self._check_named()
        return super().unlink()

    # --- what is needed ---

    @api.model
    def _of(self, owners, company):
        """Return the lines of the first that has any, in one company.

        :param owners: records, each of a lead, a quotation or a contact
        """
        for owner in owners:
            name = OWNERS.get(owner._name, "partner_id")
            domain = [(name, "in", owner.ids), ("company_id", "=", company.id)]
            if owner and (found := self.search(domain)):
                return found
        return self.browse()

    @api.model
    def _note(self, rows):
        """Keep what is needed: a line that is there takes the new values.

        :param rows: values of lines, with one owner and the company of each
        """
        known = {line._key(): line for line in self._near(rows)} if rows else {}
        new, changed = [], {}
        for vals in rows:
            at = (*(vals.get(name) or False for name in COLUMNS), vals["company_id"])
            line = known.get((*at, vals["need_id"]))
            if line:
                told = tuple((n, vals[n]) for n in TOLD if n in vals)
                changed[told] = changed.get(told, self.browse()) | line
            else:
                new.append(vals)
        for told, lines in changed.items():
            lines.write(dict(told))
        self.create(new)

    def _told(self, company):
        """Return the values of the same need elsewhere, in a company."""
        self.ensure_one()
        return {
            "need_id": self.need_id.id,
            "amount": self.amount,
            "company_id": company.id,
        }

    def _key(self):
        owner = (self[name].id for name in COLUMNS)
        return (*owner, self.company_id.id, self.need_id.id)

    @api.model
    def _near(self, rows):
        """Return the lines of those whom some rows are of, by one query."""
        theirs = {name: {v.get(name) for v in rows} - {None, False} for name in COLUMNS}
        return self.search(
            Domain.OR(
                Domain(name, "in", sorted(ids)) for name, ids in theirs.items() if ids
            )
        )
