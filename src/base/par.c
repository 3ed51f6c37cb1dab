#include "base/par.h"

#include <omp.h>

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

void wks_par_for(int64_t n, int64_t block_size, int threads, wks_par_body *body, void *context)
{
    int64_t size = size_of_block(block_size);
    int64_t n_blocks = wks_par_blocks(n, size);
    int used = threads > n_blocks ? (int)n_blocks : threads;
    if (used <= 1 || omp_in_parallel()) {
        for (int64_t block = 0; block < n_blocks; block++)
            run_block(n, size, block, body, context);
        return;
    }
#pragma omp parallel for num_threads(used) schedule(monotonic : dynamic, 1)
    for (int64_t block = 0; block < n_blocks; block++)
        run_block(n, size, block, body, context);
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
    if (used <= 1 || omp_in_parallel()) { /* one at a time: each may use all threads inside */
        for (int64_t i = 0; i < n; i++)
            job(i, context);
        return;
    }
#pragma omp parallel for num_threads(used) schedule(monotonic : dynamic, 1)
    for (int64_t i = 0; i < n; i++)
        job(i, context);
}

int wks_par_default_threads(void)
{
    int threads = omp_get_max_threads(); /* OMP_NUM_THREADS, else the processors in this process' affinity mask */
    return threads < 1 ? 1 : threads;
}
