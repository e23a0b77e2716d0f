/*
 * facts.h - the top-ups, receipts and charges of a ledger in memory, as matching reads and judges
 * them.
 *
 * Arrays stand in the order of the facts' ids, which is their natural order; an index into an array
 * is how one fact names another. Texts are interned: equal texts are one pointer, owned by the
 * facts.
 */
#pragma once
#include "core/db.h"
#include "core/instant.h"

#define NONE G_MAXUINT /* no fact */

/* What a payment's status means for matching. */
enum payment_status {
    PAYMENT_DUE /* paid or refunded */,
    PAYMENT_FAILED,
    PAYMENT_PENDING,
    PAYMENT_VOID
};

enum charge_state {
    CHARGE_POSTED,
    CHARGE_PENDING,
    CHARGE_DEAD,
    CHARGE_REVERSED, /* an authorization that was charged again, or its reversal */
    CHARGE_DROPPED   /* pending, and never posted */
};

enum leg { LEG_RECEIPT, LEG_CARD, LEGS };

/* From the weakest to the strongest; a leg that is not due is stronger than any. */
enum leg_state {
    LEG_OPEN,
    LEG_AWAITING,
    LEG_REJECTED, /* open, and a person rejected what there was */
    LEG_AMBIGUOUS,
    LEG_SUGGESTED,
    LEG_SETTLED,  /* a person says that nothing is to be found */
    LEG_ACCEPTED, /* a person paired it */
    LEG_INTERCHANGEABLE,
    LEG_CONFIRMED,
    LEG_NOT_DUE,
};

/* What one leg of a top-up came to. */
struct pairing {
    enum leg_state state;
    guint item;       /* the receipt or charge, or the best candidate for it; NONE */
    guint edge;       /* the pair in the leg's pool that says why; NONE */
    const char *rule; /* which rule said so; static */
    const char *why;  /* the reason, where there is no edge that says it; owned by the facts */
};

/* A charge's share in a card leg that is not one to one. */
struct part {
    guint topup, charge;
    int64_t amount_nanos, fee_nanos; /* of the charge's */
    int64_t paid_nanos;              /* of the top-up's total */
};

/* A tax, and what tells it. */
struct tax {
    int64_t nanos;      /* 0: none is known */
    int64_t rate_nanos; /* 1e-9 of what it is on; 0: not known */
    const char *source; /* "payment history", "receipt 1234-5678": in words, to follow "told by" */
};

struct topup {
    int64_t topup_id, file_id, line, organization_key;
    struct interval paid;
    int64_t paid_at;
    int64_t credit_nanos, tax_nanos, total_nanos; /* as payment history says */
    int64_t due_nanos; /* what the card is to lose: the total, and a tax that the receipt adds */
    int64_t doubted_nanos;  /* what the receipt of its number says instead; 0: it agrees */
    struct tax tax, learnt; /* what is told; else what other receipts of the account teach */
    int64_t refunded_at;    /* 0: not told when */
    int64_t refunded_nanos; /* of the total, by payment history; 0: none */
    const char *id, *source, *reference, *wallet;
    const char *paid_on; /* UTC day */
    const char *invoice_number, *receipt_number, *description;
    const char *credit_currency, *currency, *card_last4;
    struct interval
        receipted; /* the day of its number's receipt, where paid lies off it; else empty */
    const char *tax_treatment; /* as the organizations table states it, or "" */
    const char *near_miss;     /* an open charge that almost fits: a clause, or NULL */
    const char *combination;   /* what the search for several charges found: a clause, or NULL */
    const char *due_invoice;   /* where the unpaid invoice of its number stands, or NULL */
    enum payment_status status;
    gboolean paid_is_date;
    gboolean refund_is_seen; /* on a card */
    struct pairing legs[LEGS];
};

struct receipt {
    int64_t receipt_id, file_id, line;
    struct interval paid;
    int64_t total_nanos, tax_nanos, tax_rate_ppm; /* the rate: 0 when not told */
    const char *id, *source, *reference, *wallet;
    const char *receipt_number, *invoice_number, *seller, *description, *currency, *card_last4;
    guint topup; /* that it is linked to for sure, or NONE */
    gboolean is_tax_told;
    gboolean is_paid;     /* not an invoice of what is due, which is no receipt */
    gboolean in_question; /* a best candidate of a top-up that is suggested or ambiguous */
    gboolean is_settled;  /* a person says that it needs no top-up */
};

struct charge {
    int64_t charge_id, file_id, line, account_id;
    struct interval purchased; /* of the posting when is_posting_only */
    struct interval posted;    /* from == until: not told */
    int64_t amount_nanos, original_nanos, fee_nanos;
    const char *id, *source, *reference, *wallet, *wallet_rule;
    const char *dated_on, *zone, *currency, *original_currency, *fee_currency, *card_last4;
    const char *type, *status, *descriptor;
    const char *combination; /* what the search for several top-ups found: a clause, or NULL */
    int32_t day;             /* dated_on as a day number */
    enum charge_state state;
    gboolean is_timed, is_posting_only;
    guint topup;            /* that it is linked to for sure, or NONE */
    gboolean in_question;   /* fits a top-up that is ambiguous */
    gboolean is_settled;    /* a person says that it needs no top-up */
    int64_t in_question_of; /* that top-up's organization_key, or SEVERAL */
};

#define SEVERAL (-1) /* organizations */

struct facts {
    struct db *db;
    GStringChunk *texts;
    GArray *topups, *receipts, *charges; /* struct topup, receipt, charge */
    GArray *parts;                       /* struct part; parts_sort() orders them */
    int64_t last_at;                     /* the instant of the ledger's last fact */
    struct decided *decided;             /* what people decided; decided_read() fills it */
};

struct facts *facts_load(struct db *db, GError **error);
void facts_free(struct facts *facts);
typedef struct facts Facts; /* for g_autoptr(Facts) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Facts, facts_free)

static inline struct topup *facts_topup(const struct facts *facts, guint index)
{
    return &g_array_index(facts->topups, struct topup, index);
}

static inline struct receipt *facts_receipt(const struct facts *facts, guint index)
{
    return &g_array_index(facts->receipts, struct receipt, index);
}

static inline struct charge *facts_charge(const struct facts *facts, guint index)
{
    return &g_array_index(facts->charges, struct charge, index);
}

/* Whether a leg's pair counts: not one that a person is still to decide. */
static inline gboolean leg_is_sure(enum leg_state state)
{
    return state == LEG_ACCEPTED || state == LEG_INTERCHANGEABLE || state == LEG_CONFIRMED;
}

/* Whether a charge took money for API credits. */
gboolean charge_is_taken(const struct charge *charge);

/* Whether both tell the merchant's amount, in the same currency. */
gboolean originals_comparable(const struct charge *a, const struct charge *b);

/* Orders indexes of charges by account, time and natural order. facts: struct facts. */
int charges_compare(gconstpointer a, gconstpointer b, gpointer facts);

/* Of charges in that order: where those of an account start that are later than a time. */
guint charges_after(const struct facts *facts, const GArray *charges, int64_t account_id,
                    int64_t time);

/* Notes that a charge fits a top-up that is ambiguous. */
void facts_question(struct facts *facts, guint charge, guint topup);

/* Amounts that moved agree when they agree to the cent. */
int64_t cents_round(int64_t nanos);

/* How far apart two intervals are, in seconds: 0 when they touch or overlap. */
int64_t interval_gap(struct interval a, struct interval b);

/* The UTC day in the middle of an interval: of a date, the date itself. */
void interval_day(struct interval interval, char out[11]);
