/* test_render_json.c - json: valid by a strict checker, text exact, money as strings. */
#include "json_strict.h"
#include "render_given.h"

static void the_checker_takes_json_and_nothing_else(void **state)
{
    static const char *const good[] = {
        "[]",
        "{}",
        " [ 1 , -0.5e+3 , null , true ] ",
        "{\"a\": {\"a\": []}, \"b\": \"\\u00e9\"}",
        "\"\\ud83d\\ude00\"",
        "0",
    };
    static const char *const bad[] = {
        "",          "[1,]",       "[1 2]",       "{\"a\":1,}",  "{a:1}", "{\"a\":1,\"a\":2}",
        "[01]",      "[1.]",       "[.5]",        "[+1]",        "['a']", "\"a\nb\"",
        "\"\\x41\"", "\"\\u12\"",  "\"\\ud83d\"", "\"\\ude00\"", "[] []", "nul",
        "\"open",    "[\"\xFF\"]", "[NaN]",       "// c\n[]",
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(good); i++)
        if (!json_valid(good[i]))
            fail_msg("%s is JSON", good[i]);
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
        if (json_valid(bad[i]))
            fail_msg("%s is no JSON", bad[i]);
}

static void a_row_is_an_object_money_a_string_an_integer_a_number(void **state)
{
    static const char *const texts[] = {"-1500000000 USD",
                                        "27500000000 USD",
                                        "-42",
                                        "1793487600",
                                        "333333",
                                        "=1+1",
                                        "2026-10-31",
                                        "2026-10",
                                        "USD",
                                        NULL,
                                        NULL,
                                        NULL,
                                        NULL,
                                        NULL,
                                        NULL,
                                        NULL,
                                        NULL,
                                        "USD"};
    g_autofree char *json =
        given_rendering("json", (struct given_rows){"-- column: m money(currency) M\n"
                                                    "-- column: a amount(currency) A\n"
                                                    "-- column: i integer I\n"
                                                    "-- column: at instant At\n"
                                                    "-- column: s share S\n"
                                                    "-- column: t text T\n"
                                                    "-- column: d day D data\n"
                                                    "-- column: o month O below\n"
                                                    "-- column: currency text Cur\n",
                                                    texts, 2, 0, FALSE});

    (void)state;
    assert_string_equal(
        json,
        "[\n {\"m\": \"-1.500000000\", \"a\": \"27.50\", \"i\": -42, \"at\": "
        "\"2026-10-31T23:00:00Z\", \"s\": \"0.333333\", \"t\": \"=1+1\", \"d\": \"2026-10-31\", "
        "\"o\": \"2026-10\", \"currency\": \"USD\"},\n {\"m\": null, \"a\": null, \"i\": null, "
        "\"at\": null, \"s\": null, \"t\": null, \"d\": null, \"o\": null, \"currency\": "
        "\"USD\"}\n]\n");
    assert_true(json_valid(json));
}

static void no_rows_are_an_empty_array(void **state)
{
    g_autofree char *json =
        given_rendering("json", (struct given_rows){"-- column: t text T\n", NULL, 0, 0, FALSE});

    (void)state;
    assert_string_equal(json, "[]\n");
}

static void text_comes_back_exactly_and_is_inert_on_a_terminal(void **state)
{
    static const char *const texts[] = {
        "quote \" backslash \\ slash /",
        "tab\tnewline\ncr\rescape\x1b[31m bell\x07 delete\x7f",
        "bidi \xE2\x80\xAE zero width \xE2\x80\x8B bom \xEF\xBB\xBF line \xE2\x80\xA8",
        "漢字 é 😀 \xF3\xA0\x80\x81 tag",
        "",
    };
    g_autofree char *json = given_rendering(
        "json", (struct given_rows){"-- column: t text T\n", texts, G_N_ELEMENTS(texts), 0, FALSE});
    g_autoptr(GPtrArray) strings = json_strings(json);

    (void)state;
    assert_non_null(strings);
    assert_int_equal(strings->len, 2 * G_N_ELEMENTS(texts));
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        assert_string_equal(g_ptr_array_index(strings, 2 * i + 1), texts[i]);
    assert_null(strchr(json, '\x1b'));
    assert_null(strstr(json, "\xE2\x80\xAE"));
    assert_null(strstr(json, "\xF3\xA0\x80\x81"));
    assert_non_null(strstr(json, "\\udb40\\udc01"));
    assert_non_null(strstr(json, "漢字 é 😀"));
}

static void bytes_that_are_no_utf8_are_replaced(void **state)
{
    static const char *const texts[] = {"bad\xFF"
                                        "byte"};
    g_autofree char *json =
        given_rendering("json", (struct given_rows){"-- column: t text T\n", texts, 1, 0, FALSE});

    (void)state;
    assert_string_equal(json, "[\n {\"t\": \"bad\xEF\xBF\xBD"
                              "byte\"}\n]\n");
}

static void money_is_exact_at_the_ends_of_its_range(void **state)
{
    static const char *const texts[] = {"9223372036854775807 USD", "-9223372036854775808 USD",
                                        "USD"};
    g_autofree char *json =
        given_rendering("json", (struct given_rows){"-- column: m money(currency) M\n"
                                                    "-- column: a amount(currency) A\n"
                                                    "-- column: currency text Cur\n",
                                                    texts, 1, 0, FALSE});

    (void)state;
    assert_string_equal(json, "[\n {\"m\": \"9223372036.854775807\", \"a\": "
                              "\"-9223372036.854775808\", \"currency\": \"USD\"}\n]\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_checker_takes_json_and_nothing_else),
        cmocka_unit_test(a_row_is_an_object_money_a_string_an_integer_a_number),
        cmocka_unit_test(no_rows_are_an_empty_array),
        cmocka_unit_test(text_comes_back_exactly_and_is_inert_on_a_terminal),
        cmocka_unit_test(bytes_that_are_no_utf8_are_replaced),
        cmocka_unit_test(money_is_exact_at_the_ends_of_its_range),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
