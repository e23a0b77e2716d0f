"""A year of one organization's spend: the truth first, runaways and what only looks like one in it.

Nothing here knows of a file. Days are counted from 0, dollars are nanos.
"""
import math
from dataclasses import dataclass, field

NANOS = 10 ** 9
DAYS = 365
FIRST_WEEKDAY = 3   # day 0 is a Thursday

RUNAWAYS = ("step x5", "ramp", "weekend loop", "new key", "low and slow")
HARMLESS = ("moved", "planned launch", "month-end batch", "outage and catch-up")
CLASSES = ("prod",) * 12 + ("dev",) * 12 + ("poc",) * 6


@dataclass
class Spender:
    id: str
    name: str
    kind: str           # prod | dev | poc
    level: float        # dollars of a usual weekday
    weekend: float      # share of it at weekends
    spread: float       # of the logarithm of a day
    idle: float         # how often a day costs nothing
    key: str
    cost: list = field(default_factory=lambda: [0] * DAYS)
    extra: dict = field(default_factory=dict)   # day -> (nanos, key) that ran away, part of cost
    events: list = field(default_factory=list)


@dataclass
class Event:
    kind: str
    project: Spender
    first: int
    last: int

    @property
    def is_runaway(self):
        return self.kind in RUNAWAYS


def is_weekend(day):
    return (day + FIRST_WEEKDAY) % 7 >= 5


def month_of(day):
    """0 to 11, and the day before the month ends, counted back from 0."""
    for month, length in enumerate((31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)):
        if day < length:
            return month, length - 1 - day
        day -= length
    raise ValueError(day)


def _spender(rng, index, kind):
    level = math.exp(rng.gauss(math.log({"prod": 14, "dev": 5, "poc": 4}[kind]), 0.9))
    spread, idle = rng.uniform(0.1, 0.3), 0.01
    if kind != "prod" and rng.random() < 0.4:    # used when somebody has a need
        spread, idle = rng.uniform(0.3, 0.6), 0.3
    letters = "abcdefghijkmnopqrstuvwxyz"
    name = "".join(rng.choice(letters) for _ in range(6))
    return Spender(f"proj_{name}{index:02d}", f"{name}-{kind}", kind, level,
                   rng.choice([0.1, 0.4, 0.4, 1.0]), spread, idle, f"key_{name}{index:02d}")


def _live(rng, project):
    """Weekly rhythm, noise, slow growth or decline, and a day now and then that is half as much again."""
    trend = rng.uniform(-0.3, 0.6) / DAYS
    for day in range(DAYS):
        if rng.random() < project.idle:
            continue
        size = project.level * (1 + trend * day) * (project.weekend if is_weekend(day) else 1)
        size *= math.exp(rng.gauss(0, project.spread)) * (1.5 if rng.random() < 0.01 else 1)
        project.cost[day] = int(size * NANOS)


def _add(project, day, dollars, key=None):
    nanos = int(dollars * NANOS)
    project.cost[day] += nanos
    project.extra[day] = (nanos, key or project.key)


def _run_away(rng, kind, project, first, production):
    """Adds what ran away; the last day of it."""
    level = project.level
    if kind == "step x5":
        last = first + rng.randrange(5, 13)
        for day in range(first, last + 1):
            _add(project, day, 4 * level * math.exp(rng.gauss(0, 0.2)))
    elif kind == "ramp":
        last = first + 27
        for day in range(first, last + 1):
            _add(project, day, level * 4 * (day - first + 1) / 28 * math.exp(rng.gauss(0, 0.2)))
    elif kind == "weekend loop":
        while (first + FIRST_WEEKDAY) % 7 != 5:
            first += 1
        last = first + 1
        for day in range(first, last + 1):
            _add(project, day, 0.3 * production * math.exp(rng.gauss(0, 0.1)))
    elif kind == "new key":
        last = first + rng.randrange(6, 15)
        for day in range(first, last + 1):
            _add(project, day, 2.5 * level * math.exp(rng.gauss(0, 0.2)), "key_stranger")
    else:   # low and slow: a twentieth more at first, three percent more of that a day
        last = first + 89
        for day in range(first, last + 1):
            _add(project, day, level * 0.05 * 1.03 ** (day - first), "key_lodger")
    return first, last


def _seem(rng, kind, project, first, others):
    """Changes what only looks like a runaway; the days on which it may be taken for one."""
    if kind == "moved":
        heir = others.pop(rng.randrange(len(others)))
        heir.cost = [0] * first + project.cost[first:]
        project.cost[first:] = [0] * (DAYS - first)
        return heir, first, min(first + 27, DAYS - 1)
    if kind == "planned launch":
        for day in range(first, DAYS):
            project.cost[day] *= 3
        return project, first, min(first + 60, DAYS - 1)
    if kind == "month-end batch":
        for day in range(DAYS):
            if month_of(day)[1] == 0:
                project.cost[day] += int(project.level * 8 * math.exp(rng.gauss(0, 0.15)) * NANOS)
        return project, 0, DAYS - 1
    held = sum(project.cost[first:first + 2])
    project.cost[first] = project.cost[first + 1] = 0
    project.cost[first + 2] += held
    return project, first, first + 3


def _days_apart(rng, count):
    """Days in the year's later ten months, in no order."""
    slots = list(range(62, 270, 208 // count))[:count]
    rng.shuffle(slots)
    return [slot + rng.randrange(8) for slot in slots]


def year_make(rng):
    """Spenders and events of a year."""
    projects = [_spender(rng, index, kind) for index, kind in enumerate(CLASSES)]
    for project in projects:
        _live(rng, project)
    usual = sum(p.level for p in projects)
    production = sum(p.level for p in projects if p.kind == "prod")
    large = [p for p in projects if p.level >= usual / 50]
    rng.shuffle(large)
    tests = [p for p in large if p.kind != "prod"]
    events, taken = [], []
    days = _days_apart(rng, len(RUNAWAYS) + len(HARMLESS))
    small = [p for p in projects if p not in large]
    for kind in RUNAWAYS + HARMLESS:
        wanted = tests if kind in RUNAWAYS else [p for p in large if p.kind == "prod"]
        free = [p for p in wanted if p not in taken] or [p for p in large if p not in taken]
        project, first = free[0], days.pop()
        taken.append(project)
        if kind in RUNAWAYS:
            first, last = _run_away(rng, kind, project, first, production)
        else:
            project, first, last = _seem(rng, kind, project, first, small)
        event = Event(kind, project, first, last)
        project.events.append(event)
        events.append(event)
    return projects, events
