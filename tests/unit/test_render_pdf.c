/* test_render_pdf.c - pages: everything given is on one of them, and they are the same each time.
 */
#include "core/error.h"
#include "render_given.h"
#include "report/pdf_page.h"
#include <glib/gstdio.h>

#define MONEY "-- column: cost money(currency) Cost total\n-- column: currency text Cur\n"

static GPtrArray *reports; /* that renderers still refer to */

static int set_up(void **state)
{
    (void)state;
    reports = g_ptr_array_new_with_free_func((GDestroyNotify)report_free);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    g_ptr_array_unref(reports);
    return 0;
}

/* What a tool of poppler-utils prints about the bytes. */
static char *asked(const GString *pdf, const char *command)
{
    g_autofree char *path = NULL, *line = NULL;
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) arguments = NULL;
    char *printed = NULL;
    int code, file = g_file_open_tmp("trueup-XXXXXX.pdf", &path, &error);

    assert_true(file >= 0);
    assert_true(g_close(file, NULL));
    assert_true(g_file_set_contents(path, pdf->str, (gssize)pdf->len, NULL));
    line = g_strdup_printf("%s %s%s", command, path,
                           g_str_has_prefix(command, "pdftotext") ? " -" : "");
    assert_true(g_shell_parse_argv(line, NULL, &arguments, NULL));
    if (!g_spawn_sync(NULL, arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &printed, NULL, &code,
                      &error))
        fail_msg("%s", error->message);
    assert_int_equal(code, 0);
    assert_int_equal(g_unlink(path), 0);
    return printed;
}

static char *text_of(struct given_rows given)
{
    g_autoptr(GString) pdf = given_bytes("pdf", given);

    return asked(pdf, "pdftotext -layout");
}

/* Blanks and newlines as one blank each: how a line is spread over a page does not matter. */
static char *words_of(struct given_rows given)
{
    g_autofree char *text = text_of(given);
    g_auto(GStrv) words = g_strsplit_set(text, " \n\f", -1);
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; words[i]; i++)
        if (*words[i])
            g_string_append_printf(out, "%s%s", out->len ? " " : "", words[i]);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static int occurrences(const char *text, const char *part)
{
    int count = 0;

    for (const char *at = strstr(text, part); at; at = strstr(at + strlen(part), part))
        count++;
    return count;
}

/* So many rows of one column, each "row N". Free the texts with g_strfreev(). */
static char **numbered(guint count)
{
    char **texts = g_new0(char *, count + 1);

    for (guint i = 0; i < count; i++)
        texts[i] = g_strdup_printf("row-%u.", i + 1);
    return texts;
}

static void cells_come_out_in_the_order_in_which_they_are_read(void **state)
{
    static const char *const texts[] = {"atlas", "3",  "1234500000000 USD", "USD",
                                        "b",     "12", "-5000000 USD",      "USD"};
    g_autofree char *words = words_of((struct given_rows){
        "-- column: name text Name\n-- column: count integer Count\n" MONEY, texts, 2, 0, FALSE});

    (void)state;
    assert_string_equal(words, "Title Summary. Name Count Cost Cur atlas 3 1,234.50 USD b 12 0.00 "
                               "USD Total USD 1,234.50 Total USD, not rounded: Cost 1,234.495 "
                               "page 1 of 1");
}

static void every_page_repeats_the_headings_and_says_which_it_is(void **state)
{
    g_auto(GStrv) texts = numbered(200);
    g_autofree char *text = text_of((struct given_rows){"-- column: a text Heading\n",
                                                        (const char *const *)texts, 200, 0, FALSE});

    (void)state;
    assert_int_equal(occurrences(text, "Heading"), 5);
    assert_int_equal(occurrences(text, "\f"), 5);
    assert_non_null(strstr(text, "page 1 of 5"));
    assert_non_null(strstr(text, "page 5 of 5"));
    for (guint i = 0; texts[i]; i++)
        assert_int_equal(occurrences(text, texts[i]), 1);
}

static void a_total_never_stands_alone_on_a_page(void **state)
{
    /* Whatever the count of rows: the last page has one of them beside the total. */
    for (guint count = 40; count < 60; count++) {
        g_autofree const char **texts = g_new0(const char *, count * 2 + 1);
        g_autofree char *text = NULL;
        g_auto(GStrv) pages = NULL;

        (void)state;
        for (guint i = 0; i < count; i++) {
            texts[2 * i] = "1000000000 USD";
            texts[2 * i + 1] = "USD";
        }
        text = text_of((struct given_rows){MONEY, texts, count, 0, FALSE});
        pages = g_strsplit(text, "\f", -1);
        assert_non_null(strstr(pages[g_strv_length(pages) - 2], "1.00"));
        assert_non_null(strstr(pages[g_strv_length(pages) - 2], "Total USD"));
    }
}

static void a_row_that_is_longer_than_a_page_goes_on_over_the_next(void **state)
{
    g_autofree char *long_text = g_strnfill(9000, 'x');
    const char *texts[] = {"before", "1", long_text, "2", "after", "3"};
    g_autofree char *text = text_of(
        (struct given_rows){"-- column: a text A\n-- column: n integer N\n", texts, 3, 0, FALSE});

    (void)state;
    assert_int_equal(occurrences(text, "x"), 9000);
    assert_non_null(strstr(text, "page 3 of "));
    assert_int_equal(occurrences(text, "before"), 1);
    assert_int_equal(occurrences(text, "after"), 1);
}

static void a_cell_beyond_measure_is_cut_and_says_so(void **state)
{
    g_autofree char *long_text = g_strnfill(10500, 'x');
    const char *texts[] = {long_text};
    g_autofree char *words =
        words_of((struct given_rows){"-- column: a text A\n", texts, 1, 0, FALSE});

    (void)state;
    assert_int_equal(occurrences(words, "x"), 10000);
    assert_non_null(strstr(words, "… (500 characters more)"));
}

static void sixty_columns_lose_nothing(void **state)
{
    g_autoptr(GString) columns = g_string_new(NULL);
    g_auto(GStrv) texts = numbered(60);
    g_autofree char *text = NULL;

    (void)state;
    for (int i = 0; i < 60; i++)
        g_string_append_printf(columns, "-- column: c%d text Column_%d\n", i, i);
    text = words_of((struct given_rows){columns->str, (const char *const *)texts, 1, 0, FALSE});
    for (guint i = 0; texts[i]; i++)
        assert_int_equal(occurrences(text, texts[i]), 1);
    assert_non_null(strstr(text, "· Column 59: row-60."));
}

static void what_has_no_room_stands_under_its_row_and_what_says_nothing_is_left_out(void **state)
{
    g_autoptr(GString) columns = g_string_new("-- column: w money(currency) Dear wide total\n"
                                              "-- column: z money(currency) Zero total\n");
    g_autofree char *word = g_strnfill(28, 'm');
    const char *texts[13] = {"7000000001 USD", "0 USD", "USD"};
    g_autofree char *words = NULL;

    (void)state;
    g_string_append(columns, "-- column: currency text Cur\n");
    for (guint i = 3; i < G_N_ELEMENTS(texts); i++) {
        g_string_append_printf(columns, "-- column: c%u text C%u\n", i, i);
        texts[i] = word;
    }
    words = words_of((struct given_rows){columns->str, texts, 1, 0, FALSE});
    assert_non_null(strstr(words, " Dear: 7.00 · C7: mmm"));
    assert_non_null(strstr(words, "Left out, zero throughout: Zero Total USD, not rounded: "
                                  "Dear 7.000000001, Zero 0.00"));
    for (guint i = 3; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *heading = g_strdup_printf(" C%u", i);

        assert_non_null(strstr(words, heading));
    }
}

static void a_page_lies_down_for_a_wide_table_alone(void **state)
{
    static const struct {
        int columns;
        const char *size;
    } cases[] = {{6, "595.276 x 841.89"}, {12, "841.89 x 595.276"}};

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) columns = g_string_new(NULL);
        const char *texts[12] = {0};
        g_autoptr(GString) pdf = NULL;
        g_autofree char *said = NULL;

        for (int k = 0; k < cases[i].columns; k++) {
            g_string_append_printf(columns, "-- column: c%d text C\n", k);
            texts[k] = "abcdefghij";
        }
        pdf = given_bytes("pdf", (struct given_rows){columns->str, texts, 1, 0, FALSE});
        said = asked(pdf, "pdfinfo");
        assert_non_null(strstr(said, cases[i].size));
    }
}

static void no_rows_are_said(void **state)
{
    g_autofree char *words =
        words_of((struct given_rows){"-- column: a text A\n", NULL, 0, 0, FALSE});

    (void)state;
    assert_string_equal(words, "Title Summary. No rows. page 1 of 1");
}

static void sentences_stand_below_their_row(void **state)
{
    static const char *const texts[] = {
        "NO_RECEIPT", "No receipt was found.", "Ask for it.", "REFUND", NULL, "Wait."};
    g_autofree char *words = words_of((struct given_rows){
        "-- column: c text Code\n-- column: f text Found below\n-- column: n text Next below\n",
        texts, 2, 0, FALSE});

    (void)state;
    assert_string_equal(words, "Title Summary. Code NO_RECEIPT Found: No receipt was found. Next: "
                               "Ask for it. REFUND Next: Wait. page 1 of 1");
}

static void nothing_in_a_text_does_anything(void **state)
{
    static const char *const texts[] = {"<b>&amp;</b> \x1b[2J \xE2\x80\xAE"
                                        "gpj.exe https://example.com/ ../../x"};
    struct given_rows given = {"-- column: a text A\n", texts, 1, 0, FALSE};
    g_autofree char *words = words_of(given);
    g_autoptr(GString) pdf = given_bytes("pdf", given);
    g_autofree char *said = asked(pdf, "pdfinfo");

    (void)state;
    assert_non_null(strstr(words, "<b>&amp;</b> <U+001B>[2J <U+202E>gpj.exe "
                                  "https://example.com/ ../../x"));
    assert_non_null(strstr(said, "JavaScript:      no"));
    for (guint i = 0; i + 4 < pdf->len; i++) {
        assert_int_not_equal(memcmp(pdf->str + i, "/URI", 4), 0);
        assert_int_not_equal(memcmp(pdf->str + i, "/Anno", 5), 0);
    }
}

static void any_script_is_set_and_what_no_font_has_is_a_box(void **state)
{
    static const char *const texts[] = {"Zoë Ωmega Москва", "漢字 العربية \xF3\xB0\x80\x80"};
    g_autofree char *words =
        words_of((struct given_rows){"-- column: a text A\n", texts, 2, 0, FALSE});

    (void)state;
    assert_non_null(strstr(words, "Zoë Ωmega Москва"));
}

static void the_file_knows_its_title_and_no_clock(void **state)
{
    static const char *const texts[] = {"x"};
    g_autoptr(GString) pdf =
        given_bytes("pdf", (struct given_rows){"-- column: a text A\n", texts, 1, 0, FALSE});
    g_autofree char *said = asked(pdf, "pdfinfo");

    (void)state;
    assert_non_null(strstr(said, "Title:           Title\n"));
    assert_non_null(strstr(said, "Tagged:          yes\n"));
    assert_null(strstr(said, "Date:"));
}

static void tables_have_rows_and_headings_for_readers_aloud(void **state)
{
    static const char *const texts[] = {"x"};
    g_autoptr(GString) pdf =
        given_bytes("pdf", (struct given_rows){"-- column: a text A\n", texts, 1, 0, FALSE});
    g_autofree char *said = asked(pdf, "pdfinfo -struct-text");

    (void)state;
    assert_string_equal(said, "Document\n"
                              "  H1 (block)\n    \"Title\"\n"
                              "  P (block)\n    \"Summary.\"\n"
                              "  Table (block)\n"
                              "    TR\n      TH\n        \"A\"\n"
                              "    TR\n      TD\n        \"x\"\n");
}

static void the_same_rows_are_the_same_bytes(void **state)
{
    g_auto(GStrv) texts = numbered(100);
    struct given_rows given = {"-- column: a text A\n", (const char *const *)texts, 100, 0, FALSE};
    g_autoptr(GString) first = given_bytes("pdf", given);
    g_autoptr(GString) second = NULL;

    (void)state;
    assert_true(g_setenv("TZ", "Asia/Tokyo", TRUE));
    assert_true(g_setenv("LANGUAGE", "ja", TRUE));
    second = given_bytes("pdf", given);
    assert_true(g_string_equal(first, second));
}

/* A document whose parts `give` gives. */
static GString *
given_document(void (*give)(const struct renderer *renderer, void *state, guint count), guint count)
{
    const struct renderer *renderer = renderer_find("pdf");
    g_autoptr(GError) error = NULL;
    GString *out = g_string_new(NULL);
    const struct render_target target = {
        .title = "Monthly close", .subtitle = "org-A, from 2026-10-01", .out = out};
    void *state = renderer->begin(&target);

    give(renderer, state, count);
    renderer->text(state, RENDER_NOTE, "policy: free-first\nrejects: none\n");
    assert_true(renderer->end(state, &error));
    return out;
}

/* A table of so many rows of numbers from 41 on, in so many columns. */
static void give_table(const struct renderer *renderer, void *state, guint columns, guint rows)
{
    g_autoptr(GString) front = g_string_new(RENDER_HEAD);
    g_autofree struct report_cell *cells = g_new0(struct report_cell, columns);
    Report *report;

    for (guint i = 0; i < columns; i++)
        g_string_append_printf(front, "-- column: a%u integer Number\n", i);
    g_string_append(front, "select 1;\n");
    report = report_parse("reports/given.sql", front->str, NULL);
    g_ptr_array_add(reports, report);
    renderer->table(state, report);
    for (guint row = 0; row < rows; row++) {
        for (guint i = 0; i < columns; i++)
            cells[i] = (struct report_cell){FALSE, "", 41 + row, ""};
        renderer->row(state, cells);
    }
    g_autoptr(ReportTotals) totals = report_totals_new(report);
    renderer->table_end(state, totals, "");
}

static void give_lines_and_a_table(const struct renderer *renderer, void *state, guint count)
{
    renderer->text(state, RENDER_HEADING, "First");
    for (guint i = 0; i < count; i++)
        renderer->text(state, RENDER_PARAGRAPH, "One line.");
    renderer->text(state, RENDER_HEADING, "Second");
    give_table(renderer, state, 1, 3);
}

/* Upright, wide, upright, long and upright, wide. */
static void give_many_tables(const struct renderer *renderer, void *state, guint unused)
{
    static const guint shapes[][2] = {{1, 3}, {20, 3}, {1, 3}, {1, 60}, {20, 3}};

    (void)unused;
    for (guint i = 0; i < G_N_ELEMENTS(shapes); i++) {
        renderer->text(state, RENDER_HEADING, "Section");
        give_table(renderer, state, shapes[i][0], shapes[i][1]);
    }
}

static void give_chart(const struct renderer *renderer, void *state, guint unused)
{
    g_autoptr(GError) error = NULL;
    Report *report = report_parse("reports/given.sql",
                                  RENDER_HEAD "-- column: day day Day\n" MONEY
                                              "-- chart: stack x=day y=cost\nselect 1;\n",
                                  &error);
    const struct report_cell cells[] = {{FALSE, "2026-10-01", 0, ""},
                                        {FALSE, "", INT64_C(40000000000), "USD"},
                                        {FALSE, "USD", 0, ""}};
    g_autoptr(Chart) chart = chart_new(report);
    g_autoptr(ReportTotals) totals = report_totals_new(report);

    (void)unused;
    g_ptr_array_add(reports, report);
    renderer->table(state, report);
    renderer->row(state, cells);
    chart_add(chart, cells);
    assert_true(chart_finish(chart, &error));
    renderer->chart(state, chart);
    renderer->table_end(state, totals, "");
}

static void a_heading_stands_on_the_page_of_what_it_heads(void **state)
{
    (void)state;
    for (guint count = 30; count < 50; count++) {
        g_autoptr(GString) pdf = given_document(give_lines_and_a_table, count);
        g_autofree char *text = asked(pdf, "pdftotext -layout");
        g_auto(GStrv) pages = g_strsplit(text, "\f", -1);
        gboolean found = FALSE;

        for (guint i = 0; pages[i]; i++)
            if (strstr(pages[i], "Second") && strstr(pages[i], "41"))
                found = TRUE;
        assert_true(found);
    }
}

static void a_document_has_its_notes_at_the_end_and_its_name_on_each_page(void **state)
{
    g_autoptr(GString) pdf = given_document(give_lines_and_a_table, 60);
    g_autofree char *text = asked(pdf, "pdftotext -layout");
    g_auto(GStrv) pages = g_strsplit(text, "\f", -1);

    (void)state;
    assert_int_equal(g_strv_length(pages), 3);
    assert_non_null(strstr(pages[1], "Monthly close"));
    assert_non_null(strstr(pages[1], "org-A, from 2026-10-01"));
    assert_true(strstr(pages[1], "43") < strstr(pages[1], "policy: free-first"));
    assert_non_null(strstr(pages[1], "rejects: none"));
}

static void a_document_turns_for_a_wide_table_and_back_for_a_long_one_alone(void **state)
{
    g_autoptr(GString) pdf = given_document(give_many_tables, 0);
    g_autofree char *said = asked(pdf, "pdfinfo -l 9");
    const char *at = said;

    (void)state;
    static const char *const pages[] = {"1 size:  841.89", "2 size:  595.276", "3 size:  595.276",
                                        "4 size:  841.89"};
    for (guint i = 0; i < G_N_ELEMENTS(pages); i++) {
        at = strstr(at, pages[i]);
        assert_non_null(at);
    }
    assert_null(strstr(at, "Page    5"));
}

static void a_small_table_is_never_parted(void **state)
{
    (void)state;
    for (guint count = 30; count < 50; count++) {
        g_autoptr(GString) pdf = given_document(give_lines_and_a_table, count);
        g_autofree char *text = asked(pdf, "pdftotext -layout");

        assert_int_equal(occurrences(text, "Number"), 1);
    }
}

static void a_chart_stands_above_its_table_as_lines_and_text(void **state)
{
    g_autoptr(GString) pdf = given_document(give_chart, 0);
    g_autofree char *text = asked(pdf, "pdftotext -layout");
    g_autofree char *images = asked(pdf, "pdfimages -list");
    const char *axis = strstr(text, "Cost, USD"), *heading = strstr(text, "Day");

    (void)state;
    assert_true(axis && heading && axis < heading);
    assert_null(strstr(images, "image"));
    assert_null(strstr(images, "mask"));
}

static void what_cairo_could_not_write_is_an_error(void **state)
{
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    g_auto(Pdf) pdf = {0};

    (void)state;
    assert_true(pdf_init(&pdf, "Title", "", &error));
    pdf_next_page(&pdf, FALSE);
    pdf_start_drawing(&pdf, out);
    pdf.tagged = TRUE;
    pdf_next_page(&pdf, FALSE);
    pdf_untag(&pdf, "Table"); /* never begun */
    assert_false(pdf_finish(&pdf, &error));
    assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM));
    assert_non_null(strstr(error->message, "the PDF could not be made: "));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_come_out_in_the_order_in_which_they_are_read),
        cmocka_unit_test(every_page_repeats_the_headings_and_says_which_it_is),
        cmocka_unit_test(a_total_never_stands_alone_on_a_page),
        cmocka_unit_test(a_row_that_is_longer_than_a_page_goes_on_over_the_next),
        cmocka_unit_test(a_cell_beyond_measure_is_cut_and_says_so),
        cmocka_unit_test(sixty_columns_lose_nothing),
        cmocka_unit_test(what_has_no_room_stands_under_its_row_and_what_says_nothing_is_left_out),
        cmocka_unit_test(a_page_lies_down_for_a_wide_table_alone),
        cmocka_unit_test(no_rows_are_said),
        cmocka_unit_test(sentences_stand_below_their_row),
        cmocka_unit_test(nothing_in_a_text_does_anything),
        cmocka_unit_test(any_script_is_set_and_what_no_font_has_is_a_box),
        cmocka_unit_test(the_file_knows_its_title_and_no_clock),
        cmocka_unit_test(tables_have_rows_and_headings_for_readers_aloud),
        cmocka_unit_test(the_same_rows_are_the_same_bytes),
        cmocka_unit_test(a_heading_stands_on_the_page_of_what_it_heads),
        cmocka_unit_test(a_document_has_its_notes_at_the_end_and_its_name_on_each_page),
        cmocka_unit_test(a_document_turns_for_a_wide_table_and_back_for_a_long_one_alone),
        cmocka_unit_test(a_small_table_is_never_parted),
        cmocka_unit_test(a_chart_stands_above_its_table_as_lines_and_text),
        cmocka_unit_test(what_cairo_could_not_write_is_an_error),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
