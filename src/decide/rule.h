/*
 * rule.h - the checks of each verb. Each fills a ruling, or says that nothing is to be written.
 */
#pragma once
#include "decide/held.h"

/* RULE_KNOWN: it was decided before, and told says so. */
enum rule_status { RULE_FAILED, RULE_NEW, RULE_KNOWN };

/* pair.c, item.c: told is a sentence, to be freed. */
enum rule_status rule_accept(struct ruling *ruling, char **told, GError **error);
enum rule_status rule_reject(struct ruling *ruling, char **told, GError **error);
enum rule_status rule_settle(struct ruling *ruling, char **told, GError **error);
enum rule_status rule_adjust(struct ruling *ruling, char **told, GError **error);
/* give_back.c: whether two facts are a charge and what may have given it back; and whether it can,
 * the charge first. */
gboolean gives_back(const GPtrArray *facts);
enum rule_status give_back_allow(const struct ruling *ruling, GError **error);
/* undo.c: whatever the verb. */
enum rule_status rule_undo(struct ruling *ruling, char **told, GError **error);

/* "top-up AAAA-0001 (t…)"; free it. */
char *fact_words(const struct fact *fact);
/* The same of all of a ruling's facts, joined; free it. */
char *facts_words(const struct ruling *ruling, const char *between);
enum rule_status rule_refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
