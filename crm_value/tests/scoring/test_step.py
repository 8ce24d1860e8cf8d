import numpy as np

from odoo import api, fields, models
from odoo.orm.model_classes import add_to_registry
from odoo.tests import tagged
from odoo.tools import SQL

from ... import bulk
from ...models.scoring.crm_value_step import placing
from ..common import ValueCommon, ago

STEP = "crm.value.step.shop"
EXTENDED = ("crm.value.figures", "crm.value.facts")
STORED = ("crm.value.profile", "crm.value.snapshot")

# --- a capability: one figure, one step; nothing else names it ---------------------


class Figures(models.AbstractModel):
    _module = None
    _name = "crm.value.figures"
    _inherit = ["crm.value.figures"]

    shop_count = fields.Integer(string="Purchases in the Shop")
    shop_share = fields.Float(string="Against the Best Customer of the Shop")


class Facts(models.AbstractModel):
    _module = None
    _name = "crm.value.facts"
    _inherit = ["crm.value.facts"]

    @api.model
    def _sources(self):
        return [*super()._sources(), "_gather_shop"]

    @api.model
    def _gather_shop(self, scope):
        query = SQL(
            """
            SELECT partner_id AS partner, COUNT(*) AS shop_count
              FROM crm_value_transaction
             WHERE channel = 'shop' AND company_id = %s AND %s
          GROUP BY partner_id
            """,
            scope.company.id,
            scope.only(SQL("partner_id")),
        )
        columns = {"partner": "int4", "shop_count": "int4"}
        return bulk.read(self.env.cr, query, columns)


class Step(models.AbstractModel):
    _module = None
    _name = STEP
    _inherit = ["crm.value.step"]
    _description = "Step of a Scoring: Shop"

    _needs = ("shop_count", "value_score")
    _gives = ("shop_share",)

    @api.model
    def _compute(self, flow):
        count = flow.figures["shop_count"]
        most = flow.learnt.get(self._name) or max(count.max(initial=0), 1.0)
        flow.learnt[self._name] = float(most)
        return {"shop_share": count / most}

    @api.model
    def _kept(self, learnt):
        return {"shop": learnt}

    @api.model
    def _recall(self, kept):
        return kept.get("shop")

    @api.model
    def _decide(self, flow, changes):
        busy = flow.partners[flow.figures["shop_share"] == 1]
        customers = self.env["res.partner"].browse(busy.tolist())
        customers._message_log_batch(dict.fromkeys(customers.ids, "Best of the shop"))


@tagged("post_install", "-at_install")
class TestStep(ValueCommon):
    """A capability joins the scoring without an edit elsewhere, and goes again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(cls._leave)
        cls.before = {name: cls.registry[name]._base_classes__ for name in EXTENDED}
        for model in (Figures, Facts, Step):
            add_to_registry(cls.registry, model)
        cls._set_up(STEP, *EXTENDED)
        cls.registry.init_models(cls.env.cr, STORED, {"module": "crm_value"})
        cls.often, cls.once = cls._customer("Often"), cls._customer("Once")
        for partner, count in ((cls.often, 4), (cls.once, 1)):
            for _time in range(count):
                cls._transaction(partner, 10, ago(9), channel="shop")

    @classmethod
    def _leave(cls):
        for name, classes in cls.before.items():
            cls.registry[name]._base_classes__ = classes
        cls.registry["crm.value.step"]._inherit_children.discard(STEP)
        del cls.registry[STEP]
        cls._set_up(*EXTENDED)

    @classmethod
    def _set_up(cls, *names):
        cls.registry._setup_models__(cls.env.cr, names)

    def _shares(self):
        return [self._profile(p).shop_share for p in (self.often, self.once)]

    def test_full_run_stores_its_figures_and_keeps_what_it_learnt(self):
        run = self._score()
        self.assertEqual(self._profile(self.once).shop_count, 1)
        self.assertEqual(self._shares(), [1, 0.25])
        self.assertEqual(run.cuts["shop"], 4)
        self.assertIn("Best of the shop", self.often.message_ids[:1].body)

    def test_refresh_goes_by_what_the_run_learnt(self):
        self._score()
        for _time in range(2):
            self._transaction(self.once, 10, channel="shop")
        self._refresh()
        self.assertEqual(self._shares(), [1, 0.75])

    def test_past_run_keeps_the_figures_in_the_history(self):
        day = ago(1)
        self._score(as_of=day)
        [kept] = self._snapshot(self.often, day)
        self.assertEqual((kept.shop_count, kept.shop_share), (4, 1))

    def test_list_shows_its_column(self):
        view = self.env.ref("crm_value.crm_value_profile_view_list")
        self.env["ir.ui.view"].create(
            {
                "name": "Shop",
                "model": "crm.value.profile",
                "inherit_id": view.id,
                "arch": '<list position="inside"><field name="shop_share"/></list>',
            }
        )
        self.assertIn("shop_share", self.env[view.model].get_view(view.id)["arch"])

    def test_steps_stand_after_those_they_need(self):
        names = [step._name for step in self.env["crm.value.step"]._all()]
        self.assertGreater(names.index(STEP), names.index("crm.value.step.scoring"))
        asked = self.env["crm.value.step"]._giving("shop_share")
        self.assertEqual(
            [step._name.rpartition(".")[2] for step in asked],
            ["forecast", "scoring", "shop"],
        )

    def test_need_that_nobody_gives_is_refused_by_name(self):
        step = self.env.registry[STEP]
        self.addCleanup(setattr, step, "_needs", step._needs)
        step._needs = ("shop_count", "window_size")
        with self.assertRaisesRegex(ValueError, f"{STEP} needs .'window_size'"):
            self.env["crm.value.step"]._register_hook()

    def test_steps_that_need_each_other_are_refused(self):
        step = self.env.registry[STEP]
        self.addCleanup(setattr, step, "_gives", step._gives)
        step._gives = ("clv",)
        scoring = self.env.registry["crm.value.step.forecast"]
        self.addCleanup(setattr, scoring, "_needs", scoring._needs)
        scoring._needs = ("value_score",)
        with self.assertRaisesRegex(ValueError, "need each other"):
            self.env["crm.value.step"]._all()


@tagged("post_install", "-at_install")
class TestSteps(ValueCommon):
    def test_the_steps_and_their_order(self):
        names = [step._name for step in self.env["crm.value.step"]._all()]
        self.assertNotIn(STEP, names, "a capability that has gone leaves nothing")
        order = [name.rpartition(".")[2] for name in names]
        for low, high in (
            ("forecast", "scoring"),
            ("lifecycle", "churn"),
            ("churn", "worklist"),
            ("scoring", "tier"),
            ("loyalty", "satisfaction"),
        ):
            self.assertLess(order.index(low), order.index(high))

    def test_column_is_placed_by_customer(self):
        place = placing(np.array([3, 5, 8]), np.array([5, 6]))
        np.testing.assert_array_equal(
            place(np.array([0.3, 0.5, 0.8]), np.nan), [0.5, np.nan]
        )
        nobody = placing(np.array([], int), np.array([5, 6]))
        self.assertEqual(nobody(np.array([]), -1).tolist(), [-1, -1])
