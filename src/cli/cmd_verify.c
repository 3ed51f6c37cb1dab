/* wijksim verify: a replication of a results folder run again, and everything in the folder held against it and against the manifest. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/commands.h"
#include "cli/print_json.h"
#include "cli/verify_folder.h"
#include "cli/verify_study.h"
#include "scenario/model.h"
#include "version.h"

typedef struct verification {
    wks_manifest joint; /* of DIR; of a run the same as that of the run */
    wks_verify_folder *run;
    size_t n_runs;
    wks_verify_study study; /* of a sweep or calibration, which has no runs */
    bool is_study;
    wks_verify_list list;
    wks_text notes;
} verification;

static void free_all(verification *self)
{
    for (size_t i = 0; i < self->n_runs; i++)
        wks_verify_folder_free(&self->run[i]);
    free(self->run);
    if (self->is_study) wks_verify_study_free(&self->study);
    wks_manifest_free(&self->joint);
    wks_verify_rows_free_list(&self->list);
    wks_text_free(&self->notes);
}

/* ---- which runs, which replications ---- */

static wks_status say_no_scenario(const wks_manifest *joint, const char *dir, const char *wanted, wks_err *err)
{
    wks_text names = WKS_TEXT_INIT;
    const char *nearest = wks_text_nearest(wanted, (const char *const *)joint->part, joint->n_parts);

    for (size_t i = 0; i < joint->n_parts; i++)
        wks_text_addf(&names, "%s%s", i == 0 ? "" : ", ", joint->part[i]);
    const wks_status rc = wks_err_set(err, WKS_ERR_USAGE, "%s has no scenario '%s'; it has %s%s%s", dir, wanted,
                                      names.data == NULL ? joint->scenario : names.data, nearest == NULL ? "" : "; nearest is ",
                                      nearest == NULL ? "" : nearest);
    wks_text_free(&names);
    return rc;
}

/* What to give instead: folders of results that lie in this one, or what makes one. */
static wks_status say_no_results(const char *dir, wks_err *err)
{
    enum { MOST = 8 };
    wks_text found = WKS_TEXT_INIT;
    char **names = NULL;
    size_t n = 0, n_found = 0;

    if (!wks_file_is_folder(dir) || wks_file_list(dir, &names, &n, NULL) != WKS_OK) n = 0;
    for (size_t i = 0; i < n; i++) {
        char *inside = wks_file_join(dir, names[i]), *path = inside == NULL ? NULL : wks_file_join(inside, "manifest.json");
        if (path != NULL && wks_file_exists(path) && n_found++ < MOST) wks_text_addf(&found, "%s%s", n_found == 1 ? "" : ", ", inside);
        free(inside);
        free(path);
        free(names[i]);
    }
    free(names);
    const wks_status rc =
        n_found > 0
            ? wks_err_set(err, WKS_ERR_DATA, "%s is no results folder: it has no manifest.json; expected a folder that has one: %s%s", dir,
                          found.data == NULL ? "" : found.data, n_found > MOST ? ", ..." : "")
            : wks_err_set(err, WKS_ERR_DATA,
                          "%s is no results folder: %s; expected the folder that run, compare, demo, merge, sweep or calibrate wrote "
                          "(the last line they print, or their -o), as results/NAME",
                          dir, wks_file_is_folder(dir) ? "it has no manifest.json" : "there is no such folder");
    wks_text_free(&found);
    return rc;
}

static wks_status read_joint(const char *dir, verification *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *path = wks_file_join(dir, "manifest.json");

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (!wks_file_exists(path)) {
        rc = say_no_results(dir, err);
        goto out;
    }
    WKS_TRY(wks_manifest_read(dir, &self->joint, err));
    self->is_study = wks_verify_study_is(&self->joint);
    if (!self->is_study && strcmp(self->joint.kind, "run") != 0 && strcmp(self->joint.kind, "compare") != 0)
        WKS_FAIL(err, WKS_ERR_USAGE, "%s holds a %s: verify knows folders of run, compare, demo, merge, sweep and calibrate", dir,
                 self->joint.kind);
out:
    free(path);
    return rc;
}

/* Opens the runs of the folder: all, or the one that is meant. */
static wks_status open_runs(const char *dir, const wks_options *options, verification *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const bool is_one = strcmp(self->joint.kind, "run") == 0;
    const size_t n = is_one ? 1 : self->joint.n_parts;

    self->run = wks_mem_array(n, sizeof *self->run);
    if (self->run == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu runs", n);
    for (size_t i = 0; i < n; i++) {
        const char *name = is_one ? self->joint.scenario : self->joint.part[i];
        if (options->scenario != NULL && strcmp(options->scenario, name) != 0) continue;
        char *path = is_one ? wks_mem_string(dir) : wks_file_join(dir, name);
        rc = wks_verify_folder_open(path, options, &self->run[self->n_runs++], &self->list, &self->notes, err);
        if (rc != WKS_OK) goto out;
    }
    if (self->n_runs == 0) WKS_TRY(say_no_scenario(&self->joint, dir, options->scenario == NULL ? "" : options->scenario, err));
    if (!is_one && self->n_runs == n) WKS_TRY(wks_verify_folder_joint(dir, &self->joint, self->run, n, &self->list, &self->notes, err));
out:
    return rc;
}

static bool is_wanted(const wks_options *options, const wks_verify_folder *run, int32_t number)
{
    if (options->replication >= 0) return number == options->replication;
    if (options->first_replication >= 0)
        return number >= options->first_replication && number - options->first_replication < options->n_replications;
    return run->n_replications < (size_t)(options->n_replications > 0 ? options->n_replications : 1);
}

static wks_status choose_replications(wks_verify_folder *run, const wks_options *options, bool has_differences, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text numbers = WKS_TEXT_INIT;
    int32_t first = 0, last = 0;

    run->replication = wks_mem_array(run->manifest.n_replications, sizeof *run->replication);
    if (run->replication == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the replications");
    for (size_t i = 0; i < run->manifest.n_replications; i++) {
        const wks_manifest_replication *entry = &run->manifest.replication[i];
        if (strcmp(entry->status, "complete") == 0 && is_wanted(options, run, entry->number))
            run->replication[run->n_replications++] = entry->number;
    }
    if (run->n_replications > 0) goto out;
    if (!wks_manifest_range(&run->manifest, &first, &last)) {
        if (has_differences) goto out; /* the differences tell why */
        WKS_FAIL(err, WKS_ERR_USAGE, "%s holds no finished replication", run->path);
    }
    if (options->replication >= 0)
        WKS_FAIL(err, WKS_ERR_USAGE, "%s has no finished replication %d; it has %d to %d", run->path, options->replication, first, last);
    WKS_FAIL(err, WKS_ERR_USAGE, "%s has no finished replication from %d on; it has %d to %d", run->path, options->first_replication, first,
             last);
out:
    wks_text_free(&numbers);
    return rc;
}

/* ---- running again ---- */

static wks_status rerun(wks_verify_folder *run, const wks_options *options, wks_verify_list *list, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world population;

    wks_world_init(&population);
    WKS_TRY(wks_load_population(&run->load, options->threads, &population, NULL, err));
    for (size_t i = 0; i < run->n_replications; i++) {
        const wks_verify_options how = {run->path, &run->manifest, run->replication[i], options->threads};
        const bool has_city = wks_model_has_city(&run->load.scenario);
        WKS_TRY(wks_verify_replication(&run->load.scenario, &run->load.city, has_city ? &population : NULL, &how, list, err));
    }
out:
    wks_world_free(&population);
    return rc;
}

/* ---- telling ---- */

static void tell_one(const wks_verify_difference *one)
{
    printf("%s", one->file);
    if (one->line > 0) printf(", line %lld", (long long)one->line);
    if (one->column[0] != '\0') printf(", %s", one->column);
    printf(": %s", one->what);
    if (one->expected[0] != '\0' || one->found[0] != '\0') printf("; expected '%s', found '%s'", one->expected, one->found);
    puts("");
}

static void tell_runs(const verification *self)
{
    for (size_t i = 0; i < self->n_runs; i++) {
        const wks_verify_folder *run = &self->run[i];
        printf("%s: scenario %s, ", run->path, run->manifest.scenario);
        if (!run->can_run) printf("not run again, because its scenario or its city is not what the run had\n");
        if (!run->can_run || run->n_replications == 0) continue;
        printf("replication%s", run->n_replications == 1 ? "" : "s");
        for (size_t k = 0; k < run->n_replications; k++)
            printf(" %d", run->replication[k]);
        printf(" of %zu run again\n", run->manifest.n_replications);
    }
}

static void tell_study(const wks_verify_study *study)
{
    const wks_manifest *manifest = study->manifest;

    printf("%s: %s %s, ", study->path, manifest->kind, manifest->scenario);
    if (study->n_replications == 0) printf("nothing run again\n");
    if (study->n_replications == 0) return;
    printf("point %d of %d, replication%s", study->chosen, study->n_points, study->n_replications == 1 ? "" : "s");
    for (size_t k = 0; k < study->n_replications; k++)
        printf(" %d", study->replication[k]);
    const bool has_tables = strcmp(manifest->status, "complete") == 0 && manifest->block.of == 0;
    printf(" of %d run again%s\n", study->study.n_replications, has_tables ? "; tables made again from the journal" : "");
}

static void tell(const verification *self, const wks_options *options)
{
    if (!options->quiet && self->is_study) tell_study(&self->study);
    if (!options->quiet) tell_runs(self);
    for (size_t i = 0; i < self->list.n; i++)
        tell_one(&self->list.item[i]);
    if (!options->quiet && self->notes.data != NULL) {
        for (const char *at = self->notes.data; *at != '\0'; at += strcspn(at, "\n") + 1)
            printf("note: %.*s\n", (int)strcspn(at, "\n"), at);
    }
    if (self->list.n == 0)
        printf("identical: %s, settings, inputs and tables are those of the manifest\n",
               self->is_study ? "outcomes, journal" : "state hashes, rows");
}

static wks_json *json_study(const wks_verify_study *study)
{
    wks_json *out = wks_json_array(), *item = wks_json_object(), *numbers = wks_json_array();

    for (size_t k = 0; k < study->n_replications; k++)
        wks_json_append_take(numbers, wks_json_integer(study->replication[k]));
    wks_json_set_take(item, "folder", wks_json_string(study->path));
    wks_json_set_take(item, "kind", wks_json_string(study->manifest->kind));
    wks_json_set_take(item, "scenario", wks_json_string(study->manifest->scenario));
    wks_json_set_take(item, "version", wks_json_string(study->manifest->version));
    wks_json_set_take(item, "commit", wks_json_string(study->manifest->commit));
    wks_json_set_take(item, "compiler", wks_json_string(study->manifest->compiler));
    wks_json_set_take(item, "point", wks_json_integer(study->chosen));
    wks_json_set_take(item, "replications", numbers);
    wks_json_append_take(out, item);
    return out;
}

static wks_json *json_runs(const verification *self)
{
    wks_json *out = wks_json_array();

    for (size_t i = 0; i < self->n_runs; i++) {
        const wks_verify_folder *run = &self->run[i];
        wks_json *item = wks_json_object(), *numbers = wks_json_array();
        for (size_t k = 0; k < run->n_replications && run->can_run; k++)
            wks_json_append_take(numbers, wks_json_integer(run->replication[k]));
        wks_json_set_take(item, "folder", wks_json_string(run->path));
        wks_json_set_take(item, "scenario", wks_json_string(run->manifest.scenario));
        wks_json_set_take(item, "version", wks_json_string(run->manifest.version));
        wks_json_set_take(item, "commit", wks_json_string(run->manifest.commit));
        wks_json_set_take(item, "compiler", wks_json_string(run->manifest.compiler));
        wks_json_set_take(item, "replications", numbers);
        wks_json_append_take(out, item);
    }
    return out;
}

static wks_json *json_differences(const wks_verify_list *list)
{
    wks_json *out = wks_json_array();

    for (size_t i = 0; i < list->n; i++) {
        const wks_verify_difference *one = &list->item[i];
        wks_json *item = wks_json_object();
        wks_json_set_take(item, "file", wks_json_string(one->file));
        if (one->line > 0) wks_json_set_take(item, "line", wks_json_integer(one->line));
        if (one->column[0] != '\0') wks_json_set_take(item, "column", wks_json_string(one->column));
        wks_json_set_take(item, "what", wks_json_string(one->what));
        wks_json_set_take(item, "expected", wks_json_string(one->expected));
        wks_json_set_take(item, "found", wks_json_string(one->found));
        wks_json_append_take(out, item);
    }
    return out;
}

static wks_json *json_notes(const char *notes)
{
    wks_json *out = wks_json_array();
    wks_text line = WKS_TEXT_INIT;

    for (const char *at = notes == NULL ? "" : notes; *at != '\0'; at += strcspn(at, "\n") + 1) {
        wks_text_clear(&line);
        wks_text_add_bytes(&line, at, strcspn(at, "\n"));
        wks_json_append_take(out, wks_json_string(line.data));
    }
    wks_text_free(&line);
    return out;
}

static wks_status tell_json(const verification *self, const wks_options *options, wks_err *err)
{
    wks_json *root = wks_json_object();

    wks_json_set_take(root, "folder", wks_json_string(options->argument[0]));
    wks_json_set_take(root, "identical", wks_json_bool(self->list.n == 0));
    wks_json_set_take(root, "version", wks_json_string(WKS_VERSION));
    wks_json_set_take(root, "commit", wks_json_string(WKS_COMMIT));
    wks_json_set_take(root, "compiler", wks_json_string(WKS_COMPILER " " WKS_BUILD_TYPE));
    wks_json_set_take(root, "runs", self->is_study ? json_study(&self->study) : json_runs(self));
    wks_json_set_take(root, "differences", json_differences(&self->list));
    wks_json_set_take(root, "notes", json_notes(self->notes.data));
    return wks_print_json_take(root, err);
}

/* A replication of every run again, or trials of a study. */
static wks_status verify_runs(const char *dir, const wks_options *options, verification *self, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (options->point > 0)
        WKS_FAIL(err, WKS_ERR_USAGE, "--point is for folders of sweep and calibrate; %s holds a %s", dir, self->joint.kind);
    WKS_TRY(open_runs(dir, options, self, err));
    for (size_t i = 0; i < self->n_runs; i++) /* a wrong number is told before anything runs */
        WKS_TRY(choose_replications(&self->run[i], options, self->list.n > 0, err));
    for (size_t i = 0; i < self->n_runs; i++)
        if (self->run[i].can_run) WKS_TRY(rerun(&self->run[i], options, &self->list, err));
out:
    return rc;
}

static wks_status verify_study(const char *dir, const wks_options *options, verification *self, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (options->scenario != NULL)
        WKS_FAIL(err, WKS_ERR_USAGE, "--scenario is for folders of compare; %s holds a %s: choose a trial by --point and --replication",
                 dir, self->joint.kind);
    WKS_TRY(wks_verify_study_open(dir, &self->joint, options, &self->study, &self->list, &self->notes, err));
    WKS_TRY(wks_verify_study_choose(&self->study, options, self->list.n > 0, err));
    WKS_TRY(wks_verify_study_rerun(&self->study, &self->list, err));
out:
    return rc;
}

wks_status wks_cmd_verify_run(const wks_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    verification self = {.notes = WKS_TEXT_INIT};
    const char *dir = options->argument[0];

    WKS_TRY(read_joint(dir, &self, err));
    WKS_TRY(self.is_study ? verify_study(dir, options, &self, err) : verify_runs(dir, options, &self, err));
    if (options->json) {
        WKS_TRY(tell_json(&self, options, err));
    } else {
        tell(&self, options);
    }
    if (self.list.n > 0) rc = wks_err_set(err, WKS_ERR_DIFFERS, "%s: %zu difference%s", dir, self.list.n, self.list.n == 1 ? "" : "s");
out:
    free_all(&self);
    return rc;
}
