/* cmd_review.c - trueup review [--org ID] [--by NAME] */
#include "cli/deciding.h"
#include "cli/keyboard.h"
#include "cli/review.h"
#include "cli/terminal.h"
#include "core/error.h"
#include "core/text.h"

#define WIDTH  80 /* of the list where there is no terminal */
#define CTRL_D 4

static const char candidate_keys[] = "1-9 accept that candidate   r reject one   ";
static const char keys[] = "s settle the item   k skip\nq quit   ? these keys told at length\n";
static const char help[] =
    "1-9  accept: the item and that candidate belong together\n"
    "r    reject a candidate: the pair never comes back; it asks why\n"
    "s    settle: the item needs no counterpart; it asks why\n"
    "k    skip the item this time, as does a blank\n"
    "q    quit; what was decided is kept\n"
    "Every decision can be taken back: trueup report decisions, trueup accept --undo.";

struct session {
    struct cli *cli;
    const char *organization_id, *by;
    GHashTable *skipped; /* review_key() of items */
    char *note;          /* shown above the next item */
    guint decided;
};

static void note_set(struct session *session, const char *text)
{
    g_free(session->note);
    session->note = text ? text_clean(text, TRUE) : NULL;
}

/* Decides; asks for the reason where one is needed. FALSE: the session cannot go on. */
static gboolean session_decide(struct session *session, struct decision_request *request,
                               GError **error)
{
    g_autoptr(GError) refusal = NULL;
    g_autofree char *why = NULL;
    g_autofree char *told = NULL;

    request->by = session->by;
    told = decide_and_refresh(session->cli, request, &refusal);
    if (!told && !request->why && refusal->code == TRUEUP_ERROR_USAGE) {
        g_autofree char *clean = text_clean(refusal->message, TRUE);
        g_autofree char *prompt = g_strconcat(clean, "\nwhy? ", NULL);

        why = keyboard_line(prompt);
        if (why && *g_strstrip(why)) {
            request->why = why;
            g_clear_error(&refusal);
            told = decide_and_refresh(session->cli, request, &refusal);
        }
    }
    if (!told && refusal->code == TRUEUP_ERROR_SYSTEM) {
        g_propagate_error(error, g_steal_pointer(&refusal));
        return FALSE;
    }
    session->decided += told != NULL;
    note_set(session, told ? told : refusal->message);
    return TRUE;
}

static gboolean pair_decide(struct session *session, const struct review_item *item, guint number,
                            enum decision_verb verb, const char *why, GError **error)
{
    const struct review_candidate *candidate;
    char *names[] = {item->id, NULL, NULL};
    struct decision_request request = {.verb = verb, .names = names, .why = why};

    if (number == 0 || number > item->candidates->len) {
        note_set(session, "there is no such candidate");
        return TRUE;
    }
    candidate = g_ptr_array_index(item->candidates, number - 1);
    names[1] = candidate->id;
    return session_decide(session, &request, error);
}

/* One key must not reject the only candidate there is: it asks for a reason, as settling does. */
static gboolean item_reject(struct session *session, const struct review_item *item, GError **error)
{
    guint number = item->candidates->len;
    g_autofree char *why = NULL;

    if (number > 1) {
        terminal_data("which candidate is rejected? ");
        number = (guint)(keyboard_key() - '0');
        terminal_data("\n");
    }
    if (number > 0 && number <= item->candidates->len)
        why = keyboard_line("why do they not belong together? ");
    if (why && !*g_strstrip(why)) {
        note_set(session, "not rejected: that takes a reason");
        return TRUE;
    }
    return pair_decide(session, item, number, DECIDE_REJECT, why, error);
}

static gboolean item_settle(struct session *session, const struct review_item *item, GError **error)
{
    g_autofree char *why = keyboard_line("why does it need no counterpart? ");
    char *names[] = {item->id, NULL};
    struct decision_request request = {
        .verb = DECIDE_SETTLE, .names = names, .leg = *item->leg ? item->leg : NULL, .why = why};

    if (!why || !*g_strstrip(why)) {
        note_set(session, "not settled: that takes a reason");
        return TRUE;
    }
    return session_decide(session, &request, error);
}

/* FALSE: no more keys, or an error. */
static gboolean item_ask(struct session *session, const struct review_item *item, GError **error)
{
    int key = keyboard_key();

    switch (key) {
    case 'r':
        return item_reject(session, item, error);
    case 's':
        return item_settle(session, item, error);
    case 'k':
    case ' ':
        g_hash_table_add(session->skipped, review_key(item));
        return TRUE;
    case '?':
        note_set(session, help);
        return TRUE;
    case 'q':
    case CTRL_D:
    case KEYBOARD_END:
        return FALSE;
    default:
        if (key >= '1' && key <= '9')
            return pair_decide(session, item, (guint)(key - '0'), DECIDE_ACCEPT, NULL, error);
        note_set(session, "that key means nothing here; ? tells the keys");
        return TRUE;
    }
}

/* The first item that was not skipped, or the number of items. */
static guint item_next(const struct session *session, const GPtrArray *items)
{
    for (guint i = 0; i < items->len; i++) {
        g_autofree char *key = review_key(g_ptr_array_index(items, i));

        if (!g_hash_table_contains(session->skipped, key))
            return i;
    }
    return items->len;
}

static void screen_show(struct session *session, const struct review_item *item, guint number,
                        guint count)
{
    g_autofree char *screen = review_screen(item, number, count, terminal_width());

    terminal_data("\033[H\033[2J");
    if (session->note) {
        terminal_data(session->note);
        terminal_data("\n\n");
    }
    note_set(session, NULL);
    terminal_data(screen);
    terminal_data("\n");
    if (item->candidates->len)
        terminal_data(candidate_keys);
    terminal_data(keys);
}

static void session_walk(struct session *session, GError **error)
{
    gboolean goes_on = TRUE;

    while (goes_on) {
        g_autoptr(GPtrArray) items = review_load(session->cli->db, session->organization_id, error);
        guint next = items ? item_next(session, items) : 0;

        if (!items || next == items->len)
            return;
        screen_show(session, g_ptr_array_index(items, next), next + 1, items->len);
        goes_on = item_ask(session, g_ptr_array_index(items, next), error);
    }
}

static void review_walk(struct cli *cli, const char *organization_id, const char *by,
                        GError **error)
{
    struct session session = {.cli = cli, .organization_id = organization_id, .by = by};
    g_autofree char *last = NULL;

    if (!command_open_to_write(cli, error))
        return;
    session.skipped = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    session_walk(&session, error);
    last = g_strdup_printf("\n%s%s%u decided\n", session.note ? session.note : "",
                           session.note ? "\n" : "", session.decided);
    terminal_data(last);
    g_free(session.note);
    g_hash_table_destroy(session.skipped);
}

static void review_print(const GPtrArray *items)
{
    for (guint i = 0; i < items->len; i++) {
        g_autofree char *screen =
            review_screen(g_ptr_array_index(items, i), i + 1, items->len, WIDTH);

        if (i > 0)
            terminal_data("\n");
        terminal_data(screen);
    }
    if (items->len > 0)
        terminal_talk("decide with `trueup accept`, `trueup reject` and `trueup settle`, or with "
                      "`trueup review` on a terminal\n");
}

static gboolean organization_check(struct cli *cli, const char *organization_id, GError **error)
{
    struct statement *rows = statement_get(cli->db, "report_organizations", error);
    enum row_status status = FAILED;
    gboolean known = organization_id == NULL;

    while (rows && (status = statement_step(rows, error)) == ROW)
        known |= !known && g_str_equal(statement_text(rows, 0), organization_id);
    if (status == END && !known)
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "no file names the organization \"%s\"", organization_id);
    return status == END && known;
}

int cmd_review(struct cli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *organization_id = NULL, *by = NULL;
    const GOptionEntry entries[] = {
        {"org", 0, 0, COMMAND_TEXT, &organization_id, "Items of one organization alone", "ID"},
        {"by", 0, 0, COMMAND_TEXT, &by, "Who decides; default the system's user", "NAME"},
        {0},
    };
    g_autoptr(GPtrArray) items = NULL;

    if (!command_parse(cli, entries, 0, 0, &argc, &argv, error) || !command_open(cli, error) ||
        !organization_check(cli, organization_id, error))
        return 0;
    items = review_load(cli->db, organization_id, error);
    if (!items)
        return 0;
    if (items->len == 0) {
        terminal_talk("nothing is left to decide\n");
    } else if (keyboard_begin()) {
        review_walk(cli, organization_id, by, error);
        keyboard_end();
    } else {
        review_print(items);
    }
    return 0;
}
