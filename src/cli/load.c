#include "cli/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "cli/part.h"
#include "output/manifest.h"
#include "scenario/law.h"
#include "scenario/model.h"
#include "sim/everything.h"
#include "study/outcome_rows.h"

enum { MAX_NAME = 80, NEAREST_SIZE = WKS_LOAD_NEAREST_SIZE };

void wks_load_print(const wks_problems *problems, bool quiet)
{
    wks_text text = WKS_TEXT_INIT;
    if (quiet && problems->n_errors == 0) return;
    wks_problems_print(problems, &text);
    if (text.data != NULL) fputs(text.data, stderr);
    wks_text_free(&text);
}

double wks_load_social_dwellings(const wks_city *city)
{
    double sum = 0;
    for (int32_t i = 0; i < city->n_buurten; i++)
        sum += city->buurt[i].value[WKS_CITY_dwellings] * city->buurt[i].value[WKS_CITY_share_corporatie];
    return sum;
}

/* A rule set allocates social dwellings: a city without them is a contradiction. */
static void check_social(const wks_load *load, wks_problems *problems)
{
    const wks_scenario *scenario = &load->scenario;
    const wks_config_node *rules = wks_config_get(scenario->resolved, "rules");

    if (scenario->n_rules == 0 || !wks_scenario_is_enabled(scenario, "allocation") || wks_load_social_dwellings(&load->city) >= 1) return;
    wks_problems_error(problems, rules == NULL ? scenario->path : rules->file, rules == NULL ? 0 : rules->line,
                       rules == NULL ? 0 : rules->column,
                       "the rules allocate social dwellings and city '%s' has none; expected a city with share_corporatie above 0, or "
                       "processes.allocation.enabled = false",
                       load->city.name);
}

/* A scenario's name becomes the name of a folder and stands in every row of every table. */
static void check_name(const wks_scenario *scenario, wks_problems *problems)
{
    const char *name = scenario->name;
    const wks_config_node *node = wks_config_get(scenario->resolved, "name");
    const char *file = node == NULL || node->file == NULL ? scenario->path : node->file;
    bool is_good = name[0] != '.' && name[0] != '-' && strlen(name) <= MAX_NAME && strcmp(name, "parts") != 0;

    for (const char *at = name; *at != '\0'; at++)
        is_good = is_good && (unsigned char)*at >= ' ' && strchr("/\\\",;:*?<>|\x7f", *at) == NULL;
    if (is_good) return;
    wks_problems_error(
        problems, file, node == NULL ? 0 : node->value_line, node == NULL ? 0 : node->value_column,
        "name '%.100s' cannot be a folder of results; expected letters, digits, '-', '_', '.' or blanks, at most %d, not beginning with "
        "'.' or '-', and not 'parts'",
        name, MAX_NAME);
}

/* Months before or behind the years whose law is known run on limits that nobody has published. */
static void check_law(const wks_scenario *scenario, wks_problems *problems)
{
    const wks_config_node *node = wks_config_get(scenario->resolved, "start");
    const int32_t first = wks_law_table[0].year, last = wks_law_table[wks_law_table_size - 1].year;
    int32_t month = 0;

    if (node == NULL || node->type != WKS_CONFIG_STRING || !wks_text_parse_month(node->string, &month)) return;
    const int32_t year = month / 12;
    if (year >= first && year <= last) return;
    wks_problems_warning(problems, node->file, node->value_line, node->value_column,
                         "start is \"%s\", but law is known for %d to %d only; the limits of other years are those of %d, "
                         "moved by law_index for each year",
                         node->string, first, last, year < first ? first : last);
}

typedef struct city_names {
    char **name;
    size_t n, n_shipped; /* those that come with the program first */
    bool failed;
} city_names;

/* Adds the city folders inside `folder`: those with a city.cfg; by name, or as `prefix`name. */
static void add_cities(const char *folder, const char *prefix, city_names *out)
{
    char **names = NULL;
    size_t n = 0;

    if (folder == NULL || wks_file_list(folder, &names, &n, NULL) != WKS_OK) n = 0;
    char **grown = wks_mem_resize(out->name, out->n, out->n + n, sizeof *grown);
    out->failed = out->failed || grown == NULL;
    if (grown != NULL) out->name = grown;
    for (size_t i = 0; i < n; i++) {
        char *inside = wks_file_join(folder, names[i]), *config = inside == NULL ? NULL : wks_file_join(inside, "city.cfg");
        if (grown != NULL && config != NULL && wks_file_exists(config)) {
            out->name[out->n] = wks_file_join(prefix, names[i]);
            out->n += out->name[out->n] != NULL;
        }
        free(inside);
        free(config);
        free(names[i]);
    }
    free(names);
}

/* The cities that come with the program, those in scenarios/cities here, and the folders beside the one that was named. */
static city_names cities_near(const char *city, const char *own)
{
    city_names out = {0};
    char *data = wks_file_data_folder(), *shipped = data == NULL ? NULL : wks_file_join(data, "scenarios/cities");
    char *path = wks_file_join(own, city), *beside = path == NULL ? NULL : wks_file_folder(path), *prefix = wks_file_folder(city);
    const bool has_folder = strchr(city, '/') != NULL;

    add_cities(shipped, "", &out);
    out.n_shipped = out.n;
    add_cities("scenarios/cities", "", &out);
    add_cities(beside, has_folder && prefix != NULL ? prefix : "", &out);
    free(data);
    free(shipped);
    free(path);
    free(beside);
    free(prefix);
    return out;
}

static void free_cities(city_names *cities)
{
    for (size_t i = 0; i < cities->n; i++)
        free(cities->name[i]);
    free(cities->name);
}

void wks_load_nearest_city(const char *city, char *near)
{
    city_names cities = cities_near(city, ".");

    near[0] = '\0';
    (void)wks_problems_nearest(city, (const char *const *)cities.name, cities.n, near);
    free_cities(&cities);
}

/* Where a city is looked for, and the nearest there is; else all that come with the program. */
static void tell_no_city(const wks_scenario *scenario, const wks_config_node *key, wks_problems *problems)
{
    const bool is_set = key != NULL && key->line <= 0; /* --set */
    const char *file = key == NULL || key->file == NULL ? scenario->path : key->file;
    char *own = is_set ? wks_mem_string(".") : wks_file_folder(file), near[NEAREST_SIZE] = "";
    city_names cities = own == NULL ? (city_names){0} : cities_near(scenario->city, own);
    wks_text names = WKS_TEXT_INIT;

    (void)wks_problems_nearest(scenario->city, (const char *const *)cities.name, cities.n, near);
    for (size_t i = 0; i < cities.n_shipped && near[0] == '\0'; i++)
        wks_text_addf(&names, "%s%s", i == 0 ? "; the program has " : ", ", cities.name[i]);
    wks_problems_error(problems, file, key == NULL ? 0 : key->value_line, key == NULL ? 0 : key->value_column,
                       "city '%s' is not found; expected a city folder (with city.cfg) relative to %s, or a name in scenarios/cities%s%s",
                       scenario->city, is_set ? "the current folder" : "the folder of this scenario", near,
                       names.data == NULL ? "" : names.data);
    free_cities(&cities);
    free(own);
    wks_text_free(&names);
}

/* With real seekers a letting would be somebody's: lettings.csv is off whatever the scenario says. */
static void hide_lettings(wks_load *load, wks_problems *problems)
{
    wks_scenario *scenario = &load->scenario;
    wks_config_node *output = scenario->resolved == NULL ? NULL : wks_config_get(scenario->resolved, "output");
    wks_config_node *lettings = output == NULL ? NULL : wks_config_get(output, "lettings");

    if (!load->city.own.is_there || !scenario->output.lettings) return;
    scenario->output.lettings = false;
    if (lettings != NULL) lettings->integer = 0;
    wks_problems_warning(problems, scenario->path, 0, 0,
                         "output.lettings is off: city '%s' has data of real people (own_data = true); cells under %d are hidden too",
                         load->city.name, (int)WKS_WORLD_FEW);
}

static wks_status load_city(wks_load *load, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *path = wks_read_city_folder(&load->scenario);

    if (path == NULL) {
        tell_no_city(&load->scenario, wks_read_city_node(&load->scenario), problems);
        goto out;
    }
    rc = wks_folder_read(path, &load->city, problems, err);
    if (rc == WKS_ERR_DATA) {
        rc = WKS_OK; /* the problems tell */
        if (err != NULL) *err = WKS_ERR_INIT;
        load->has_city = true;
        goto out;
    }
    WKS_TRY(rc);
    load->has_city = true;
    check_social(load, problems);
    hide_lettings(load, problems);
    WKS_TRY(wks_outcome_rows_check_areas(&load->scenario, &load->city, problems, err));
out:
    free(path);
    return rc;
}

/* Declared outcomes that no row will answer to, beside unknown indicators, which the reader told: all at once. */
static wks_status check_outcomes(const wks_load *load, bool has_city, wks_problems *problems, wks_err *err)
{
    const wks_scenario *scenario = &load->scenario;

    if (scenario->n_outcomes == 0 || problems->n_errors != wks_outcome_rows_unknown(scenario)) return WKS_OK;
    return wks_outcome_rows_check_declared(scenario, scenario, has_city ? &load->city : NULL, false, problems, err);
}

wks_status wks_load_scenario(const char *path, const wks_options *options, wks_load *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_problems problems = WKS_PROBLEMS_INIT;
    const wks_read_options read = {
        .set = options->set,
        .n_set = options->n_set,
        .seed = options->seed,
        .seed_population = options->seed_population,
        .ticks = options->ticks,
        .first_replication = options->first_replication,
        .n_replications = options->n_replications,
        .theory = options->theory,
        .precision = options->precision,
        .max_replications = options->max_replications,
    };

    *out = (wks_load){0};
    rc = wks_read_scenario(path, &read, wks_everything_catalogue(), &out->scenario, &problems, err);
    if (rc == WKS_ERR_DATA && err != NULL) *err = WKS_ERR_INIT;
    if (rc != WKS_OK && rc != WKS_ERR_DATA) goto out;
    if (out->scenario.name != NULL && out->scenario.resolved != NULL) check_name(&out->scenario, &problems);
    const bool has_city = wks_model_has_city(&out->scenario);
    if (has_city && out->scenario.city != NULL && out->scenario.resolved != NULL) WKS_TRY(load_city(out, &problems, err));
    if (has_city && out->scenario.resolved != NULL) check_law(&out->scenario, &problems);
    WKS_TRY(check_outcomes(out, has_city, &problems, err));
    rc = wks_problems_status(&problems, err);
out:
    out->n_errors = problems.n_errors;
    wks_load_print(&problems, options->quiet);
    wks_problems_free(&problems);
    return rc;
}

bool wks_load_goes_on(const wks_options *options)
{
    return !options->force && (options->resume || (options->first_replication >= 0 && options->n_parts < 2));
}

/* The resolved tree is what scenario.cfg is written from. */
static void set_integer(wks_scenario *scenario, const char *key, int32_t value)
{
    wks_config_node *node = scenario->resolved == NULL ? NULL : wks_config_get(scenario->resolved, key);
    if (node != NULL) node->integer = value;
}

void wks_load_set_range(wks_load *load, int32_t first, int32_t n)
{
    load->scenario.first_replication = first;
    load->scenario.n_replications = n;
    if (n == 0) return;
    set_integer(&load->scenario, "first_replication", first);
    set_integer(&load->scenario, "replications", n);
}

wks_status wks_load_extend(wks_load *load, const char *folder, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_scenario *scenario = &load->scenario;
    const int32_t first = scenario->first_replication, last = first + scenario->n_replications - 1;
    wks_manifest manifest = {0};
    int32_t there_first = 0, there_last = 0;

    WKS_TRY(wks_part_check(folder, &load->block, err));
    if (load->block.of > 0) return WKS_OK;
    if (wks_manifest_read(folder, &manifest, NULL) != WKS_OK || !wks_manifest_range(&manifest, &there_first, &there_last)) goto out;
    if (first > there_last + 1 || last < there_first - 1) {
        WKS_FAIL(err, WKS_ERR_USAGE,
                 "%s holds replications %d to %d; %d to %d would leave a gap, choose numbers that join on or another folder", folder,
                 there_first, there_last, first, last);
    }
    const int32_t begin = first < there_first ? first : there_first, end = last > there_last ? last : there_last;
    wks_load_set_range(load, begin, end - begin + 1);
out:
    wks_manifest_free(&manifest);
    return rc;
}

void wks_load_free(wks_load *load)
{
    wks_scenario_free(&load->scenario);
    if (load->has_city) wks_folder_free(&load->city);
    *load = (wks_load){0};
}

/* What of the own data found no place: counts of 10 and more only. */
static void tell_left_out(const wks_load *load, const wks_synth_report *report)
{
    if (report->own_dwellings_left > 0 && report->own_dwellings_left < WKS_WORLD_FEW)
        wks_log_say(WKS_LOG_WARNING,
                    "%s: <%d own dwellings are beyond the corporatie margin of their buurt and left out (see own.md there)",
                    load->city.name, WKS_WORLD_FEW);
    if (report->own_dwellings_left >= WKS_WORLD_FEW)
        wks_log_say(WKS_LOG_WARNING,
                    "%s: %lld own dwellings are beyond the corporatie margin of their buurt and left out (see own.md there)",
                    load->city.name, (long long)report->own_dwellings_left);
    if (report->own_seekers_left >= WKS_WORLD_FEW)
        wks_log_say(WKS_LOG_WARNING, "%s: %lld own seekers are more than the households that could be them, and left out", load->city.name,
                    (long long)report->own_seekers_left);
}

wks_status wks_load_population(const wks_load *load, int threads, wks_world *out, wks_synth_report *report, wks_err *err)
{
    wks_synth_report own = {0};

    if (!wks_model_has_city(&load->scenario)) return WKS_OK; /* nobody */
    const wks_synth_options options = {
        .seed_population = load->scenario.seed_population,
        .start_month = load->scenario.start_month,
        .threads = threads,
    };
    const wks_status rc = wks_synth_city(&load->city, &options, out, report == NULL ? &own : report, err);
    if (rc == WKS_OK) tell_left_out(load, report == NULL ? &own : report);
    wks_synth_report_free(&own);
    return rc;
}
