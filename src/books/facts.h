/*
 * facts.h - what the marts say of one organization's credit in one currency, ready for books.
 */
#pragma once
#include "books/entry.h"
#include "core/db.h"

#define BOOKS_POLICY "free-first"

/* A movement of credit: fct_credit_movements. */
struct movement {
    char day[11];
    const char *kind, *reference, *topup_id;
    int64_t prepaid_nanos, free_nanos, accrued_nanos;
};

/* A project's part of a day's use: from paid credit, from free credit, and as overdraft. */
struct use {
    char day[11];
    guint project; /* in projects */
    int64_t paid_nanos, free_nanos, overdrawn_nanos;
};

struct book_project {
    const char *project_id, *name, *class;
};

/* A charge that paid a top-up, or a part of it: fct_payment_charges. */
struct part {
    const char *topup_id, *charge_id, *account;
    char day[11];
    int64_t nanos, fee_nanos;
    char currency[4], fee_currency[4];
    int64_t paid_nanos;   /* of the top-up, in its currency */
    int64_t margin_nanos; /* of nanos: above the day's rate */
};

/* A top-up: fct_payments. */
struct payment {
    char paid_on[11];
    const char *topup_id, *reference;
    const char *tax_treatment;     /* "recoverable", "reverse-charge", "cost", "" */
    const char *difference_causes; /* "bank fee", "" */
    int64_t credit_nanos, tax_nanos, total_nanos;
    char currency[4];         /* of tax and total */
    char refunded_on[11];     /* "" */
    int64_t refunded_nanos;   /* of the total */
    const struct part *parts; /* by day; part_count of them */
    guint part_count;
};

/* Where credit stands at a day's end: fct_balances. */
struct standing {
    char day[11];
    int64_t paid_nanos, overdraft_nanos;
};

struct credit_book {
    const char *organization_id, *name;
    char currency[4];
    char last_on[11];     /* the last day that cost covers: nothing is known of later ones */
    GArray *movements;    /* struct movement, by day */
    GArray *projects;     /* struct book_project, by project_id */
    GArray *uses;         /* struct use, by day and project_id */
    GArray *payments;     /* struct payment, by paid_on and topup_id */
    GArray *parts;        /* struct part, by payment and day */
    GArray *standings;    /* struct standing, by day */
    GHashTable *by_topup; /* topup_id -> struct payment */
};

/* The top-up of a text that is the journal's; NULL when another book has it. */
const struct payment *credit_book_payment(const struct credit_book *book, const char *topup_id);

/* struct credit_book, in the order of organization_id and currency; organization_id may be NULL for
 * all. Texts are the journal's. */
GPtrArray *credit_books_load(struct db *db, struct journal *journal, const char *organization_id,
                             GError **error);
