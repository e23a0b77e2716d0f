/*
 * format_internal.h - what format*.c and mapping*.c share: the kinds with the columns they read,
 * and a format as its .ini states it.
 */
#pragma once
#include "import/format.h"

/* Columns by kind: indexes into the kind's table (format_kind.c), into format->columns and into
 * mapping->column. Start, end and their ISO twins come first wherever they exist. */
enum bucket_column { BUCKET_START, BUCKET_END, BUCKET_START_ISO, BUCKET_END_ISO, BUCKET_COLUMNS };

enum cost_column {
    COST_AMOUNT = BUCKET_COLUMNS,
    COST_CURRENCY,
    COST_QUANTITY,
    COST_QUANTITY_UNIT,
    COST_LINE_ITEM,
    COST_USER_ID,
    COST_API_KEY_ID,
    COST_USER_EMAIL,
    COST_API_SOURCE,
    COST_PROJECT_ID,
    COST_PROJECT_NAME,
    COST_ORGANIZATION_ID,
    COST_ORGANIZATION_NAME,
    COST_COLUMNS
};

enum use_column {
    USE_PROJECT_ID = BUCKET_COLUMNS,
    USE_USER_ID,
    USE_API_KEY_ID,
    USE_MODEL,
    USE_BATCH,
    USE_SERVICE_TIER,
    USE_COMPUTE_UNITS,
    USE_QUANTITY,
    USE_IMAGE_SIZE,
    USE_SOURCE,
    USE_COUNTS, /* one for each enum usage_count, in its order */
    USE_COLUMNS = USE_COUNTS + USAGE_COUNTS
};

enum activity_column {
    ACTIVITY_TIMESTAMP,
    ACTIVITY_ORGANIZATION_ID,
    ACTIVITY_ORGANIZATION_NAME,
    ACTIVITY_PROJECT,
    ACTIVITY_PROJECT_NAME,
    ACTIVITY_USER,
    ACTIVITY_API_KEY_ID,
    ACTIVITY_TYPE,
    ACTIVITY_OPERATION,
    ACTIVITY_MODEL,
    ACTIVITY_REQUESTS,
    ACTIVITY_INPUT,
    ACTIVITY_OUTPUT,
    ACTIVITY_INPUT_CACHED,
    ACTIVITY_INPUT_AUDIO,
    ACTIVITY_OUTPUT_AUDIO,
    ACTIVITY_IMAGES,
    ACTIVITY_IMAGE_SIZE,
    ACTIVITY_CHARACTERS,
    ACTIVITY_COLUMNS
};

enum credit_usage_column {
    CREDIT_USAGE_DATE,
    CREDIT_USAGE_ACCOUNT,
    CREDIT_USAGE_USER,
    CREDIT_USAGE_EMAIL,
    CREDIT_USAGE_TYPE,
    CREDIT_USAGE_CREDITS,
    CREDIT_USAGE_QUANTITY,
    CREDIT_USAGE_UNITS,
    CREDIT_USAGE_COLUMNS
};

enum card_column {
    CARD_DATE,
    CARD_POSTED_DATE,
    CARD_AMOUNT,
    CARD_DEBIT,
    CARD_CREDIT,
    CARD_CURRENCY,
    CARD_ORIGINAL_AMOUNT,
    CARD_ORIGINAL_CURRENCY,
    CARD_FEE,
    CARD_FEE_CURRENCY,
    CARD_TEXT,
    CARD_ID,
    CARD_CARD,
    CARD_TYPE,
    CARD_STATUS,
    CARD_COLUMNS
};

enum payment_column {
    PAYMENT_PAID_AT,
    PAYMENT_ORGANIZATION_ID,
    PAYMENT_ORGANIZATION_NAME,
    PAYMENT_INVOICE,
    PAYMENT_RECEIPT,
    PAYMENT_DESCRIPTION,
    PAYMENT_KIND,
    PAYMENT_STATUS,
    PAYMENT_CREDIT,
    PAYMENT_CREDIT_CURRENCY,
    PAYMENT_TAX,
    PAYMENT_TOTAL,
    PAYMENT_CURRENCY,
    PAYMENT_CARD,
    PAYMENT_REFUNDED_AT,
    PAYMENT_REFUNDED_CREDIT,
    PAYMENT_REFUNDED_TOTAL,
    PAYMENT_COLUMNS
};

enum receipt_column {
    RECEIPT_NUMBER,
    RECEIPT_INVOICE,
    RECEIPT_DATE_PAID,
    RECEIPT_SELLER,
    RECEIPT_DESCRIPTION,
    RECEIPT_SUBTOTAL,
    RECEIPT_TAX,
    RECEIPT_TOTAL,
    RECEIPT_CURRENCY,
    RECEIPT_PAYMENT_METHOD,
    RECEIPT_DOCUMENT,
    RECEIPT_DATE_ISSUED,
    RECEIPT_NET,
    RECEIPT_TAX_RATE,
    RECEIPT_TAX_NAME,
    RECEIPT_AMOUNT_PAID,
    RECEIPT_AMOUNT_DUE,
    RECEIPT_BILL_TO,
    RECEIPT_COLUMNS
};

enum grant_column {
    GRANT_ORGANIZATION_ID,
    GRANT_ID,
    GRANT_KIND,
    GRANT_GRANTED_AT,
    GRANT_EXPIRES_AT,
    GRANT_AMOUNT,
    GRANT_CURRENCY,
    GRANT_COLUMNS
};

enum balance_column {
    BALANCE_ORGANIZATION_ID,
    BALANCE_OBSERVED_AT,
    BALANCE_BALANCE,
    BALANCE_CURRENCY,
    BALANCE_COLUMNS
};

enum organization_column {
    ORGANIZATION_ID,
    ORGANIZATION_NAME,
    ORGANIZATION_BILLING_MODE,
    ORGANIZATION_FROM,
    ORGANIZATION_UNTIL,
    ORGANIZATION_MATERIALITY_AMOUNT,
    ORGANIZATION_MATERIALITY_PERCENT,
    ORGANIZATION_TAX,
    ORGANIZATION_COLUMNS
};

enum project_column {
    PROJECT_ID,
    PROJECT_ORGANIZATION_ID,
    PROJECT_CLASS,
    PROJECT_OWNER,
    PROJECT_PURPOSE,
    PROJECT_COST_CENTER,
    PROJECT_COLUMNS
};

enum account_column {
    ACCOUNT_ACCOUNT,
    ACCOUNT_CARD,
    ACCOUNT_FILE_PATTERN,
    ACCOUNT_ZONE,
    ACCOUNT_CURRENCY,
    ACCOUNT_OWNER,
    ACCOUNT_COLUMNS
};

enum budget_column {
    BUDGET_ORGANIZATION_ID,
    BUDGET_PROJECT_ID,
    BUDGET_MONTH,
    BUDGET_FROM,
    BUDGET_UNTIL,
    BUDGET_AMOUNT,
    BUDGET_CURRENCY,
    BUDGET_COLUMNS
};

enum rate_fact_column {
    RATE_MODEL,
    RATE_TOKEN_KIND,
    RATE_SERVICE_TIER,
    RATE_PRICE,
    RATE_FROM,
    RATE_UNTIL,
    RATE_SOURCE,
    RATE_COLUMNS
};

enum claim_column {
    CLAIM_ID,
    CLAIM_CHARGE,
    CLAIM_CARD,
    CLAIM_DATE,
    CLAIM_AMOUNT,
    CLAIM_CURRENCY,
    CLAIM_CLAIMANT,
    CLAIM_SUBMITTED_ON,
    CLAIM_APPROVER,
    CLAIM_PURPOSE,
    CLAIM_COLUMNS
};

enum fx_rate_column { FX_RATE_DATE, FX_RATE_BASE, FX_RATE_QUOTE, FX_RATE_RATE, FX_RATE_COLUMNS };

#define MAX_COLUMNS_OF_A_KIND 32

enum recharge_column {
    RECHARGE_ORGANIZATION_ID,
    RECHARGE_FROM,
    RECHARGE_UNTIL,
    RECHARGE_THRESHOLD,
    RECHARGE_AMOUNT,
    RECHARGE_TARGET,
    RECHARGE_MONTHLY_CAP,
    RECHARGE_CURRENCY,
    RECHARGE_COLUMNS
};

struct column_spec {
    const char *key; /* in the .ini */
    enum {
        COLUMN_OPTIONAL,        /* the .ini may leave it out, and so may a header */
        COLUMN_NEEDED,          /* the .ini states it, and a header that lacks it is refused */
        COLUMN_OR_ORGANIZATION, /* needed, unless --org says it */
    } need;
    gboolean may_be_constant; /* "const: USD" */
    gboolean may_be_open;     /* "header-suffix", "auto" */
    gboolean may_be_each;     /* "each currency": every column named by a currency code */
    gboolean may_be_joined;   /* "A + B" */
};

/* Groups of option keys that a kind takes beside those that all take. */
enum option_group {
    OPTION_DATES = 1,
    OPTION_AMOUNTS = 2,
    OPTION_CARD = 4,
    OPTION_TEMPLATE = 8,
    OPTION_ENDPOINT = 16,
    OPTION_REFUSAL = 32,
};

struct kind_spec {
    const char *name;
    const struct column_spec *columns;
    guint column_count;
    unsigned options; /* enum option_group */
};

extern const struct kind_spec kind_specs[FACT_KINDS];

/* Where the value of one column comes from: the first alias that the header has, or a constant. */
struct column_source {
    GPtrArray
        *parts;     /* of GStrv: alias lists, folded names; NULL when the .ini does not state it */
    char *constant; /* or NULL */
};

enum charge_sign { CHARGE_NEGATIVE, CHARGE_POSITIVE, CHARGE_BY_COLUMN, CHARGE_AUTO };

/* Where the currency of a card's amounts stands, if not in a column or as a constant. */
enum currency_source { CURRENCY_AS_STATED, CURRENCY_IN_HEADER, CURRENCY_AUTO };

#define DECIMAL_AUTO '\0'
#define DATES_AUTO   "auto" /* among the date patterns */

/* "Type: TOPUP | EXCHANGE": a column and the words that count. */
struct condition {
    GStrv columns; /* folded aliases */
    GStrv words;   /* folded; may hold '*'; "(empty)" is the empty cell */
};

struct format {
    char *name, *title, *template, *zone, *file_pattern;
    GStrv zone_column; /* folded aliases, or NULL */
    char digest[65];
    enum fact_kind kind;
    enum usage_endpoint endpoint; /* of kind usage */
    char *refusal;                /* why files of kind refused are; else NULL */
    GStrv match;                  /* as written */
    GStrv match_names;            /* folded */
    GHashTable *known;            /* set of folded references: match, every alias, unread */
    GPtrArray *known_stems;       /* those of them that are "stem (*)" */
    gboolean refuses_other_columns;
    gboolean has_rate_columns; /* rate = each currency */
    struct column_source columns[MAX_COLUMNS_OF_A_KIND];
    GStrv date_patterns;
    char decimal_mark;     /* or DECIMAL_AUTO */
    char *thousands_marks; /* NULL: whatever the decimal mark leaves free; with DECIMAL_AUTO */
    enum charge_sign charge;
    enum currency_source currency;
    GStrv charge_column;                      /* folded aliases; with CHARGE_BY_COLUMN */
    GStrv charge_out, charge_in, charge_skip; /* words */
    GStrv settled, pending, dead;             /* words */
    GPtrArray *skip_if, *keep_if;             /* struct condition* */
    gboolean is_only_stated;  /* other banks print this shape too: --format must name it */
    gboolean is_signed_split; /* signs of debit and credit turn the direction round */
    gboolean has_fee_in_amount;
    GStrv shape;     /* words of columns, of a statement without a header; else NULL */
    GStrv encodings; /* or NULL */
    gboolean has_short_rows, has_continuation, is_joined;
    GStrv stop_at;                                  /* folded prefixes, or NULL */
    GPtrArray *fee_if, *out_if, *in_if;             /* struct condition*, or NULL */
    GStrv balance_column;                           /* folded aliases, or NULL */
    GStrv preamble_card, preamble_out, preamble_in; /* folded labels, or NULL */
};

struct format_set {
    GPtrArray *formats; /* by name */
    gboolean is_stated; /* --format named the one that it holds */
};

#define ABSENT (-1)

/* A name or word as it is compared: BOM, quotes and blanks around it gone, case folded. */
char *name_fold(const char *text, gsize len);
/* The same without folding. */
char *name_clean(const char *text, gsize len);
/* The same as messages show it, without secrets. */
char *name_shown(const char *text, gsize len);
/* What stands in the brackets that a name ends in: "Amount (GBP)" -> "GBP"; NULL without. */
char *name_suffix(const char *name);
/* Whether a folded name is the one that a reference means: the same, or "stem (*)". */
gboolean name_fits(const char *reference, const char *name);
/* 3 for "column 3", else 0. */
guint name_place(const char *reference);

/* A header's names as they are compared. */
typedef struct header {
    const struct record *record; /* borrowed */
    GPtrArray *names;            /* char*, one a cell */
} header_t;                      /* for g_auto alone */

struct header header_new(const struct record *record);
void header_clear(struct header *header);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(header_t, header_clear)
gboolean header_has(const struct header *header, const char *reference);
/* The column that a reference means, or ABSENT. A name that stands twice would be read by chance:
 * FALSE. */
gboolean header_find(const struct header *header, const struct format *format,
                     const char *reference, int *index, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same of the first alias that the header has; NULL is none. */
gboolean header_find_alias(const struct header *header, const struct format *format,
                           const GStrv aliases, int *index,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A word of `shape`; format_shape.c. */
gboolean shape_word_is_valid(const char *word);
/* Whether the record stands behind the table: stop-at. */
gboolean format_ends_at(const struct format *format, const struct record *record);

/* Makes a folded reference one that the format knows, and asks. */
void format_know(struct format *format, const char *reference);
gboolean format_knows(const struct format *format, const struct header *header, guint index);
void format_free(struct format *format);
/* Reads the text of one .ini; `path` is its asset name, "formats/NAME.ini". */
struct format *format_parse(const char *path, const char *text, gsize len, GError **error);
/*
 * Refuses what ini_scan() refuses, and any but one group. *lines: "key" -> its line as
 * GINT_TO_POINTER.
 */
gboolean format_scan(const char *path, const char *text, gsize len, GHashTable *lines,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* "dmy", "mdy" or "ymd" of a pattern in which all three are numbers, else NULL. */
const char *date_pattern_order(const char *pattern);
