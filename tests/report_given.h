/*
 * report_given.h - rendering reports in tests: what they print, their footer, or how they refuse.
 */
#pragma once
#include "core/error.h"
#include "derive_world.h"
#include "report/report.h"

/* What a test does not state is NULL: that is the point of struct report_options. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

static inline ReportCatalog *given_catalog(void)
{
    g_autoptr(GError) error = NULL;
    ReportCatalog *catalog = report_catalog_load(&error);

    if (!catalog)
        fail_msg("%s", error->message);
    return catalog;
}

/* The report's text; the footer is appended where one is wanted. */
static inline char *render(Db *db, const char *name, const char *format,
                           struct report_options options, int width, GString *footer)
{
    g_autoptr(ReportCatalog) catalog = given_catalog();
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) unwanted = g_string_new(NULL);
    GString *out = g_string_new(NULL);

    if (!report_render(catalog, db, name, format, &options, width, out, footer ? footer : unwanted,
                       &error))
        fail_msg("%s: %s", name, error->message);
    return g_string_free(out, FALSE);
}

static inline void assert_report(Db *db, const char *name, struct report_options options,
                                 const char *expected)
{
    g_autofree char *text = render(db, name, "csv", options, 0, NULL);

    assert_string_equal(text, expected);
}

static inline void assert_footer(Db *db, const char *name, struct report_options options,
                                 const char *expected)
{
    g_autoptr(GString) footer = g_string_new(NULL);
    g_autofree char *text = render(db, name, "csv", options, 0, footer);

    assert_string_equal(footer->str, expected);
}

/* A report that is refused prints nothing, and says exactly this. */
static inline void assert_refused(Db *db, const char *name, const char *format,
                                  struct report_options options, int code, const char *expected)
{
    g_autoptr(ReportCatalog) catalog = given_catalog();
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) out = g_string_new("before"), footer = g_string_new("before");

    assert_false(report_render(catalog, db, name, format, &options, 0, out, footer, &error));
    assert_non_null(error);
    assert_string_equal(error->message, expected);
    assert_int_equal(error_exit_code(error), code);
    assert_string_equal(out->str, "before");
    assert_string_equal(footer->str, "before");
}
