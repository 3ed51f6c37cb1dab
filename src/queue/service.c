#include "queue/service.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "num/draw.h"
#include "queue/events.h"
#include "scenario/keys.h"
#include "world/columns.h"

enum { EVERYBODY, PRIORITY, REGULAR }; /* classes, when there are */

typedef struct seeker {
    uint64_t number; /* from 1, in order of arrival: the key of draws; 0 in a free slot */
    double arrived;
    int32_t class, line;
    int32_t before, behind; /* slots of the same line, or the next free slot */
} seeker;

/* Who waits, in order of arrival. */
typedef struct line {
    int32_t first, last; /* slots; WKS_NONE */
} line;

typedef struct service {
    double arrivals, stay, patience, priority_share;
    int64_t n_vacant;
    double next_arrival;
    uint64_t last_number, n_offers;
    seeker *slot;
    int32_t n_slots, capacity, free_slot;
    line line[2]; /* the first is served before the second */
    wks_events events;
} service;

/* ---- who comes ------------------------------------------------------------------------------------------------------------------ */

/* The next one, or nobody ever when the rate is 0. A stream a person: the time since the one before, then the class. */
static void plan_arrival(wks_queue *queue)
{
    service *self = queue->state;

    if (self->arrivals <= 0) {
        self->next_arrival = INFINITY;
        return;
    }
    wks_rng rng = wks_rng_open(&queue->seed, self->last_number + 1, 0, WKS_RNG_QUEUE_ARRIVAL);
    self->next_arrival += wks_draw_exponential(&rng, 1 / self->arrivals);
}

static int32_t class_of(const wks_queue *queue, uint64_t number)
{
    const service *self = queue->state;

    if (queue->n_classes == 1) return EVERYBODY;
    return wks_rng_once(&queue->seed, number, 0, WKS_RNG_QUEUE_TYPE) < self->priority_share ? PRIORITY : REGULAR;
}

static double draw_time(const wks_queue *queue, uint64_t number, wks_rng_purpose purpose, double mean)
{
    wks_rng rng = wks_rng_open(&queue->seed, number, 0, purpose);
    return wks_draw_exponential(&rng, mean);
}

/* ---- lines ---------------------------------------------------------------------------------------------------------------------- */

static wks_status take_slot(service *self, int32_t *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (self->free_slot >= 0) {
        *out = self->free_slot;
        self->free_slot = self->slot[*out].behind;
        return WKS_OK;
    }
    if (self->n_slots == self->capacity) {
        const size_t larger = wks_mem_capacity((size_t)self->capacity, (size_t)self->n_slots + 1);
        seeker *grown = wks_mem_resize(self->slot, (size_t)self->capacity, larger, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu seekers", larger);
        self->slot = grown;
        self->capacity = (int32_t)larger;
    }
    *out = self->n_slots++;
out:
    return rc;
}

static wks_status append(service *self, seeker person, int32_t *out_slot, wks_err *err)
{
    wks_status rc = WKS_OK;
    line *own = &self->line[person.line];

    WKS_TRY(take_slot(self, out_slot, err));
    person.before = own->last;
    person.behind = WKS_NONE;
    self->slot[*out_slot] = person;
    if (own->last >= 0) self->slot[own->last].behind = *out_slot;
    if (own->first < 0) own->first = *out_slot;
    own->last = *out_slot;
out:
    return rc;
}

static seeker take_out(service *self, int32_t slot)
{
    const seeker person = self->slot[slot];
    line *own = &self->line[person.line];

    if (person.before >= 0) self->slot[person.before].behind = person.behind;
    if (person.behind >= 0) self->slot[person.behind].before = person.before;
    if (own->first == slot) own->first = person.behind;
    if (own->last == slot) own->last = person.before;
    self->slot[slot] = (seeker){.behind = self->free_slot};
    self->free_slot = slot;
    return person;
}

/* Whose lot for this vacancy is the largest; the one who came first among equals. */
static int32_t drawn(const wks_queue *queue, int32_t first)
{
    const service *self = queue->state;
    uint64_t largest = 0;
    int32_t best = first;

    for (int32_t at = first; at >= 0; at = self->slot[at].behind) {
        uint32_t word[4];
        const uint64_t key = wks_rng_pair_key(self->slot[at].number, self->n_offers);
        wks_rng_four(&queue->seed, key, 0, WKS_RNG_QUEUE_LOT, word);
        const uint64_t lot = (uint64_t)word[1] << 32 | word[0];
        if (lot <= largest) continue;
        largest = lot;
        best = at;
    }
    return best;
}

/* ---- events --------------------------------------------------------------------------------------------------------------------- */

static wks_status house(wks_queue *queue, const seeker *person, wks_err *err)
{
    service *self = queue->state;
    const double stay = draw_time(queue, person->number, WKS_RNG_QUEUE_SERVICE, self->stay);

    self->n_vacant--;
    wks_queue_house(queue, person->class, person->arrived, 0);
    return wks_events_add(&self->events, (wks_events_item){queue->now + stay, person->number, WKS_NONE, WKS_EVENTS_FREED}, err);
}

static wks_status arrive(wks_queue *queue, wks_err *err)
{
    wks_status rc = WKS_OK;
    service *self = queue->state;
    seeker person = {.number = ++self->last_number, .arrived = queue->now};
    int32_t slot = WKS_NONE;

    person.class = class_of(queue, person.number);
    person.line = queue->scenario->model.priority_first && person.class == PRIORITY ? 0 : 1;
    plan_arrival(queue);
    wks_queue_come(queue, person.class, self->n_vacant > 0);
    if (self->n_vacant > 0) return house(queue, &person, err);
    WKS_TRY(append(self, person, &slot, err));
    wks_queue_wait(queue, person.class);
    if (self->patience > 0) {
        const double patience = draw_time(queue, person.number, WKS_RNG_QUEUE_PATIENCE, self->patience);
        WKS_TRY(wks_events_add(&self->events, (wks_events_item){queue->now + patience, person.number, slot, WKS_EVENTS_LEAVES}, err));
    }
out:
    return rc;
}

/* A dwelling falls vacant: it is let at once when anybody waits. */
static wks_status let(wks_queue *queue, wks_err *err)
{
    service *self = queue->state;
    const int32_t first = self->line[0].first >= 0 ? self->line[0].first : self->line[1].first;

    self->n_vacant++;
    self->n_offers++;
    if (first < 0) return WKS_OK;
    const seeker person = take_out(self, queue->scenario->model.by_lot ? drawn(queue, first) : first);
    wks_queue_stop(queue, person.class, person.arrived);
    return house(queue, &person, err);
}

/* Who is housed already does not leave: the slot is somebody else's or nobody's. */
static void lose_patience(wks_queue *queue, const wks_events_item *event)
{
    service *self = queue->state;

    if (self->slot[event->slot].number != event->number) return;
    const seeker person = take_out(self, event->slot);
    wks_queue_stop(queue, person.class, person.arrived);
    wks_queue_leave(queue, person.class);
}

static wks_status advance(wks_queue *queue, int32_t tick, wks_err *err)
{
    wks_status rc = WKS_OK;
    service *self = queue->state;
    const double until = (double)tick;

    for (;;) {
        const double next_event = self->events.n > 0 ? self->events.item[0].time : INFINITY;
        const double next = next_event < self->next_arrival ? next_event : self->next_arrival;
        if (next > until) break;
        wks_queue_pass(queue, next);
        if (next_event >= self->next_arrival) {
            WKS_TRY(arrive(queue, err));
            continue;
        }
        const wks_events_item event = wks_events_take(&self->events);
        if (event.kind == WKS_EVENTS_FREED) {
            WKS_TRY(let(queue, err));
        } else {
            lose_patience(queue, &event);
        }
    }
    wks_queue_pass(queue, until);
out:
    return rc;
}

/* ---- the kind ------------------------------------------------------------------------------------------------------------------- */

static wks_status begin(wks_queue *queue, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_settings *settings = &queue->scenario->model.settings;
    service *self = wks_mem_array(1, sizeof *self);

    queue->state = self;
    if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a queue");
    self->n_vacant = (int64_t)settings->value[WKS_KEYS_QUEUE_DWELLINGS];
    self->arrivals = settings->value[WKS_KEYS_QUEUE_ARRIVALS];
    self->stay = settings->value[WKS_KEYS_QUEUE_STAY];
    self->priority_share = settings->value[WKS_KEYS_QUEUE_PRIORITY_SHARE];
    self->patience = settings->value[WKS_KEYS_QUEUE_PATIENCE];
    self->free_slot = WKS_NONE;
    self->line[0] = self->line[1] = (line){WKS_NONE, WKS_NONE};
    plan_arrival(queue);
out:
    return rc;
}

static double still(const wks_queue *queue, int32_t c)
{
    const service *self = queue->state;
    double sum = 0;

    for (int32_t i = 0; i < self->n_slots; i++) {
        const seeker *person = &self->slot[i];
        if (person->number != 0 && (c == EVERYBODY || person->class == c)) sum += wks_queue_measured(queue, person->arrived);
    }
    return sum;
}

static uint64_t hash(const wks_queue *queue, uint64_t hash_so_far)
{
    const service *self = queue->state;
    uint64_t result = wks_columns_mix(hash_so_far, wks_columns_bits(self->next_arrival));
    uint64_t sum = 0; /* events in any order */

    result = wks_columns_mix(result, self->last_number);
    result = wks_columns_mix(result, self->n_offers);
    for (int32_t k = 0; k < 2; k++) {
        for (int32_t at = self->line[k].first; at >= 0; at = self->slot[at].behind)
            result = wks_columns_mix(result, self->slot[at].number);
    }
    for (int32_t i = 0; i < self->events.n; i++) {
        const wks_events_item *event = &self->events.item[i];
        sum += wks_columns_mix(wks_columns_mix(event->number, wks_columns_bits(event->time)), (uint64_t)(uint32_t)event->kind);
    }
    return wks_columns_mix(result, sum);
}

/* ---- carried over ---------------------------------------------------------------------------------------------------------------- */

static void carry_seeker(seeker *person, const wks_queue *queue, int32_t n_slots, wks_carry *carry)
{
    WKS_CARRY_FIELD(carry, person->number);
    wks_carry_double(carry, &person->arrived);
    wks_carry_i32(carry, &person->class);
    wks_carry_i32(carry, &person->line);
    wks_carry_i32(carry, &person->before);
    wks_carry_i32(carry, &person->behind);
    wks_carry_must(carry,
                   person->class >= 0 && person->class < queue->n_classes && (person->line == 0 || person->line == 1) &&
                       person->before >= WKS_NONE && person->before < n_slots && person->behind >= WKS_NONE && person->behind < n_slots,
                   "a seeker who cannot be");
}

static bool is_slot(const service *self, int32_t slot)
{
    return slot >= WKS_NONE && slot < self->n_slots;
}

/* Every slot is free, or in its own line at its own place. */
static bool are_lines(const service *self)
{
    int32_t n = 0;

    if (!is_slot(self, self->free_slot)) return false;
    for (int32_t k = 0; k < 2; k++) {
        int32_t before = WKS_NONE;
        if (!is_slot(self, self->line[k].first) || !is_slot(self, self->line[k].last)) return false;
        for (int32_t at = self->line[k].first; at >= 0; before = at, at = self->slot[at].behind) {
            const seeker *person = &self->slot[at];
            if (++n > self->n_slots || person->number == 0 || person->line != k || person->before != before) return false;
        }
        if (self->line[k].last != before) return false;
    }
    for (int32_t at = self->free_slot; at >= 0; at = self->slot[at].behind)
        if (++n > self->n_slots || self->slot[at].number != 0) return false;
    return n == self->n_slots;
}

static void carry_state(wks_queue *queue, wks_carry *carry)
{
    service *self = queue->state;
    int32_t n = self->n_slots;

    wks_carry_i64(carry, &self->n_vacant);
    wks_carry_double(carry, &self->next_arrival);
    wks_carry_must(carry, self->next_arrival >= queue->now, "somebody who comes in the past");
    WKS_CARRY_FIELD(carry, self->last_number);
    WKS_CARRY_FIELD(carry, self->n_offers);
    wks_carry_i32(carry, &self->free_slot);
    for (int32_t k = 0; k < 2; k++) {
        wks_carry_i32(carry, &self->line[k].first);
        wks_carry_i32(carry, &self->line[k].last);
    }
    wks_carry_count(carry, &n, 2 * sizeof(uint64_t) + 4 * sizeof(int32_t));
    self->slot = wks_carry_room(carry, self->slot, (size_t)self->capacity, (size_t)n, sizeof *self->slot);
    if (wks_carry_failed(carry)) return;
    if (self->capacity < n) self->capacity = n;
    self->n_slots = n;
    for (int32_t i = 0; i < n; i++)
        carry_seeker(&self->slot[i], queue, n, carry);
    if (!wks_carry_failed(carry)) wks_carry_must(carry, are_lines(self), "a line that is broken");
    wks_events_carry(&self->events, n, carry);
}

static void end(wks_queue *queue)
{
    service *self = queue->state;

    if (self == NULL) return;
    wks_events_free(&self->events);
    free(self->slot);
    free(self);
}

const wks_queue_kind wks_service_kind = {begin, advance, still, hash, carry_state, end};
