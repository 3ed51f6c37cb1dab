#include "queue/pool.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "queue/pick.h"
#include "scenario/keys.h"
#include "world/columns.h"

typedef struct waiting {
    uint64_t number; /* from 1, in order of joining: the key of draws */
    int32_t joined;  /* at the end of this tick */
} waiting;

typedef struct pool {
    waiting *person; /* n of them, in order of joining, from `first` on */
    int32_t first, n, capacity;
    int32_t n_housed, n_joining; /* each tick */
    int32_t tick;
    uint64_t last_number;
    uint64_t *lot, *scratch; /* capacity */
    uint8_t *chosen;
} pool;

/* Room for all who wait after `more` have joined; the array begins at 0 again. */
static wks_status make_room(pool *self, int32_t more, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t needed = (size_t)self->n + (size_t)more;

    if (self->first > 0 && (size_t)self->first + needed > (size_t)self->capacity) {
        memmove(self->person, self->person + self->first, (size_t)self->n * sizeof *self->person);
        self->first = 0;
    }
    if ((size_t)self->first + needed <= (size_t)self->capacity) return WKS_OK;
    if (needed > INT32_MAX / 2) WKS_FAIL(err, WKS_ERR_NOMEM, "more than %d persons wait", INT32_MAX / 2);
    const size_t old = (size_t)self->capacity, larger = wks_mem_capacity(old, 2 * needed);
    waiting *person = wks_mem_resize(self->person, old, larger, sizeof *person);
    if (person != NULL) self->person = person;
    uint64_t *lot = wks_mem_resize(self->lot, old, larger, sizeof *lot);
    if (lot != NULL) self->lot = lot;
    uint64_t *scratch = wks_mem_resize(self->scratch, old, larger, sizeof *scratch);
    if (scratch != NULL) self->scratch = scratch;
    uint8_t *chosen = wks_mem_resize(self->chosen, old, larger, sizeof *chosen);
    if (chosen != NULL) self->chosen = chosen;
    if (person == NULL || lot == NULL || scratch == NULL || chosen == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu persons", larger);
    self->capacity = (int32_t)larger;
out:
    return rc;
}

static wks_status join(wks_queue *queue, int32_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    pool *self = queue->state;

    WKS_TRY(make_room(self, n, err));
    for (int32_t i = 0; i < n; i++) {
        self->person[self->first + self->n++] = (waiting){++self->last_number, self->tick};
        wks_queue_wait(queue, 0);
    }
out:
    return rc;
}

static wks_status begin(wks_queue *queue, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_settings *settings = &queue->scenario->model.settings;
    pool *self = wks_mem_array(1, sizeof *self);

    queue->state = self;
    if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a pool");
    self->n_housed = (int32_t)settings->value[WKS_KEYS_POOL_HOUSED];
    self->n_joining = (int32_t)settings->value[WKS_KEYS_POOL_JOINING];
    WKS_TRY(join(queue, (int32_t)settings->value[WKS_KEYS_POOL_WAITING], err));
out:
    return rc;
}

static void house(wks_queue *queue, const waiting *person)
{
    wks_queue_stop(queue, 0, (double)person->joined);
    wks_queue_house(queue, 0, (double)person->joined, 0);
}

static void house_first(wks_queue *queue, int32_t m)
{
    pool *self = queue->state;

    for (int32_t i = 0; i < m; i++)
        house(queue, &self->person[self->first + i]);
    self->first += m;
    self->n -= m;
}

/* Everybody's lot of this tick; the m largest are housed, the others keep their order. */
static void house_drawn(wks_queue *queue, int32_t m)
{
    pool *self = queue->state;
    waiting *person = self->person + self->first;
    int32_t n_kept = 0;

    for (int32_t i = 0; i < self->n; i++) {
        uint32_t word[4];
        wks_rng_four(&queue->seed, person[i].number, (uint32_t)self->tick, WKS_RNG_QUEUE_LOT, word);
        self->lot[i] = (uint64_t)word[1] << 32 | word[0];
    }
    wks_pick_largest(self->lot, self->n, m, self->scratch, self->chosen);
    for (int32_t i = 0; i < self->n; i++) {
        if (self->chosen[i] != 0) {
            house(queue, &person[i]);
        } else {
            person[n_kept++] = person[i];
        }
    }
    self->n = n_kept;
}

static wks_status advance(wks_queue *queue, int32_t tick, wks_err *err)
{
    wks_status rc = WKS_OK;
    pool *self = queue->state;

    while (self->tick < tick) {
        const int32_t m = self->n < self->n_housed ? self->n : self->n_housed;
        self->tick++;
        wks_queue_pass(queue, (double)self->tick);
        if (queue->scenario->model.by_lot) {
            house_drawn(queue, m);
        } else {
            house_first(queue, m);
        }
        WKS_TRY(join(queue, self->n_joining, err));
    }
out:
    return rc;
}

static double still(const wks_queue *queue, int32_t c)
{
    const pool *self = queue->state;
    double sum = 0;

    (void)c;
    for (int32_t i = 0; i < self->n; i++)
        sum += wks_queue_measured(queue, (double)self->person[self->first + i].joined);
    return sum;
}

static uint64_t hash(const wks_queue *queue, uint64_t hash_so_far)
{
    const pool *self = queue->state;
    uint64_t result = hash_so_far;

    for (int32_t i = 0; i < self->n; i++) {
        result = wks_columns_mix(result, self->person[self->first + i].number);
        result = wks_columns_mix(result, (uint64_t)(uint32_t)self->person[self->first + i].joined);
    }
    return result;
}

static void carry_state(wks_queue *queue, wks_carry *carry)
{
    pool *self = queue->state;
    int32_t n = self->n;
    wks_err unused = WKS_ERR_INIT;

    wks_carry_i32(carry, &self->tick);
    WKS_CARRY_FIELD(carry, self->last_number);
    wks_carry_count(carry, &n, sizeof(uint64_t) + sizeof(int32_t));
    wks_carry_must(carry, self->tick == (int32_t)queue->now, "a pool of another tick");
    if (wks_carry_failed(carry)) return;
    if (wks_carry_reads(carry)) {
        self->first = self->n = 0;
        if (make_room(self, n, &unused) != WKS_OK) carry->in->no_memory = true;
        if (wks_carry_failed(carry)) return;
        self->n = n;
    }
    for (int32_t i = 0; i < n; i++) {
        WKS_CARRY_FIELD(carry, self->person[self->first + i].number);
        wks_carry_i32(carry, &self->person[self->first + i].joined);
    }
}

static void end(wks_queue *queue)
{
    pool *self = queue->state;

    if (self == NULL) return;
    free(self->person);
    free(self->lot);
    free(self->scratch);
    free(self->chosen);
    free(self);
}

const wks_queue_kind wks_pool_kind = {begin, advance, still, hash, carry_state, end};
