from odoo import api, fields, models
from odoo.tools import SQL


class CrmValueDocument(models.AbstractModel):
    """Staleness tracking: a change of the document marks its customer for a refresh.

    Both customers are marked when it moves from one to another.
    """

    _name = "crm.value.document"
    _description = "Document Behind Customer Value"

    # The fields whose change matters; None: every field.
    _value_fields = None

    def _value_documents(self):
        """Return those among these records that count in the figures."""
        return self

    def _value_company(self):
        """Return the company whose customer the document is about."""
        return self.company_id

    def _mark_value_stale(self):
        self.env["crm.value.stale"]._mark_documents(self._value_documents())

    @api.model_create_multi
    def create(self, vals_list):
        """Mark the customers of new records."""
        records = super().create(vals_list)
        records._mark_value_stale()
        return records

    def write(self, vals):
        """Mark the customers before and after the change."""
        if self._value_fields is not None and not self._value_fields & vals.keys():
            return super().write(vals)
        before = self._value_documents()
        self.env["crm.value.stale"]._mark_documents(before)
        result = super().write(vals)
        moved = {"partner_id", "company_id"} & vals.keys()
        after = self._value_documents()
        self.env["crm.value.stale"]._mark_documents(after if moved else after - before)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_mark_value_stale(self):
        self._mark_value_stale()


class CrmValueMarker(models.AbstractModel):
    """Staleness tracking for records without a customer of their own, as lines.

    The model says whom a record is about, and what is marked then.
    """

    _name = "crm.value.marker"
    _description = "Record That Changes Customer Value"

    # The fields whose change matters.
    _value_fields = frozenset()

    def _mark_value_stale(self):
        raise NotImplementedError

    @api.model_create_multi
    def create(self, vals_list):
        """Mark the customers of new records."""
        records = super().create(vals_list)
        records._mark_value_stale()
        return records

    def write(self, vals):
        """Mark the customers where something that matters changed."""
        result = super().write(vals)
        if self._value_fields & vals.keys():
            self._mark_value_stale()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_mark_value_stale(self):
        self._mark_value_stale()


class CrmValueStale(models.Model):
    """Customer to refresh: its documents changed since the last scoring.

    Insert-only, so that two users who post for the same customer never wait for each
    other, nor for a run that writes profiles. The refresh deletes what it has seen.
    """

    _name = "crm.value.stale"
    _description = "Customer to Refresh"
    _log_access = True

    partner_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")

    def _mark(self, partners, companies):
        """Queue the customers of ``partners`` in ``companies`` for a refresh."""
        commercial = partners.commercial_partner_id
        if not commercial or not companies:
            return
        self.sudo().create(  # whoever posts a document makes the customer stale
            [
                {"partner_id": partner.id, "company_id": company.id}
                for company in companies
                for partner in commercial
            ]
        )
        self.env.ref("crm_value.ir_cron_refresh").sudo()._trigger()

    def _mark_documents(self, documents):
        """Queue the customers of documents that have a partner and a company."""
        for company, of_company in documents.grouped(
            lambda document: document._value_company()
        ).items():
            self._mark(of_company.partner_id, company)

    def _seen(self, company, limit=None):
        """Return (ids of the marks visible now, ids of their customers) of a company.

        Marks that other transactions commit later stay for the next refresh.
        """
        rows = self.env.execute_query(
            SQL(
                "SELECT id, partner_id FROM crm_value_stale WHERE company_id = %s "
                "ORDER BY id LIMIT %s",
                company.id,
                limit,
            )
        )
        return [row[0] for row in rows], list({row[1] for row in rows})

    def _forget(self, ids):
        """Delete marks that have been dealt with."""
        self.env.execute_query(
            SQL("DELETE FROM crm_value_stale WHERE id = ANY(%s) RETURNING id", ids)
        )
