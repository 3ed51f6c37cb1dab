#include "cli/verify_study.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "cli/load.h"
#include "cli/verify_parts.h"
#include "cli/verify_tables.h"
#include "output/identity.h"
#include "study/verify_trial.h"
#include "version.h"

static const char NOT_SETTINGS[] = "not what study.cfg says";

static bool is_sweep(const wks_verify_study *self)
{
    return strcmp(self->manifest->kind, "sweep") == 0;
}

bool wks_verify_study_is(const wks_manifest *manifest)
{
    return strcmp(manifest->kind, "sweep") == 0 || strcmp(manifest->kind, "calibrate") == 0;
}

void wks_verify_study_free(wks_verify_study *self)
{
    wks_verify_tables_free(self);
    wks_evaluate_destroy(self->evaluate);
    wks_sweep_free(&self->sweep);
    wks_calibrate_free(&self->fit);
    wks_study_file_free(&self->study);
    free(self->journal_path);
    free(self->found);
    free(self->replication);
    free(self->row);
    *self = (wks_verify_study){0};
}

/* ---- the study as it is in its folder ---- */

/* A study that cannot be read is a difference: it could be. */
static wks_status forgive(wks_status rc, const char *path, wks_verify_list *list, const wks_err *own, wks_err *err)
{
    if (rc != WKS_ERR_DATA && rc != WKS_ERR_IO && rc != WKS_ERR_USAGE) return rc == WKS_OK ? rc : wks_err_set(err, rc, "%s", own->message);
    wks_verify_rows_add(list, path, 0, NULL, NULL, NULL,
                        "the study, or a file that it names, cannot be read any more (what is wrong with it is told above)");
    return WKS_OK;
}

static wks_status read_design(wks_verify_study *self, wks_problems *problems, wks_verify_list *list, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_err own = WKS_ERR_INIT;
    char *design = wks_file_join(self->path, "design.csv");

    if (design == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    rc = forgive(wks_sweep_read(design, &self->study, &self->sweep, problems, &own), design, list, &own, err);
    self->point = self->sweep.point;
    self->n_points = own.status == WKS_OK ? self->sweep.n_points : 0;
out:
    free(design);
    return rc;
}

static wks_status read_study(wks_verify_study *self, const wks_options *options, wks_verify_list *list, wks_err *err)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err own = WKS_ERR_INIT;
    const wks_read_options read = {.set = options->set,
                                   .n_set = options->n_set,
                                   .seed = -1,
                                   .seed_population = -1,
                                   .ticks = -1,
                                   .first_replication = -1,
                                   .n_replications = -1};
    char *path = wks_file_join(self->path, "study.cfg");
    wks_status rc = path == NULL ? wks_err_set(&own, WKS_ERR_NOMEM, "no memory for a path")
                                 : wks_study_file_read(path, &read, &self->study, &problems, &own);

    if (rc == WKS_OK) rc = wks_evaluate_create(&self->study, options->threads, NULL, &self->evaluate, &problems, &own);
    rc = forgive(rc, path == NULL ? self->path : path, list, &own, err);
    if (rc == WKS_OK && self->evaluate != NULL && is_sweep(self)) rc = read_design(self, &problems, list, err);
    wks_load_print(&problems, true); /* warnings were told when it was run */
    wks_problems_free(&problems);
    free(path);
    return rc;
}

/* ---- what the manifest says of it ---- */

static bool is_this_program(const wks_manifest *manifest)
{
    return strcmp(manifest->version, WKS_VERSION) == 0 && strcmp(manifest->commit, WKS_COMMIT) == 0;
}

static wks_status check_manifest(const wks_verify_study *self, wks_verify_list *list, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_manifest *manifest = self->manifest;
    const wks_study *study = &self->study;
    const char *identity = wks_evaluate_identity(self->evaluate);
    char *path = wks_file_join(self->path, "manifest.json"), *own = wks_file_join(self->path, "study.cfg");

    if (path == NULL || own == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    wks_verify_parts_number(path, "seeds.population", manifest->seed_population, (uint64_t)study->seed_population, NOT_SETTINGS, list);
    wks_verify_parts_number(path, "seeds.dynamics", manifest->seed_dynamics, (uint64_t)study->seed, NOT_SETTINGS, list);
    wks_verify_parts_number(path, "ticks", (uint64_t)manifest->ticks, (uint64_t)study->ticks, NOT_SETTINGS, list);
    wks_verify_parts_number(path, "replications_asked", (uint64_t)manifest->replications_asked, (uint64_t)study->n_replications,
                            NOT_SETTINGS, list);
    wks_verify_parts_word(path, "scenario", manifest->scenario, study->name, NOT_SETTINGS, list);
    wks_verify_parts_word(path, "title", manifest->title, study->title, NOT_SETTINGS, list);
    if (is_this_program(manifest) && strcmp(manifest->scenario_hash, identity) != 0) /* the program is part of it */
        wks_verify_rows_add(list, own, 0, "scenario_hash", manifest->scenario_hash, identity,
                            "its scenarios, city, parameters or outcomes are not those whose hash is in manifest.json");
out:
    free(path);
    free(own);
    return rc;
}

/* The first line in which a file of scenarios/ is not as this program writes what it says. */
static wks_status check_scenario(const wks_verify_study *self, int32_t s, bool any_city, wks_verify_list *list, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    char *bytes = NULL;
    size_t n = 0;

    WKS_TRY(wks_identity_scenario(wks_evaluate_scenario(self->evaluate, s), wks_evaluate_city(self->evaluate, s), &text, err));
    WKS_TRY(wks_file_read(self->study.scenario[s], &bytes, &n, err));
    wks_verify_parts_text(self->study.scenario[s], bytes, text.data, any_city, list);
out:
    wks_text_free(&text);
    free(bytes);
    return rc;
}

/* The city that a scenario finds now is one that the study read. */
static void check_city(const wks_verify_study *self, int32_t s, wks_verify_list *list)
{
    const wks_city *city = wks_evaluate_city(self->evaluate, s);
    const char *recorded = "";
    bool is_same = city == NULL;

    for (size_t i = 0; i < self->manifest->n_inputs; i++) {
        is_same = is_same || strcmp(self->manifest->input[i].sha256, city->sha256) == 0;
        if (wks_file_is_folder(self->manifest->input[i].path)) recorded = self->manifest->input[i].sha256;
    }
    if (!is_same)
        wks_verify_rows_add(list, city->path, 0, "sha256", recorded, city->sha256,
                            "the files of this city are not those that the run read, or not all of them");
}

/* A city is an input as a folder: what it holds is compared with the one that the scenario finds. */
static bool is_of_city(const wks_verify_study *self, const wks_manifest_input *input)
{
    bool is = wks_file_is_folder(input->path);

    for (int32_t s = 0; s < self->study.n_scenarios && self->evaluate != NULL; s++) {
        const wks_city *city = wks_evaluate_city(self->evaluate, s);
        is = is || (city != NULL && strcmp(city->sha256, input->sha256) == 0);
    }
    return is;
}

static wks_status check_inputs(const wks_verify_study *self, wks_verify_list *list, wks_text *notes, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (size_t i = 0; i < self->manifest->n_inputs; i++) {
        const wks_manifest_input *input = &self->manifest->input[i];
        if (!is_of_city(self, input)) WKS_TRY(wks_verify_parts_file(input->path, input->sha256, list, notes, err));
    }
    for (int32_t s = 0; s < self->study.n_scenarios && self->evaluate != NULL; s++)
        check_city(self, s, list);
out:
    return rc;
}

/* ---- the whole ---- */

wks_status wks_verify_study_open(const char *path, const wks_manifest *manifest, const wks_options *options, wks_verify_study *out,
                                 wks_verify_list *list, wks_text *notes, wks_err *err)
{
    wks_status rc = WKS_OK;

    *out = (wks_verify_study){.path = path, .manifest = manifest, .journal = WKS_JOURNAL_INIT};
    out->journal_path = wks_file_join(path, "journal");
    if (out->journal_path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    wks_verify_parts_program(path, manifest, notes);
    WKS_TRY(read_study(out, options, list, err));
    if (out->evaluate != NULL) WKS_TRY(check_manifest(out, list, err));
    for (int32_t s = 0; s < out->study.n_scenarios && out->evaluate != NULL; s++)
        WKS_TRY(check_scenario(out, s, options->n_set > 0, list, err));
    WKS_TRY(check_inputs(out, list, notes, err));
    WKS_TRY(wks_verify_parts_tables(path, manifest, list, notes, err));
    if (out->evaluate != NULL && (out->n_points > 0 || !is_sweep(out))) WKS_TRY(wks_verify_tables_check(out, list, notes, err));
    if (list->failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for what differs");
out:
    return rc;
}

/* ---- trials run again ---- */

static wks_verify_trial trial_of(const wks_verify_study *self)
{
    return (wks_verify_trial){.study = &self->study,
                              .journal = &self->journal,
                              .path = self->journal_path,
                              .evaluate = wks_evaluate_trial,
                              .context = self->evaluate};
}

static bool is_wanted(const wks_verify_study *self, const wks_options *options, int32_t number)
{
    if (options->replication >= 0) return number == options->replication;
    if (options->first_replication >= 0)
        return number >= options->first_replication && number - options->first_replication < options->n_replications;
    return self->n_replications < (size_t)(options->n_replications > 0 ? options->n_replications : 1);
}

/* The finished trials of a point that are meant. */
static wks_status choose_of(wks_verify_study *self, const wks_options *options, int32_t point, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_verify_trial trial = trial_of(self);
    const wks_study *study = &self->study;

    self->chosen = point;
    for (int32_t i = 0; i < study->n_replications; i++) {
        const int32_t number = study->first_replication + i;
        int64_t row = -1;
        if (!is_wanted(self, options, number)) continue;
        WKS_TRY(wks_verify_trial_find(&trial, self->point + (int64_t)(point - 1) * study->n_parameters, number, &row, err));
        if (row < 0) continue;
        self->replication[self->n_replications] = number;
        self->row[self->n_replications++] = row;
    }
out:
    return rc;
}

wks_status wks_verify_study_choose(wks_verify_study *self, const wks_options *options, bool has_differences, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_study *study = &self->study;
    const int32_t last = study->first_replication + study->n_replications - 1;

    if (!self->has_journal || (has_differences && self->n_points == 0)) return WKS_OK; /* told already */
    if (self->n_points == 0) WKS_FAIL(err, WKS_ERR_USAGE, "%s holds no finished trial", self->path);
    self->replication = wks_mem_array((size_t)study->n_replications, sizeof *self->replication);
    self->row = wks_mem_array((size_t)study->n_replications, sizeof *self->row);
    if (self->replication == NULL || self->row == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the replications");
    if (options->point > self->n_points)
        WKS_FAIL(err, WKS_ERR_USAGE, "%s has no point %d; it has 1 to %d", self->path, options->point, self->n_points);
    if (options->point > 0) WKS_TRY(choose_of(self, options, options->point, err));
    for (int32_t p = 1; options->point < 0 && self->n_replications == 0 && p <= self->n_points; p++)
        WKS_TRY(choose_of(self, options, p, err));
    if (self->n_replications > 0 || has_differences) goto out; /* the differences tell why */
    if (options->point > 0)
        WKS_FAIL(err, WKS_ERR_USAGE, "%s has no such finished trial of point %d; replications are %d to %d", self->path, options->point,
                 study->first_replication, last);
    WKS_FAIL(err, WKS_ERR_USAGE, "%s has no such finished trial; replications are %d to %d", self->path, study->first_replication, last);
out:
    return rc;
}

wks_status wks_verify_study_rerun(const wks_verify_study *self, wks_verify_list *list, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (self->n_replications == 0) return WKS_OK; /* no trial was chosen: differences tell why */
    const wks_verify_trial trial = trial_of(self);
    const double *point = self->point + (int64_t)(self->chosen - 1) * self->study.n_parameters;

    for (size_t i = 0; i < self->n_replications; i++)
        WKS_TRY(wks_verify_trial_rerun(&trial, point, self->replication[i], self->row[i], list, err));
out:
    return rc;
}
