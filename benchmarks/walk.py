"""Opens each menu's screen in Chromium, as a manager, and measures how long it takes.

``answer`` is the slowest answer of the server to what the screen asks, ``ready`` the
time until it has asked for nothing more and is drawn; against the plain list of
partners in the same walk.
"""

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from itertools import count
from statistics import median

import databases
import websocket

ROUNDS = 3
LOGIN = "walk"
PATIENCE = 300  # seconds
PLAIN = ("plain partner list", "base.action_partner_form")
# Opens an action, and waits until no question to the server has been open for a while.
OPEN = """
(async () => {
    const {rpcBus} = odoo.loader.modules.get("@web/core/network/rpc");
    const {action} = odoo.__WOWL_DEBUG__.root.env.services;
    const open = new Map(), answers = [];
    let last = performance.now();
    const ask = ({detail}) => open.set(detail.data.id, performance.now());
    const told = ({detail}) => {
        last = performance.now();
        if (!open.has(detail.data.id)) {
            return; // asked by the screen before
        }
        const {method, model} = detail.data.params || {};
        answers.push([last - open.get(detail.data.id), `${model}.${method}`]);
        open.delete(detail.data.id);
    };
    rpcBus.addEventListener("RPC:REQUEST", ask);
    rpcBus.addEventListener("RPC:RESPONSE", told);
    const start = last = performance.now();
    let error = null;
    try {
        await action.doAction(ACTION, {clearBreadcrumbs: true});
    } catch (caught) {
        error = String(caught.message || caught);
    }
    last = Math.max(last, performance.now());
    while (open.size || performance.now() - last < 250) {
        await new Promise((next) => setTimeout(next, 25));
    }
    const drawn = () => new Promise((next) => requestAnimationFrame(next));
    await drawn();
    rpcBus.removeEventListener("RPC:REQUEST", ask);
    rpcBus.removeEventListener("RPC:RESPONSE", told);
    answers.sort((one, other) => other[0] - one[0]);
    return {answers: answers.slice(0, 1), ready: last - start, error};
})()
"""


def walk(db, rounds=ROUNDS):
    """Return {"history": month ends, "screens": [(name, what, answer, ready, error)]}.

    The plain list comes first; seconds.
    """
    password = secrets.token_urlsafe()
    with databases.environment(db) as env:
        history = _fill(env)
        screens = _screens(env, password)
        env.cr.commit()
    with server(db) as port, _browser(port) as page:
        page.log_in(password)
        rows = [(name, *_measured(page, action, rounds)) for name, action in screens]
    return {"history": history, "screens": rows}


def _fill(env):
    """Work off the runs of today and of the months before; return how many months.

    Then make what whoever worked them off would make: sums, and findings about data.
    """
    runs = env["crm.value.run"]
    waiting = [("state", "in", ("queued", "running"))]
    while run := runs.search(waiting, order="as_of DESC, id", limit=1):
        if run._begin():
            run._perform()
            run._follow_up()
        env.cr.commit()
    env["crm.value.month.kept"]._cron_keep()
    env["crm.value.quality"]._check(env["res.company"].browse(databases.COMPANY))
    env.cr.commit()
    ends = [("state", "=", "done"), ("is_past", "=", True)]
    return len(set(runs.search(ends).mapped("as_of")))


def _screens(env, password):
    """Make the user; return (path of menus, action) of what it can open."""
    user = env["res.users"].search([("login", "=", LOGIN)])
    user = user or env["res.users"].create({"name": LOGIN, "login": LOGIN})
    groups = ("base.group_user", "crm_value.group_manager")
    user.write(
        {
            "password": password,
            "group_ids": [(4, env.ref(name).id) for name in groups],
        }
    )
    root = env.ref("crm_value.menu_root")
    menus = env["ir.ui.menu"].with_user(user)
    ids = menus._visible_menu_ids()
    own = menus.search([("id", "child_of", root.id), ("action", "!=", False)]).sudo()
    found = [PLAIN[:1] + (env.ref(PLAIN[1]).id,)]
    for menu in own.filtered(lambda menu: menu.id in ids):
        if menu.action.type in ("ir.actions.act_window", "ir.actions.client"):
            found.append((menu.complete_name.partition("/")[2], menu.action.id))
    return found


def _measured(page, action, rounds):
    """Return what was asked longest, and medians of its answer and of ready."""
    found = [page.run(OPEN.replace("ACTION", str(action))) for _round in range(rounds)]
    slowest = [one["answers"][0] if one["answers"] else [0.0, ""] for one in found]
    errors = [one["error"] for one in found if one["error"]]
    return (
        max(slowest)[1],
        median(answer for answer, _what in slowest) / 1000,
        median(one["ready"] for one in found) / 1000,
        errors[0] if errors else "",
    )


@contextlib.contextmanager
def server(db):
    """Run Odoo for one database on a free port of this machine."""
    port = _free_port()
    options = f"-c {os.environ['ODOO_RC']} -d {db} --http-port {port}"
    options += " --http-interface 127.0.0.1 --max-cron-threads 0 --log-level critical"
    server = subprocess.Popen([sys.executable, "-m", "odoo", *options.split()])
    try:
        _wait_for(f"http://127.0.0.1:{port}/web/login?db={db}")
        yield port
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)


@contextlib.contextmanager
def _browser(port):
    """Run Chromium; yields its page."""
    tools = _free_port()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        options = f"--headless --no-sandbox --disable-gpu --user-data-dir={folder}"
        options += f" --remote-debugging-port={tools} --remote-allow-origins=*"
        options += " --window-size=1366,768 about:blank"
        chromium = subprocess.Popen(
            ["chromium", *options.split()],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            tabs = json.load(_wait_for(f"http://127.0.0.1:{tools}/json"))
            [tab] = [tab for tab in tabs if tab["type"] == "page"][:1]
            yield Page(tab["webSocketDebuggerUrl"], f"http://127.0.0.1:{port}")
        finally:
            chromium.kill()
            chromium.wait()


def _free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _wait_for(url):
    for _second in range(PATIENCE):
        with contextlib.suppress(OSError):
            return urllib.request.urlopen(url, timeout=PATIENCE)
        time.sleep(1)
    raise TimeoutError(url)


class Page:
    """A page of Chromium, spoken to by its developer tools."""

    def __init__(self, address, base):
        self._socket = websocket.create_connection(address, timeout=PATIENCE)
        self._numbers, self._base = count(1), base

    def call(self, method, **params):
        """Return what one command of the developer tools gives."""
        number = next(self._numbers)
        self._socket.send(
            json.dumps({"id": number, "method": method, "params": params})
        )
        while (told := json.loads(self._socket.recv())).get("id") != number:
            pass
        return told["result"]

    def run(self, script):
        """Return what a script gives, or its promise."""
        told = self.call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in told:
            raise RuntimeError(told["exceptionDetails"]["exception"]["description"])
        return told["result"].get("value")

    def wait(self, condition):
        """Wait until an expression is true."""
        for _second in range(PATIENCE):
            with contextlib.suppress(RuntimeError):
                if self.run(f"Boolean({condition})"):
                    return
            time.sleep(1)
        raise TimeoutError(condition)

    def log_in(self, password):
        """Open Odoo's client as the user of the walk."""
        self.call("Page.enable")
        self.call("Page.navigate", url=f"{self._base}/web/login")
        self.wait("document.querySelector('form.oe_login_form #password')")
        fields = {"login": LOGIN, "password": password}
        for name, value in fields.items():
            self.run(f"document.querySelector('#{name}').value = {json.dumps(value)}")
        self.run("document.querySelector('form.oe_login_form').submit()")
        self.wait(
            "window.odoo?.__WOWL_DEBUG__?.root.env.services.action.currentController"
        )


def rows(results):
    """Yield the lines of the report: name, seconds, ratio to the plain list."""
    screens = results["screens"]["screens"]
    (_plain, _what, answer, ready, _error), *_rest = screens
    for name, what, slowest, seconds, error in screens:
        said = f"answer {slowest:.2f} s, ready {seconds:.2f} s ({what})"
        ratio = f"{slowest / answer:.1f}, {seconds / ready:.1f}"
        yield f"screen: {name}", f"**{error}**" if error else said, ratio


if __name__ == "__main__":
    found = {"screens": walk(sys.argv[1])}
    print(f"{found['screens']['history']} month ends")
    for line in rows(found):
        print(" | ".join(line))
