#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/mem.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "world/world.h"

/* What a run costs: bytes and time a household, measured by tests/bench on a two-core machine (docs/benchmarks.md). */
static const double bytes_per_household = 700, seconds_per_household_month = 0.5e-6;

static double households_of(const wks_city *city)
{
    double sum = 0;
    for (int32_t i = 0; i < city->n_buurten; i++) sum += city->buurt[i].value[WKS_CITY_households];
    return sum;
}

typedef struct wks_check_facts {
    double households, social, buurten, memory_mib, seconds;
    int64_t latent, rooms, hosted;
    double largest_gap;
    bool has_population;
} facts;

static wks_status with_population(const wks_load *load, const wks_options *options, facts *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world world;
    wks_synth_report report = { 0 };

    wks_world_init(&world);
    WKS_TRY(wks_load_population(load, options->threads, &world, &report, err));
    out->has_population = true;
    out->rooms = report.rooms;
    out->hosted = report.hosted_households;
    out->largest_gap = report.max_gap;
    for (int32_t i = 0; i < world.household.base.n_rows; i++) {
        out->latent += world.household.key[i] != 0 && world.household.place[i] != WKS_PLACE_HOUSED;
    }
    WKS_TRY(wks_load_check_population(load, &world, err));
out:
    wks_synth_report_free(&report);
    wks_world_free(&world);
    return rc;
}

static void print_text(const wks_load *load, const facts *f)
{
    printf("%s: no errors\n", load->scenario.name);
    printf("  city          %s, %.0f buurten, %.0f households, %.0f social dwellings\n", load->city.name, f->buurten, f->households, f->social);
    printf("  run           %d replications of %d months\n", load->scenario.n_replications, load->scenario.n_ticks);
    printf("  memory        about %.0f MiB a thread that runs a replication\n", f->memory_mib);
    printf("  time          about %.0f s of one processor\n", f->seconds);
    if (f->has_population) {
        printf("  population    %lld without a home of their own, %lld rooms, %lld hosted; largest gap of a margin %.0f\n", (long long)f->latent,
               (long long)f->rooms, (long long)f->hosted, f->largest_gap);
    }
}

static wks_status print_json(const wks_load *load, const facts *f, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    wks_json *root = wks_json_object();

    wks_json_set_take(root, "scenario", wks_json_string(load->scenario.name));
    wks_json_set_take(root, "city", wks_json_string(load->city.name));
    wks_json_set_take(root, "buurten", wks_json_number(f->buurten));
    wks_json_set_take(root, "households", wks_json_number(f->households));
    wks_json_set_take(root, "social_dwellings", wks_json_number(f->social));
    wks_json_set_take(root, "replications", wks_json_integer(load->scenario.n_replications));
    wks_json_set_take(root, "ticks", wks_json_integer(load->scenario.n_ticks));
    wks_json_set_take(root, "memory_mib", wks_json_number(f->memory_mib));
    wks_json_set_take(root, "processor_seconds", wks_json_number(f->seconds));
    if (f->has_population) wks_json_set_take(root, "largest_gap", wks_json_number(f->largest_gap));
    WKS_TRY(wks_json_write(root, true, &text, err));
    puts(text.data);
out:
    wks_json_free(root);
    wks_text_free(&text);
    return rc;
}

wks_status wks_cmd_check_run(const wks_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_load load = { 0 };
    facts f = { 0 };

    WKS_TRY(wks_load_scenario(options->argument[0], options, &load, err));
    f.buurten = load.city.n_buurten;
    f.households = households_of(&load.city);
    f.social = wks_load_social_dwellings(&load.city);
    f.memory_mib = f.households * bytes_per_household / 1048576;
    f.seconds = f.households * load.scenario.n_ticks * load.scenario.n_replications * seconds_per_household_month;
    if (options->population) WKS_TRY(with_population(&load, options, &f, err));
    if (options->json) {
        WKS_TRY(print_json(&load, &f, err));
    } else {
        print_text(&load, &f);
    }
out:
    wks_load_free(&load);
    return rc;
}
