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
    uint64_t turn;
    int32_t next; /* in the same slot, -1: none */
} guest;

enum { LEAST_BITS = 5, MOST_BITS = 18, SLOT = 4, FULL_SHARE = 32, AHEAD = 8, DEEP = 3, SOON = 2 };

struct wks_agenda {
    uint8_t *is_listed; /* by agent: in grid->listed, who may be unhappy at the start of the next tick; NULL where the board's mark tells */
    uint64_t *dealt;    /* turns of those unhappy at the start, by slot */
    int32_t *begin;     /* of each slot in `dealt` */
    int32_t *slot;      /* the first later guest of each, -1: none */
    guest *guest;       /* of this tick, those who joined later; before that room for turns that are not dealt yet */
    uint64_t *turn;     /* of the slot that has come, in order */
    int32_t running;    /* the agent whose turn it is */
    int32_t n_guests, n_turns, next, now;
    int bits, most_bits; /* of time that tell the slot */
    bool is_timed;       /* the time of everybody is known */
    int32_t *box;
    uint8_t is_new
        [4][4]
        [256]; /* radius 1: unhappy now and not before, by what happened near, own group and count of those near now, itself included */
};

static int bits_for(int32_t n, int most)
{
    int bits = LEAST_BITS;

    while (bits < most && n >> bits > SLOT)
        bits++;
    return bits;
}

/* Counts that cannot be (nobody of the own group in the box of somebody) mean nothing: false. */
static bool is_unhappy(const wks_grid *grid, int32_t group, int32_t both)
{
    const int32_t a = both & 15, b = both >> 4, own = group == WKS_BOARD_A ? a : b;

    if (group == WKS_BOARD_EMPTY || a + b == 0 || a + b > 9 || own == 0) return false;
    return own <= grid->least[a + b - 1];
}

/* What leads from a count of now to that before the move. */
static int32_t before(bool is_b, bool is_left)
{
    const int32_t one = is_b ? 16 : 1;

    return is_left ? one : -one;
}

static inline int happening(bool is_b, bool is_left)
{
    return 2 * is_b + is_left;
}

static void tabulate(wks_grid *grid)
{
    for (int h = 0; h < 4; h++) {
        const int32_t back = before(h >= 2, h % 2 != 0);
        for (int32_t group = WKS_BOARD_EMPTY; group <= WKS_BOARD_B; group++) {
            for (int32_t both = 0; both < 256; both++)
                grid->agenda->is_new[h][group][both] = is_unhappy(grid, group, both) && !is_unhappy(grid, group, (both + back) & 255);
        }
    }
}

static inline bool is_listed(const wks_grid *grid, int32_t cell)
{
    if (grid->agenda->is_listed != NULL) return grid->agenda->is_listed[grid->board.at[cell]] != 0;
    return (((const uint16_t *)grid->board.near)[cell] & wks_board_mark_bit(&grid->board)) != 0;
}

static inline void set_listed(wks_grid *grid, int32_t agent, int32_t cell, bool is)
{
    if (grid->agenda->is_listed != NULL) {
        grid->agenda->is_listed[agent] = is;
        return;
    }
    uint16_t *near = (uint16_t *)grid->board.near + cell;
    *near = (uint16_t)(is ? *near | wks_board_mark_bit(&grid->board) : *near & ~wks_board_mark_bit(&grid->board));
}

wks_status wks_agenda_init(wks_grid *grid, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = (size_t)grid->board.n_agents, side = 2 * (size_t)grid->board.radius + 1;
    wks_agenda *self = wks_mem_array(1, sizeof *self);

    grid->agenda = self;
    if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for events");
    self->most_bits = bits_for(grid->board.n_agents, MOST_BITS);
    wks_grid_list(grid);
    self->is_listed = wks_board_is_small(&grid->board) ? NULL : wks_pages_array(n, sizeof *self->is_listed);
    self->dealt = wks_pages_some(n, sizeof *self->dealt, (size_t)grid->n_listed);
    self->begin = wks_pages_array(((size_t)1 << self->most_bits) + 1, sizeof *self->begin);
    self->slot = wks_pages_array((size_t)1 << self->most_bits, sizeof *self->slot);
    self->guest = wks_pages_some(n, sizeof *self->guest, (size_t)grid->n_listed);
    self->turn = wks_mem_array(n, sizeof *self->turn);
    self->box = wks_mem_array(side * side, sizeof *self->box);
    if ((!wks_board_is_small(&grid->board) && self->is_listed == NULL) || self->dealt == NULL || self->begin == NULL ||
        self->slot == NULL || self->guest == NULL || self->turn == NULL || self->box == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for events of %zu agents", n);
    if (grid->board.half == 4) tabulate(grid);
    for (int32_t i = 0; i < grid->n_listed; i++)
        set_listed(grid, grid->listed[i], grid->board.cell_of[grid->listed[i]], true);
out:
    return rc;
}

void wks_agenda_free(wks_grid *grid)
{
    if (grid->agenda == NULL) return;
    free(grid->agenda->is_listed);
    free(grid->agenda->dealt);
    free(grid->agenda->begin);
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

/* To its place among the turns of this slot that are to come, unless its time has passed. */
static void join_now(wks_grid *grid, uint64_t turn)
{
    wks_agenda *self = grid->agenda;
    int32_t k = self->n_turns;

    if (self->next > 0 && !wks_order_before(&grid->order, self->running, wks_order_agent(&grid->board, turn))) return;
    for (; k > self->next && wks_order_turn_before(&grid->order, &grid->board, turn, self->turn[k - 1]); k--)
        self->turn[k] = self->turn[k - 1];
    self->turn[k] = turn;
    self->n_turns++;
}

/* A turn in this tick, if its time is to come. Until then the agent stays where it is. */
static void invite(wks_grid *grid, int32_t agent, int32_t cell)
{
    wks_agenda *self = grid->agenda;
    const uint32_t time = time_of(grid, agent);
    const uint64_t turn = wks_order_turn_of(&grid->board, agent, cell, time);
    const int32_t s = slot_of(self, time);

    if (s < self->now) return;
    if (s == self->now) {
        join_now(grid, turn);
        return;
    }
    self->guest[self->n_guests] = (guest){turn, self->slot[s]};
    self->slot[s] = self->n_guests++;
}

/* The slot has come: its guests in order. */
static void open_slot(wks_grid *grid, int32_t s)
{
    wks_agenda *self = grid->agenda;

    self->now = s;
    self->n_turns = self->next = 0;
    for (int32_t i = self->begin[s]; i < self->begin[s + 1]; i++)
        join_now(grid, self->dealt[i]);
    for (int32_t g = self->slot[s]; g >= 0; g = self->guest[g].next)
        join_now(grid, self->guest[g].turn);
}

/* Asks for those above and below a cell, whom a move from or to it may make unhappy: its own row comes along with the move. */
static inline void ask_for_rows(const wks_board *board, int32_t cell)
{
    const int32_t above = cell - board->columns, below = cell + board->columns;

    if (above < 0 || below >= board->n_cells) return;
    WKS_VECTOR_PREFETCH(&board->at[above]);
    WKS_VECTOR_PREFETCH(&board->at[below]);
}

/* Asks for the guest number `depth` of a slot: the one that leads there has been asked for before. */
static inline void ask_for_guest(const wks_agenda *self, int32_t s, int32_t depth)
{
    int32_t g = s < 1 << self->bits ? self->slot[s] : -1;

    for (; depth > 0 && g >= 0; depth--)
        g = self->guest[g].next;
    if (g >= 0) WKS_VECTOR_PREFETCH(&self->guest[g]);
}

static inline void ask_for_turn(const wks_board *board, uint64_t turn)
{
    wks_pass_ask_for_move(board, wks_order_cell(turn));
    ask_for_rows(board, wks_order_cell(turn));
}

/* Asks for what is read when a slot comes. */
static void ask_for_slots(const wks_grid *grid, int32_t s)
{
    const wks_agenda *self = grid->agenda;
    const int32_t last = (1 << self->bits) - 1, soon = s + SOON < last ? s + SOON : last;

    for (int32_t depth = 0; depth < DEEP; depth++)
        ask_for_guest(self, s + SOON + DEEP - depth, depth);
    for (int32_t i = self->begin[soon]; i < self->begin[soon + 1]; i++)
        ask_for_turn(&grid->board, self->dealt[i]);
    for (int32_t g = self->slot[soon]; g >= 0; g = self->guest[g].next)
        ask_for_turn(&grid->board, self->guest[g].turn);
}

/* ---- a tick --------------------------------------------------------------------------------------------------------------------- */

/* Keeps in the list who is unhappy now, with turns of which the time is not known yet. */
static void drop_the_happy(wks_grid *grid)
{
    const wks_board *board = &grid->board;
    int32_t n = 0;

    for (int32_t i = 0; i < grid->n_listed; i++) {
        const int32_t agent = grid->listed[i];
        if (i + 2 * AHEAD < grid->n_listed) WKS_VECTOR_PREFETCH(&board->cell_of[grid->listed[i + 2 * AHEAD]]);
        if (i + AHEAD < grid->n_listed)
            WKS_VECTOR_PREFETCH((const char *)board->near + (ptrdiff_t)wks_board_bytes(board) * board->cell_of[grid->listed[i + AHEAD]]);
        const int32_t cell = board->cell_of[agent];
        if (wks_grid_dislikes(grid, agent, cell)) {
            grid->agenda->guest[n].turn = wks_order_turn_of(board, agent, cell, 0);
            grid->listed[n++] = agent;
        } else {
            set_listed(grid, agent, cell, false);
        }
    }
    grid->n_listed = n;
}

/* Who is in the cell is unhappy now, and was not. */
static void list_one(wks_grid *grid, int32_t cell)
{
    if (is_listed(grid, cell)) return;
    const int32_t agent = grid->board.at[cell];
    set_listed(grid, agent, cell, true);
    grid->listed[grid->n_listed++] = agent;
    invite(grid, agent, cell);
}

/* Whoever is in the cell, when it is unhappy now: also who was before, and is listed then. */
static void look_in(wks_grid *grid, int32_t cell)
{
    const int group = wks_board_group(&grid->board, cell);
    const wks_board_count near = wks_board_near(&grid->board, cell);

    if (group == WKS_BOARD_EMPTY || (group == WKS_BOARD_B ? near.b : near.a) > grid->least[near.a + near.b - 1]) return;
    list_one(grid, cell);
}

/* Radius 1 away from the border, all nine from a table. Who was unhappy before is listed. */
static void look_at_nine(wks_grid *grid, int32_t cell, int happened)
{
    const uint8_t *table = &grid->agenda->is_new[happened][0][0];
    uint32_t is_new = 0;

    for (int32_t i = 0; i < 3; i++) {
        const int32_t first = cell + (i - 1) * grid->board.columns - 1;
        const uint16_t *near = (const uint16_t *)grid->board.near + first;
        for (int32_t k = 0; k < 3; k++)
            is_new |= (uint32_t)table[near[k] & 1023] << (3 * i + k);
    }
    for (; is_new != 0; is_new &= is_new - 1) {
        const int32_t i = __builtin_ctz(is_new);
        list_one(grid, cell + (i / 3 - 1) * grid->board.columns + i % 3 - 1);
    }
}

/* Those around a cell that was left or entered by somebody. */
static void look_around(wks_grid *grid, int32_t cell, bool is_b, bool is_left)
{
    const wks_board *board = &grid->board;

    if (board->half == 4 && (((const uint16_t *)board->near)[cell] & wks_board_border_bit(board)) == 0) {
        look_at_nine(grid, cell, happening(is_b, is_left));
        return;
    }
    const int32_t n = wks_board_box(board, cell, board->radius, grid->agenda->box);
    for (int32_t i = 0; i < n; i++)
        look_in(grid, grid->agenda->box[i]);
}

/* A turn, the next of those who may be unhappy. */
static void take_turn(wks_grid *grid, uint64_t turn)
{
    wks_board *board = &grid->board;
    const int32_t from = wks_order_cell(turn), agent = wks_order_agent(board, turn);
    const bool is_b = wks_order_is_b(turn);

    grid->agenda->running = agent;
    if (board->n_empty == 0 || !wks_grid_dislikes(grid, agent, from)) return;
    if (!grid->nearest) ask_for_rows(board, wks_pass_ask_for_destinations(grid));
    const int32_t k = grid->form->destination(grid, agent);
    if (k < 0) return;
    const int32_t to = board->empty[k];
    wks_board_shift(board, from, is_b, k);
    wks_grid_touch(grid, 1);
    look_around(grid, from, is_b, true);
    look_around(grid, to, is_b, false);
}

/* Turns of those unhappy at the start, by slot: counted first. */
static void deal(wks_grid *grid)
{
    wks_agenda *self = grid->agenda;
    const int32_t n_slots = 1 << self->bits;
    int32_t before = 0;

    memset(self->begin, 0, ((size_t)n_slots + 1) * sizeof *self->begin);
    for (int32_t i = 0; i < grid->n_listed; i++) {
        const uint32_t time = time_of(grid, grid->listed[i]);
        self->guest[i].turn |= (uint64_t)time << 32;
        self->begin[slot_of(self, time)]++;
    }
    for (int32_t s = 0; s < n_slots; s++) {
        before += self->begin[s];
        self->begin[s] = before;
    }
    self->begin[n_slots] = before;
    for (int32_t i = grid->n_listed; i-- > 0;) {
        const uint64_t turn = self->guest[i].turn;
        self->dealt[--self->begin[slot_of(self, (uint32_t)(turn >> 32))]] = turn;
    }
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
    deal(grid);
}

void wks_agenda_run(wks_grid *grid)
{
    wks_agenda *self = grid->agenda;

    drop_the_happy(grid);
    grid->is_settled = grid->n_listed == 0;
    if (grid->is_settled) return;
    open_tick(grid);
    for (int32_t s = 0; s < 1 << self->bits; s++) {
        ask_for_slots(grid, s);
        if (self->slot[s] < 0 && self->begin[s] == self->begin[s + 1]) continue;
        for (open_slot(grid, s); self->next < self->n_turns;)
            take_turn(grid, self->turn[self->next++]);
    }
}
