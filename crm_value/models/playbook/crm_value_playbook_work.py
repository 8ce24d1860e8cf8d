from odoo import api, models
from odoo.tools import SQL

from ..lifecycle.const import FALLING


class CrmValuePlaybookStart(models.Model):
    """Runs started playbooks: activities for people, mails within the frequency cap."""

    _inherit = "crm.value.playbook.start"

    @api.model
    def _cron_playbook(self):
        """Stop outdated playbooks and create activities; mails have a job of their own.

        Safe to start at any time: a batch is one transaction, so that a killed one
        leaves its customers waiting.
        """
        self._end_left_stages()
        self.env["ir.cron"]._commit_progress()
        self._work_off([("state", "=", "waiting")], "_take_steps")

    @api.model
    def _end_left_stages(self):
        """Stop running playbooks of customers who have changed direction since.

        Who goes on in the same direction keeps the steps: a welcome fits a customer
        that grows, but not one that declines.
        """
        self.flush_model()
        self.env["crm.value.profile"].flush_model(["stage_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT started.id, now.id
                  FROM crm_value_playbook_start started
                  JOIN crm_value_stage entered ON entered.id = started.stage_id
                  JOIN crm_value_profile profile
                    ON profile.company_id = started.company_id
                   AND profile.partner_id = started.partner_id
                  JOIN crm_value_stage now ON now.id = profile.stage_id
                 WHERE (entered.code = ANY(%(falling)s))
                       <> (now.code = ANY(%(falling)s))
                   AND (started.open_count > 0 OR EXISTS (
                       SELECT FROM crm_value_contact contact
                        WHERE contact.start_id = started.id
                          AND contact.state = 'planned'))
                """,
                falling=list(FALLING),
            )
        )
        stages = dict(rows)
        left = self.browse(stages)
        for stage in self.env["crm.value.stage"].browse(set(stages.values())):
            turned = left.filtered(lambda s, stage=stage: stages[s.id] == stage.id)
            turned._stop(
                self.env._("The customer moved on to %(stage)s.", stage=stage.name),
                undue_only=True,
            )

    def _stop(self, reason, undue_only=False):
        """Cancel open steps and planned mails, and log the reason on the contact.

        :param undue_only: leave what is due to its owner, who may be at it
        """
        dropped = self.step_ids.filtered(lambda step: step.state == "open")
        if undue_only:
            dropped = dropped.filtered(
                lambda step: step.date_deadline > self._today_of(step.company_id)
            )
        names = {
            start: ", ".join(steps.mapped("summary"))
            for start, steps in dropped.grouped("start_id").items()
        }
        dropped._drop()
        self.contact_ids.filtered(lambda c: c.state == "planned")._hold("left")
        stopped = self.filtered(lambda s: s.state == "waiting") | dropped.start_id
        stopped.write({"state": "stopped", "message": reason})
        told = self.browse(start.id for start in names)
        for starts in told.grouped("playbook_id").values():
            starts.partner_id._message_log_batch(
                {
                    start.partner_id.id: self.env._(
                        "%(playbook)s: %(reason)s Cancelled steps: %(steps)s",
                        playbook=start.playbook_id.name,
                        reason=reason,
                        steps=names[start],
                    )
                    for start in starts
                }
            )

    def _today_of(self, company):
        return self.env["crm.value.run"]._today(company)

    # --- one batch ---

    def _take_steps(self):
        """Create the activities of waiting starts, and plan their mails."""
        self._stop_left()
        waiting = self.filtered(lambda start: start.state == "waiting")
        for playbook, starts in waiting.grouped("playbook_id").items():
            for company, of_company in starts.grouped("company_id").items():
                steps = of_company.with_company(company)
                steps._create_activities(playbook)
                if playbook.send_mail:
                    steps._plan_mails(playbook)
        waiting.write({"state": "done", "message": False})

    def _stop_left(self):
        """Stop those whose customer has left the stage before the work began."""
        profiles = self.env["crm.value.profile"]._by_customer(
            self.company_id, self.partner_id
        )
        left = self.filtered(
            lambda start: (
                start.stage_id
                and start.stage_id
                != profiles.get(
                    (start.company_id.id, start.partner_id.commercial_partner_id.id),
                    self.env["crm.value.profile"],
                ).stage_id
            )
        )
        left._stop(self.env._("The customer left the stage before the playbook began."))

    def _create_activities(self, playbook):
        """Create the activities of all steps in one go; each step once per start."""
        rows = [
            (start, step, owner)
            for step in playbook.template_ids
            for start, owner in self._owners(playbook, step)
        ]
        # One mail to the owner per activity would be thousands; the to-do list tells.
        activities = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        made = activities.create([self._activity_vals(*row) for row in rows])
        self.env["crm.value.playbook.step"].create(
            [
                {
                    "start_id": start.id,
                    "template_id": step.id,
                    "origin_id": step.id,
                    "summary": activity.summary,
                    "date_deadline": activity.date_deadline,
                    "activity_id": activity.id,
                }
                for (start, step, _owner), activity in zip(rows, made, strict=True)
            ]
        )

    def _owners(self, playbook, step):
        """Return (start, user who does the step, empty if there is none) of each."""
        return [
            (
                start,
                self._able(
                    step._determine_responsible(
                        start.user_id or playbook.user_id, start.partner_id
                    )["responsible"],
                    start.company_id,
                )
                or self._able(playbook.user_id, start.company_id),
            )
            for start in self
        ]

    @api.model
    def _able(self, user, company):
        """Return a user who may work in the company, an empty one otherwise."""
        able = user.active and company in user.company_ids
        return user if able else user.browse()

    @api.model
    def _activity_vals(self, start, step, owner):
        step = step.with_context(lang=owner.lang or start.company_id.partner_id.lang)
        return {
            "res_model_id": self.env["ir.model"]._get_id("res.partner"),
            "res_id": start.partner_id.id,
            "activity_type_id": step.activity_type_id.id,
            "summary": step.summary or step.activity_type_id.name,
            "note": step.note,
            "user_id": owner.id,
            "automated": True,
            "date_deadline": step._get_date_deadline(start.date),
        }

    def _plan_mails(self, playbook):
        """Plan one mail per start; the cap is applied on the day it is due."""
        self.env["crm.value.contact"]._plan(
            [
                {
                    "partner_id": start.partner_id.id,
                    "company_id": start.company_id.id,
                    "date": playbook._mail_date(start.date),
                    "name": playbook.mail_template_id.name,
                    "topic": playbook._topic(),
                    "source_key": f"playbook start {start.id}",
                    "template_id": playbook.mail_template_id.id,
                    "start_id": start.id,
                }
                for start in self
            ]
        )
        self.env["crm.value.contact"]._trigger()

    def _fail(self, error):
        self.write({"state": "failed", "message": str(error)})
