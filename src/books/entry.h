/*
 * entry.h - journal entries: what every format prints, and no format decides.
 *
 * An entry is in one currency and balances twice: its postings' exact amounts add up to zero, and
 * so do their cents, once entry_close has put what rounding left on a line of its own. A posting
 * whose money moved in another currency holds that amount beside what it was exchanged for.
 */
#pragma once
#include <glib.h>
#include <stdint.h>

/* What an account is for. rules/accounts.ini gives each of them a name per format. */
enum role {
    ROLE_PREPAID,  /* paid credit not used yet */
    ROLE_ACCRUED,  /* overdraft: used and not paid for */
    ROLE_CARD,     /* what a card or bank account lost */
    ROLE_CLEARING, /* top-ups whose card charge is not known, or of another month */
    ROLE_REFUNDS,  /* refunds told of on one side and not on the other yet */
    ROLE_SUSPENSE, /* card charges that pay for no known top-up */
    ROLE_TAX,      /* tax that is recovered */
    ROLE_TAX_DUE,  /* tax owed to the state, not to the seller: reverse charge */
    ROLE_OPENING,  /* equity: what stood before the first file, or before --from */
    ROLE_TAX_COST, /* tax that is not recovered */
    ROLE_CARD_FEE,
    ROLE_FX,
    ROLE_PRODUCTION, /* usage by projects of class production */
    ROLE_RESEARCH,   /* usage by all others */
    ROLE_EXPIRED,
    ROLE_ADJUSTMENT, /* credit given for more or less than its price */
    ROLE_ROUNDING,
    ROLES
};

/* Accounts whose balance goes on from one period to the next. */
gboolean role_is_carried(enum role role);

struct posting {
    enum role role;
    const char *card;    /* the card account's name, of ROLE_CARD; else "" */
    int64_t exact_nanos; /* in the entry's currency, debit > 0 */
    int64_t nanos;       /* the same in whole cents, by entry_close */
    int64_t own_nanos;   /* what moved, in own_currency; 0 with "" */
    char own_currency[4];
    const char *text;       /* of this line, "" for the entry's */
    const char *project_id; /* "" */
    gboolean is_placed;     /* nanos is settled already: not rounded again */
};

struct entry {
    char day[11];
    const char *kind;                                /* "topup", "usage", … */
    const char *organization_id, *organization_name; /* "" for none */
    const char *reference, *text;
    char currency[4];
    char *id;         /* 'b' and twelve hex digits: the same in every export of the same entry */
    GArray *postings; /* struct posting; none: the entry is a memo alone */
    GPtrArray *memos; /* char*: said beside, never posted */
};

/* What an account must hold at the end of a day. Money as balances report it, rounded to cents. */
struct assertion {
    char day[11];
    const char *organization_id, *organization_name;
    enum role role;
    int64_t nanos; /* debit > 0 */
    char currency[4];
};

struct journal {
    char from[11], until[11]; /* the days asked for, half-open; from is "" for all */
    GPtrArray *entries;       /* struct entry, by day */
    GArray *assertions;       /* struct assertion, by day */
    GStringChunk *text;       /* owns every text above */
};

struct journal *journal_new(void);
void journal_free(struct journal *journal);
typedef struct journal Journal; /* for g_autoptr(Journal) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Journal, journal_free)

/* Borrowed for the journal's life. */
const char *journal_text(struct journal *journal, const char *text);

/* Appends an empty entry; its id is made of kind, organization, currency and the two keys. */
struct entry *journal_add(struct journal *journal, const char *kind, const char *organization_id,
                          const char *currency, const char *day, const char *key,
                          const char *other_key);

/* Appends a line of an exact amount in the entry's currency; nothing when it is zero. Borrowed
 * until the next one, NULL for nothing. */
struct posting *entry_post(struct entry *entry, enum role role, int64_t exact_nanos);
void entry_memo(struct entry *entry, char *text); /* takes the text */

/*
 * Rounds every posting that is not placed yet to the nearest cent and puts what is then missing on
 * ROLE_ROUNDING. The exact amounts must add up to zero.
 */
void entry_close(struct entry *entry);
