"""What the banks did: every movement on every card, and which payment it belongs to.

A movement is a fact of the bank, in the bank's clock; statements.py prints it as that bank would.
"""
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from company import DAY, text

DIGITS = "0123456789"
API_TEXTS = ["OPENAI OPENAI.COM CA", "OPENAI HTTPSOPENAI.C CA", "OPENAI SAN FRANCISCO CA",
             "OPENAI *API USAGE OPENAI.COM CA"]
OTHERS = ["AWS EMEA", "GOOGLE *CLOUD", "GITHUB, INC.", "ANTHROPIC* CLAUDE SUB", "FIGMA",
          "UBER *TRIP", "HARBOUR COFFEE PIER 3", "CURSOR, AI POWERED IDE"]


@dataclass
class Bank:
    """What a bank's statements are like; how they are written stands in statements.py."""
    format: str
    zone: str
    currency: str = "USD"
    is_timed: bool = False
    has_posted: bool = True         # prints posting days, and chooses rows by them
    has_purchased: bool = True      # else it prints posting days alone
    has_pending: bool = False
    has_dead: bool = False          # prints what was declined
    has_original: bool = True       # of foreign currency, what the merchant took
    fee: int = 0                    # permille, in a column of its own


BANKS = {b.format: b for b in [
    Bank("chase-card", "America/New_York"),
    Bank("capital-one-card", "America/New_York"),
    Bank("citi-card", "America/New_York", has_posted=False, has_pending=True),
    Bank("discover", "America/New_York"),
    Bank("bank-of-america-card", "America/New_York", has_purchased=False),
    Bank("mercury", "UTC", is_timed=True, has_posted=False, has_pending=True, has_dead=True),
    Bank("virtual-card", "Asia/Hong_Kong", "HKD", is_timed=True, has_posted=False,
         has_pending=True, has_dead=True, fee=15),
    Bank("revolut-personal", "Europe/London", "GBP", is_timed=True, has_posted=False,
         has_pending=True, has_dead=True, has_original=False),
    Bank("revolut-business", "UTC", "EUR", has_posted=False, has_pending=True, has_dead=True),
    Bank("monzo", "Europe/London", "GBP", has_posted=False),
    Bank("n26", "Europe/Berlin", "EUR", has_purchased=False),
    Bank("dkb-card", "Europe/Berlin", "EUR", has_pending=True, has_original=False),
    Bank("amex-de", "Europe/Berlin", "EUR", has_posted=False, has_original=False),
]}


@dataclass
class Account:
    bank: Bank
    last4: str
    skew: int               # seconds that its clock is off
    margin: int             # permille on the rate
    descriptor: str
    overlap: int            # days that a statement shares with the one before
    movements: list = field(default_factory=list)

    @property
    def name(self):
        return f"{self.bank.format}-{self.last4}"


@dataclass
class Movement:
    account: Account
    at: datetime            # as the bank's clock shows it
    posted: object          # date, or None: never
    amount: int             # cents of the account's currency, above zero when taken
    original: int           # cents of dollars
    text: str
    id: str
    state: str = "posted"   # posted | declined | dropped
    fee: int = 0
    pays: list = field(default_factory=list)
    kind: str = "charge"    # charge | duplicate | reversed | reversal | refund | told |
                            # chargeback | other


class Rates:
    """Units of a currency for a dollar, by day; a weekend has Friday's."""

    def __init__(self, rng, days):
        self.table = {}
        for currency, rate in (("EUR", 0.92), ("GBP", 0.78), ("HKD", 7.8)):
            for day in range(days[0] - 10, days[-1] + 90):
                if (day + 3) % 7 < 5:
                    rate *= 1 + rng.gauss(0, 0.003)
                self.table[currency, day] = round(rate, 4)

    def of(self, currency, day):
        return 1.0 if currency == "USD" else self.table[currency, day]


def accounts_make(rng, profile, organizations):
    """A card per organization, or the card of the one before."""
    accounts, seen = [], set()
    banks = rng.sample(profile["banks"], len(profile["banks"]))
    for index, organization in enumerate(organizations):
        if accounts and rng.random() < profile["shared_card"]:
            organization.account = rng.choice(accounts)
            continue
        last4 = text(rng, "123456789", 4)
        while last4 in seen:
            last4 = text(rng, "123456789", 4)
        seen.add(last4)
        bank = BANKS[banks[index % len(banks)]]
        skew = rng.randint(-profile["skew"], profile["skew"])
        organization.account = Account(bank, last4, skew if bank.is_timed else 0,
                                       rng.randint(0, profile["margin"]), rng.choice(API_TEXTS),
                                       rng.choice([0, 7]) if bank.has_posted else 7)
        accounts.append(organization.account)
    return accounts


class Banking:
    """Makes movements; the rates and the dice are the world's."""

    def __init__(self, rng, profile, rates):
        self.rng, self.profile, self.rates = rng, profile, rates

    def move(self, account, at, dollars, what=None, **more):
        """One movement of so many cents of dollars at an instant; below zero it comes back."""
        rng, bank = self.rng, account.bank
        clock = datetime.fromtimestamp(at + account.skew + rng.randrange(40), timezone.utc)
        local = clock.astimezone(ZoneInfo(bank.zone)).replace(tzinfo=None)
        amount = dollars
        if bank.currency != "USD":
            rate = self.rates.of(bank.currency, local.toordinal() - 719163)
            amount = round(dollars * rate * (1 + account.margin / 1000))
        fee = round(amount * bank.fee / 1000) if amount > 0 else 0
        posted = local.date() + timedelta(days=rng.choice([0, 1, 1, 1, 2, 2, 3]))
        movement = Movement(account, local, posted, amount, dollars, what or account.descriptor,
                            text(rng, DIGITS, 20), fee=fee)
        for key, value in more.items():
            setattr(movement, key, value)
        account.movements.append(movement)
        return movement

    def pay(self, payment):
        """What a payment did on its card."""
        rng, profile, account = self.rng, self.profile, payment.organization.account
        if payment.status == "Failed":
            self.move(account, payment.at, payment.total, state="declined", posted=None)
            return
        if payment.status == "Pending" or payment.joint:
            return
        if rng.random() < profile["authorized"]:
            self.move(account, payment.at - 120, payment.total, state="dropped", posted=None)
        if rng.random() < profile["missing_charge"]:
            return
        if rng.random() < profile["recaptured"] and account.bank.currency != "USD":
            self.recapture(payment)
            return
        if rng.random() < profile["split"] and account.bank.currency == "USD":
            part = payment.total * rng.choice([30, 40, 60]) // 100
            self.move(account, payment.at, part, pays=[payment])
            self.move(account, payment.at + 5, payment.total - part, pays=[payment])
            return
        self.charge(payment)

    def charge(self, payment):
        rng, profile, account = self.rng, self.profile, payment.organization.account
        self.move(account, payment.at, payment.total, pays=[payment])
        if rng.random() < profile["duplicate"]:
            at = payment.at + rng.randrange(20, 300)
            self.move(account, at, payment.total, kind="duplicate", pays=[payment])
            if rng.random() < profile["duplicate_refunded"]:
                back = at + rng.randrange(2, 9) * DAY
                self.move(account, back, -payment.total, kind="refund", pays=[payment])
        for at, total, _, told in payment.refunds:
            kind = "told" if told else "refund"
            self.move(account, at + rng.randrange(3600), -total, kind=kind, pays=[payment])
        if not payment.refunds and rng.random() < profile["chargeback"]:
            self.move(account, payment.at + rng.randrange(15, 60) * DAY, -payment.total,
                      "CHARGEBACK " + account.descriptor, kind="chargeback", pays=[payment])

    def recapture(self, payment):
        """Taken, given back, and taken again at another rate: the last one counts."""
        account, at = payment.organization.account, payment.at
        first = self.move(account, at, payment.total, kind="reversed", pays=[payment])
        self.move(account, at + 60, -payment.total, kind="reversal", amount=-first.amount, fee=0)
        self.move(account, at + 120, payment.total, pays=[payment],
                  amount=first.amount + self.rng.choice([-3, -2, 1, 2]))

    def join(self, payments):
        """Payments that one charge settles: it grows by the second, on the first's row."""
        for payment in payments:
            if not payment.joint:
                continue
            rows = [m for m in payment.organization.account.movements
                    if payment.joint in m.pays and m.kind == "charge"]
            if len(rows) != 1 or rows[0].account.bank.currency != "USD" or \
                    any(payment.joint in m.pays and m is not rows[0]
                        for m in rows[0].account.movements):
                self.charge(payment)
                continue
            rows[0].amount += payment.total
            rows[0].original += payment.total
            rows[0].pays.append(payment)

    def decoy(self, account, days, payments):
        """Other vendors, subscriptions of the same seller, and equal amounts of other vendors."""
        rng, profile = self.rng, self.profile
        for day in days:
            at = day * DAY + rng.randrange(DAY)
            if rng.random() < profile["decoys"]:
                self.move(account, at, rng.randrange(300, 20000), rng.choice(OTHERS), kind="other")
            if day % 30 == int(account.last4) % 30:
                self.move(account, at, 2000, "OPENAI *CHATGPT SUBSCR", kind="other")
        for payment in payments:
            if payment.organization.account is account and rng.random() < profile["equal_decoys"]:
                self.move(account, payment.at + rng.randrange(-3000, 3000), payment.total,
                          rng.choice(OTHERS), kind="other")
