/*
 * fact.h - what one record says, typed: the meeting point of mapping (record -> fact) and storing
 * (fact -> ledger).
 *
 * Text is borrowed from the record, NULL or "" when absent, and already masked (secret.h). Days are
 * as printed. Which members are filled depends on the kind.
 */
#pragma once
#include "core/instant.h"
#include "core/money.h"
#include <glib.h>
#include <stdint.h>

enum fact_kind {
    FACT_COST,
    FACT_USAGE,        /* of one endpoint */
    FACT_ACTIVITY,     /* usage of several endpoints in one file */
    FACT_CREDIT_USAGE, /* ChatGPT credits */
    FACT_CARD,
    FACT_PAYMENT,
    FACT_RECEIPT,
    FACT_GRANT,
    FACT_BALANCE,
    FACT_ORGANIZATION,
    FACT_PROJECT,
    FACT_ACCOUNT,
    FACT_FX_RATE,
    FACT_BUDGET,
    FACT_RATE,
    FACT_CLAIM,
    FACT_RECHARGE,
    FACT_EMPTY_WINDOW, /* the four time columns and nothing else */
    FACT_NOTHING,      /* a file that only says so */
    FACT_REFUSED,      /* a file that is known, and that holds nothing for a ledger */
    FACT_KINDS
};

struct text {
    const char *text;
    gsize len;
};

struct amount {
    int64_t nanos;
    char currency[4]; /* "" when not known */
    struct residue residue;
    gboolean present;
};

/* A printed date: civil value plus whether it was there. */
struct printed_date {
    gboolean present;
    struct civil civil;
};

struct cost_fact {
    int64_t start_at, end_at;
    gboolean is_empty; /* a bucket without a charge: nothing else is filled */
    struct amount amount;
    gboolean has_quantity;
    int64_t quantity_micros;
    struct text quantity_unit, line_item, user_id, api_key_id, user_email, api_source;
    struct text project_id, project_name, organization_id, organization_name;
};

enum usage_count {
    USAGE_REQUESTS,
    USAGE_INPUT,
    USAGE_OUTPUT,
    USAGE_INPUT_CACHED,
    USAGE_INPUT_CACHE_WRITE,
    USAGE_INPUT_UNCACHED,
    USAGE_INPUT_TEXT,
    USAGE_OUTPUT_TEXT,
    USAGE_INPUT_CACHED_TEXT,
    USAGE_INPUT_AUDIO,
    USAGE_INPUT_CACHED_AUDIO,
    USAGE_OUTPUT_AUDIO,
    USAGE_INPUT_IMAGE,
    USAGE_INPUT_CACHED_IMAGE,
    USAGE_OUTPUT_IMAGE,
    USAGE_COUNTS
};

enum usage_endpoint {
    ENDPOINT_COMPLETIONS,
    ENDPOINT_EMBEDDINGS,
    ENDPOINT_MODERATIONS,
    ENDPOINT_IMAGES,
    ENDPOINT_AUDIO_SPEECHES,
    ENDPOINT_AUDIO_TRANSCRIPTIONS,
    ENDPOINT_VECTOR_STORES,
    ENDPOINT_CODE_INTERPRETER_SESSIONS,
    ENDPOINT_UNTOLD, /* the columns alone do not tell */
    ENDPOINTS
};

struct usage_fact {
    enum usage_endpoint endpoint;
    int64_t start_at, end_at; /* equal where a row does not say how long it is */
    gboolean is_empty;
    int64_t counts[USAGE_COUNTS];
    gboolean has_compute_units, has_batch, batch;
    int64_t compute_units_micros;
    gboolean has_quantity;
    int64_t quantity; /* in the endpoint's unit and scale, endpoint.h */
    struct text project_id, user_id, api_key_id, model, service_tier, image_size, source;
    struct text organization_id, organization_name, project_name; /* of activity alone */
};

struct credit_usage_fact {
    struct printed_date day;
    int64_t credits_nanos;
    struct residue residue;
    gboolean has_quantity;
    int64_t quantity_nanos;
    struct text account_id, user_id, user_email, usage_type, units;
};

struct card_fact {
    struct printed_date purchased, posted;
    struct amount amount;   /* > 0 taken from the card, < 0 given back */
    struct amount original; /* same sign */
    struct amount fee;
    enum { CARD_POSTED, CARD_PENDING, CARD_DEAD } state;
    gboolean is_leg; /* rows of its id and direction make one movement together */
    gboolean is_fee; /* the fee of the row with the same id */
    struct text status, type, descriptor, reference;
    char last4[5];           /* "" when the row names none */
    const struct zone *zone; /* that a column names, or NULL */
};

struct payment_fact {
    struct printed_date paid, refunded;
    struct text organization_id, organization_name, description;
    char invoice_number[32], receipt_number[32]; /* normalised, "" when absent */
    const char *kind;                            /* "manual", "auto", "" */
    const char *status; /* "paid", "failed", "pending", "refunded", "void" */
    struct amount credit, tax, total, refunded_credit, refunded_total;
    char last4[5];
};

struct receipt_fact {
    const char *document; /* "invoice", "receipt"; "" for a row that someone wrote */
    struct printed_date issued;
    struct printed_date paid; /* of an invoice that nobody is known to have paid: not present */
    char invoice_number[32], receipt_number[32];
    struct text seller, description, payment_method, tax_name, bill_to;
    struct amount subtotal, tax, total;
    gboolean has_tax_rate;
    int64_t tax_rate_ppm; /* parts per million: 20 % is 200000 */
    char last4[5];
};

struct grant_fact {
    struct text organization_id, grant_id;
    const char *kind; /* "promotional", "free", "paid", "opening" */
    struct printed_date granted, expires;
    struct amount amount;
};

struct balance_fact {
    struct text organization_id;
    struct printed_date observed;
    struct amount balance;
};

struct organization_fact {
    struct text organization_id, name;
    const char *billing_mode; /* "prepaid", "invoiced" */
    struct printed_date from, until;
    struct amount materiality; /* no currency */
    gboolean has_materiality_ppm;
    int64_t materiality_ppm;
    const char *tax; /* "recoverable", "reverse-charge", "cost", or "" */
};

struct project_fact {
    struct text project_id, organization_id, project_class, owner, purpose, cost_center;
};

struct account_fact {
    struct text account, file_pattern, zone, owner;
    char last4[5], currency[4];
};

struct fx_quote {
    char quote[4];
    int64_t rate_nanos;
};

struct fx_rate_fact {
    struct printed_date day;
    char base[4], quote[4];
    int64_t rate_nanos;
    /* Further rates of that base and day, where a record has a column for each currency. Borrowed
     * like text. */
    const struct fx_quote *more;
    guint more_count;
};

struct budget_fact {
    struct text organization_id, project_id;
    struct printed_date from, until; /* first and last day */
    struct amount amount;
};

struct rate_fact {
    struct text model, source;
    const char *token_kind;          /* "input", "cached input", "output", "characters", … */
    const char *service_tier;        /* "standard", "batch", "flex", "priority" */
    struct amount price;             /* USD per million */
    struct printed_date from, until; /* first and last day */
};

struct claim_fact {
    struct text claim_id, charge, claimant, approver, purpose;
    char last4[5];
    struct printed_date date, submitted;
    struct amount amount;
};

struct recharge_fact {
    struct text organization_id;
    struct printed_date from, until;
    struct amount threshold, amount, target, cap;
};

struct fact {
    enum fact_kind kind;
    gint64 line;
    gboolean skipped; /* the format says that this record is no fact */
    union {
        struct cost_fact cost; /* FACT_EMPTY_WINDOW fills start_at, end_at, is_empty here */
        struct usage_fact usage;
        struct credit_usage_fact credit_usage;
        struct card_fact card;
        struct payment_fact payment;
        struct receipt_fact receipt;
        struct grant_fact grant;
        struct balance_fact balance;
        struct organization_fact organization;
        struct project_fact project;
        struct account_fact account;
        struct fx_rate_fact fx_rate;
        struct budget_fact budget;
        struct rate_fact rate;
        struct claim_fact claim;
        struct recharge_fact recharge;
    };
};
