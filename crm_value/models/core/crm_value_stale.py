from odoo import fields, models
from odoo.tools import SQL


class CrmValueStale(models.Model):
    """A customer whose documents changed since the last scoring.

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
