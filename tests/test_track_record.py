"""The track record of a file: counted by hand, and blind to what comes later."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[1]
BENCHMARKS = ROOT / "benchmarks"
CDNOW = ROOT / "crm_value" / "tests" / "data" / "cdnow" / "CDNOW_sample.txt"
SCORES = set(
    """coverage coverage_one_time coverage_repeat rmse_purchases rmse_purchases_naive
    rmse_money rmse_money_naive bias_purchases bias_money risk_auc risk_auc_days
    risk_auc_count risk_brier risk_brier_no_purchase lost_back_90
    decline_back_90""".split()
)
TINY = """\
Date,Customer,note,AMOUNT
2024-01-01 10:00,a,first,10
2024-01-01,a,again,5
2024-02-10,a,,20
2024-03-10,a,,30
2024-01-05,b,,8
2024-01-05,b,credit note,-8
2024-01-20,b,,8
2024-02-20,,nobody,99
2024-03-15,c,came later,7
2024-03-31,a,,1
"""


@pytest.fixture(scope="module")
def of():
    """Return what reads and judges, and take their folder off the path again."""
    sys.path.insert(0, str(BENCHMARKS))
    import companies
    import purchase_files
    import track_record

    yield {
        "companies": companies,
        "files": purchase_files,
        "record": track_record,
    }
    sys.path.remove(str(BENCHMARKS))


def file(folder, text, name="sales.csv"):
    path = folder / name
    path.write_text(text)
    return path


def command(*arguments):
    return subprocess.run(
        [sys.executable, str(BENCHMARKS / "track.py"), *map(str, arguments)],
        capture_output=True,
        text=True,
    )


# --- reading ---


def test_file_is_read_by_names_of_columns(of, tmp_path):
    customer, day, amount = of["files"].read(file(tmp_path, TINY))
    assert np.bincount(customer).tolist() == [5, 3, 1]
    assert day.min() == of["files"]._day("2024-01-01", None)
    assert amount.sum() == 81


def test_packed_file_and_other_separators_read_alike(of, tmp_path):
    plain = of["files"].read(file(tmp_path, TINY))
    packed = tmp_path / "sales.csv.gz"
    packed.write_bytes(gzip.compress(TINY.replace(",", ";").encode()))
    for one, other in zip(plain, of["files"].read(packed), strict=True):
        assert (one == other).all()


WRITTEN = (
    "Amount,Note,Order Date,Customer ID\n12.5,x,2024-03-14 8:26,b\n-1234,,20240315,a\n",
    "customer_id;InvoiceDate;Total\nb;14.03.2024;12,50\na;15.03.2024;-1.234,00\n",
    'client|day|revenue\n"b"|3/14/2024 08:26|$12.50\na|3/15/2024|"(1,234.00)"\n',
    "user\ttimestamp\tvalue\nb\t2024-03-14T08:26:00Z\t12.5\na\t20240315\t-1234\n",
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("text", WRITTEN)
def test_dates_and_amounts_are_read_as_they_are_usually_written(
    of, tmp_path, text, encoding
):
    path = tmp_path / "sales.csv"
    path.write_text(text, encoding=encoding)
    customer, day, amount = of["files"].read(path)
    assert customer.tolist() == [1, 0] and amount.tolist() == [12.5, -1234]
    assert day.tolist() == [of["files"]._day(f"2024-03-{d}", None) for d in (14, 15)]


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ("a,2024-01-01,5\n", "of one day"),
        ("a,2024-01-01,-5\nb,2024-03-01,-7\n", "nobody bought"),
        ("a,2024-01-01,0\nb,2024-03-01,0\n", "nobody bought"),
    ],
)
def test_file_with_nothing_to_judge_says_so(tmp_path, lines, complaint):
    path = file(tmp_path, "customer,date,amount\n" + lines)
    for options, code in (((), 1), (("--json",), 0)):
        done = command(*options, path)
        assert done.returncode == code and complaint in done.stderr
        assert len(done.stderr.splitlines()) == 1
    unknown = dict.fromkeys(SCORES)
    assert json.loads(done.stdout) == {"cuts": [], "pooled": unknown}


def test_date_far_from_all_others_makes_no_thousand_cutoffs(of):
    ends = of["record"].month_ends(0, 365 * 900)
    assert 0 < len(ends) <= of["record"].MANY


def test_layout_of_cdnow_is_read(of):
    customer, day, amount = of["files"].read(CDNOW)
    assert (np.unique(customer).size, customer.size) == (2_357, 6_919)
    assert day.min() == of["files"]._day("19970101", None)
    assert amount[:2].tolist() == [29.33, 29.73]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("customer,amount\na,1\n", "no column date"),
        ("who,date,amount\na,2024-01-01,1\n", "no column customer"),
        ("customer,date,amount\na,yesterday,1\n", "data line 1"),
        ("customer,date,amount\na,2024-01-01,much\n", "data line 1"),
        ("customer,date,amount\na,2024-01-01,nan\n", "no amount"),
        ("customer,date,amount\na,2024-01-01\n", "data line 1"),
        ("customer,date,amount\n", "no line with a customer"),
        ("customer,date,amount\na,2024-02-30,5\n", "2024-02-30"),
        ("customer,date,amount\na,1/2/2024,5\n", "a day of two months"),
        ("customer,date,amount\na,2024-01-01,\n", "an empty cell is no amount"),
        ("", "no column"),
    ],
)
def test_unreadable_file_is_named_with_its_fault(of, tmp_path, text, complaint):
    path = file(tmp_path, text)
    with pytest.raises(of["files"].Unreadable) as told:
        of["files"].read(path)
    assert str(path) in str(told.value) and complaint in str(told.value)


def test_missing_file_is_named():
    done = command("nowhere.csv")
    assert done.returncode == 1
    assert "nowhere.csv" in done.stderr and "Traceback" not in done.stderr


def test_columns_that_are_not_read_may_be_written_as_they_like(of, tmp_path):
    path = tmp_path / "latin.csv"
    path.write_bytes(
        "customer,date,amount,city\na,2024-01-01,5,Köln\n".encode("latin1")
    )
    assert of["files"].read(path)[2].tolist() == [5]


# --- judging ---


@pytest.mark.parametrize(
    "lines",
    [
        "a,2024-01-01,5\na,2024-01-02,-7\n",
        "a,2024-01-01,5\na,2024-01-02,5\nb,2024-01-02,1000000\n",
        "a,2024-01-01,0\nb,2024-08-01,5\nc,2029-08-01,5\n",
    ],
)
def test_little_is_judged_without_a_fault(tmp_path, lines):
    path = file(tmp_path, "customer,date,amount\n" + lines)
    for options in ((), ("--json",)):
        done = command(*options, path)
        assert (done.returncode, done.stderr) == (0, "")
    assert set(json.loads(done.stdout)["pooled"]) == SCORES


def test_plain_data_has_the_scores_that_are_promised(tmp_path):
    done = command("--json", file(tmp_path, TINY))
    found = json.loads(done.stdout)
    assert set(found) == {"cuts", "pooled"}
    assert set(found["pooled"]) == SCORES
    for cut in found["cuts"]:
        assert set(cut) == SCORES | {"cutoff", "days", "customers"}


def test_tiny_file_is_what_hands_count(of, tmp_path):
    # From 1 January to 31 March: at the end of February 31 days are left. Known are a
    # (1 Jan, 10 Feb) and b (20 Jan); a buys twice more for 31, b no more, c is new. In
    # the 31 days before, from 30 January on, a bought once for 20, b not at all.
    cuts = of["record"].roll(*of["files"].read(file(tmp_path, TINY)))
    found = {c["cutoff"]: c for c in of["record"].record(cuts)["cuts"]}["2024-02-29"]
    assert (found["days"], found["customers"]) == (31, 2)
    assert found["rmse_purchases_naive"] == pytest.approx(np.sqrt(1 / 2))
    assert found["rmse_money_naive"] == pytest.approx(np.sqrt(11**2 / 2))
    look = cuts[-1].look
    assert look.bought.tolist() == [2, 0] and look.paid.tolist() == [31, 0]
    assert look.repeat.tolist() == [True, False]
    error = look.purchases - [2, 0]
    assert found["rmse_purchases"] == pytest.approx(np.sqrt((error**2).mean()))
    assert found["bias_money"] == pytest.approx(look.money.sum() / 31 - 1)


def test_season_stands_for_customers_of_a_year_ago(of):
    track = of["record"].track
    day = np.array([0, 35, 38, 300, 380])
    customer = np.array([0, 0, 0, 0, 1])
    order = (
        of["record"]
        .days_until(customer, day, np.ones(5), 400, of["record"].RULES)
        .occasions()
    )
    history = track.histories.until(order, 395, 30)
    last, season = track.naive_rules(order, history, 30)[0]
    assert last.tolist() == [0, 1]
    assert season.tolist() == [2, 1]  # days 31 to 60; who is new has no year ago


@pytest.fixture(scope="module")
def history(of):
    company = of["companies"].Company("bg", customers=150, days=450, sd=0.8)
    return of["companies"].simulate(company)


@pytest.fixture(scope="module")
def found(of, history):
    return of["record"].roll(*history, every=4)


def said(cut):
    """Return all that was said at a cutoff, and nothing that came."""
    look, tried = cut.look, cut.tried
    parts = [look.purchases, look.money, look.none, look.alive, look.naive]
    return parts + [tried.risk, tried.recency, tried.none] if tried else parts


def test_order_of_lines_does_not_matter(of, history, found):
    mixed = np.random.default_rng(3).permutation(history[0].size)
    again = of["record"].roll(*(column[mixed] for column in history), every=4)
    # A sum in another order may differ in its last digit, and a search by that.
    for one, other in zip(found, again, strict=True):
        for name in ("bought", "paid", "inside", "purchases", "money"):
            numbers = (getattr(cut.look, name) for cut in (one, other))
            np.testing.assert_allclose(*numbers, rtol=1e-5, atol=1e-9)


def test_nothing_after_a_cutoff_is_known_to_it(of, history, found):
    customer, day, amount = history
    cut = found[1].day
    rng = np.random.default_rng(5)
    later = day > cut
    later[np.argmax(day)] = False  # the last day says where the cutoffs lie
    kept = ~later | (rng.random(day.size) < 0.5)
    changed = amount * np.where(later, rng.uniform(0.1, 9, day.size), 1)
    again = of["record"].roll(customer[kept], day[kept], changed[kept], every=4)
    assert [c.day for c in again] == [c.day for c in found]
    assert found[1].tried  # or nothing would be said of the risk
    for one, other in zip(found[:2], again[:2], strict=True):
        assert one.shares == other.shares and one.moved == other.moved
        for before, after in zip(said(one), said(other), strict=True):
            np.testing.assert_array_equal(before, after)
    assert (found[1].look.paid.sum()) != (again[1].look.paid.sum())


def test_who_leaves_in_time_is_not_known_to_the_risk(of, history, found):
    assert any(cut.tried for cut in found)
    for cut in found:
        if cut.tried:
            assert not np.isnan(cut.tried.none).any()
            assert set(np.unique(cut.tried.left)) <= {0.0, 1.0}


def test_known_distribution_lies_inside_as_often_as_it_says(of):
    from analytics.statistics.interval import Outlook

    rng, size = np.random.default_rng(11), 40_000
    none, shape = rng.uniform(0.0, 0.99, size), rng.uniform(0.3, 5, size)
    mean = rng.uniform(1, 9, size)
    ahead = Outlook(none, mean, shape)
    money = np.where(
        rng.random(size) < none, 0.0, rng.gamma(shape, mean / (1 - none) / shape)
    )
    track = of["record"].track
    for level in (0.5, 0.8, 0.95):
        inside = track.inside(ahead, money, level)
        for group in (none < 0.1, (none > 0.1) & (none < level), none > level):
            assert inside[group].mean() == pytest.approx(level, abs=0.015)


WORLDS = """steady bg pareto contracts seasonal groceries subscriptions closed orders
    marketplace growth unseen projects""".split()


@pytest.mark.parametrize("world", WORLDS)
def test_companies_are_drawn_alike_from_a_seed(of, world):
    companies = of["companies"]
    company = companies.Company(world, customers=40, days=400)
    one, other = companies.simulate(company), companies.simulate(company)
    for first, second in zip(one, other, strict=True):
        assert (first == second).all()
    third = companies.simulate(companies.again(company, 20))
    assert third[0].size != one[0].size or (third[2] != one[2]).any()
    some = set(one[0])  # of customers whose life began before the file some have ended
    assert (some < set(range(40)) if world == "unseen" else some == set(range(40)))
    assert (one[2] > 0).all() and one[1].min() >= companies.FIRST
    assert one[1].max() < companies.FIRST + 400
    assert set(companies.WORLDS) == set(WORLDS)


def test_steady_buyers_never_leave_and_contracts_are_monthly(of):
    companies = of["companies"]
    customer, day, _money = companies.simulate(companies.Company("steady"))
    last = np.zeros(1_000)
    np.maximum.at(last, customer, day)
    assert (companies.FIRST + 730 - last > 180).mean() < 0.03
    customer, day, money = companies.simulate(companies.Company("contracts", sd=0.0))
    same = customer[1:] == customer[:-1]
    assert set(np.diff(day)[same]) == {30, 31}
    assert (np.diff(money)[same] == 0).all()
