#include "report/sweep_folder.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "output/identity.h"
#include "report/dossier_files.h"
#include "report/kind.h"
#include "report/study_page.h"

/* scenario.cfg as a tree, NULL when it cannot be read. */
static wks_config_node *scenario_in(const char *folder, const char *name)
{
    const wks_dossier dossier = {.dir = (char *)(uintptr_t)folder};
    const wks_page page = {.dossier = &dossier};
    return folder == NULL ? NULL : wks_study_page_config(&page, name);
}

/* The last part of a path, slashes at its end left out; its length in *out_n. */
static const char *last_part(const char *path, size_t *out_n)
{
    size_t end = strlen(path);
    while (end > 0 && path[end - 1] == '/')
        end--;
    size_t begin = end;
    while (begin > 0 && path[begin - 1] != '/')
        begin--;
    *out_n = end - begin;
    return path + begin;
}

/* SHA-256 of the city's files among the inputs; "" without a city. */
static const char *city_hash(const wks_json *manifest, const wks_config_node *scenario)
{
    const wks_json *inputs = wks_json_get(manifest, "inputs");
    size_t n, n_other;
    const char *city = last_part(wks_study_page_string(scenario, "city"), &n);

    for (size_t i = 0; n > 0 && i < wks_json_size(inputs); i++) {
        const char *other = last_part(wks_json_text(wks_json_get(wks_json_at(inputs, i), "path")), &n_other);
        if (n == n_other && strncmp(city, other, n) == 0) return wks_json_text(wks_json_get(wks_json_at(inputs, i), "sha256"));
    }
    return "";
}

/* What does not change what a parameter does: words, how long and how often, what is told. */
static void drop_words(wks_config_node *scenario)
{
    static const char *const left_out[] = {"name", "ticks", "warmup", "seeds", "output", "outcomes", "precision"};
    for (size_t i = scenario->n_children; i-- > 0;) {
        for (size_t k = 0; k < sizeof left_out / sizeof *left_out; k++) {
            if (strcmp(scenario->child[i]->name, left_out[k]) != 0) continue;
            wks_config_remove(scenario, i);
            break;
        }
    }
}

/* Gives every parameter of the study one value, so that it counts for no difference. */
static void level_parameters(const wks_config_node *study, wks_config_node *scenario)
{
    const wks_config_node *list = wks_config_get(study, "parameters");
    for (size_t i = 0; list != NULL && i < list->n_children; i++) {
        wks_text text = WKS_TEXT_INIT;
        wks_problems ignored = WKS_PROBLEMS_INIT; /* a key that this scenario has no place for stays away in both */
        wks_err none = WKS_ERR_INIT;
        wks_text_addf(&text, "%s=0", wks_study_page_string(list->child[i], "path"));
        if (!text.failed) (void)wks_config_set(scenario, "report", text.data, &ignored, &none);
        wks_text_free(&text);
        wks_problems_free(&ignored);
    }
}

/* The scenario as text in which what may differ is the same. */
static void plain_text(const wks_config_node *study, wks_config_node *scenario, wks_text *out)
{
    drop_words(scenario);
    level_parameters(study, scenario);
    wks_config_write(scenario, out);
}

static wks_status check_scenario(const wks_sweep_folder *sweep, const char *dir, wks_config_node *there, const wks_dossier *dossier,
                                 wks_config_node *here, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text a = WKS_TEXT_INIT, b = WKS_TEXT_INIT;
    const char *out_a = "", *out_b = "", *hash = city_hash(dossier->manifest, here);

    if (strcmp(city_hash(sweep->manifest, there), hash) != 0) {
        wks_problems_error(problems, dir, 0, 0, "a sweep with other files of the city than %s; expected one with the same", dossier->dir);
        goto out;
    }
    plain_text(sweep->study, there, &a);
    plain_text(sweep->study, here, &b);
    if (a.failed || b.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a scenario");
    if (wks_identity_differs(a.data, b.data, false, &out_a, &out_b))
        wks_problems_error(problems, dir, 0, 0,
                           "a sweep on another scenario: its first one says '%s', the reference of %s '%s'; expected one on the same",
                           out_a, dossier->dir, out_b);
out:
    wks_text_free(&a);
    wks_text_free(&b);
    return rc;
}

/* The titles of the study's scenarios, and a copy of the first in *out_first. */
static void read_scenarios(const char *dir, wks_sweep_folder *sweep, wks_config_node **out_first)
{
    const wks_config_node *list = sweep->study == NULL ? NULL : wks_config_get(sweep->study, "scenarios");

    for (size_t i = 0; list != NULL && i < list->n_children; i++) {
        wks_config_node *one = scenario_in(dir, list->child[i]->string != NULL ? list->child[i]->string : "");
        const char *title = one == NULL ? "" : wks_study_page_string(one, "title");
        if (one != NULL && title[0] == '\0') title = wks_study_page_string(one, "name");
        if (i > 0) wks_text_add(&sweep->scenarios, ", ");
        wks_text_add(&sweep->scenarios, title);
        if (i == 0) {
            *out_first = one;
        } else {
            wks_config_free(one);
        }
    }
}

static wks_status read_manifest(const char *dir, wks_sweep_folder *out, wks_problems *problems, wks_err *err)
{
    wks_dossier dossier = {.dir = (char *)(uintptr_t)dir};
    const wks_status rc = wks_dossier_files_manifest(&dossier, problems, err);
    out->manifest = dossier.manifest;
    return rc;
}

wks_status wks_sweep_folder_read(const wks_dossier *dossier, const char *dir, wks_sweep_folder *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_dossier files = {.dir = (char *)(uintptr_t)dir};
    const wks_page page = {.dossier = &files};
    wks_config_node *first = NULL, *here = NULL;
    wks_kind kind = WKS_KIND_UNKNOWN;

    *out = (wks_sweep_folder){.scenarios = WKS_TEXT_INIT};
    if (wks_file_is_folder(dir)) WKS_TRY(wks_kind_of(dir, &kind, problems, err));
    if (kind != WKS_KIND_SWEEP) {
        wks_problems_error(problems, dir, 0, 0, "no results of a sweep; expected a folder that wijksim sweep wrote");
        goto out;
    }
    WKS_TRY(read_manifest(dir, out, problems, err));
    out->study = wks_study_page_config(&page, "study.cfg");
    WKS_TRY(wks_sensitivity_read(&page, out->study, &out->tables, problems, err));
    read_scenarios(dir, out, &first);
    if (dossier->n_scenarios > 0) here = scenario_in(dossier->scenario[0].folder, "scenario.cfg");
    if (first == NULL)
        wks_problems_error(problems, dir, 0, 0, "a sweep without a scenario; expected one on the reference of %s", dossier->dir);
    if (here == NULL)
        wks_problems_error(problems, dossier->dir, 0, 0,
                           "no scenario.cfg of the reference that can be read: a sweep cannot be held against it");
    if (first != NULL && here != NULL) WKS_TRY(check_scenario(out, dir, first, dossier, here, problems, err));
    if (out->scenarios.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for titles");
out:
    wks_config_free(first);
    wks_config_free(here);
    return rc;
}

void wks_sweep_folder_free(wks_sweep_folder *sweep)
{
    wks_sensitivity_free(&sweep->tables);
    wks_config_free(sweep->study);
    wks_json_free(sweep->manifest);
    wks_text_free(&sweep->scenarios);
}
