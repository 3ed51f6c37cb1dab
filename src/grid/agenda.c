#include "grid/agenda.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vector.h"
#include "grid/pages.h"
#include "grid/pass.h"

/* Who is unhappy when its time comes moves; all others would have done nothing. So it is enough to keep those who are unhappy at the start, and who becomes so by
 * a move and has its time to come. Time is cut into slots of a few turns; a slot is put in order when it comes, and who joins it then is put in its place.
 * An agent stays listed, for the next tick, from when it is first seen unhappy: if its time was to come then, it is in its slot already. */
typedef struct guest {
    int32_t agent, next; /* in the same slot, -1: none */
} guest;

enum { LEAST_BITS = 5, MOST_BITS = 18, SLOT = 4, FULL_SHARE = 32, AHEAD = 16 };

struct wks_agenda {
    uint8_t *is_listed; /* by agent: in grid->listed, who may be unhappy at the start of the next tick */
    int32_t *slot;      /* the first guest of each, -1: none */
    guest *guest;       /* of this tick */
    uint64_t *turn;     /* of the slot that has come, in order: time and agent */
    int32_t n_guests, n_turns, next, now;
    int bits, most_bits; /* of time that tell the slot */
    bool is_timed;       /* the time of everybody is known */
    int32_t *box;
};

static int bits_for(int32_t n, int most)
{
    int bits = LEAST_BITS;

    while (bits < most && n >> bits > SLOT)
        bits++;
    return bits;
}

wks_status wks_agenda_init(wks_grid *grid, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = (size_t)grid->board.n_agents, side = 2 * (size_t)grid->board.radius + 1;
    wks_agenda *self = wks_mem_array(1, sizeof *self);

    grid->agenda = self;
    if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for events");
    self->most_bits = bits_for(grid->board.n_agents, MOST_BITS);
    self->is_listed = wks_pages_array(n, sizeof *self->is_listed);
    self->slot = wks_mem_array((size_t)1 << self->most_bits, sizeof *self->slot);
    self->guest = wks_pages_array(n, sizeof *self->guest);
    self->turn = wks_mem_array(n, sizeof *self->turn);
    self->box = wks_mem_array(side * side, sizeof *self->box);
    if (self->is_listed == NULL || self->slot == NULL || self->guest == NULL || self->turn == NULL || self->box == NULL)
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
    free(grid->agenda->is_listed);
    free(grid->agenda->slot);
    free(grid->agenda->guest);
    free(grid->agenda->turn);
    free(grid->agenda->box);
    free(grid->agenda);
}

/* ---- slots ---------------------------------------------------------------------------------------------------------------------- */

static inline int32_t slot_of(const wks_agenda *self, uint32_t time)
{
    return (int32_t)((uint64_t)time << self->bits >> 32);
}

static inline uint32_t time_of(wks_grid *grid, int32_t agent)
{
    return grid->agenda->is_timed ? grid->order.time[agent] : wks_order_time(&grid->order, agent);
}

static inline bool comes_before(const wks_grid *grid, uint64_t x, uint64_t y)
{
    if (x >> 32 != y >> 32) return x < y;
    return wks_order_before(&grid->order, (int32_t)(uint32_t)x, (int32_t)(uint32_t)y);
}

/* To its place among the turns of this slot that are to come; false: its time has passed. */
static bool join_now(wks_grid *grid, uint64_t turn)
{
    wks_agenda *self = grid->agenda;
    int32_t k = self->n_turns;

    if (self->next > 0 && !comes_before(grid, self->turn[self->next - 1], turn)) return false;
    for (; k > self->next && comes_before(grid, turn, self->turn[k - 1]); k--)
        self->turn[k] = self->turn[k - 1];
    self->turn[k] = turn;
    self->n_turns++;
    return true;
}

/* A turn in this tick, if its time is to come. */
static void invite(wks_grid *grid, int32_t agent)
{
    wks_agenda *self = grid->agenda;
    const uint32_t time = time_of(grid, agent);
    const int32_t s = slot_of(self, time);

    if (s < self->now) return;
    if (s == self->now) {
        join_now(grid, (uint64_t)time << 32 | (uint32_t)agent);
        return;
    }
    self->guest[self->n_guests] = (guest){agent, self->slot[s]};
    self->slot[s] = self->n_guests++;
}

/* The slot has come: its guests in order. */
static void open_slot(wks_grid *grid, int32_t s)
{
    wks_agenda *self = grid->agenda;

    self->now = s;
    self->n_turns = self->next = 0;
    for (int32_t g = self->slot[s]; g >= 0; g = self->guest[g].next) {
        const int32_t agent = self->guest[g].agent;
        (void)join_now(grid, (uint64_t)grid->order.time[agent] << 32 | (uint32_t)agent);
        WKS_VECTOR_PREFETCH(&grid->board.cell_of[agent]);
    }
}

/* ---- a tick --------------------------------------------------------------------------------------------------------------------- */

/* Keeps in the list who is unhappy now. */
static void drop_the_happy(wks_grid *grid)
{
    int32_t n = 0;

    for (int32_t i = 0; i < grid->n_listed; i++) {
        const int32_t agent = grid->listed[i];
        if (i + AHEAD < grid->n_listed) WKS_VECTOR_PREFETCH(&grid->board.cell_of[grid->listed[i + AHEAD]]);
        if (wks_grid_dislikes(grid, agent, grid->board.cell_of[agent])) {
            grid->listed[n++] = agent;
        } else {
            grid->agenda->is_listed[agent] = 0;
        }
    }
    grid->n_listed = n;
}

/* Whoever is in the cell, when it is unhappy and was not seen so before. */
static inline void look_in(wks_grid *grid, int32_t cell)
{
    const uint8_t group = grid->board.group[cell];
    const wks_board_count near = wks_board_near(&grid->board, cell);

    if (group == WKS_BOARD_EMPTY || (group == WKS_BOARD_B ? near.b : near.a) > grid->least[near.a + near.b - 1]) return;
    const int32_t agent = grid->board.at[cell];
    if (grid->agenda->is_listed[agent] != 0) return;
    grid->agenda->is_listed[agent] = 1;
    grid->listed[grid->n_listed++] = agent;
    invite(grid, agent);
}

/* Those around a cell that just changed. */
static void look_around(wks_grid *grid, int32_t cell)
{
    const wks_board *board = &grid->board;
    const int32_t row = cell / board->columns, column = cell % board->columns, radius = board->radius;

    if (row < radius || column < radius || row >= board->rows - radius || column >= board->columns - radius) {
        const int32_t n = wks_board_box(board, cell, radius, grid->agenda->box);
        for (int32_t i = 0; i < n; i++)
            look_in(grid, grid->agenda->box[i]);
        return;
    }
    for (int32_t i = -radius; i <= radius; i++) {
        for (int32_t k = -radius; k <= radius; k++)
            look_in(grid, cell + i * board->columns + k);
    }
}

/* The turn of an agent, the next of those who may be unhappy. */
static void take_turn(wks_grid *grid, int32_t agent)
{
    const int32_t from = grid->board.cell_of[agent];

    if (!wks_grid_dislikes(grid, agent, from)) return;
    if (!grid->nearest && grid->board.n_empty > 0) wks_pass_ask_for_destinations(grid);
    if (!wks_grid_relocate(grid, agent)) return;
    look_around(grid, from);
    look_around(grid, grid->board.cell_of[agent]);
}

/* Those unhappy at the start, each in its slot. */
static void open_tick(wks_grid *grid)
{
    wks_agenda *self = grid->agenda;

    grid->order.tick = (uint32_t)grid->tick;
    self->bits = bits_for(grid->n_listed, self->most_bits);
    self->n_guests = 0;
    self->now = -1;
    memset(self->slot, -1, ((size_t)1 << self->bits) * sizeof *self->slot);
    self->is_timed = grid->n_listed > grid->board.n_agents / FULL_SHARE;
    if (self->is_timed) wks_words_all(&grid->seed, (uint32_t)grid->tick, WKS_RNG_GRID_ORDER, grid->board.n_agents, grid->order.time);
    for (int32_t i = 0; i < grid->n_listed; i++)
        invite(grid, grid->listed[i]);
}

void wks_agenda_run(wks_grid *grid)
{
    wks_agenda *self = grid->agenda;

    drop_the_happy(grid);
    grid->is_settled = grid->n_listed == 0;
    if (grid->is_settled) return;
    open_tick(grid);
    for (int32_t s = 0; s < 1 << self->bits; s++) {
        if (self->slot[s] < 0) continue;
        for (open_slot(grid, s); self->next < self->n_turns;)
            take_turn(grid, (int32_t)(uint32_t)self->turn[self->next++]);
    }
}
