"""What the many ordinary demo customers answer in surveys, drawn from a fixed seed.

All ages count back from the installation: nothing follows the calendar. Each customer
has a mood of its own, and is unhappy before it buys less. On top come a season of
late deliveries, a year ago, and higher prices for some months now. What one survey asks
for hangs together as in the American index (Fornell et al. 1996), so that its model
can be found again in the answers.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from ..core import characters
from . import voices

SEED = 1994
MONTHS = 18  # looked back on
QUARTERS, QUARTER = 6, 92  # of so many days: five quarters of the calendar are whole
A_QUARTER, A_MONTH, EVENTS = 61, 16, 150  # surveys answered
LEAVING = 1.6  # standard deviations: so much unhappier are those about to leave
GAP = 0.04  # of the questions of the index that somebody leaves out
LATE = (300, 410)  # days ago, when deliveries were late
DEAR = 200  # days since prices went up
# Of a construct: where its answers lie on their scale, and how far they spread.
PLACES = {
    "exp": (0.76, 0.13),
    "qual": (0.72, 0.15),
    "val": (0.64, 0.16),
    "sat": (0.68, 0.16),
    "comp": (0.12, 0.3),
    "loy": (0.68, 0.2),
}
ITEMS = {"exp": 3, "qual": 3, "val": 2, "sat": 3, "comp": 1, "loy": 2}


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished survey.

    :param customer: position of the customer
    :param survey: xml id (without ``survey_``)
    :param levels: item → place on its scale, from 0 to 1
    :param words: theme, and whether what is said about it is good; None: nothing said
    """

    customer: int
    date: date
    survey: str
    levels: dict
    words: tuple | None


@dataclass(slots=True)
class Person:
    """A customer who is asked.

    :param bought: days since each purchase
    :param returned: how often goods came back
    """

    number: int
    character: float
    bought: list = field(default_factory=list)
    returned: int = 0

    def buys(self, age):
        """Return whether it had bought in the year before."""
        return any(age < at <= age + 365 for at in self.bought)

    def mood(self, age):
        """Return how it felt about us then, in standard deviations."""
        before = sum(age < at <= age + 365 for at in self.bought) / 365
        ahead = min(age, 180)
        after = sum(age - ahead <= at <= age for at in self.bought)
        change = after / (before * ahead) if before and ahead > 60 else 1.0
        leaving = LEAVING * max(0.0, 1 - change)
        return self.character - leaving - 0.3 * min(self.returned, 3)


def answers(customers, purchases, today):
    """Return the surveys that customers answered until yesterday, the oldest first.

    >>> from ..core import histories
    >>> day = date(2026, 3, 1)
    >>> rows = histories.purchases(40, day)
    >>> found = answers(40, rows, day)
    >>> found == answers(40, rows, day), max(one.date for one in found) < day
    (True, True)
    """
    random = Random(SEED)
    people = _people(random, customers, purchases, today)
    found = [
        *_asked_for_index(random, people, today),
        *_asked_to_recommend(random, people, today),
        *_asked_after_purchase(random, people, today),
        *_asked_after_ticket(random, people, today),
    ]
    return sorted(found, key=lambda one: (one.date, one.customer))


def _people(random, customers, purchases, today):
    people = [Person(at, random.gauss(0.25, 0.75)) for at in range(customers)]
    for row in purchases:
        if row.amount > 0:
            people[row.customer].bought.append((today - row.date).days)
        else:
            people[row.customer].returned += 1
    return people


def _asked_for_index(random, people, today):
    """Yield the index, one after the other; in a quarter everybody at most once."""
    for last in range((QUARTERS - 1) * QUARTER + 1, 0, -QUARTER):
        asked = [p for p in people if p.buys(last)]
        asked = random.sample(asked, min(A_QUARTER, len(asked)))
        for place, person in enumerate(asked):
            # Evenly: quarters of the calendar lie across ours, and each has its share.
            age = last + place * QUARTER // len(asked)
            felt = _felt(random, person.mood(age), age)
            levels = {
                f"{name}{number + 1}": _place(random, name, felt[name])
                for name, size in ITEMS.items()
                for number in range(size)
                if random.random() >= GAP
            }
            words = _words(random, felt["sat"], age, 0.3)
            yield Answer(
                person.number, today - timedelta(days=age), "acsi", levels, words
            )


def _asked_to_recommend(random, people, today):
    for month in range(MONTHS):
        asked = [p for p in people if p.buys(30 * month + 30)]
        for person in random.sample(asked, min(A_MONTH, len(asked))):
            age = 30 * month + random.randint(1, 30)
            loyal = _felt(random, person.mood(age), age)["loy"]
            levels = {"nps1": _within(0.82 + 0.2 * loyal)}
            words = _words(random, loyal, age, 0.6)
            yield Answer(
                person.number, today - timedelta(days=age), "nps", levels, words
            )


def _asked_after_purchase(random, people, today):
    events = [
        (person, age - 3)
        for person in people
        for age in person.bought
        if 3 < age <= 30 * MONTHS
    ]
    for person, age in random.sample(events, min(EVENTS, len(events))):
        found = _felt(random, person.mood(age), age)["qual"]
        levels = {
            "csat1": _within(0.8 + 0.22 * found),
            "effort_order": _within(0.8 + 0.15 * found + random.gauss(0, 0.12)),
        }
        words = _words(random, found, age, 0.4)
        yield Answer(
            person.number, today - timedelta(days=age), "purchase", levels, words
        )


def _asked_after_ticket(random, people, today):
    """Yield what they thought of the help they got: the slower, the worse."""
    for number, person in enumerate(people[:: characters.EVERY]):
        opened, _title, days = characters.question(number)
        if days is None or opened <= days or random.random() > 0.7:
            continue
        age = opened - int(days)
        found = 0.6 - 0.4 * days + person.mood(age) + random.gauss(0, 0.5)
        levels = {
            "csat1": _within(0.8 + 0.22 * found),
            "resolution1": _within(0.9 + 0.4 * found),
            "effort_service": _within(0.75 + 0.2 * found + random.gauss(0, 0.1)),
        }
        words = _words(random, found, age, 0.5)
        yield Answer(
            person.number, today - timedelta(days=age), "service", levels, words
        )


def _felt(random, mood, age):
    """Return the constructs of the index, in standard deviations."""
    late = 0.9 if LATE[0] <= age <= LATE[1] else 0.0
    dear = random.uniform(0, 1.7) if age <= DEAR else 0.0  # not everybody minds
    own = {name: random.gauss(0, 0.5) for name in PLACES}
    found = {"exp": 0.25 * mood + own["exp"]}
    found["qual"] = 0.2 * found["exp"] + 0.6 * mood - late + own["qual"]
    found["val"] = 0.45 * found["qual"] + 0.3 * mood - dear + own["val"]
    found["sat"] = (
        0.1 * found["exp"] + 0.25 * found["qual"] + 0.7 * found["val"] + own["sat"]
    )
    found["comp"] = -0.7 * found["sat"] + own["comp"]
    found["loy"] = 0.65 * found["sat"] - 0.15 * found["comp"] + own["loy"]
    return found


def _place(random, name, felt):
    middle, spread = PLACES[name]
    return _within(middle + spread * (felt + random.gauss(0, 0.45)))


def _within(level):
    return min(max(level, 0.0), 1.0)


def _words(random, felt, age, share):
    """Return what is written about, if anything is."""
    if random.random() >= share:
        return None
    good = felt > -0.2
    themes = dict.fromkeys(voices.GOOD if good else voices.BAD, 1)
    if not good and age <= DEAR:
        themes["price"] = 7
    if not good and LATE[0] <= age <= LATE[1]:
        themes["delivery"] = 9
    return random.choices(list(themes), list(themes.values()))[0], good


def phrase(words, number, chinese):
    """Return a sentence about a theme.

    >>> phrase(("price", False), 3, False)
    'Others are cheaper for the same quality.'
    """
    theme, good = words
    *english, own = (voices.GOOD if good else voices.BAD)[theme]
    return own if chinese else english[number % len(english)]
