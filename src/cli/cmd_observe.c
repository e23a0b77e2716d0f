/* cmd_observe.c - trueup observe --org O --at T --balance B */
#include "cli/command.h"
#include "cli/refresh.h"
#include "cli/terminal.h"
#include "core/error.h"
#include "core/instant.h"
#include "core/money.h"
#include "core/text.h"
#include "import/import.h"

struct observation {
    const char *organization_id;
    gint64 observed_at;
    gint64 balance_nanos;
    char currency[4];
};

static gboolean fail(GError **error, const char *option, const char *text, const char *why)
{
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE, "observe: --%s \"%s\": %s", option, text,
                why);
    return FALSE;
}

static gboolean read_instant(gint64 *out, const char *text, const char *zone_name, GError **error)
{
    g_autoptr(GError) why = NULL;
    const struct zone *zone = zone_unknown();
    struct civil civil;

    if (zone_name && !(zone = zone_find(zone_name, &why)))
        return fail(error, "tz", zone_name, why->message);
    if (!civil_parse(&civil, text, strlen(text), "iso", &why))
        return fail(error, "at", text, why->message);
    if (!civil.has_time || (!civil.has_offset && zone_is_unknown(zone)))
        return fail(error, "at", text,
                    "is not an instant\n"
                    "hint: write 2026-10-31T18:00:00Z, or state the zone with --tz");
    return civil_to_instant(out, &civil, zone, NULL, &why) || fail(error, "at", text, why->message);
}

static gboolean read_observation(struct observation *out, const char *organization, const char *at,
                                 const char *zone, const char *balance, const char *currency,
                                 GError **error)
{
    g_autoptr(GError) why = NULL;
    char other[5];

    if (!organization || !at || !balance) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "observe: --org, --at and --balance are all needed\n"
                    "hint: trueup observe --org org-abc --at 2026-10-31T18:00:00Z --balance 41.20");
        return FALSE;
    }
    out->organization_id = organization;
    if (!currency_parse(out->currency, currency, strlen(currency)))
        return fail(error, "currency", currency, "is not a currency like USD");
    if (!money_parse(&out->balance_nanos, balance, strlen(balance), &number_style_plain, NULL,
                     &why))
        return fail(error, "balance", balance, why->message);
    if (currency_contradicts(other, balance, strlen(balance), out->currency))
        return fail(error, "balance", balance, "is in another currency than --currency states");
    return read_instant(&out->observed_at, at, zone, error);
}

/* An id that nothing else names is most likely a slip: said, not refused, for files come in any
 * order. */
static gboolean note_unknown(struct db *db, const char *organization, GError **error)
{
    struct statement *statement = statement_get(db, "report_organizations", error);
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    enum row_status status = FAILED;
    const char *nearest;

    while (statement && (status = statement_step(statement, error)) == ROW)
        g_ptr_array_add(ids, g_strdup(statement_text(statement, 0)));
    if (status == FAILED || g_ptr_array_find_with_equal_func(ids, organization, g_str_equal, NULL))
        return status != FAILED;
    g_ptr_array_add(ids, NULL);
    nearest = text_nearest(organization, (const char *const *)ids->pdata);
    terminal_talk("note: no file names the organization \"%s\" yet%s%s%s\n", organization,
                  nearest ? "; did you mean \"" : "", nearest ? nearest : "", nearest ? "\"?" : "");
    return TRUE;
}

int cmd_observe(struct cli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *organization = NULL, *at = NULL, *zone = NULL;
    g_autofree char *balance = NULL, *currency = NULL;
    const GOptionEntry entries[] = {
        {"org", 0, 0, COMMAND_TEXT, &organization, "The organization", "ID"},
        {"at", 0, 0, COMMAND_TEXT, &at, "When it was seen", "TIME"},
        {"tz", 0, 0, COMMAND_TEXT, &zone, "The zone of a time without one", "ZONE"},
        {"balance", 0, 0, COMMAND_TEXT, &balance, "The balance, minus when overdrawn", "AMOUNT"},
        {"currency", 0, 0, COMMAND_TEXT, &currency, "Its currency; default USD", "CODE"},
        {0},
    };
    struct observation seen;

    if (!command_parse(cli, entries, 0, 0, &argc, &argv, error) ||
        !read_observation(&seen, organization, at, zone, balance, currency ? currency : "USD",
                          error) ||
        !command_open(cli, error) || !note_unknown(cli->db, seen.organization_id, error) ||
        !import_observe(cli->db, seen.organization_id, seen.observed_at, seen.balance_nanos,
                        seen.currency, error) ||
        !refresh_if_due(cli->db, error))
        return 0;
    g_autofree char *amount = money_format(seen.balance_nanos, 2);
    char instant[21];
    instant_format(seen.observed_at, instant);
    terminal_talk("%s: %s %s at %s is in the ledger\n", seen.organization_id, amount, seen.currency,
                  instant);
    return 0;
}
