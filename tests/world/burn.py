"""What every grant came to, and what stood in an organization at the end of every day.

Written from the rules alone, beside the program's own: credit of a day comes first, then what
expires on it, then the day's usage; free credit is drawn before paid, the earliest to expire
first; what no grant covers is overdraft, which the next paid grant repays.
"""
from dataclasses import dataclass
from datetime import datetime, timezone

DAY = 86400


@dataclass
class Grant:
    reference: str
    is_free: bool
    granted_at: int
    expires_at: int
    face: int           # nanos
    left: int = 0
    used: int = 0
    expired: int = 0
    withdrawn: int = 0


def year_after(at):
    """The same moment a year later; of 29 February, 28 February."""
    moment = datetime.fromtimestamp(at, timezone.utc)
    day = 28 if (moment.month, moment.day) == (2, 29) else moment.day
    return int(moment.replace(year=moment.year + 1, day=day).timestamp())


def burn(grants, withdrawals, costs, days):
    """Burns grants down in place. withdrawals: (at, grant, nanos); costs: day -> nanos.

    Returns day -> balance."""
    balances, overdraft, held = {}, 0, []
    events = [(g.granted_at, 0, g.reference, g, 0) for g in grants]
    events += [(g.expires_at, 1, g.reference, g, 0) for g in grants]
    events += [(at, 2, g.reference, g, nanos) for at, g, nanos in withdrawals]
    events.sort(key=lambda e: e[:3])
    for day in days:
        while events and events[0][0] < (day + 1) * DAY:
            _, what, _, grant, nanos = events.pop(0)
            if what == 0:
                held.append(grant)
                repaid = 0 if grant.is_free else min(overdraft, grant.face)
                overdraft -= repaid
                grant.left = grant.face - repaid
                grant.used = repaid
            elif what == 1:
                grant.expired = grant.left
                grant.left = 0
            else:
                taken = min(grant.left, nanos)
                grant.left -= taken
                grant.withdrawn += taken
                overdraft += nanos - taken
        cost = costs.get(day, 0)
        for grant in sorted(held, key=lambda g: (not g.is_free, g.expires_at, g.granted_at,
                                                 g.reference)):
            drawn = min(cost, grant.left)
            grant.left -= drawn
            grant.used += drawn
            cost -= drawn
        overdraft += cost
        balances[day] = sum(g.left for g in held) - overdraft
    for _, what, _, grant, _ in events:  # those that come after the last day stand at their face
        if what == 0:
            grant.left = grant.face
    return balances
