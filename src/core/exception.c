/* exception.c - severities and next actions by code, and the one insert. */
#include "core/exception.h"
#include "core/digest.h"

struct code {
    const char *name, *severity, *next_action;
};

static const struct code codes[EXCEPTION_CODES] = {
    [NO_RECEIPT] = {"NO_RECEIPT", "warning",
                    "Download the invoice's receipt from the billing page and import it."},
    [NO_TOPUP_FOR_RECEIPT] = {"NO_TOPUP_FOR_RECEIPT", "warning",
                              "Add the payment to the organization's payments file, or find out "
                              "whose receipt it is."},
    [NO_CARD_CHARGE] = {"NO_CARD_CHARGE", "error",
                        "Look for the charge on the card's other statements, or ask who paid."},
    [NO_TOPUP_FOR_CHARGE] = {"NO_TOPUP_FOR_CHARGE", "error",
                             "Find the organization this card paid for and import its payments."},
    [NO_GRANT_FOR_TOPUP] = {"NO_GRANT_FOR_TOPUP", "error",
                            "Check on the console that the payment became credit; if not, write "
                            "to the Platform's support."},
    [NO_TOPUP_FOR_GRANT] = {"NO_TOPUP_FOR_GRANT", "warning",
                            "Add the payment behind this paid grant to the payments file."},
    [AMOUNT_MISMATCH] = {"AMOUNT_MISMATCH", "error",
                         "Compare the two documents and correct the one that was typed by hand."},
    [AMBIGUOUS] = {"AMBIGUOUS", "warning",
                   "Look at the candidates with `trueup explain` and decide which belongs."},
    [PENDING_AGED] = {"PENDING_AGED", "warning",
                      "Look up on the billing page what became of this payment."},
    [DUPLICATE_CHARGE] = {"DUPLICATE_CHARGE", "error",
                          "Dispute the second charge with the card issuer, or find its top-up."},
    [RAPID_RETRY] = {"RAPID_RETRY", "info", "Check that only one of the attempts was charged."},
    [FAILED_TOPUP] = {"FAILED_TOPUP", "info",
                      "Check that the card works, so that usage does not stop."},
    [REFUND] = {"REFUND", "warning",
                "Check on the console whether the credit was withdrawn, and enter it in the "
                "payments file."},
    [CHARGEBACK] = {"CHARGEBACK", "error",
                    "Expect the credit to be withdrawn; settle with the Platform before more is "
                    "used."},
    [MISSING_INVOICE] = {"MISSING_INVOICE", "warning",
                         "Look up the missing invoice number on the billing page."},
    [NEGATIVE_BALANCE] =
        {"NEGATIVE_BALANCE", "warning",
         "Accrue it if it stands at a period's end; the next paid top-up repays it first."},
    [OPENING_UNKNOWN] = {"OPENING_UNKNOWN", "warning",
                         "State what stood before the first file: a credit_grants row of kind "
                         "opening, or `trueup observe`."},
    [EXPIRING_CREDITS] = {"EXPIRING_CREDITS", "warning",
                          "Use this credit first, or pause top-ups until it is used."},
    [EXPIRED_CREDITS] = {"EXPIRED_CREDITS", "warning", "Write off the expired credit."},
    [RECHARGE_CAP] = {"RECHARGE_CAP", "error",
                      "Compare the month's limit on the console with the recharge table; if it "
                      "stands, ask the Platform's support for the excess."},
    [BALANCE_MISMATCH] = {"BALANCE_MISMATCH", "error",
                          "Look for a payment, grant or export that is missing before this day."},
    [RESTATED] = {"RESTATED", "info", "Nothing, unless the period is already reported."},
    [SNAPSHOT_CONFLICT] = {"SNAPSHOT_CONFLICT", "error",
                           "State which file is newer: import it again with --as-of DATE."},
    [PROJECT_ABSENT] = {"PROJECT_ABSENT", "warning",
                        "If the later export was whole, import it again with --scope "
                        "organization; if it was filtered, nothing."},
    [GRAIN_MISMATCH] = {"GRAIN_MISMATCH", "error",
                        "Export the days again, grouped by project and ungrouped, on one day."},
    [UNATTRIBUTED_COST] = {"UNATTRIBUTED_COST", "info",
                           "Export these days grouped by project to see whose cost it is."},
    [COVERAGE_GAP] = {"COVERAGE_GAP", "warning", "Export these days' cost and import it."},
    [RESTATED_AFTER_CLOSE] = {"RESTATED_AFTER_CLOSE", "error",
                              "Take back what came late (`trueup forget` a file, `--undo` a "
                              "decision), or reopen the month with a reason and close it again."},
    [RUNAWAY] = {"RUNAWAY", "warning",
                 "Ask the project's owner what ran on these days, and say what it was: "
                 "`trueup verdict`."},
    [WRONG_ORGANIZATION] = {"WRONG_ORGANIZATION", "warning",
                            "Ask who paid which organization this was meant for, and correct the "
                            "one that the card's payments go to."},
    [DUPLICATE_SUBSCRIPTION] = {"DUPLICATE_SUBSCRIPTION", "warning",
                                "Ask the card's holder whether both subscriptions are needed, and "
                                "cancel one where it is sold: on the web or in the app store."},
    [BUDGET_EXCEEDED] = {"BUDGET_EXCEEDED", "warning",
                         "Ask the owner for a new budget, or what will bring the spend down."},
    [ALREADY_CLAIMED] = {"ALREADY_CLAIMED", "error",
                         "Refuse the later claim, or correct the charge that it names."},
};

const char *exception_name(enum exception_code code)
{
    return codes[code].name;
}

const char *exception_severity(enum exception_code code)
{
    return codes[code].severity;
}

const char *exception_next_action(enum exception_code code)
{
    return codes[code].next_action;
}

static gboolean clear(struct db *db, const char *name, const char *room, GError **error)
{
    struct statement *statement = statement_get(db, name, error);

    if (!statement)
        return FALSE;
    statement_bind_text(statement, "room", room);
    return statement_execute(statement, error);
}

gboolean exception_clear(struct db *db, const char *room, GError **error)
{
    return clear(db, "exception_clear", room, error) &&
           clear(db, "exception_settled_clear", room, error);
}

static const char *subject_of(const struct exception *exception)
{
    return exception->subject ? exception->subject : exception->reference;
}

/* The id is made of names, not of keys: keys depend on the order of import. */
static char *natural_id(struct db *db, const struct exception *exception, GError **error)
{
    struct statement *names = statement_get(db, "exception_names", error);
    char *id;

    if (!names)
        return NULL;
    statement_bind_int(names, "organization_key", exception->organization_key);
    statement_bind_int(names, "project_key", exception->project_key);
    if (statement_step(names, error) != ROW)
        return NULL;
    id = digest_id('x', exception_name(exception->code), statement_text(names, 0),
                   statement_text(names, 1), exception->dated_on, exception->currency,
                   subject_of(exception), NULL);
    statement_reset(names);
    return id;
}

static enum row_status is_settled(struct db *db, const struct exception *exception, const char *id,
                                  GError **error)
{
    struct statement *statement = statement_get(db, "exception_is_settled", error);
    enum row_status status;

    if (!statement)
        return FAILED;
    statement_bind_text(statement, "id", id);
    statement_bind_int(statement, "amount_nanos", exception->amount_nanos);
    status = statement_step(statement, error);
    statement_reset(statement);
    return status;
}

static gboolean settled_add(struct db *db, const struct exception *exception, const char *id,
                            GError **error)
{
    struct statement *insert = statement_get(db, "exception_settled_insert", error);

    if (!insert)
        return FALSE;
    statement_bind_text(insert, "room", exception->room);
    statement_bind_text(insert, "code", exception_name(exception->code));
    statement_bind_text(insert, "reference", exception->reference);
    statement_bind_text(insert, "id", id);
    return statement_execute(insert, error);
}

gboolean exception_add(struct db *db, const struct exception *exception, GError **error)
{
    g_autofree char *id = natural_id(db, exception, error);
    enum row_status settled = id ? is_settled(db, exception, id, error) : FAILED;
    struct statement *insert;

    if (settled != END)
        return settled == ROW && settled_add(db, exception, id, error);
    insert = statement_get(db, "exception_insert", error);
    if (!insert)
        return FALSE;
    statement_bind_text(insert, "room", exception->room);
    statement_bind_text(insert, "code", exception_name(exception->code));
    statement_bind_text(insert, "severity",
                        exception->severity ? exception->severity
                                            : exception_severity(exception->code));
    statement_bind_key(insert, "organization_key", exception->organization_key);
    statement_bind_key(insert, "project_key", exception->project_key);
    statement_bind_text(insert, "dated_on", exception->dated_on);
    statement_bind_int(insert, "amount_nanos", exception->amount_nanos);
    statement_bind_text(insert, "currency", exception->currency);
    statement_bind_text(insert, "reference", exception->reference);
    statement_bind_key(insert, "file_id", exception->file_id);
    statement_bind_int(insert, "line", exception->line);
    statement_bind_text(insert, "subject", subject_of(exception));
    statement_bind_text(insert, "explanation", exception->explanation);
    statement_bind_text(insert, "next_action", exception_next_action(exception->code));
    statement_bind_text(insert, "id", id);
    return statement_execute(insert, error);
}
