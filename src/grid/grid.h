/* Agents of two groups on a grid: one replication of Schelling's, Sakoda's or the bounded-neighbourhood model. A tick is one pass. One thread a
 * replication. docs/odd.md, "grid"; docs/decisions/0012. */
#ifndef WKS_GRID_GRID_H
#define WKS_GRID_GRID_H

#include "base/carry.h"
#include "grid/board.h"
#include "grid/census.h"
#include "grid/order.h"
#include "grid/planes.h"
#include "grid/words.h"
#include "measure/series.h"
#include "scenario/scenario.h"

typedef struct wks_grid wks_grid;

/** How somebody is unhappy and where they go; its own state hangs at grid->state. What is NULL is not needed. */
typedef struct wks_grid_form {
    wks_status (*begin)(wks_grid *grid, wks_err *err);
    void (*end)(wks_grid *grid);
    bool (*is_unhappy)(const wks_grid *grid, int32_t agent);
    /** Number of the empty cell an agent moves to, drawn with grid->words; -1: none. */
    int32_t (*destination)(wks_grid *grid, int32_t agent);
    /** After the agent moved from that cell. */
    void (*moved)(wks_grid *grid, int32_t agent, int32_t from);
    wks_status (*check)(const wks_grid *grid, wks_err *err);
} wks_grid_form;

struct wks_grid {
    const wks_scenario *scenario;
    wks_rng_seed seed;
    int32_t tick;
    wks_board board;
    wks_order order;
    wks_words words; /* GRID_MOVE of this tick */
    const wks_grid_form *form;
    void *state;
    int32_t turns; /* WKS_KEYS_ORDER_RANDOM, ... */
    bool nearest, visits_at_rest;
    int32_t *least;  /* by number of neighbours: agents of the own group that satisfy */
    uint8_t *few;    /* plain form on a small board, by wks_board_word: whether who is there is unhappy */
    int32_t *listed; /* agents: scratch of a tick, kept by the event form */
    int32_t n_listed;
    struct wks_agenda *agenda;           /* order event only */
    struct wks_synchronous *synchronous; /* order synchronous only */
    wks_planes planes;                   /* plain form with radius 1: who is unhappy, as of the last look */
    bool is_looked;                      /* the last look and census still hold: nobody has moved since */
    wks_census census;
    bool is_measured;
    int threads;     /* for a look at all; results do not depend on it */
    int64_t n_moves; /* since the last rows */
    bool is_settled; /* nobody was unhappy and nobody ever will be */
};

wks_status wks_grid_create(const wks_scenario *scenario, wks_rng_seed seed, wks_grid **out, wks_err *err);
void wks_grid_destroy(wks_grid *grid);
/** Writes the whole state: who is where, the empty cells in their order, the clock. The rest follows from these. */
wks_status wks_grid_save(wks_grid *grid, wks_bytes *out, wks_err *err);
/** As wks_grid_create, with everybody where they were. Damaged bytes, or those of another scenario, are WKS_ERR_DATA. */
wks_status wks_grid_load(const wks_scenario *scenario, wks_rng_seed seed, wks_bytes_reader *reader, wks_grid **out, wks_err *err);
/** To the end of tick `tick`. Nothing is done any more once nobody is unhappy, unless visit_at_rest. */
wks_status wks_grid_advance(wks_grid *grid, int32_t tick, wks_err *err);
/** Appends the rows of city.csv: the same rows at every tick; moves are counted from the last call on. What is not defined is NaN. */
wks_status wks_grid_rows(wks_grid *grid, wks_series *out, wks_err *err);
/** Agents and cells fit, counts equal recounts; else WKS_ERR_LAW, that is a mistake of the program. */
wks_status wks_grid_check(wks_grid *grid, wks_err *err);
/** Hash of the whole state. */
uint64_t wks_grid_hash(wks_grid *grid);

/* For the orders of turns. */
/** Moves an unhappy agent where its form says; false: there is no such place. */
bool wks_grid_relocate(wks_grid *grid, int32_t agent);
/** To empty cell number k. */
void wks_grid_move(wks_grid *grid, int32_t agent, int32_t k);
/** Lists the unhappy in grid->listed, by number. O(agents). */
void wks_grid_list(wks_grid *grid);

/** Whether `planes` is kept: plain form with radius 1. */
static inline bool wks_grid_has_planes(const wks_grid *grid)
{
    return grid->planes.a != NULL;
}

/** Brings grid->planes up to date. O(cells), at most once between two moves. */
void wks_grid_look(wks_grid *grid);

/** So many moved: what was measured no longer holds. */
static inline void wks_grid_touch(wks_grid *grid, int32_t n_moves)
{
    grid->n_moves += n_moves;
    grid->is_looked = false;
    grid->is_measured = false;
}

/** Plain form only: unhappy as things stand. */
static inline bool wks_grid_dislikes(const wks_grid *grid, int32_t agent, int32_t cell)
{
    if (grid->few != NULL) return grid->few[wks_board_word(&grid->board, cell)] != 0;
    const wks_board_count near = wks_board_near(&grid->board, cell);

    return (wks_board_is_b(&grid->board, agent) ? near.b : near.a) - 1 < grid->least[near.a + near.b - 1];
}

#endif
