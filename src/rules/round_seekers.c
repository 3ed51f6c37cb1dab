#include "rules/round_seekers.h"

#include <string.h>

#include "base/par.h"
#include "rules/round_kinds.h"
#include "rules/round_rank.h"
#include "rules/round_utility.h"

enum { BLOCK = 1024 };

typedef struct gathering {
    wks_round_month *month;
    uint8_t *flag;                    /* by household row */
    const wks_round_channel *channel; /* NULL: who looks */
    const int32_t *row;
    wks_round_seeker *seeker;
    uint64_t *word;              /* classes of a row */
    const int32_t *kind, *order; /* kind of a row; rows by kind */
} gathering;

static bool looks(const gathering *self, int32_t row)
{
    const wks_world *world = self->month->world;
    const uint8_t search = world->household.search[row];
    const wks_conduct *conduct = &self->month->rules->conduct;
    const wks_round_behaviour *b = self->month->behaviour;

    if (search != WKS_SEARCH_SOCIAL && search != WKS_SEARCH_BOTH) return false;
    if (conduct->is_used && wks_conduct_is_suspended(conduct, world, row)) return false;
    if (conduct->is_used && wks_round_utility_earns(self->month, row)) return true;
    const double share = world->household.urge[row] == WKS_URGE_ORIENTED ? b->react_oriented : b->react_share;
    return wks_rng_once(&world->seed, world->household.key[row], (uint32_t)world->tick, WKS_RNG_ALLOC_REACT) < share;
}

static void flag_rows(int64_t begin, int64_t end, int64_t block, void *context)
{
    const gathering *self = context;
    const wks_world *world = self->month->world;

    (void)block;
    for (int32_t row = (int32_t)begin; row < (int32_t)end; row++) {
        self->flag[row] = 0;
        if (world->household.key[row] == 0 || self->month->is_housed[row]) continue;
        self->flag[row] = self->channel == NULL ? looks(self, row)
                                                : self->channel->part->is_candidate(&self->month->context, self->channel->settings, row);
    }
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

static void fill_rows(int64_t begin, int64_t end, int64_t block, void *context)
{
    const gathering *self = context;

    (void)block;
    for (int64_t i = begin; i < end; i++) {
        const int32_t from = self->order[i];
        wks_round_utility_seeker(self->month, self->row[from], &self->seeker[i]);
        self->seeker[i].kind = self->kind[from];
    }
}

/* Kinds of the rows, and the rows in order of kind: what is worked out for a kind is worked out once for many seekers in a row. */
static wks_status make_kinds(gathering *self, wks_round_pool *pool, wks_err *err)
{
    wks_round *round = self->month->round;
    const size_t n = (size_t)pool->n;
    uint64_t *kind_word = wks_round_buffer(round, WKS_ROUND_SLOT_CLASS_KIND_WORDS, n * WKS_ROUND_CLASS_WORDS, sizeof *kind_word, err);
    int32_t *table = wks_round_buffer(round, WKS_ROUND_SLOT_CLASS_TABLE, wks_round_kinds_table(pool->n), sizeof *table, err);
    int32_t *kind = wks_round_buffer(round, WKS_ROUND_SLOT_SEEKER_KIND, n, sizeof *kind, err);
    int32_t *order = wks_round_buffer(round, WKS_ROUND_SLOT_SEEKER_ORDER, n, sizeof *order, err), *start, at = 0;

    if (kind == NULL || kind_word == NULL || table == NULL || order == NULL) return WKS_ERR_NOMEM;
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
        order[start[kind[i]]++] = i;
    self->kind = kind;
    self->order = order;
    return WKS_OK;
}

static wks_status gather(wks_round_month *month, const wks_round_channel *channel, wks_round_pool *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_round *round = month->round;
    const wks_world *world = month->world;
    const int32_t n_rows = world->household.base.n_rows;
    gathering self = {.month = month, .channel = channel};
    int32_t *row, n = 0;

    *out = (wks_round_pool){.n = 0};
    self.flag = wks_round_buffer(round, WKS_ROUND_SLOT_FLAGS, (size_t)n_rows, sizeof *self.flag, err);
    row = wks_round_buffer(round, WKS_ROUND_SLOT_ROWS, (size_t)n_rows, sizeof *row, err);
    if (self.flag == NULL || row == NULL) return WKS_ERR_NOMEM;
    wks_par_for(n_rows, 0, world->threads, flag_rows, &self);
    for (int32_t i = 0; i < n_rows; i++) {
        row[n] = i;
        n += self.flag[i];
    }
    self.row = row;
    self.seeker = wks_round_buffer(round, WKS_ROUND_SLOT_SEEKERS, (size_t)n, sizeof *self.seeker, err);
    self.word = wks_round_buffer(round, WKS_ROUND_SLOT_CLASSES, (size_t)n * WKS_ROUND_CLASS_WORDS, sizeof *self.word, err);
    if (self.seeker == NULL || self.word == NULL) return WKS_ERR_NOMEM;
    out->seeker = self.seeker;
    out->n = n;
    wks_par_for(n, BLOCK, world->threads, classify_rows, &self);
    WKS_TRY(make_kinds(&self, out, err));
    wks_par_for(n, BLOCK, world->threads, fill_rows, &self);
    WKS_TRY(wks_round_rank_pool(month, out, err));
out:
    return rc;
}

wks_status wks_round_seekers_looking(wks_round_month *month, wks_round_pool *out, wks_err *err)
{
    return gather(month, NULL, out, err);
}

wks_status wks_round_seekers_direct(wks_round_month *month, int32_t channel, wks_round_pool *out, wks_err *err)
{
    return gather(month, &month->rules->channel[channel], out, err);
}
