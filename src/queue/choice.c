#include "queue/choice.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "queue/pick.h"
#include "scenario/keys.h"
#include "world/columns.h"

typedef struct seeker {
    uint64_t number; /* from 1, in order of joining: the key of draws */
    int32_t joined;  /* at the end of this tick */
    int32_t type;
    uint64_t lot; /* for all complexes, where it is kept; on a list: of who came to its end in the same tick */
} seeker;

typedef struct choice {
    seeker *person; /* n, in order of the list */
    seeker *moved;  /* who refused this tick, or room for them */
    int32_t n, capacity;
    int32_t n_dwellings, n_joining; /* each tick */
    double leaves;                  /* chance, each tick */
    bool is_kept;
    double least[WKS_MODEL_MAX_TYPES]; /* value of a dwelling from which a type takes it */
    double up_to[WKS_MODEL_MAX_TYPES]; /* cumulative shares of types */
    int32_t tick;
    uint64_t last_number;
    double *value; /* of this tick's complex to each seeker */
    uint64_t *lot, *scratch;
    uint8_t *chosen;
} choice;

/* ---- what seekers do ------------------------------------------------------------------------------------------------------------ */

double wks_choice_least(double again, double outside)
{
    return (1 - sqrt(1 - again * (again + 2 * (1 - again) * outside))) / again;
}

double wks_choice_housed(double again, double accepts)
{
    return again * accepts / (1 - again * (1 - accepts));
}

double wks_choice_again(const wks_model *model, double most)
{
    const double wanted = model->settings.value[WKS_KEYS_CHOICE_DWELLINGS] / model->settings.value[WKS_KEYS_CHOICE_JOINING];
    double low = 0, high = most;

    for (int i = 0; i < 60; i++) {
        const double middle = (low + high) / 2;
        double housed = 0;
        for (int32_t t = 0; t < model->n_types; t++) {
            const double accepts = 1 - wks_choice_least(middle, model->type[t].value[WKS_KEYS_TYPE_OUTSIDE]);
            housed += model->type[t].value[WKS_KEYS_TYPE_SHARE] * wks_choice_housed(middle, accepts);
        }
        if (housed < wanted) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return high;
}

/* ---- one tick ------------------------------------------------------------------------------------------------------------------- */

/* What this tick's complex is worth to each, and the lots; who does not want it has lot 0. Returns how many want it. */
static int32_t look(const wks_queue *queue)
{
    choice *self = queue->state;
    int32_t n_wanting = 0;

    for (int32_t i = 0; i < self->n; i++) {
        const seeker *person = &self->person[i];
        uint32_t word[4];
        wks_rng_four(&queue->seed, person->number, (uint32_t)self->tick, WKS_RNG_QUEUE_VALUE, word);
        self->value[i] = wks_rng_unit64((uint64_t)word[1] << 32 | word[0]);
        const bool wants = self->value[i] >= self->least[person->type];
        const uint64_t lot = self->is_kept ? person->lot : (uint64_t)word[3] << 32 | word[2];
        n_wanting += wants;
        self->lot[i] = wants ? lot | 1 : 0;
    }
    return n_wanting;
}

/* Of those who want, the largest lots. */
static void draw(choice *self, int32_t n_wanting)
{
    wks_pick_largest(self->lot, self->n, n_wanting < self->n_dwellings ? n_wanting : self->n_dwellings, self->scratch, self->chosen);
}

/* Down the list while there are dwellings. Returns how many were asked. */
static int32_t offer(choice *self)
{
    int32_t n_left = self->n_dwellings, i = 0;

    for (; i < self->n && n_left > 0; i++) {
        self->chosen[i] = self->lot[i] != 0;
        n_left -= self->chosen[i];
    }
    for (int32_t k = i; k < self->n; k++)
        self->chosen[k] = 0;
    return i;
}

/* Takes out the chosen; of the first n_asked the others go to the end of the list. Returns where that end begins. */
static int32_t house(wks_queue *queue, int32_t n_asked)
{
    choice *self = queue->state;
    int32_t n_kept = 0, n_moved = 0;

    for (int32_t i = 0; i < self->n; i++) {
        const seeker *person = &self->person[i];
        if (self->chosen[i] != 0) {
            wks_queue_stop(queue, 1 + person->type, (double)person->joined);
            wks_queue_house(queue, 1 + person->type, (double)person->joined, self->value[i]);
        } else if (i < n_asked) {
            self->moved[n_moved++] = *person;
        } else {
            self->person[n_kept++] = *person;
        }
    }
    for (int32_t i = 0; i < n_moved; i++)
        self->person[n_kept + i] = self->moved[i];
    self->n = n_kept + n_moved;
    return n_kept;
}

/* Room for so many more. */
static wks_status make_room(choice *self, int32_t more, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t old = (size_t)self->capacity, needed = (size_t)self->n + (size_t)more;

    if (needed <= old) return WKS_OK;
    const size_t larger = wks_mem_capacity(old, needed);
    seeker *person = wks_mem_resize(self->person, old, larger, sizeof *person);
    if (person != NULL) self->person = person;
    seeker *moved = wks_mem_resize(self->moved, old, larger, sizeof *moved);
    if (moved != NULL) self->moved = moved;
    double *value = wks_mem_resize(self->value, old, larger, sizeof *value);
    if (value != NULL) self->value = value;
    uint64_t *lot = wks_mem_resize(self->lot, old, larger, sizeof *lot);
    if (lot != NULL) self->lot = lot;
    uint64_t *scratch = wks_mem_resize(self->scratch, old, larger, sizeof *scratch);
    if (scratch != NULL) self->scratch = scratch;
    uint8_t *chosen = wks_mem_resize(self->chosen, old, larger, sizeof *chosen);
    if (chosen != NULL) self->chosen = chosen;
    if (person == NULL || moved == NULL || value == NULL || lot == NULL || scratch == NULL || chosen == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu seekers", larger);
    self->capacity = (int32_t)larger;
out:
    return rc;
}

static wks_status join(wks_queue *queue, wks_err *err)
{
    wks_status rc = WKS_OK;
    choice *self = queue->state;

    WKS_TRY(make_room(self, self->n_joining, err));
    for (int32_t i = 0; i < self->n_joining; i++) {
        seeker person = {.number = ++self->last_number, .joined = self->tick};
        uint32_t word[4];
        wks_rng_four(&queue->seed, person.number, 0, WKS_RNG_QUEUE_TYPE, word);
        const double u = wks_rng_unit64((uint64_t)word[1] << 32 | word[0]);
        while (person.type + 1 < queue->n_classes - 1 && u >= self->up_to[person.type])
            person.type++;
        person.lot = (uint64_t)word[3] << 32 | word[2];
        self->person[self->n++] = person;
        wks_queue_wait(queue, 1 + person.type);
    }
out:
    return rc;
}

static int by_lot(const void *left, const void *right)
{
    const seeker *a = left, *b = right;
    if (a->lot != b->lot) return a->lot < b->lot ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

/* Who came to the end of the list this tick, by refusing or by joining, stands there in an order drawn anew: neither has an advantage. */
static void shuffle_end(const wks_queue *queue, int32_t from)
{
    choice *self = queue->state;

    for (int32_t i = from; i < self->n; i++) {
        uint32_t word[4];
        wks_rng_four(&queue->seed, self->person[i].number, (uint32_t)self->tick, WKS_RNG_QUEUE_LOT, word);
        self->person[i].lot = (uint64_t)word[1] << 32 | word[0];
    }
    if (self->n > from) qsort(self->person + from, (size_t)(self->n - from), sizeof *self->person, by_lot);
}

static void leave(wks_queue *queue)
{
    choice *self = queue->state;
    int32_t n_kept = 0;

    for (int32_t i = 0; i < self->n; i++) {
        const seeker *person = &self->person[i];
        const double u = wks_rng_once(&queue->seed, person->number, (uint32_t)self->tick, WKS_RNG_QUEUE_PATIENCE);
        if (u < self->leaves) {
            wks_queue_stop(queue, 1 + person->type, (double)person->joined);
            wks_queue_leave(queue, 1 + person->type);
        } else {
            self->person[n_kept++] = *person;
        }
    }
    self->n = n_kept;
}

static wks_status advance(wks_queue *queue, int32_t tick, wks_err *err)
{
    wks_status rc = WKS_OK;
    choice *self = queue->state;
    const bool is_lottery = queue->scenario->model.by_lot, is_list = !is_lottery && !self->is_kept; /* refusing costs the place */

    while (self->tick < tick) {
        int32_t n_asked = 0;
        self->tick++;
        wks_queue_pass(queue, (double)self->tick);
        const int32_t n_wanting = look(queue);
        if (is_lottery) {
            draw(self, n_wanting);
        } else {
            n_asked = offer(self);
        }
        const int32_t end_begins = house(queue, is_list ? n_asked : 0);
        WKS_TRY(join(queue, err));
        if (is_list) shuffle_end(queue, end_begins);
        leave(queue);
    }
out:
    return rc;
}

/* ---- the kind ------------------------------------------------------------------------------------------------------------------- */

static wks_status begin(wks_queue *queue, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_model *model = &queue->scenario->model;
    choice *self = wks_mem_array(1, sizeof *self);
    double sum = 0;

    queue->state = self;
    if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for seekers");
    self->n_dwellings = (int32_t)model->settings.value[WKS_KEYS_CHOICE_DWELLINGS];
    self->n_joining = (int32_t)model->settings.value[WKS_KEYS_CHOICE_JOINING];
    self->leaves = 1 / model->settings.value[WKS_KEYS_CHOICE_PATIENCE];
    self->is_kept = (int32_t)model->settings.value[WKS_KEYS_CHOICE_PRIORITY] == WKS_KEYS_PRIORITY_KEPT;
    const double stays = 1 - self->leaves; /* with a kept priority that is enough, every complex is within reach */
    const double again = self->is_kept ? stays : wks_choice_again(model, stays);
    for (int32_t t = 0; t < model->n_types; t++) {
        const double outside = model->type[t].value[WKS_KEYS_TYPE_OUTSIDE];
        self->least[t] = again > 0 ? wks_choice_least(again, outside) : outside;
        sum += model->type[t].value[WKS_KEYS_TYPE_SHARE];
        self->up_to[t] = sum;
    }
out:
    return rc;
}

static double still(const wks_queue *queue, int32_t c)
{
    const choice *self = queue->state;
    double sum = 0;

    for (int32_t i = 0; i < self->n; i++) {
        if (c == 0 || self->person[i].type == c - 1) sum += wks_queue_measured(queue, (double)self->person[i].joined);
    }
    return sum;
}

static uint64_t hash(const wks_queue *queue, uint64_t hash_so_far)
{
    const choice *self = queue->state;
    uint64_t result = hash_so_far;

    for (int32_t i = 0; i < self->n; i++) {
        result = wks_columns_mix(result, self->person[i].number);
        result = wks_columns_mix(result, (uint64_t)(uint32_t)self->person[i].joined);
    }
    return result;
}

static void carry_state(wks_queue *queue, wks_carry *carry)
{
    choice *self = queue->state;
    int32_t n = self->n;
    wks_err unused = WKS_ERR_INIT;

    wks_carry_i32(carry, &self->tick);
    WKS_CARRY_FIELD(carry, self->last_number);
    wks_carry_count(carry, &n, 2 * sizeof(uint64_t) + 2 * sizeof(int32_t));
    wks_carry_must(carry, self->tick == (int32_t)queue->now, "seekers of another tick");
    if (wks_carry_failed(carry)) return;
    if (wks_carry_reads(carry)) {
        self->n = 0;
        if (make_room(self, n, &unused) != WKS_OK) carry->in->no_memory = true;
        if (wks_carry_failed(carry)) return;
        self->n = n;
    }
    for (int32_t i = 0; i < n; i++) {
        seeker *person = &self->person[i];
        WKS_CARRY_FIELD(carry, person->number);
        wks_carry_i32(carry, &person->joined);
        wks_carry_i32(carry, &person->type);
        WKS_CARRY_FIELD(carry, person->lot);
        wks_carry_must(carry, person->type >= 0 && person->type < queue->n_classes - 1, "a seeker of a type that is not there");
        if (wks_carry_failed(carry)) person->type = 0;
    }
}

static void end(wks_queue *queue)
{
    choice *self = queue->state;

    if (self == NULL) return;
    free(self->person);
    free(self->moved);
    free(self->value);
    free(self->lot);
    free(self->scratch);
    free(self->chosen);
    free(self);
}

const wks_queue_kind wks_choice_kind = {begin, advance, still, hash, carry_state, end};
