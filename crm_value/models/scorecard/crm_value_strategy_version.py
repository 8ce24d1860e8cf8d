from odoo import fields, models
from odoo.exceptions import UserError

from .const import LIVE
from .crm_value_objective_link import DECLARED

HISTORY = ("value", "n", "goal", "red", "score", "source", "closed", "month")


class CrmValueStrategy(models.Model):
    """Copies of a strategy: one made of a template, and the version that follows."""

    _inherit = "crm.value.strategy"

    def copy_data(self, default=None):
        """Tell the copy by its name, unless it is another version or company's."""
        default = default or {}
        found = super().copy_data(default)
        if "name" not in default and "company_id" not in default:
            for strategy, vals in zip(self, found, strict=True):
                vals["name"] = self.env._("%(name)s (copy)", name=strategy.name)
        return found

    def copy(self, default=None):
        """Copy the arrows as well, between the copies of their ends."""
        copies = super().copy(default)
        for old, new in zip(self, copies, strict=True):
            new._take_links(old)
        return copies

    def _twins(self, old):
        """Return {what the old one has: its copy} of objectives and measures.

        Odoo copies lines in the order of their ids.
        """
        pairs = {}
        ends = zip(
            old.objective_ids.sorted("id"),
            self.objective_ids.sorted("id"),
            strict=False,
        )
        for theirs, ours in ends:
            pairs[theirs] = ours
            pairs.update(
                zip(
                    theirs.measure_ids.sorted("id"),
                    ours.measure_ids.sorted("id"),
                    strict=False,
                )
            )
        return pairs

    def _take_links(self, old):
        """Draw the arrows of another one; what was found of them is not taken."""
        twins = self._twins(old)
        self.env["crm.value.objective.link"].create(
            [
                {
                    "strategy_id": self.id,
                    "cause_id": twins[link.cause_id].id,
                    "effect_id": twins[link.effect_id].id,
                    **{name: link[name] for name in DECLARED[2:]},
                }
                for link in old.link_ids
            ]
        )

    # --- templates ---

    def action_use_template(self):
        """Make a draft of the current company out of a template, and open it."""
        self.check_access("read")
        self.ensure_one()
        self.browse().check_access("create")
        if self.company_id:
            raise UserError(self.env._("This is no template."))
        begins = fields.Date.context_today(self).replace(day=1)
        made = self.copy({"company_id": self.env.company.id})
        made.objective_ids.measure_ids.goal_ids.write({"date_from": begins})
        return made._get_records_action()

    # --- versions ---

    def action_new_version(self, reason=None):
        """Make the version that follows, a draft until it is put in force; open it.

        :param reason: what changed and why; needed at the latest when it is activated
        """
        self.check_access("write")
        self.ensure_one()
        if self.state not in LIVE:
            raise UserError(
                self.env._("Only a strategy in force is followed by a version.")
            )
        if draft := self._next_version():
            return draft._get_records_action()
        made = self._ours().copy(
            {
                "name": self.name,
                "previous_id": self.id,
                "version": self.version + 1,
                "change_reason": reason or False,
            }
        )
        for old, new in made._twins(self).items():
            if old._name == "crm.value.measure":
                new.previous_id = old
        self.message_post(
            body=self.env._(
                "Version %(version)s is being drafted.", version=made.version
            )
        )
        return made.with_env(self.env)._get_records_action()

    def _next_version(self):
        return self.search([("previous_id", "=", self.id), ("state", "=", "draft")])

    def action_activate(self):  # pylint: disable=missing-return
        """Take closed months along, and compute those before it began."""
        self.check_access("write")
        self.ensure_one()
        begins = self.state == "draft"
        super().action_activate()
        if begins:
            self.objective_ids.measure_ids._take_history()
            today = self.env["crm.value.run"]._today(self.company_id)
            self.env["crm.value.measure.month"]._follow(self, today)


class CrmValueMeasure(models.Model):
    """The months of a measure go on in the next version of its strategy."""

    _inherit = "crm.value.measure"

    def _take_history(self):
        """Copy the months of the measures that these followed, and what is under way.

        Who looks at the new version finds all that is to be entered or done.
        """
        followed = {
            measure.previous_id: measure
            for measure in self
            if measure.previous_id.unit == measure.unit
            and measure.previous_id.source == measure.source
        }
        months = self.env["crm.value.measure.month"]
        kept = months.search([("measure_id", "in", [old.id for old in followed])])
        months._ours().create(
            [
                {
                    "measure_id": followed[one.measure_id].id,
                    **{name: one[name] for name in HISTORY},
                }
                for one in kept
            ]
        )
        for old, measure in followed.items():
            # Whose activities they are does not matter: they go on with the measure.
            old.activity_ids.sudo().write({"res_id": measure.id})
        self.invalidate_model(["activity_ids", "initiative_count"])
