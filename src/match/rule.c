/*
 * rule.c - wallet rules.
 *
 * A line of a .rules file is blank, a comment (its first character is '#'), or a rule:
 *
 *     name  wallet  pattern
 *
 *   name     lower-case letters, digits and hyphens, once in a file; reports show it
 *   wallet   api, chatgpt, credits, other or unknown
 *   pattern  the rest of the line, blanks at its end dropped: a PCRE2 pattern, searched anywhere in
 *            the text, regardless of case
 *
 * A search that meets a limit decides nothing and no later rule may decide in its place: the text
 * is 'unknown', 'undecided'.
 */
#include "match/rule.h"
#include "core/asset.h"
#include "core/error.h"
#include "core/pattern.h"

#define RULES_FILE      "rules/wallets.rules"
#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789-"

static const char *const wallets[] = {"api", "chatgpt", "credits", "other", "unknown"};

struct rule {
    char *name;
    const char *wallet;
    struct pattern *pattern;
};

struct ruleset {
    GArray *rules;        /* struct rule */
    GHashTable *verdicts; /* text -> struct rule_verdict */
};

static void rule_clear(gpointer data)
{
    struct rule *rule = data;

    g_free(rule->name);
    pattern_free(rule->pattern);
}

static struct ruleset *ruleset_new(void)
{
    struct ruleset *ruleset = g_new0(struct ruleset, 1);

    ruleset->rules = g_array_new(FALSE, FALSE, sizeof(struct rule));
    g_array_set_clear_func(ruleset->rules, rule_clear);
    ruleset->verdicts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return ruleset;
}

void ruleset_free(struct ruleset *ruleset)
{
    if (!ruleset)
        return;
    g_array_unref(ruleset->rules);
    g_hash_table_unref(ruleset->verdicts);
    g_free(ruleset);
}

static const char *wallet_find(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(wallets); i++)
        if (g_str_equal(wallets[i], name))
            return wallets[i];
    return NULL;
}

static gboolean name_taken(const struct ruleset *ruleset, const char *name)
{
    for (guint i = 0; i < ruleset->rules->len; i++)
        if (g_str_equal(g_array_index(ruleset->rules, struct rule, i).name, name))
            return TRUE;
    return FALSE;
}

/* Cuts the first word off *rest and moves *rest to what follows. */
static char *word_take(const char **rest)
{
    gsize len = strcspn(*rest, " \t");
    char *word = g_strndup(*rest, len);

    *rest += len;
    *rest += strspn(*rest, " \t");
    return word;
}

static gboolean rule_add(struct ruleset *ruleset, const char *line, GError **error)
{
    const char *rest = line;
    g_autofree char *name = word_take(&rest);
    g_autofree char *wallet_name = word_take(&rest);
    const char *wallet = wallet_find(wallet_name);
    struct rule rule = {0};

    if (strspn(name, NAME_CHARACTERS) != strlen(name)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "\"%s\" is not a rule's name\n"
                    "hint: a rule is: name wallet pattern; the name has lower-case letters, digits "
                    "and hyphens",
                    name);
        return FALSE;
    }
    if (name_taken(ruleset, name)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "there is a rule \"%s\" already",
                    name);
        return FALSE;
    }
    if (!wallet) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "\"%s\" is not a wallet\n"
                    "hint: wallets are api, chatgpt, credits, other and unknown",
                    wallet_name);
        return FALSE;
    }
    if (!*rest) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "the rule \"%s\" has no pattern",
                    name);
        return FALSE;
    }
    rule.pattern = pattern_new(rest, error);
    if (!rule.pattern)
        return FALSE;
    rule.name = g_steal_pointer(&name);
    rule.wallet = wallet;
    g_array_append_val(ruleset->rules, rule);
    return TRUE;
}

struct ruleset *ruleset_parse(const char *name, const char *text, gsize len, GError **error)
{
    g_autoptr(Ruleset) ruleset = ruleset_new();
    g_autofree char *copy = g_strndup(text, len);
    g_auto(GStrv) lines = g_strsplit(copy, "\n", -1);

    for (guint i = 0; lines[i]; i++) {
        const char *line = g_strstrip(lines[i]);

        if (*line && *line != '#' && !rule_add(ruleset, line, error)) {
            g_prefix_error(error, "%s:%u: ", name, i + 1);
            return NULL;
        }
    }
    if (ruleset->rules->len == 0) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s: has no rule\n"
                    "hint: remove the file, and the built-in rules are back",
                    name);
        return NULL;
    }
    return g_steal_pointer(&ruleset);
}

struct ruleset *ruleset_load(GError **error)
{
    g_autoptr(GBytes) bytes = asset_read(RULES_FILE, error);
    gsize len = 0;
    const char *text = bytes ? g_bytes_get_data(bytes, &len) : NULL;

    g_autofree char *place = asset_place(RULES_FILE);

    return text ? ruleset_parse(place, text, len, error) : NULL;
}

/* Asks the rules in turn. Anything but a match or a clean "no match" ends the search undecided. */
static struct rule_verdict rules_ask(const struct ruleset *ruleset, const char *text)
{
    gsize len = strlen(text);

    for (guint i = 0; i < ruleset->rules->len; i++) {
        const struct rule *rule = &g_array_index(ruleset->rules, struct rule, i);
        enum pattern_status status = pattern_search(rule->pattern, text, len, 0, NULL);

        if (status == PATTERN_FOUND)
            return (struct rule_verdict){rule->wallet, rule->name};
        if (status == PATTERN_UNDECIDED)
            return (struct rule_verdict){"unknown", "undecided"};
    }
    return (struct rule_verdict){"unknown", "no-rule"};
}

struct rule_verdict ruleset_judge(struct ruleset *ruleset, const char *text)
{
    struct rule_verdict *known = g_hash_table_lookup(ruleset->verdicts, text);

    if (!known) {
        known = g_new(struct rule_verdict, 1);
        *known = rules_ask(ruleset, text);
        g_hash_table_insert(ruleset->verdicts, g_strdup(text), known);
    }
    return *known;
}
