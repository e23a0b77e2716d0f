/* stated.c - options that state what a file does not tell; see stated.h. */
#include "cli/stated.h"
#include "cli/command.h"

GOptionEntry *stated_entries(struct import_options *options, const GOptionEntry *own)
{
    const GOptionEntry entries[] = {
        {"tz", 0, 0, COMMAND_TEXT, &options->zone, "The zone of times that name none", "ZONE"},
        {"encoding", 0, 0, COMMAND_TEXT, &options->encoding, "The file's encoding", "NAME"},
        {"format", 0, 0, COMMAND_TEXT, &options->format, "Read the files by this format", "NAME"},
        {"date-order", 0, 0, COMMAND_TEXT, &options->date_order,
         "The order of a statement's dates: dmy, mdy or ymd", "ORDER"},
        {"decimal", 0, 0, COMMAND_TEXT, &options->decimal_mark,
         "The decimal mark of its amounts: . or ,", "MARK"},
        {"charge", 0, 0, COMMAND_TEXT, &options->charge,
         "The sign of its charges: negative or positive", "SIGN"},
        {"currency", 0, 0, COMMAND_TEXT, &options->currency, "The currency of its amounts", "CODE"},
        {0},
    };
    GArray *all = g_array_new(TRUE, TRUE, sizeof(GOptionEntry));

    for (; own->long_name; own++)
        g_array_append_val(all, *own);
    g_array_append_vals(all, entries, G_N_ELEMENTS(entries));
    return (GOptionEntry *)(void *)g_array_free(all, FALSE);
}
