/*
 * subject.h - an organization's month, as the check list and the statement look at it.
 */
#pragma once
#include "close/close.h"
#include "core/digest.h"
#include "core/month.h"

#define SIGNED_POLICY "free-first" /* the burn policy of what is signed: the reports' default */

enum figure {
    FIGURE_OPENING,
    FIGURE_RESTATED,
    FIGURE_TOPUPS,
    FIGURE_GRANTS,
    FIGURE_USAGE,
    FIGURE_EXPIRED,
    FIGURE_WITHDRAWN,
    FIGURE_ADJUSTMENTS,
    FIGURE_CLOSING,
    FIGURE_CLOSING_PAID,
    FIGURE_CLOSING_FREE,
    FIGURE_CLOSING_OVERDRAFT,
    FIGURES,
};

/* The roll-forward in one currency. */
struct figures {
    char currency[4];
    int64_t nanos[FIGURES];
    gboolean is_observed;
    int64_t observed_nanos, unexplained_nanos;
    char *other_policy; /* NULL: there is none */
    int64_t other_closing_nanos, other_expired_nanos;
};

struct payment {
    char *reference, *paid_on, *status, *state;
    int64_t credit_nanos, total_nanos;
    char credit_currency[4], currency[4];
};

struct open_exception {
    char *code, *severity, *dated_on, *reference;
    char currency[4];
    int64_t amount_nanos, age_days;
};

enum source_state { SOURCE_UNCHANGED, SOURCE_MISSING, SOURCE_CHANGED };

struct source_file {
    int64_t file_id, reject_count;
    char *name, *sha256;
    enum source_state state;
};

/* What a close covers: a row of fct_close_contents. */
struct fact {
    char *kind, *id, *currency, *text, *source;
    int64_t amount_nanos;
};

/* The newest close of a month. */
struct newest {
    int64_t sequence; /* 0: there is none */
    gboolean is_standing, is_suspended;
    char *statement, *sha256, *reason; /* reason: why it was reopened, or "" */
};

enum check_state { GREEN, RED, WAIVED };

struct check {
    const char *code;
    enum check_state state;
    gboolean is_hard; /* no reason makes up for it */
    char *finding, *next_action, *reason;
};

typedef struct subject Subject; /* for g_autoptr(Subject) alone */
struct subject {
    struct db *db;
    const struct month *month;
    const struct close_request *request;
    int64_t organization_key;
    char *organization_id, *name, *cost_from; /* cost_from: NULL when no day is covered */
    gboolean is_invoiced;
    gboolean has_amount, has_share; /* materiality that is stated */
    int64_t amount_nanos, share_ppm;
    char *earlier; /* the newest month before it that stands closed, or NULL */
    struct newest newest;
    GArray *figures; /* struct figures */
    GPtrArray *payments, *exceptions, *sources, *checks;
    GPtrArray *facts; /* NULL until subjects_load_contents: a preview signs none */
};

/*
 * Everything of the month but its facts and its checks, of each organization (or the one requested)
 * that has a fact by then: struct subject, by id. month and request are borrowed. hashes: see
 * source_file.h. The script close_gather has run since the ledger last changed.
 */
GPtrArray *subjects_load(struct db *db, const struct month *month,
                         const struct close_request *request, GHashTable *hashes, GError **error);
/* And what only a statement tells: the facts that it covers, and what moved between months. */
gboolean subjects_load_contents(GPtrArray *subjects, struct db *db, const struct month *month,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
void subject_free(struct subject *subject);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Subject, subject_free)

gboolean newest_load(struct newest *out, struct db *db, const char *organization_id,
                     const char *month, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void newest_clear(struct newest *newest);
typedef struct newest Newest; /* for g_auto(Newest) alone */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Newest, newest_clear)

/*
 * What is too little to matter in a currency: of an amount and a share of the month's usage the
 * smaller. Where neither is stated, both have a default.
 */
gboolean subject_materiality(const struct subject *subject, const char *currency, int64_t *out,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* TRUE for a currency that the organization has credits in: in another nothing says what matters.
 */
gboolean subject_has_currency(const struct subject *subject, const char *currency);
/* The rule in words: "the smaller of 1.00 and 0.5 % of the month's usage (default)". */
char *subject_materiality_rule(const struct subject *subject);

/* TRUE when both of a top-up's sides are settled one way or another. */
gboolean payment_is_tied(const struct payment *payment);
gboolean payment_is_due(const struct payment *payment); /* paid, refunded or pending */

/* Fills subject->checks, in the order of close_codes(). TRUE in *passed: none is red. */
gboolean checks_run(struct subject *subject, gboolean *passed,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

const char *check_state_name(enum check_state state); /* "green", "red", "waived" */
/* One line of the check list, and the list, as text. */
void check_print(const struct check *check, GString *out);
void checks_print(const struct subject *subject, GString *out);
/* The statement, as text: the same bytes for the same ledger. */
gboolean statement_print(const struct subject *subject, GString *out,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes a close and its row of the log. */
gboolean close_store(const struct subject *subject, const char *statement,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What of a close its hash is made of, and that hash. */
struct contents {
    const char *organization_id, *month, *next_month, *policy, *prepared_by, *reviewed_by;
    const char *statement_sha256;
    int64_t sequence;
    GPtrArray *facts;   /* struct fact */
    GPtrArray *waivers; /* struct close_waiver, by code */
};
void contents_hash(const struct contents *contents, char hex[DIGEST_HEX_LEN + 1]);
/* The facts that a statement (of close_contents or close_verify_facts, bound) lists. */
GPtrArray *contents_facts(struct statement *rows, GError **error);

/* What the log says of a close. */
char *close_act_subject(const char *organization_id, const char *month);
char *close_act_hashes(int64_t sequence, const char *statement_sha256, const char *contents_sha256);
