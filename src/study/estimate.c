#include "study/estimate.h"

#include "measure/city_level.h"
#include "scenario/model.h"

/* Fitted to peak_rss_mib of runs of 30,000 to 475,000 households over 1 to 240 months, and of 8.3 million over one (tests/bench/estimate.sh; docs/performance.md). A
 * replication holds a copy of the population and room to grow (half a table more when it first grows) and its buffers, in which the traces of earlier months stay. */
static const double program_bytes = 12e6;
static const double population_bytes = 272, replication_bytes = 625, followed_bytes = 230, past_bytes = 440; /* a household */
static const double growth_per_tick = 0.0012; /* of a replication, as households come and go */
static const double share_of_threads = 0.08;  /* more for a replication with threads inside */
/* Tables of more than 32 MiB a column grow into memory that costs nothing until it is used: from so many households on less, down to a share. */
static const double large_from = 1e6, large_to = 8e6, large_share = 0.65;
/* What goes on from a checkpoint holds its state, unpacked, beside the world that is made of it; writing one takes a buffer and what packs it. */
static const double resumed_bytes = 900, keeping_bytes = 2.5e6;
/* Rows of city.csv at a tick that buurt.csv has too and at any other, of buurt.csv an area: without groups and for each group. Bytes of a row in the file, of a value, of a row's place
 * and of what is worked out of it for a pair of scenarios. */
static const double city_rows = 406, city_rows_of_group = 68, month_rows = 135, month_rows_of_group = 19, area_rows = 33,
                    area_rows_of_group = 7;
static const double city_text = 51, area_text = 64, value_bytes = 10, row_bytes = 80, compared_bytes = 120;
static const double share_kept = 0.3; /* of what replications held, not given back to the system when the tables are read */
/* Time: the population once; every replication its months, and its tables, which take as long as some 0.6 month more. */
static const double seconds_of_population = 4.2e-6, seconds_per_household_month = 0.8e-6, months_of_tables = 0.6;

double wks_estimate_households(const wks_city *city)
{
    double sum = 0;
    for (int32_t i = 0; i < city->n_buurten; i++)
        sum += city->buurt[i].value[WKS_CITY_households];
    return sum;
}

static double large_factor(double households)
{
    const double share = (households - large_from) / (large_to - large_from);
    return 1 - (1 - large_share) * (share < 0 ? 0 : share > 1 ? 1 : share);
}

/* Ticks at which a table gets rows: the first, every so many, the last. */
static double n_emits(int32_t n_ticks, int32_t every)
{
    if (every <= 0) return 2;
    return 1 + n_ticks / every + (n_ticks % every != 0);
}

/* Of the ticks with rows of city.csv, those that have all of them. */
static double n_full(const wks_scenario *scenario)
{
    double n = 0;

    for (int32_t tick = 0; tick <= scenario->n_ticks; tick++) {
        const bool is_due =
            tick == 0 || tick == scenario->n_ticks || (scenario->output.city_every > 0 && tick % scenario->output.city_every == 0);
        n += is_due && wks_city_level_is_costly(scenario, tick);
    }
    return n;
}

static double tables_of(const wks_scenario *scenario, const wks_city *city, int64_t n_jobs, bool is_held_against)
{
    double n_groups = 0;
    for (int32_t i = 0; i < scenario->n_groups; i++)
        n_groups += scenario->group[i].measure;
    const wks_output *output = &scenario->output;
    const double areas = (output->buurt ? city->n_buurten : 0) + (output->wijk ? city->n_wijken : 0);
    const double full = output->city ? n_full(scenario) : 0,
                 other = output->city ? n_emits(scenario->n_ticks, output->city_every) - full : 0;
    const double city_n = full * (city_rows + city_rows_of_group * n_groups) + other * (month_rows + month_rows_of_group * n_groups);
    const double area_n = n_emits(scenario->n_ticks, output->buurt_every) * areas * (area_rows + area_rows_of_group * n_groups);
    const double n = (double)n_jobs;

    return city_n * (row_bytes + n * (city_text + value_bytes)) + area_n * (row_bytes + n * (area_text + value_bytes)) +
           (is_held_against ? (city_n + area_n) * compared_bytes : 0);
}

void wks_estimate_add(wks_estimate *sum, const wks_scenario *scenario, const wks_city *city, int64_t n_jobs, bool is_new, bool follows,
                      bool compares)
{
    sum->program = program_bytes;
    sum->n_jobs += n_jobs;
    if (!wks_model_has_city(scenario)) return;
    const double n = wks_estimate_households(city);
    const double one =
        n * (replication_bytes * large_factor(n) * (1 + growth_per_tick * scenario->n_ticks) + (follows ? followed_bytes : 0));
    const double tables = tables_of(scenario, city, n_jobs, compares && sum->tables > 0); /* against the first */

    if (one > sum->replication) sum->replication = one;
    if (is_new) sum->population += n * population_bytes;
    if (compares) {
        sum->tables += tables;
    } else if (tables > sum->tables) {
        sum->tables = tables;
    }
    sum->seconds +=
        n * ((is_new ? seconds_of_population : 0) + (scenario->n_ticks + months_of_tables) * (double)n_jobs * seconds_per_household_month);
    sum->uses_up = !compares && sum->n_jobs == 1;
}

void wks_estimate_add_resumed(wks_estimate *sum, const wks_city *city)
{
    const double one = wks_estimate_households(city) * resumed_bytes;

    if (one > sum->replication) sum->replication = one;
    sum->uses_up = false;
}

void wks_estimate_add_trials(wks_estimate *sum, const wks_scenario *scenario, const wks_city *city, int64_t n_trials, bool is_new)
{
    wks_estimate_add(sum, scenario, city, n_trials, is_new, false, false);
    sum->tables = 0; /* a journal of numbers */
    sum->uses_up = false;
}

void wks_estimate_add_pasts(wks_estimate *sum, const wks_city *city, int32_t n)
{
    const double pasts = n * wks_estimate_households(city) * past_bytes;

    if (pasts > sum->pasts) sum->pasts = pasts;
}

double wks_estimate_replication(const wks_estimate *estimate, int threads_inside)
{
    return estimate->replication * (threads_inside > 1 ? 1 + share_of_threads : 1) + estimate->pasts +
           (estimate->replication > 0 ? keeping_bytes : 0);
}

double wks_estimate_peak(const wks_estimate *estimate, int at_once, int threads_inside)
{
    const double population = estimate->uses_up ? 0 : estimate->population;
    const double running = at_once * wks_estimate_replication(estimate, threads_inside);
    const double at_end = estimate->tables > 0 ? estimate->tables + share_kept * running : 0;
    return estimate->program + population + (running > at_end ? running : at_end);
}
