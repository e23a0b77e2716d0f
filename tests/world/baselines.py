"""Five simple ways to pair top-ups with card charges, on the same facts that trueup read.

They know nothing of the answer key. All of them get posted charges only, no charge twice, the
original amount where a statement has it, and otherwise the day's rate with the same tolerance.
"""
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

TOLERANCE = Decimal("0.025")
REACH = 7   # days beyond which no baseline looks


@dataclass
class Paid:
    key: tuple
    day: int
    total: Decimal
    currency: str


@dataclass
class Charge:
    place: str
    day: int
    amount: Decimal
    currency: str
    original: object
    original_currency: str
    is_merchant: bool


def paid_of(topups):
    """What was paid, in the order of the files."""
    rows = sorted(topups, key=lambda r: (r["topup_source"], int(r["topup_line"])))
    return [Paid((r["topup_source"], r["topup_line"]),
                 datetime.fromisoformat(r["paid_at"].replace("Z", "+00:00")).date().toordinal(),
                 Decimal(r["total"]), r["currency"])
            for r in rows if r["status"] in ("paid", "refunded")]


def charges_of(rows):
    """What was taken, in the order of the statements."""
    rows = sorted(rows, key=lambda r: (r["source"], int(r["line"])))
    return [Charge(f"{r['source']}:{r['line']}", date.fromisoformat(r["dated_on"]).toordinal(),
                   Decimal(r["amount"]), r["currency"],
                   abs(Decimal(r["original_amount"])) if r["original_amount"] else None,
                   r["original_currency"], "OPENAI" in r["descriptor"].upper())
            for r in rows if r["state"] == "posted" and Decimal(r["amount"]) > 0]


class Rates:
    def __init__(self, rows):
        self.table = {(r["base"], r["quote"], date.fromisoformat(r["date"]).toordinal()):
                      Decimal(r["rate"]) for r in rows}

    def of(self, base, quote, day):
        for back in range(8):
            rate = self.table.get((base, quote, day - back))
            if rate:
                return rate
        return None


class Pairing:
    """Top-ups beside charges, and how far a pair is apart in money."""

    def __init__(self, paid, charges, rates):
        self.paid, self.charges, self.rates = paid, charges, rates
        self.by_day = defaultdict(list)
        for charge in charges:
            self.by_day[charge.day].append(charge)

    def apart(self, paid, charge):
        """Share by which the amounts differ; 0 is exact, 1 not comparable."""
        if charge.currency == paid.currency:
            taken, wanted = charge.amount, paid.total
        elif charge.original is not None and charge.original_currency == paid.currency:
            taken, wanted = charge.original, paid.total
        else:
            rate = self.rates.of(paid.currency, charge.currency, charge.day)
            if rate is None:
                return Decimal(1)
            taken, wanted = charge.amount, paid.total * rate
            return min(Decimal(1), abs(taken - wanted) / wanted)
        return Decimal(0) if taken == wanted else min(Decimal(1), abs(taken - wanted) / wanted)

    def equal(self, paid, charge):
        share = self.apart(paid, charge)
        is_rate = charge.currency != paid.currency and charge.original is None
        return share <= TOLERANCE if is_rate else share == 0

    def near(self, paid, days):
        return [c for d in range(paid.day - days, paid.day + days + 1) for c in self.by_day[d]]

    def nearest(self, fits, days):
        """Top-ups in the order of the files, each with the free charge that fits best, then nearest.

        fits: how well, 0 for not at all."""
        pairs, taken = {}, set()
        for paid in self.paid:
            found = [(-fits(paid, c), abs(c.day - paid.day), i, c)
                     for i, c in enumerate(self.near(paid, days)) if c.place not in taken]
            found = [f for f in found if f[0] < 0]
            if found:
                best = min(found)[3]
                taken.add(best.place)
                pairs[paid.key] = best.place
        return pairs


def amount_and_three_days(p):
    return p.nearest(p.equal, 3)


def amount_and_merchant_or_date(p):
    return p.nearest(lambda paid, c: p.equal(paid, c) and (c.is_merchant or c.day == paid.day),
                     REACH)


def two_of_three(p):
    def met(paid, charge):
        count = p.equal(paid, charge) + charge.is_merchant + (abs(charge.day - paid.day) <= 1)
        return count if count >= 2 else 0
    return p.nearest(met, REACH)


def first_match(p):
    pairs, taken = {}, set()
    for paid in p.paid:
        for charge in p.charges:
            if charge.place not in taken and abs(charge.day - paid.day) <= REACH and \
                    p.equal(paid, charge):
                taken.add(charge.place)
                pairs[paid.key] = charge.place
                break
    return pairs


def greedy_by_score(p):
    """Amount counts half, merchant and nearness in days a quarter each; best pairs first."""
    scored = []
    for paid in p.paid:
        for charge in p.near(paid, REACH):
            score = max(Decimal(0), 1 - p.apart(paid, charge) * 20) / 2 + \
                Decimal(charge.is_merchant) / 4 + \
                (1 - Decimal(abs(charge.day - paid.day)) / REACH) / 4
            if score >= Decimal("0.6"):
                scored.append((-score, paid.key, charge.place))
    pairs, taken = {}, set()
    for _, key, place in sorted(scored):
        if key not in pairs and place not in taken:
            taken.add(place)
            pairs[key] = place
    return pairs


BASELINES = {
    "amount, within 3 days": amount_and_three_days,
    "amount exact, and merchant or date": amount_and_merchant_or_date,
    "2 of 3 of date, amount, merchant": two_of_three,
    "first match wins": first_match,
    "greedy by score": greedy_by_score,
}


def run(topups, charges, rates):
    """name -> pairs, as measure.judge_cards takes them; a swap within a group is forgiven them."""
    pairing = Pairing(paid_of(topups), charges_of(charges), Rates(rates))
    return {name: {key: (place, "interchangeable") for key, place in pair(pairing).items()}
            for name, pair in BASELINES.items()}
