/* giving.c - rendering a report and letting go of it. */
#include "cli/giving.h"
#include "cli/terminal.h"
#include "close/close.h"
#include "doctor/doctor.h"

gboolean prepare_report(struct db *db, const struct report_catalog *catalog, const char *name,
                        const struct report_options *stated, GError **error)
{
    struct report_options options = *stated;
    struct report_month days;

    if (report_needs(catalog, name, options.by, "close") &&
        (!report_read_month(&options, &days, error) ||
         !close_preview(db, options.organization_id, options.from, options.until, error)))
        return FALSE;
    return !report_needs(catalog, name, options.by, "doctor") || doctor_run(db, error);
}

gboolean give_report(struct db *db, const struct report_catalog *catalog, const char *name,
                     const char *format, const struct report_options *options,
                     const struct output *output, int64_t *blocked, GError **error)
{
    g_autoptr(GString) bytes = g_string_new(NULL);
    g_autoptr(GString) talk = g_string_new(NULL);

    if (!report_render(catalog, db, name, format, options, terminal_width(), bytes, talk, error) ||
        !report_blocked(catalog, db, name, options, blocked, talk, error) ||
        !output_write(output, bytes->str, bytes->len, error))
        return FALSE;
    terminal_talk("%s", talk->str);
    return TRUE;
}
