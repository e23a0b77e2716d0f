"""Three simple ways to name a runaway, on the same days that trueup judges, and how alarms are scored.

An alarm is (project id, first day, day on which it was raised, last day).
"""
import statistics
from dataclasses import dataclass, field

from spend import DAYS, NANOS, month_of


def _episodes(project, is_out):
    """Alarms of days that a test names, at most one day apart."""
    alarms = []
    for day in range(DAYS):
        if not is_out(day):
            continue
        if alarms and day <= alarms[-1][3] + 2:
            alarms[-1] = alarms[-1][:3] + (day,)
        else:
            alarms.append((project.id, day, day, day))
    return alarms


def ten_percent(project):
    """A day a tenth above the mean of the seven before."""
    cost = project.cost
    return _episodes(project, lambda d: d >= 7 and cost[d] * 70 > sum(cost[d - 7:d]) * 11)


def two_sigma(project):
    """A day two standard deviations above the mean of the four weeks before."""
    cost = project.cost

    def is_out(day):
        before = cost[max(0, day - 28):day]
        return day >= 7 and cost[day] > statistics.mean(before) + 2 * statistics.pstdev(before)
    return _episodes(project, is_out)


def fixed_budget(project):
    """A month over one and a half of what the first month cost."""
    budget = sum(project.cost[:31]) * 3 // 2
    alarms, spent, month = [], 0, 0
    for day in range(31, DAYS):
        if month_of(day)[0] != month:
            spent, month = 0, month_of(day)[0]
        if spent <= budget < spent + project.cost[day]:
            alarms.append((project.id, day, day, day + month_of(day)[1]))
        spent += project.cost[day]
    return alarms


BASELINES = {"10 % over 7 days": ten_percent, "mean + 2 sigma": two_sigma,
             "fixed budget": fixed_budget}


@dataclass
class Score:
    events: int = 0
    found: int = 0
    on_time: int = 0                            # raised on the first day
    delays: list = field(default_factory=list)  # days
    lost: float = 0.0                           # dollars that ran away before the alarm
    at_stake: float = 0.0                       # dollars that ran away
    seemed: dict = field(default_factory=dict)  # harmless kind -> alarms
    false: int = 0


def judge(events, alarms, scores):
    """Adds a year's alarms to the score of each kind of runaway and, under None, to that of all."""
    told = set()
    for event in (e for e in events if e.is_runaway):
        own = [a for a in alarms if a[0] == event.project.id and
               a[1] <= event.last + 1 and a[3] >= event.first - 1]
        told.update(own)
        raised = min((max(a[2], event.first) for a in own), default=None)
        for score in (scores[event.kind], scores[None]):
            extra = {d: n / NANOS for d, (n, _) in event.project.extra.items()
                     if event.first <= d <= event.last}
            score.events += 1
            score.at_stake += sum(extra.values())
            score.lost += sum(n for d, n in extra.items() if raised is None or d <= raised)
            if raised is not None and raised <= event.last:
                score.found += 1
                score.on_time += raised == event.first
                score.delays.append(raised - event.first)
    for alarm in set(alarms) - told:
        score = scores[None]
        score.false += 1
        for event in events:
            if event.project.id == alarm[0] and event.first - 1 <= alarm[1] <= event.last:
                score.seemed[event.kind] = score.seemed.get(event.kind, 0) + 1
                break
