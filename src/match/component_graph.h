/*
 * component_graph.h - which pairs all complete pairings have in common, and the pairing of least
 * cost.
 *
 * A graph has rows, columns and edges between them. Nothing here knows what they stand for. Results
 * depend on the numbers of rows and columns alone, never on the order of the edges.
 */
#pragma once
#include <glib.h>
#include <stdint.h>

#define GRAPH_COST_MAX (INT64_C(1) << 32)

struct graph_edge {
    guint row, column;
    int64_t cost; /* 0 .. GRAPH_COST_MAX */
};

struct graph {
    guint row_count, column_count;
    GArray *edges; /* struct graph_edge; no two of one row and column */
};

/* Where an edge stands in the pairings that leave nobody out. */
enum edge_place {
    EDGE_IN_NONE,
    EDGE_IN_SOME,
    EDGE_IN_ALL,
};

/*
 * Tells of every edge in how many complete pairings it is: those that pair every row with a column
 * of its own and leave no column out.
 *
 *   places  by edge, written
 *
 * FALSE, leaving places alone, when there is no complete pairing. Costs do not count. Takes time in
 * proportion to rows times edges, and memory to the square of the rows.
 */
gboolean graph_places(const struct graph *graph, enum edge_place *places);

/*
 * Finds a pairing with as many edges as can be and, of those, of least total cost.
 *
 *   mates    by row: its edge's index, or G_MAXUINT, written
 *   margins  by row: by how much the total would be worse without its edge (0: another pairing is
 *            as good; at least GRAPH_COST_MAX: it would have an edge less), written; 0 without one
 *
 * Takes time in proportion to the cube of the longer side.
 */
void graph_assign(const struct graph *graph, guint *mates, int64_t *margins);
