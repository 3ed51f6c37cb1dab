#include "grid/agenda.h"

#include <stdlib.h>

#include "base/mem.h"

/* Who is unhappy when its time comes moves; all others would have done nothing. So it is enough to keep, in order of time, those who are unhappy now and
 * whose time is to come: who is unhappy at the start, and who becomes so by a move (also when it was before: once a tick is enough, because the time
 * of an agent in a tick does not change). Whose time has passed is for the next tick. */
struct wks_agenda {
    int32_t *heap; /* agents; the first in order on top */
    int32_t n_heap;
    uint32_t *seen;     /* by agent: the last tick in which its turn was looked up */
    uint8_t *is_listed; /* by agent: in grid->listed, who may be unhappy at the start of the next tick */
    int32_t *box;
};

wks_status wks_agenda_init(wks_grid *grid, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = (size_t)grid->board.n_agents, side = 2 * (size_t)grid->board.radius + 1;
    wks_agenda *self = wks_mem_array(1, sizeof *self);

    grid->agenda = self;
    if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for events");
    self->heap = wks_mem_array(n, sizeof *self->heap);
    self->seen = wks_mem_array(n, sizeof *self->seen);
    self->is_listed = wks_mem_array(n, sizeof *self->is_listed);
    self->box = wks_mem_array(side * side, sizeof *self->box);
    if (self->heap == NULL || self->seen == NULL || self->is_listed == NULL || self->box == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for events of %zu agents", n);
    wks_grid_list(grid);
    for (int32_t i = 0; i < grid->n_listed; i++)
        self->is_listed[grid->listed[i]] = 1;
out:
    return rc;
}

void wks_agenda_free(wks_grid *grid)
{
    if (grid->agenda == NULL) return;
    free(grid->agenda->heap);
    free(grid->agenda->seen);
    free(grid->agenda->is_listed);
    free(grid->agenda->box);
    free(grid->agenda);
}

/* ---- the heap ------------------------------------------------------------------------------------------------------------------- */

static void push(wks_grid *grid, int32_t agent)
{
    wks_agenda *self = grid->agenda;
    int32_t i = self->n_heap++;

    for (; i > 0 && wks_order_before(&grid->order, agent, self->heap[(i - 1) / 4]); i = (i - 1) / 4)
        self->heap[i] = self->heap[(i - 1) / 4];
    self->heap[i] = agent;
}

static int32_t first_child(const wks_grid *grid, int32_t i)
{
    const wks_agenda *self = grid->agenda;
    const int32_t begin = 4 * i + 1, end = begin + 4 < self->n_heap ? begin + 4 : self->n_heap;
    int32_t first = begin;

    for (int32_t k = begin + 1; k < end; k++) {
        if (wks_order_before(&grid->order, self->heap[k], self->heap[first])) first = k;
    }
    return first;
}

static int32_t pop(wks_grid *grid)
{
    wks_agenda *self = grid->agenda;
    const int32_t top = self->heap[0], last = self->heap[--self->n_heap];
    int32_t i = 0;

    while (4 * i + 1 < self->n_heap) {
        const int32_t child = first_child(grid, i);
        if (!wks_order_before(&grid->order, self->heap[child], last)) break;
        self->heap[i] = self->heap[child];
        i = child;
    }
    self->heap[i] = last;
    return top;
}

/* ---- a tick --------------------------------------------------------------------------------------------------------------------- */

/* Keeps in the list who is unhappy now. */
static void drop_the_happy(wks_grid *grid)
{
    int32_t n = 0;

    for (int32_t i = 0; i < grid->n_listed; i++) {
        const int32_t agent = grid->listed[i];
        if (wks_grid_dislikes(grid, agent, grid->board.cell_of[agent])) {
            grid->listed[n++] = agent;
        } else {
            grid->agenda->is_listed[agent] = 0;
        }
    }
    grid->n_listed = n;
}

/* The unhappy around a cell that just changed: listed for the next tick, and in this one if their time is to come. */
static void look_around(wks_grid *grid, int32_t cell, int32_t now)
{
    wks_agenda *self = grid->agenda;
    const int32_t n = wks_board_box(&grid->board, cell, grid->board.radius, self->box);

    for (int32_t i = 0; i < n; i++) {
        const int32_t agent = grid->board.at[self->box[i]];
        if (agent < 0 || !wks_grid_dislikes(grid, agent, self->box[i])) continue;
        if (self->is_listed[agent] == 0) {
            self->is_listed[agent] = 1;
            grid->listed[grid->n_listed++] = agent;
        }
        if (self->seen[agent] == (uint32_t)grid->tick) continue;
        self->seen[agent] = (uint32_t)grid->tick;
        (void)wks_order_time(&grid->order, agent);
        if (wks_order_before(&grid->order, now, agent)) push(grid, agent);
    }
}

/* The turn of an agent, the next of those who may be unhappy. */
static void take_turn(wks_grid *grid, int32_t agent)
{
    const int32_t from = grid->board.cell_of[agent];

    if (!wks_grid_dislikes(grid, agent, from) || !wks_grid_relocate(grid, agent)) return;
    look_around(grid, from, agent);
    look_around(grid, grid->board.cell_of[agent], agent);
}

void wks_agenda_run(wks_grid *grid)
{
    const wks_order *order = &grid->order;

    drop_the_happy(grid);
    grid->is_settled = grid->n_listed == 0;
    wks_order_some(&grid->order, &grid->board, (uint32_t)grid->tick, grid->listed, grid->n_listed);
    for (int32_t i = 0; i < grid->n_listed; i++)
        grid->agenda->seen[grid->listed[i]] = (uint32_t)grid->tick;
    for (int32_t next = 0; next < order->n || grid->agenda->n_heap > 0;) {
        const int32_t listed = next < order->n ? wks_order_agent(&grid->board, order->turn[next]) : -1;
        if (grid->agenda->n_heap == 0 || (listed >= 0 && wks_order_before(order, listed, grid->agenda->heap[0]))) {
            next++;
            take_turn(grid, listed);
        } else {
            take_turn(grid, pop(grid));
        }
    }
}
