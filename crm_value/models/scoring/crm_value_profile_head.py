from odoo import api, fields, models
from odoo.tools import format_date, formatLang

from ... import words
from ...const import from_day

HALF = 50.0  # of a scale from 0 to 100


class CrmValueProfile(models.Model):
    """The head of a customer's page: signs, what changed, its life, what is exchanged.

    Signs are what a glance shows, read in one go for a list; each capability adds its
    own in ``_signs()``. Documents show those that have a text as a strip. Those that
    have a tone are what is going wrong with the customer.
    """

    _inherit = "crm.value.profile"

    signs = fields.Json(string="Customer at a Glance", compute="_compute_signs")
    changes = fields.Json(string="Changed Since Last Month", compute="_compute_changes")

    # --- at a glance ---

    @api.depends_context("uid", "lang")
    def _compute_signs(self):
        signs = self._signs()
        for profile in self:
            profile.signs = sorted(signs[profile], key=lambda sign: sign["order"])

    def _signs(self):
        """Return {profile: signs}, for all of them in a few queries, without money.

        A sign is a dict as ``_sign()`` returns it.
        """
        return {
            profile: [*profile._class_signs(), *profile._preference_signs()]
            for profile in self
        }

    @api.model
    def _shows(self, part):
        """Return whether the reader is shown a part that can be switched off."""
        return self.env.user.has_group(f"crm_value.group_part_{part}")

    @api.model
    def _sign(self, order, code, label, text, sentence="", tone="", **more):
        """Return one sign.

        :param order: its place in the strip
        :param text: short, "" if the strip does not show it
        :param sentence: the same said in full
        :param tone: "warning" or "danger" if something is wrong, else ""
        """
        return {
            "order": order,
            "code": code,
            "label": label,
            "text": text,
            "sentence": sentence,
            "tone": tone,
            **more,
        }

    def _class_signs(self):
        """Return the quadrant with the score, and the Pareto class."""
        signs = []
        if self.quadrant:
            score = formatLang(self.env, self.value_score or 0.0, digits=1)
            label = self._chart_labels("quadrant")[self.quadrant]
            signs.append(
                self._sign(
                    10,
                    "quadrant",
                    self.env._("Value"),
                    label if self.value_score is False else f"{label} {score}",
                    quadrant=self.quadrant,
                )
            )
        if self.pareto_class:
            label = self._chart_labels("pareto_class")[self.pareto_class]
            signs.append(self._sign(11, "pareto", self.env._("Class"), label))
        return signs

    def _preference_signs(self):
        """Return what people noted of the customer's wishes, in one sign."""
        said = words.clauses(self.env, self._wishes())
        return [self._sign(80, "prefers", self.env._("Prefers"), said)] if said else []

    def _wishes(self):
        """Return each wish of the customer in words, False where it has none."""
        names = ("products", "packaging", "hours", "contact")
        partner = self.partner_id.sudo()  # who sees the profile sees its signs
        return [partner[f"value_prefers_{name}"] for name in names]

    # --- what changed ---

    @api.depends_context("uid", "lang")
    def _compute_changes(self):
        before = self._previous_snapshots()
        for profile in self:
            old = before.get((profile.company_id.id, profile.partner_id.id))
            profile.changes = old and {
                "since": self.env._(
                    "Since %(date)s", date=format_date(self.env, old.date)
                ),
                "said": profile._say_changes(old),
            }

    def _say_changes(self, old):
        """Return what differs from a month end, one text each."""
        said, unused = [self._say_purchases(old)], self._unused_fields()
        told = [name for name in self._told_figures() if name not in unused]
        said += [self._say_change(name, old) for name in told]
        return [text for text in said if text]

    @api.model
    def _told_figures(self):
        """Return the names of the figures whose change is told, in their order."""
        return ["quadrant", "value_score"]

    def _say_purchases(self, old):
        count = self.purchase_count - old.purchase_count
        if count <= 0:
            return self.env._("No purchase since then")
        return self.env._(
            "Purchases since then: %(count)s, the last one on %(date)s",
            count=count,
            date=format_date(self.env, self.last_purchase_date),
        )

    def _say_change(self, name, old):
        """Return how a figure differs from a month end, False if it does not."""
        before, after = old._say_told(name), self._say_told(name)
        if before == after:
            return False
        return self.env._(
            "%(figure)s: %(before)s → %(after)s",
            figure=self._fields[name]._description_string(self.env),
            before=before,
            after=after,
        )

    # --- the line of its life ---

    @api.readonly
    def get_life(self):
        """Return the lanes of the line of time that hold anything, and its ends."""
        self.ensure_one()
        days = self._own_days() if self.run_id else None
        lanes = [lane for lane in self._life_lanes(days) if lane["events"]]
        dates = [event["date"] for lane in lanes for event in lane["events"]]
        return {
            "lanes": lanes,
            "from": min(dates, default=False),
            "until": fields.Date.to_string(self.as_of) if self.as_of else False,
        }

    def _own_days(self):
        """Return the purchases of the customer, day by day, as a run reads them."""
        facts = self.env["crm.value.facts"].sudo()  # documents the user may not read
        return facts._gather_days(self._document_scope())

    def _life_lanes(self, days):
        """Return the lanes, each with its label, its events and what opens all of them.

        An event has its day, and maybe: the day it ended, words, a colour, a tone, and
        the model and id of a record that it opens.

        :param days: the customer's purchases, as ``_own_days()``; None without a run
        """
        bought = days.day[days.bought > 0].tolist() if days else []
        return [
            {
                "code": "purchases",
                "label": self.env._("Purchases"),
                "open": ["action_open_documents", "benefit"],
                "events": [
                    {"date": fields.Date.to_string(from_day(int(day)))}
                    for day in bought
                ],
            }
        ]

    # --- what it brings against what it gets ---

    def _explain_exchange(self):
        """Return where the customer stands in the exchange matrix, and in words."""
        brings, gets = self.value_score, self.received_value_score
        if brings is False or gets is False:
            return False
        much, well = brings >= HALF, gets >= HALF
        return {
            "brings": self.env._(
                "It brings: %(score)s of 100",
                score=formatLang(self.env, brings, digits=1),
            ),
            "gets": self.env._(
                "It gets: %(score)s of 100",
                score=formatLang(self.env, gets, digits=1),
            ),
            "cell": f"{'much' if much else 'little'}_{'much' if well else 'little'}",
            "sentence": self._say_exchange(much, well),
        }

    def _say_exchange(self, much, well):
        if much and well:
            return self.env._("Both sides gain: keep it so.")
        if much:
            return self.env._(
                "It brings more than it gets: give before others do, service first."
            )
        if well:
            return self.env._(
                "It gets more than it brings: look at discounts and cost to serve, or "
                "find what else it needs."
            )
        return self.env._("Little is exchanged: find out whether more is possible.")
