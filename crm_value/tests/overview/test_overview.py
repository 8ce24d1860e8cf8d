import json
import re
from unittest.mock import patch

from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from ...report.worklist.crm_value_section_worklist import DUE
from ..common import TODAY, ValueCommon

ENDS = ("2026-04-30", "2026-05-31")
OVERVIEW = "crm.value.overview"


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestOverview(ValueCommon):
    """What the overview says, to whom, and what its marks open."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._user("overview_seller", "sales_team.group_sale_salesman")
        cls.manager = cls._user("overview_manager", "crm_value.group_manager")
        cls.plain = cls._user("overview_plain", "crm_value.group_user")
        cls.fading = [cls._fading(f"Fading {at}") for at in range(3)]
        cls.fading[0].user_id = cls.seller
        cls.newcomer = cls._customer("Newcomer", email="new@example.com")
        cls._purchases(cls.newcomer, (50.0, 3))
        for day in ENDS:
            cls._score(as_of=day)
        run = cls._score()
        cls.env["crm.value.quality"]._check(cls.company, run)

    @classmethod
    def _user(cls, login, group):
        return new_test_user(
            cls.env,
            login=login,
            groups=f"base.group_user,{group}",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
        )

    @classmethod
    def _fading(cls, name):
        """Return a customer who bought each month and then stopped."""
        customer = cls._customer(name)
        cls._purchases(customer, *((100.0, 70 + 30 * at) for at in range(14)))
        return customer

    def _head(self, user, **asked):
        return self.env[OVERVIEW].with_user(user).get_overview(**asked)

    def _parts(self, user, **asked):
        """Return {name: what it says} of the parts that say something."""
        overview = self.env[OVERVIEW].with_user(user)
        names = overview.get_overview(**asked)["parts"]
        told = {name.split(".")[-1]: overview.get_part(name, **asked) for name in names}
        return {name: part for name, part in told.items() if part}

    def _opens(self, part):
        """Yield (text, rows) of each mark of a part that opens rows."""
        for tile in part.get("tiles", ()):
            yield tile["text"], tile["opens"]
        for chart in part.get("charts", ()):
            for series in chart["series"]:
                yield from zip(series["texts"], series["opens"], strict=True)

    def test_worth_comes_first_and_what_blurs_it_last(self):
        names = list(self._parts(self.manager))
        self.assertEqual(names[:2], ["equity", "lifecycle"])
        self.assertLess(names.index("risk"), names.index("worklist"))
        self.assertEqual(names[-1], "quality")

    def test_sums_of_all_profiles_are_read_from_an_index(self):
        """Profiles are wide: to read a few columns of each from them takes long."""
        definition = SQL(
            "SELECT pg_get_indexdef('crm_value_profile_best_idx'::regclass)"
        )
        [[index]] = self.env.execute_query(definition)
        asked = []
        execute = type(self.env.cr).execute

        def noted(cursor, query, *args, **kwargs):
            asked.append(str(getattr(query, "code", query)))
            return execute(cursor, query, *args, **kwargs)

        overview = self.env[OVERVIEW].with_user(self.manager)
        overview.get_overview()
        self.env.invalidate_all()
        with patch.object(type(self.env.cr), "execute", noted):
            for part in ("equity", "service"):
                overview.get_part(f"crm.value.section.{part}")
        sums = [q for q in asked if "COUNT(*)" in q or "SUM(" in q]
        sums = [q for q in sums if 'FROM "crm_value_profile"' in q]
        read = set(re.findall(r'"crm_value_profile"\."(\w+)"', " ".join(sums)))
        self.assertGreaterEqual(read, {"clv", "relation", "ticket_count"})
        self.assertFalse(read - set(re.findall(r"\w+", index)))

    def test_plain_user_is_told_no_money(self):
        parts = self._parts(self.plain)
        self.assertNotIn("equity", parts)
        self.assertEqual(next(iter(parts)), "lifecycle")
        told = json.dumps(parts, default=str)
        self.assertNotIn(self.company.currency_id.symbol, told)
        run = self.env["crm.value.run"]._current(self.company)
        run.fit_id.confidence = "low"  # else there are too few to say any
        self.assertIn(
            self.company.currency_id.symbol,
            json.dumps(self._parts(self.manager), default=str),
        )

    def test_whoever_may_not_read_values_is_refused(self):
        stranger = self._user("overview_stranger", "base.group_partner_manager")
        with self.assertRaises(AccessError):
            self._head(stranger)
        with self.assertRaises(AccessError):
            self.env[OVERVIEW].with_user(stranger).get_part("crm.value.section.risk")

    def test_part_that_is_not_ones_own_says_nothing(self):
        overview = self.env[OVERVIEW].with_user(self.plain)
        self.assertIsNone(overview.get_part("crm.value.section.equity"))
        for name in ("res.users", None, {"a": 1}, [[]], -1):
            self.assertIsNone(overview.get_part(name, name, name))

    def test_every_mark_opens_as_many_rows_as_it_counts(self):
        counted = 0
        for user in (self.plain, self.manager):
            for part in self._parts(user).values():
                for text, opens in self._opens(part):
                    if not opens or not text.isdigit():
                        continue
                    model = self.env[opens["model"]].with_user(user)
                    found = model.search_count(opens["domain"])
                    self.assertEqual(found, int(text), opens["title"])
                    counted += 1
        self.assertGreater(counted, 8)

    def _behind(self, user, opens):
        """Return how many rows a link opens: of its domain, or a screen's filters."""
        if "action" not in opens:
            return (
                self.env[opens["model"]].with_user(user).search_count(opens["domain"])
            )
        action = self.env.ref(opens["action"])
        found = Domain(safe_eval(action.domain))
        context = {**safe_eval(action.context), **opens["context"]}
        view = etree.fromstring(action.search_view_id.arch)
        for node in view.iter("filter"):
            if context.get(f"search_default_{node.get('name')}") and node.get("domain"):
                found &= Domain(safe_eval(node.get("domain"), {"uid": user.id}))
        found &= Domain("company_id", "=", self.company.id)
        return self.env[action.res_model].with_user(user).search_count(found)

    def test_every_link_opens_as_many_rows_as_it_says(self):
        counted = set()
        for user in (self.seller, self.plain, self.manager):
            for part in self._parts(user).values():
                for link in part.get("links", ()):
                    name, _colon, number = link["label"].rpartition(": ")
                    if number.isdigit():
                        found = self._behind(user, link["opens"])
                        self.assertEqual(
                            found, int(number), (user.login, link["label"])
                        )
                        counted.add(name)
        self.assertLessEqual({"Retain", "All at Risk"}, counted)

    def test_more_are_due_than_the_day_has_room_for(self):
        self._policy(day_cap=1)
        told = self._parts(self.plain)["worklist"]
        due = self.env["crm.value.profile"].search_count(
            [("company_id", "=", self.company.id), *DUE]
        )
        cells = (told["answer"], told["notes"][-1], told["links"][-1]["label"])
        self.assertIn("2 customers", cells[0])  # the seller's one, and nobody's one
        self.assertIn(f"{due - 2} customer", cells[1])
        self.assertEqual(cells[2], f"All Who Are Due: {due}")

    def test_who_is_lost_is_told_with_what_it_brought(self):
        gone = self._customer("Gone")
        self._purchases(gone, *((100.0, 330 - at) for at in range(10)))
        self._score()
        profile = self._profile(gone)
        self.assertEqual(profile.relation, "lost")
        told = self._parts(self.manager)["risk"]
        note = next(note for note in told["notes"] if "lost" in note.lower())
        self.assertIn("Gone the most", note)
        labels = {link["label"] for link in told["links"]}
        self.assertIn("Lost, Bought in the Window: 1", labels)
        self.assertIn("All Lost: 1", labels)
        plain = self._parts(self.plain)["risk"]["notes"]
        self.assertTrue(any(note.startswith("Lost") for note in plain))
        self.assertNotIn(self.company.currency_id.symbol, str(plain))

    def test_bridge_leads_from_opening_to_closing(self):
        equity = self.env["crm.value.equity"].get_statement()
        part = self.env["crm.value.section.equity"]
        month = {"date_to": TODAY, "is_open": True}
        chart = part._bridge(equity["months"][-1], month, equity["labels"])
        bars = chart["series"][0]["values"]
        for before, after in zip(bars[1:-2], bars[2:-1], strict=True):
            self.assertAlmostEqual(before[1], after[0])
        self.assertAlmostEqual(bars[0][1], bars[1][0])
        self.assertAlmostEqual(bars[-2][1], bars[-1][1], 1)

    def test_change_is_told_by_new_customers_those_of_before_and_in_all(self):
        part = self.env["crm.value.section.equity"]
        found = dict(opening=100.0, new=6.0, grown=9.0, shrunk=7.0, lost=1.0)
        found |= {"closing": 102.0, "re_estimated": -5.0, "own_change": 0.07}
        told = part._say_whose(found)
        for share in ("+6.0%", "+1.0%", "+2.0%"):
            self.assertIn(share, told)
        self.assertFalse(part._say_whose({**found, "opening": 0.0}))

    def test_past_month_tells_nothing_of_today(self):
        now = self._parts(self.manager)
        then = self._parts(self.manager, month=ENDS[1])
        self.assertLessEqual({"risk", "worklist", "quality"}, set(now))
        self.assertFalse({"risk", "worklist", "quality"} & set(then))
        self.assertIn("lifecycle", then)

    def test_newcomer_is_new_this_month_only(self):
        def new(parts):
            return next(t for t in parts["lifecycle"]["tiles"] if t["label"] == "New")

        self.assertEqual(new(self._parts(self.plain))["text"], "1")
        self.assertEqual(new(self._parts(self.plain, month=ENDS[1]))["text"], "0")

    def test_nobody_s_salesperson_gets_everybody_s(self):
        own = self._parts(self.seller)["worklist"]["lines"]
        self.assertEqual([line["name"] for line in own], ["Fading 0"])
        every = self._parts(self.plain)["worklist"]["lines"]
        self.assertEqual(
            {line["name"] for line in every}, {"Fading 0", "Fading 1", "Fading 2"}
        )

    def test_list_of_today_shows_whom_the_overview_shows(self):
        profiles = self.env["crm.value.profile"]
        own = profiles.with_user(self.seller).action_open_today()
        every = profiles.with_user(self.plain).action_open_today()
        self.assertIn("search_default_mine", own["context"])
        self.assertNotIn("search_default_mine", every["context"])
        self.assertEqual(every["name"], "All Customers Today")
        for name in ("retain", "develop"):
            own = profiles.with_user(self.seller)._open_worklist(name)
            every = profiles.with_user(self.plain)._open_worklist(name)
            self.assertTrue(own["context"]["search_default_mine"])
            self.assertNotIn("search_default_mine", every["context"])

    def test_who_is_done_is_not_due_any_more(self):
        [line] = self._parts(self.seller)["worklist"]["lines"]
        profile = self.env["crm.value.profile"].with_user(self.seller)
        profile.browse(line["id"])._done()
        told = self._parts(self.seller)["worklist"]
        self.assertFalse(told["lines"])
        self.assertEqual(told["answer"], "None of your customers is due today")

    def test_whose_turn_it_is_is_found_once_and_said_alike_of_very_many(self):
        section = "odoo.addons.crm_value.report.worklist.crm_value_section_worklist"
        few = self._parts(self.plain)["worklist"]
        self.assertTrue(few["lines"])
        with patch(f"{section}.MOST", 1), patch(f"{section}.TOLD", 1):
            many = self._parts(self.plain)["worklist"]
        self.assertEqual(many["lines"], few["lines"][:1])
        self.assertEqual({**many, "lines": few["lines"]}, few)
        profiles, asked = self.env["crm.value.profile"], []
        turns = type(profiles)._first_turns

        def noted(model, *args):
            asked.append(args)
            return turns(model, *args)

        with patch.object(type(profiles), "_first_turns", noted):
            self._parts(self.plain)
        self.assertEqual(len(asked), 1)

    def test_at_risk_are_named_with_the_reason(self):
        part = self._parts(self.plain)["risk"]
        self.assertEqual(part["answer"], "3 customers are at risk")
        self.assertTrue(all(line["why"] for line in part["lines"]))

    def test_who_has_been_acted_on_stands_last_with_what_was_done(self):
        lines = self._parts(self.plain)["risk"]["lines"]
        profile = self.env["crm.value.profile"].browse(lines[0]["id"])
        profile.with_user(self.seller)._done(outcome="missed")
        after = self._parts(self.plain)["risk"]["lines"]
        self.assertEqual(
            [line["id"] for line in after],
            [*(line["id"] for line in lines[1:]), lines[0]["id"]],
        )
        self.assertIn(f"Done by {self.seller.name} on", after[-1]["why"])

    def test_first_month_says_who_is_where(self):
        first = self.env["crm.value.overview"].with_user(self.plain)
        [end] = first._ends()[-1:]
        month = {**first._month([end], None), "is_latest": True}
        told = self.env["crm.value.section.lifecycle"].with_user(self.plain)
        part = told._told(month)
        self.assertEqual(part["question"], "Who is where?")
        self.assertEqual(sum(int(tile["text"]) for tile in part["tiles"]), 4)

    def test_company_whose_customers_are_all_lost_says_so(self):
        self.env["crm.value.profile"].search(self._of_company()).relation = "lost"
        parts = self._parts(self.manager)
        said = "All customers are lost: the last purchase was on 06/12/2026."
        self.assertIn(said, parts["equity"]["notes"])
        self.assertNotIn(said, parts["lifecycle"]["notes"], "once is enough")
        self.assertIn(said, self._parts(self.plain)["lifecycle"]["notes"])

    def _of_company(self):
        return [("company_id", "=", self.company.id)]

    def test_worth_names_its_horizon_and_few_are_not_told_twice(self):
        statement = self.env["crm.value.equity"].with_user(self.manager)
        found = statement.get_statement()
        self.assertEqual(found["months"][-1]["horizon_months"], 12)
        self.assertTrue(found["too_few"])
        part = self._parts(self.manager)["equity"]
        self.assertIn("too few customers", part["answer"])
        self.assertFalse(part["notes"])

    def test_missing_addresses_are_told_with_their_customers(self):
        [tile] = [
            tile
            for tile in self._parts(self.plain)["quality"]["tiles"]
            if tile["label"] == "Neither mail address nor phone"
        ]
        self.assertEqual(tile["text"], "3")

    def test_costs_that_are_missing_are_told_to_officers_only(self):
        told = {
            user: next(
                tile
                for tile in self._parts(user)["quality"]["tiles"]
                if tile["label"] == "Imported purchases without a margin"
            )
            for user in (self.plain, self.manager)
        }
        self.assertEqual(told[self.manager]["text"], "100.0%")
        self.assertTrue(told[self.manager]["opens"])
        self.assertEqual(told[self.plain]["text"], "31")
        self.assertFalse(told[self.plain]["opens"])

    def test_few_customers_are_said_to_be_few(self):
        head = self._head(self.plain)
        self.assertEqual((head["customers"], head["few"]), (4, 50))

    def test_without_customers_there_is_no_part(self):
        empty = self._create_company("Company Without Customers", self.usd)
        self.manager.company_ids += empty
        overview = self.env[OVERVIEW].with_user(self.manager)
        overview = overview.with_context(allowed_company_ids=[empty.id])
        head = overview.get_overview()
        self.assertEqual((head["customers"], head["parts"]), (0, []))
        self.assertFalse(head["ends"])
        self.assertIsNone(overview.get_part("crm.value.section.risk"))

    def test_company_of_others_is_not_told(self):
        other = self._create_company("Other Company", self.usd)
        head = self._head(self.plain, company_id=other.id)
        self.assertEqual(head["company_id"], self.company.id)

    def test_work_does_not_grow_with_the_customers(self):
        def queries():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._parts(self.manager)
            return self.env.cr.sql_log_count - before

        counts = []
        for size in (6, 18):  # more than are named, both times
            for at in range(size):
                self._fading(f"More {size} {at}")
            self._score()
            queries()
            counts.append(queries())
        self.assertEqual(*counts)
