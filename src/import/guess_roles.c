/*
 * guess_roles.c - which record is the header, and what its columns are by their names.
 *
 * A name counts only where the cells below it are what it says: so a word may have several
 * meanings, and a preamble that looks like a table is none.
 */
#include "core/secret.h"
#include "core/text.h"
#include "import/guess_internal.h"

/* What the first cells of a column are. */
struct sample {
    guint filled, dates, amounts, codes, letters, statuses;
};

static void sample_cell(struct sample *sample, const struct guess_words *words, struct text text)
{
    struct date_cell date;
    struct amount_cell amount;
    g_autofree char *copy = g_strndup(text.text, text.len);
    g_autofree char *word = guess_word(copy);

    if (text.len == 0)
        return;
    sample->filled++;
    sample->letters += text_has_letter(text);
    sample->dates += date_cell_read(&date, text);
    sample->amounts += amount_cell_read(&amount, text);
    sample->codes += survey_is_code(text);
    sample->statuses += guess_words_is_status(words, word);
}

static const struct column_name *parsed(const struct guess *guess, guint column)
{
    return &g_array_index(guess->parsed, struct column_name, column);
}

static gboolean has_date(const struct record *record, const gboolean *is_date)
{
    struct date_cell date;

    for (guint c = 0; c < record->count; c++)
        if (is_date[c] && date_cell_read(&date, survey_cell(record, (int)c)))
            return TRUE;
    return FALSE;
}

/* The samples of every column over the records from `first` on that have as many fields and a date:
 * what stands behind the table is none of it. */
static struct sample *take_samples(const struct guess *guess, GPtrArray *records, guint first)
{
    gboolean is_date[RECORD_MAX_COLUMNS + 1] = {FALSE};

    struct sample *samples = g_new0(struct sample, guess->column_count + 1);

    for (guint c = 0; c < guess->column_count; c++)
        is_date[c] = guess_words_rank(guess->words, ROLE_DATE, parsed(guess, c)->word) ||
                     guess_words_rank(guess->words, ROLE_POSTED, parsed(guess, c)->word);
    for (guint i = first; i < records->len; i++) {
        const struct record *record = records->pdata[i];

        if ((record->count != guess->column_count && record->count != guess->column_count + 1) ||
            !has_date(record, is_date))
            continue;
        for (guint c = 0; c < guess->column_count; c++)
            sample_cell(&samples[c], guess->words, survey_cell(record, (int)c));
    }
    return samples;
}

static gboolean fits_role(enum role role, const struct sample *sample)
{
    switch (role) {
    case ROLE_DATE:
    case ROLE_POSTED: /* "Pending" may stand there */
        return sample->dates > 0 && sample->dates * 5 >= sample->filled * 4;
    case ROLE_AMOUNT:
        return sample->filled > 0 && sample->amounts == sample->filled;
    case ROLE_DEBIT:
    case ROLE_CREDIT:
    case ROLE_FEE:
    case ROLE_BALANCE:
    case ROLE_ORIGINAL_AMOUNT:
        return sample->amounts == sample->filled;
    case ROLE_CURRENCY:
        return sample->filled > 0 && sample->codes == sample->filled;
    case ROLE_ORIGINAL_CURRENCY:
        return sample->codes == sample->filled;
    case ROLE_STATUS:
        return sample->statuses > 0;
    case ROLE_TEXT:
        return sample->letters > 0;
    case ROLE_ID:
    case ROLE_CARD:
    case ROLE_TYPE:
    case ROLE_ZONE:
    case ROLES:
        break;
    }
    return sample->filled > 0;
}

static gboolean is_taken(const struct roles *roles, guint column)
{
    for (int role = 0; role < ROLES; role++)
        if (roles->column[role] == (int)column)
            return TRUE;
    return roles->is_text[column];
}

/* Where the dates of a second column of the same name are in UTC, that one is taken. */
static gboolean is_better(const struct guess *guess, guint rank, guint column, guint best_rank,
                          int best)
{
    if (best == NO_COLUMN || rank != best_rank)
        return best == NO_COLUMN || rank < best_rank;
    return strcmp(parsed(guess, column)->suffix, "UTC") == 0;
}

/* Gives a role to the column whose name stands first in its list. *count: columns that might. */
static void assign(struct guess *guess, const struct sample *samples, enum role role, guint *count)
{
    guint best_rank = 0;
    int best = NO_COLUMN;

    *count = 0;
    for (guint c = 0; c < guess->column_count; c++) {
        guint rank = guess_words_rank(guess->words, role, parsed(guess, c)->word);

        if (rank == 0 || is_taken(&guess->roles, c) || !fits_role(role, &samples[c]))
            continue;
        (*count)++;
        if (is_better(guess, rank, c, best_rank, best)) {
            best_rank = rank;
            best = (int)c;
        }
    }
    guess->roles.column[role] = best;
}

static void assign_texts(struct guess *guess, const struct sample *samples)
{
    gboolean any = FALSE;

    for (guint c = 0; c < guess->column_count; c++) {
        guess->roles.is_text[c] =
            guess_words_rank(guess->words, ROLE_TEXT, parsed(guess, c)->word) &&
            fits_role(ROLE_TEXT, &samples[c]) && !is_taken(&guess->roles, c);
        any |= guess->roles.is_text[c];
    }
    for (guint c = 0; !any && c < guess->column_count; c++) {
        const struct sample *sample = &samples[c];

        if (!is_taken(&guess->roles, c) && sample->letters * 2 > sample->filled &&
            sample->dates == 0 && sample->codes < sample->filled)
            any = guess->roles.is_text[c] = TRUE;
    }
}

static char *describe_several(const struct guess *guess, enum role role, const char *what)
{
    g_autoptr(GString) names = g_string_new(NULL);

    for (guint c = 0; c < guess->column_count; c++) {
        if (!guess_words_rank(guess->words, role, parsed(guess, c)->word))
            continue;
        g_autofree char *shown = guess_column_shown(guess, (int)c);
        g_string_append_printf(names, "%s%s", names->len ? " and " : "", shown);
    }
    return g_strdup_printf("%s may each be the %s", names->str, what);
}

/*
 * A column with amounts and an amount's name that is in no list: "Amount in EUR" beside "Amount".
 * Which of them the card was charged nothing tells. NO_COLUMN when there is none.
 */
static int find_rival(const struct guess *guess, const struct sample *samples)
{
    static const char *const stems[] = {"amount",  "betrag", "bedrag", "montant", "importe",
                                        "importo", "kwota",  "belopp", "total"};
    static const char *const others[] = {"tax", "vat", "mwst", "tip", "limit", "rate", "balance"};

    for (guint c = 0; c < guess->column_count; c++) {
        const char *word = parsed(guess, c)->word;
        gboolean named = FALSE;

        for (gsize i = 0; i < G_N_ELEMENTS(stems); i++)
            named |= strstr(word, stems[i]) != NULL;
        for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
            named &= strstr(word, others[i]) == NULL;
        if (named && !is_taken(&guess->roles, c) && samples[c].amounts > 0 &&
            samples[c].amounts == samples[c].filled)
            return (int)c;
    }
    return NO_COLUMN;
}

static char *describe_rival(const struct guess *guess, int rival)
{
    const int *column = guess->roles.column;
    g_autofree char *one = guess_column_shown(
        guess, column[ROLE_AMOUNT] != NO_COLUMN ? column[ROLE_AMOUNT] : column[ROLE_DEBIT]);
    g_autofree char *other = guess_column_shown(guess, rival);

    return g_strdup_printf("%s and %s may each be the amount", one, other);
}

/* A direction alone, or an original amount without its currency, says too little to be read. */
static void drop_halves(struct roles *roles)
{
    int *column = roles->column;

    if ((column[ROLE_DEBIT] == NO_COLUMN) != (column[ROLE_CREDIT] == NO_COLUMN))
        column[ROLE_DEBIT] = column[ROLE_CREDIT] = NO_COLUMN;
    if (column[ROLE_ORIGINAL_AMOUNT] == NO_COLUMN || column[ROLE_ORIGINAL_CURRENCY] == NO_COLUMN)
        column[ROLE_ORIGINAL_AMOUNT] = column[ROLE_ORIGINAL_CURRENCY] = NO_COLUMN;
}

/* Roles by name; FALSE when there are too few, and with *why when there are too many. */
static gboolean assign_all(struct guess *guess, const struct sample *samples, char **why)
{
    static const enum role order[] = {
        ROLE_DATE,
        ROLE_POSTED,
        ROLE_ORIGINAL_AMOUNT,
        ROLE_AMOUNT,
        ROLE_DEBIT,
        ROLE_CREDIT,
        ROLE_BALANCE,
        ROLE_FEE,
        ROLE_CURRENCY,
        ROLE_ORIGINAL_CURRENCY,
        ROLE_STATUS,
        ROLE_ZONE,
        ROLE_TYPE,
        ROLE_ID,
        ROLE_CARD,
    };
    guint counts[ROLES] = {0};
    int *column = guess->roles.column;
    int rival;

    for (int role = 0; role < ROLES; role++)
        column[role] = NO_COLUMN;
    memset(guess->roles.is_text, 0, sizeof(guess->roles.is_text));
    for (gsize i = 0; i < G_N_ELEMENTS(order); i++)
        assign(guess, samples, order[i], &counts[order[i]]);
    assign_texts(guess, samples);
    rival = find_rival(guess, samples);
    drop_halves(&guess->roles);
    if ((column[ROLE_DATE] == NO_COLUMN && column[ROLE_POSTED] == NO_COLUMN) ||
        (column[ROLE_AMOUNT] == NO_COLUMN && column[ROLE_DEBIT] == NO_COLUMN))
        return FALSE;
    if (column[ROLE_AMOUNT] != NO_COLUMN && counts[ROLE_AMOUNT] > 1)
        *why = describe_several(guess, ROLE_AMOUNT, "amount");
    else if (column[ROLE_DEBIT] != NO_COLUMN && counts[ROLE_DEBIT] > 1)
        *why = describe_several(guess, ROLE_DEBIT, "money that went out");
    else if (column[ROLE_CREDIT] != NO_COLUMN && counts[ROLE_CREDIT] > 1)
        *why = describe_several(guess, ROLE_CREDIT, "money that came in");
    else if (rival != NO_COLUMN)
        *why = describe_rival(guess, rival);
    if (!*why && column[ROLE_BALANCE] != NO_COLUMN)
        guess->roles.is_owed =
            guess_words_is_owed(guess->words, parsed(guess, (guint)column[ROLE_BALANCE])->word);
    return *why == NULL;
}

void guess_take_names(struct guess *guess, const struct record *record)
{
    g_ptr_array_set_size(guess->names, 0);
    g_array_set_size(guess->parsed, 0);
    guess->column_count = record->count;
    for (guint c = 0; c < record->count; c++) {
        g_autofree char *name = name_clean(record->cells[c].text, record->cells[c].len);
        struct column_name column = column_name_read((struct text){name, strlen(name)});
        g_autofree char *clean = text_clean(name, FALSE);

        g_ptr_array_add(guess->names, secret_masked(clean));
        g_array_append_val(guess->parsed, column);
    }
}

/* Whether the names of a record have a date and an amount among them, and no cell is either. */
static gboolean looks_like_header(const struct guess *guess, const struct record *record,
                                  gboolean *is_foreign)
{
    gboolean date = FALSE, amount = FALSE, debit = FALSE, credit = FALSE;

    for (guint c = 0; c < record->count; c++) {
        const char *word = parsed(guess, c)->word;
        struct text text = survey_cell(record, (int)c);
        struct date_cell date_cell;
        struct amount_cell amount_cell;

        if (date_cell_read(&date_cell, text) || amount_cell_read(&amount_cell, text))
            return FALSE;
        *is_foreign |= guess_words_is_foreign(guess->words, word);
        date |= guess_words_rank(guess->words, ROLE_DATE, word) ||
                guess_words_rank(guess->words, ROLE_POSTED, word);
        amount |= guess_words_rank(guess->words, ROLE_AMOUNT, word) > 0;
        debit |= guess_words_rank(guess->words, ROLE_DEBIT, word) > 0;
        credit |= guess_words_rank(guess->words, ROLE_CREDIT, word) > 0;
    }
    return date && (amount || (debit && credit));
}

gboolean guess_header(struct guess *guess, GPtrArray *records, guint *header_index, char **why)
{
    for (guint i = 0; i + 1 < records->len; i++) {
        gboolean is_foreign = FALSE;

        guess_take_names(guess, records->pdata[i]);
        if (!looks_like_header(guess, records->pdata[i], &is_foreign))
            continue;
        if (is_foreign) {
            g_clear_pointer(why, g_free);
            return FALSE;
        }
        g_clear_pointer(why, g_free);
        g_autofree struct sample *samples = take_samples(guess, records, i + 1);
        if (assign_all(guess, samples, why)) {
            *header_index = i;
            return TRUE;
        }
    }
    return FALSE;
}
