/* cmd_adjust.c - trueup adjust ID --amount AMOUNT --cause CAUSE */
#include "cli/deciding.h"
#include "core/error.h"
#include "core/money.h"

static gboolean read_amount(struct decision_request *request, const char *amount, char currency[4],
                            const char *stated, GError **error)
{
    g_autoptr(GError) why = NULL;

    if (!amount || !request->cause) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "adjust: --amount and --cause are both needed\n"
                    "hint: trueup adjust AAAAAAAA-0001 --amount 0.35 --cause \"bank fee\"");
        return FALSE;
    }
    if (!money_parse(&request->amount_nanos, amount, strlen(amount), &number_style_plain, NULL,
                     &why)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE, "adjust: --amount \"%s\": %s", amount,
                    why->message);
        return FALSE;
    }
    if (request->amount_nanos == 0) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "adjust: --amount \"%s\" is nothing\n"
                    "hint: --undo takes an adjustment back",
                    amount);
        return FALSE;
    }
    if (stated && !currency_parse(currency, stated, strlen(stated))) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "adjust: --currency \"%s\": is not a currency like USD", stated);
        return FALSE;
    }
    request->currency = stated ? currency : NULL;
    return TRUE;
}

int cmd_adjust(struct cli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *amount = NULL, *cause = NULL, *stated = NULL, *why = NULL, *by = NULL;
    gboolean undo = FALSE;
    const GOptionEntry entries[] = {
        {"amount", 0, 0, COMMAND_TEXT, &amount, "The variance, minus when less was paid", "AMOUNT"},
        {"currency", 0, 0, COMMAND_TEXT, &stated, "Its currency; default the top-up's", "CODE"},
        {"cause", 0, 0, COMMAND_TEXT, &cause, "What it is, in a word or two", "TEXT"},
        {"why", 0, 0, COMMAND_TEXT, &why, "Why", "TEXT"},
        {"by", 0, 0, COMMAND_TEXT, &by, "Who decides; default the system's user", "NAME"},
        {"undo", 0, 0, G_OPTION_ARG_NONE, &undo, "Take this decision back", NULL},
        {0},
    };
    struct decision_request request = {.verb = DECIDE_ADJUST};
    char currency[4];

    if (!command_parse(cli, entries, 1, 1, &argc, &argv, error))
        return 0;
    request.names = argv + 1;
    request.is_undo = undo;
    request.cause = cause;
    request.why = why;
    request.by = by;
    if (undo || read_amount(&request, amount, currency, stated, error))
        decide_and_tell(cli, &request, error);
    return 0;
}
