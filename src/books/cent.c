/* cent.c - rounding to cents. */
#include "books/cent.h"
#include "core/money.h"

#define CENT (NANOS_PER_UNIT / 100)

static int64_t cent_floor(int64_t nanos)
{
    int64_t rest = nanos % CENT;

    return nanos - rest - (rest < 0 ? CENT : 0);
}

int64_t cent_round(int64_t nanos)
{
    int64_t down = cent_floor(nanos);
    int64_t twice = 2 * (nanos - down);
    gboolean is_odd = down / CENT % 2 != 0;

    return down + (twice > CENT || (twice == CENT && is_odd) ? CENT : 0);
}

struct remainder {
    int64_t nanos;
    gsize index;
};

static int remainder_compare(const void *a, const void *b)
{
    const struct remainder *x = a, *y = b;

    if (x->nanos != y->nanos)
        return x->nanos > y->nanos ? -1 : 1;
    return x->index < y->index ? -1 : 1;
}

void cent_split(int64_t *out, const int64_t *nanos, gsize count)
{
    g_autofree struct remainder *remainders = g_new(struct remainder, count + 1);
    int64_t exact = 0, sum = 0;

    for (gsize i = 0; i < count; i++) {
        out[i] = cent_floor(nanos[i]);
        remainders[i] = (struct remainder){nanos[i] - out[i], i};
        exact += nanos[i];
        sum += out[i];
    }
    qsort(remainders, count, sizeof *remainders, remainder_compare);
    for (gsize i = 0; sum < cent_round(exact); i++) {
        g_assert(i < count);
        out[remainders[i].index] += CENT;
        sum += CENT;
    }
}
