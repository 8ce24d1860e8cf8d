from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ... import words

OPENS = "action_value_"  # how the opening methods of our steps begin
FEW = 50  # customers below which a forecast learns little, as in analytics.forecast


class OnboardingOnboardingStep(models.Model):
    """The steps: what each finds, opens, and how it is taken back.

    The opening method of a step has the name ``action_value_<step>``; what is found of
    it today is told by ``_told_value_<step>``: dict of done, said, and undo (the label
    of the button that takes it back).
    """

    _inherit = "onboarding.onboarding.step"

    # --- how a step stands ---

    def _value_told(self):
        """Return what the panel shows of a step, and keep how it stands."""
        self.ensure_one()
        told = getattr(self, f"_told_value_{self._value_name()}")()
        mark = self.current_progress_step_id.value_mark
        done = told["done"] or mark == "kept"
        state = "done" if done else "skipped" if mark == "skipped" else "open"
        self._value_keep(state)
        undo = told.get("undo")
        if not told["done"]:
            marks = {
                "skipped": self.env._("Do It After All"),
                "kept": self.env._("Undo"),
            }
            undo = marks.get(mark, undo)
        return {
            "id": self.id,
            "name": self._value_name(),
            "title": self.title,
            "why": self.description,
            "state": state,
            "said": told["said"],
            "method": self.panel_step_open_action_name,
            "button": told.get("button") or self.button_text,
            "undo": undo or False,
        }

    def _value_name(self):
        return self.panel_step_open_action_name.removeprefix(OPENS)

    def _value_keep(self, state):
        """Keep how a step stands where Odoo keeps it, where that has changed."""
        kept = "not_done" if state == "open" else "done"
        if self.current_step_state != kept:
            self._value_progress().step_state = kept

    def _value_progress(self):
        """Return the progress of a step in the current company."""
        if not self.current_progress_step_id:
            self._create_progress_steps()
        return self.current_progress_step_id

    @api.model
    def _value_step(self, step_id):
        """Return a step of ours, with all rights for who may take it."""
        panel = self.env["onboarding.onboarding"]._value_panel()
        step = panel.step_ids.filtered(lambda one: one.id == step_id)
        if not step:
            raise UserError(self.env._("There is no such step."))
        return step

    @api.model
    def _value_mark(self, xmlid, mark):
        """Note what somebody said of a step: an XML id of ours."""
        step = self._value_step(self.env.ref(f"crm_value.{xmlid}").id)
        step._value_progress().value_mark = mark

    # --- what a manager does with it ---

    @api.model
    def action_value_skip(self, step_id):
        """Leave a step out, until somebody takes it after all."""
        self._value_step(step_id)._value_progress().value_mark = "skipped"

    @api.model
    def action_value_undo(self, step_id):
        """Take back what was said of a step, or what it did."""
        step = self._value_step(step_id)
        progress = step._value_progress()
        if progress.value_mark:
            progress.value_mark = False
            return None
        if step._value_name() == "preset":
            return self._undo_value_preset()
        return None

    # --- 1 purchases ---

    def _told_value_purchases(self):
        coverage, company = self.env["crm.value.coverage"], self.env.company
        spans = coverage._spans(company)
        if not spans:
            said = self.env._("None yet. Bring in what was sold before Odoo.")
            return {"done": False, "said": said}
        said = [coverage._say(spans)]
        counted = coverage._counted(company, spans)
        if not counted:
            said.append(
                self.env._(
                    "By the rules in force, none of these is a purchase: choose how "
                    "you sell."
                )
            )
        buyers = self.env["crm.value.run"]._current(company).buyer_count
        if 0 < buyers < FEW:
            said.append(self._say_few(buyers))
        return {"done": bool(counted), "said": " ".join(said)}

    def _say_few(self, buyers):
        return self.env._(
            "Too few to learn forecasts from: %(customers)s. Scores, stages and who is "
            "overdue are useful all the same.",
            customers=words.customers(self.env, buyers),
        )

    @api.model
    def action_value_purchases(self):
        """Open the imports: what is in Odoo is there already."""
        self.env["onboarding.onboarding"]._value_panel()
        return self.env["ir.actions.actions"]._for_xml_id(
            "crm_value.crm_value_import_action"
        )

    # --- 2 data ---

    def _told_value_data(self):
        said = self.env._("What is missing or odd, and what it blurs.")
        return {"done": False, "said": said}

    @api.model
    def action_value_data(self):
        """Open what was found of the data of the current company."""
        self.env["onboarding.onboarding"]._value_panel()
        return self.env["crm.value.onboarding.check"]._open(self.env.company)

    # --- 3 preset ---

    def _told_value_preset(self):
        policy = self._value_policy()
        if draft := policy and policy._preset_drafts()[:1]:
            said = self.env._(
                "%(way)s, as a draft: nothing changes before it is published.",
                way=self._say_way(draft),
            )
            undo = self.env._("Discard the Draft")
            return {"done": True, "said": said, "undo": undo}
        if policy.preset:
            before = policy._before()
            undo = self.env._("Back to Version %s", before.version) if before else False
            return {"done": True, "said": self._say_way(policy), "undo": undo}
        said = self._say_version(policy)
        return {"done": policy.version > 1, "said": said}

    def _value_policy(self):
        """Return the version in force in the current company."""
        return self.env["crm.value.policy"]._published(self.env.company)

    def _say_way(self, policy):
        ways = dict(policy._fields["preset"]._description_selection(self.env))
        return ways[policy.preset]

    def _say_version(self, policy):
        if policy.version > 1:
            return self.env._("Rules of your own: version %s.", policy.version)
        return self.env._("The rules every company starts with are in force.")

    @api.model
    def action_value_preset(self):
        """Open the ways to sell."""
        self.env["onboarding.onboarding"]._value_panel()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("How Do You Sell?"),
            "res_model": "crm.value.onboarding.preset",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_company_id": self.env.company.id},
        }

    @api.model
    def _undo_value_preset(self):
        """Discard the draft of a preset, or ask to publish the version before it."""
        policy = self._value_policy()
        if drafts := policy._preset_drafts():
            drafts.unlink()
            return None
        return policy.action_back()

    # --- 4 score ---

    def _told_value_score(self):
        runs, company = self.env["crm.value.run"], self.env.company
        run = runs._current(company)
        if run.buyer_count:
            said = self.env._(
                "%(customers)s with a purchase, as of %(day)s.",
                customers=words.customers(self.env, run.buyer_count),
                day=format_date(self.env, run.as_of),
            )
            return {"done": True, "said": said, "button": self.env._("Customers")}
        busy = self._value_run_under_way()
        if busy:
            said = self.env._("A run is waiting or working: it values the customers.")
            return {"done": False, "said": said, "button": self.env._("See the Run")}
        said = self.env._("Nobody has been scored yet.")
        return {"done": False, "said": said}

    @api.model
    def _value_run_under_way(self):
        return self.env["crm.value.run"].search(
            [
                ("company_id", "=", self.env.company.id),
                ("state", "in", ("queued", "running")),
                ("is_past", "=", False),
            ],
            limit=1,
        )

    @api.model
    def action_value_score(self):
        """Open the customers, or the run that values them; without one, ask for it."""
        self.env["onboarding.onboarding"]._value_panel()
        if self.env["crm.value.run"]._current(self.env.company).buyer_count:
            return self.env["ir.actions.actions"]._for_xml_id(
                "crm_value.crm_value_profile_action"
            )
        if run := self._value_run_under_way():
            return run._get_records_action(name=self.env._("Run"))
        return self.env["crm.value.run"].action_run_now()

    # --- 5 publish ---

    def _told_value_publish(self):
        policy, draft = self._value_policy(), self._value_draft()
        if draft:
            said = self.env._(
                "Version %s is a draft: see who would move before it counts.",
                draft.version,
            )
            return {"done": False, "said": said, "button": self.env._("Publish")}
        return {"done": policy.version > 1, "said": self._say_version(policy)}

    @api.model
    def _value_draft(self):
        """Return the newest draft of the current company."""
        return self.env["crm.value.policy"].search(
            [("company_id", "=", self.env.company.id), ("state", "=", "draft")],
            order="version DESC",
            limit=1,
        )

    @api.model
    def action_value_publish(self):
        """Ask whether to publish the draft; without one, the rules are kept."""
        self.env["onboarding.onboarding"]._value_panel()
        if draft := self._value_draft():
            return draft.action_publish()
        self._value_mark("onboarding_step_publish", "kept")
        return None
