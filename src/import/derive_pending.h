/*
 * derive_pending.h - between what makes two movements the same (derive_tie.c) and who is paired
 * with whom (derive_pending.c).
 */
#pragma once
#include "import/derive_cards.h"

/* What makes a pending row and a later one the same, the best first. */
enum tie { TIE_ID, TIE_DAY, TIE_TEXT, TIE_AMOUNT, TIE_NEAR, TIE_TIP, TIES };

/* A statement of an account. */
struct sheet {
    const struct account *account;
    const struct card_file *file;
    gboolean shows_pending;
};

/* The movements of one account, by day, and its statements. */
struct book {
    GPtrArray *movements;
    GArray *sheets; /* struct sheet, of all accounts */
    guint first_sheet, end_sheet;
};

/* Days around a pending row's in which a later form of it may stand. */
int32_t tie_days_before(enum tie tie);
int32_t tie_days_after(enum tie tie);
/* Whether a movement, posted or pending in a later statement, may be what a pending one became. */
gboolean ties(const struct book *book, const struct movement *pending, const struct movement *later,
              enum tie tie);
/* The last day of the newest, or oldest, of the statements that show a movement. */
int32_t movement_statement_day(const struct movement *movement, gboolean newest);
