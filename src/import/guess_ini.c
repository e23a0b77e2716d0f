/* guess_ini.c - a guess as the text of an .ini, in the language of docs/FORMATS.md. */
#include "core/secret.h"
#include "import/guess_internal.h"

/* Whether a name can stand in every value of the language and be read as itself. */
static gboolean is_writable(const char *name)
{
    g_autofree char *masked = secret_masked(name);

    if (!*name || strpbrk(name, "|+,=:;\\\"\n\r\t") || g_str_has_prefix(name, "column ") ||
        g_str_has_suffix(name, "(*)") || strcmp(name, "auto") == 0 ||
        strcmp(name, "header-suffix") == 0 || strcmp(masked, name) != 0)
        return FALSE;
    return g_utf8_validate(name, -1, NULL);
}

static gboolean is_doubled(const struct guess *guess, guint column)
{
    g_autofree char *name =
        name_fold(guess->names->pdata[column], strlen(guess->names->pdata[column]));

    for (guint i = 0; i < guess->names->len; i++) {
        g_autofree char *other = name_fold(guess->names->pdata[i], strlen(guess->names->pdata[i]));
        if (i != column && strcmp(name, other) == 0)
            return TRUE;
    }
    return FALSE;
}

char *guess_column_text(const struct guess *guess, int column)
{
    if (!guess->has_header || !is_writable(guess->names->pdata[column]) ||
        is_doubled(guess, (guint)column))
        return g_strdup_printf("column %d", column + 1);
    return g_strdup(guess->names->pdata[column]);
}

char *guess_column_shown(const struct guess *guess, int column)
{
    if (!guess->has_header && !(column < (int)guess->names->len))
        return g_strdup_printf("column %d", column + 1);
    const char *name = guess->names->pdata[column];
    return *name ? g_strdup_printf("\"%s\"", name) : g_strdup_printf("column %d", column + 1);
}

static void add(GString *ini, const char *key, const char *value)
{
    if (value && *value)
        g_string_append_printf(ini, "%s = %s\n", key, value);
}

static void add_column(GString *ini, const struct guess *guess, const char *key, enum role role)
{
    if (!guess_has(guess, role))
        return;
    g_autofree char *text = guess_column_text(guess, guess->roles.column[role]);
    add(ini, key, text);
}

/* What is open, and which values would settle it. */
static void add_open(GString *ini, const struct guess *guess, const char *what, const char *line)
{
    for (guint i = 0; i < guess->findings->len; i++) {
        const struct finding *finding = &g_array_index(guess->findings, struct finding, i);
        if (finding->grade == GRADE_OPEN && strcmp(finding->what, what) == 0)
            g_string_append_printf(ini, "# %s\n", line);
    }
}

static gboolean is_read(const struct guess *guess, guint column)
{
    for (int role = 0; role < ROLES; role++)
        if (guess->roles.column[role] == (int)column && role != ROLE_FEE && role != ROLE_BALANCE)
            return TRUE;
    if (guess->roles.column[ROLE_FEE] == (int)column)
        return guess->reads_fee;
    if (guess->roles.column[ROLE_BALANCE] == (int)column)
        return guess->has_check;
    return guess->roles.is_text[column];
}

static void add_names(GString *ini, const struct guess *guess)
{
    g_autoptr(GString) match = g_string_new(NULL);
    g_autoptr(GString) unread = g_string_new(NULL);
    gboolean names_all = TRUE;

    for (guint c = 0; c < guess->names->len; c++) {
        const char *name = guess->names->pdata[c];

        if (!is_writable(name) || is_doubled(guess, c)) {
            names_all = names_all && !*name;
            continue;
        }
        g_string_append_printf(match, "%s%s", match->len ? " | " : "", name);
        if (!is_read(guess, c))
            g_string_append_printf(unread, "%s%s", unread->len ? " | " : "", name);
    }
    add(ini, "match", match->str);
    /* Plain names are many banks'; a column more, like a state, may be another one's statement. */
    add(ini, "other-columns", names_all ? "refuse" : NULL);
    add(ini, "unread", unread->str);
}

static void add_texts(GString *ini, const struct guess *guess)
{
    g_autoptr(GString) texts = g_string_new(NULL);

    for (guint c = 0; c < guess->column_count; c++) {
        if (!guess->roles.is_text[c])
            continue;
        g_autofree char *text = guess_column_text(guess, (int)c);
        g_string_append_printf(texts, "%s%s", texts->len ? " + " : "", text);
    }
    add(ini, "text", texts->str);
}

/* Rows that tell a balance are no movements. */
static void add_skip(GString *ini, const struct guess *guess)
{
    const char *const *begins = guess_words_balances(guess->words);
    g_autoptr(GString) skip = g_string_new(NULL);

    for (guint c = 0; guess->survey->balances > 0 && c < guess->column_count; c++) {
        if (!guess->roles.is_text[c])
            continue;
        g_autofree char *column = guess_column_text(guess, (int)c);
        g_autofree char *words = g_strjoinv("* | ", (char **)(gsize)begins);
        g_string_append_printf(skip, "%s%s: %s*", skip->len ? " ; " : "", column, words);
    }
    if (skip->len > 0)
        add(ini, "skip-if", skip->str);
}

static void add_direction(GString *ini, const struct guess *guess)
{
    gboolean is_turned = guess->direction == DIRECTION_POSITIVE && guess_has(guess, ROLE_DEBIT);

    if (!guess_has(guess, ROLE_DEBIT)) {
        add_column(ini, guess, "amount", ROLE_AMOUNT);
        add(ini, "charge", guess->charge);
        add_open(ini, guess, "charge", "charge = negative or positive: nothing tells");
        return;
    }
    if (guess->direction == DIRECTION_OPEN) {
        g_string_append(ini, "# debit = and credit = : nothing tells which is which\n");
        return;
    }
    add_column(ini, guess, "debit", is_turned ? ROLE_CREDIT : ROLE_DEBIT);
    add_column(ini, guess, "credit", is_turned ? ROLE_DEBIT : ROLE_CREDIT);
}

char *guess_ini(const struct guess *guess, const char *name)
{
    GString *ini = g_string_new(NULL);

    g_string_append_printf(ini, "[format %s]\nkind = card\ntitle = card statement\n", name);
    if (guess->has_header) {
        add_names(ini, guess);
    } else {
        g_autofree char *shape = guess_shape_text(guess);
        g_string_append_printf(ini, "match-columns = %u\n", guess->column_count);
        add(ini, "shape", shape);
    }
    add(ini, "encoding", guess->options->encoding ? guess->options->encoding : guess->assumed);
    add(ini, "date-format", guess->date_format);
    add_open(ini, guess, "date order", "date-format = dmy, mdy or ymd: nothing tells");
    add(ini, "decimal", guess->decimal);
    add(ini, "thousands", guess->thousands);
    add_open(ini, guess, "decimal mark", "decimal = . or , : nothing tells");
    add(ini, "timezone", guess->zone);
    add_column(ini, guess, "date", ROLE_DATE);
    add_column(ini, guess, "posted", ROLE_POSTED);
    add_direction(ini, guess);
    add(ini, "currency", guess->currency);
    add_open(ini, guess, "currency", "currency = const: CODE: nothing tells");
    add_column(ini, guess, "original-amount", ROLE_ORIGINAL_AMOUNT);
    add_column(ini, guess, "original-currency", ROLE_ORIGINAL_CURRENCY);
    if (guess->reads_fee)
        add_column(ini, guess, "fee", ROLE_FEE);
    add_texts(ini, guess);
    add_column(ini, guess, "id", ROLE_ID);
    add_column(ini, guess, "card", ROLE_CARD);
    add_column(ini, guess, "type", ROLE_TYPE);
    add_column(ini, guess, "status", ROLE_STATUS);
    add_skip(ini, guess);
    add(ini, "stop-at", guess->stop_at);
    if (guess->has_check) {
        g_autofree char *column = guess_column_text(guess, guess->roles.column[ROLE_BALANCE]);
        g_string_append_printf(ini, "check = balance: %s\n", column);
    }
    return g_string_free(ini, FALSE);
}
