/*
 * mapping.c - a format bound to a file's header, and the way of a record through it.
 *
 * Columns are looked up once, by name. A record is checked as a whole here (its number of fields,
 * rows that the format skips) and read by its kind's reader.
 */
#include "core/error.h"
#include "core/text.h"
#include "import/mapping_internal.h"

/* Binds one column; FALSE when the header lacks it and the kind cannot do without. */
static gboolean bind_column(struct mapping *mapping, const struct header *header, guint column,
                            GError **error)
{
    const struct format *format = mapping->format;
    const struct column_spec *spec = &kind_specs[format->kind].columns[column];
    const struct column_source *source = &format->columns[column];

    for (guint i = 0; source->parts && i < source->parts->len; i++) {
        int index;

        if (!header_find_alias(header, format, source->parts->pdata[i], &index, error))
            return FALSE;
        if (index != ABSENT && spec->may_be_joined)
            g_array_append_val(mapping->joined_columns, index);
        if (mapping->column[column] == ABSENT)
            mapping->column[column] = index;
    }
    if (mapping->column[column] != ABSENT || source->constant || !source->parts ||
        spec->need == COLUMN_OPTIONAL ||
        (spec->need == COLUMN_OR_ORGANIZATION && mapping->organization_id))
        return TRUE;
    const char *const *aliases = source->parts->pdata[0];
    g_set_error(
        error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
        "the header lacks the column \"%s\", which format %s needs%s", aliases[0], format->name,
        spec->need == COLUMN_OR_ORGANIZATION ? "\nhint: --org ID states the organization" : "");
    return FALSE;
}

/* A card format's optional columns still must give a date and an amount. */
static gboolean check_card_columns(const struct mapping *mapping, GError **error)
{
    const struct format *format = mapping->format;
    const int *column = mapping->column;
    const char *lacking = NULL;

    if (format->kind != FACT_CARD)
        return TRUE;
    if (column[CARD_DATE] == ABSENT && column[CARD_POSTED_DATE] == ABSENT)
        lacking = "date";
    else if (format->columns[CARD_AMOUNT].parts && column[CARD_AMOUNT] == ABSENT)
        lacking = "amount";
    else if (format->columns[CARD_DEBIT].parts && column[CARD_DEBIT] == ABSENT)
        lacking = "debit";
    else if (format->columns[CARD_CREDIT].parts && column[CARD_CREDIT] == ABSENT)
        lacking = "credit";
    else if (format->charge_column && mapping->charge_column == ABSENT)
        lacking = "charge";
    else if (format->zone_column && mapping->zone_column == ABSENT)
        lacking = "timezone";
    else if (format->balance_column && mapping->balance_column == ABSENT)
        lacking = "balance";
    if (lacking)
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "the header lacks the column that format %s reads as its %s", format->name,
                    lacking);
    return lacking == NULL;
}

/* Every column that is named by a currency holds rates. */
static gboolean bind_rate_columns(struct mapping *mapping, const struct header *header,
                                  GError **error)
{
    for (guint i = 0; mapping->format->has_rate_columns && i < header->names->len; i++) {
        const char *name = header->names->pdata[i];
        struct rate_column column;

        if (!currency_parse(column.currency, name, strlen(name)))
            continue;
        if (!header_find(header, mapping->format, name, &column.index, error))
            return FALSE;
        g_array_append_val(mapping->rate_columns, column);
    }
    return TRUE;
}

/* Where the columns of skip-if or keep-if are; a header without them would let rows through. */
static gboolean bind_conditions(struct mapping *mapping, const struct header *header,
                                const char *key, const GPtrArray *conditions, GArray *out,
                                GError **error)
{
    for (guint i = 0; conditions && i < conditions->len; i++) {
        const struct condition *condition = conditions->pdata[i];
        struct bound_condition bound = {.words = condition->words};

        if (!header_find_alias(header, mapping->format, condition->columns, &bound.index, error))
            return FALSE;
        if (bound.index == ABSENT) {
            g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                        "the header lacks the column that format %s reads as its %s",
                        mapping->format->name, key);
            return FALSE;
        }
        g_array_append_val(out, bound);
    }
    return TRUE;
}

static gboolean is_rate_column(const struct mapping *mapping, guint index)
{
    for (guint i = 0; i < mapping->rate_columns->len; i++) {
        if (g_array_index(mapping->rate_columns, struct rate_column, i).index == (int)index)
            return TRUE;
    }
    return FALSE;
}

/* A column that names currencies, where the format takes all amounts to be in one and reads none.
 */
static int find_stray_currency(const struct mapping *mapping, const struct header *header)
{
    static const char *const names[] = {"currency", "currency code", "ccy",    "währung", "valuta",
                                        "munt",     "devise",        "moneda", "waluta",  NULL};
    const struct format *format = mapping->format;

    if (format->kind != FACT_CARD || !format->columns[CARD_CURRENCY].constant)
        return ABSENT;
    for (guint i = 0; i < header->names->len; i++) {
        if (!format_knows(format, header, i) && g_strv_contains(names, header->names->pdata[i]))
            return (int)i;
    }
    return ABSENT;
}

/* The note about columns that no key names. */
static char *describe_unknown(const struct mapping *mapping, const struct header *header)
{
    g_autoptr(GString) names = g_string_new(NULL);
    guint count = 0;

    for (guint i = 0; i < header->names->len; i++) {
        const char *name = header->names->pdata[i];

        if (*name && !format_knows(mapping->format, header, i) && !is_rate_column(mapping, i)) {
            g_string_append_printf(names, "%s\"%s\"", count > 0 ? ", " : "",
                                   (const char *)mapping->names->pdata[i]);
            count++;
        }
    }
    if (count == 0)
        return NULL;
    return g_strdup_printf(count == 1 ? "column %s is not known to format %s and not read"
                                      : "columns %s are not known to format %s and not read",
                           names->str, mapping->format->name);
}

static gboolean bind(struct mapping *mapping, const struct header *header, GError **error)
{
    const struct format *format = mapping->format;

    for (guint i = 0; i < kind_specs[format->kind].column_count; i++) {
        mapping->column[i] = ABSENT;
        if (!bind_column(mapping, header, i, error))
            return FALSE;
    }
    return header_find_alias(header, format, format->charge_column, &mapping->charge_column,
                             error) &&
           header_find_alias(header, format, format->zone_column, &mapping->zone_column, error) &&
           bind_conditions(mapping, header, "skip-if", format->skip_if, mapping->skip_if, error) &&
           bind_conditions(mapping, header, "keep-if", format->keep_if, mapping->keep_if, error) &&
           bind_conditions(mapping, header, "fee-if", format->fee_if, mapping->fee_if, error) &&
           bind_conditions(mapping, header, "out-if", format->out_if, mapping->out_if, error) &&
           bind_conditions(mapping, header, "in-if", format->in_if, mapping->in_if, error) &&
           header_find_alias(header, format, format->balance_column, &mapping->balance_column,
                             error) &&
           bind_rate_columns(mapping, header, error) && check_card_columns(mapping, error);
}

static void take_names(struct mapping *mapping, const struct record *header)
{
    for (guint i = 0; i < header->count; i++) {
        const struct cell *cell = &header->cells[i];
        char *name = name_shown(cell->text, cell->len);

        g_ptr_array_add(mapping->header, name_clean(cell->text, cell->len));
        g_ptr_array_add(mapping->names, *name ? name : g_strdup_printf("%u", i + 1));
        if (!*name)
            g_free(name);
    }
}

struct mapping *mapping_new(const struct format *format, const struct record *record,
                            const struct mapping_options *options, GError **error)
{
    static const struct cell no_names[RECORD_MAX_COLUMNS] = {
        [0 ... RECORD_MAX_COLUMNS - 1] = {.text = ""}};
    const struct record nameless = {record->line, no_names, record->count};
    g_autoptr(Mapping) mapping = g_new0(struct mapping, 1);

    if (format->shape)
        record = &nameless;
    g_auto(header_t) header = header_new(record);

    mapping->format = format;
    mapping->column_count = record->count;
    mapping->header = g_ptr_array_new_with_free_func(g_free);
    mapping->names = g_ptr_array_new_with_free_func(g_free);
    mapping->joined_columns = g_array_new(FALSE, FALSE, sizeof(int));
    mapping->skip_if = g_array_new(FALSE, FALSE, sizeof(struct bound_condition));
    mapping->keep_if = g_array_new(FALSE, FALSE, sizeof(struct bound_condition));
    mapping->fee_if = g_array_new(FALSE, FALSE, sizeof(struct bound_condition));
    mapping->out_if = g_array_new(FALSE, FALSE, sizeof(struct bound_condition));
    mapping->in_if = g_array_new(FALSE, FALSE, sizeof(struct bound_condition));
    mapping->chains = g_array_new(FALSE, FALSE, sizeof(struct balance_chain));
    mapping->padded = format->has_short_rows ? g_new0(struct cell, record->count) : NULL;
    mapping->rate_columns = g_array_new(FALSE, FALSE, sizeof(struct rate_column));
    mapping->rates = g_array_new(FALSE, FALSE, sizeof(struct fx_quote));
    mapping->seen = g_new0(struct seen_text, record->count + 1);
    mapping->own_kept = g_ptr_array_new_with_free_func(g_free);
    mapping->kept = mapping->own_kept;
    mapping->joined = g_string_new(NULL);
    take_names(mapping, record);
    if (!mapping_settle(mapping, options, error) || !bind(mapping, &header, error) ||
        !mapping_settle_currency(mapping, options, error))
        return NULL;
    mapping->is_choosy =
        mapping->skip_if->len > 0 || mapping->keep_if->len > 0 || format->charge_skip;
    mapping->is_proved = format->balance_column || format->preamble_out || format->preamble_in;
    mapping->stray_currency = find_stray_currency(mapping, &header);
    mapping->unknown_columns = describe_unknown(mapping, &header);
    return g_steal_pointer(&mapping);
}

void mapping_free(struct mapping *mapping)
{
    if (!mapping)
        return;
    g_ptr_array_unref(mapping->header);
    g_ptr_array_unref(mapping->names);
    g_array_unref(mapping->skip_if);
    g_array_unref(mapping->keep_if);
    g_array_unref(mapping->fee_if);
    g_array_unref(mapping->out_if);
    g_array_unref(mapping->in_if);
    g_array_unref(mapping->chains);
    g_free(mapping->padded);
    g_free(mapping->control_out.label);
    g_free(mapping->control_in.label);
    g_array_unref(mapping->joined_columns);
    g_array_unref(mapping->rate_columns);
    g_array_unref(mapping->rates);
    g_free(mapping->organization_id);
    g_strfreev(mapping->date_patterns);
    g_free(mapping->unknown_columns);
    g_free(mapping->seen);
    g_ptr_array_unref(mapping->own_kept);
    g_string_free(mapping->joined, TRUE);
    g_free(mapping);
}

void mapping_keep_in(struct mapping *mapping, GPtrArray *kept)
{
    mapping->kept = kept;
}

const struct format *mapping_format(const struct mapping *mapping)
{
    return mapping->format;
}

void mapping_expect(struct mapping *mapping, guint fields)
{
    if (fields == mapping->column_count)
        mapping->trailing = TRAILING_NONE;
    else if (fields == mapping->column_count + 1)
        mapping->trailing = TRAILING_EMPTY;
}

static gboolean all_empty(const struct record *record)
{
    for (guint i = 0; i < record->count; i++) {
        if (record->cells[i].len > 0)
            return FALSE;
    }
    return TRUE;
}

static void problem_count(const struct reading *reading, guint expected, const char *where)
{
    g_autofree char *fields = text_count(reading->record->count, "field");

    problem_record(reading, g_strdup_printf("has %s where %s %u", fields, where, expected));
}

/*
 * As many fields as the header has. One more, empty, is a trailing delimiter when all records have
 * it: some banks write their rows so and their header not.
 */
static gboolean check_count(const struct reading *reading)
{
    struct mapping *mapping = reading->mapping;
    const struct record *record = reading->record;
    gboolean one_more =
        record->count == mapping->column_count + 1 && record->cells[record->count - 1].len == 0;

    if (record->count != mapping->column_count && !one_more) {
        problem_count(reading, mapping->column_count,
                      mapping_has_header(mapping) ? "the header has" : "the format says");
        return FALSE;
    }
    if (mapping->trailing == TRAILING_UNKNOWN)
        mapping->trailing = one_more ? TRAILING_EMPTY : TRAILING_NONE;
    if (one_more == (mapping->trailing == TRAILING_EMPTY))
        return TRUE;
    problem_count(reading, mapping->column_count + !one_more,
                  one_more ? "the header has" : "most records have");
    return FALSE;
}

gboolean any_condition_fits(const struct reading *reading, const GArray *conditions)
{
    for (guint i = 0; i < conditions->len; i++) {
        const struct bound_condition *bound = &g_array_index(conditions, struct bound_condition, i);

        if (in_words(bound->words, cell_at(reading, bound->index)))
            return TRUE;
    }
    return FALSE;
}

/* Whether the format says that this record is no row of the statement. */
static gboolean is_skipped(const struct reading *reading)
{
    const struct mapping *mapping = reading->mapping;
    const GStrv moves_nothing = mapping->format->charge_skip;

    return any_condition_fits(reading, mapping->skip_if) ||
           (mapping->keep_if->len > 0 && !any_condition_fits(reading, mapping->keep_if)) ||
           (moves_nothing && in_words(moves_nothing, cell_at(reading, mapping->charge_column)));
}

static void read_kind(const struct reading *reading, struct fact *out)
{
    switch (out->kind) {
    case FACT_COST:
        read_cost(reading, &out->cost);
        break;
    case FACT_USAGE:
        read_usage(reading, &out->usage);
        break;
    case FACT_ACTIVITY:
        read_activity(reading, &out->usage);
        break;
    case FACT_CREDIT_USAGE:
        read_credit_usage(reading, &out->credit_usage);
        break;
    case FACT_EMPTY_WINDOW:
        read_empty_window(reading, &out->cost);
        break;
    case FACT_CARD:
        read_card(reading, &out->card);
        break;
    case FACT_PAYMENT:
        read_payment(reading, &out->payment);
        break;
    case FACT_RECEIPT:
        read_receipt(reading, &out->receipt);
        break;
    case FACT_GRANT:
        read_grant(reading, &out->grant);
        break;
    case FACT_BALANCE:
        read_balance(reading, &out->balance);
        break;
    case FACT_ORGANIZATION:
        read_organization_row(reading, &out->organization);
        break;
    case FACT_PROJECT:
        read_project(reading, &out->project);
        break;
    case FACT_ACCOUNT:
        read_account(reading, &out->account);
        break;
    case FACT_FX_RATE:
        read_fx_rate(reading, &out->fx_rate);
        break;
    case FACT_RATE:
        read_rate(reading, &out->rate);
        break;
    case FACT_BUDGET:
        read_budget(reading, &out->budget);
        break;
    case FACT_CLAIM:
        read_claim(reading, &out->claim);
        break;
    case FACT_RECHARGE:
        read_recharge(reading, &out->recharge);
        break;
    case FACT_NOTHING:
        problem_record(reading, g_strdup("stands under the line that says that there is nothing"));
        break;
    case FACT_REFUSED: /* its header was refused */
    case FACT_KINDS:
        g_assert_not_reached();
    }
}

/* Whether the record repeats the header: exports that were put together keep theirs. The first byte
 * tells nearly always that it does not; a file that was appended may begin with a BOM. */
static gboolean is_header(const struct reading *reading)
{
    const struct record *record = reading->record;
    const char *first = reading->mapping->header->pdata[0];

    if (record->cells[0].text[0] != first[0] && record->cells[0].text[0] != '\xef')
        return FALSE;
    for (guint i = 0; i < reading->mapping->column_count; i++) {
        g_autofree char *name = name_clean(record->cells[i].text, record->cells[i].len);

        if (strcmp(name, reading->mapping->header->pdata[i]) != 0)
            return FALSE;
    }
    return TRUE;
}

/* A record whose cells were not looked at leaves nothing of the one before it in the fact. */
static gboolean read_nothing(struct fact *out)
{
    const struct fact nothing = {.kind = out->kind, .line = out->line};

    *out = nothing;
    return FALSE;
}

/* A short row with empty cells for those that it lacks. */
static struct record pad(const struct mapping *mapping, const struct record *record)
{
    if (!mapping->padded || record->count >= mapping->column_count)
        return *record;
    for (guint i = 0; i < mapping->column_count; i++)
        mapping->padded[i] = i < record->count ? record->cells[i] : (struct cell){.text = ""};
    return (struct record){record->line, mapping->padded, mapping->column_count};
}

/* What a row must agree with beside itself. */
static void tie_out(const struct reading *reading, const struct card_fact *card)
{
    mapping_sum(reading->mapping, card);
    if (reading->mapping->balance_column != ABSENT)
        mapping_check_balance(reading, card);
}

gboolean mapping_read(struct mapping *mapping, const struct record *record, struct fact *out,
                      GPtrArray *problems, GPtrArray *notes)
{
    const struct record whole = pad(mapping, record);
    const struct reading reading = {mapping, &whole, problems, notes};
    guint before = problems->len;

    if (mapping->unknown_columns)
        g_ptr_array_add(notes, g_steal_pointer(&mapping->unknown_columns));
    if (mapping->own_kept->len > 0)
        g_ptr_array_set_size(mapping->own_kept, 0);
    out->kind = mapping->format->kind;
    out->line = record->line;
    out->skipped = FALSE;
    if (!check_count(&reading))
        return read_nothing(out);
    if (all_empty(&whole) || (mapping->is_choosy && is_skipped(&reading))) {
        out->skipped = TRUE;
        if (mapping->balance_column != ABSENT && !all_empty(&whole))
            mapping_skip_balance(&reading);
        return TRUE;
    }
    if (is_header(&reading)) {
        problem_record(&reading, g_strdup("is the header once more: two exports in one file?"));
        return read_nothing(out);
    }
    read_kind(&reading, out);
    if (mapping->is_proved && problems->len == before)
        tie_out(&reading, &out->card);
    return problems->len == before;
}
