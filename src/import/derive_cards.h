/*
 * derive_cards.h - card rows in memory: given their accounts (derive_accounts.c), united into
 * movements (derive_movement.c, derive_parts.c, derive_pending.c, derive_reversal.c), and written
 * as charges with their history (derive_charges.c).
 */
#pragma once
#include "core/db.h"

/* A card or bank account. */
struct account {
    char *name;       /* the table's or --account's, else "…1234", else "FORMAT" or "FORMAT #2" */
    char *card_last4; /* "" when not known, or one of several */
    char *zone, *currency, *owner; /* "" when not known */
    int64_t account_id;            /* 1-based, by name; set by accounts_insert */
};

/* One statement; in the order of its name and digest among all of them. */
struct card_file {
    int64_t file_id;
    const char *name, *sha256, *format;
    const char *zone, *zone_source, *account_option, *account_hint;
    const char *from_on, *until_on; /* its first and last dated day, as printed */
    guint first_row, row_count;     /* its rows in struct cards */
    int32_t from_day, until_day;    /* the same */
    int direction; /* of its days: 1 when it goes from old to new, -1 back, 0 when nothing tells */
    gboolean is_ordered; /* nearly all of its days go that way, or it has only one */
};

/* The first words of a descriptor that name somebody, or NULL. */
struct merchant {
    char *words[2];
};

/* One row of a statement; NULL for what it does not print. */
struct card_row {
    int64_t card_row_id, line;
    const struct card_file *file;
    const char *dated_on; /* purchased_on, else posted_on, else the last dated day of its file */
    const char *purchased_on, *purchased_time, *posted_on, *posted_time;
    int64_t amount_nanos, original_nanos, fee_nanos;
    const char *currency, *original_currency, *fee_currency; /* original_currency "": not told */
    const char *state, *status, *type, *descriptor, *reference;
    const char *card_last4; /* as the row says; accounts_assign fills in what the file knows */
    const struct merchant *merchant; /* of the descriptor */
    struct account *account;         /* set by accounts_assign */
    int32_t day;                     /* dated_on */
    gboolean is_by_card; /* it is the account of its last four digits and nothing more */
    gboolean is_leg, is_fee;
    gboolean is_undated; /* pending, and its statement prints no date */
};

#define CARD_COLUMNS 20 /* that derive_card_rows selects */

/* Everything; files and rows by source order, each file's rows by line. */
struct cards {
    GStringChunk *texts; /* owns the text above, each once */
    const char
        *before[CARD_COLUMNS]; /* a column\'s text in the row before: mostly the next one\'s */
    GArray *files;             /* struct card_file */
    GArray *rows;              /* struct card_row */
    GHashTable *accounts;      /* name -> struct account, owned */
    GHashTable *merchants;     /* descriptor, as in texts -> struct merchant, owned */
};

/* The statements in the ledger: all of them, or those of one format. */
struct cards *cards_read(struct db *db, const char *format, GError **error);
void cards_free(struct cards *cards);
typedef struct cards Cards; /* for g_autoptr(Cards) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Cards, cards_free)

/*
 * What makes two rows of one account the same movement, where both statements cover it: day, amount
 * with its direction, currency, descriptor, card, transaction id where there is one, and whether it
 * happened at all. Pending and posted are alike.
 */
gint card_row_compare(const struct card_row *a, const struct card_row *b);

gboolean row_is_posted(const struct card_row *row);
gboolean row_is_pending(const struct card_row *row);

/* The account of that name; a new one knows nothing else. */
struct account *account_named(struct cards *cards, const char *name);
/* Sets what an account knows, where something is stated. */
void account_learn(char **value, const char *stated);
/* Parts the rows of different banks that have but their card's last four digits in common. */
void accounts_part_banks(struct cards *cards);
/* Gives the rows that are still without an account one, by comparing statements. */
void accounts_assign_anonymous(struct cards *cards);

/* Finds or makes the account of every row. */
gboolean accounts_assign(struct db *db, struct cards *cards,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Writes the accounts, those that only the accounts table names too. */
gboolean accounts_insert(struct db *db, struct cards *cards,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A statement, of a named account or none, that shares too few rows with one that names none to be
 * of the same account, too many to be of another. */
struct contradiction {
    char *name;
    guint common, rows; /* rows in common on common days; of those that the smaller one has there,
                           or the larger where the smaller has no other */
};

/* The statements of its format that contradict one, by name: struct contradiction, owned. */
GPtrArray *accounts_contradictions(struct db *db, int64_t file_id, const char *format,
                                   GError **error);
/* The same, among statements that were read and had assigned what is stated for them. */
GPtrArray *anonymous_contradictions(struct cards *cards, int64_t file_id);

/* A row of a movement. */
struct told {
    const struct card_row *row;
    const char *role;    /* as charge_row.role */
    gboolean is_counted; /* its amount is in the movement's */
    const char *note;    /* a sentence, or "" */
};

/* One movement of money on a card, whatever rows of whatever statements tell of it. */
struct movement {
    const struct card_row *head; /* the row whose dates and texts stand for it */
    GArray *told;                /* struct told */
    char *id;          /* of its earliest form, so that it stays when a pending row posts */
    const char *state; /* as charge.state */
    int64_t amount_nanos, original_nanos, fee_nanos;
    const char *currency, *original_currency, *fee_currency;
    struct movement *recapture; /* of an authorization: what was charged instead */
    struct movement *reverses;  /* of a reversal: the authorization */
    gboolean is_recapture;
    gboolean has_fees_apart; /* of its legs, in several currencies: fee_nanos has none of them */
    gboolean is_gone;
    struct movement *became; /* when it is gone: the movement that has its rows */
    int64_t charge_id;
};

/* The movements of all accounts, by account and day; free with g_ptr_array_unref. */
GPtrArray *movements_find(const struct cards *cards);
/* Drops those that are gone, and sorts what is left in its natural order. */
void movements_settle(GPtrArray *movements);
/* Gives the rows of one to another; the one is gone. */
void movement_absorb(struct movement *movement, struct movement *gone);
struct told *movement_told(const struct movement *movement, guint index);
gboolean movement_is(const struct movement *movement, const char *state);
/* Whether the cards of two movements may be the same. */
gboolean movements_same_card(const struct movement *a, const struct movement *b);
/* Whether two movements have a transaction id, and the same one. */
gboolean movements_same_id(const struct movement *a, const struct movement *b);
/* Where an account's movements end that start at first. */
guint movements_account_end(const GPtrArray *movements, guint first);

/* Unites legs, and fees with what they are the fee of. */
void movements_join_parts(GPtrArray *movements);
/* Unites a pending row with what it became; marks those that came to nothing. */
void movements_follow_pending(GPtrArray *movements, const struct cards *cards);
/* Marks authorizations that were reversed and charged again, and their reversals. */
void movements_net_reversals(GPtrArray *movements);

struct merchant *merchant_read(const char *descriptor);
void merchant_free(struct merchant *merchant);
/* Whether two movements are of one merchant, by the first word, or by as many as both have. */
gboolean merchant_agrees(const struct movement *a, const struct movement *b, gboolean wholly);
/* Whether type, status or descriptor calls a row a reversal; or that or a refund. */
gboolean row_says_reversal(const struct card_row *row);
gboolean row_says_refund(const struct card_row *row);
/* Whether two amounts of one direction differ by no more than rates do. */
gboolean amounts_near(int64_t a, int64_t b);

/* Unites the rows into movements, and writes them as charges with their rows and reversals. */
gboolean charges_insert(struct db *db, const struct cards *cards,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
