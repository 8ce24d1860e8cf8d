import json
from pathlib import Path

import polib

from odoo.tests import HttpCase, new_test_user, tagged

PO = Path(__file__).parents[2] / "i18n" / "zh_CN.po"
PATIENCE = 300  # seconds for all menus of one person
# Who sells and who serves have menus of ours in Odoo's apps, too.
ROLES = {
    "manager": "crm_value.group_manager,sales_team.group_sale_manager,"
    "helpdesk_mgmt.group_helpdesk_manager",
    "plain user": "crm_value.group_user",
    "salesperson": "sales_team.group_sale_salesman",
    "agent": "helpdesk_mgmt.group_helpdesk_user_own",
}
# Opens the screen of each menu of ours, in whichever app it stands, waits until it has
# asked for everything it needs, and says what a person would complain about: an error,
# a page wider than the window, a text in the wrong language.
WALK = """
(async () => {
    const {rpcBus} = odoo.loader.modules.get("@web/core/network/rpc");
    const {action, menu} = odoo.__WOWL_DEBUG__.root.env.services;
    const terms = new Set(TERMS), problems = [];
    // What people wrote is in their own language.
    const WRITTEN = "script, style, .o_user_menu, .o_list_char, .o_field_char";
    let open = 0, last = performance.now(), here = "start";
    rpcBus.addEventListener("RPC:REQUEST", () => { open += 1; });
    rpcBus.addEventListener("RPC:RESPONSE", () => {
        open -= 1;
        last = performance.now();
    });
    const complain = (what) => problems.push(`${here}: ${what}`);
    const quiet = async () => {
        const begin = performance.now();
        while ((open > 0 || performance.now() - last < 150)
                && performance.now() - begin < 20000) {
            await new Promise((next) => setTimeout(next, 25));
        }
    };
    const words = () => {
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const found = new Set();
        while (walker.nextNode()) {
            const box = walker.currentNode.parentElement;
            const text = walker.currentNode.textContent.trim().replace(/\\s+/g, " ");
            if (terms.has(text) && box.checkVisibility()
                    && !box.closest(WRITTEN)) {
                found.add(text);
            }
        }
        return [...found];
    };
    const leaves = (tree, path) => [
        ...(tree.actionID && tree.xmlid.startsWith("crm_value.")
            ? [[path, tree.actionID]] : []),
        ...tree.childrenTree.flatMap((one) => leaves(one, `${path} / ${one.name}`)),
    ];
    const seen = new Set();
    const ours = menu.getApps().flatMap(
        (app) => leaves(menu.getMenuAsTree(app.id), app.name));
    for (const [path, id] of ours) {
        if (seen.has(id)) {
            continue;
        }
        seen.add(id);
        here = path;
        last = performance.now();
        try {
            await action.doAction(id, {clearBreadcrumbs: true});
            await quiet();
        } catch (error) {
            complain(error.message || error);
        }
        const dialog = document.querySelector(".o_error_dialog, .o_dialog_error");
        if (dialog) {
            complain(dialog.textContent.slice(0, 200));
            dialog.querySelector(".btn-close, .btn-primary")?.click();
        }
        const wide = document.documentElement.scrollWidth - window.innerWidth;
        if (wide > 0) {
            complain(`${wide} px wider than the window`);
        }
        words().forEach((text) => complain(`not translated: ${text}`));
    }
    if (seen.size < LEAST) {
        problems.push(`only ${seen.size} menus`);
    }
    if (problems.length) {
        console.error(problems.join("\\n"));
    }
    console.log("test successful");
})()
"""


@tagged("post_install", "-at_install")
class TestMenuWalk(HttpCase):
    """Each menu's screen opens, fits a laptop's window and speaks one language."""

    browser_size = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.empty = cls.env["res.company"].create({"name": "Nothing Yet"})
        cls.full = cls.env.ref("base.main_company")

    def _walk(self, role, company, lang, least):
        """Open all menus as somebody; any complaint fails the test."""
        login = f"walk_{role}_{lang}_{company.id}"
        new_test_user(
            self.env,
            login=login,
            groups=f"base.group_user,{ROLES[role]}",
            company_id=company.id,
            company_ids=company.ids,
            lang=lang,
        )
        code = WALK.replace("TERMS", json.dumps(self._foreign(lang)))
        self.browser_js(
            "/odoo",
            code.replace("LEAST", str(least)),
            ready="odoo.isReady === true",
            login=login,
            timeout=PATIENCE,
        )

    def _foreign(self, lang):
        """Return the texts that nobody may see in a language."""
        if lang != "zh_CN":
            return []
        return [
            entry.msgid
            for entry in polib.pofile(str(PO))
            if entry.msgstr and entry.msgstr != entry.msgid
        ]

    def test_manager_in_chinese(self):
        self._walk("manager", self.full, "zh_CN", 60)

    def test_plain_user_in_english(self):
        self._walk("plain user", self.full, "en_US", 20)

    def test_salesperson_in_chinese(self):
        self._walk("salesperson", self.full, "zh_CN", 4)

    def test_agent_in_chinese(self):
        self._walk("agent", self.full, "zh_CN", 4)

    def test_manager_on_the_first_day_in_chinese(self):
        self._walk("manager", self.empty, "zh_CN", 60)

    def test_plain_user_on_the_first_day(self):
        self._walk("plain user", self.empty, "zh_CN", 20)

    def test_salesperson_on_the_first_day(self):
        self._walk("salesperson", self.empty, "zh_CN", 4)

    def test_agent_on_the_first_day(self):
        self._walk("agent", self.empty, "zh_CN", 4)
