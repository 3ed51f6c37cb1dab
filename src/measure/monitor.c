#include "measure/monitor.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/month.h"
#include "world/leefbaarheid.h"

enum { MONTHS = 12, KEPT = WKS_MONITOR_QUARTERS + 1 };
/* Bounds at which residents were found to leave faster once a buurt falls: "positief" to "matig positief", "zeer positief" to "positief" [S25, S25b]; mapped on
 * classes 6/7 and 7/8 of today's instrument (assumption). */
enum { EARLY = 5, EARLY_EARLY = 6 };

const char *const wks_monitor_alarm_name[WKS_MONITOR_N_ALARMS] = {"", "none", "early_early", "early", "alarm"};

/* What is counted of a buurt at the end of a quarter. */
typedef struct wks_monitor_counts {
    int32_t nuisance, social_tenants, arrears, vacant;
    int64_t vacant_months;
} counts;

struct wks_monitor {
    int32_t n_buurten, n_months, n_quarters;
    int32_t *refused, *lettings; /* n_buurten of each of the last twelve months */
    double *past;                /* of each buurt and signal the last quarters, oldest first */
    counts *count;               /* n_buurten */
    wks_monitor_row *row;
};

wks_status wks_monitor_create(const wks_world *world, wks_monitor **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = (size_t)world->buurt.base.n_rows;
    wks_monitor *self = wks_mem_array(1, sizeof *self);

    *out = self;
    if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the monitor");
    self->n_buurten = world->buurt.base.n_rows;
    self->refused = wks_mem_array(n * MONTHS, sizeof *self->refused);
    self->lettings = wks_mem_array(n * MONTHS, sizeof *self->lettings);
    self->past = wks_mem_array(n * WKS_MONITOR_N_SIGNALS * KEPT, sizeof *self->past);
    self->count = wks_mem_array(n, sizeof *self->count);
    self->row = wks_mem_array(n * WKS_MONITOR_N_SIGNALS, sizeof *self->row);
    if (self->refused == NULL || self->lettings == NULL || self->past == NULL || self->count == NULL || self->row == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the monitor of %zu buurten", n);
    for (size_t i = 0; i < n * WKS_MONITOR_N_SIGNALS * KEPT; i++)
        self->past[i] = NAN;
out:
    return rc;
}

void wks_monitor_destroy(wks_monitor *self)
{
    if (self == NULL) return;
    free(self->refused);
    free(self->lettings);
    free(self->past);
    free(self->count);
    free(self->row);
    free(self);
}

double wks_monitor_trend(const double value[WKS_MONITOR_QUARTERS])
{
    /* Quarters at -3/8, -1/8, 1/8, 3/8 of a year from their middle: sum (x y) / sum (x x). */
    return (3 * (value[3] - value[0]) + (value[2] - value[1])) * 0.4;
}

static bool fell_below(const double score[WKS_MONITOR_QUARTERS], double bound)
{
    return score[3] < bound && (score[0] >= bound || score[1] >= bound || score[2] >= bound);
}

wks_monitor_alarm wks_monitor_alarm_of(const double score[WKS_MONITOR_QUARTERS])
{
    if (!(wks_monitor_trend(score) < -WKS_MONITOR_FALL)) return WKS_MONITOR_NONE;
    if (wks_leefbaarheid_class(score[3]) <= WKS_MONITOR_WEAK_CLASS) return WKS_MONITOR_ALARM;
    if (fell_below(score, wks_leefbaarheid_bound[EARLY])) return WKS_MONITOR_EARLY;
    return fell_below(score, wks_leefbaarheid_bound[EARLY_EARLY]) ? WKS_MONITOR_EARLY_EARLY : WKS_MONITOR_NONE;
}

void wks_monitor_tick(wks_monitor *self, const wks_world *world)
{
    const size_t n = (size_t)self->n_buurten, at = (size_t)(self->n_months % MONTHS) * n;

    memcpy(self->refused + at, world->buurt.refused, n * sizeof *self->refused);
    memset(self->lettings + at, 0, n * sizeof *self->lettings);
    for (int32_t i = 0; i < world->letting.n; i++)
        self->lettings[at + (size_t)world->letting.item[i].buurt_row]++;
    self->n_months++;
}

/* ---- values of a quarter ---------------------------------------------------------------------------------------------------------- */

static void count(wks_monitor *self, const wks_world *world)
{
    const wks_unit_table *unit = &world->unit;

    memset(self->count, 0, (size_t)self->n_buurten * sizeof *self->count);
    for (int32_t u = 0; u < unit->base.n_rows; u++) {
        if (unit->key[u] == 0) continue;
        const int32_t dwelling = unit->dwelling_row[u], h = unit->household_row[u];
        const bool is_social = world->dwelling.tenure[dwelling] == WKS_TENURE_SOCIAL;
        counts *here = &self->count[world->dwelling.buurt_row[dwelling]];
        if (h >= 0) {
            here->nuisance += (world->household.vulnerability[h] & WKS_VULNERABLE_NUISANCE) != 0;
            here->social_tenants += is_social;
            here->arrears += is_social && world->household.arrears_months[h] > 0;
        } else if (is_social && unit->lettable_month[u] <= world->month && wks_rare_i32(&unit->reserved_row, u) < 0 &&
                   unit->vacant_month[u] <= world->month) {
            here->vacant++;
            here->vacant_months += world->month - unit->vacant_month[u];
        }
    }
}

static int64_t sum_of(const wks_monitor *self, const int32_t *month, int32_t b)
{
    int64_t sum = 0;
    for (int32_t m = 0; m < MONTHS; m++)
        sum += month[m * self->n_buurten + b];
    return sum;
}

static double share(const wks_world *world, int64_t part, int64_t whole)
{
    return whole > 0 && wks_world_may_tell_part(world, (double)part, (double)whole) ? (double)part / (double)whole : (double)NAN;
}

static double refusals_of(const wks_monitor *self, const wks_world *world, int32_t b)
{
    const int64_t lettings = sum_of(self, self->lettings, b), refused = sum_of(self, self->refused, b);

    if (self->n_months < MONTHS || lettings == 0) return NAN;
    return wks_world_may_tell(world, (double)lettings) && wks_world_may_tell(world, (double)refused) ? (double)refused / (double)lettings
                                                                                                     : (double)NAN;
}

/* Values of a buurt by signal, but for those that need its past. */
static void values_of(const wks_monitor *self, const wks_world *world, int32_t b, double out[WKS_MONITOR_N_SIGNALS])
{
    const wks_buurt_table *buurt = &world->buurt;
    const counts *here = &self->count[b];
    const int32_t n = buurt->n_households[b];
    const bool is_many = n > 0 && wks_world_may_tell(world, n);
    const double moved = buurt->turnover[b] * n * (world->tick < 12 ? world->tick : 12) / 12;

    for (int32_t i = 0; i < WKS_MONITOR_N_SIGNALS; i++)
        out[i] = NAN;
    out[WKS_MONITOR_nuisance] = 1000 * share(world, here->nuisance, n);
    out[WKS_MONITOR_arrears] = share(world, here->arrears, here->social_tenants);
    out[WKS_MONITOR_refusals] = refusals_of(self, world, b);
    if (here->vacant > 0 && wks_world_may_tell_part(world, here->social_tenants, n))
        out[WKS_MONITOR_vacancy] = (double)here->vacant_months / here->vacant;
    if (!is_many) return;
    if (wks_world_may_tell_part(world, moved, n)) out[WKS_MONITOR_turnover] = buurt->turnover[b];
    if (buurt->capacity[b] > 0) out[WKS_MONITOR_load] = buurt->load[b] / buurt->capacity[b];
    out[WKS_MONITOR_leefbaarheid] = wks_world_leefbaarheid(world, b);
    out[WKS_MONITOR_won] = buurt->won[b];
    out[WKS_MONITOR_fys] = buurt->fys[b];
    out[WKS_MONITOR_vrz] = buurt->vrz[b];
    out[WKS_MONITOR_soc] = buurt->soc[b];
    out[WKS_MONITOR_onv] = buurt->onv[b];
    out[WKS_MONITOR_class] = wks_leefbaarheid_class(out[WKS_MONITOR_leefbaarheid]);
}

static double city_load(const wks_world *world)
{
    double load = 0, capacity = 0;

    for (int32_t b = 0; b < world->buurt.base.n_rows; b++) {
        load += world->buurt.load[b];
        capacity += world->buurt.capacity[b];
    }
    return capacity > 0 ? load / capacity : (double)NAN;
}

static wks_monitor_alarm alarm_of(wks_monitor_signal signal, const double *past, double load)
{
    if (isnan(past[KEPT - 1]) || (signal != WKS_MONITOR_leefbaarheid && signal != WKS_MONITOR_load)) return WKS_MONITOR_UNJUDGED;
    if (isnan(wks_monitor_trend(past + 1))) return WKS_MONITOR_NONE; /* no year yet */
    if (signal == WKS_MONITOR_leefbaarheid) return wks_monitor_alarm_of(past + 1);
    return past[KEPT - 1] > WKS_MONITOR_LOAD * load ? WKS_MONITOR_ALARM : WKS_MONITOR_NONE;
}

static double *past_of(wks_monitor *self, int32_t b, int32_t signal)
{
    return self->past + ((int64_t)b * WKS_MONITOR_N_SIGNALS + signal) * KEPT;
}

/* Puts a quarter behind the ones before it and makes the row. */
static wks_monitor_row push(wks_monitor *self, const wks_world *world, int32_t b, wks_monitor_signal signal, double value, double load)
{
    double *past = past_of(self, b, (int32_t)signal);

    memmove(past, past + 1, (KEPT - 1) * sizeof *past);
    past[KEPT - 1] = value;
    return (wks_monitor_row){.year = wks_month_year(world->month),
                             .quarter = wks_month_of_year(world->month) / 3 + 1,
                             .buurt_row = b,
                             .signal = signal,
                             .value = value,
                             .trend = wks_monitor_trend(past + 1),
                             .alarm = alarm_of(signal, past, load)};
}

wks_status wks_monitor_rows(wks_monitor *self, const wks_world *world, const wks_monitor_row **out, int32_t *out_n, wks_err *err)
{
    double value[WKS_MONITOR_N_SIGNALS];
    const double load = city_load(world);
    int32_t n = 0;

    (void)err;
    *out = self->row;
    *out_n = 0;
    if (world->tick == 0 || wks_month_of_year(world->month) % 3 != 2) return WKS_OK;
    count(self, world);
    for (int32_t b = 0; b < self->n_buurten; b++) {
        values_of(self, world, b, value);
        for (int32_t i = 0; i < WKS_MONITOR_N_SIGNALS; i++) {
            const double *class = past_of(self, b, WKS_MONITOR_class);
            if (i == WKS_MONITOR_class_change) value[i] = class[KEPT - 1] - class[0];
            self->row[n++] = push(self, world, b, (wks_monitor_signal)i, value[i], load);
        }
    }
    *out_n = n;
    return WKS_OK;
}

wks_status wks_monitor_carry(wks_monitor *self, wks_carry *carry, wks_err *err)
{
    const size_t n = (size_t)self->n_buurten;

    wks_carry_tag(carry, "monitor");
    wks_carry_same(carry, self->n_buurten, "another number of buurten");
    wks_carry_i32(carry, &self->n_months);
    wks_carry_i32(carry, &self->n_quarters);
    wks_carry_must(carry, self->n_months >= 0 && self->n_quarters >= 0, "a monitor of other months");
    wks_carry_numbers(carry, self->refused, n * MONTHS, sizeof *self->refused);
    wks_carry_numbers(carry, self->lettings, n * MONTHS, sizeof *self->lettings);
    wks_carry_numbers(carry, self->past, n * WKS_MONITOR_N_SIGNALS * KEPT, sizeof *self->past);
    return wks_carry_status(carry, err);
}
