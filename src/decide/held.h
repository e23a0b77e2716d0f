/*
 * held.h - the decisions in force that name a fact, and the new one that is written beside them.
 */
#pragma once
#include "decide/decide.h"
#include "decide/find.h"

/* A decision in force. */
struct held {
    int64_t decision_id, amount_nanos;
    char *id, *verb, *leg, *cause, *by;
    char on[11];         /* UTC day */
    GPtrArray *fact_ids; /* as they are now */
    GArray *keys;        /* struct held_key, in the same order */
};

struct held_key {
    enum fact_kind kind;
    int64_t key;
};

/* Those that name a fact, newest first: struct held, owned. NULL on failure. */
GPtrArray *held_find(struct db *db, const struct fact *fact, GError **error);
/* Whether a decision names these facts (GPtrArray of struct fact): each of them, these and no
 * other, or no other. */
gboolean held_names_each(const struct held *held, const GPtrArray *facts);
gboolean held_names_all(const struct held *held, const GPtrArray *facts);
gboolean held_is_within(const struct held *held, const GPtrArray *facts);
/* "by ann on 2026-11-26 (d3)"; free it. */
char *held_words(const struct held *held);

/* What is being decided. */
struct ruling {
    struct db *db;
    const struct decision_request *request;
    GPtrArray *facts;     /* struct fact: a top-up first, a charge before what gave it back */
    const char *leg;      /* static: "receipt", "card"; "" of a refund, and where there is none */
    const char *verb;     /* static: as decision.verb */
    int64_t amount_nanos; /* 0 and "" when there is none */
    const char *currency;
    const char *cause; /* "" */
    GArray *ended;     /* int64_t: decisions that it supersedes or takes back */
};

static inline struct fact *ruling_fact(const struct ruling *ruling, guint index)
{
    return g_ptr_array_index(ruling->facts, index);
}

/* Notes that the ruling ends a decision. */
void ruling_ends(struct ruling *ruling, const struct held *held);
/* Writes the decision, what it ends, and its row of the audit log. */
gboolean ruling_write(const struct ruling *ruling, GError **error) G_GNUC_WARN_UNUSED_RESULT;
