#include "rules/round_reactions.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/par.h"
#include "rules/round_ring.h"
#include "rules/round_utility.h"

enum { BLOCK = 512, MOST_TRIES = 4, SMALL = 48, MAX_REACTIONS = UINT16_MAX };

typedef struct reacting {
    wks_round_month *month;
    const wks_round_pool *pool;
    const wks_round_board *board;
    const int8_t *fails;
    const int32_t *n_eligible; /* by kind of seekers */
    wks_round_ring ring;
    int32_t n_seen, n_most; /* adverts seen, reactions at most */
} reacting;

int32_t wks_round_reactions_n_seen(const wks_round_behaviour *behaviour)
{
    const int32_t n = WKS_ROUND_REACTIONS_SEEN_FACTOR * (int32_t)behaviour->reactions_per_round;

    return n > WKS_ROUND_REACTIONS_SEEN_LEAST ? n : WKS_ROUND_REACTIONS_SEEN_LEAST;
}

/* The applicant's own limit, or the cap of the rule set. */
static int32_t most_reactions(const wks_round_month *month)
{
    const int32_t own = (int32_t)month->behaviour->reactions_per_round, cap = month->rules->conduct.reaction_cap;

    return cap > 0 && cap < own ? cap : own;
}

/* All eligible adverts, by kind. */
static int32_t see_all(const reacting *self, int32_t kind, wks_round_seen *seen)
{
    const wks_round_board *board = self->board;
    const int8_t *fails = &self->fails[(size_t)kind * (size_t)board->n_kinds];
    int32_t n = 0;

    for (int32_t a = 0; a < board->n_kinds; a++) {
        if (fails[a] >= 0) continue;
        for (int32_t i = board->kind_start[a]; i < board->kind_start[a + 1]; i++)
            seen[n++].advert = board->kind_advert[i];
    }
    return n;
}

/* For every point of the ring the first advert from there on that this kind may have: there is one. */
static void point_on(const reacting *self, int32_t kind, int32_t *next)
{
    const wks_round_ring *ring = &self->ring;
    const int8_t *fails = &self->fails[(size_t)kind * (size_t)self->board->n_kinds];
    int32_t first = 0;

    while (fails[ring->point[first].kind] >= 0)
        first++;
    int32_t advert = ring->point[first].advert; /* beyond the last point the circle goes on with the first */
    for (int32_t i = ring->n - 1; i >= 0; i--) {
        if (fails[ring->point[i].kind] < 0) advert = ring->point[i].advert;
        next[i] = advert;
    }
}

/* Draws points until enough different adverts were seen, or for long enough. The points follow the draw that decided to look. */
static int32_t see_sample(const reacting *self, int32_t number, const wks_round_seeker *seeker, wks_round_block *block)
{
    const wks_world *world = self->month->world;
    wks_rng rng = wks_rng_open(&world->seed, seeker->key, (uint32_t)world->tick, WKS_RNG_ALLOC_REACT);
    int32_t n = 0;

    (void)wks_rng_u64(&rng);
    for (int32_t attempt = 0; attempt < MOST_TRIES * self->n_seen && n < self->n_seen; attempt++) {
        const int32_t advert = block->next[wks_round_ring_find(&self->ring, wks_rng_u32(&rng))];
        block->seen[n].advert = advert;
        n += block->marked[advert] != number;
        block->marked[advert] = number;
    }
    return n;
}

static int by_utility(const void *left, const void *right)
{
    const wks_round_seen *a = left, *b = right;

    if (a->utility != b->utility) return a->utility > b->utility ? -1 : 1;
    return (a->advert > b->advert) - (a->advert < b->advert);
}

static void sort_seen(wks_round_seen *seen, int32_t n)
{
    if (n > SMALL) {
        qsort(seen, (size_t)n, sizeof *seen, by_utility);
        return;
    }
    for (int32_t i = 1; i < n; i++) {
        const wks_round_seen moving = seen[i];
        int32_t k = i;
        while (k > 0 && by_utility(&moving, &seen[k - 1]) < 0) {
            seen[k] = seen[k - 1];
            k--;
        }
        seen[k] = moving;
    }
}

/* Who wants to earn points reacts to the best of what it sees, better than staying or not. */
static int32_t choose_least(const reacting *self, const wks_round_seeker *seeker, wks_round_seen *seen, int32_t n)
{
    const int32_t n_wanted = seeker->n_least < self->n_most ? seeker->n_least : self->n_most;

    sort_seen(seen, n);
    return n < n_wanted ? n : n_wanted;
}

/* Keeps the best that beat staying; returns how many. */
static int32_t choose(const reacting *self, const wks_round_seeker *seeker, wks_round_seen *seen, int32_t n)
{
    int32_t n_better = 0;

    wks_round_utility_seen(self->month, seeker, self->board->place, seen, n);
    if (seeker->n_least > 0) {
        for (int32_t i = 0; i < n; i++)
            n_better += seen[i].utility > seeker->stay;
        if (n_better < seeker->n_least) return choose_least(self, seeker, seen, n);
        n_better = 0;
    }
    for (int32_t i = 0; i < n; i++) {
        if (seen[i].utility > seeker->stay) seen[n_better++] = seen[i];
    }
    if (n_better <= self->n_most) return n_better;
    sort_seen(seen, n_better);
    return self->n_most;
}

/* Rows of its own only: its household and the registration it applies with. */
static void count_reactions(wks_world *world, const wks_round_seeker *seeker, int32_t n)
{
    const int32_t sum = world->household.n_reactions[seeker->row] + n;

    if (n == 0) return;
    const int32_t registration = wks_part_registration(world, seeker->row);
    world->household.n_reactions[seeker->row] = (uint16_t)(sum < MAX_REACTIONS ? sum : MAX_REACTIONS);
    if (registration < 0) return;
    world->registration.reacted_month[registration] = world->month;
    world->registration.n_reactions[registration] = (uint16_t)n;
    if (world->registration.first_month[registration] == WKS_NO_MONTH) world->registration.first_month[registration] = world->month;
    world->registration.state[registration] = WKS_REGISTRATION_ACTIVE;
}

static bool fit(int32_t **array, int32_t *capacity, int32_t n)
{
    int32_t *grown;

    if (n <= *capacity) return true;
    const size_t larger = wks_mem_capacity((size_t)*capacity, (size_t)n);
    grown = wks_mem_resize(*array, (size_t)*capacity, larger, sizeof *grown);
    if (grown == NULL) return false;
    *array = grown;
    *capacity = (int32_t)larger;
    return true;
}

/* Room for n reactions more. */
static bool fit_reactions(wks_round_block *block, int32_t n)
{
    int32_t capacity = block->capacity;

    if (block->n + n <= block->capacity) return true;
    if (!fit(&block->advert, &capacity, block->n + n)) return false;
    capacity = block->capacity;
    if (!fit(&block->seeker, &capacity, block->n + n)) return false;
    block->capacity = capacity;
    return true;
}

/* Room for what one seeker sees, and for the kinds of the block. */
static bool fit_block(const reacting *self, wks_round_block *block)
{
    const int32_t n_adverts = self->board->n, n_seen = self->n_seen < n_adverts ? self->n_seen : n_adverts;

    if (!fit(&block->next, &block->next_capacity, self->ring.n) || !fit(&block->marked, &block->marked_capacity, n_adverts)) return false;
    if (n_seen + 1 > block->seen_capacity) { /* one beyond the last: where a sample puts what it saw before */
        wks_round_seen *seen = wks_mem_resize(block->seen, (size_t)block->seen_capacity, (size_t)n_seen + 1, sizeof *seen);
        if (seen == NULL) return false;
        block->seen = seen;
        block->seen_capacity = n_seen + 1;
    }
    return true;
}

static void react(int64_t begin, int64_t end, int64_t number, void *context)
{
    const reacting *self = context;
    wks_round_block *block = &self->month->round->block[number];
    int32_t kind = WKS_NONE; /* that `next` was made for */

    block->n = 0;
    memset(block->by_group, 0, sizeof block->by_group);
    block->failed = !fit_block(self, block);
    if (block->failed) return;
    for (int32_t a = 0; a < self->board->n; a++)
        block->marked[a] = WKS_NONE;
    for (int64_t s = begin; s < end; s++) {
        const wks_round_seeker *seeker = &self->pool->seeker[s];
        const bool sees_all = self->n_eligible[seeker->kind] <= self->n_seen;
        if (!sees_all && seeker->kind != kind) {
            kind = seeker->kind;
            point_on(self, kind, block->next);
        }
        const int32_t n_seen = sees_all ? see_all(self, seeker->kind, block->seen) : see_sample(self, (int32_t)s, seeker, block);
        const int32_t n = choose(self, seeker, block->seen, n_seen);
        if (!fit_reactions(block, n)) {
            block->failed = true;
            return;
        }
        for (int32_t i = 0; i < n; i++) {
            block->advert[block->n] = block->seen[i].advert;
            block->seeker[block->n++] = (int32_t)s;
        }
        count_reactions(self->month->world, seeker, n);
        for (uint32_t groups = self->month->world->household.groups[seeker->row], g = 0; groups != 0; groups >>= 1, g++)
            block->by_group[g] += groups & 1u ? n : 0;
    }
}

static wks_status fit_blocks(wks_round *round, int32_t n, wks_err *err)
{
    wks_round_block *grown;

    if (n <= round->n_blocks) return WKS_OK;
    grown = wks_mem_resize(round->block, (size_t)round->n_blocks, (size_t)n, sizeof *grown);
    if (grown == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for %d blocks of reactions", n);
    round->block = grown;
    round->n_blocks = n;
    return WKS_OK;
}

/* Reactions of all blocks, by advert. */
static wks_status collect(wks_round_month *month, const wks_round_board *board, int32_t n_blocks, wks_round_lists *out, wks_err *err)
{
    wks_round *round = month->round;
    size_t n = 0;
    int32_t *start, *candidate;

    for (int32_t b = 0; b < n_blocks; b++) {
        if (round->block[b].failed) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for reactions");
        n += (size_t)round->block[b].n;
        for (int32_t g = 0; g < WKS_SCENARIO_MAX_GROUPS; g++)
            month->world->letting.n_reactions_by_group[g] += round->block[b].by_group[g];
    }
    start = wks_round_buffer(round, WKS_ROUND_SLOT_CANDIDATE_START, (size_t)board->n + 2, sizeof *start, err);
    candidate = wks_round_buffer(round, WKS_ROUND_SLOT_CANDIDATES, n, sizeof *candidate, err);
    if (start == NULL || candidate == NULL) return WKS_ERR_NOMEM;
    for (int32_t a = 0; a < board->n + 2; a++)
        start[a] = 0;
    for (int32_t b = 0; b < n_blocks; b++) {
        for (int32_t i = 0; i < round->block[b].n; i++)
            start[round->block[b].advert[i] + 2]++;
    }
    for (int32_t a = 0; a < board->n; a++)
        start[a + 2] += start[a + 1];
    for (int32_t b = 0; b < n_blocks; b++) { /* start[a + 1] walks from the first place of a to that of the next */
        for (int32_t i = 0; i < round->block[b].n; i++)
            candidate[start[round->block[b].advert[i] + 1]++] = round->block[b].seeker[i];
    }
    month->world->letting.n_reactions += (int64_t)n;
    *out = (wks_round_lists){start, candidate};
    return WKS_OK;
}

static int32_t *count_eligible(wks_round_month *month, const wks_round_pool *pool, const wks_round_board *board, const int8_t *fails,
                               wks_err *err)
{
    int32_t *n_eligible = wks_round_buffer(month->round, WKS_ROUND_SLOT_ELIGIBLE, (size_t)pool->n_kinds, sizeof *n_eligible, err);

    if (n_eligible == NULL) return NULL;
    for (int32_t s = 0; s < pool->n_kinds; s++) {
        n_eligible[s] = 0;
        for (int32_t a = 0; a < board->n_kinds; a++) {
            if (fails[(size_t)s * (size_t)board->n_kinds + (size_t)a] < 0) n_eligible[s] += board->kind_start[a + 1] - board->kind_start[a];
        }
    }
    return n_eligible;
}

wks_status wks_round_reactions_make(wks_round_month *month, const wks_round_pool *pool, const wks_round_board *board, const int8_t *fails,
                                    wks_round_lists *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n_blocks = (int32_t)wks_par_blocks(pool->n, BLOCK);
    reacting self = {.month = month, .pool = pool, .board = board, .fails = fails};

    self.n_seen = wks_round_reactions_n_seen(month->behaviour);
    self.n_most = most_reactions(month);
    self.n_eligible = count_eligible(month, pool, board, fails, err);
    if (self.n_eligible == NULL) return WKS_ERR_NOMEM;
    WKS_TRY(wks_round_ring_make(month, board, &self.ring, err));
    WKS_TRY(fit_blocks(month->round, n_blocks, err));
    wks_par_for(pool->n, BLOCK, month->world->threads, react, &self);
    WKS_TRY(collect(month, board, n_blocks, out, err));
out:
    return rc;
}

wks_status wks_round_reactions_all(wks_round_month *month, const wks_round_pool *pool, const wks_round_board *board, const int8_t *fails,
                                   wks_round_lists *out, wks_err *err)
{
    int32_t *start = wks_round_buffer(month->round, WKS_ROUND_SLOT_CANDIDATE_START, (size_t)board->n + 1, sizeof *start, err), *candidate,
            n = 0;

    candidate = wks_round_buffer(month->round, WKS_ROUND_SLOT_CANDIDATES, (size_t)board->n * (size_t)pool->n, sizeof *candidate, err);
    if (start == NULL || candidate == NULL) return WKS_ERR_NOMEM;
    for (int32_t a = 0; a < board->n; a++) {
        start[a] = n;
        for (int32_t s = 0; s < pool->n; s++) {
            if (fails[(size_t)pool->seeker[s].kind * (size_t)board->n_kinds + (size_t)board->kind[a]] < 0) candidate[n++] = s;
        }
    }
    start[board->n] = n;
    *out = (wks_round_lists){start, candidate};
    return WKS_OK;
}
