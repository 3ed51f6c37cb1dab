#include "queue/entries.h"

#include <stdlib.h>

#include "base/mem.h"
#include "scenario/keys.h"

typedef struct entries {
    int32_t n_reactors, n_entries, tick;
    int32_t *first_at; /* by reactor: the tick in which they last were first; 0: never */
} entries;

static wks_status begin(wks_queue *queue, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_settings *settings = &queue->scenario->model.settings;
    entries *self = wks_mem_array(1, sizeof *self);

    queue->state = self;
    if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for lotteries");
    self->n_reactors = (int32_t)settings->value[WKS_KEYS_ENTRIES_REACTORS];
    self->n_entries = (int32_t)settings->value[WKS_KEYS_ENTRIES_ENTRIES];
    self->first_at = wks_mem_array((size_t)self->n_reactors, sizeof *self->first_at);
    if (self->first_at == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d reactors", self->n_reactors);
out:
    return rc;
}

/* Of equal chances for all, so one draw says who is first. */
static int32_t draw_first(const wks_queue *queue, int32_t lottery)
{
    const entries *self = queue->state;
    wks_rng rng = wks_rng_open(&queue->seed, (uint64_t)lottery, (uint32_t)self->tick, WKS_RNG_QUEUE_LOT);

    return (int32_t)wks_rng_below(&rng, (uint32_t)self->n_reactors);
}

static wks_status advance(wks_queue *queue, int32_t tick, wks_err *err)
{
    entries *self = queue->state;

    (void)err;
    while (self->tick < tick) {
        self->tick++;
        wks_queue_pass(queue, (double)self->tick);
        if ((double)self->tick <= queue->from) continue; /* ticks have nothing to do with each other */
        queue->n_persons += self->n_reactors;
        for (int32_t i = 1; i <= self->n_entries; i++) {
            const int32_t first = draw_first(queue, i);
            queue->n_first += self->first_at[first] != self->tick;
            self->first_at[first] = self->tick;
        }
    }
    return WKS_OK;
}

static uint64_t hash(const wks_queue *queue, uint64_t hash_so_far)
{
    (void)queue;
    return hash_so_far; /* nobody stays from tick to tick */
}

/* Who was first in an earlier tick does not matter in a later one. */
static void carry_state(wks_queue *queue, wks_carry *carry)
{
    entries *self = queue->state;

    wks_carry_i32(carry, &self->tick);
    wks_carry_must(carry, self->tick == (int32_t)queue->now, "lotteries of another tick");
}

static void end(wks_queue *queue)
{
    entries *self = queue->state;

    if (self == NULL) return;
    free(self->first_at);
    free(self);
}

const wks_queue_kind wks_entries_kind = {begin, advance, NULL, hash, carry_state, end};
