/*
 * decide_given.h - decisions made on what match_given.h gave, and matched again.
 */
#pragma once
#include "decide/decide.h"
#include "match_given.h"

/* Decides, and matches again. What was told, or the message of a refusal; free it. */
static inline char *decide_request(Db *db, struct decision_request request, char *first,
                                   char *second)
{
    g_autoptr(GError) error = NULL;
    char *names[] = {first, second, NULL};
    char *told;

    request.names = names;
    if (!request.by)
        request.by = "ann";
    told = decide(db, &request, &error);
    if (!told)
        return g_strdup(error->message);
    given_matched(db);
    return told;
}

static inline void given_decided(Db *db, struct decision_request request, char *first, char *second)
{
    gint64 before, after;
    g_autofree char *was = given_rows(db, "select count(*) from decision");
    g_autofree char *told = decide_request(db, request, first, second);
    g_autofree char *is = given_rows(db, "select count(*) from decision");

    before = g_ascii_strtoll(was, NULL, 10);
    after = g_ascii_strtoll(is, NULL, 10);
    if (after != before + 1)
        fail_msg("%s", told);
}

static inline void assert_told(Db *db, struct decision_request request, char *first, char *second,
                               const char *expected)
{
    g_autofree char *told = decide_request(db, request, first, second);

    assert_string_equal(told, expected);
}

#define TOPUP_1   "t000000000001"
#define TOPUP_2   "t000000000002"
#define RECEIPT_1 "r000000000001"
#define RECEIPT_2 "r000000000002"
#define CHARGE_1  "c000000000001"
#define CHARGE_2  "c000000000002"
