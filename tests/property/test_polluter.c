/*
 * Thousands of files with one thing gone wrong in each: every one is read right, or refused naming
 * the record, and never read wrong in silence. What right is, a slow independent reading of the
 * same bytes says.
 *
 * `property_polluter COUNT` makes that many variants. Built with a libcsv that is not strict
 * (POLLUTER_EXPECTS_WRONG) it must find wrong readings.
 */
#include "import/load.h"
#include "ledger_text.h"
#include "pollution.h"
#include "slow_statement.h"
#include <unistd.h>

#define VARIANTS     20000
#define WHOLE_IMPORT 200 /* two in so many are imported as well */
#define FIRST_DAY    INT64_C(1788220800)
#define DAY_SECONDS  86400

static int variants = VARIANTS;

struct polluter {
    struct rng rng;
    struct db *db;
    struct dictionary *dictionary;
    struct format_set *formats;
    char *path;
    GString *text;
    gint64 first_line, last_line; /* of what was polluted */
    gboolean is_header;

    int read_right, refused, exact, wrong;
};

static const char *const cost_names[] = {"start_time", "end_time", "amount_value",
                                         "amount_currency", NULL};
static const char *const card_names[] = {
    "date",      "description", "amount", "extended details", "city/state", "zip code",
    "reference", "category",    NULL};
static const struct slow_format cost_format = {cost_names, slow_cost_fact};
static const struct slow_format card_format = {card_names, slow_card_fact};

/* --- good files --------------------------------------------------------------------------------*/

static void add_piece(struct pieces *pieces, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void add_piece(struct pieces *pieces, const char *format, ...)
{
    GString *piece = g_string_new(NULL);
    va_list arguments;

    va_start(arguments, format);
    g_string_vprintf(piece, format, arguments);
    va_end(arguments);
    g_ptr_array_add(pieces->all, piece);
}

static void add_cost_pieces(struct rng *rng, struct pieces *pieces)
{
    static const char *const items[] = {"\"gpt-5-mini, input\"", "whisper-1",
                                        "\"say \"\"hi\"\", output\"", "\"dall-e 3\"", ""};

    add_piece(pieces, "start_time,end_time,start_time_iso,amount_value,amount_currency,line_item,"
                      "project_id,project_name,organization_id\n");
    for (int day = 0, rows = 4 + rng_below(rng, 5); day < rows; day++) {
        gint64 start = FIRST_DAY + day * DAY_SECONDS;
        g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(start);
        g_autofree char *iso = g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");

        if (rng_one_in(rng, 6))
            add_piece(pieces, "%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%s,,,,,,\n", start,
                      start + DAY_SECONDS, iso);
        else
            add_piece(pieces,
                      "%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%s,%s%d.%06d,usd,%s,proj_%c,"
                      "%s,org-Alpha1\n",
                      start, start + DAY_SECONDS, iso, rng_one_in(rng, 9) ? "-" : "",
                      rng_below(rng, 2000), rng_below(rng, 1000000),
                      items[rng_below(rng, G_N_ELEMENTS(items))], 'a' + rng_below(rng, 3),
                      rng_one_in(rng, 2) ? "\"Search, new\"" : "Chat bot");
    }
}

/* With addresses that run over lines, as American Express prints them. */
static void add_card_pieces(struct rng *rng, struct pieces *pieces)
{
    static const char *const addresses[] = {"\"548 Market St\nSan Francisco\"", "\"1 Main St\"",
                                            ""};
    static const char *const texts[] = {"OPENAI", "\"OPENAI *CHATGPT SUBSCR\"", "STARBUCKS 1234",
                                        "\"JOE \"\"THE\"\" PLUMBER, INC\""};

    add_piece(pieces, "Date,Description,Amount,Extended Details,Appears On Your Statement As,"
                      "Address,City/State,Zip Code,Country,Reference,Category\n");
    for (int rows = 4 + rng_below(rng, 5); rows > 0; rows--)
        add_piece(pieces,
                  "%02d/%02d/2026,%s,%s%d.%02d,,%s,%s,\"SAN FRANCISCO\nCA\",94104,US,AT2624%d,%s\n",
                  1 + rng_below(rng, 12), 1 + rng_below(rng, 28),
                  texts[rng_below(rng, G_N_ELEMENTS(texts))], rng_one_in(rng, 5) ? "-" : "",
                  rng_below(rng, 900), rng_below(rng, 100), rng_one_in(rng, 2) ? "OPENAI" : "",
                  addresses[rng_below(rng, G_N_ELEMENTS(addresses))], rng_below(rng, 100000),
                  rng_one_in(rng, 2) ? "\"Business, Services\"" : "Other");
}

static void free_piece(gpointer piece)
{
    g_string_free(piece, TRUE);
}

/* A file with one pollution; the lines that it touches are noted. */
static enum pollution make_variant(struct polluter *polluter, gboolean is_cost)
{
    struct rng *rng = &polluter->rng;
    struct pieces pieces = {g_ptr_array_new_with_free_func(free_piece)};
    enum pollution pollution = (enum pollution)rng_below(rng, POLLUTIONS);
    guint index, count;

    if (is_cost)
        add_cost_pieces(rng, &pieces);
    else
        add_card_pieces(rng, &pieces);
    /* Which format another header of a card statement is of is not asked here. */
    index =
        is_cost && rng_one_in(rng, 12) ? 0 : 1 + (guint)rng_below(rng, (int)pieces.all->len - 1);
    polluter->is_header = index == 0;
    pollute(rng, &pieces, index, pollution, &count);

    g_string_truncate(polluter->text, 0);
    for (guint i = 0; i < pieces.all->len; i++) {
        const GString *piece = g_ptr_array_index(pieces.all, i);

        if (i == index)
            polluter->first_line = (gint64)polluter->text->len;
        g_string_append_len(polluter->text, piece->str, (gssize)piece->len);
        if (i < index + count)
            polluter->last_line = (gint64)polluter->text->len;
    }
    polluter->first_line = line_at(polluter->text, (gsize)polluter->first_line);
    polluter->last_line = line_at(polluter->text, (gsize)MAX(polluter->last_line - 1, 0));
    g_ptr_array_unref(pieces.all);
    return pollution;
}

/* --- what trueup reads -------------------------------------------------------------------------*/

struct reading {
    GPtrArray *facts;    /* char *, as slow_reading has them */
    GArray *problems;    /* gint64: lines */
    GPtrArray *messages; /* char * */
    gboolean is_refused; /* as a whole */
};

static char *text_of(struct text text)
{
    return g_strndup(text.text ? text.text : "", text.len);
}

static char *cost_text(const struct fact *fact)
{
    const struct cost_fact *cost = &fact->cost;
    g_autofree char *line_item = text_of(cost->line_item), *project = text_of(cost->project_id);
    g_autofree char *name = text_of(cost->project_name), *owner = text_of(cost->organization_id);

    if (cost->is_empty)
        return g_strdup_printf("%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|empty", fact->line,
                               (gint64)cost->start_at);
    return g_strdup_printf("%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT
                           "|%s|%s|%s|%s|%s",
                           fact->line, (gint64)cost->start_at, (gint64)cost->amount.nanos,
                           cost->amount.currency, line_item, project, name, owner);
}

static char *card_text(const struct fact *fact)
{
    const struct card_fact *card = &fact->card;
    const struct civil *civil = &card->purchased.civil;
    g_autofree char *descriptor = text_of(card->descriptor), *reference = text_of(card->reference);

    return g_strdup_printf("%" G_GINT64_FORMAT "|%d-%02d-%02d|%" G_GINT64_FORMAT "|%s|%s",
                           fact->line, civil->year, civil->month, civil->day,
                           (gint64)card->amount.nanos, descriptor, reference);
}

static void read_load(struct polluter *polluter, struct reading *reading)
{
    static const struct import_options none;
    g_autoptr(Load) load =
        load_new(polluter->db, polluter->dictionary, &none, polluter->formats, polluter->path);
    const struct fact *fact;

    reading->facts = g_ptr_array_new_with_free_func(g_free);
    reading->problems = g_array_new(FALSE, FALSE, sizeof(gint64));
    if (load_open(load))
        while ((fact = load_next(load)))
            g_ptr_array_add(reading->facts,
                            fact->kind == FACT_COST ? cost_text(fact) : card_text(fact));
    reading->is_refused = load->refusal || !load->is_read;
    reading->messages = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < load->problems->len; i++) {
        const char *problem = g_ptr_array_index(load->problems, i);
        gint64 line = g_ascii_strtoll(strchr(problem, ':') + 1, NULL, 10);

        g_ptr_array_add(reading->messages, g_strdup(problem));
        g_array_append_val(reading->problems, line);
    }
    if (load->refusal)
        g_ptr_array_add(reading->messages, g_strdup(load->refusal->message));
    g_ptr_array_sort(reading->facts, slow_compare_texts);
}

static void reading_clear(struct reading *reading)
{
    g_ptr_array_unref(reading->facts);
    g_ptr_array_unref(reading->messages);
    g_array_unref(reading->problems);
}

/* --- verdicts ----------------------------------------------------------------------------------*/

static gboolean has_text(const GPtrArray *texts, const char *text)
{
    return g_ptr_array_find_with_equal_func((GPtrArray *)(gsize)texts, text, g_str_equal, NULL);
}

static gboolean has_line(const GArray *lines, gint64 line)
{
    for (guint i = 0; i < lines->len; i++)
        if (g_array_index(lines, gint64, i) == line)
            return TRUE;
    return FALSE;
}

/* Why the reading is wrong although nothing says so; NULL when it is not. */
static const char *find_wrong(const struct reading *reading, const struct slow_reading *slow)
{
    if (reading->is_refused)
        return NULL;
    if (!slow->has_header)
        return "was read, and has no header";
    for (guint i = 0; i < reading->facts->len; i++)
        if (!has_text(slow->facts, g_ptr_array_index(reading->facts, i)))
            return "has a fact that its bytes do not hold";
    for (guint i = 0; i < slow->facts->len; i++) {
        const char *fact = g_ptr_array_index(slow->facts, i);

        if (!has_text(reading->facts, fact) &&
            !has_line(reading->problems, g_ascii_strtoll(fact, NULL, 10)))
            return "lost a record";
    }
    return slow->bad->len > 0 && reading->problems->len == 0 ? "read a bad record" : NULL;
}

/* Whether exactly the polluted record is named, and every other one was read. */
static gboolean is_exact(const struct polluter *polluter, const struct reading *reading,
                         const struct slow_reading *slow)
{
    if (polluter->is_header)
        return TRUE;
    if (reading->is_refused || reading->problems->len == 0)
        return FALSE;
    for (guint i = 0; i < reading->problems->len; i++) {
        gint64 line = g_array_index(reading->problems, gint64, i);

        if (line < polluter->first_line || line > polluter->last_line)
            return FALSE;
    }
    for (guint i = 0; i < slow->facts->len; i++) {
        const char *fact = g_ptr_array_index(slow->facts, i);
        gint64 line = g_ascii_strtoll(fact, NULL, 10);

        if ((line < polluter->first_line || line > polluter->last_line) &&
            !has_text(reading->facts, fact))
            return FALSE;
    }
    return TRUE;
}

static void show(const struct polluter *polluter, enum pollution pollution, const char *what,
                 const struct reading *reading, const struct slow_reading *slow)
{
    g_autofree char *text = g_utf8_make_valid(polluter->text->str, (gssize)polluter->text->len);

    print_message("%s: pollution %d of lines %d to %d\n%s\n", what, (int)pollution,
                  (int)polluter->first_line, (int)polluter->last_line, text);
    for (guint i = 0; i < reading->messages->len; i++)
        print_message("  said: %s\n", (char *)g_ptr_array_index(reading->messages, i));
    for (guint i = 0; i < reading->facts->len; i++)
        if (!has_text(slow->facts, g_ptr_array_index(reading->facts, i)))
            print_message("  read: %s\n", (char *)g_ptr_array_index(reading->facts, i));
    for (guint i = 0; i < slow->facts->len; i++)
        if (!has_text(reading->facts, g_ptr_array_index(slow->facts, i)))
            print_message("  lost: %s\n", (char *)g_ptr_array_index(slow->facts, i));
}

/* What is set aside in quarantine is what reading named, and every record is accounted for. */
static void check_quarantine(struct polluter *polluter, const struct reading *reading)
{
    static const struct import_options quarantine = {.quarantine = TRUE};
    g_autoptr(ImportResult) result = import_path(polluter->db, polluter->path, &quarantine);
    g_autofree char *rows = rows_of(polluter->db, "select distinct line from reject order by 1");
    g_auto(GStrv) lines = g_strsplit(rows, "\n", -1);
    g_autofree char *unaccounted = rows_of(
        polluter->db, "select name from file where record_count <> fact_count + empty_count + "
                      "skipped_count + reject_count or reject_count <> (select count(*) from "
                      "reject where reject.file_id = file.file_id)");

    assert_string_equal(unaccounted, "");
    if (result->outcome != IMPORTED)
        return; /* none of its records is good */
    assert_int_equal(result->exit_code, 3);
    assert_true(result->reject_count > 0);
    for (char **line = lines; *line; line++)
        assert_true(has_line(reading->problems, g_ascii_strtoll(*line, NULL, 10)));
}

/* The whole way in: strictly the file goes in only when nothing is wrong with it. */
static void check_import(struct polluter *polluter, const struct reading *reading)
{
    gboolean is_good = !reading->is_refused && reading->problems->len == 0;
    g_autoptr(ImportResult) strict = import_path(polluter->db, polluter->path, NULL);
    g_autofree char *name = g_path_get_basename(polluter->path);
    gint64 count;

    if (strict->outcome == IMPORTED) {
        assert_true(is_good);
    } else {
        assert_int_equal(strict->outcome, IMPORT_REFUSED);
        if (!reading->is_refused && reading->problems->len > 0)
            check_quarantine(polluter, reading);
    }
    if (!import_forget(polluter->db, name, &count, NULL)) /* it was refused twice */
        return;
    dictionary_forget(polluter->dictionary);
}

/* Without waiting for the disk, twenty thousand times. */
static void write_file(const struct polluter *polluter)
{
    FILE *file = fopen(polluter->path, "we");

    assert_non_null(file);
    assert_int_equal(fwrite(polluter->text->str, 1, polluter->text->len, file),
                     polluter->text->len);
    assert_int_equal(fclose(file), 0);
}

static void judge(struct polluter *polluter, int number)
{
    gboolean is_cost = number % 2 == 0;
    enum pollution pollution = make_variant(polluter, is_cost);
    struct reading reading;
    struct slow_reading slow;
    const char *why;

    write_file(polluter);
    read_load(polluter, &reading);
    slow_read(&slow, polluter->text->str, polluter->text->len,
              is_cost ? &cost_format : &card_format);
    why = find_wrong(&reading, &slow);
    if (why) {
        if (polluter->wrong++ < 3)
            show(polluter, pollution, why, &reading, &slow);
    } else if (!reading.is_refused && reading.problems->len == 0) {
        polluter->read_right++;
    } else {
        gboolean exact = is_exact(polluter, &reading, &slow);

        polluter->refused++;
        polluter->exact += exact;
        if (!exact && g_getenv("TRUEUP_SHOW"))
            show(polluter, pollution, "not named exactly", &reading, &slow);
    }
    if (number % WHOLE_IMPORT < 2)
        check_import(polluter, &reading);
    reading_clear(&reading);
    slow_reading_clear(&slow);
}

static void a_polluted_file_is_read_right_or_its_record_is_named(void **state)
{
    struct polluter polluter = {.rng = rng_new(), .text = g_string_new(NULL)};
    int fd = g_file_open_tmp("trueup-polluter-XXXXXX.csv", &polluter.path, NULL);

    (void)state;
    assert_true(fd >= 0);
    close(fd);
    polluter.db = db_open_memory(NULL);
    polluter.dictionary = dictionary_new(polluter.db);
    polluter.formats = format_set_load(NULL);
    for (int i = 0; i < variants; i++)
        judge(&polluter, i);
    print_message(
        "%d variants: %d read right, %d refused, %d of those naming the record exactly, %d "
        "silently wrong\n",
        variants, polluter.read_right, polluter.refused, polluter.exact, polluter.wrong);
    g_unlink(polluter.path);
    g_free(polluter.path);
    format_set_free(polluter.formats);
    dictionary_free(polluter.dictionary);
    db_close(polluter.db);
    g_string_free(polluter.text, TRUE);

    assert_true(polluter.refused > variants / 4);
#ifdef POLLUTER_EXPECTS_WRONG
    assert_true(polluter.wrong > 0);
#else
    assert_int_equal(polluter.wrong, 0);
    assert_true((gint64)polluter.exact * 100 >= (gint64)polluter.refused * 97);
#endif
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_polluted_file_is_read_right_or_its_record_is_named),
    };

    if (argc > 1)
        variants = (int)g_ascii_strtoll(argv[1], NULL, 10);
    return cmocka_run_group_tests_name("polluter", tests, NULL, NULL);
}
