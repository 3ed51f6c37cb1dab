#include "base/par.h"

#include <omp.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/crew.h"
#include "base/mem.h"

enum { PAR_MOST_TABLES = 64 };

static int64_t size_of_block(int64_t block_size)
{
    return block_size > 0 ? block_size : WKS_PAR_BLOCK;
}

int64_t wks_par_block_size(int64_t n, int64_t least)
{
    const int64_t size = n <= 0 ? 0 : (n - 1) / PAR_MOST_TABLES + 1;
    return size < least ? least : size;
}

int64_t wks_par_blocks(int64_t n, int64_t block_size)
{
    int64_t size = size_of_block(block_size);
    return n <= 0 ? 0 : (n - 1) / size + 1;
}

static void run_block(int64_t n, int64_t size, int64_t block, wks_par_body *body, void *context)
{
    int64_t begin = block * size;
    int64_t end = n - begin < size ? n : begin + size;
    body(begin, end, block, context);
}

typedef struct loop {
    int64_t n, size;
    wks_par_body *body;
    void *context;
} loop;

static void run_block_of(int64_t block, void *context)
{
    const loop *self = context;
    run_block(self->n, self->size, block, self->body, self->context);
}

/* True inside a loop or a job that runs side by side with others. */
static bool is_inside(void)
{
    return wks_crew_is_inside() || omp_in_parallel();
}

void wks_par_for(int64_t n, int64_t block_size, int threads, wks_par_body *body, void *context)
{
    loop self = {.n = n, .size = size_of_block(block_size), .body = body, .context = context};
    const int64_t n_blocks = wks_par_blocks(n, self.size);
    const int used = threads > n_blocks ? (int)n_blocks : threads;

    if (used <= 1 || is_inside()) {
        for (int64_t block = 0; block < n_blocks; block++)
            run_block(n, self.size, block, body, context);
        return;
    }
    wks_crew_run(n_blocks, used - 1, run_block_of, &self);
}

double wks_par_sum(const double *block_value, int64_t n_blocks)
{
    double sum = 0;
    for (int64_t block = 0; block < n_blocks; block++)
        sum += block_value[block];
    return sum;
}

void wks_par_jobs(int64_t n, int threads, wks_par_job *job, void *context)
{
    int used = threads > n ? (int)n : threads;
    if (used <= 1 || is_inside()) { /* one at a time: each may use all threads inside */
        for (int64_t i = 0; i < n; i++)
            job(i, context);
        return;
    }
#pragma omp parallel for num_threads(used) schedule(monotonic : dynamic, 1)
    for (int64_t i = 0; i < n; i++)
        job(i, context);
}

void wks_par_each(int64_t n, int threads, wks_par_job *job, void *context)
{
    const int used = threads > n ? (int)n : threads;

    if (used <= 1 || is_inside()) {
        for (int64_t i = 0; i < n; i++)
            job(i, context);
        return;
    }
    wks_crew_run(n, used - 1, job, context);
}

/* Jobs side by side on threads that are not OpenMP's own: a parallel loop in one of them is no nested loop. */
typedef struct wks_par_queue {
    int64_t n, next;
    wks_par_job *job;
    void *context;
    pthread_mutex_t lock;
} queue;

static void *work(void *argument)
{
    queue *self = argument;
    for (;;) {
        (void)pthread_mutex_lock(&self->lock);
        const int64_t i = self->next < self->n ? self->next++ : -1;
        (void)pthread_mutex_unlock(&self->lock);
        if (i < 0) return NULL;
        self->job(i, self->context);
    }
}

void wks_par_side_by_side(int64_t n, int at_once, wks_par_job *job, void *context)
{
    queue all = {.n = n, .job = job, .context = context};
    const int wanted = (at_once > n ? (int)n : at_once) - 1; /* beside this thread */
    pthread_t *helper = wanted <= 0 ? NULL : wks_mem_array((size_t)wanted, sizeof *helper);
    int n_helpers = 0;

    pthread_mutex_init(&all.lock, NULL);
    while (helper != NULL && n_helpers < wanted && pthread_create(&helper[n_helpers], NULL, work, &all) == 0)
        n_helpers++;
    (void)work(&all);
    for (int i = 0; i < n_helpers; i++)
        (void)pthread_join(helper[i], NULL);
    free(helper);
    pthread_mutex_destroy(&all.lock);
}

int wks_par_processors(void)
{
    return omp_get_num_procs();
}

int wks_par_default_threads(void)
{
    int threads = omp_get_max_threads(); /* OMP_NUM_THREADS, else the processors in this process' affinity mask */
    return threads < 1 ? 1 : threads;
}
