"""The pictures of the README, each of a screen with demo data.

Run by ``scripts/screenshots`` under pytest, on a database that is scored. What is made
here to have something to show is rolled back.
"""

import io
import json
import os
import time
from base64 import b64decode, b64encode
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from odoo import Command
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tests.common import ChromeBrowser

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "images"
WANTED = os.environ["CRM_VALUE_PICTURES"].split()
WIDTH = 1280
COLORS = 96
PATIENCE = 60  # seconds

# True once nothing has been loaded or drawn for a while.
QUIET = """
new Promise((resolve) => {
    const count = () => performance.getEntriesByType("resource").length;
    let since = Date.now();
    let loaded = count();
    const again = () => (since = Date.now());
    new MutationObserver(again).observe(document, {
        attributes: true, childList: true, subtree: true,
    });
    const look = () => {
        if (count() !== loaded) {
            loaded = count();
            again();
        }
        if (document.querySelector(".o_loading_indicator")) {
            again();
        }
        const quiet = document.readyState === "complete" && Date.now() - since > 1500;
        quiet ? resolve(true) : setTimeout(look, 100);
    };
    look();
})
"""


class Picture(NamedTuple):
    """A screen: its address, what is clicked there, and what comes to the top."""

    path: str
    height: int = 800
    clicks: tuple = ()
    top: str = ""
    login: str = "admin"


PICTURES = {
    "overview": Picture("/odoo/customer-overview", 1100),
    "customers": Picture("/odoo/customer-value"),
    "profile": Picture("/odoo/customer-value/{endangered}", 1000),
    "outlook": Picture(
        "/odoo/customer-value/{steady}", 900, ("a[name=outlook]",), "a[name=outlook]"
    ),
    "history": Picture(
        "/odoo/customer-value/{endangered}",
        800,
        ("a[name=history]",),
        "a[name=history]",
    ),
    "today": Picture("/odoo/my-customers-today"),
    "lifecycle": Picture("/odoo/customer-lifecycle"),
    "matrix": Picture("/odoo/customer-value-matrix"),
    "pareto": Picture("/odoo/customer-value-pareto"),
    "migration": Picture("/odoo/customer-migration", 720),
    "retention": Picture("/odoo/customer-retention"),
    "equity": Picture("/odoo/customer-value-equity", 900),
    "months": Picture("/odoo/customer-value-channels", 720),
    "model-card": Picture("/odoo/customer-value-models/{fit}", 1000),
    "members": Picture("/odoo/customer-members"),
    "loyalty-costs": Picture("/odoo/loyalty-costs", 720),
    "portal": Picture("/my/loyalty", 800, login="portal_member"),
    "satisfaction": Picture("/odoo/customer-satisfaction"),
    "satisfaction-model": Picture("/odoo/customer-satisfaction-index", 1000),
    "satisfaction-value": Picture("/odoo/customer-satisfaction-value"),
    "strategy-map": Picture("/odoo/strategy-map", 960),
    "plan": Picture(
        "/odoo/customer-plans/{plan}", 900, ("button[name=action_reckon]",)
    ),
    "strategy-evidence": Picture(
        "/odoo/strategy-map",
        1100,
        (
            "[data-choice=table]",
            ".o_value_links tr:has([data-verdict=supported]) button",
            "[data-choice=map]",
        ),
    ),
    "scenarios": Picture("/odoo/customer-scenarios-compared", 800),
    "closing-the-loop": Picture(
        "/odoo/closing-the-loop",
        560,
        (".o_searchview_facet + .o_searchview_facet .o_facet_remove",),
    ),
    "partner": Picture("/odoo/contacts/{partner}"),
    "order": Picture("/odoo/sales/{order}"),
    "order-benefits": Picture("/odoo/sales/{quotation}"),
    "prices": Picture("/odoo/sales/{offer}", 1100, (".o_value_price",)),
    "solutions": Picture(
        "/odoo/crm/{needing}",
        720,
        ("a[name=value_needs]", "button[name=action_value_solutions]"),
    ),
    "ticket": Picture("/odoo/loyalty-responses/{ticket}", 900),
    "playbook": Picture("/odoo/customer-playbooks/{playbook}", 720),
    "policy": Picture(
        "/odoo/customer-value-policies/{policy}", 900, ("a[name=value]",)
    ),
    "imports": Picture("/odoo/purchase-imports/{imported}"),
    "run": Picture("/odoo/customer-value-runs/{run}", 720),
}

PURCHASES = """Date,Customer,Amount,Document
{day}-01,Aurora Hotels Group,120.00,A-1
{day}-05,Baltic Fitness Clubs,85.50,A-2
someday,Aurora Hotels Group,64.00,A-3
{day}-19,Baltic Fitness Clubs,133.50,A-4
{day}-20,,40.00,A-5
"""


@tagged("post_install", "-at_install")
class TestPictures(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.ref("base.main_company")
        cls.profiles = cls.env["crm.value.profile"].search(
            [("company_id", "=", cls.company.id)]
        )
        cls.member = cls._member()
        cls.places = {
            **cls._known(),
            "quotation": cls._quotation(cls.member).id,
            "imported": cls._import().id,
        }
        new_test_user(
            cls.env,
            "portal_member",
            "base.group_portal",
            name=cls.member.name,
            partner_id=cls.member.id,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    @classmethod
    def _known(cls):
        """Return what the demo data have to show: name → id."""
        steady = cls.env.ref("crm_value.demo_partner_platinum")
        stars = cls.profiles.filtered(lambda p: p.quadrant == "platinum")
        endangered = stars.filtered(lambda p: p.risk_level == "high")
        endangered = (endangered or stars).sorted("stake_score")[-1]
        of_company = [("company_id", "=", cls.company.id)]
        return {
            "endangered": endangered.id,
            "partner": endangered.partner_id.id,
            "steady": cls.profiles.filtered(lambda p: p.partner_id == steady).id,
            "fit": cls.env["crm.value.fit"].search(of_company, limit=1).id,
            "policy": cls.env["crm.value.policy"].search(of_company, limit=1).id,
            "run": cls.env["crm.value.run"]._current(cls.company).id,
            "playbook": cls.env["crm.value.playbook"].search([], limit=1).id,
            "order": cls._latest_order(steady).id,
            "offer": cls.env.ref("crm_value.demo_quotation_1").id,
            "plan": cls.env.ref("crm_value.demo_plan_0").id,
            "needing": cls.env.ref("crm_value.demo_lead_needing_0").id,
            "ticket": cls._waiting_ticket().id,
            "scenarios": cls._scenarios(of_company),
        }

    @classmethod
    def _scenarios(cls, of_company):
        """Compute the demo's scenarios, and return how many there are."""
        scenarios = cls.env["crm.value.scenario"].search(of_company)
        scenarios.action_compute()
        return len(scenarios)

    @classmethod
    def _latest_order(cls, partner):
        of_partner = [("partner_id", "child_of", partner.id)]
        return cls.env["sale.order"].search(of_partner, limit=1)

    @classmethod
    def _waiting_ticket(cls):
        """Return the ticket that is due first."""
        due = [("value_due", "!=", False), ("value_profile_id", "!=", False)]
        return cls.env["helpdesk.ticket"].search(due, order="value_due", limit=1)

    @classmethod
    def _member(cls):
        """Return the member of the second tier who may use most points."""
        tiers = cls.profiles.tier_id.sorted("sequence")
        members = cls.profiles.filtered(lambda p: p.tier_id == tiers[-2])
        return (
            cls.env["loyalty.card"]
            .search(
                [("partner_id", "in", members.partner_id.ids)],
                order="points DESC",
                limit=1,
            )
            .partner_id
        )

    @classmethod
    def _quotation(cls, partner):
        product = cls.env["product.product"].search([("sale_ok", "=", True)], limit=2)
        lines = [
            Command.create({"product_id": one.id, "product_uom_qty": 2})
            for one in product
        ]
        orders = cls.env["sale.order"].with_user(cls.env.ref("base.user_admin"))
        return orders.create({"partner_id": partner.id, "order_line": lines})

    @classmethod
    def _import(cls):
        """Return an import that has found lines with errors."""
        month = cls.profiles[0].last_purchase_date.strftime("%Y-%m")
        file = PURCHASES.format(day=month).encode()
        imports = cls.env["crm.value.import"].with_user(cls.env.ref("base.user_admin"))
        record = imports.create(
            {
                "name": "Purchases of the Shop",
                "file": b64encode(file),
                "filename": "purchases.csv",
                "company_id": cls.company.id,
                "company_tz": "Europe/Brussels",
            }
        )
        record.action_check()
        return record

    def test_pictures(self):
        unknown = set(WANTED) - PICTURES.keys()
        self.assertFalse(unknown, f"there are only {', '.join(PICTURES)}")
        browser = ChromeBrowser(self)
        self.addCleanup(browser.stop)
        browser._websocket_request(
            "Emulation.setScrollbarsHidden", params={"hidden": True}
        )
        with self.allow_requests(browser=browser):
            for name in WANTED or PICTURES:
                self._take(browser, name, PICTURES[name])

    def _take(self, browser, name, picture):
        """Write the picture of one screen."""
        self.authenticate(picture.login, picture.login, browser=browser)
        self.env.flush_all()
        self.env.cr.clear()
        browser._websocket_request(
            "Emulation.setDeviceMetricsOverride",
            params={"mobile": False, "width": WIDTH, "height": picture.height}
            | {"deviceScaleFactor": 1},
        )
        browser.navigate_to(
            self.base_url() + picture.path.format(**self.places), wait_stop=True
        )
        browser._wait_ready(QUIET, PATIENCE)
        for selector in picture.clicks:
            self._run(
                browser, f"document.querySelector({json.dumps(selector)}).click()"
            )
            browser._wait_ready(QUIET, PATIENCE)
        if picture.top:
            top = json.dumps(picture.top)
            self._run(browser, f"document.querySelector({top}).scrollIntoView()")
            time.sleep(0.5)
        taken = browser._websocket_request("Page.captureScreenshot")
        self._save(name, b64decode(taken["data"]))

    def _run(self, browser, code):
        answer = browser._websocket_request(
            "Runtime.evaluate", params={"expression": code}
        )
        self.assertNotIn("exceptionDetails", answer, code)

    def _save(self, name, data):
        """Write a picture with few colours, which screens have."""
        image = Image.open(io.BytesIO(data)).convert("RGB")
        image = image.quantize(COLORS, dither=Image.Dither.NONE)
        image.save(FOLDER / f"{name}.png", optimize=True)
