/*
 * rule.h - the ordered rules that sort a text into a wallet.
 *
 * A ruleset is read from rules/wallets.rules (the user's own wins over the embedded one) and keeps
 * what it decided: the same text is judged once. Wallets are 'api', 'chatgpt', 'credits', 'other'
 * and 'unknown'.
 */
#pragma once
#include <glib.h>

struct ruleset;

/* Borrowed from the ruleset. */
struct rule_verdict {
    const char *wallet;
    const char
        *rule; /* its name; "undecided" when a limit stopped it, "no-rule" when none matched */
};

/* Reads a ruleset; `name` is for messages. A bad rule fails with TRUEUP_ERROR_INPUT, naming the
 * line. */
struct ruleset *ruleset_parse(const char *name, const char *text, gsize len, GError **error);
struct ruleset *ruleset_load(GError **error);
void ruleset_free(struct ruleset *ruleset);
typedef struct ruleset Ruleset; /* for g_autoptr(Ruleset) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Ruleset, ruleset_free)

/* The first rule that matches decides. Text is UTF-8. */
struct rule_verdict ruleset_judge(struct ruleset *ruleset, const char *text);
