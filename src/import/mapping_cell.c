/* mapping_cell.c - cells as text: trimmed, masked, and what is wrong with them in a sentence. */
#include "core/text.h"
#include "import/mapping_internal.h"

#define SHOWN_CHARS 60

struct text cell_at(const struct reading *reading, int index)
{
    if (index == ABSENT)
        return (struct text){"", 0};

    const struct cell *cell = &reading->record->cells[index];
    const char *text = cell->text;
    gsize len = cell->len;
    while (len > 0 && g_ascii_isspace(text[len - 1]))
        len--;
    while (len > 0 && g_ascii_isspace(*text)) {
        text++;
        len--;
    }
    return (struct text){text, len};
}

struct text cell(const struct reading *reading, guint column)
{
    return cell_at(reading, reading->mapping->column[column]);
}

/* The text as a message may show it: masked, clean, at most SHOWN_CHARS long. */
static char *shown(struct text text)
{
    g_autofree char *masked = secret_mask(text.text, text.len);
    g_autofree char *whole = masked ? g_steal_pointer(&masked) : g_strndup(text.text, text.len);
    g_autofree char *clean = text_clean(whole, FALSE);

    if (g_utf8_strlen(clean, -1) <= SHOWN_CHARS)
        return g_steal_pointer(&clean);
    g_autofree char *cut = g_utf8_substring(clean, 0, SHOWN_CHARS);
    return g_strconcat(cut, "…", NULL);
}

/* The name that a message calls a column by: the header's, or the format's first alias. */
static const char *column_name(const struct reading *reading, guint column)
{
    const struct mapping *mapping = reading->mapping;

    if (mapping->column[column] != ABSENT)
        return mapping->names->pdata[mapping->column[column]];
    return kind_specs[mapping->format->kind].columns[column].key;
}

void problem_record(const struct reading *reading, char *why)
{
    g_ptr_array_add(reading->problems, why);
}

void problem_at(const struct reading *reading, int index, const char *why)
{
    g_autofree char *text = shown(cell_at(reading, index));

    problem_record(reading,
                   g_strdup_printf("column \"%s\": \"%s\" %s",
                                   (const char *)reading->mapping->names->pdata[index], text, why));
}

void problem(const struct reading *reading, guint column, const char *why)
{
    if (reading->mapping->column[column] == ABSENT || cell(reading, column).len == 0)
        problem_take(reading, column, g_strdup(why));
    else
        problem_at(reading, reading->mapping->column[column], why);
}

void problem_take(const struct reading *reading, guint column, char *why)
{
    problem_record(reading, g_strdup_printf("column \"%s\" %s", column_name(reading, column), why));
    g_free(why);
}

static gboolean was_seen(const struct seen_text *seen, struct text text)
{
    return seen->len == text.len && memcmp(seen->text, text.text, text.len) == 0;
}

static void remember(struct seen_text *seen, struct text text)
{
    if (text.len <= SEEN_TEXT_MAX) {
        memcpy(seen->text, text.text, text.len);
        seen->len = text.len;
    }
}

struct text read_text_at(const struct reading *reading, int index)
{
    struct text text = cell_at(reading, index);
    struct mapping *mapping = reading->mapping;

    if (text.len == 0 || was_seen(&mapping->seen[index], text))
        return text;
    char *masked = secret_suspected(text.text, text.len) ? secret_mask(text.text, text.len) : NULL;
    if (!masked) {
        remember(&mapping->seen[index], text);
        return text;
    }
    g_ptr_array_add(mapping->kept, masked);
    return (struct text){masked, strlen(masked)};
}

struct text read_text(const struct reading *reading, guint column)
{
    return read_text_at(reading, reading->mapping->column[column]);
}

/*
 * An id as its makers shape it: letters, digits and joints, at least one letter, nothing that opens
 * a key. A number alone is not: a card number looks like that.
 */
static gboolean has_shape_of_id(struct text text)
{
    gboolean letter = FALSE;

    for (gsize i = 0; i < text.len; i++) {
        if (!g_ascii_isalnum(text.text[i]) && !strchr("_-.:/", text.text[i]))
            return FALSE;
        letter |= g_ascii_isalpha(text.text[i]);
    }
    return letter && !g_strstr_len(text.text, (gssize)text.len, "sk-") &&
           !g_strstr_len(text.text, (gssize)text.len, "sess-");
}

struct text read_id(const struct reading *reading, guint column)
{
    struct text text = cell(reading, column);

    if (text.len == 0)
        return text;
    struct seen_text *seen = &reading->mapping->seen[reading->mapping->column[column]];
    if (was_seen(seen, text))
        return text;
    if (!has_shape_of_id(text))
        return read_text(reading, column);
    remember(seen, text);
    return text;
}

struct text read_needed_id(const struct reading *reading, guint column)
{
    struct text text = read_id(reading, column);

    if (text.len == 0)
        problem(reading, column, "is empty");
    return text;
}

struct text read_organization(const struct reading *reading, guint column)
{
    struct text text = read_id(reading, column);
    const char *stated = reading->mapping->organization_id;

    if (text.len == 0 && stated)
        return (struct text){stated, strlen(stated)};
    if (text.len == 0)
        problem(reading, column, "is empty, and --org states no organization");
    return text;
}

void last4_from(struct text text, char out[5])
{
    const char *run = NULL; /* the last run of four or more digits, else the last one */
    gsize run_len = 0;
    gboolean letters = FALSE;

    out[0] = '\0';
    for (gsize i = 0; i < text.len;) {
        gsize start = i;

        while (i < text.len && g_ascii_isdigit(text.text[i]))
            i++;
        if (i > start && (i - start >= 4 || run_len < 4)) {
            run = text.text + start;
            run_len = i - start;
        }
        if (i < text.len) {
            letters |= g_ascii_isalpha(text.text[i]) && !strchr("xX", text.text[i]);
            i++;
        }
    }
    if (run_len >= 4) {
        memcpy(out, run + run_len - 4, 4);
        out[4] = '\0';
    } else if (run_len > 0 && !letters) { /* a spreadsheet ate the leading zeros */
        memset(out, '0', 4 - run_len);
        memcpy(out + 4 - run_len, run, run_len);
        out[4] = '\0';
    }
}

void read_last4(const struct reading *reading, guint column, char out[5])
{
    struct text text = cell(reading, column);

    last4_from(text, out);
    if (text.len > 0 && !*out)
        problem(reading, column, "does not hold a card's last four digits");
}

gboolean in_words(const GStrv words, struct text text)
{
    g_autofree char *word = name_fold(text.text, text.len);

    for (guint i = 0; words[i]; i++) {
        if (strcmp(words[i], word) == 0 || (!*word && strcmp(words[i], "(empty)") == 0) ||
            (strchr(words[i], '*') && g_pattern_match_simple(words[i], word)))
            return TRUE;
    }
    return FALSE;
}

const char *read_word(const struct reading *reading, guint column, const struct synonym *synonyms,
                      const char *when_empty)
{
    struct text text = cell(reading, column);

    if (text.len == 0) {
        if (!when_empty)
            problem(reading, column, "is empty");
        return when_empty ? when_empty : "";
    }
    g_autofree char *word = name_fold(text.text, text.len);
    for (const struct synonym *synonym = synonyms; synonym->written; synonym++) {
        if (strcmp(word, synonym->written) == 0)
            return synonym->meant;
    }
    g_autoptr(GString) known = g_string_new("is not one of: ");
    const char *last = NULL;
    for (const struct synonym *synonym = synonyms; synonym->written; synonym++) {
        if (!last || strcmp(last, synonym->meant) != 0)
            g_string_append_printf(known, "%s%s", last ? ", " : "", synonym->meant);
        last = synonym->meant;
    }
    problem(reading, column, known->str);
    return "";
}

/* What may stand between the halves of a number after a PDF or a table was copied. */
static gboolean is_joint(gunichar c)
{
    return c == '\0' || c == '-' || c == 0xAD || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 ||
           c == 0xFE63 || c == 0xFF0D || c == 0xA0 || c == 0x202F || g_unichar_isspace(c);
}

/* "HEAD", joints, four digits; written to out with one hyphen. */
static gboolean normalise_number(struct text text, gsize head, char out[32])
{
    const char *at = text.text;
    const char *end = text.text + text.len;
    gsize len = 0;

    for (; at < end && len < head && g_ascii_isalnum(*at); at++)
        out[len++] = g_ascii_toupper(*at);
    if (len < head || at == end || !is_joint(g_utf8_get_char(at)))
        return FALSE;
    while (at < end && is_joint(g_utf8_get_char(at)))
        at = g_utf8_next_char(at);
    out[len++] = '-';
    for (; at < end && g_ascii_isdigit(*at) && len < head + 5; at++)
        out[len++] = *at;
    out[len] = '\0';
    return at == end && len == head + 5;
}

void read_number_of(const struct reading *reading, guint column, gsize head, char out[32])
{
    struct text text = cell(reading, column);

    if (text.len == 0 || normalise_number(text, head, out)) {
        if (text.len == 0)
            out[0] = '\0';
        return;
    }
    out[0] = '\0';
    text = read_id(reading, column);
    g_autofree char *copy = g_strndup(text.text, text.len);
    g_autofree char *upper = g_utf8_strup(copy, -1);
    if (strlen(upper) > 31)
        problem(reading, column, "is longer than 31 characters");
    else
        g_strlcpy(out, upper, 32);
}
