/* cmd_observe.c - trueup observe --org O --at T --balance B */
#include "cli/command.h"
#include "cli/refresh.h"
#include "cli/terminal.h"
#include "core/error.h"
#include "core/instant.h"
#include "core/money.h"
#include "import/import.h"

struct observation {
    const char *organization_id;
    gint64 observed_at;
    gint64 balance_nanos;
    char currency[4];
};

static gboolean read_instant(gint64 *out, const char *text, const char *zone_name, GError **error)
{
    const struct zone *zone = zone_name ? zone_find(zone_name, error) : zone_unknown();
    struct civil civil;

    if (!zone)
        return FALSE;
    if (!civil_parse(&civil, text, strlen(text), "iso", error)) {
        g_prefix_error(error, "observe: --at \"%s\" ", text);
        return FALSE;
    }
    if (!civil.has_time || (!civil.has_offset && zone_is_unknown(zone))) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "observe: --at \"%s\" is not an instant\n"
                    "hint: write 2026-10-31T18:00:00Z, or state the zone with --tz",
                    text);
        return FALSE;
    }
    return civil_to_instant(out, &civil, zone, NULL, error);
}

static gboolean read_observation(struct observation *out, const char *organization, const char *at,
                                 const char *zone, const char *balance, const char *currency,
                                 GError **error)
{
    if (!organization || !at || !balance) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "observe: --org, --at and --balance are all needed\n"
                    "hint: trueup observe --org org-abc --at 2026-10-31T18:00:00Z --balance 41.20");
        return FALSE;
    }
    out->organization_id = organization;
    if (!currency_parse(out->currency, currency, strlen(currency))) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE, "observe: \"%s\" is no currency code",
                    currency);
        return FALSE;
    }
    if (!money_parse(&out->balance_nanos, balance, strlen(balance), &number_style_plain, NULL,
                     error)) {
        g_prefix_error(error, "observe: --balance \"%s\" ", balance);
        return FALSE;
    }
    return read_instant(&out->observed_at, at, zone, error);
}

int cmd_observe(struct cli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *organization = NULL, *at = NULL, *zone = NULL;
    g_autofree char *balance = NULL, *currency = NULL;
    const GOptionEntry entries[] = {
        {"org", 0, 0, G_OPTION_ARG_STRING, &organization, "The organization", "ID"},
        {"at", 0, 0, G_OPTION_ARG_STRING, &at, "When it was seen", "TIME"},
        {"tz", 0, 0, G_OPTION_ARG_STRING, &zone, "The zone of a time without one", "ZONE"},
        {"balance", 0, 0, G_OPTION_ARG_STRING, &balance, "The balance, minus when overdrawn",
         "AMOUNT"},
        {"currency", 0, 0, G_OPTION_ARG_STRING, &currency, "Its currency; default USD", "CODE"},
        {0},
    };
    struct observation seen;

    if (!command_parse(cli, entries, 0, 0, &argc, &argv, error) ||
        !read_observation(&seen, organization, at, zone, balance, currency ? currency : "USD",
                          error) ||
        !command_open(cli, error) ||
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
