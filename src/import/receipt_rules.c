/*
 * receipt_rules.c - rules that find the fields of a receipt in its text.
 *
 * A line of rules/receipts.rules is blank, a comment (its first character is '#'), or
 *
 *     name  field  pattern
 *
 *   name     lower-case letters, digits and hyphens, once in the file
 *   field    one of receipt_field_names; its value is the pattern's group, or its two groups with a
 *            hyphen between.
 *            "field=value": sets a value wherever the pattern is found.
 *            "field@below": takes the words under the place where it is found, in the same column.
 *            "refuse": a document in which the pattern is found is not read.
 *            "define": later patterns may say {name} for this one.
 *   pattern  the rest of the line (core/pattern.h)
 *
 * The rules of a field are asked in turn; the first that is found anywhere decides, in all places
 * where it is found.
 */
#include "import/receipt_rules.h"
#include "core/asset.h"
#include "core/error.h"
#include "core/pattern.h"
#include "core/secret.h"

#define RULES_FILE      "rules/receipts.rules"
#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789-"
#define MAX_PLACES      64 /* where one rule is found in one text */
#define COLUMN_SLACK    2  /* characters by which a column's lines may start apart */

const char *const receipt_field_names[RECEIPT_FIELDS] = {
    [FIELD_DOCUMENT] = "document",
    [FIELD_INVOICE_NUMBER] = "invoice-number",
    [FIELD_RECEIPT_NUMBER] = "receipt-number",
    [FIELD_DATE_ISSUED] = "date-issued",
    [FIELD_DATE_PAID] = "date-paid",
    [FIELD_SELLER] = "seller",
    [FIELD_DESCRIPTION] = "description",
    [FIELD_SUBTOTAL] = "subtotal",
    [FIELD_TOTAL_EXCLUDING_TAX] = "total-excluding-tax",
    [FIELD_TAX] = "tax",
    [FIELD_TAX_RATE] = "tax-rate",
    [FIELD_TAX_NAME] = "tax-name",
    [FIELD_TOTAL] = "total",
    [FIELD_AMOUNT_PAID] = "amount-paid",
    [FIELD_AMOUNT_DUE] = "amount-due",
    [FIELD_CURRENCY] = "currency",
    [FIELD_PAYMENT_METHOD] = "payment-method",
    [FIELD_BILL_TO] = "bill-to",
};

enum rule_effect { RULE_TAKES, RULE_TAKES_BELOW, RULE_SETS, RULE_REFUSES };

struct receipt_rule {
    char *name;
    enum rule_effect effect;
    enum receipt_field field; /* unless it refuses */
    char *value;              /* of RULE_SETS */
    struct pattern *pattern;
};

struct receipt_rules {
    GArray *rules;       /* struct receipt_rule */
    GHashTable *defines; /* name -> pattern text */
    char digest[DIGEST_HEX_LEN + 1];
};

static void rule_clear(gpointer data)
{
    struct receipt_rule *rule = data;

    g_free(rule->name);
    g_free(rule->value);
    pattern_free(rule->pattern);
}

void receipt_rules_free(struct receipt_rules *rules)
{
    if (!rules)
        return;
    g_array_unref(rules->rules);
    g_hash_table_unref(rules->defines);
    g_free(rules);
}

const char *receipt_rules_digest(const struct receipt_rules *rules)
{
    return rules->digest;
}

void receipt_found_clear(struct receipt_found *found)
{
    for (int i = 0; i < RECEIPT_FIELDS; i++)
        g_clear_pointer(&found->values[i], g_ptr_array_unref);
}

/* --- reading the rules -------------------------------------------------------------------- */

static char *word_take(const char **rest)
{
    gsize len = strcspn(*rest, " \t");
    char *word = g_strndup(*rest, len);

    *rest += len;
    *rest += strspn(*rest, " \t");
    return word;
}

/* The pattern with each {name} of a define replaced; other braces are PCRE2's own. */
static char *expand(const struct receipt_rules *rules, const char *pattern)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (const char *at = pattern; *at;) {
        gsize len = *at == '{' ? strspn(at + 1, NAME_CHARACTERS) : 0;
        g_autofree char *name = g_strndup(at + 1, len);
        const char *meant =
            len > 0 && at[len + 1] == '}' ? g_hash_table_lookup(rules->defines, name) : NULL;

        if (meant) {
            g_string_append(text, meant);
            at += len + 2;
        } else {
            g_string_append_c(text, *at++);
        }
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static gboolean field_find(enum receipt_field *out, const char *name)
{
    for (int i = 0; i < RECEIPT_FIELDS; i++) {
        if (g_str_equal(receipt_field_names[i], name)) {
            *out = (enum receipt_field)i;
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean effect_read(struct receipt_rule *rule, char *field, GError **error)
{
    char *tail = strpbrk(field, "=@");
    char mark = tail ? *tail : '\0';

    if (tail)
        *tail++ = '\0';
    rule->effect = g_str_equal(field, "refuse") ? RULE_REFUSES
                   : mark == '='                ? RULE_SETS
                   : mark == '@'                ? RULE_TAKES_BELOW
                                                : RULE_TAKES;
    rule->value = rule->effect == RULE_SETS ? g_strdup(tail) : NULL;
    if ((rule->effect == RULE_REFUSES || field_find(&rule->field, field)) &&
        (mark != '@' || g_str_equal(tail, "below")))
        return TRUE;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "\"%s\" is not a field of a receipt\n"
                "hint: docs/FORMATS.md lists the fields, under \"Receipts as PDFs\"",
                field);
    return FALSE;
}

static gboolean rule_add(struct receipt_rules *rules, const char *line, GError **error)
{
    const char *rest = line;
    g_autofree char *name = word_take(&rest);
    g_autofree char *field = word_take(&rest);
    g_autofree char *pattern = expand(rules, rest);
    struct receipt_rule rule = {0};

    if (strspn(name, NAME_CHARACTERS) != strlen(name) || !*rest) {
        g_set_error_literal(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                            "is not a rule\nhint: a rule is: name field pattern; the name has "
                            "lower-case letters, digits and hyphens");
        return FALSE;
    }
    if (g_str_equal(field, "define")) {
        g_hash_table_replace(rules->defines, g_steal_pointer(&name), g_steal_pointer(&pattern));
        return TRUE;
    }
    if (effect_read(&rule, field, error))
        rule.pattern = pattern_new(pattern, error);
    if (rule.pattern && rule.effect == RULE_TAKES && pattern_group_count(rule.pattern) == 0) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "the pattern of the rule \"%s\" has no group that takes a value", name);
        g_clear_pointer(&rule.pattern, pattern_free);
    }
    if (!rule.pattern) {
        rule_clear(&rule);
        return FALSE;
    }
    rule.name = g_steal_pointer(&name);
    g_array_append_val(rules->rules, rule);
    return TRUE;
}

struct receipt_rules *receipt_rules_parse(const char *name, const char *text, gsize len,
                                          GError **error)
{
    g_autoptr(ReceiptRules) rules = g_new0(struct receipt_rules, 1);
    g_autofree char *copy = g_strndup(text, len);
    g_auto(GStrv) lines = g_strsplit(copy, "\n", -1);

    rules->rules = g_array_new(FALSE, FALSE, sizeof(struct receipt_rule));
    g_array_set_clear_func(rules->rules, rule_clear);
    rules->defines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    digest_text(text, (gssize)len, rules->digest);
    for (guint i = 0; lines[i]; i++) {
        const char *line = g_strstrip(lines[i]);

        if (*line && *line != '#' && !rule_add(rules, line, error)) {
            g_prefix_error(error, "%s:%u: ", name, i + 1);
            return NULL;
        }
    }
    return g_steal_pointer(&rules);
}

struct receipt_rules *receipt_rules_load(GError **error)
{
    g_autoptr(GBytes) bytes = asset_read(RULES_FILE, error);
    g_autofree char *place = asset_place(RULES_FILE);
    gsize len = 0;
    const char *text = bytes ? g_bytes_get_data(bytes, &len) : NULL;

    return bytes ? receipt_rules_parse(place, text ? text : "", len, error) : NULL;
}

/* --- reading a document ------------------------------------------------------------------- */

/* A word that was cut at its hyphen ends a line: "One-", "time". "VAT -" is none. */
static gboolean ends_in_cut_word(const GString *text)
{
    return text->len > 1 && text->str[text->len - 1] == '-' && text->str[text->len - 2] != ' ';
}

/* Words with one blank between, none around. */
static char *collapse(const char *text, gsize len)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const char *end = text + len;
    gboolean blank = FALSE;

    for (const char *at = text; at < end; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);

        if (g_unichar_isspace(c)) {
            blank = blank || c != '\n' || !ends_in_cut_word(out);
            continue;
        }
        if (blank && out->len > 0)
            g_string_append_c(out, ' ');
        blank = FALSE;
        g_string_append_unichar(out, c);
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static const char *line_start(const char *text, const char *at)
{
    while (at > text && at[-1] != '\n')
        at--;
    return at;
}

/* Moves to the character in a column of a line; its end when the line is shorter. */
static const char *at_column(const char *line, glong column)
{
    while (column-- > 0 && *line && *line != '\n')
        line = g_utf8_next_char(line);
    return line;
}

/* From a place in a line up to two blanks or the line's end. */
static char *words_at(const char *at)
{
    gsize len = strcspn(at, "\n");
    const char *gap = g_strstr_len(at, (gssize)len, "  ");

    return collapse(at, gap ? (gsize)(gap - at) : len);
}

/* The words that start in the column of a place, on the next line that is not blank. */
static char *words_below(const char *text, gsize from)
{
    const char *start = line_start(text, text + from);
    glong column = g_utf8_strlen(start, (gssize)(text + from - start));
    const char *line = strchr(text + from, '\n');

    while (line && line[1 + strspn(line + 1, " ")] == '\n')
        line = strchr(line + 1, '\n');
    for (glong apart = 0; line && apart <= COLUMN_SLACK; apart++) {
        for (int side = -1; side <= 1; side += 2) {
            glong wanted = column + side * apart;
            const char *at = wanted >= 0 ? at_column(line + 1, wanted) : line + 1;
            gboolean begins = at == line + 1 || at[-1] == ' ';

            if (begins && *at && *at != ' ' && *at != '\n')
                return words_at(at);
        }
    }
    return NULL;
}

static char *value_taken(const struct receipt_rule *rule, const char *text,
                         const struct pattern_find *find)
{
    g_autofree char *first = NULL;
    g_autofree char *second = NULL;

    if (rule->effect == RULE_SETS)
        return g_strdup(rule->value);
    if (rule->effect == RULE_TAKES_BELOW)
        return words_below(text, (gsize)find->from[0]);
    if (find->from[1] < 0)
        return NULL;
    first = collapse(text + find->from[1], (gsize)(find->until[1] - find->from[1]));
    if (find->from[2] < 0)
        return g_steal_pointer(&first);
    second = collapse(text + find->from[2], (gsize)(find->until[2] - find->from[2]));
    return g_strconcat(first, "-", second, NULL);
}

static gboolean may_repeat(enum receipt_field field)
{
    return field == FIELD_TAX || field == FIELD_TAX_RATE || field == FIELD_TAX_NAME;
}

/* Keeps a value; what can stand in a document once only must be the same wherever it stands. */
static gboolean value_add(GPtrArray *values, enum receipt_field field, char *value, GError **error)
{
    const char *first = values->len > 0 ? g_ptr_array_index(values, 0) : NULL;

    if (first && !may_repeat(field)) {
        gboolean same = g_ascii_strcasecmp(first, value) == 0;

        if (!same) {
            g_autofree char *one = secret_masked(first);
            g_autofree char *other = secret_masked(value);

            g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                        "is a PDF with two different values of %s, \"%s\" and \"%s\"\n"
                        "hint: one receipt or invoice a file; split it",
                        receipt_field_names[field], one, other);
        }
        g_free(value);
        return same;
    }
    g_ptr_array_add(values, value);
    return TRUE;
}

/* All places where a rule is found; FALSE with an error only. */
static gboolean rule_read(const struct receipt_rule *rule, const char *text, GPtrArray *values,
                          GError **error)
{
    struct pattern_find find;
    gsize len = strlen(text);
    gsize at = 0;

    for (int places = 0; at <= len && places < MAX_PLACES; places++) {
        enum pattern_status status = pattern_search(rule->pattern, text, len, at, &find);
        char *value;

        if (status == PATTERN_NOT_FOUND)
            return TRUE;
        if (status == PATTERN_UNDECIDED || rule->effect == RULE_REFUSES) {
            g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                        status == PATTERN_UNDECIDED
                            ? "is a PDF whose text made the rule \"%s\" take too long"
                            : "is a PDF that the rule \"%s\" refuses: such documents are not read",
                        rule->name);
            return FALSE;
        }
        value = value_taken(rule, text, &find);
        if (value && !value_add(values, rule->field, value, error))
            return FALSE;
        at = (gsize)MAX(find.until[0], find.from[0] + 1);
    }
    return TRUE;
}

/* A menu may speak of a discount: only what looks like a receipt is refused as one. */
static gboolean may_be_receipt(const struct receipt_found *found)
{
    return found->values[FIELD_DOCUMENT]->len > 0 || found->values[FIELD_INVOICE_NUMBER]->len > 0 ||
           found->values[FIELD_RECEIPT_NUMBER]->len > 0;
}

static gboolean rules_refuse(const struct receipt_rules *rules, const char *text, GError **error)
{
    g_autoptr(GPtrArray) none = g_ptr_array_new();

    for (guint i = 0; i < rules->rules->len; i++) {
        const struct receipt_rule *rule = &g_array_index(rules->rules, struct receipt_rule, i);

        if (rule->effect == RULE_REFUSES && !rule_read(rule, text, none, error))
            return TRUE;
    }
    return FALSE;
}

gboolean receipt_rules_read(struct receipt_rules *rules, const char *text,
                            struct receipt_found *found, GError **error)
{
    gboolean was_empty[RECEIPT_FIELDS];

    for (int i = 0; i < RECEIPT_FIELDS; i++) {
        if (!found->values[i])
            found->values[i] = g_ptr_array_new_with_free_func(g_free);
        was_empty[i] = found->values[i]->len == 0;
    }
    for (guint i = 0; i < rules->rules->len; i++) {
        const struct receipt_rule *rule = &g_array_index(rules->rules, struct receipt_rule, i);
        GPtrArray *values = found->values[rule->field];

        if (rule->effect != RULE_REFUSES && was_empty[rule->field] && values->len == 0 &&
            !rule_read(rule, text, values, error))
            return FALSE;
    }
    return !may_be_receipt(found) || !rules_refuse(rules, text, error);
}
