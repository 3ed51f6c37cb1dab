#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/no_folder.h"
#include "cli/story_household.h"
#include "cli/story_json.h"
#include "output/manifest.h"
#include "scenario/model.h"
#include "version.h"

/* A run folder as it was found. */
typedef struct source {
    char *folder, *reference_folder; /* of the scenario; of the comparison's reference, NULL when it is the same or there is none */
    wks_manifest manifest;
    wks_load load, reference;
    int32_t replication;
} source;

static void free_source(source *self)
{
    free(self->folder);
    free(self->reference_folder);
    wks_manifest_free(&self->manifest);
    wks_load_free(&self->load);
    wks_load_free(&self->reference);
}

static void add_names(const wks_manifest *manifest, wks_text *out)
{
    for (size_t i = 0; i < manifest->n_parts; i++)
        wks_text_addf(out, "%s%s", i == 0 ? "" : ", ", manifest->part[i]);
}

/* The scenario of a comparison that is meant; of a run there is one. */
static wks_status choose_part(const wks_manifest *manifest, const char *dir, const char *wanted, size_t *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text names = WKS_TEXT_INIT;

    *out = 0;
    add_names(manifest, &names);
    if (names.data == NULL) WKS_FAIL(err, WKS_ERR_DATA, "%s: its manifest names no scenario", dir);
    if (wanted == NULL && manifest->n_parts > 1)
        WKS_FAIL(err, WKS_ERR_USAGE, "%s holds several scenarios: choose one with --scenario: %s", dir, names.data);
    for (; wanted != NULL && *out < manifest->n_parts; (*out)++)
        if (strcmp(manifest->part[*out], wanted) == 0) goto out;
    if (wanted == NULL) goto out;
    const char *nearest = wks_text_nearest(wanted, (const char *const *)manifest->part, manifest->n_parts);
    WKS_FAIL(err, WKS_ERR_USAGE, "%s has no scenario '%s'; it has %s%s%s", dir, wanted, names.data, nearest == NULL ? "" : "; nearest is ",
             nearest == NULL ? "" : nearest);
out:
    wks_text_free(&names);
    return rc;
}

/* The first run under the same theory: "T1/reference" of "T1/cap". */
static size_t reference_of(const wks_manifest *manifest, size_t part)
{
    const char *slash = strrchr(manifest->part[part], '/');
    const size_t n = slash == NULL ? 0 : (size_t)(slash - manifest->part[part]) + 1;
    size_t at = 0;

    while (strncmp(manifest->part[at], manifest->part[part], n) != 0)
        at++;
    return at;
}

static wks_status check_results(const char *dir, wks_err *err)
{
    char *path = wks_file_join(dir, "manifest.json");
    const bool is_there = path != NULL && wks_file_exists(path);

    free(path);
    if (is_there) return WKS_OK;
    return wks_err_set(err, WKS_ERR_DATA,
                       "%s is no results folder: it has no manifest.json; expected the folder that run, compare, demo or merge wrote (the "
                       "last line they print, or their -o), as results/NAME",
                       dir);
}

static wks_status find_folder(const char *dir, const char *wanted, source *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_manifest manifest = {0};
    size_t part = 0, reference = 0;

    WKS_TRY(check_results(dir, err));
    WKS_TRY(wks_manifest_read(dir, &manifest, err));
    if (strcmp(manifest.kind, "compare") != 0) {
        if (wanted != NULL && strcmp(wanted, manifest.scenario) != 0)
            WKS_FAIL(err, WKS_ERR_USAGE, "%s has no scenario '%s'; it has %s", dir, wanted, manifest.scenario);
        out->folder = wks_file_join(dir, ".");
    } else {
        WKS_TRY(choose_part(&manifest, dir, wanted, &part, err));
        out->folder = wks_file_join(dir, manifest.part[part]);
        reference = reference_of(&manifest, part);
        if (part != reference) out->reference_folder = wks_file_join(dir, manifest.part[reference]);
    }
    if (out->folder == NULL || (part != reference && out->reference_folder == NULL)) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
out:
    wks_manifest_free(&manifest);
    return rc;
}

static wks_status choose_replication(source *self, const char *dir, int32_t wanted, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t first = 0, last = 0;

    if (!wks_manifest_range(&self->manifest, &first, &last)) WKS_FAIL(err, WKS_ERR_USAGE, "%s holds no finished replication", dir);
    self->replication = wanted < 0 ? first : wanted;
    const wks_manifest_replication *entry = wks_manifest_find(&self->manifest, self->replication);
    if (entry == NULL || strcmp(entry->status, "complete") != 0)
        WKS_FAIL(err, WKS_ERR_USAGE, "%s has no finished replication %d; it has %d to %d", dir, self->replication, first, last);
out:
    return rc;
}

static wks_status load_folder(const char *folder, const wks_options *options, wks_load *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_options quiet = *options;
    char *path = wks_file_join(folder, "scenario.cfg");

    quiet.quiet = true; /* it was told when the scenario was run */
    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_load_scenario(path, &quiet, out, err));
out:
    free(path);
    return rc;
}

static wks_status check_city(const source *self, const char *dir, wks_err *err)
{
    for (size_t i = 0; i < self->manifest.n_inputs; i++)
        if (strcmp(self->manifest.input[i].sha256, self->load.city.sha256) == 0) return WKS_OK;
    return wks_err_set(err, WKS_ERR_DIFFERS, "%s was run on other files of city %s than are there now: it cannot be run again", dir,
                       self->load.city.name);
}

static wks_status open_source(const wks_options *options, source *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const char *dir = options->argument[0];

    WKS_TRY(wks_no_folder_check(dir, WKS_ERR_USAGE, err));
    WKS_TRY(find_folder(dir, options->scenario, out, err));
    WKS_TRY(wks_manifest_read(out->folder, &out->manifest, err));
    if (out->manifest.has_real_people)
        WKS_FAIL(err, WKS_ERR_USAGE, "%s was made with data of real people: no letting or household of it is explained", dir);
    WKS_TRY(choose_replication(out, dir, options->replication, err));
    WKS_TRY(load_folder(out->folder, options, &out->load, err));
    if (!wks_model_has_city(&out->load.scenario))
        WKS_FAIL(err, WKS_ERR_USAGE, "%s is of a scenario without a city: it has no lettings", dir);
    if (out->load.city.own.is_there)
        WKS_FAIL(err, WKS_ERR_USAGE, "city %s has data of real people: no letting or household of it is explained", out->load.city.name);
    WKS_TRY(check_city(out, dir, err));
    if (out->reference_folder != NULL) WKS_TRY(load_folder(out->reference_folder, options, &out->reference, err));
out:
    return rc;
}

/* ---- what is asked ---- */

static wks_status find_rows(const source *self, const wks_options *options, const char *household, wks_letting_rows *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(wks_letting_rows_find(self->folder, self->load.scenario.name, self->replication, options->letting, household, out, err));
    if (options->letting < 0 || out->csv.n_rows > 0) goto out;
    if (out->first < 0) WKS_FAIL(err, WKS_ERR_USAGE, "%s: replication %d has no lettings", options->argument[0], self->replication);
    WKS_FAIL(err, WKS_ERR_USAGE, "%s: replication %d has no letting %lld; it has %lld to %lld", options->argument[0], self->replication,
             (long long)options->letting, (long long)out->first, (long long)out->last);
out:
    return rc;
}

static wks_status check_request(const wks_options *options, uint64_t *out_key, wks_err *err)
{
    *out_key = 0;
    if ((options->letting < 0) == (options->household == NULL))
        return wks_err_set(err, WKS_ERR_USAGE, "explain what: give --letting ID or --household KEY (see wijksim explain --help)");
    if (options->household != NULL && (!wks_text_parse_key(options->household, out_key) || *out_key == 0))
        return wks_err_set(err, WKS_ERR_USAGE, "--household '%s' is not a key; expected 16 hexadecimal digits, as in lettings.csv",
                           options->household);
    return WKS_OK;
}

/* The rerun has to give the rows that stand in the file, byte for byte. */
static wks_status check_rows(const source *self, const wks_options *options, const wks_letting_rows *rows, const wks_explain *explain,
                             wks_err *err)
{
    const char *there = strchr(rows->text.data, '\n') + 1, *here = explain->rows.data == NULL ? "" : explain->rows.data;

    if (strcmp(there, here) == 0 && (options->letting < 0 || explain->trace.n_adverts > 0)) return WKS_OK;
    return wks_err_set(
        err, WKS_ERR_DIFFERS,
        "%s: the rerun differs from lettings.csv, so it cannot be explained: the folder was made by wijksim %s (%s), this is "
        "%s (%s)",
        options->argument[0], self->manifest.version, self->manifest.commit, WKS_VERSION, WKS_COMMIT);
}

static wks_status check_found(const source *self, const wks_options *options, const wks_letting_rows *rows, const wks_explain *explain,
                              wks_err *err)
{
    const char *nearest = rows->nearest.data == NULL ? "" : rows->nearest.data;

    if (options->household == NULL || explain->n_moments > 0) return WKS_OK;
    return wks_err_set(err, WKS_ERR_USAGE, "%s: replication %d knows no household %s%s%s", options->argument[0], self->replication,
                       options->household, nearest[0] == '\0' ? "" : "; the nearest in lettings.csv is ", nearest);
}

static wks_status tell(const source *self, const wks_options *options, const wks_letting_rows *rows, const wks_explain *explain,
                       wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    const wks_story story = {.scenario = &self->load.scenario,
                             .reference = self->reference_folder == NULL ? NULL : &self->reference.scenario,
                             .city = &self->load.city,
                             .explain = explain,
                             .rows = rows,
                             .replication = self->replication,
                             .is_whole = options->verbose > 0};

    if (options->json) {
        rc = options->household == NULL ? wks_story_json_letting(&story, &text, err) : wks_story_json_household(&story, &text, err);
    } else if (options->household == NULL) {
        wks_story_letting(&story, &text);
    } else {
        wks_story_household_add(&story, &text);
    }
    WKS_TRY(rc);
    if (text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the story");
    fputs(text.data, stdout);
out:
    wks_text_free(&text);
    return rc;
}

wks_status wks_cmd_explain_run(const wks_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    source self = {0};
    wks_letting_rows rows = {0};
    wks_explain explain = {0};
    wks_world population;
    wks_explain_options how = {.letting = options->letting, .threads = options->threads};
    char household[17] = "";
    int64_t tick = INT32_MAX;

    wks_world_init(&population);
    WKS_TRY(check_request(options, &how.household_key, err));
    WKS_TRY(open_source(options, &self, err));
    if (how.household_key != 0) (void)wks_text_key(how.household_key, household);
    WKS_TRY(find_rows(&self, options, household, &rows, err));
    if (options->letting >= 0) (void)wks_text_parse_int64(wks_letting_rows_cell(&rows, 0, "tick"), &tick);
    how.last_tick = (int32_t)tick;
    how.replication = self.replication;
    how.reference = self.reference_folder == NULL ? NULL : &self.reference.scenario;
    WKS_TRY(wks_load_population(&self.load, options->threads, &population, NULL, err));
    WKS_TRY(wks_explain_run(&self.load.scenario, &self.load.city, &population, &how, &explain, err));
    WKS_TRY(check_found(&self, options, &rows, &explain, err));
    WKS_TRY(check_rows(&self, options, &rows, &explain, err));
    rc = tell(&self, options, &rows, &explain, err);
out:
    wks_explain_free(&explain);
    wks_letting_rows_free(&rows);
    wks_world_free(&population);
    free_source(&self);
    return rc;
}
