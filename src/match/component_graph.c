/*
 * component_graph.c - complete pairings by augmenting paths, least cost by the Hungarian method.
 *
 * Of one complete pairing every other differs by cycles that go from a row by an edge to a column
 * and back by that column's own edge to its row. So an edge is in some pairing when its row and the
 * row of its column's mate reach each other, and a mate is in all when its row reaches no way back
 * to itself but its own.
 */
#include "match/component_graph.h"
#include <string.h>

#define NOBODY G_MAXUINT
/* What a cell without an edge costs: more than any saving in edges of up to 2^12 rows. */
#define CELL_EMPTY (GRAPH_COST_MAX << 13)

static const struct graph_edge *edge_of(const struct graph *graph, guint index)
{
    return &g_array_index(graph->edges, struct graph_edge, index);
}

/* ---- complete pairings */

struct search {
    const struct graph *graph;
    guint *first, *list; /* by row: where its edges start in list */
    guint *mate_of_row;  /* column */
    guint *mate_of_column;
    gboolean *is_seen; /* by column */
};

static void search_init(struct search *search, const struct graph *graph)
{
    g_autofree guint *filled = g_new0(guint, graph->row_count + 1);

    search->graph = graph;
    search->first = g_new0(guint, graph->row_count + 1);
    search->list = g_new0(guint, graph->edges->len + 1);
    search->mate_of_row = g_new0(guint, graph->row_count + 1);
    search->mate_of_column = g_new0(guint, graph->column_count + 1);
    search->is_seen = g_new0(gboolean, graph->column_count + 1);
    memset(search->mate_of_row, 0xff, graph->row_count * sizeof(guint)); /* NOBODY */
    memset(search->mate_of_column, 0xff, graph->column_count * sizeof(guint));
    for (guint i = 0; i < graph->edges->len; i++)
        search->first[edge_of(graph, i)->row + 1]++;
    for (guint i = 0; i < graph->row_count; i++)
        search->first[i + 1] += search->first[i];
    for (guint i = 0; i < graph->edges->len; i++) {
        guint row = edge_of(graph, i)->row;

        search->list[search->first[row] + filled[row]++] = i;
    }
}

static void search_clear(struct search *search)
{
    g_free(search->first);
    g_free(search->list);
    g_free(search->mate_of_row);
    g_free(search->mate_of_column);
    g_free(search->is_seen);
}

/* Finds a column for a row, moving others on where they can be. As deep as there are rows. */
static gboolean row_augment(struct search *search, guint row)
{
    for (guint k = search->first[row]; k < search->first[row + 1]; k++) {
        guint column = edge_of(search->graph, search->list[k])->column;

        if (search->is_seen[column])
            continue;
        search->is_seen[column] = TRUE;
        if (search->mate_of_column[column] == NOBODY ||
            row_augment(search, search->mate_of_column[column])) {
            search->mate_of_column[column] = row;
            search->mate_of_row[row] = column;
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean pairing_complete(struct search *search)
{
    const struct graph *graph = search->graph;

    for (guint row = 0; row < graph->row_count; row++) {
        memset(search->is_seen, 0, graph->column_count * sizeof(gboolean));
        if (!row_augment(search, row))
            return FALSE;
    }
    return TRUE;
}

/* Marks the rows that a row reaches by an edge and the mate at its end, and so on. */
static void rows_reach(const struct search *search, guint from, guint8 *reached)
{
    g_autofree guint *queue = g_new0(guint, search->graph->row_count + 1);
    guint head = 0, tail = 0;

    queue[tail++] = from;
    while (head < tail) {
        guint row = queue[head++];

        for (guint k = search->first[row]; k < search->first[row + 1]; k++) {
            guint column = edge_of(search->graph, search->list[k])->column;
            guint next = search->mate_of_column[column];

            if (column == search->mate_of_row[row] || reached[next])
                continue;
            reached[next] = TRUE;
            queue[tail++] = next; /* from too, once more, when it is reached */
        }
    }
}

gboolean graph_places(const struct graph *graph, enum edge_place *places)
{
    gsize count = graph->row_count;
    g_autofree guint8 *reached = NULL;
    struct search search;
    gboolean is_complete;

    if (graph->row_count != graph->column_count)
        return FALSE;
    search_init(&search, graph);
    is_complete = pairing_complete(&search);
    reached = g_new0(guint8, is_complete ? count * count + 1 : 1);
    for (guint row = 0; is_complete && row < count; row++)
        rows_reach(&search, row, reached + row * count);
    for (guint i = 0; is_complete && i < graph->edges->len; i++) {
        const struct graph_edge *edge = edge_of(graph, i);
        gsize row = edge->row, other = search.mate_of_column[edge->column];

        if (row == other)
            places[i] = reached[row * count + row] ? EDGE_IN_SOME : EDGE_IN_ALL;
        else
            places[i] = reached[other * count + row] ? EDGE_IN_SOME : EDGE_IN_NONE;
    }
    search_clear(&search);
    return is_complete;
}

/* ---- least cost */

/* A square table of costs, the longer side of the graph wide, and the pairing that grows in it. */
struct table {
    guint size;
    int64_t *costs;        /* size x size */
    int64_t *of_row;       /* potentials: cost >= of_row + of_column, equal for mates */
    int64_t *of_column;    /* one more: the last column stands for the row that is being added */
    guint *row_of;         /* by column */
    int64_t *distance;     /* by column: shortest way to it, beyond the potentials */
    guint *before;         /* by column: the column before it on that way */
    gboolean *is_finished; /* by column */
};

static void table_init(struct table *table, const struct graph *graph)
{
    gsize size = MAX(graph->row_count, graph->column_count);

    table->size = (guint)size;
    table->costs = g_new0(int64_t, size * size + 1);
    table->of_row = g_new0(int64_t, size + 1);
    table->of_column = g_new0(int64_t, size + 1);
    table->row_of = g_new0(guint, size + 1);
    table->distance = g_new0(int64_t, size + 1);
    table->before = g_new0(guint, size + 1);
    table->is_finished = g_new0(gboolean, size + 1);
    memset(table->row_of, 0xff, (size + 1) * sizeof(guint)); /* NOBODY */
    for (gsize i = 0; i < size * size; i++)
        table->costs[i] = CELL_EMPTY;
    for (guint i = 0; i < graph->edges->len; i++) {
        const struct graph_edge *edge = edge_of(graph, i);

        table->costs[edge->row * size + edge->column] = edge->cost;
    }
}

static void table_clear(struct table *table)
{
    g_free(table->costs);
    g_free(table->of_row);
    g_free(table->of_column);
    g_free(table->row_of);
    g_free(table->distance);
    g_free(table->before);
    g_free(table->is_finished);
}

static int64_t cost_beyond(const struct table *table, guint row, guint column)
{
    return table->costs[(gsize)row * table->size + column] - table->of_row[row] -
           table->of_column[column];
}

static void distances_start(struct table *table)
{
    for (guint column = 0; column <= table->size; column++) {
        table->distance[column] = INT64_MAX;
        table->before[column] = NOBODY;
        table->is_finished[column] = FALSE;
    }
}

/* Goes on from a column that has been reached: to every column, through the column's row. */
static void distances_extend(struct table *table, guint from, int64_t way)
{
    guint row = table->row_of[from];

    table->is_finished[from] = TRUE;
    for (guint column = 0; column < table->size; column++) {
        int64_t further;

        if (table->is_finished[column])
            continue;
        further = way + cost_beyond(table, row, column);
        if (further < table->distance[column]) {
            table->distance[column] = further;
            table->before[column] = from;
        }
    }
}

/* The nearest column that is not finished, the lowest of equal ones. */
static guint distances_nearest(const struct table *table)
{
    guint nearest = NOBODY;

    for (guint column = 0; column < table->size; column++)
        if (!table->is_finished[column] &&
            (nearest == NOBODY || table->distance[column] < table->distance[nearest]))
            nearest = column;
    return nearest;
}

/* Gives a row a column by the shortest way to a free one, and moves the potentials along. */
static void row_add(struct table *table, guint row)
{
    guint at = table->size;
    int64_t way = 0;

    distances_start(table);
    table->row_of[at] = row;
    table->distance[at] = 0;
    while (table->row_of[at] != NOBODY) {
        distances_extend(table, at, way);
        at = distances_nearest(table);
        way = table->distance[at];
    }
    for (guint column = 0; column <= table->size; column++)
        if (table->is_finished[column]) {
            table->of_row[table->row_of[column]] += way - table->distance[column];
            table->of_column[column] -= way - table->distance[column];
        }
    while (at != table->size) {
        table->row_of[at] = table->row_of[table->before[at]];
        at = table->before[at];
    }
    table->of_column[table->size] = 0;
}

/* The cheapest change of the pairing that gives a column another row and its row another column. */
static int64_t margin_find(struct table *table, guint own)
{
    guint at = own;
    int64_t way = 0;

    distances_start(table);
    for (;;) {
        guint row = table->row_of[at];

        if (at != own)
            table->is_finished[at] = TRUE;
        for (guint column = 0; column < table->size; column++) {
            int64_t further = way + cost_beyond(table, row, column);

            if (!table->is_finished[column] && (at != own || column != own) &&
                further < table->distance[column])
                table->distance[column] = further;
        }
        at = distances_nearest(table);
        way = table->distance[at];
        if (at == own)
            return way;
    }
}

void graph_assign(const struct graph *graph, guint *mates, int64_t *margins)
{
    g_autofree guint *column_of = NULL;
    struct table table;

    table_init(&table, graph);
    column_of = g_new0(guint, table.size + 1);
    for (guint row = 0; row < table.size; row++)
        row_add(&table, row);
    for (guint column = 0; column < table.size; column++)
        column_of[table.row_of[column]] = column;
    for (guint row = 0; row < graph->row_count; row++) {
        mates[row] = NOBODY;
        margins[row] = 0;
    }
    for (guint i = 0; i < graph->edges->len; i++) {
        const struct graph_edge *edge = edge_of(graph, i);

        if (column_of[edge->row] != edge->column)
            continue;
        mates[edge->row] = i;
        margins[edge->row] = table.size == 1 ? CELL_EMPTY : margin_find(&table, edge->column);
    }
    table_clear(&table);
}
