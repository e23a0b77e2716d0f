"""The truth: organizations, what their projects used each day, and what was paid, why and when.

Nothing here knows of a file. Instants are UTC epoch seconds, days are numbers of days since 1970,
dollars of usage are nanos, dollars of payments are cents.
"""
import math
from dataclasses import dataclass, field

DAY = 86400
NANOS = 10 ** 9

# model, nanos per token of input, cached input and output: list prices
MODELS = [
    ("gpt-4o-mini-2024-07-18", 150, 75, 600),
    ("gpt-4o-2024-08-06", 2500, 1250, 10000),
    ("gpt-5-mini-2025-08-07", 250, 25, 2000),
    ("o3-mini-2025-01-31", 1100, 550, 4400),
]
PURPOSES = ["checkout-production", "search-prod", "billing-poc", "support-staging", "ranking-dev"]
NAMES = ["Alder Labs", "Birch GmbH", "Cobalt \"R&D\"", "Dune Øst", "Ember, Inc.", "Fjord AS",
         "Garnet", "Hollow Tree"]
TAXES = [0, 0, 82.5, 100, 190, 200]  # permille
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
SMALL = "abcdefghijkmnopqrstuvwxyz0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def text(rng, letters, count):
    return "".join(rng.choice(letters) for _ in range(count))


@dataclass
class Project:
    id: str
    name: str
    model: tuple
    key: str
    user: str
    used: dict = field(default_factory=dict)  # day -> tokens of input, cached input, output


@dataclass
class Organization:
    id: str
    name: str
    prefix: str
    tax: float          # permille
    threshold: int      # cents; 0: no auto-recharge
    amount: int         # cents of an auto-recharge
    projects: list
    promotion: int      # cents of free credit at the start
    account: object = None
    noise: dict = field(default_factory=dict)

    @property
    def tag(self):
        return self.id[4:10]


@dataclass
class Payment:
    organization: Organization
    at: int
    kind: str           # manual | auto
    status: str         # Paid | Failed | Pending
    credit: int         # cents
    tax: int
    invoice: str = ""
    receipt: str = ""
    joint: object = None        # the payment on whose charge this one stands too
    refunds: list = field(default_factory=list)   # (at, cents of total, cents of credit, told)

    @property
    def total(self):
        return self.credit + self.tax


def tax_of(organization, credit):
    return round(credit * organization.tax / 1000)


def cost_parts(project, day):
    """The line items of a project's day, each with its nanos."""
    tokens = project.used.get(day)
    if not tokens:
        return []
    names = ("input", "cached input", "output")
    return [(f"{project.model[0]}, {name}", count * price)
            for name, count, price in zip(names, tokens, project.model[1:]) if count]


def cost_of(organization, day):
    return sum(n for p in organization.projects for _, n in cost_parts(p, day))


def _project(rng, name):
    return Project("proj_" + text(rng, SMALL, 24), name, rng.choice(MODELS),
                   "key_" + text(rng, SMALL, 16), "user-" + text(rng, SMALL, 24))


def _use(rng, project, days, dollars, bursts):
    """Weekly rhythm, noise, and the bursts that the organization has."""
    starts = days[0] + (rng.randrange(len(days) // 3) if rng.random() < 0.2 else 0)
    for day in days:
        if day < starts or rng.random() < 0.03:
            continue
        weekend = 0.4 if (day + 3) % 7 >= 5 else 1.0
        size = dollars * weekend * math.exp(rng.gauss(0, 0.25)) * bursts.get(day, 1)
        _, price_in, _, price_out = project.model
        inputs = int(size * 0.6 * NANOS / price_in)
        cached = int(inputs * rng.uniform(0, 0.4))
        project.used[day] = (inputs - cached, cached, int(size * 0.4 * NANOS / price_out))


def organizations_make(rng, profile, days):
    made = []
    for name in rng.sample(NAMES, profile["organizations"]):
        amount = rng.choice([1000, 2000, 2500, 2500, 5000, 5000, 10000])
        daily = amount / 100 * rng.choice([0.2, 0.35, 0.6])
        bursts = {d: rng.choice([4, 8, 12]) for d in days if rng.random() < profile["bursts"]}
        count = rng.choice([2, 3])
        projects = [_project(rng, purpose) for purpose in rng.sample(PURPOSES, count)]
        for project in projects:
            _use(rng, project, days, daily / count, bursts)
        made.append(Organization(
            "org-" + text(rng, SMALL, 24), name, text(rng, LETTERS, 8), rng.choice(TAXES),
            threshold=amount // 2 if rng.random() < 0.7 else 0, amount=amount, projects=projects,
            promotion=rng.choice([0, 500, 500, 1800])))
    return made


def _hours(rng, organization, day):
    """When a day's usage falls: cost by hour, as whole nanos."""
    cost = cost_of(organization, day)
    weights = [rng.random() for _ in range(24)]
    whole = sum(weights)
    return [int(cost * w / whole) for w in weights]


def _pay(rng, organization, at, kind, credit, noise, end):
    """One payment, after the attempts that failed."""
    made = []
    if rng.random() < noise["failed"]:
        made.append(Payment(organization, at, kind, "Failed", credit,
                            tax_of(organization, credit)))
        at += rng.randrange(60, 400)
    status = "Pending" if noise["pending"] and at > end - DAY and rng.random() < 0.5 else "Paid"
    paid = Payment(organization, at, kind, status, credit, tax_of(organization, credit))
    made.append(paid)
    if status == "Paid" and kind == "manual" and rng.random() < 3 * noise["joint"]:
        other = Payment(organization, at + rng.randrange(60, 300), kind, "Paid", credit,
                        tax_of(organization, credit), joint=paid)
        made.append(other)
    return made


def receipt_numbers(rng):
    """Numbers that no two receipts share, in no order."""
    numbers = rng.sample(range(10 ** 7), 20000)
    return [f"2{number // 10000:03d}-{number % 10000:04d}" for number in numbers]


def payments_make(rng, profile, organization, days, receipts):
    """Pays when the balance asks for it: automatically below the threshold, by hand now and then.

    receipts: numbers to take from."""
    made = []
    end = (days[-1] + 1) * DAY
    balance = organization.promotion * NANOS // 100
    start = days[0] * DAY + rng.randrange(8 * 3600, 18 * 3600)
    first = organization.amount * rng.choice([1, 2, 4])
    made += _pay(rng, organization, start, "manual", first, profile, end)
    balance += first * NANOS // 100
    for day in days:
        for hour, cost in enumerate(_hours(rng, organization, day)):
            balance -= cost
            if balance >= organization.threshold * NANOS // 100:
                continue
            at = day * DAY + hour * 3600 + rng.randrange(3500)
            if at <= made[-1].at + 420:
                continue
            if organization.threshold:
                made += _pay(rng, organization, at, "auto", organization.amount, profile, end)
            elif rng.random() < 0.08:  # nobody looked before: it may be negative by now
                made += _pay(rng, organization, at, "manual",
                             organization.amount * rng.choice([1, 1, 2, 5]), profile, end)
            else:
                continue
            balance = balance + sum(p.credit for p in made if p.at >= at and p.status == "Paid"
                                    ) * NANOS // 100
    made.sort(key=lambda p: p.at)
    _numbers(organization, made, receipts)
    for payment in made:
        _refund(rng, profile, payment, end)
    return made


def _numbers(organization, payments, receipts):
    counter = 0
    for payment in payments:
        if payment.status == "Paid":
            counter += 1
            payment.invoice = f"{organization.prefix}-{counter:04d}"
            payment.receipt = receipts.pop()


def _refund(rng, profile, payment, end):
    if payment.status != "Paid" or payment.joint:
        return
    draw, at = rng.random(), payment.at + rng.randrange(2, 20) * DAY
    if at > end - 12 * DAY:
        return
    told = rng.random() < profile["told"]
    if draw < profile["refund_whole"]:
        payment.refunds.append((at, payment.total, payment.credit, told))
    elif draw < profile["refund_whole"] + profile["refund_part"]:
        credit = payment.credit * rng.choice([20, 40, 50]) // 100
        payment.refunds.append((at, credit + tax_of(payment.organization, credit), credit, told))
