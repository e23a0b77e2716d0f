"""How much goes wrong in a world: each profile says how often (of 1, per top-up unless said) and at which banks.

What a profile does not name never happens in it.
"""

CLEAN_BANKS = ["chase-card", "capital-one-card", "mercury", "virtual-card"]
NORMAL_BANKS = CLEAN_BANKS + ["revolut-personal", "monzo", "citi-card", "discover"]
HARD_BANKS = [
    "bank-of-america-card", "chase-card", "citi-card", "dkb-card", "amex-de", "n26", "monzo",
    "revolut-personal", "revolut-business", "virtual-card", "mercury", "capital-one-card",
]

PROFILES = {
    "easy": {
        "banks": CLEAN_BANKS,
        "organizations": 3,
        "decoys": 0.3,           # charges of other vendors, per day and card
        "bursts": 0.02,          # days on which usage is many times the usual, per day
    },
    "normal": {
        "banks": NORMAL_BANKS,
        "organizations": 4,
        "decoys": 0.5,
        "equal_decoys": 0.05,    # another vendor takes the same amount on the same day
        "bursts": 0.05,
        "shared_card": 0.3,      # an organization uses the card of another, per organization
        "missing_receipt": 0.03,
        "missing_charge": 0.01,
        "duplicate": 0.02,
        "duplicate_refunded": 0.3,   # per duplicate
        "refund_whole": 0.01,
        "refund_part": 0.01,
        "told": 0.5,             # payment history tells of the refund, per refund
        "chargeback": 0.005,
        "failed": 0.03,
        "pending": True,
        "authorized": 0.01,      # an authorization that drops stands on the statement
        "skew": 120,             # seconds that a timed statement's clock may be off
        "margin": 15,            # permille that a foreign card adds to the rate at most
        "overlap": True,         # cost exports overlap and restate
    },
    "hard": {
        "banks": HARD_BANKS,
        "organizations": 6,
        "decoys": 0.8,
        "equal_decoys": 0.12,
        "bursts": 0.10,
        "shared_card": 0.5,
        "missing_receipt": 0.08,
        "missing_charge": 0.04,
        "duplicate": 0.04,
        "duplicate_refunded": 0.4,
        "refund_whole": 0.02,
        "refund_part": 0.02,
        "told": 0.5,
        "chargeback": 0.01,
        "failed": 0.06,
        "pending": True,
        "authorized": 0.03,
        "recaptured": 0.02,      # reversed, and taken again at the rate of another day
        "skew": 600,
        "margin": 22,
        "joint": 0.04,           # two payments on one charge
        "split": 0.03,           # one payment on two charges
        "foreign_receipts": 0.2, # receipts in euros for payments in dollars, per organization
        "typed": 0.4,            # a payments file kept by hand, per organization; in it:
        "typed_cent": 0.03,
        "typed_day": 0.03,
        "typed_no_invoice": 0.15,
        "typed_date_only": 0.3,  # of such files, those that hold days and no times
        "no_card": 0.2,          # payments that do not name the card, per organization
        "overlap": True,
        "statements": 3,         # overlapping statements of each card
        "paid_grants": 0.3,      # the list of grants shows paid ones too, per organization
    },
}


def profile(name, without=()):
    """A profile, some noise left out, as a mapping that says 0 of what it does not name."""
    return _Profile({k: v for k, v in PROFILES[name].items() if k not in without})


class _Profile(dict):
    def __missing__(self, key):
        return 0
