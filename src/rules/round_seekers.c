#include "rules/round_seekers.h"

#include <string.h>

#include "base/par.h"
#include "base/vector.h"
#include "rules/round_kinds.h"
#include "rules/round_rank.h"
#include "rules/round_utility.h"

enum { BLOCK = 1024, DRAWN = 256, AHEAD = 64 };

typedef struct gathering {
    wks_round_month *month;
    const wks_round_channel *channel; /* NULL: who looks */
    int32_t *row, *n_of_block;        /* household rows: of a block of households, from its first row on; how many */
    wks_round_seeker *seeker;
    uint64_t *word;              /* classes of a row */
    const int32_t *kind, *place; /* kind of a row; where it stands among the seekers, which stand by kind */
} gathering;

/* Who looks for a social home and may react, before the draw. */
static int32_t who_may_look(const gathering *self, int32_t begin, int32_t end, int32_t *out_row)
{
    const wks_world *world = self->month->world;
    const wks_conduct *conduct = &self->month->rules->conduct;
    const uint8_t *search = world->household.search, *is_housed = self->month->is_housed;
    int32_t n = 0;

    for (int32_t row = begin; row < end; row++) {
        out_row[n] = row;
        n += (int32_t)((search[row] == WKS_SEARCH_SOCIAL) | (search[row] == WKS_SEARCH_BOTH)) & (is_housed[row] == 0);
    }
    const int32_t n_searching = n;
    n = 0;
    for (int32_t i = 0; i < n_searching; i++) {
        const int32_t row = out_row[i];
        if (world->household.key[row] == 0 || (conduct->is_used && wks_conduct_is_suspended(conduct, world, row))) continue;
        out_row[n++] = row;
    }
    return n;
}

/* Keeps of at most DRAWN households those who look this month: by their draw, or to earn points. */
static int32_t draw_looking(const gathering *self, const int32_t *row, int32_t n, int32_t *out_row)
{
    const wks_world *world = self->month->world;
    const wks_round_behaviour *b = self->month->behaviour;
    uint64_t key[DRAWN] = {0};
    uint32_t low[DRAWN], high[DRAWN], *const word[4] = {low, high, NULL, NULL};
    int32_t n_looking = 0;

    for (int32_t i = 0; i < n; i++)
        key[i] = world->household.key[row[i]];
    wks_rng_rows(&world->seed, key, n, (uint32_t)world->tick, WKS_RNG_ALLOC_REACT, word);
    for (int32_t i = 0; i < n; i++) {
        const int32_t of = row[i];
        const double share = world->household.urge[of] == WKS_URGE_ORIENTED ? b->react_oriented : b->react_share;
        const bool looks = wks_rng_unit64((uint64_t)high[i] << 32 | low[i]) < share ||
                           (self->month->rules->conduct.is_used && wks_round_utility_earns(self->month, of));
        if (looks) out_row[n_looking++] = of;
    }
    return n_looking;
}

static int32_t list_looking(const gathering *self, int32_t begin, int32_t end, int32_t *out_row)
{
    const int32_t n = who_may_look(self, begin, end, out_row);
    int32_t n_looking = 0;

    for (int32_t first = 0; first < n; first += DRAWN)
        n_looking += draw_looking(self, &out_row[first], n - first < DRAWN ? n - first : DRAWN, &out_row[n_looking]);
    return n_looking;
}

static int32_t list_candidates(const gathering *self, int32_t begin, int32_t end, int32_t *out_row)
{
    const int32_t n_all = self->channel->part->candidates(&self->month->context, self->channel->settings, begin, end, out_row);
    int32_t n = 0;

    for (int32_t i = 0; i < n_all; i++) {
        if (!self->month->is_housed[out_row[i]]) out_row[n++] = out_row[i];
    }
    return n;
}

static void list_rows(int64_t begin, int64_t end, int64_t block, void *context)
{
    const gathering *self = context;
    int32_t *const out_row = &self->row[begin];

    self->n_of_block[block] = self->channel == NULL ? list_looking(self, (int32_t)begin, (int32_t)end, out_row)
                                                    : list_candidates(self, (int32_t)begin, (int32_t)end, out_row);
}

/* The rows of all blocks one after the other; returns how many. */
static int32_t join_blocks(const gathering *self, int32_t n_rows)
{
    int32_t n = 0;

    for (int32_t b = 0; b < (int32_t)wks_par_blocks(n_rows, 0); b++) {
        memmove(&self->row[n], &self->row[(int64_t)b * WKS_PAR_BLOCK], (size_t)self->n_of_block[b] * sizeof *self->row);
        n += self->n_of_block[b];
    }
    return n;
}

static void classify_rows(int64_t begin, int64_t end, int64_t block, void *context)
{
    const gathering *self = context;
    const wks_rule_set *set = self->month->rules->set;

    (void)block;
    for (int64_t i = begin; i < end; i++) {
        uint64_t *word = &self->word[i * WKS_ROUND_CLASS_WORDS];
        memset(word, 0, WKS_ROUND_CLASS_WORDS * sizeof *word);
        for (int32_t f = 0; f < set->n_filters; f++) {
            const wks_filter_part *part = set->filter[f].spec->implementation;
            const int32_t class = part->applicant_class(&self->month->context, &set->filter[f], self->row[i]);
            WKS_BUG_IF(class < 0 || class > 63);
            word[f / 10] |= (uint64_t) class << (WKS_ROUND_CLASS_BITS * (f % 10));
        }
    }
}

/* Homes of households lie all over memory: they are asked for together. */
static void ask_for_homes(const wks_world *world, const int32_t *row, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        const int32_t unit = world->household.unit_row[row[i]];
        if (unit < 0) continue;
        WKS_VECTOR_PREFETCH(&world->unit.dwelling_row[unit]);
        WKS_VECTOR_PREFETCH(&world->unit.kind[unit]);
        WKS_VECTOR_PREFETCH(&world->unit.rent_eur[unit]);
        WKS_VECTOR_PREFETCH(&world->unit.key[unit]);
    }
    for (int64_t i = 0; i < n; i++) {
        const int32_t unit = world->household.unit_row[row[i]], dwelling = unit < 0 ? WKS_NONE : world->unit.dwelling_row[unit];
        if (dwelling < 0) continue;
        WKS_VECTOR_PREFETCH(&world->dwelling.x_m[dwelling]);
        WKS_VECTOR_PREFETCH(&world->dwelling.y_m[dwelling]);
        WKS_VECTOR_PREFETCH(&world->dwelling.buurt_row[dwelling]);
        WKS_VECTOR_PREFETCH(&world->dwelling.tenure[dwelling]);
        WKS_VECTOR_PREFETCH(&world->dwelling.rooms[dwelling]);
    }
}

/* In the order of rows, in which columns of households are read best; every seeker is written to a place of its own. */
static void fill_rows(int64_t begin, int64_t end, int64_t block, void *context)
{
    const gathering *self = context;

    (void)block;
    for (int64_t i = begin; i < end; i++) {
        wks_round_seeker *seeker = &self->seeker[self->place[i]];
        if ((i - begin) % AHEAD == 0) ask_for_homes(self->month->world, &self->row[i], end - i < AHEAD ? end - i : AHEAD);
        wks_round_utility_seeker(self->month, self->row[i], seeker);
        seeker->kind = self->kind[i];
    }
}

/* Kinds of the rows, and places in order of kind: what is worked out for a kind is worked out once for many seekers in a row. */
static wks_status make_kinds(gathering *self, wks_round_pool *pool, wks_err *err)
{
    wks_round *round = self->month->round;
    const size_t n = (size_t)pool->n;
    uint64_t *kind_word = wks_round_buffer(round, WKS_ROUND_SLOT_CLASS_KIND_WORDS, n * WKS_ROUND_CLASS_WORDS, sizeof *kind_word, err);
    int32_t *table = wks_round_buffer(round, WKS_ROUND_SLOT_CLASS_TABLE, wks_round_kinds_table(pool->n), sizeof *table, err);
    int32_t *kind = wks_round_buffer(round, WKS_ROUND_SLOT_SEEKER_KIND, n, sizeof *kind, err);
    int32_t *place = wks_round_buffer(round, WKS_ROUND_SLOT_SEEKER_ORDER, n, sizeof *place, err), *start, at = 0;

    if (kind == NULL || kind_word == NULL || table == NULL || place == NULL) return WKS_ERR_NOMEM;
    pool->n_kinds = wks_round_kinds_assign(self->word, pool->n, WKS_ROUND_CLASS_WORDS, kind, kind_word, table);
    pool->class_word = kind_word;
    pool->kind_count = wks_round_buffer(round, WKS_ROUND_SLOT_KIND_COUNT, (size_t)pool->n_kinds, sizeof *pool->kind_count, err);
    if (pool->kind_count == NULL) return WKS_ERR_NOMEM;
    for (int32_t k = 0; k < pool->n_kinds; k++)
        pool->kind_count[k] = 0;
    for (int32_t i = 0; i < pool->n; i++)
        pool->kind_count[kind[i]]++;
    start = table; /* has room for twice the seekers */
    for (int32_t k = 0; k < pool->n_kinds; k++) {
        start[k] = at;
        at += pool->kind_count[k];
    }
    for (int32_t i = 0; i < pool->n; i++)
        place[i] = start[kind[i]]++;
    self->kind = kind;
    self->place = place;
    return WKS_OK;
}

/* Rows of who looks, or of whom the channel may propose. */
static wks_status list(wks_round_month *month, const wks_round_channel *channel, double elsewhere, wks_round_crowd *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_round *round = month->round;
    const wks_world *world = month->world;
    const int32_t n_rows = world->household.base.n_rows;
    gathering self = {.month = month, .channel = channel};

    self.row = wks_round_buffer(round, WKS_ROUND_SLOT_ROWS, (size_t)n_rows, sizeof *self.row, err);
    self.n_of_block =
        wks_round_buffer(round, WKS_ROUND_SLOT_ROWS_OF_BLOCK, (size_t)wks_par_blocks(n_rows, 0), sizeof *self.n_of_block, err);
    if (self.row == NULL || self.n_of_block == NULL) return WKS_ERR_NOMEM;
    wks_par_for(n_rows, 0, world->threads, list_rows, &self);
    WKS_TRY(wks_round_region_crowd(month, self.row, join_blocks(&self, n_rows), elsewhere, out, err));
out:
    return rc;
}

wks_status wks_round_seekers_looking(wks_round_month *month, wks_round_crowd *out, wks_err *err)
{
    return list(month, NULL, month->behaviour->elsewhere, out, err);
}

wks_status wks_round_seekers_direct(wks_round_month *month, int32_t channel, wks_round_crowd *out, wks_err *err)
{
    return list(month, &month->rules->channel[channel], 0.0, out, err);
}

wks_status wks_round_seekers_pool(wks_round_month *month, const wks_round_crowd *crowd, int32_t turn, wks_round_pool *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_round *round = month->round;
    const int32_t n = crowd->start[turn + 1] - crowd->start[turn], threads = month->world->threads;
    gathering self = {.month = month, .row = &crowd->row[crowd->start[turn]]};

    *out = (wks_round_pool){.n = n};
    self.seeker = wks_round_buffer(round, WKS_ROUND_SLOT_SEEKERS, (size_t)n, sizeof *self.seeker, err);
    self.word = wks_round_buffer(round, WKS_ROUND_SLOT_CLASSES, (size_t)n * WKS_ROUND_CLASS_WORDS, sizeof *self.word, err);
    if (self.seeker == NULL || self.word == NULL) return WKS_ERR_NOMEM;
    out->seeker = self.seeker;
    wks_par_for(n, BLOCK, threads, classify_rows, &self);
    WKS_TRY(make_kinds(&self, out, err));
    wks_par_for(n, BLOCK, threads, fill_rows, &self);
    WKS_TRY(wks_round_rank_pool(month, out, err));
out:
    return rc;
}
