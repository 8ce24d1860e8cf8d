from odoo import api, fields, models
from odoo.tools import SQL

# A purchase that lies further back came in late; a welcome would come too late.
NEW_DAYS = 14


class CrmValuePlaybookStart(models.Model):
    """Starts playbooks: one SQL statement per trigger, for any number of customers.

    The starts come in the transaction of what asks for them: a kill loses neither.
    """

    _inherit = "crm.value.playbook.start"

    @api.model
    def _begin_entered(self, transitions):
        """Start the playbooks of the stages that customers entered."""
        for company, moved in transitions.grouped("company_id").items():
            playbooks = self._entering(company)
            if not playbooks:
                continue
            moved.flush_recordset()
            self._insert(
                SQL(
                    """
                    SELECT playbook.id, moved.partner_id, moved.company_id, moved.date,
                           moved.stage_to_id, moved.id, NULL::int
                      FROM crm_value_transition moved
                      JOIN %(playbooks)s ON playbook.stage_id = moved.stage_to_id
                     WHERE moved.id = ANY(%(ids)s)
                    """,
                    playbooks=playbooks,
                    ids=moved.ids,
                )
            )

    @api.model
    def _begin_newcomers(self, flow):
        """Start the playbooks of customers whose first document is a purchase.

        Nothing was known of them, so that no change of stage tells of them. They
        appeared after the company's first scoring: a history that was there, or is
        imported later, starts nothing.
        """
        playbooks = self._entering(flow.company)
        if not playbooks:
            return
        self._insert(
            SQL(
                """
                SELECT playbook.id, profile.partner_id, profile.company_id, %(day)s,
                       profile.stage_id, NULL::int, NULL::int
                  FROM crm_value_profile profile
                  JOIN %(playbooks)s ON playbook.stage_id = profile.stage_id
                  JOIN crm_value_stage stage
                    ON stage.id = profile.stage_id AND stage.code = 'exploration'
                 WHERE profile.company_id = %(company)s
                   AND %(within)s
                   AND profile.first_purchase_date > %(day)s - %(new_days)s
                   AND profile.create_date > (
                       SELECT MIN(write_date) FROM crm_value_run
                        WHERE company_id = %(company)s
                          AND state = 'done' AND NOT is_past AND buyer_count > 0)
                   AND NOT EXISTS (
                       SELECT FROM crm_value_playbook_start known
                        WHERE known.company_id = profile.company_id
                          AND known.partner_id = profile.partner_id
                          AND known.playbook_id = playbook.id)
                """,
                playbooks=playbooks,
                company=flow.company.id,
                within=flow.scope.within(SQL("profile.partner_id")),
                day=flow.day,
                new_days=NEW_DAYS,
            )
        )

    @api.model
    def _begin_by_hand(self, playbook, profiles):
        """Start a playbook for the customers of ``profiles``; return the new starts."""
        days = {
            company.id: self.env["crm.value.run"]._today(company)
            for company in profiles.company_id
        }
        return self._insert(
            SQL(
                """
                SELECT %(playbook)s::int, profile.partner_id, profile.company_id,
                       today.day, NULL::int, NULL::int, %(user)s::int
                  FROM crm_value_profile profile
                  JOIN unnest(%(companies)s::int[], %(days)s::date[])
                       AS today (company_id, day) USING (company_id)
                 WHERE profile.id = ANY(%(ids)s)
                """,
                playbook=playbook.id,
                user=self.env.uid,
                companies=list(days),
                days=list(days.values()),
                ids=profiles.ids,
            )
        )

    @api.model
    def _entering(self, company):
        """Return the SQL table of (playbook, its stage) of a company, None if empty."""
        if not self.env["res.groups"]._value_uses("playbook"):
            return None
        playbooks = self.env["crm.value.playbook"]._by_stage(company)
        return playbooks and SQL(
            "unnest(%s::int[], %s::int[]) AS playbook (id, stage_id)",
            playbooks.ids,
            [playbook.stage_id.id for playbook in playbooks],
        )

    @api.model
    def _insert(self, source):
        """Insert a waiting start per row of ``source``; what is there already stays.

        :param source: SQL of playbook, partner, company, day, stage, transition, user
        :return: the new starts
        """
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_value_playbook_start
                            (playbook_id, partner_id, company_id, date, stage_id,
                             transition_id, user_id, origin_id, state, step_count,
                             open_count, create_uid, write_uid, create_date, write_date)
                     SELECT row.*, row.partner_id, 'waiting', 0, 0, %(uid)s, %(uid)s,
                            %(now)s, %(now)s
                       FROM (%(source)s)
                         AS row (playbook_id, partner_id, company_id, date, stage_id,
                                 transition_id, user_id)
                ON CONFLICT (company_id, origin_id, playbook_id, date) DO NOTHING
                  RETURNING id
                """,
                source=source,
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        if rows:
            self._trigger()
        return self.browse(row[0] for row in rows)
