#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "cli/check_effect.h"
#include "cli/check_estimate.h"
#include "cli/check_people.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/print_json.h"
#include "measure/observe.h"
#include "rules/area_count.h"
#include "scenario/keys.h"
#include "scenario/model.h"
#include "scenario/model_grid.h"
#include "scenario/ruleset_law.h"
#include "world/world.h"

/* Buurten with households, and those of them where homes have no position (no polygon) or that have no centre to measure kin from. */
typedef struct places {
    int32_t n, n_without_polygon, n_without_centre;
} places;

static places places_of(const wks_city *city)
{
    places p = {0, 0, 0};

    for (int32_t i = 0; i < city->n_buurten; i++) {
        const wks_city_area *buurt = &city->buurt[i];
        if (!(buurt->value[WKS_CITY_households] > 0)) continue;
        p.n++;
        p.n_without_polygon += city->geometry.n_areas == 0 || wks_geometry_row(&city->geometry, buurt->code) < 0;
        p.n_without_centre += !isfinite(buurt->x_m) || !isfinite(buurt->y_m);
    }
    return p;
}

typedef struct wks_check_facts {
    double households, social, buurten;
    int64_t latent, rooms, hosted;
    double largest_gap;
    places places;
    wks_check_people people;
    wks_check_estimate estimate;
    bool has_population;
} facts;

/* ---- the whole ---- */

static wks_status with_population(const wks_load *load, const wks_options *options, facts *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world world;
    wks_synth_report report = {0};

    wks_world_init(&world);
    WKS_TRY(wks_load_population(load, options->threads, &world, &report, err));
    out->has_population = true;
    out->rooms = report.rooms;
    out->hosted = report.hosted_households;
    out->largest_gap = report.max_gap;
    for (int32_t i = 0; i < world.household.base.n_rows; i++) {
        out->latent += world.household.key[i] != 0 && world.household.place[i] != WKS_PLACE_HOUSED;
    }
    WKS_TRY(wks_check_people_run(load, &world, options->quiet, &out->people, err));
out:
    wks_synth_report_free(&report);
    wks_world_free(&world);
    return rc;
}

/* What a city without polygons, or with some, does not have. Nothing to say when every inhabited buurt has its place. */
static void print_places(const places *p)
{
    if (p->n_without_polygon == 0 && p->n_without_centre == 0) return;
    if (p->n_without_polygon == p->n && p->n > 0) {
        printf("  geometry      none: off are the distance terms of allocation and market (0 km to every home), neighbours (moran_B and\n"
               "                moran_W stay empty; moran_knn6, H_spatial, D_spatial and the scale 100m too where x_m and y_m are empty)\n"
               "                and the map (no map.gpkg)\n");
    } else if (p->n_without_polygon > 0) {
        printf("  geometry      %d of %d inhabited buurten have no polygon: the distance terms to their homes are 0, they have no\n"
               "                neighbours and are not on the map\n",
               p->n_without_polygon, p->n);
    }
    if (p->n_without_centre == 0) return;
    printf(
        "                %d of %d inhabited buurten have no place (x_m, y_m): close kin there are drawn by inhabitants, not by distance\n",
        p->n_without_centre, p->n);
}

static void print_text(const wks_load *load, const facts *f)
{
    printf("%s: no errors\n", load->scenario.name);
    printf("  city          %s, %.0f buurten, %.0f households, %.0f social dwellings\n", load->city.name, f->buurten, f->households,
           f->social);
    if (load->city.by_gemeente) printf("  regio         homes are looked for by gemeente: %d of them\n", (int)load->city.n_gemeenten);
    print_places(&f->places);
    printf("  run           %d replications of %d months\n", load->scenario.n_replications, load->scenario.n_ticks);
    wks_check_estimate_print(&f->estimate);
    wks_check_effect_print(&load->scenario);
    if (f->has_population) {
        printf("  population    %lld without a home of their own, %lld rooms, %lld hosted; largest gap of a margin %.0f\n",
               (long long)f->latent, (long long)f->rooms, (long long)f->hosted, f->largest_gap);
        wks_check_people_print(&f->people);
    }
}

static wks_status print_json(const wks_load *load, const facts *f, wks_err *err)
{
    wks_json *root = wks_json_object();

    wks_json_set_take(root, "scenario", wks_json_string(load->scenario.name));
    wks_json_set_take(root, "city", wks_json_string(load->city.name));
    wks_json_set_take(root, "buurten", wks_json_number(f->buurten));
    wks_json_set_take(root, "households", wks_json_number(f->households));
    wks_json_set_take(root, "social_dwellings", wks_json_number(f->social));
    wks_json_set_take(root, "buurten_inhabited", wks_json_integer(f->places.n));
    wks_json_set_take(root, "buurten_without_polygon", wks_json_integer(f->places.n_without_polygon));
    wks_json_set_take(root, "buurten_without_place", wks_json_integer(f->places.n_without_centre));
    wks_json_set_take(root, "replications", wks_json_integer(load->scenario.n_replications));
    wks_json_set_take(root, "ticks", wks_json_integer(load->scenario.n_ticks));
    wks_check_estimate_json(&f->estimate, root);
    wks_json *effects = wks_check_effect_json(&load->scenario);
    if (effects != NULL) wks_json_set_take(root, "leefbaarheid_long_run", effects);
    if (f->has_population) {
        wks_json_set_take(root, "largest_gap", wks_json_number(f->largest_gap));
        wks_json_set_take(root, "channels", wks_check_people_json(&f->people));
    }
    return wks_print_json_take(root, err);
}

/* What the law of their months says of the rules; only asked for here. */
static wks_status check_law(const wks_scenario *scenario, bool quiet, wks_err *err)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_status rc;

    wks_ruleset_law_check(scenario, &problems);
    rc = wks_problems_status(&problems, err);
    wks_load_print(&problems, quiet);
    wks_problems_free(&problems);
    return rc;
}

/* Without a city: what takes the time is a draw or an arrival; seconds each as scenarios/exact/ took them (release). */
static double model_seconds(const wks_scenario *scenario)
{
    static const double second_per_draw = 2e-8, second_per_arrival = 2e-7;
    const double *value = scenario->model.settings.value;
    const double ticks = (double)scenario->n_ticks * scenario->n_replications;

    switch (scenario->model.kind) {
    case WKS_MODEL_POOL: return ticks * second_per_draw * value[scenario->model.by_lot ? WKS_KEYS_POOL_WAITING : WKS_KEYS_POOL_HOUSED];
    case WKS_MODEL_ENTRIES: return ticks * second_per_draw * value[WKS_KEYS_ENTRIES_ENTRIES];
    case WKS_MODEL_GRID: return wks_model_grid_seconds(scenario);
    case WKS_MODEL_QUEUE: return ticks * second_per_arrival * value[WKS_KEYS_QUEUE_ARRIVALS];
    default: return ticks * second_per_draw * 2 * value[WKS_KEYS_CHOICE_JOINING] * value[WKS_KEYS_CHOICE_PATIENCE];
    }
}

static wks_status check_model(const wks_load *load, const wks_options *options, wks_err *err)
{
    const wks_scenario *scenario = &load->scenario;
    const double seconds = model_seconds(scenario);

    if (!options->json) {
        printf("%s: no errors\n", scenario->name);
        printf("  model         without a city: %s\n", scenario->model.settings.spec->help);
        printf("  run           %d replications of %d ticks, measured from tick %d on\n", scenario->n_replications, scenario->n_ticks,
               scenario->model.warmup);
        printf("  time          about %.0f s of one processor, %.0f s on %d\n", seconds, seconds / options->threads, options->threads);
        return WKS_OK;
    }
    wks_json *root = wks_json_object();
    wks_json_set_take(root, "scenario", wks_json_string(scenario->name));
    wks_json_set_take(root, "replications", wks_json_integer(scenario->n_replications));
    wks_json_set_take(root, "ticks", wks_json_integer(scenario->n_ticks));
    wks_json_set_take(root, "warmup", wks_json_integer(scenario->model.warmup));
    wks_json_set_take(root, "processor_seconds", wks_json_number(seconds));
    return wks_print_json_take(root, err);
}

static wks_status check_one(const wks_load *load, const wks_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    facts f = {0};

    if (!wks_model_has_city(&load->scenario)) return check_model(load, options, err);
    WKS_TRY(check_law(&load->scenario, options->quiet, err));
    f.buurten = load->city.n_buurten;
    f.households = wks_estimate_households(&load->city);
    f.social = wks_load_social_dwellings(&load->city);
    f.places = places_of(&load->city);
    f.estimate = wks_check_estimate_make(load, 1, options->threads);
    if (options->population) WKS_TRY(with_population(load, options, &f, err));
    if (options->json) {
        WKS_TRY(print_json(load, &f, err));
    } else {
        print_text(load, &f);
    }
out:
    wks_check_people_free(&f.people);
    return rc;
}

static wks_status print_together(const wks_load *load, int32_t n, const wks_options *options, wks_err *err)
{
    const wks_check_estimate all = wks_check_estimate_make(load, n, options->threads);

    if (!options->json) {
        printf("all %d in one comparison\n", n);
        wks_check_estimate_print(&all);
        return WKS_OK;
    }
    wks_json *root = wks_json_object();
    wks_json_set_take(root, "scenarios", wks_json_integer(n));
    wks_check_estimate_json(&all, root);
    return wks_print_json_take(root, err);
}

wks_status wks_cmd_check_run(const wks_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n = options->n_arguments;
    wks_load *load = wks_mem_array((size_t)n, sizeof *load);
    int32_t n_loaded = 0;

    if (load == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d scenarios", n);
    while (n_loaded < n) {
        const int32_t i = n_loaded++; /* what a failed one holds is freed too */
        WKS_TRY(wks_load_scenario(options->argument[i], options, &load[i], err));
        WKS_TRY(check_one(&load[i], options, err));
    }
    if (n > 1) WKS_TRY(print_together(load, n, options, err));
out:
    for (int32_t i = 0; i < n_loaded; i++)
        wks_load_free(&load[i]);
    free(load);
    return rc;
}
