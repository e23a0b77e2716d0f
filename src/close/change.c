/* change.c - refresh: what closed months signed and the ledger no longer says. */
#include "close/close.h"
#include "close/subject.h"
#include "core/exception.h"
#include "core/money.h"

#define ROOM        "close"
#define ITEMS_SHOWN 4

/* The changes of one kind to one closed month, in one currency. */
struct group {
    char *organization_id, *month, *kind, *currency;
    int64_t organization_key;
    int64_t before_nanos, after_nanos;
    guint count;
    gboolean is_cause; /* a figure changed that no other kind explains */
    GString *items;
};

static void group_free(struct group *group)
{
    g_free(group->organization_id);
    g_free(group->month);
    g_free(group->kind);
    g_free(group->currency);
    g_string_free(group->items, TRUE);
    g_free(group);
}

static gboolean same_month(const struct group *group, const struct group *other)
{
    return strcmp(group->organization_id, other->organization_id) == 0 &&
           strcmp(group->month, other->month) == 0;
}

static gboolean is_of(const struct group *group, struct statement *row)
{
    return strcmp(group->organization_id, statement_text(row, 0)) == 0 &&
           strcmp(group->month, statement_text(row, 1)) == 0 &&
           strcmp(group->kind, statement_text(row, 3)) == 0 &&
           strcmp(group->currency, statement_text(row, 4)) == 0;
}

static struct group *group_new(struct statement *row)
{
    struct group *group = g_new0(struct group, 1);

    group->organization_id = g_strdup(statement_text(row, 0));
    group->month = g_strdup(statement_text(row, 1));
    group->kind = g_strdup(statement_text(row, 3));
    group->currency = g_strdup(statement_text(row, 4));
    group->organization_key = statement_int(row, 10);
    group->items = g_string_new(NULL);
    return group;
}

static char *side_text(struct statement *row, int column)
{
    return statement_is_null(row, column) ? g_strdup("nothing")
                                          : money_format_grouped(statement_int(row, column), 2);
}

/* "proj_a 10.00 -> 15.00 (late.csv)": of a file that is no longer behind it, that one is named. */
static void append_item(struct group *group, struct statement *row)
{
    const char *id = statement_text(row, 11), *source = statement_text(row, 9);
    g_autofree char *before = side_text(row, 6), *after = side_text(row, 7);

    if (!*source)
        source = statement_text(row, 8);
    g_string_append_printf(group->items, "%s%s ", group->items->len ? ", " : "",
                           *id ? id : "without a project");
    if (strcmp(group->kind, "pair") == 0)
        g_string_append_printf(group->items, "%s %s", strchr(statement_text(row, 5), ' ') + 1,
                               statement_is_null(row, 7) ? "came apart"
                                                         : "has another counterpart");
    else if (strcmp(before, after) == 0)
        g_string_append(group->items, "has another total");
    else
        g_string_append_printf(group->items, "%s -> %s", before, after);
    if (*source)
        g_string_append_printf(group->items, " (%s)", source);
}

/* What makes the closing: the sign of a figure in it, 0 for a figure that does not. */
static int closing_sign(const char *id)
{
    if (strcmp(id, "closing-paid") == 0 || strcmp(id, "closing-free") == 0)
        return 1;
    return strcmp(id, "closing-overdraft") == 0 ? -1 : 0;
}

static gboolean add_row(struct group *group, struct statement *row, GError **error)
{
    static const char *const followers[] = {
        "topups", "usage", "closing-paid", "closing-free", "closing-overdraft", NULL};
    const char *id = statement_text(row, 5);
    const gboolean is_figure = strcmp(group->kind, "rollforward") == 0;
    const int sign = is_figure ? closing_sign(id) : 1;

    if (group->count++ < ITEMS_SHOWN)
        append_item(group, row);
    group->is_cause = group->is_cause || (is_figure && !g_strv_contains(followers, id));
    return money_add(&group->before_nanos, sign * statement_int(row, 6), error) &&
           money_add(&group->after_nanos, sign * statement_int(row, 7), error);
}

static GPtrArray *load_groups(struct db *db, GError **error)
{
    struct statement *row = statement_get(db, "close_change_rows", error);
    g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func((GDestroyNotify)group_free);
    struct group *group = NULL;
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW) {
        if (!group || !is_of(group, row)) {
            group = group_new(row);
            g_ptr_array_add(groups, group);
        }
        if (!add_row(group, row, error))
            return NULL;
    }
    if (row)
        statement_reset(row);
    return status == END ? g_steal_pointer(&groups) : NULL;
}

/* Figures that only follow from costs or top-ups which changed are told of with these. */
static gboolean follows(const struct group *group, const GPtrArray *groups)
{
    if (strcmp(group->kind, "rollforward") != 0 || group->is_cause)
        return FALSE;
    for (guint i = 0; i < groups->len; i++) {
        const struct group *other = g_ptr_array_index(groups, i);

        if (same_month(group, other) &&
            (strcmp(other->kind, "cost") == 0 || strcmp(other->kind, "topup") == 0))
            return TRUE;
    }
    return FALSE;
}

static const char *words_of(const char *kind)
{
    if (strcmp(kind, "cost") == 0)
        return "The cost";
    if (strcmp(kind, "topup") == 0)
        return "The top-ups";
    return strcmp(kind, "pair") == 0 ? "The pairs" : "The roll-forward";
}

static gboolean raise_group(struct db *db, const struct group *group, GError **error)
{
    g_autofree char *reference =
        g_strdup_printf("%s %s %s", group->month, group->kind, group->currency);
    g_autoptr(GString) explanation = g_string_new(NULL);
    struct exception exception = {.room = ROOM, .code = RESTATED_AFTER_CLOSE};
    struct month month;
    int64_t change = 0;

    if (!month_parse(&month, group->month, error))
        return FALSE;
    change = group->after_nanos;
    if (strcmp(group->kind, "pair") == 0)
        change = group->before_nanos;
    else if (!money_add(&change, -group->before_nanos, error))
        return FALSE;
    g_string_printf(explanation, "%s of %s changed after it was closed, in %s: %s",
                    words_of(group->kind), group->month, group->currency, group->items->str);
    if (group->count > ITEMS_SHOWN)
        g_string_append_printf(explanation, " and %u more", group->count - ITEMS_SHOWN);
    g_string_append(explanation, ". Its sign-off is suspended.");
    exception.organization_key = group->organization_key;
    exception.dated_on = month.last;
    exception.amount_nanos = ABS(change);
    exception.currency = group->currency;
    exception.reference = reference;
    exception.explanation = explanation->str;
    return exception_add(db, &exception, error);
}

static gboolean is_any_closed(struct db *db, gboolean *out, GError **error)
{
    struct statement *row = statement_get(db, "close_any", error);

    if (!row || statement_step(row, error) != ROW)
        return FALSE;
    *out = statement_int(row, 0) == 1;
    statement_reset(row);
    return TRUE;
}

gboolean close_run(struct db *db, GError **error)
{
    g_autoptr(GPtrArray) groups = NULL;
    gboolean is_any = FALSE;

    if (!exception_clear(db, ROOM, error) || !db_run(db, "close_change_clear", error) ||
        !is_any_closed(db, &is_any, error))
        return FALSE;
    if (!is_any) /* then what closes would cover is not worth reading */
        return TRUE;
    if (!db_run(db, "close_changes", error))
        return FALSE;
    groups = load_groups(db, error);
    if (!groups)
        return FALSE;
    for (guint i = 0; i < groups->len; i++) {
        const struct group *group = g_ptr_array_index(groups, i);

        if (!follows(group, groups) && !raise_group(db, group, error))
            return FALSE;
    }
    return TRUE;
}
