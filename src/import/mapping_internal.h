/*
 * mapping_internal.h - what mapping*.c share: a format bound to one file's columns, and how cells
 * are read.
 *
 * A reader of a kind reads all cells of a record and never stops at the first bad one: each bad
 * cell adds a problem, and mapping_read() looks at their number afterwards.
 */
#pragma once
#include "core/secret.h"
#include "import/format_internal.h"

#define SEEN_TEXT_MAX 64

/* The last text of a column that held no secret: exports repeat themselves. */
struct seen_text {
    char text[SEEN_TEXT_MAX];
    gsize len;
};

/* The last bucket whose times were found good, as its cells said it. */
struct seen_bucket {
    struct seen_text cells[BUCKET_COLUMNS];
    int64_t start_at, end_at;
};

/* A column of rates, named by the currency that they are against. */
struct rate_column {
    int index;
    char currency[4];
};

/* A condition of the format, and where its column is. */
struct bound_condition {
    int index;
    GStrv words; /* borrowed */
};

/* The signs that one of two columns of amounts holds, and the line of the first of each. */
struct split_signs {
    gint64 above, below, first_above, first_below;
};

/* A total that a statement states before its header, and what its rows add up to. */
struct control_total {
    char *label; /* NULL without one */
    int64_t nanos;
    int128 sum;
};

/* Steps of the running balance under one order of rows. */
struct balance_steps {
    gint64 held, broken, first_line;
};

/* The running balance of one currency: that of the last row with one, and what moved since. */
struct balance_chain {
    char currency[4];
    gboolean has_balance, has_delta;
    int64_t balance;
    int128 delta, between;
};

struct mapping {
    const struct format *format;
    guint column_count;
    GPtrArray *header;                 /* char*: its names, clean, one a column */
    GPtrArray *names;                  /* char*: the same for messages; a number without a name */
    int column[MAX_COLUMNS_OF_A_KIND]; /* index of a cell, or ABSENT */
    GArray *joined_columns;            /* int: of the column that may be joined */
    int charge_column, zone_column;
    gboolean is_choosy;              /* not every record is a row of the statement */
    GArray *skip_if, *keep_if;       /* struct bound_condition */
    GArray *fee_if, *out_if, *in_if; /* likewise */
    int stray_currency; /* a column of currencies that the format does not read, or ABSENT */
    struct split_signs debit, credit;
    struct control_total control_out, control_in;
    gboolean is_whole;  /* no record of it was bad; known at its end */
    gboolean is_proved; /* by balance or control totals */
    char last4[5];      /* from before the header, or "" */
    int balance_column; /* of check = balance */
    GArray *chains;     /* struct balance_chain */
    struct balance_steps oldest_first, newest_first;
    struct cell *padded;            /* the cells of a short row; with short-rows */
    GArray *rate_columns;           /* struct rate_column; with rate = each currency */
    GArray *rates;                  /* struct fx_quote: scratch */
    const struct zone *stated_zone; /* --tz, or NULL */
    char *organization_id;          /* --org, or NULL */
    char *unknown_columns;          /* a note, until it was given */
    enum { TRAILING_UNKNOWN, TRAILING_NONE, TRAILING_EMPTY } trailing;
    struct number_style style;
    GStrv date_patterns;     /* the format's, settled */
    enum charge_sign charge; /* likewise; of a card */
    char currency[4];        /* of all of a card's amounts, or "" */
    struct seen_text *seen;  /* one a column */
    struct seen_bucket bucket;
    guint pattern;       /* the date pattern that fitted last */
    GPtrArray *kept;     /* borrowed: what the facts' texts live in that are no cell's */
    GPtrArray *own_kept; /* the same, of the current record alone */
    GString *joined;     /* scratch */
};

/* One record on its way to a fact. */
struct reading {
    struct mapping *mapping;
    const struct record *record;
    GPtrArray *problems, *notes;
};

/* Takes the options, and settles by them what the format leaves open; mapping_settle.c. */
gboolean mapping_settle(struct mapping *mapping, const struct mapping_options *options,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same of the currency, once the columns are bound. */
gboolean mapping_settle_currency(struct mapping *mapping, const struct mapping_options *options,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The cell of a column; an empty one when the file has no such column. Blanks around it are gone.
 */
struct text cell_at(const struct reading *reading, int index);
struct text cell(const struct reading *reading, guint column);

/* column "X": "text" why */
void problem_at(const struct reading *reading, int index, const char *why);
void problem(const struct reading *reading, guint column, const char *why);
/* column "X" why: for a cell whose text is not the point. Consumes why. */
void problem_take(const struct reading *reading, guint column, char *why);
/* A problem of the record as a whole. Consumes why. */
void problem_record(const struct reading *reading, char *why);

/* The cell's text with secrets masked; borrowed until the next record. */
struct text read_text(const struct reading *reading, guint column);
struct text read_text_at(const struct reading *reading, int index);
/* read_text() for a cell that may hold an id: what has an id's shape is no secret. */
struct text read_id(const struct reading *reading, guint column);
/* The same, and a problem when it is empty. */
struct text read_needed_id(const struct reading *reading, guint column);
/* The organization that the record names, else --org's; a problem when there is neither. */
struct text read_organization(const struct reading *reading, guint column);

/* An exchange rate, as a cell prints it; FALSE with a problem when it is none. */
gboolean read_rate_at(const struct reading *reading, int index, int64_t *out);

/* An amount in a currency that the caller read; an empty cell is absent, and a problem when needed.
 * It can be negated: INT64_MIN is a problem. */
struct amount read_amount(const struct reading *reading, guint column, const char *currency,
                          gboolean needed);
/* The same; *mark is what follows the amount: 'C' for CR, 'D' for DR, else NUL. CR is below zero.
 */
struct amount read_marked_amount(const struct reading *reading, guint column, const char *currency,
                                 gboolean needed, char *mark);
/* read_amount() where less than nothing makes no sense. */
struct amount read_unsigned_amount(const struct reading *reading, guint column,
                                   const char *currency, gboolean needed);
/* A currency by column or constant. FALSE when it is absent, and then a problem when needed. */
gboolean read_currency(const struct reading *reading, guint column, gboolean needed, char out[4]);
/* A number at a scale; FALSE when the cell is empty or bad. */
gboolean read_decimal(const struct reading *reading, guint column, int scale, int64_t *out);

/* The same, not below zero: a count, or what an endpoint counts. Zero when the file has no such
 * column; an empty cell is a problem when needed. */
gboolean read_count(const struct reading *reading, guint column, int scale, gboolean needed,
                    int64_t *out);
/* An instant in seconds since 1970; FALSE with a problem when it is none. */
gboolean read_epoch(const struct reading *reading, guint column, int64_t *out);

/* A date by the format's patterns. */
struct printed_date read_date(const struct reading *reading, guint column, gboolean needed);
/* The same; a time must exist in the zone that --tz states, where it states one. */
struct printed_date read_local(const struct reading *reading, guint column, gboolean needed);
/* The same where an instant is meant: a time must carry its offset, or a zone be stated. */
struct printed_date read_instant(const struct reading *reading, guint column, gboolean needed);

/* The zone that a cell names, NULL when it is empty; one that does not exist is a problem. */
const struct zone *read_zone_at(const struct reading *reading, int index);

/* The last four digits of a card, however it is written; "" when there are none. */
void last4_from(struct text text, char out[5]);
/* The same of a column of its own: text without them is a problem. */
void read_last4(const struct reading *reading, guint column, char out[5]);

/* Whether the text is one of these folded words: the same, one with a '*' that fits, or "(empty)".
 */
gboolean in_words(const GStrv words, struct text text);

/* The canonical word of a text, by a table of {"as written", "canonical"} that ends with NULL. */
struct synonym {
    const char *written, *meant;
};
const char *read_word(const struct reading *reading, guint column, const struct synonym *synonyms,
                      const char *when_empty);

#define INVOICE_HEAD 8 /* "56FB0333-0001" */
#define RECEIPT_HEAD 4 /* "2843-0152" */
/* "56FB0333 0001", in any of its shapes, to "56FB0333-0001"; other text trimmed, in upper case. */
void read_number_of(const struct reading *reading, guint column, gsize head, char out[32]);

/* total = part + rest, when all are there in one currency. */
void check_sum(const struct reading *reading, guint total_column, const struct amount *total,
               const struct amount *part, const struct amount *rest, const char *what);

/* mapping_balance.c: a row held against the running balance; a skipped one; at the end; and the
 * same of control totals. */
void mapping_check_balance(const struct reading *reading, const struct card_fact *card);
void mapping_skip_balance(const struct reading *reading);
gboolean mapping_balance_holds(const struct mapping *mapping, gint64 *line,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
void mapping_sum(struct mapping *mapping, const struct card_fact *card);
gboolean mapping_totals_hold(const struct mapping *mapping,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether one of the conditions fits the record. */
gboolean any_condition_fits(const struct reading *reading, const GArray *conditions);

/* The readers of the kinds. */
void read_cost(const struct reading *reading, struct cost_fact *out);
void read_usage(const struct reading *reading, struct usage_fact *out);
void read_activity(const struct reading *reading, struct usage_fact *out);
void read_credit_usage(const struct reading *reading, struct credit_usage_fact *out);
void read_empty_window(const struct reading *reading, struct cost_fact *out);
void read_card(const struct reading *reading, struct card_fact *out);
void read_payment(const struct reading *reading, struct payment_fact *out);
void read_receipt(const struct reading *reading, struct receipt_fact *out);
void read_grant(const struct reading *reading, struct grant_fact *out);
void read_balance(const struct reading *reading, struct balance_fact *out);
void read_organization_row(const struct reading *reading, struct organization_fact *out);
void read_recharge(const struct reading *reading, struct recharge_fact *out);
void read_project(const struct reading *reading, struct project_fact *out);
void read_account(const struct reading *reading, struct account_fact *out);
void read_budget(const struct reading *reading, struct budget_fact *out);
void read_rate(const struct reading *reading, struct rate_fact *out);
void read_claim(const struct reading *reading, struct claim_fact *out);
void read_fx_rate(const struct reading *reading, struct fx_rate_fact *out);
