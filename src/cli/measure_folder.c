#include "cli/measure_folder.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "cli/measure_run.h"
#include "scenario/read.h"
#include "sim/everything.h"

static const char *const level_all = "complex, 100m, buurt, wijk";

void wks_measure_folder_free(wks_measure_folder *folder)
{
    for (size_t i = 0; i < folder->n_tables; i++)
        wks_city_table_free(&folder->table[i]);
    free(folder->table);
    for (size_t i = 0; i < folder->n_labels; i++) {
        free(folder->label[i]);
        free(folder->name[i]);
        free(folder->where[i]);
    }
    free(folder->label);
    free(folder->name);
    free(folder->where);
    wks_world_free(&folder->world);
    wks_load_free(&folder->load);
    *folder = (wks_measure_folder){0};
}

bool wks_measure_folder_is(const char *argument)
{
    if (wks_file_exists(argument)) return wks_file_is_folder(argument);
    char *city = wks_folder_find(argument, ".");
    const bool is_city = city != NULL;
    free(city);
    return is_city;
}

/* ---- groups ---- */

/* Length of the next group: up to a comma that stands in no brackets or quotes. */
static size_t group_length(const char *text)
{
    int depth = 0;
    bool quoted = false;
    size_t n = 0;

    for (; text[n] != '\0' && (text[n] != ',' || depth > 0 || quoted); n++) {
        quoted = quoted != (text[n] == '"');
        depth += (text[n] == '(') - (text[n] == ')');
    }
    return n;
}

/* "name", "name: predicate" or "predicate". */
static wks_status take_group(const char *text, size_t number, wks_measure_folder *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text name = WKS_TEXT_INIT;
    const char *colon = strchr(text, ':');
    const bool is_predicate = strpbrk(text, "<>=!() ") != NULL;
    const size_t i = out->n_labels;

    if (is_predicate) wks_text_addf(&name, "measured_%zu", number);
    if (!is_predicate) wks_text_add(&name, text);
    char *label = wks_mem_string(text), *where = wks_mem_string(!is_predicate ? "" : colon == NULL ? text : colon + 1);
    if (label != NULL && is_predicate && colon != NULL) label[colon - text] = '\0';
    out->label[i] = label;
    out->where[i] = where;
    out->name[i] = name.failed ? NULL : name.data;
    out->n_labels++;
    if (label == NULL || where == NULL || name.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the groups");
    if (text[0] == '\0') WKS_FAIL(err, WKS_ERR_USAGE, "--groups has an empty name; expected names as a,b");
    for (size_t k = 0; k < i; k++)
        if (strcmp(out->label[k], out->label[i]) == 0) WKS_FAIL(err, WKS_ERR_USAGE, "--groups names '%s' twice", label);
out:
    return rc;
}

wks_status wks_measure_folder_labels(const char *text, wks_measure_folder *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t most = strlen(text) + 1;
    char *part = wks_mem_array(most + 1, 1);

    out->label = wks_mem_array(most, sizeof *out->label);
    out->name = wks_mem_array(most, sizeof *out->name);
    out->where = wks_mem_array(most, sizeof *out->where);
    if (part == NULL || out->label == NULL || out->name == NULL || out->where == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the groups");
    for (const char *at = text;;) {
        const size_t n = group_length(at);
        memcpy(part, at, n);
        part[n] = '\0';
        WKS_TRY(take_group(wks_text_trim(part), out->n_labels + 1, out, err));
        if (at[n] == '\0') break;
        at += n + 1;
    }
out:
    free(part);
    return rc;
}

/* ---- a city ---- */

/* A predicate becomes a group of the scenario, as if it had been written there. */
static wks_status add_group(wks_scenario *scenario, const char *name, const char *where, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n = scenario->n_groups;

    if (n == WKS_SCENARIO_MAX_GROUPS) WKS_FAIL(err, WKS_ERR_USAGE, "--groups: more than %d groups with those of the scenario", n);
    wks_group *group = wks_mem_resize(scenario->group, (size_t)n, (size_t)n + 1, sizeof *group);
    if (group == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a group");
    scenario->group = group;
    group[n] = (wks_group){.name = wks_mem_string(name), .where = wks_mem_string(where), .measure = true};
    scenario->n_groups++;
    if (group[n].name == NULL || group[n].where == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a group");
    group[n].expr = wks_expr_compile(where, false, true, "--groups", 1, 1, problems, err);
    if (group[n].expr == NULL) rc = wks_problems_status(problems, err);
out:
    return rc;
}

/* The reference scenario that comes with the program, on this city, with the predicates as groups of their own. */
static wks_status read_scenario(const char *city, const wks_options *options, wks_measure_folder *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text set = WKS_TEXT_INIT;
    wks_read_options how = WKS_READ_OPTIONS_INIT;
    char *data = wks_file_data_folder(), *path = data == NULL ? NULL : wks_file_join(data, "scenarios/00_reference.cfg");

    if (path == NULL) WKS_FAIL(err, WKS_ERR_IO, "the data folder with scenarios is not found");
    wks_text_addf(&set, "city=%s", city);
    if (set.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the name of the city");
    const char *const sets[] = {set.data};
    how.set = sets;
    how.n_set = 1;
    how.seed_population = options->seed_population;
    WKS_TRY(wks_read_scenario(path, &how, wks_everything_catalogue(), &out->load.scenario, problems, err));
    for (size_t i = 0; i < out->n_labels; i++)
        if (out->where[i][0] != '\0') WKS_TRY(add_group(&out->load.scenario, out->name[i], out->where[i], problems, err));
out:
    wks_text_free(&set);
    free(path);
    free(data);
    return rc;
}

static wks_status find_level(const char *level, wks_profile_scale *out, wks_err *err)
{
    *out = WKS_PROFILE_BUURT;
    if (level == NULL) return WKS_OK;
    for (int i = 0; i < WKS_PROFILE_N_SCALES; i++) {
        *out = (wks_profile_scale)i;
        if (strcmp(level, wks_profile_scale_name[i]) == 0) return WKS_OK;
    }
    return wks_err_set(err, WKS_ERR_USAGE, "--level '%s' is none of %s", level, level_all);
}

/* Names that are neither groups of the scenario nor, alone, a kind. */
static wks_status check_names(const wks_measure_folder *folder, wks_err *err)
{
    enum { MOST = WKS_SCENARIO_MAX_GROUPS + WKS_PROFILE_N_KINDS };
    wks_status rc = WKS_OK;
    const char *known[MOST];
    size_t n = 0;
    wks_text all = WKS_TEXT_INIT;

    for (int32_t g = 0; g < folder->load.scenario.n_groups; g++)
        if (strncmp(folder->load.scenario.group[g].name, "measured_", 9) != 0) known[n++] = folder->load.scenario.group[g].name;
    for (int k = 0; k < WKS_PROFILE_N_KINDS && folder->n_labels == 1; k++)
        known[n++] = wks_profile_kind_name[k];
    for (size_t i = 0; i < n; i++)
        wks_text_addf(&all, "%s%s", i == 0 ? "" : ", ", known[i]);
    for (size_t i = 0; i < folder->n_labels; i++) {
        size_t k = 0;
        while (k < n && strcmp(known[k], folder->name[i]) != 0)
            k++;
        const char *nearest = k < n ? NULL : wks_text_nearest(folder->name[i], known, n);
        if (k == n && folder->where[i][0] == '\0')
            WKS_FAIL(err, WKS_ERR_USAGE, "--groups: '%s' is no group; there are %s, and predicates as 'age_years >= 75'%s%s%s",
                     folder->name[i], all.data == NULL ? "none" : all.data, nearest == NULL ? "" : "; nearest is '",
                     nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'");
    }
out:
    wks_text_free(&all);
    return rc;
}

/* Column names as they were asked for. */
static void relabel(wks_measure_folder *folder)
{
    wks_city_table *table = &folder->table[0];
    for (size_t g = 0; g < table->table.n_groups; g++)
        for (size_t i = 0; i < folder->n_labels; i++)
            if (strcmp(table->group[g], folder->name[i]) == 0) table->group[g] = folder->label[i];
}

static wks_status read_city(const char *path, const wks_options *options, wks_measure_folder *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_profile_scale scale;

    if (options->measure.tick > 0 || options->replication >= 0)
        WKS_FAIL(err, WKS_ERR_USAGE, "%s is a city: it has no ticks and replications; measure the folder of a run", path);
    WKS_TRY(find_level(options->measure.level, &scale, err));
    WKS_TRY(read_scenario(path, options, out, problems, err));
    WKS_TRY(check_names(out, err));
    WKS_TRY(wks_folder_read(path, &out->load.city, problems, err));
    out->load.has_city = true;
    WKS_TRY(wks_load_population(&out->load, options->threads, &out->world, NULL, err));
    out->table = wks_mem_array(1, sizeof *out->table);
    if (out->table == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a table");
    out->n_tables = 1;
    WKS_TRY(wks_city_table_make(&out->load.scenario, &out->load.city, &out->world, scale, (const char *const *)out->name, out->n_labels,
                                out->table, err));
    relabel(out);
out:
    return rc;
}

/* ---- the whole ---- */

static bool holds(const char *folder, const char *name)
{
    char *path = wks_file_join(folder, name);
    const bool is_there = path != NULL && wks_file_exists(path);
    free(path);
    return is_there;
}

wks_status wks_measure_folder_read(const wks_options *options, wks_measure_folder *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const char *argument = options->argument[0], *groups = options->measure.groups;
    char *city = wks_file_is_folder(argument) ? wks_mem_string(argument) : wks_folder_find(argument, ".");

    *out = (wks_measure_folder){0};
    wks_world_init(&out->world);
    if (city == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (groups != NULL) WKS_TRY(wks_measure_folder_labels(groups, out, err));
    if (holds(city, "manifest.json")) {
        WKS_TRY(wks_measure_run_read(city, options, out, err));
    } else if (holds(city, "city.cfg")) {
        if (groups == NULL)
            WKS_FAIL(err, WKS_ERR_USAGE,
                     "expected --groups: groups of scenarios/00_reference.cfg as kwetsbaar, predicates as 'age_years >= 75', or one of "
                     "origin, household_type, income_source");
        WKS_TRY(read_city(city, options, out, problems, err));
    } else {
        WKS_FAIL(err, WKS_ERR_USAGE, "%s is a folder, but neither of a city (city.cfg) nor of a run (manifest.json)", argument);
    }
out:
    free(city);
    return rc;
}
