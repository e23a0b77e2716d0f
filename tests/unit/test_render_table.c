/* test_render_table.c - tables: aligned, cut to the terminal, nothing left out in silence. */
#include "render_given.h"
#include "report/text_width.h"

#define MONEY "-- column: cost money(currency) Cost\n-- column: currency text Cur\n"

static void assert_table(struct given_rows given, const char *expected)
{
    g_autofree char *table = given_rendering("table", given);

    assert_string_equal(table, expected);
}

static void numbers_stand_right_and_text_left(void **state)
{
    static const char *const texts[] = {"atlas", "3",  "1234500000000 USD", "USD",
                                        "b",     "12", "-5000000 USD",      "USD"};

    (void)state;
    assert_table(
        (struct given_rows){"-- column: name text Name\n-- column: count integer Count\n" MONEY,
                            texts, 2, 0, FALSE},
        "Title\n\n"
        "Name   Count      Cost  Cur\n"
        "-----  -----  --------  ---\n"
        "atlas      3  1,234.50  USD\n"
        "b         12      0.00  USD\n\n");
}

static void days_instants_and_shares_are_for_people(void **state)
{
    static const char *const texts[] = {"2026-10-31", "1793487659", "333333", NULL, NULL, NULL};

    (void)state;
    assert_table((struct given_rows){"-- column: d day Day\n-- column: at instant At_(UTC)\n"
                                     "-- column: s share Share\n",
                                     texts, 2, 0, FALSE},
                 "Title\n\n"
                 "Day         At (UTC)            Share\n"
                 "----------  ----------------  -------\n"
                 "2026-10-31  2026-10-31 23:00  33.33 %\n"
                 "\n\n");
}

static void wide_and_combining_characters_keep_the_columns_straight(void **state)
{
    static const char *const texts[] = {"漢字", "x", "e\xCC\x81te\xCC\x81", "y", "abcd", "z"};

    (void)state;
    assert_table(
        (struct given_rows){"-- column: a text Name\n-- column: b text B\n", texts, 3, 0, FALSE},
        "Title\n\n"
        "Name  B\n"
        "----  -\n"
        "漢字  x\n"
        "e\xCC\x81te\xCC\x81   y\n"
        "abcd  z\n\n");
}

static void a_line_never_ends_in_blanks(void **state)
{
    static const char *const texts[] = {"a", "", "b", NULL, "", ""};
    g_autofree char *table = given_rendering(
        "table", (struct given_rows){"-- column: a text A\n-- column: b text Longer_heading\n",
                                     texts, 3, 0, FALSE});

    (void)state;
    assert_null(strstr(table, " \n"));
}

static void text_is_cut_with_an_ellipsis_and_the_widest_column_first(void **state)
{
    static const char *const texts[] = {"abcdefghijklmnopqrstuvwxyz", "0123456789", "last"};
    const char *columns = "-- column: a text A\n-- column: b text B\n-- column: c text C\n";

    (void)state;
    assert_table((struct given_rows){columns, texts, 1, 30, FALSE},
                 "Title\n\n"
                 "A             B           C\n"
                 "------------  ----------  ----\n"
                 "abcdefghijk…  0123456789  last\n\n");
    assert_table((struct given_rows){columns, texts, 1, 24, FALSE}, "Title\n\n"
                                                                    "A         B         C\n"
                                                                    "--------  --------  ----\n"
                                                                    "abcdefg…  0123456…  last\n\n");
    /* Text keeps eight columns: a table of fewer runs over. */
    assert_table((struct given_rows){columns, texts, 1, 5, FALSE}, "Title\n\n"
                                                                   "A         B         C\n"
                                                                   "--------  --------  ----\n"
                                                                   "abcdefg…  0123456…  last\n\n");
}

static void cutting_counts_columns_not_characters(void **state)
{
    /* Each of these needs 20 columns and gets 8; half a wide character is a blank. */
    static const struct {
        const char *text, *cut;
    } cases[] = {
        {"漢字漢字漢字漢字漢字", "漢字漢… "},
        {"a漢字漢字漢字漢字漢b", "a漢字漢…"},
        {"e\xCC\x81"
         "e\xCC\x81"
         "efghijklmnopqrstuv",
         "e\xCC\x81"
         "e\xCC\x81"
         "efghi…"},
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new(NULL);

        assert_int_equal(text_width(cases[i].text), 20);
        text_append_padded(out, cases[i].text, 8, FALSE);
        assert_string_equal(out->str, cases[i].cut);
    }
}

static void text_that_fits_exactly_is_not_cut(void **state)
{
    g_autoptr(GString) out = g_string_new(NULL);

    (void)state;
    text_append_padded(out, "12345678", 8, FALSE);
    text_append_padded(out, "漢字漢字", 8, TRUE);
    text_append_padded(out, "12", 4, TRUE);
    assert_string_equal(out->str, "12345678漢字漢字  12");
}

static void a_narrow_table_loses_zeros_first_then_wide_columns_and_says_so(void **state)
{
    static const char *const texts[] = {
        "org-a", "t000000000001", "0 USD", "0 USD",          "5000000000 USD", "USD",
        "org-b", "t000000000002", NULL,    "7000000000 USD", "0 USD",          "USD"};
    const char *columns = "-- column: o text Organization\n-- column: id text Id wide\n"
                          "-- column: expired money(currency) Expired\n"
                          "-- column: used money(currency) Used\n"
                          "-- column: left money(currency) Left\n"
                          "-- column: currency text Cur\n";

    (void)state;
    assert_table((struct given_rows){columns, texts, 2, 54, FALSE},
                 "Title\n\n"
                 "Organization  Id             Expired  Used  Left  Cur\n"
                 "------------  -------------  -------  ----  ----  ---\n"
                 "org-a         t000000000001     0.00  0.00  5.00  USD\n"
                 "org-b         t000000000002           7.00  0.00  USD\n\n");
    assert_table((struct given_rows){columns, texts, 2, 52, FALSE},
                 "Title\n\n"
                 "Organization  Id             Used  Left  Cur\n"
                 "------------  -------------  ----  ----  ---\n"
                 "org-a         t000000000001  0.00  5.00  USD\n"
                 "org-b         t000000000002  7.00  0.00  USD\n\n"
                 "left out, all zero: Expired\n");
    assert_table((struct given_rows){columns, texts, 2, 40, FALSE},
                 "Title\n\n"
                 "Organization  Used  Left  Cur\n"
                 "------------  ----  ----  ---\n"
                 "org-a         0.00  5.00  USD\n"
                 "org-b         7.00  0.00  USD\n\n"
                 "left out, all zero: Expired\n"
                 "left out, too wide: Id\n");
}

static void an_amount_leaves_with_its_currency(void **state)
{
    static const char *const texts[] = {"5000000000 USD", "USD", "40000000000 HKD", "HKD", "name"};

    (void)state;
    assert_table((struct given_rows){"-- column: paid amount(currency) Paid\n"
                                     "-- column: currency text Cur\n"
                                     "-- column: charged amount(card_currency) Charged wide\n"
                                     "-- column: card_currency text Cur wide\n"
                                     "-- column: n text Name\n",
                                     texts, 1, 23, FALSE},
                 "Title\n\n"
                 "Paid  Cur  Name\n"
                 "----  ---  ----\n"
                 "5.00  USD  name\n\n"
                 "left out, too wide: Charged, Cur\n");
}

static void sentences_stand_below_their_row_and_wrap_at_blanks(void **state)
{
    static const char *const texts[] = {
        "NO_RECEIPT", "No receipt was found for it.", "", "REFUND", NULL, "Ask."};

    (void)state;
    assert_table((struct given_rows){"-- column: code text Code\n-- column: f text Found below\n"
                                     "-- column: n text Next below\n",
                                     texts, 2, 24, FALSE},
                 "Title\n\n"
                 "Code\n"
                 "----------\n"
                 "NO_RECEIPT\n"
                 "    Found: No receipt\n"
                 "    was found for it.\n"
                 "REFUND\n"
                 "    Next: Ask.\n\n");
    assert_table((struct given_rows){"-- column: code text Code\n-- column: f text Found below\n"
                                     "-- column: n text Next below\n",
                                     texts, 1, 0, FALSE},
                 "Title\n\n"
                 "Code\n"
                 "----------\n"
                 "NO_RECEIPT\n"
                 "    Found: No receipt was found for it.\n\n");
}

static void text_is_cleaned_even_when_raw_is_asked_for(void **state)
{
    static const char *const texts[] = {"a\x1b[2Jb", "x\ny"};

    (void)state;
    for (int raw = 0; raw < 2; raw++) {
        g_autofree char *table = given_rendering(
            "table", (struct given_rows){"-- column: a text A\n-- column: b text B below\n", texts,
                                         1, 0, raw});

        assert_null(strchr(table, '\x1b'));
        assert_non_null(strstr(table, "a<U+001B>[2Jb\n    B: x<U+000A>y\n"));
    }
}

static void exact_money_shows_what_cents_would_hide(void **state)
{
    static const char *const texts[] = {"140000001 USD", "140000001 USD", "USD"};

    (void)state;
    assert_table((struct given_rows){"-- column: a money(currency) Before exact\n"
                                     "-- column: b money(currency) After\n"
                                     "-- column: currency text Cur data\n",
                                     texts, 1, 0, FALSE},
                 "Title\n\n"
                 "     Before  After\n"
                 "-----------  -----\n"
                 "0.140000001   0.14\n\n");
}

static void amounts_of_currencies_with_other_decimals_keep_their_points_in_line(void **state)
{
    static const char *const texts[] = {"1234500000000 USD",
                                        "USD",
                                        "-27500000000000 JPY",
                                        "JPY",
                                        "1234567000000 KWD",
                                        "KWD",
                                        NULL,
                                        ""};

    (void)state;
    assert_table((struct given_rows){MONEY, texts, 4, 0, FALSE}, "Title\n\n"
                                                                 "       Cost  Cur\n"
                                                                 "-----------  ---\n"
                                                                 "  1,234.50   USD\n"
                                                                 "-27,500      JPY\n"
                                                                 "  1,234.567  KWD\n"
                                                                 "\n\n");
}

static void colour_repeats_what_words_and_signs_say(void **state)
{
    static const char *const texts[] = {
        "error",          "open", "error",   "-5000000000 USD", "USD", "info", "confirmed", "open",
        "5000000000 USD", "USD",  "warning", "suspended",       "x",   NULL,   ""};
    g_autofree char *table = given_rendering_in(
        "table",
        (struct given_rows){"-- column: severity text Severity\n-- column: card_state text Card\n"
                            "-- column: name text Name\n" MONEY,
                            texts, 3, 0, FALSE},
        TRUE);

    (void)state;
    assert_string_equal(table, "\033[1mTitle\033[0m\n\n"
                               "Severity  Card       Name    Cost  Cur\n"
                               "--------  ---------  -----  -----  ---\n"
                               "\033[31merror\033[0m     \033[33mopen\033[0m       error  "
                               "\033[31m-5.00\033[0m  USD\n"
                               "info      \033[32mconfirmed\033[0m  open    5.00  USD\n"
                               "\033[33mwarning\033[0m   \033[31msuspended\033[0m  x\n\n");
}

static void no_rows_are_said(void **state)
{
    (void)state;
    assert_table((struct given_rows){"-- column: a text A\n-- column: hidden text H data\n", NULL,
                                     0, 80, FALSE},
                 "Title\n\n(no rows)\n\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_stand_right_and_text_left),
        cmocka_unit_test(days_instants_and_shares_are_for_people),
        cmocka_unit_test(wide_and_combining_characters_keep_the_columns_straight),
        cmocka_unit_test(a_line_never_ends_in_blanks),
        cmocka_unit_test(text_is_cut_with_an_ellipsis_and_the_widest_column_first),
        cmocka_unit_test(cutting_counts_columns_not_characters),
        cmocka_unit_test(text_that_fits_exactly_is_not_cut),
        cmocka_unit_test(a_narrow_table_loses_zeros_first_then_wide_columns_and_says_so),
        cmocka_unit_test(an_amount_leaves_with_its_currency),
        cmocka_unit_test(sentences_stand_below_their_row_and_wrap_at_blanks),
        cmocka_unit_test(text_is_cleaned_even_when_raw_is_asked_for),
        cmocka_unit_test(exact_money_shows_what_cents_would_hide),
        cmocka_unit_test(amounts_of_currencies_with_other_decimals_keep_their_points_in_line),
        cmocka_unit_test(colour_repeats_what_words_and_signs_say),
        cmocka_unit_test(no_rows_are_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
