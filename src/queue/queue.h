/* Models without a city, with known answers: one replication of a pool, separate lotteries, a queue in continuous time, or seekers who choose.
 * One thread: what is simulated is small. Every draw is keyed by person, tick and purpose. docs/odd.md, "queue". */
#ifndef WKS_QUEUE_QUEUE_H
#define WKS_QUEUE_QUEUE_H

#include "base/carry.h"
#include "base/rng.h"
#include "measure/series.h"
#include "queue/tally.h"
#include "scenario/scenario.h"

typedef struct wks_queue wks_queue;

/** What a model does; its own state hangs at queue->state. */
typedef struct wks_queue_kind {
    wks_status (*begin)(wks_queue *queue, wks_err *err);
    /** To the end of tick `tick`, one or more ticks on. */
    wks_status (*advance)(wks_queue *queue, int32_t tick, wks_err *err);
    /** Time that those of class c who still wait have waited inside the measured time; NULL: the model has no queue. */
    double (*still)(const wks_queue *queue, int32_t c);
    uint64_t (*hash)(const wks_queue *queue, uint64_t hash);
    /** Carries queue->state over; read into one that has begun. */
    void (*carry)(wks_queue *queue, wks_carry *carry);
    void (*end)(wks_queue *queue);
} wks_queue_kind;

enum { WKS_QUEUE_MAX_CLASSES = WKS_MODEL_MAX_TYPES + 1 };

struct wks_queue {
    const wks_scenario *scenario;
    wks_rng_seed seed;
    const wks_queue_kind *kind;
    void *state;
    double now, from;                         /* time in ticks; measured from there */
    wks_tally tally[WKS_QUEUE_MAX_CLASSES];   /* class 0: everybody */
    const char *group[WKS_QUEUE_MAX_CLASSES]; /* in the tables; "" for class 0 */
    int32_t n_classes;
    int64_t n_persons, n_first; /* separate lotteries: who reacted, who was first at least once */
};

wks_status wks_queue_create(const wks_scenario *scenario, wks_rng_seed seed, wks_queue **out, wks_err *err);
void wks_queue_destroy(wks_queue *queue);
wks_status wks_queue_advance(wks_queue *queue, int32_t tick, wks_err *err);
/** Appends the rows of city.csv: the same rows at every tick. What is not defined (nobody housed yet) is NaN. */
wks_status wks_queue_rows(const wks_queue *queue, wks_series *out, wks_err *err);
/** Little's law holds for every class; else WKS_ERR_LAW, that is a mistake of the program. */
wks_status wks_queue_check(const wks_queue *queue, wks_err *err);
/** Carries the whole state over; read into one just created for the same scenario and seed. Damaged bytes are WKS_ERR_DATA. */
wks_status wks_queue_carry(wks_queue *queue, wks_carry *carry, wks_err *err);
/** Hash of the whole state. */
uint64_t wks_queue_hash(const wks_queue *queue);

/* For the models: what happens at queue->now to somebody of class c (and with it to class 0). */
/** Time goes on to `time`. */
void wks_queue_pass(wks_queue *queue, double time);
void wks_queue_come(wks_queue *queue, int32_t c, bool finds_vacant);
/** Joins those who wait, or starts there. */
void wks_queue_wait(wks_queue *queue, int32_t c);
/** Stops waiting; waited since `since`. */
void wks_queue_stop(wks_queue *queue, int32_t c, double since);
void wks_queue_house(wks_queue *queue, int32_t c, double since, double fit);
void wks_queue_leave(wks_queue *queue, int32_t c);
/** What somebody waiting since `since` has waited inside the measured time. */
double wks_queue_measured(const wks_queue *queue, double since);

#endif
