#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "output/population.h"
#include "world/check.h"

enum { DEFAULT_SEED = 1 };
static const char *const default_month = "2025-01"; /* as the key `start` */

/* The month the city's figures are of ("2023-01-01"), else the default start. */
static int32_t month_of(const wks_city *city)
{
    char text[8] = "";
    int32_t month;

    if (city->date != NULL) snprintf(text, sizeof text, "%.7s", city->date);
    if (!wks_text_parse_month(text, &month)) wks_text_parse_month(default_month, &month);
    return month;
}

static wks_status read_city(const char *name, const wks_options *options, wks_city *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_problems problems = WKS_PROBLEMS_INIT;
    char *path = wks_folder_find(name, ".");

    if (path == NULL) {
        char near[WKS_LOAD_NEAREST_SIZE];
        wks_load_nearest_city(name, near);
        WKS_FAIL(err, WKS_ERR_DATA, "city '%s' is not found; expected a city folder, or the name of one in scenarios/cities%s", name, near);
    }
    rc = wks_folder_read(path, out, &problems, err);
    wks_load_print(&problems, options->quiet);
out:
    wks_problems_free(&problems);
    free(path);
    return rc;
}

/* Largest |met - reconciled| at a level, and how many cells there are. */
static int64_t largest_miss(const wks_synth_report *report, const char *level, int32_t *out_n)
{
    int64_t largest = 0;

    *out_n = 0;
    for (int32_t i = 0; i < report->n_rows; i++) {
        const wks_fit_row *row = &report->row[i];
        if (strcmp(row->level, level) != 0) continue;
        const int64_t miss = row->met > row->reconciled ? row->met - row->reconciled : row->reconciled - row->met;
        (*out_n)++;
        largest = miss > largest ? miss : largest;
    }
    return largest;
}

/* Persons with an address in a buurt, as CBS counts inhabitants. */
static int64_t with_an_address(const wks_synth_report *report)
{
    int64_t persons = 0;

    for (int32_t i = 0; i < report->n_rows; i++)
        if (strcmp(report->row[i].level, "gemeente") == 0 && strcmp(report->row[i].margin, "persons") == 0) persons += report->row[i].met;
    return persons;
}

/* A count of real people or dwellings as it may be told. */
static const char *told(int64_t n, char buffer[24])
{
    if (n > 0 && n < WKS_WORLD_FEW) {
        snprintf(buffer, 24, "<%d", WKS_WORLD_FEW);
    } else {
        snprintf(buffer, 24, "%lld", (long long)n);
    }
    return buffer;
}

static void print_own(const wks_city *city, const wks_synth_report *report)
{
    char n[5][24];

    if (city->own.n_dwellings > 0)
        printf("own dwellings: %s take the place of synthetic ones, %s beyond the margins of their buurten were left out\n",
               told(report->own_dwellings, n[0]), told(report->own_dwellings_left, n[1]));
    if (city->own.n_seekers > 0)
        printf("own seekers: %s matched (%s active), %s of them outside their own buurt; %s found nobody; the model itself would have %s "
               "active\n",
               told(report->own_seekers, n[0]), told(report->own_seekers_active, n[1]), told(report->own_seekers_elsewhere, n[2]),
               told(report->own_seekers_left, n[3]), told(report->synthetic_seekers, n[4]));
}

static void print_summary(const wks_city *city, const wks_world *world, const wks_synth_report *report, const char *folder)
{
    static const char *const level[3] = {"buurt", "wijk", "gemeente"};
    const wks_check_stocks stocks = wks_check_count(world);

    const int64_t inhabitants = with_an_address(report);

    printf("%s: %lld persons (%lld inhabitants of buurten, %lld on top of them in shelter or at the COA), %lld households in %lld units, "
           "%lld latent units, %lld registrations\n",
           city->title == NULL ? city->name : city->title, (long long)stocks.persons, (long long)inhabitants,
           (long long)(stocks.persons - inhabitants), (long long)stocks.households_housed, (long long)stocks.units,
           (long long)stocks.households_latent, (long long)stocks.registrations);
    printf(
        "households beyond the occupied dwellings: %lld; rooms: %lld in %lld dwellings; hosted households: %lld; in institutions: %lld\n",
        (long long)report->households_beyond_dwellings, (long long)report->rooms, (long long)report->room_dwellings,
        (long long)report->hosted_households, (long long)report->institution_residents);
    for (int32_t i = 0; i < 3; i++) {
        int32_t n;
        const int64_t miss = largest_miss(report, level[i], &n);
        printf("fit per %s: largest difference between population and reconciled margin %lld (%d cells)\n", level[i], (long long)miss, n);
    }
    print_own(city, report);
    printf("largest difference between published and reconciled margin of a buurt: %.1f\n%s\n", report->max_gap, folder);
}

static wks_status write_population(const wks_city *city, const wks_options *options, const char *folder, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world world;
    wks_synth_report report = {0};
    const wks_synth_options how = {
        .seed_population = options->seed_population < 0 ? DEFAULT_SEED : (uint64_t)options->seed_population,
        .start_month = month_of(city),
        .threads = options->threads,
    };

    wks_world_init(&world);
    WKS_TRY(wks_file_make_folder(folder, err));
    WKS_TRY(wks_err_context(err, wks_synth_city(city, &how, &world, &report, err), "synthetic population of %s", city->name));
    WKS_TRY(wks_check_structure(&world, err));
    if (city->own.is_there && !options->quiet)
        wks_log_say(WKS_LOG_WARNING,
                    "%s has data of real people: only units.csv and fit.csv are written, readable by their owner only; see %s there",
                    city->name, wks_population_note);
    WKS_TRY(wks_population_write(folder, city, &world, &report, err));
    print_summary(city, &world, &report, folder);
out:
    wks_synth_report_free(&report);
    wks_world_free(&world);
    return rc;
}

wks_status wks_cmd_synth_run(const wks_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_city city = {0};
    wks_text folder = WKS_TEXT_INIT;

    WKS_TRY(read_city(options->argument[0], options, &city, err));
    if (options->output != NULL) {
        wks_text_add(&folder, options->output);
    } else {
        wks_text_addf(&folder, "results/synth-%s", city.name);
    }
    if (folder.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (!options->force && wks_file_folder_has_entries(folder.data)) {
        WKS_FAIL(err, WKS_ERR_USAGE, "%s exists and is not empty; choose another folder with -o or overwrite with --force", folder.data);
    }
    rc = write_population(&city, options, folder.data, err);
out:
    wks_text_free(&folder);
    wks_folder_free(&city);
    return rc;
}
