/*
 * survey.h - what the records of a statement say together: counts from which guess.h decides.
 *
 * Records go by once, in their order, and are not kept: the memory depends on the number of columns
 * alone. Nothing is decided here.
 */
#pragma once
#include "import/record.h"
#include "import/survey_cell.h"

/* What a column of a statement may be. */
enum role {
    ROLE_DATE,
    ROLE_POSTED,
    ROLE_AMOUNT,
    ROLE_DEBIT,
    ROLE_CREDIT,
    ROLE_TEXT,
    ROLE_CURRENCY,
    ROLE_ORIGINAL_AMOUNT,
    ROLE_ORIGINAL_CURRENCY,
    ROLE_FEE,
    ROLE_STATUS,
    ROLE_ID,
    ROLE_CARD,
    ROLE_TYPE,
    ROLE_BALANCE,
    ROLE_ZONE,
    ROLES
};

#define NO_COLUMN (-1)

/* Where the roles stand: indexes of columns, or NO_COLUMN. Several columns make up the text. */
struct roles {
    int column[ROLES];
    gboolean is_text[RECORD_MAX_COLUMNS];
    gboolean is_owed; /* the balance is what is owed */
};

/* Whether a row's text says that money came in: as only a card's issuer does, or as others too; or
 * that none moved, for it tells a balance. */
enum incoming { INCOMING_NOT, INCOMING_PERHAPS, INCOMING_ON_A_CARD, INCOMING_BALANCE, INCOMINGS };
typedef enum incoming survey_incoming(gconstpointer data, const char *folded_text);

/* A distinct text of a column and the signs of the amounts beside it. */
struct word_count {
    gint64 rows, positive, negative;
};

#define SURVEY_WORDS    32 /* distinct texts that are kept of a column */
#define SURVEY_WORD_MAX 40 /* bytes of one of them */

struct column_survey {
    gint64 filled;
    gint64 dates, with_offset, fits[DATE_SHAPES];
    gint64 amounts, bare, positive, negative, zero, credit_marked;
    gint64 fits_mark[MARKS];   /* amounts under this decimal mark */
    gint64 proves_mark[MARKS]; /* under it alone */
    gint64 two_faced;          /* amounts under both, of different values */
    unsigned groups[MARKS];
    gint64 with_unit;
    char unit[5];
    gboolean units_differ;
    gint64 codes;      /* three letters */
    GHashTable *words; /* folded text -> struct word_count; NULL once there are too many */
};

/* Rows in order of time, under one reading of their dates. */
struct order_track {
    gint64 rises, falls;
    int32_t last;
    gboolean has_last;
};

/* From the transaction to its posting, under one reading of their dates. */
struct lag_track {
    gint64 later;  /* rows posted 1 to 10 days later */
    gint64 beyond; /* rows posted before, or more than 31 days later */
};

/* Steps of a running balance: this row's balance less the amount is the balance of the row before,
 * or that row's the one of this. */
enum balance_order { OLDEST_FIRST, NEWEST_FIRST, BALANCE_ORDERS };
struct balance_track {
    gint64 steps;
    gint64 holds[BALANCE_ORDERS][2][2]; /* by order; moves with or against the amount; fee on top */
};

struct survey {
    guint column_count;
    struct roles roles;
    struct column_survey *columns;
    gint64 records; /* all of them */
    gint64 rows;    /* with a date and as many fields as there are columns */
    gint64 inside;  /* that are no row, between rows */
    gint64 behind;  /* behind the last row, */
    gint64 behind_line;
    char *behind_first; /* the first cell of the first of them; "" for a row too short or empty */
    gint64 trailing;    /* rows with one field more, empty */
    struct order_track order[DATE_SHAPES];
    struct lag_track lag[DATE_SHAPES];
    struct balance_track balance[MARKS];
    struct {
        gboolean known;
        int64_t balance, amount, fee;
    } before[MARKS]; /* the row before */
    /* Signs of the amounts of rows that say that money came in, by how surely. */
    struct word_count incoming[INCOMINGS];
    gint64 balances;                    /* rows that tell a balance and move nothing */
    gint64 both_sides, neither_side;    /* of debit and credit */
    gint64 split_agrees, split_differs; /* amount beside debit and credit */
    gint64 with_fee;                    /* rows whose fee is not zero */
};

struct survey *survey_new(const struct roles *roles, guint column_count);
void survey_free(struct survey *survey);
typedef struct survey Survey; /* for g_autoptr(Survey) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Survey, survey_free)

void survey_add(struct survey *survey, const struct record *record, survey_incoming *is_incoming,
                gconstpointer data);

/* The cell of a record without the blanks around it; empty when there is none. */
struct text survey_cell(const struct record *record, int index);
/* Three letters that may be a currency, as upper or lower case. */
gboolean survey_is_code(struct text text);
