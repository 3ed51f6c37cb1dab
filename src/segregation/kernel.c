#include "segregation/kernel.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/par.h"
#include "num/math.h"
#include "num/points.h"

enum { AROUND_BLOCK = 512, CHUNK = 256 };
static const double EXP_IS_ZERO = 746.0; /* wks_math_exp(-745.2) is 0 */

/* ---- residents around an area ---- */

/* Weights of n distances, none beyond max. */
static void weigh(const wks_index_kernel *kernel, double *restrict distance, double *restrict weight, size_t n)
{
    if (kernel->kind == WKS_INDEX_BIWEIGHT) {
        for (size_t k = 0; k < n; k++) {
            const double u = distance[k] / kernel->max, rest = 1.0 - u * u;
            weight[k] = rest * rest;
        }
        return;
    }
    for (size_t k = 0; k < n; k++)
        distance[k] = kernel->rate > 0.0 ? -kernel->rate * distance[k] : 0.0;
    wks_math_exp_array(distance, weight, n);
}

double wks_kernel_weight(const wks_index_kernel *kernel, double distance)
{
    double weight;
    if (distance > kernel->max) return 0.0;
    weigh(kernel, &distance, &weight, 1);
    return weight;
}

typedef struct wks_kernel_job {
    const wks_index_kernel *kernel;
    const wks_points *points; /* areas that take part, in order of cell */
    const double *mass;       /* n * width: their residents, an area after the other */
    size_t n_groups, n_areas;
    size_t width; /* n_groups, up to a whole number of packs; 0 for the groups that fill up */
    double *around;
} job;

/* Distances from (x, y) to the areas [begin, begin + n) that lie within max, and which those are; returns how many. */
static size_t within(const job *self, double x, double y, size_t begin, size_t n, double *restrict distance, int32_t *restrict which)
{
    const double *px = self->points->x + begin, *py = self->points->y + begin, max = self->kernel->max;
    double all[CHUNK];
    size_t kept = 0;
    for (size_t k = 0; k < n; k++) {
        const double dx = px[k] - x, dy = py[k] - y;
        all[k] = sqrt(dx * dx + dy * dy);
    }
    for (size_t k = 0; k < n; k++) {
        distance[kept] = all[k];
        which[kept] = (int32_t)k;
        kept += all[k] <= max;
    }
    return kept;
}

/* Groups at a time, whose sums stay in registers. */
enum { PACK = 4 };

static void add_pack(const double *mass, size_t width, const double *weight, const int32_t *which, size_t n, double *sum)
{
    double total[PACK] = {0};
    for (size_t k = 0; k < n; k++) {
        const double *of = mass + (size_t)which[k] * width;
        for (int g = 0; g < PACK; g++)
            total[g] += weight[k] * of[g];
    }
    for (int g = 0; g < PACK; g++)
        sum[g] += total[g];
}

static void add_run(const job *self, size_t at, size_t begin, size_t end, double *sum)
{
    double distance[CHUNK], weight[CHUNK];
    int32_t which[CHUNK];
    for (size_t from = begin; from < end; from += CHUNK) {
        const size_t n = end - from < CHUNK ? end - from : CHUNK;
        const size_t kept = within(self, self->points->x[at], self->points->y[at], from, n, distance, which);
        weigh(self->kernel, distance, weight, kept);
        for (size_t g = 0; g < self->width; g += PACK)
            add_pack(self->mass + from * self->width + g, self->width, weight, which, kept, sum + g);
    }
}

static bool is_same_cell(const wks_points *points, size_t a, size_t b)
{
    return points->line[a] == points->line[b] && points->column[a] == points->column[b];
}

enum { MOST_GROUPS_AT_ONCE = 16 * PACK };

/* Groups from `first` on, so many as `sum` holds. */
static void around_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const job *self = context;
    wks_points_runs runs = {{0}, {0}};
    double sum[MOST_GROUPS_AT_ONCE];
    (void)block;
    for (size_t at = (size_t)begin; at < (size_t)end; at++) {
        if (at == (size_t)begin || !is_same_cell(self->points, at - 1, at)) wks_points_around(self->points, at, &runs);
        memset(sum, 0, sizeof sum);
        for (int k = 0; k < 3; k++)
            add_run(self, at, runs.begin[k], runs.end[k], sum);
        for (size_t g = 0; g < self->n_groups; g++)
            self->around[g * self->n_areas + (size_t)self->points->row[at]] = sum[g];
    }
}

static bool is_sound(const wks_index_kernel *kernel)
{
    if (kernel->kind == WKS_INDEX_BIWEIGHT) return isfinite(kernel->max) && kernel->max > 0.0;
    return kernel->rate >= 0.0 && kernel->max >= 0.0;
}

static double reach_of(const wks_index_kernel *kernel)
{
    if (kernel->kind == WKS_INDEX_BIWEIGHT || !(kernel->rate > 0.0)) return kernel->max;
    return fmin(kernel->max, EXP_IS_ZERO / kernel->rate);
}

/* x where an area has residents, else NaN. */
static double *inhabited(const wks_table *table, const double *x)
{
    double *out = wks_mem_array(table->n_areas, sizeof *out);
    for (size_t i = 0; out != NULL && i < table->n_areas; i++)
        out[i] = table->total[i] > 0.0 ? x[i] : (double)NAN;
    return out;
}

wks_status wks_kernel_around(const wks_table *table, const double *x, const double *y, const wks_index_kernel *kernel, int threads,
                             double *around, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = table->n_areas;
    double *where = inhabited(table, x), *mass = NULL;
    wks_points points = {.n = 0};

    WKS_BUG_IF(!is_sound(kernel));
    if (where == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for places of %zu areas", n);
    WKS_TRY(wks_points_create(where, y, n, reach_of(kernel), &points, err));
    for (size_t k = 0; k < table->n_groups * n; k++)
        around[k] = (double)NAN;
    for (size_t first = 0; first < table->n_groups; first += MOST_GROUPS_AT_ONCE) {
        const size_t rest = table->n_groups - first, n_groups = rest < MOST_GROUPS_AT_ONCE ? rest : MOST_GROUPS_AT_ONCE;
        const size_t width = (n_groups + PACK - 1) / PACK * PACK;
        free(mass);
        mass = wks_mem_array(points.n, width * sizeof *mass);
        if (mass == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for residents of %zu areas", n);
        for (size_t k = 0; k < points.n; k++) {
            for (size_t g = 0; g < n_groups; g++)
                mass[k * width + g] = table->count[(first + g) * n + (size_t)points.row[k]];
        }
        job self = {kernel, &points, mass, n_groups, n, width, around + first * n};
        wks_par_for((int64_t)points.n, AROUND_BLOCK, threads, around_block, &self);
    }
out:
    free(where);
    free(mass);
    wks_points_free(&points);
    return rc;
}

/* ---- indices ---- */

/* Sums that every block of areas makes: by group, then by pair of groups. sum[s * n_blocks + block]. */
enum { SUM_ENTROPY, SUM_DISTANCE, SUM_INTERACTION, SUM_NEAR, N_SUMS };

typedef struct wks_kernel_sums {
    const wks_table *table;
    const double *around;
    const double *part; /* of each group in all residents; NULL in the first pass */
    double *sum;
    int64_t n_blocks;
    bool with_pairs;
} sums;

static bool is_kept(const sums *self, size_t i)
{
    return self->table->n_groups > 0 && !isnan(self->around[i]);
}

static void count_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const sums *self = context;
    for (size_t g = 0; g < self->table->n_groups; g++) {
        const double *count = wks_table_group(self->table, g);
        double sum = 0.0;
        for (size_t i = (size_t)begin; i < (size_t)end; i++)
            sum += is_kept(self, i) ? count[i] : 0.0;
        self->sum[(int64_t)g * self->n_blocks + block] = sum;
    }
}

static void add_pairs(const sums *self, size_t i, double all, double *sum)
{
    const size_t n_groups = self->table->n_groups, n = self->table->n_areas;
    for (size_t g = 0; g < n_groups; g++) {
        const double count = self->table->count[g * n + i];
        for (size_t v = 0; v < n_groups; v++)
            sum[(int64_t)(g * n_groups + v) * self->n_blocks] += count * (self->around[v * n + i] / all);
    }
}

static void measure_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const sums *self = context;
    const size_t n_groups = self->table->n_groups, n = self->table->n_areas;
    double *near_own = self->sum + N_SUMS * self->n_blocks + block, total[N_SUMS] = {0};
    for (size_t i = (size_t)begin; i < (size_t)end; i++) {
        double all = 0.0, entropy = 0.0, distance = 0.0, interaction = 0.0, before = 0.0;
        if (!is_kept(self, i)) continue;
        for (size_t g = 0; g < n_groups; g++)
            all += self->around[g * n + i];
        for (size_t g = 0; g < n_groups; g++) {
            const double near = self->around[g * n + i], share = near / all;
            if (share > 0.0) entropy -= share * wks_math_log(share);
            distance += fabs(share - self->part[g]);
            interaction += 2.0 * share * before; /* sum of p (1 - p) by pairs: keeps its digits where one group is nearly all */
            before += share;
            near_own[(int64_t)g * self->n_blocks] += self->table->count[g * n + i] * near;
        }
        total[SUM_ENTROPY] += self->table->total[i] * entropy;
        total[SUM_DISTANCE] += self->table->total[i] * distance;
        total[SUM_INTERACTION] += self->table->total[i] * interaction;
        total[SUM_NEAR] += self->table->total[i] * all;
        if (self->with_pairs) add_pairs(self, i, all, near_own + (int64_t)n_groups * self->n_blocks);
    }
    for (int s = 0; s < N_SUMS; s++)
        self->sum[s * self->n_blocks + block] = total[s];
}

static double sum_of(const sums *self, size_t s)
{
    return wks_par_sum(self->sum + (int64_t)s * self->n_blocks, self->n_blocks);
}

/* Residents of each group in the areas kept, then their sum. */
static double count_kept(sums *self, int threads, double *group)
{
    double all = 0.0;
    wks_par_for((int64_t)self->table->n_areas, 0, threads, count_block, self);
    for (size_t g = 0; g < self->table->n_groups; g++) {
        group[g] = sum_of(self, g);
        all += group[g];
    }
    return all;
}

static void indices_of(const sums *self, const double *group, double all, wks_kernel_indices *out)
{
    const size_t n_groups = self->table->n_groups;
    double entropy = 0.0, interaction = 0.0, before = 0.0, near_own = 0.0;
    int present = 0;
    for (size_t g = 0; g < n_groups; g++) {
        if (!(group[g] > 0.0)) continue;
        present++;
        entropy -= self->part[g] * wks_math_log(self->part[g]);
        interaction += 2.0 * self->part[g] * before;
        before += self->part[g];
        near_own += sum_of(self, N_SUMS + g) / group[g];
    }
    if (present > 0) out->proximity = near_own * all / sum_of(self, SUM_NEAR);
    if (present < 2) return;
    out->information = 1.0 - sum_of(self, SUM_ENTROPY) / (all * entropy);
    out->dissimilarity = sum_of(self, SUM_DISTANCE) / (2.0 * all * interaction);
    out->diversity = 1.0 - sum_of(self, SUM_INTERACTION) / (all * interaction);
}

wks_status wks_kernel_measure(const wks_table *table, const double *around, int threads, wks_kernel_indices *out, double *exposure,
                              wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n_groups = table->n_groups, n_pairs = exposure != NULL ? n_groups * n_groups : 0;
    const int64_t n_blocks = wks_par_blocks((int64_t)table->n_areas, 0);
    double *group = wks_mem_array(2 * n_groups, sizeof *group);
    double *sum = wks_mem_array(N_SUMS + n_groups + n_pairs, (size_t)n_blocks * sizeof *sum);
    sums self = {.table = table, .around = around, .sum = sum, .n_blocks = n_blocks, .with_pairs = exposure != NULL};

    *out = (wks_kernel_indices){(double)NAN, (double)NAN, (double)NAN, (double)NAN};
    if (group == NULL || sum == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for sums of %zu groups", n_groups);
    const double all = count_kept(&self, threads, group);
    memset(sum, 0, (N_SUMS + n_groups + n_pairs) * (size_t)n_blocks * sizeof *sum);
    for (size_t g = 0; g < n_groups; g++)
        group[n_groups + g] = group[g] / all;
    self.part = group + n_groups;
    wks_par_for((int64_t)table->n_areas, 0, threads, measure_block, &self);
    indices_of(&self, group, all, out);
    for (size_t p = 0; p < n_pairs; p++) {
        const double of = group[p / n_groups];
        exposure[p] = of > 0.0 ? sum_of(&self, N_SUMS + n_groups + p) / of : (double)NAN;
    }
out:
    free(group);
    free(sum);
    return rc;
}
