#include "rules/round_reactions.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/par.h"
#include "base/vector.h"
#include "rules/round_ring.h"
#include "rules/round_utility.h"

enum {
    BLOCK = 512,
    MOST_TRIES = 4,
    MUCH = 2000,
    FIRST_POINT = 2,
    AT_ONCE = 32,
    /* words */ AHEAD = 64,
    GROUPS = 16,
    MAX_REACTIONS = UINT16_MAX
};

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

/* The ring with, for every point, the first advert from there on that this kind may have: there is one. */
static void point_on(const reacting *self, int32_t kind, wks_round_next *next)
{
    const wks_round_ring *ring = &self->ring;
    const int8_t *fails = &self->fails[(size_t)kind * (size_t)self->board->n_kinds];
    int32_t first = 0;

    while (fails[ring->kind[first]] >= 0)
        first++;
    int32_t advert = ring->advert[first]; /* beyond the last point the circle goes on with the first */
    for (int32_t i = WKS_ROUND_RING_SPARE - 1; i >= 0; i--)
        next[ring->n + i] = (wks_round_next){UINT32_MAX, advert};
    for (int32_t i = ring->n - 1; i >= 0; i--) {
        if (fails[ring->kind[i]] < 0) advert = ring->advert[i];
        next[i] = (wks_round_next){ring->at[i], advert};
    }
}

/* Pointing on costs the whole ring, looking on from every point drawn a few steps for each: what is less for so many seekers of the kind. */
static bool is_worth_pointing(const reacting *self, int32_t kind, int64_t n_seekers)
{
    const int64_t looks = n_seekers * self->n_seen * 2;

    return looks * self->board->n > (int64_t)self->ring.n * self->n_eligible[kind];
}

static int32_t look_on(const reacting *self, int32_t kind, int32_t i)
{
    const wks_round_ring *ring = &self->ring;
    const int8_t *fails = &self->fails[(size_t)kind * (size_t)self->board->n_kinds];

    while (fails[ring->kind[i]] >= 0)
        i = i + 1 < ring->n ? i + 1 : 0;
    return ring->advert[i];
}

/* As look_on from the point that wks_round_ring_find gives, where it was pointed out. */
static inline int32_t pointed_out(const wks_round_ring *ring, const wks_round_next *next, uint32_t at)
{
    int32_t i = ring->bucket[at >> (32 - ring->bits)];

    i += next[i].at < at;
    i += next[i].at < at;
    i += next[i].at < at;
    while (next[i].at < at)
        i++;
    return next[i].advert;
}

/* Draws points until enough different adverts were seen, or for long enough. The points follow the draw that decided to look. */
static int32_t see_sample(const reacting *self, int32_t number, const wks_round_seeker *seeker, const wks_round_next *next,
                          wks_round_block *block)
{
    const wks_world *world = self->month->world;
    const int32_t n_wanted = self->n_seen, beyond = FIRST_POINT + MOST_TRIES * n_wanted;
    wks_round_seen *seen = block->seen;
    int32_t *marked = block->marked, n = 0;
    uint32_t word[AT_ONCE];

    for (int32_t first = 0; first < beyond && n < n_wanted; first += AT_ONCE) {
        const int32_t end = beyond - first < AT_ONCE ? beyond - first : AT_ONCE;
        wks_rng_words_from(&world->seed, seeker->key, (uint32_t)world->tick, WKS_RNG_ALLOC_REACT, first, AT_ONCE, word);
        for (int32_t i = first == 0 ? FIRST_POINT : 0; i < end && n < n_wanted; i++) {
            const uint32_t at = word[i];
            const int32_t advert =
                next != NULL ? pointed_out(&self->ring, next, at) : look_on(self, seeker->kind, wks_round_ring_find(&self->ring, at));
            seen[n].advert = advert;
            n += marked[advert] != number;
            marked[advert] = number;
        }
    }
    return n;
}

static int by_utility(const void *left, const void *right)
{
    const wks_round_seen *a = left, *b = right;

    if (a->utility != b->utility) return a->utility > b->utility ? -1 : 1;
    return (a->advert > b->advert) - (a->advert < b->advert);
}

/* The worst of all. */
static int32_t worst_of(const wks_round_seen *seen, int32_t n)
{
    int32_t worst = 0;

    for (int32_t i = 1; i < n; i++) {
        const bool is_worse =
            seen[i].utility < seen[worst].utility || (seen[i].utility == seen[worst].utility && seen[i].advert > seen[worst].advert);
        worst = is_worse ? i : worst;
    }
    return worst;
}

/* Keeps the best n_most of n, in any order. */
static void keep_best(wks_round_seen *seen, int32_t n, int32_t n_most)
{
    if ((int64_t)(n - n_most) * n > MUCH) {
        qsort(seen, (size_t)n, sizeof *seen, by_utility);
        return;
    }
    for (; n > n_most; n--)
        seen[worst_of(seen, n)] = seen[n - 1];
}

/* Who wants to earn points reacts to the best of what it sees, better than staying or not. */
static int32_t choose_least(const reacting *self, const wks_round_seeker *seeker, wks_round_seen *seen, int32_t n)
{
    const int32_t n_wanted = seeker->n_least < self->n_most ? seeker->n_least : self->n_most;

    if (n <= n_wanted) return n;
    keep_best(seen, n, n_wanted);
    return n_wanted;
}

/* Keeps the best that beat staying; returns how many. */
static int32_t choose(const reacting *self, const wks_round_seeker *seeker, wks_round_seen *seen, int32_t n)
{
    int32_t n_better = 0;

    wks_round_utility_seen(self->month, seeker, self->board->home, seen, n);
    if (seeker->n_least > 0) {
        for (int32_t i = 0; i < n; i++)
            n_better += seen[i].utility > seeker->stay;
        if (n_better < seeker->n_least) return choose_least(self, seeker, seen, n);
        n_better = 0;
    }
    for (int32_t i = 0; i < n; i++) {
        const wks_round_seen moving = seen[i];
        seen[n_better] = moving;
        n_better += moving.utility > seeker->stay;
    }
    if (n_better <= self->n_most) return n_better;
    keep_best(seen, n_better, self->n_most);
    return self->n_most;
}

/* Rows of its own only: its household and the registration it applies with. */
static void count_own(wks_world *world, const wks_round_seeker *seeker, int32_t n)
{
    const int32_t sum = world->household.n_reactions[seeker->row] + n;

    const int32_t registration = wks_part_registration(world, seeker->row);
    world->household.n_reactions[seeker->row] = (uint16_t)(sum < MAX_REACTIONS ? sum : MAX_REACTIONS);
    if (registration < 0) return;
    world->registration.reacted_month[registration] = wks_month_cell(world->month);
    world->registration.n_reactions[registration] = (uint16_t)n;
    if (world->registration.first_month[registration] == WKS_NO_MONTH)
        world->registration.first_month[registration] = wks_month_cell(world->month);
    world->registration.state[registration] = WKS_REGISTRATION_ACTIVE;
}

/* Asks for what count_own reads: households, their first persons, the registrations of those. */
static void ask_for(const wks_world *world, const int32_t *row, int32_t n)
{
    const wks_household_table *household = &world->household;
    const wks_registration_table *registration = &world->registration;

    for (int32_t i = 0; i < n; i++) {
        WKS_VECTOR_PREFETCH(&household->first_person_row[row[i]]);
        WKS_VECTOR_PREFETCH(&household->registered_month[row[i]]);
        WKS_VECTOR_PREFETCH(&household->n_reactions[row[i]]);
        WKS_VECTOR_PREFETCH(&household->groups[row[i]]);
    }
    for (int32_t i = 0; i < n; i++) {
        const int32_t person = household->first_person_row[row[i]];
        if (person < 0) continue;
        WKS_VECTOR_PREFETCH(&world->person.registration_row[person]);
        WKS_VECTOR_PREFETCH(&world->person.next_row[person]);
    }
    for (int32_t i = 0; i < n; i++) {
        const int32_t person = household->first_person_row[row[i]], of = person < 0 ? WKS_NONE : world->person.registration_row[person];
        if (of < 0) continue;
        WKS_VECTOR_PREFETCH(&registration->since_month[of]);
        WKS_VECTOR_PREFETCH(&registration->key[of]);
        WKS_VECTOR_PREFETCH(&registration->reacted_month[of]);
        WKS_VECTOR_PREFETCH(&registration->n_reactions[of]);
        WKS_VECTOR_PREFETCH(&registration->first_month[of]);
        WKS_VECTOR_PREFETCH(&registration->state[of]);
    }
}

/* Who reacted: reactions first .. end of the block, those of a seeker behind each other. */
static void count_some(const reacting *self, wks_round_block *block, const int32_t *first, int32_t n, int32_t end)
{
    wks_world *world = self->month->world;
    int32_t row[AHEAD];

    for (int32_t i = 0; i < n; i++)
        row[i] = self->pool->seeker[block->seeker[first[i]]].row;
    ask_for(world, row, n);
    for (int32_t i = 0; i < n; i++) {
        const int32_t n_own = (i + 1 < n ? first[i + 1] : end) - first[i];
        count_own(world, &self->pool->seeker[block->seeker[first[i]]], n_own);
        for (uint32_t groups = world->household.groups[row[i]], g = 0; groups != 0; groups >>= 1, g++)
            block->by_group[g] += groups & 1u ? n_own : 0;
    }
}

/* What lies all over memory is asked for some seekers ahead. */
static void count_reactions(const reacting *self, wks_round_block *block)
{
    int32_t first[AHEAD], n = 0;

    memset(block->by_group, 0, sizeof block->by_group);
    for (int32_t i = 0; i < block->n; i++) {
        if (i > 0 && block->seeker[i] == block->seeker[i - 1]) continue;
        if (n == AHEAD) {
            count_some(self, block, first, n, i);
            n = 0;
        }
        first[n++] = i;
    }
    if (n > 0) count_some(self, block, first, n, block->n);
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

static bool fit_next(wks_round_block *block, int32_t n)
{
    if (n <= block->next_capacity) return true;
    wks_round_next *next = wks_mem_resize(block->next, (size_t)block->next_capacity, (size_t)n, sizeof *next);
    if (next == NULL) return false;
    block->next = next;
    block->next_capacity = n;
    return true;
}

/* Room for what one seeker sees, and for the kinds of the block. */
static bool fit_block(const reacting *self, wks_round_block *block)
{
    const int32_t n_adverts = self->board->n, n_seen = self->n_seen < n_adverts ? self->n_seen : n_adverts;

    if (!fit(&block->marked, &block->marked_capacity, n_adverts)) return false;
    if (!fit_next(block, self->ring.n + WKS_ROUND_RING_SPARE)) return false;
    if (n_seen + 1 > block->seen_capacity) { /* one beyond the last: where a sample puts what it saw before */
        wks_round_seen *seen = wks_mem_resize(block->seen, (size_t)block->seen_capacity, (size_t)n_seen + 1, sizeof *seen);
        if (seen == NULL) return false;
        block->seen = seen;
        block->seen_capacity = n_seen + 1;
    }
    return true;
}

/* Seekers from s on of the same kind: they stand together. */
static int64_t n_of_kind(const reacting *self, int64_t s, int64_t end)
{
    int64_t n = 1;

    while (s + n < end && self->pool->seeker[s + n].kind == self->pool->seeker[s].kind)
        n++;
    return n;
}

static void react(int64_t begin, int64_t end, int64_t number, void *context)
{
    const reacting *self = context;
    wks_round_block *block = &self->month->round->block[number];
    const wks_round_next *next = NULL;
    int32_t kind = WKS_NONE; /* that `next` is for */

    block->n = 0;
    block->failed = !fit_block(self, block);
    if (block->failed) return;
    for (int32_t a = 0; a < self->board->n; a++)
        block->marked[a] = WKS_NONE;
    for (int64_t s = begin; s < end; s++) {
        const wks_round_seeker *seeker = &self->pool->seeker[s];
        const bool sees_all = self->n_eligible[seeker->kind] <= self->n_seen;
        if (!sees_all && seeker->kind != kind) {
            kind = seeker->kind;
            next = is_worth_pointing(self, kind, n_of_kind(self, s, end)) ? block->next : NULL;
            if (next != NULL) point_on(self, kind, block->next);
        }
        const int32_t n_seen = sees_all ? see_all(self, seeker->kind, block->seen) : see_sample(self, (int32_t)s, seeker, next, block);
        const int32_t n = choose(self, seeker, block->seen, n_seen);
        if (!fit_reactions(block, n)) {
            block->failed = true;
            return;
        }
        for (int32_t i = 0; i < n; i++) {
            block->advert[block->n] = block->seen[i].advert;
            block->seeker[block->n++] = (int32_t)s;
        }
    }
    count_reactions(self, block);
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

/* Blocks are gathered in a few groups, whatever the number of threads: each counts its reactions by advert and then writes them to places of its own. */
typedef struct gathering {
    const wks_round_block *block;
    int32_t n_blocks, n_adverts;
    int32_t *place; /* group x advert: reactions of the group, then where the next one goes */
    int32_t *candidate;
} gathering;

static int32_t first_block(const gathering *self, int64_t group)
{
    return (int32_t)(group * self->n_blocks / GROUPS);
}

static void count_group(int64_t group, void *context)
{
    const gathering *self = context;
    int32_t *count = &self->place[group * self->n_adverts];

    memset(count, 0, (size_t)self->n_adverts * sizeof *count);
    for (int32_t b = first_block(self, group); b < first_block(self, group + 1); b++) {
        for (int32_t i = 0; i < self->block[b].n; i++)
            count[self->block[b].advert[i]]++;
    }
}

static void write_group(int64_t group, void *context)
{
    const gathering *self = context;
    int32_t *place = &self->place[group * self->n_adverts];

    for (int32_t b = first_block(self, group); b < first_block(self, group + 1); b++) {
        for (int32_t i = 0; i < self->block[b].n; i++)
            self->candidate[place[self->block[b].advert[i]]++] = self->block[b].seeker[i];
    }
}

/* Reactions of all blocks, by advert; of one advert in the order of the seekers. */
static wks_status collect(wks_round_month *month, const wks_round_board *board, int32_t n_blocks, wks_round_lists *out, wks_err *err)
{
    wks_round *round = month->round;
    gathering self = {.block = round->block, .n_blocks = n_blocks, .n_adverts = board->n};
    int32_t *start = wks_round_buffer(round, WKS_ROUND_SLOT_CANDIDATE_START, (size_t)board->n + 1, sizeof *start, err);
    int32_t n = 0;

    self.place = wks_round_buffer(round, WKS_ROUND_SLOT_CANDIDATE_PLACE, (size_t)GROUPS * (size_t)board->n, sizeof *self.place, err);
    if (start == NULL || self.place == NULL) return WKS_ERR_NOMEM;
    for (int32_t b = 0; b < n_blocks; b++) {
        if (round->block[b].failed) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for reactions");
        for (int32_t g = 0; g < WKS_SCENARIO_MAX_GROUPS; g++)
            month->world->letting.n_reactions_by_group[g] += round->block[b].by_group[g];
    }
    wks_par_each(GROUPS, month->world->threads, count_group, &self);
    for (int32_t a = 0; a < board->n; a++) {
        start[a] = n;
        for (int32_t g = 0; g < GROUPS; g++) {
            const int32_t count = self.place[(size_t)g * (size_t)board->n + (size_t)a];
            self.place[(size_t)g * (size_t)board->n + (size_t)a] = n;
            n += count;
        }
    }
    start[board->n] = n;
    self.candidate = wks_round_buffer(round, WKS_ROUND_SLOT_CANDIDATES, (size_t)n, sizeof *self.candidate, err);
    if (self.candidate == NULL) return WKS_ERR_NOMEM;
    wks_par_each(GROUPS, month->world->threads, write_group, &self);
    month->world->letting.n_reactions += n;
    *out = (wks_round_lists){start, self.candidate};
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
    /* Each block marks the adverts and points on the whole ring: a bounded number of blocks, however many seekers and adverts there are. */
    const int64_t block_size = wks_par_block_size(pool->n, BLOCK);
    const int32_t n_blocks = (int32_t)wks_par_blocks(pool->n, block_size);
    reacting self = {.month = month, .pool = pool, .board = board, .fails = fails};

    self.n_seen = wks_round_reactions_n_seen(month->behaviour);
    self.n_most = most_reactions(month);
    self.n_eligible = count_eligible(month, pool, board, fails, err);
    if (self.n_eligible == NULL) return WKS_ERR_NOMEM;
    WKS_TRY(wks_round_ring_make(month, board, &self.ring, err));
    WKS_TRY(fit_blocks(month->round, n_blocks, err));
    wks_par_for(pool->n, block_size, month->world->threads, react, &self);
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
