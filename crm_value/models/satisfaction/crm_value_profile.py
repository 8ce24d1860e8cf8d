from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date, formatLang

from ... import words
from ...analytics.satisfaction import responses
from ...const import to_day

LATEST = 10  # participations on the customer's page
DIGITS = {"csi": 0, "csat": 0, "nps": 1}


class CrmValueProfile(models.Model):
    """Words for a customer's satisfaction, with the responses behind it."""

    _inherit = "crm.value.profile"

    satisfaction = fields.Json(
        string="Satisfaction Summary", compute="_compute_satisfaction"
    )

    # What the columns of the kanbans (by quadrant, stage, tier) ask for, best first,
    # and what the overview, the charts and the reports sum up: read from the index
    # alone, not from all profiles. Each new column is one more that a run writes.
    _best_idx = models.Index(
        "(company_id, value_score DESC NULLS LAST, id)"
        " INCLUDE (quadrant, stage_id, tier_id, purchase_count, revenue,"
        " revenue_previous, relation, clv, ticket_count, slow_ticket_count,"
        " pareto_class, margin, tier_state, loyalty_behaviour, loyalty_attitude, nps,"
        " satisfaction_quadrant, revenue_total, first_purchase_date, partner_id,"
        " cost_known_share, as_of, user_id)"
    )

    @api.depends_context("lang", "uid")
    def _compute_satisfaction(self):
        found = self._participations()
        for profile in self:
            key = (profile.company_id, profile.partner_id)
            profile.satisfaction = profile._describe_satisfaction(found.get(key, []))

    def _participations(self):
        """Return {(company, customer): participations, the newest first}."""
        rows = self.env["crm.value.answer"].search_fetch(
            Domain("commercial_partner_id", "in", self.partner_id.ids)
            & Domain("company_id", "in", self.company_id.ids)
            & Domain("origin", "=", "customer"),
            order="date DESC, user_input_id, id",
        )
        found = {}
        for (company, customer, given), answers in rows.grouped(
            lambda row: (row.company_id, row.commercial_partner_id, row.user_input_id)
        ).items():
            found.setdefault((company, customer), []).append((given, answers))
        return found

    def _describe_satisfaction(self, participations):
        """Return the figures and the latest participations as plain data."""
        return {
            "sentence": self._say_satisfaction(len(participations)),
            "quadrant": self.satisfaction_quadrant,
            "quadrant_label": self._chart_labels("satisfaction_quadrant").get(
                self.satisfaction_quadrant, ""
            ),
            "quadrant_text": self._say_satisfaction_quadrant(),
            "figures": self._satisfaction_figures(),
            "count": self.answer_count,
            "total": len(participations),
            "answers": [
                self._describe_participation(given, answers)
                for given, answers in participations[:LATEST]
            ],
        }

    def _say_satisfaction(self, total):
        if self.answer_count:
            return self.env._(
                "%(responses)s to surveys within %(days)s, the latest on %(date)s.",
                responses=words.responses(self.env, self.answer_count),
                days=words.days(self.env, self.policy_id.answer_days),
                date=format_date(self.env, self.answer_date),
            )
        if total:
            return self.env._(
                "Responses are too old to count, or arrived after the last scoring run."
            )
        return self.env._(
            "No contact of this customer has responded to a survey: satisfaction is"
            " not known."
        )

    def _say_satisfaction_quadrant(self):
        """Return what the quadrant means for this customer (Jones, Sasser 1995)."""
        return {
            "apostle": self.env._("Satisfied and behaviourally loyal."),
            "mercenary": self.env._(
                "Satisfied but not behaviourally loyal: price or chance decides."
            ),
            "hostage": self.env._(
                "Behaviourally loyal but not satisfied: stays for lack of alternatives."
            ),
            "defector": self.env._("Neither satisfied nor behaviourally loyal."),
        }.get(self.satisfaction_quadrant, "")

    def _satisfaction_figures(self):
        """Return one dict for each figure that is known."""
        labels = {
            "csi": self.env._("Satisfaction index, of 100"),
            "csat": self.env._("Satisfied after single events (CSAT), in percent"),
            "nps": self.env._("Recommendation, of 10"),
        }
        return [
            {
                "code": name,
                "label": labels[name],
                "text": formatLang(self.env, self[name], digits=digits),
            }
            for name, digits in DIGITS.items()
            if self[name] is not False
        ]

    def _describe_participation(self, given, answers):
        """Return one line: who, when, the numbers, and the words."""
        single = answers.filtered(lambda row: row.role in ("csat", "nps"))
        items = answers.filtered(
            lambda row: row.role == "item" and not row.less_is_better
        )
        words = answers.filtered("text").mapped("text")
        return {
            "id": given.id,
            "date": format_date(self.env, answers[0].date.date()),
            "contact": answers[0].partner_id.display_name,
            "survey": answers[0].survey_id.sudo().title,  # names are no secret
            "numbers": [self._say_answer(row) for row in single],
            "items": len(items),
            "mean": sum(items.mapped("score")) / len(items) if items else False,
            "text": " / ".join(words),
        }

    def _say_answer(self, row):
        facts = {"value": f"{row.value:g}", "best": f"{row.scale_max:g}"}
        if row.role == "nps":
            return self.env._("recommends: %(value)s of %(best)s", **facts)
        return self.env._("satisfied: %(value)s of %(best)s", **facts)

    def action_open_answers(self):
        """Open all answers of the customer."""
        self.ensure_one()
        return self._open_documents("answers", self.env._("Answers"))

    def action_open_participation(self, participation_id):
        """Open what was answered together."""
        self.ensure_one()
        action = self.action_open_answers()
        action["domain"] = [
            *action["domain"],
            ("user_input_id", "=", participation_id),
        ]
        return action

    def _documents_satisfaction(self):
        return [("crm.value.answer", self._satisfaction_answers)]

    def _satisfaction_answers(self):
        """Return the domain of the answers that satisfaction was measured by.

        Those of the index, or else the single questions, that are not too old.
        """
        scope = self._document_scope()
        rows = self.env["crm.value.facts"]._read_responses(scope)
        limits = scope.rules.of(responses.Limits)
        recent = to_day(scope.as_of) - rows["day"] <= limits.max_days
        by_kind = {
            kind: rows["participation"][recent & (rows["kind"] == kind)].tolist()
            for kind in (responses.INDEX, responses.CSAT)
        }
        together = by_kind[responses.INDEX] or by_kind[responses.CSAT]
        answers = self.env["crm.value.answer"].search(
            [("user_input_id", "in", together)]
        )
        if by_kind[responses.INDEX]:
            target = self.env.ref("crm_value.construct_satisfaction", False)
            answers = answers.filtered(
                lambda answer: (
                    answer.role not in ("csat", "nps")
                    and answer.construct_id
                    == (answer.index_id.sudo().target_id or target)
                )
            )
        else:
            answers = answers.filtered(lambda answer: answer.role == "csat")
        return [("id", "in", answers.ids)]

    def _documents_answers(self):
        domain = [
            ("commercial_partner_id", "=", self.partner_id.id),
            ("company_id", "=", self.company_id.id),
        ]
        return [("crm.value.answer", domain)]

    # --- at a glance ---

    def _signs(self):
        signs = super()._signs()
        if not self._shows("satisfaction"):
            return signs
        for profile in self:
            cut = profile.policy_id.satisfaction_cut
            known = profile.satisfaction_score is not False
            if known and profile.satisfaction_score < cut:
                signs[profile].append(profile._dissatisfied_sign(cut))
        return signs

    def _dissatisfied_sign(self, cut):
        """Return what a glance shows of who is not satisfied; else it shows nothing."""
        score = formatLang(self.env, self.satisfaction_score, digits=0)
        said = self.env._(
            "Satisfaction is %(score)s of 100; from %(cut)s on it counts as high.",
            score=score,
            cut=formatLang(self.env, cut, digits=0),
        )
        label = self.env._("Satisfaction")
        return self._sign(55, "satisfaction", label, score, said, "warning")

    @api.model
    def _told_figures(self):
        return [*super()._told_figures(), "satisfaction_score"]

    def _life_lanes(self, days):
        lanes = super()._life_lanes(days)
        return [*lanes, self._answer_lane()] if self._shows("satisfaction") else lanes

    def _answer_lane(self):
        """Return when contacts of the customer answered; warned of what is low."""
        found = self._participations().get((self.company_id, self.partner_id), [])
        cut = self.policy_id.satisfaction_cut

        def lowest(answers):
            return min((a.score for a in answers if a.scale_max), default=cut)

        return {
            "code": "answers",
            "label": self.env._("Survey answers"),
            "open": ["action_open_answers"],
            "events": [
                {
                    "date": fields.Date.to_string(answers[0].date.date()),
                    "text": answers[0].survey_id.sudo().title,  # no secret
                    "tone": "warning" if lowest(answers) < cut else "",
                }
                for _given, answers in reversed(found)
            ],
        }
