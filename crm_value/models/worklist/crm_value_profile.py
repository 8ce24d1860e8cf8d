from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ... import words

REJECT_DAYS = 180
MOST = 50  # open leads on the line of a life, and open quotations


class CrmValueProfile(models.Model):
    """Worklist of a customer, and the buttons that decide about it.

    Done, later, or not at all, for one customer or many.
    """

    _inherit = "crm.value.profile"

    decision_id = fields.Many2one(
        "crm.value.decision",
        string="Decision in Force",
        compute="_compute_decision_id",
        search="_search_decision_id",
        help="The decision that keeps the customer off its worklist at present.",
    )
    decision_until = fields.Date(
        related="decision_id.date_until", string="Off the List until"
    )
    is_due = fields.Boolean(
        string="Due Today",
        compute="_compute_is_due",
        search="_search_is_due",
        help="The next best date is past or today; on a day off, the next working day.",
    )
    email = fields.Char(related="partner_id.email")
    phone = fields.Char(related="partner_id.phone")

    # Who matters most is found without reading everybody, counted and given its turn
    # from here alone.
    _first_idx = models.Index(
        "(company_id, stake_score DESC NULLS LAST, value_score DESC NULLS LAST, id)"
        " INCLUDE (stage_id, risk_state, risk_level, clv_confidence, worklist, stake,"
        " next_contact_date, partner_id, user_id)"
    )
    _lost_idx = models.Index(
        "(company_id, revenue DESC) INCLUDE (recency_days) WHERE relation = 'lost'"
    )
    # The customers of a salesperson, in the order of their turns.
    _turn_idx = models.Index(
        "(company_id, user_id, stake_score DESC NULLS LAST, id)"
        " INCLUDE (worklist, next_contact_date)"
    )

    @api.depends("worklist", "stage_id")
    def _compute_decision_id(self):
        today = fields.Date.context_today(self)
        found = self.env["crm.value.decision"]._in_force(self, today)
        for profile in self:
            profile.decision_id = found.get(profile, False)

    def _search_decision_id(self, operator, value):
        if operator not in ("in", "not in") or set(value) != {False}:
            return NotImplemented
        today = fields.Date.context_today(self)
        decided = self.env["crm.value.decision"]._profiles_off_list(today)
        return Domain("id", "not in" if operator == "in" else "in", decided)

    @api.depends("next_contact_date")
    def _compute_is_due(self):
        today = fields.Date.context_today(self)
        for company, profiles in self.grouped("company_id").items():
            last = company._value_next_workday(today)
            for profile in profiles:
                day = profile.next_contact_date
                profile.is_due = bool(day) and day <= last

    def _search_is_due(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        today = fields.Date.context_today(self)
        return Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("next_contact_date", "<=", company._value_next_workday(today))
            for company in self.env.companies
        )

    @api.model
    def _foretold_sums(self):
        return [*super()._foretold_sums(), "stake"]

    def action_ask_done(self):
        """Ask what came of it."""
        return self._open_decide("done", self.env._("What Came of It?"))

    def _done(self, **values):
        """Note that the customers have been worked; they rest until they are due."""
        today = fields.Date.context_today(self)

        def until(profile):
            rested = today + timedelta(days=profile.policy_id.rest_days or 30)
            return max(rested, profile.next_contact_date or rested)

        return self._decide("done", until, **values)

    def action_snooze(self):
        """Ask until when."""
        return self._open_decide("snooze", self.env._("Snooze"))

    def action_reject(self):
        """Ask why."""
        return self._open_decide("reject", self.env._("Reject"))

    def _open_decide(self, kind, title):
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "crm.value.profile.decide",
            "view_mode": "form",
            "target": "new",
            "context": {
                "dialog_size": "medium",
                "default_kind": kind,
                "default_profile_ids": self.ids,
            },
        }

    def _reject(self, reason, note):
        """Take the customers off until they change stage, half a year at most."""
        until = fields.Date.context_today(self) + timedelta(days=REJECT_DAYS)
        return self._decide("reject", lambda _p: until, reason_id=reason.id, note=note)

    def _decide(self, kind, until, **values):
        """Decide about the customers that wait on a list; say so, with a way back.

        :param until: function from a profile to the day the decision ends
        """
        waiting = self.filtered(lambda p: p.worklist and not p.decision_id)
        if not waiting:
            raise UserError(self._say_decided())
        decisions = self.env["crm.value.decision"].create(
            [
                {
                    "partner_id": profile.partner_id.id,
                    "company_id": profile.company_id.id,
                    "worklist": profile.worklist,
                    "stage_id": profile.stage_id.id,
                    "kind": kind,
                    "date_until": until(profile),
                    **values,
                }
                for profile in waiting
            ]
        )
        waiting.invalidate_recordset(["decision_id"])
        return {
            "type": "ir.actions.client",
            "tag": "crm_value_decided",
            "params": {
                "message": waiting._say_decision(decisions, len(self) - len(waiting)),
                "decision_ids": decisions.ids,
            },
        }

    def _say_decided(self):
        """Return why nothing is left to be decided."""
        decision = self.decision_id[:1]
        if not decision:
            return self.env._(
                "The customer is no longer on a worklist. Reload the page."
            )
        return self.env._(
            "%(user)s has already decided about %(customer)s. Reload the page.",
            user=decision.user_id.name,
            customer=decision.partner_id.display_name,
        )

    def _say_decision(self, decisions, skipped):
        """Return what was decided, in words."""
        labels = decisions._labels("kind")
        until = min(decisions.mapped("date_until"))
        texts = {
            "customer": self.partner_id.display_name
            if len(self) == 1
            else words.customers(self.env, len(self)),
            "decision": labels[decisions[0].kind],
            "date": format_date(self.env, until),
        }
        if not skipped:
            return self.env._(
                "%(customer)s: %(decision)s, off the list until %(date)s.", **texts
            )
        return self.env._(
            "%(customer)s: %(decision)s, off the list until %(date)s. Already decided "
            "and left unchanged: %(count)s.",
            count=skipped,
            **texts,
        )

    def action_plan_activity(self):
        """Plan a follow-up on the customers; of one, for the day and the reason due."""
        self.check_access("read")
        due = {}
        if len(self) == 1 and self.worklist:
            today = fields.Date.context_today(self)
            due = {
                "default_summary": self._chart_labels("worklist")[self.worklist],
                "default_note": self.worklist_reason,
                "default_date_deadline": max(today, self.next_contact_date or today),
            }
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plan a Follow-up"),
            "res_model": "mail.activity.schedule",
            "view_mode": "form",
            "target": "new",
            "context": {
                "active_model": "res.partner",
                "active_ids": self.partner_id.ids,
                "active_id": self.partner_id[:1].id,
                **due,
            },
        }

    def action_new_quotation(self):
        """Begin a quotation for the customer."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Quotation"),
            "res_model": "sale.order",
            "view_mode": "form",
            "context": {"default_partner_id": self.partner_id.id},
        }

    def action_write_mail(self):
        """Write to the customers: one message on the contact, or many at once."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write a Mail"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": "res.partner",
                "default_res_ids": self.partner_id.ids,
                "default_partner_ids": self.partner_id.ids if len(self) == 1 else [],
                "default_template_id": self._mail_template().id,
                "default_composition_mode": "comment"
                if len(self) == 1
                else "mass_mail",
            },
        }

    def _mail_template(self):
        """Return what a mail to these customers starts from, if one list has them."""
        lists = set(self.mapped("worklist"))
        name = f"crm_value.mail_template_{lists.pop()}" if len(lists) == 1 else ""
        empty = self.env["mail.template"]
        return (name and self.env.ref(name, raise_if_not_found=False)) or empty

    # --- what is open, on the line of its life ---

    def _life_lanes(self, days):
        return [*super()._life_lanes(days), self._opening_lane()]

    def _opening_lane(self):
        """Return what is open with the customer, of what the reader may read."""
        quotations = [("state", "in", ("draft", "sent"))]
        leads = [("won_status", "!=", "won")]
        events = [
            *self._opening_events("sale.order", "date_order", quotations),
            *self._opening_events("crm.lead", "create_date", leads),
        ]
        return {
            "code": "openings",
            "label": self.env._("Open Leads and Quotations"),
            "events": sorted(events, key=lambda event: event["date"]),
        }

    def _opening_events(self, model, day, domain):
        documents = self.env[model]
        if not documents.has_access("read"):
            return []
        found = documents.search_fetch(
            Domain(domain)
            & Domain("partner_id", "child_of", self.partner_id.id)
            & Domain("company_id", "in", (False, self.company_id.id)),
            ["name", day],
            order=f"{day} DESC, id DESC",
            limit=MOST,
        )
        return [
            {
                "date": fields.Date.to_string(
                    fields.Datetime.context_timestamp(one, one[day]).date()
                ),
                "text": one.name,
                "model": model,
                "id": one.id,
            }
            for one in found
        ]
