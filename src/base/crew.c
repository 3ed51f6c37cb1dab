#include "base/crew.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stddef.h>

/* How long to look for work before sleeping: some 10 microseconds without a word to the system, then a thousand turns in which another process may have the
 * processor, half a millisecond when none wants it. Between two loops of a tick lies mostly less. */
enum { SPINS = 400, YIELDS = 1000, LINE = 64 };

/* A loop that is open to helpers. `gate` counts the helpers inside in its low half; a post is open while OPEN is set. A helper enters by adding one and looks
 * whether the post is open only then, so the poster, who clears OPEN and waits until nobody is inside, knows that nobody reads what it takes away. */
#define OPEN   (UINT64_C(1) << 32)
#define INSIDE (OPEN - 1)

typedef struct post {
    _Alignas(LINE) atomic_uint_fast64_t gate;
    atomic_int room; /* helpers that may still come */
    _Alignas(LINE) atomic_int_fast64_t next;
    int64_t n;
    wks_crew_body *body;
    void *context;
    atomic_bool is_taken; /* by a poster */
} post;

static post posts[WKS_CREW_POSTS];
static atomic_int n_used; /* posts that were ever taken: helpers look no further */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t called = PTHREAD_COND_INITIALIZER;
static atomic_uint_fast64_t calls; /* loops posted; changed under the lock only when somebody sleeps */
static atomic_int n_asleep;
static int n_helpers; /* under the lock */

static _Thread_local bool is_inside;

bool wks_crew_is_inside(void)
{
    return is_inside;
}

static void breathe(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#else
    atomic_signal_fence(memory_order_seq_cst);
#endif
}

static void take_blocks(post *self)
{
    const bool was_inside = is_inside;

    is_inside = true;
    for (;;) {
        const int64_t block = (int64_t)atomic_fetch_add_explicit(&self->next, 1, memory_order_relaxed);
        if (block >= self->n) break;
        self->body(block, self->context);
    }
    is_inside = was_inside;
}

/* ---- helpers ---- */

static bool help(post *self)
{
    bool helped = false;

    if ((atomic_load_explicit(&self->gate, memory_order_relaxed) & OPEN) == 0) return false;
    if ((atomic_fetch_add_explicit(&self->gate, 1, memory_order_acquire) & OPEN) != 0 &&
        atomic_load_explicit(&self->next, memory_order_relaxed) < self->n) {
        if (atomic_fetch_sub_explicit(&self->room, 1, memory_order_relaxed) > 0) {
            take_blocks(self);
            helped = true;
        } else {
            (void)atomic_fetch_add_explicit(&self->room, 1, memory_order_relaxed);
        }
    }
    (void)atomic_fetch_sub_explicit(&self->gate, 1, memory_order_release);
    return helped;
}

static bool help_any(void)
{
    const int n = atomic_load_explicit(&n_used, memory_order_acquire);
    bool helped = false;

    for (int i = 0; i < n; i++)
        helped |= help(&posts[i]);
    return helped;
}

/* Sleeps until a loop is posted after `seen`. Who posts counts first and looks for sleepers then; who sleeps does it the other way round. */
static void sleep_until_called(uint64_t seen)
{
    (void)pthread_mutex_lock(&lock);
    (void)atomic_fetch_add(&n_asleep, 1);
    while (atomic_load(&calls) == seen)
        (void)pthread_cond_wait(&called, &lock);
    (void)atomic_fetch_sub(&n_asleep, 1);
    (void)pthread_mutex_unlock(&lock);
}

static void *stand_by(void *unused)
{
    for (int idle = 0;;) {
        const uint64_t seen = atomic_load(&calls);
        if (help_any()) {
            idle = 0;
        } else if (idle < SPINS) {
            idle++;
            breathe();
        } else if (idle < SPINS + YIELDS) {
            idle++;
            (void)sched_yield();
        } else {
            sleep_until_called(seen);
            idle = 0;
        }
    }
    return unused;
}

/* Starts helpers until there are `wanted`. */
static void engage(int wanted)
{
    pthread_attr_t detached;
    pthread_t thread;

    if (pthread_attr_init(&detached) != 0) return;
    (void)pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
    (void)pthread_mutex_lock(&lock);
    while (n_helpers < wanted && n_helpers < WKS_CREW_MOST && pthread_create(&thread, &detached, stand_by, NULL) == 0)
        n_helpers++;
    (void)pthread_mutex_unlock(&lock);
    (void)pthread_attr_destroy(&detached);
}

/* ---- who has a loop ---- */

static post *take_post(void)
{
    for (int i = 0; i < WKS_CREW_POSTS; i++) {
        bool is_free = false;
        if (!atomic_compare_exchange_strong(&posts[i].is_taken, &is_free, true)) continue;
        int used = atomic_load(&n_used);
        while (used < i + 1 && !atomic_compare_exchange_weak(&n_used, &used, i + 1)) {}
        return &posts[i];
    }
    return NULL;
}

static void call_helpers(void)
{
    (void)atomic_fetch_add(&calls, 1);
    if (atomic_load(&n_asleep) == 0) return;
    (void)pthread_mutex_lock(&lock);
    (void)pthread_cond_broadcast(&called);
    (void)pthread_mutex_unlock(&lock);
}

static void close_post(post *self)
{
    (void)atomic_fetch_and_explicit(&self->gate, ~OPEN, memory_order_acq_rel);
    for (int turn = 0; (atomic_load_explicit(&self->gate, memory_order_acquire) & INSIDE) != 0; turn++) {
        if (turn < SPINS)
            breathe();
        else
            (void)sched_yield();
    }
    atomic_store_explicit(&self->is_taken, false, memory_order_release);
}

void wks_crew_run(int64_t n_blocks, int helpers, wks_crew_body *body, void *context)
{
    static atomic_int n_engaged;
    post *self = helpers <= 0 || n_blocks <= 1 ? NULL : take_post();

    if (self == NULL) {
        post alone = {.n = n_blocks, .body = body, .context = context};
        take_blocks(&alone);
        return;
    }
    if (helpers > atomic_load_explicit(&n_engaged, memory_order_relaxed)) {
        engage(helpers);
        atomic_store_explicit(&n_engaged, helpers, memory_order_relaxed);
    }
    self->n = n_blocks;
    self->body = body;
    self->context = context;
    atomic_store_explicit(&self->next, 0, memory_order_relaxed);
    atomic_store_explicit(&self->room, helpers, memory_order_relaxed);
    (void)atomic_fetch_or_explicit(&self->gate, OPEN, memory_order_release);
    call_helpers();
    take_blocks(self);
    close_post(self);
}
