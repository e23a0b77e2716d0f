/*
 * recharge.h - what was bought in each month, by hand and automatically, against the settings of
 * auto-recharge.
 *
 * Amounts are credit, before tax; months and days are UTC. A cap is held against the automatic
 * purchases of a month so far, and, since it is not published whether purchases by hand count
 * toward it, against all of them as well.
 */
#pragma once
#include "credit/account.h"

enum cap_state { NO_CAP, CAP_KEPT, CAP_BROKEN, CAP_BROKEN_WITH_MANUAL, CAP_STATES };

/* "", "kept", "broken", "broken with manual" */
const char *cap_state_name(enum cap_state state);

/* An automatic purchase that came while the balance surely stood above every earlier threshold. */
struct suspect {
    guint grant;
    int64_t low_nanos; /* at least this stood before it */
    int64_t threshold_nanos;
    gboolean stated; /* the threshold; else inferred */
};

struct recharge_month {
    char month[8];
    struct purchases {
        guint count;
        int64_t nanos;
    } bought[UNSTATED + 1]; /* by enum purchase */
    int64_t cap_nanos;      /* NEVER: none */
    enum cap_state cap_state;
    int64_t over_nanos; /* by how much the cap was broken */
    guint broken_by;    /* the first grant that broke it */
    int64_t threshold_nanos;
    enum threshold_basis { NO_THRESHOLD, STATED, INFERRED } threshold_basis;
    GArray *suspects; /* struct suspect */
};

/* What earlier recharges tell of the settings. */
struct inference {
    gboolean known;
    int64_t threshold_nanos; /* at least */
    int64_t amount_nanos;    /* of the newest automatic purchase */
};

struct recharge_audit {
    GArray *months; /* struct recharge_month, those with a purchase, in order */
    struct inference inference;
};

/* The setting in force on a day, or NULL: of several the one that begins last. */
const struct recharge_setting *recharge_setting_at(const struct account *account, int32_t day);

/*
 * The balance before a purchase is known within what the use of its day allows. A threshold that no
 * table states is inferred once INFERENCE_COUNT recharges are known: it is at least what surely
 * stood before one of them, and surely exceeded by what stands above all that may have stood before
 * any. Purchases of which only the date is known, or on days that no cost covers, are not judged.
 */
#define INFERENCE_COUNT 3
struct recharge_audit *recharge_audit_new(const struct account *account, const struct burn *burn);
void recharge_audit_free(struct recharge_audit *audit);
typedef struct recharge_audit RechargeAudit; /* for g_autoptr(RechargeAudit) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RechargeAudit, recharge_audit_free)

/* Fills recharge_month and recharge_choice of the account and raises RECHARGE_CAP. */
gboolean recharge_run(const struct account *account, const struct burn *burn, struct db *db,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
