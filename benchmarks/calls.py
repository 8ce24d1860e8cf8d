"""How long a telephone system waits for an answer: look-ups over HTTP, many at once.

Beside the health route of the same server in the same run, which does nothing: what is
above that is ours.
"""

import http.client
import json
import random
import sys
from concurrent.futures import ThreadPoolExecutor
from statistics import median, quantiles
from time import perf_counter

import databases
import walk

PARALLEL = 20
REQUESTS = 1000  # of each route in each round
ROUNDS = 5
HEALTH = "/web/health"
LOOK_UP = "/crm_value/calls/v1/lookup"
FIRST = 13_000_000_000  # of the numbers, in China
# Every partner gets a number of its own, in one statement.
NUMBERS = f"""
UPDATE res_partner SET phone = ({FIRST} + id)::text,
       phone_sanitized = '+86' || ({FIRST} + id)::text
"""
HOLDERS = f"""
SELECT id FROM res_partner
 WHERE active AND (company_id IS NULL OR company_id = {databases.COMPANY})
"""


def measure(db, rounds=ROUNDS):
    """Return {"partners", "found", "health", "lookup"}: counts, and p50 and p95 in ms.

    The times are lists with one pair (p50, p95) a round.
    """
    key, ids = _prepare(db)
    draw = random.Random(19)
    results = {"partners": len(ids), "found": 0, "health": [], "lookup": []}
    with walk.server(db) as port:
        for round_ in range(rounds + 1):
            numbers = [str(FIRST + draw.choice(ids)) for _one in range(REQUESTS)]
            health = _times(port, [("GET", HEALTH, None)] * REQUESTS, {})
            asked = [("POST", LOOK_UP, json.dumps({"number": n})) for n in numbers]
            found = _times(port, asked, _headers(key))
            if round_:  # the first one warms up
                results["health"].append(_percentiles(health))
                results["lookup"].append(_percentiles(found))
                results["found"] += sum(b'"one"' in body for _ms, body in found)
    return results


def _prepare(db):
    """Give partners their numbers, and make a telephone system; return key and ids."""
    databases.execute(db, NUMBERS, "ANALYZE")
    with databases.environment(db) as env:
        pbx = env["crm.value.pbx"].create(
            {
                "name": "Benchmark",
                "company_id": databases.COMPANY,
                "country_id": env.ref("base.cn").id,
                "user_id": env.ref("base.user_admin").id,
                "rate_limit": 10_000_000,
            }
        )
        key = pbx._make_key()
        env.cr.commit()
    rows = databases.execute(db, HOLDERS)
    return key, [number for (number,) in rows]


def _headers(key):
    return {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}


def _times(port, requests, headers):
    """Return (milliseconds, body) of each request, PARALLEL of them under way."""

    def ask(request):
        method, path, body = request
        start = perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        told = response.read()
        connection.close()
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status}")
        return 1000 * (perf_counter() - start), told

    with ThreadPoolExecutor(PARALLEL) as pool:
        return list(pool.map(ask, requests))


def _percentiles(found):
    times = [milliseconds for milliseconds, _body in found]
    return median(times), quantiles(times, n=20)[-1]


def rows(results):
    """Yield the lines of the report: name, milliseconds, ratio to the health route."""
    calls = results["calls"]
    below = None
    for name in ("health", "lookup"):
        middle, late = (median(column) for column in zip(*calls[name], strict=True))
        ratio = f"{late / below:.1f}" if below else "1"
        below = below or late
        yield (
            f"calls: {name}, {PARALLEL} at once, {calls['partners']:,} numbers",
            f"p50 {middle:.1f} ms, p95 {late:.1f} ms",
            ratio,
        )


if __name__ == "__main__":
    for line in rows({"calls": measure(sys.argv[1])}):
        print(" | ".join(line))
