/*
 * find.h - facts and exceptions by what a person calls them.
 */
#pragma once
#include "core/db.h"

enum fact_kind { FACT_TOPUP, FACT_RECEIPT, FACT_CHARGE, FACT_EXCEPTION };

/* A fact as decisions see it. Texts are owned. */
struct fact {
    enum fact_kind kind;
    int64_t key; /* 0 of an exception */
    char *id, *reference, *currency, *original_currency;
    char *state;        /* a payment's status, 'paid' or 'unpaid', a charge's state, a code */
    char *leg_state[2]; /* of a top-up: receipt, card; else "" */
    char *held_by; /* of a receipt or charge: the id of the top-up that has it for sure, or "" */
    int64_t amount_nanos, original_nanos;
};

void fact_free(struct fact *fact);
typedef struct fact Fact; /* for g_autoptr(Fact) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Fact, fact_free)

const char *fact_noun(enum fact_kind kind);
const char *fact_kind_name(enum fact_kind kind); /* as decision_fact.kind */

/* The one fact that a name means; TRUEUP_ERROR_INPUT when there is none, or several. Where a top-up
 * is meant, as by its leg, what else has its name does not count beside it. */
struct fact *fact_find(struct db *db, const char *name, gboolean topup_is_meant, GError **error);
