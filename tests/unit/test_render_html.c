/* test_render_html.c - pages: inert whatever they are told, exact, and with their evidence. */
#include "chart_given.h"
#include "core/digest.h"
#include "render_given.h"

#define PAYMENTS                                                                                   \
    "-- column: project_id text Project\n-- column: project_name text Name\n"                      \
    "-- column: amount money(currency) Amount total\n-- column: currency text Cur\n"               \
    "-- column: source text Source data\n-- column: line integer Line data\n"                      \
    "-- column: card_amount amount(currency) Charged total\n"                                      \
    "-- column: card_source text Card_source data\n-- column: card_line integer Card_line data\n"  \
    "-- column: day day Day\n-- column: why text Why below\n"

#define HOSTILE_COUNT G_N_ELEMENTS(hostile)
static const char *const hostile[] = {
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</td></table></title></style><h1>",
    "&lt;b&gt; &amp; &#60;",
    "javascript:alert(1)",
    "<!-- --> ]]> <?xml ?>",
    "\x1B]8;;http://x\x07red\x1B[31m",
    "\xE2\x80\xAE"
    "txt.exe\xE2\x81\xA6",
    "a\r\nb\tc\x7F\xC2\x85",
    "\xE2\x80\x8Bzero\xEF\xBB\xBF",
    "\xF0\x9F\x92\xB8 \xE6\x97\xA5\xE6\x9C\xAC \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D",
};

static char *page_of(const char *columns, const char *const *texts, guint rows)
{
    return given_rendering("html", (struct given_rows){columns, texts, rows, 0, FALSE});
}

static void assert_has(const char *page, const char *part)
{
    if (!strstr(page, part))
        fail_msg("the page lacks %s", part);
}

static void assert_lacks(const char *page, const char *part)
{
    const char *found = strstr(page, part);

    if (found)
        fail_msg("the page has %s: %.80s", part, found);
}

static void a_page_is_all_in_itself_and_may_load_nothing(void **state)
{
    static const char *const texts[] = {"x"};
    g_autofree char *page = page_of("-- column: t text T\n", texts, 1);
    g_autofree char *digest = NULL, *policy = NULL;
    const char *style = strstr(page, "<style>") + strlen("<style>");
    char hex[DIGEST_HEX_LEN + 1];
    guchar raw[DIGEST_HEX_LEN / 2];

    (void)state;
    digest_text(style, strstr(style, "</style>") - style, hex);
    for (guint i = 0; i < sizeof raw; i++)
        raw[i] =
            (guchar)(g_ascii_xdigit_value(hex[2 * i]) * 16 + g_ascii_xdigit_value(hex[2 * i + 1]));
    digest = g_base64_encode(raw, sizeof raw);
    policy = g_strdup_printf("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                             "'none'; style-src 'sha256-%s'; img-src data:; base-uri 'none'; "
                             "form-action 'none'\">\n",
                             digest);
    assert_true(g_str_has_prefix(page, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
                                       "<meta charset=\"utf-8\">\n"));
    assert_has(page, policy);
    assert_has(page, "<title>Title</title>");
    assert_has(page, "<h1>Title</h1>");
    assert_has(page, "<p class=\"by\">trueup " TRUEUP_VERSION "</p>");
    assert_lacks(page, "<script");
    assert_lacks(page, "style=");
    assert_lacks(page, "http:");
    assert_lacks(page, "https:");
    assert_lacks(page, "url(");
    assert_lacks(page, "@import");
    assert_true(g_str_has_suffix(page, "</body>\n</html>\n"));
}

static void any_text_is_inert_between_tags_and_in_attributes(void **state)
{
    (void)state;
    for (guint i = 0; i < HOSTILE_COUNT; i++) {
        const char *texts[] = {hostile[i], hostile[i], "-5 USD", "USD",        hostile[i], "7",
                               "1 USD",    hostile[i], "9",      "2026-10-01", hostile[i]};
        const char *plain[] = {"x",     "x", "-5 USD", "USD",        "x", "7",
                               "1 USD", "x", "9",      "2026-10-01", "x"};
        g_autofree char *page = page_of(PAYMENTS, texts, 1);
        g_autofree char *calm = page_of(PAYMENTS, plain, 1);
        guint tags = 0, quotes = 0;

        for (const char *at = page; *at; at++) {
            gunichar character = g_utf8_get_char(at);

            tags += *at == '<';
            quotes += *at == '"' || *at == '\'';
            if (*at != '\n' && ((guchar)*at < 0x80 || ((guchar)*at & 0xC0) == 0xC0) &&
                (g_unichar_type(character) == G_UNICODE_CONTROL ||
                 g_unichar_type(character) == G_UNICODE_FORMAT))
                fail_msg("%u: U+%04X is in the page", i, character);
        }
        /* No more tags and quotes than with a calm text. */
        for (const char *at = calm; *at; at++) {
            tags -= *at == '<';
            quotes -= *at == '"' || *at == '\'';
        }
        assert_int_equal(tags, 0);
        assert_int_equal(quotes, 0);
    }
}

static void a_number_has_its_exact_amount_and_its_place_a_name_its_id(void **state)
{
    static const char *const texts[] = {
        "p1",
        "One",
        "-1234567890123 USD",
        "USD",
        "a&b.csv",
        "6",
        "1500000000 USD",
        "card.csv",
        "12",
        "2026-10-01",
        "Late.",
        "p2",
        "",
        NULL,
        "USD",
        "a&b.csv",
        "7",
        "0 EUR",
        NULL,
        NULL,
        NULL,
        NULL,
    };
    g_autofree char *page = page_of(PAYMENTS, texts, 2);

    (void)state;
    assert_has(page,
               "<thead><tr><th scope=\"col\">Project</th>"
               "<th scope=\"col\" class=\"n\">Amount</th><th scope=\"col\">Cur</th>"
               "<th scope=\"col\" class=\"n\">Charged</th><th scope=\"col\" class=\"d\">Day</th>"
               "</tr></thead>\n");
    assert_has(page,
               "<tr><td title=\"p1\">One</td>"
               "<td class=\"n neg\" title=\"-1234.567890123 USD, a&amp;b.csv:6\">-1,234.57</td>"
               "<td>USD</td><td class=\"n\" title=\"1.50 USD, card.csv:12\">1.50</td>"
               "<td class=\"d\">2026-10-01</td></tr>\n"
               "<tr class=\"below\"><td colspan=\"5\"><dl><div><dt>Why</dt> <dd>Late.</dd></div>"
               "</dl></td></tr>\n"
               "<tr><td>p2</td><td class=\"n\"></td><td>USD</td>"
               "<td class=\"n\" title=\"0.00 EUR\">0.00</td><td class=\"d\"></td></tr>\n");
}

static void totals_stand_in_the_foot_per_currency(void **state)
{
    static const char *const texts[] = {"a", "2500000000 USD", "USD", "b", "-1000000000 EUR", "EUR",
                                        "c", "500000000 USD",  "USD"};
    g_autofree char *page = page_of("-- column: name text Name\n"
                                    "-- column: sum money(currency) Sum total\n"
                                    "-- column: currency text Cur\n",
                                    texts, 3);
    g_autofree char *first = page_of("-- column: sum money(currency) Sum total\n"
                                     "-- column: currency text Cur\n",
                                     texts + 1, 1);

    (void)state;
    assert_has(page, "<tfoot>\n<tr><th scope=\"row\" colspan=\"1\">Total EUR</th>"
                     "<td class=\"n neg\" title=\"-1.000000000 EUR\">-1.00</td><td></td></tr>\n"
                     "<tr><th scope=\"row\" colspan=\"1\">Total USD</th>"
                     "<td class=\"n\" title=\"3.000000000 USD\">3.00</td><td></td></tr>\n"
                     "</tfoot>\n");
    assert_has(first, "<tr><th scope=\"row\" colspan=\"2\">Total USD</th></tr>\n"
                      "<tr><td class=\"n\" title=\"2.500000000 USD\">2.50</td><td></td></tr>\n");
}

static void no_rows_are_said(void **state)
{
    g_autofree char *page = page_of(PAYMENTS, NULL, 0);

    (void)state;
    assert_has(page, "<tbody>\n<tr><td class=\"none\" colspan=\"5\">No rows.</td></tr>\n</tbody>\n"
                     "</table>");
    assert_lacks(page, "<tfoot>");
    assert_lacks(page, "<nav");
}

/* A document of two tables, the first of which is made of the second and of another. */
static char *document(const char *title, gboolean with_chart)
{
    static const char *const balance[] = {"A",     "2026-10-01", "-5 USD", "0 USD",
                                          "0 USD", "5 USD",      "USD"};
    g_autofree char *first_front = g_strconcat(RENDER_HEAD "-- evidence: second other.day\n",
                                               BALANCE_COLUMNS, "select 1;\n", NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(Report) first = report_parse("reports/first.sql", first_front, &error);
    g_autoptr(Report) second =
        report_parse("reports/second.sql", RENDER_HEAD "-- column: t text T\nselect 1;\n", &error);
    g_autoptr(Chart) chart = given_chart(first, balance, 1);
    g_autoptr(ReportTotals) totals = report_totals_new(first);
    const struct renderer *renderer = renderer_find("html");
    GString *out = g_string_new(NULL);
    const struct render_target target = {.title = title, .subtitle = "org-<A>", .out = out};
    const struct report_cell cell = {.text = "x"};
    void *page = renderer->begin(&target);

    assert_null(error);
    renderer->text(page, RENDER_HEADING, "One & only");
    renderer->text(page, RENDER_PARAGRAPH, "Words <of> `o&e`.\nAnd `more.");
    if (with_chart)
        renderer->chart(page, chart);
    renderer->table(page, first);
    renderer->table_end(page, totals, "");
    renderer->text(page, RENDER_HEADING, "Two");
    renderer->table(page, second);
    renderer->row(page, &cell);
    renderer->table_end(page, totals, "");
    renderer->text(page, RENDER_NOTE, "policy: free-first\nrejects: <none>\n");
    if (!renderer->end(page, &error))
        fail_msg("%s", error->message);
    return g_string_free(out, FALSE);
}

static void a_document_has_contents_sections_evidence_and_notes(void **state)
{
    g_autofree char *page = document("A & B", FALSE);

    (void)state;
    assert_has(page, "<title>A &amp; B, org-&lt;A&gt;</title>");
    assert_has(page, "<header>\n<h1>A &amp; B</h1>\n<p>org-&lt;A&gt;</p>\n</header>\n"
                     "<nav aria-label=\"Contents\">\n<ol>\n"
                     "<li><a href=\"#s1\">One &amp; only</a></li>\n"
                     "<li><a href=\"#s2\">Two</a></li>\n</ol>\n</nav>\n<main>\n"
                     "<section id=\"s1\">\n<h2>One &amp; only</h2>\n"
                     "<p>Words &lt;of&gt; <code>o&amp;e</code>.</p>\n<p>And `more.</p>\n");
    assert_has(page, "<table id=\"t1\">\n<caption id=\"c1\"><span>Summary. "
                     "<a class=\"note\" href=\"#e1\">evidence&nbsp;1</a></span></caption>\n");
    assert_has(page, "</section>\n<section id=\"s2\">\n<h2>Two</h2>\n");
    assert_has(page, "<caption id=\"c2\"><span>Summary.</span></caption>\n");
    assert_has(page, "</section>\n</main>\n<footer>\n");
    assert_has(page, "<ol>\n<li id=\"e1\"><a href=\"#t1\">Title</a> opens into "
                     "<a href=\"#t2\">Title</a>, <code>trueup report other --by day</code></li>\n"
                     "</ol>\n");
    assert_has(page, "<h2>Notes</h2>\n<ul>\n<li>policy: free-first</li>\n"
                     "<li>rejects: &lt;none&gt;</li>\n</ul>\n");
}

static void a_chart_is_an_image_for_light_and_dark_with_its_words(void **state)
{
    g_autofree char *page = document("A", TRUE);
    g_autofree char *again = document("A", TRUE);
    const char *figure = strstr(page, "<figure "), *table = strstr(page, "<table ");

    (void)state;
    assert_true(figure && figure < table);
    assert_has(page, "<source media=\"screen and (prefers-color-scheme: dark)\" "
                     "srcset=\"data:image/svg+xml;base64,");
    assert_has(page, " alt=\"Lines of Balance in USD, 2026-10-01 to 2026-10-01, by Organization. "
                     "A: 0.00 on 2026-10-01, ");
    assert_has(page, " src=\"data:image/svg+xml;base64,");
    assert_string_equal(page, again);
}

static void the_words_of_a_chart_of_two_currencies_are_one_line(void **state)
{
    static const char *const texts[] = {"a", "A", "2026-10-01", "5 USD", "USD",
                                        "b", "B", "2026-10-01", "7 EUR", "EUR"};
    g_autoptr(Report) report = given_report(SPEND_COLUMNS);
    g_autoptr(Chart) chart = given_chart(report, texts, 2);
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    const struct render_target target = {.title = "T", .subtitle = "", .out = out};
    const struct renderer *renderer = renderer_find("html");
    void *page = renderer->begin(&target);

    (void)state;
    renderer->chart(page, chart);
    assert_true(renderer->end(page, &error));
    assert_has(out->str, "by Project. B: 0.00 in all, at most 0.00 (2026-10-01). Stacked bars of "
                         "Cost in USD, ");
    assert_lacks(out->str, "U+000A");
}

static void what_fails_half_way_is_freed(void **state)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const struct render_target target = {.title = "T", .subtitle = "", .out = out};
    g_autoptr(Report) report = given_report(PAYMENTS);
    const struct renderer *renderer = renderer_find("html");
    void *page = renderer->begin(&target);

    (void)state;
    renderer->text(page, RENDER_HEADING, "H");
    renderer->table(page, report);
    assert_true(renderer->end(page, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_is_all_in_itself_and_may_load_nothing),
        cmocka_unit_test(any_text_is_inert_between_tags_and_in_attributes),
        cmocka_unit_test(a_number_has_its_exact_amount_and_its_place_a_name_its_id),
        cmocka_unit_test(totals_stand_in_the_foot_per_currency),
        cmocka_unit_test(no_rows_are_said),
        cmocka_unit_test(a_document_has_contents_sections_evidence_and_notes),
        cmocka_unit_test(a_chart_is_an_image_for_light_and_dark_with_its_words),
        cmocka_unit_test(the_words_of_a_chart_of_two_currencies_are_one_line),
        cmocka_unit_test(what_fails_half_way_is_freed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
