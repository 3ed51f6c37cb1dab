#include "num/exchange.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#include "base/mem.h"

enum { MAX_RESTARTS = 16 };

static const int64_t MAX_STEPS = INT64_C(1) << 22; /* exchanges looked at for one unit */

/* Breadth-first search over the forbidden cell on which the unit in question stands. */
typedef struct search {
    const wks_fit_shape *shape;
    const uint8_t *allowed;
    int32_t *count;
    int64_t n_cells;
    int64_t stride[WKS_FIT_MAX_DIMS];
    int64_t *queue;   /* forbidden cells reached */
    int64_t *from;    /* per cell: the forbidden cell before it, -1 if not reached */
    int64_t *partner; /* per cell: the unit (its cell) with which the exchange was made */
    int64_t *left;    /* per cell: the allowed cell filled by that exchange */
    int64_t steps;
} search;

/* Part of the cell number that the dimensions in `mask` contribute. */
static int64_t part_of(const search *s, int64_t cell, uint32_t mask)
{
    int64_t part = 0;
    for (int32_t d = 0; d < s->shape->n_dims; d++) {
        if ((mask >> d & 1U) != 0) part += cell / s->stride[d] % s->shape->size[d] * s->stride[d];
    }
    return part;
}

/* Does the exchange: the units of `bad` and `partner` become units of the two other cells. */
static void apply(search *s, int64_t bad, int64_t partner, int64_t first, int64_t second)
{
    s->count[bad]--;
    s->count[partner]--;
    s->count[first]++;
    s->count[second]++;
}

/* Follows the chain that ended at `bad` from its start as far as its units are still there; returns where the unit stands then. */
static int64_t replay(search *s, int64_t start, int64_t bad, int64_t *chain)
{
    int64_t n = 0;
    for (int64_t c = bad; c != start; c = s->from[c])
        chain[n++] = c;
    int64_t at = start;
    while (n > 0) {
        const int64_t next = chain[--n], partner = s->partner[next];
        if (s->count[partner] < (partner == at ? 2 : 1)) return at;
        apply(s, at, partner, next, s->left[next]);
        at = next;
    }
    return at;
}

/* Looks at all exchanges of the unit on `bad` with a unit on `partner`; an end clears it, else new forbidden cells are put into the queue. */
static bool look(search *s, int64_t bad, int64_t partner, int64_t *n_queue, int64_t out_end[2])
{
    const uint32_t n_masks =
        1U << (s->shape->n_dims - 1); /* the last dimension stays: exchanging the complement gives the same two cells */
    for (uint32_t mask = 1; mask < n_masks; mask++) {
        const int64_t delta = part_of(s, partner, mask) - part_of(s, bad, mask);
        if (delta == 0) continue;
        const int64_t one = bad + delta, other = partner - delta;
        s->steps++;
        if (one == partner) continue; /* the same two cells again */
        if (s->allowed[one] && s->allowed[other]) {
            out_end[0] = one;
            out_end[1] = other;
            return true;
        }
        if (!s->allowed[one] && !s->allowed[other]) continue;
        const int64_t next = s->allowed[one] ? other : one;
        if (s->from[next] >= 0) continue;
        s->from[next] = bad;
        s->partner[next] = partner;
        s->left[next] = next == one ? other : one;
        s->queue[(*n_queue)++] = next;
    }
    return false;
}

/* One search for the unit on *at. True if it was cleared; else *at is where it stands now and *out_moved says whether that is elsewhere. */
static bool clear_once(search *s, int64_t *at, int64_t *chain, bool *out_moved)
{
    const int64_t start = *at;
    int64_t n_queue = 0;
    *out_moved = false;
    for (int64_t c = 0; c < s->n_cells; c++)
        s->from[c] = -1;
    s->from[start] = start;
    s->queue[n_queue++] = start;
    for (int64_t head = 0; head < n_queue; head++) {
        const int64_t bad = s->queue[head];
        for (int64_t partner = 0; partner < s->n_cells; partner++) {
            if (s->count[partner] < 1 || partner == bad) continue;
            int64_t end[2];
            if (look(s, bad, partner, &n_queue, end)) {
                *at = replay(s, start, bad, chain);
                if (*at == bad && s->count[partner] > 0) {
                    apply(s, bad, partner, end[0], end[1]);
                    return true;
                }
                *out_moved = *at != start;
                return false;
            }
            if (s->steps > MAX_STEPS) return false;
        }
    }
    return false;
}

static void clear_unit(search *s, int64_t cell, int64_t *chain)
{
    bool moved = true;
    s->steps = 0;
    for (int i = 0; i < MAX_RESTARTS && moved; i++) {
        if (clear_once(s, &cell, chain, &moved)) return;
    }
}

static int64_t units_left(const search *s)
{
    int64_t n = 0;
    for (int64_t c = 0; c < s->n_cells; c++) {
        if (!s->allowed[c]) n += s->count[c];
    }
    return n;
}

wks_status wks_exchange_clear(const wks_fit_shape *shape, const uint8_t *allowed, int32_t *count, int64_t *out_n_left, wks_err *err)
{
    wks_status rc = WKS_OK;
    int64_t *work = NULL;
    search s = {.shape = shape, .allowed = allowed, .count = count, .n_cells = wks_fit_cells(shape)};
    *out_n_left = units_left(&s);
    if (*out_n_left == 0) goto out;

    const size_t n = (size_t)s.n_cells;
    work = wks_mem_array(5 * n, sizeof *work);
    if (work == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for exchanges in a table of %zu cells", n);
    s.queue = work;
    s.from = work + n;
    s.partner = work + 2 * n;
    s.left = work + 3 * n;
    int64_t stride = 1;
    for (int32_t d = shape->n_dims - 1; d >= 0; d--) {
        s.stride[d] = stride;
        stride *= shape->size[d];
    }
    for (int64_t left = 0; left != *out_n_left && *out_n_left > 0;) { /* until a whole pass changes nothing */
        left = *out_n_left;
        for (int64_t c = 0; c < s.n_cells; c++) {
            if (allowed[c]) continue;
            for (int32_t unit = count[c]; unit > 0; unit--)
                clear_unit(&s, c, work + 4 * n);
        }
        *out_n_left = units_left(&s);
    }
out:
    free(work);
    return rc;
}
