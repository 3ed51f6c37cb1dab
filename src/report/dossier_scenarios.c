#include "report/dossier_scenarios.h"

#include <stdlib.h>
#include <string.h>

#include "base/config.h"
#include "base/file.h"
#include "base/mem.h"
#include "report/dossier_files.h"
#include "scenario/group.h"

/* Copy of a text setting of a group, or of `otherwise` when it is not there or empty. */
static char *string_of(const wks_config_node *group, const char *name, const char *otherwise)
{
    const wks_config_node *node = group != NULL ? wks_config_get(group, name) : NULL;
    bool is_text = node != NULL && node->type == WKS_CONFIG_STRING && node->string[0] != '\0';
    return wks_mem_string(is_text ? node->string : otherwise);
}

static wks_status add_group(wks_dossier *d, const char *name, const char *where, wks_err *err)
{
    const int32_t number = wks_names_add(&d->names, name);
    const bool is_private = wks_group_is_private(where);

    if (number < 0) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for the groups");
    for (size_t i = 0; i < d->n_groups; i++) {
        if (d->group[i].name != number) continue;
        d->group[i].is_private = d->group[i].is_private || is_private;
        return WKS_OK;
    }
    wks_dossier_group *grown = wks_mem_resize(d->group, d->n_groups, d->n_groups + 1, sizeof *grown);
    if (grown == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for the groups");
    d->group = grown;
    grown[d->n_groups] = (wks_dossier_group){number, wks_mem_string(where), is_private};
    return grown[d->n_groups++].where != NULL ? WKS_OK : wks_err_set(err, WKS_ERR_NOMEM, "no memory for the groups");
}

/* The groups of a scenario.cfg; root may be NULL. */
static wks_status read_groups(wks_dossier *d, const wks_config_node *root, wks_err *err)
{
    const wks_config_node *list = root != NULL ? wks_config_get(root, "groups") : NULL;
    wks_status rc = WKS_OK;

    for (size_t i = 0; list != NULL && i < list->n_children && rc == WKS_OK; i++) {
        const wks_config_node *name = wks_config_get(list->child[i], "name"), *where = wks_config_get(list->child[i], "where");
        if (name == NULL || where == NULL || name->type != WKS_CONFIG_STRING || where->type != WKS_CONFIG_STRING) continue;
        rc = add_group(d, name->string, where->string, err);
    }
    return rc;
}

static double number_of(const wks_config_node *group, const char *name)
{
    const wks_config_node *node = wks_config_get(group, name);
    if (node == NULL) return 0;
    return node->type == WKS_CONFIG_REAL ? node->real : node->type == WKS_CONFIG_INT ? (double)node->integer : 0;
}

static wks_status add_threshold(wks_dossier *d, const wks_config_node *outcome, double threshold, wks_err *err)
{
    static const char *const key[] = {"indicator", "group", "scale", "area"};
    int32_t name[4];
    const size_t n = d->n_thresholds;
    wks_dossier_threshold_of *grown = wks_mem_resize(d->threshold, n, n + 1, sizeof *grown);

    if (grown == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for thresholds");
    d->threshold = grown;
    for (int i = 0; i < 4; i++) {
        const wks_config_node *node = wks_config_get(outcome, key[i]);
        name[i] = wks_names_add(&d->names, node != NULL && node->type == WKS_CONFIG_STRING ? node->string : "");
        if (name[i] < 0) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for thresholds");
    }
    grown[d->n_thresholds++] = (wks_dossier_threshold_of){name[0], name[1], name[2], name[3], threshold};
    return WKS_OK;
}

/* An outcome of the whole city, by indicator, group and scale. */
static wks_status add_outcome(wks_dossier *d, const wks_config_node *outcome, wks_err *err)
{
    static const char *const key[] = {"indicator", "group", "scale"};
    const wks_config_node *area = wks_config_get(outcome, "area");
    int32_t name[3];

    if (area != NULL && area->type == WKS_CONFIG_STRING && area->string[0] != '\0') return WKS_OK;
    wks_dossier_series *grown = wks_mem_resize(d->outcome, d->n_outcomes, d->n_outcomes + 1, sizeof *grown);
    if (grown == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for outcomes");
    d->outcome = grown;
    for (int i = 0; i < 3; i++) {
        const wks_config_node *node = wks_config_get(outcome, key[i]);
        name[i] = wks_names_add(&d->names, node != NULL && node->type == WKS_CONFIG_STRING ? node->string : "");
        if (name[i] < 0) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for outcomes");
    }
    grown[d->n_outcomes++] = (wks_dossier_series){.indicator = name[0], .group = name[1], .scale = name[2]};
    return WKS_OK;
}

/* The outcomes that a scenario.cfg declares, and their thresholds; root may be NULL. */
static wks_status read_outcomes(wks_dossier *d, const wks_config_node *root, wks_err *err)
{
    const wks_config_node *list = root != NULL ? wks_config_get(root, "outcomes") : NULL;
    wks_status rc = WKS_OK;

    for (size_t i = 0; list != NULL && list->type == WKS_CONFIG_LIST && i < list->n_children && rc == WKS_OK; i++) {
        const wks_config_node *outcome = list->child[i];
        const double threshold = outcome->type == WKS_CONFIG_GROUP ? number_of(outcome, "threshold") : 0;
        if (threshold > 0) rc = add_threshold(d, outcome, threshold, err);
        if (rc == WKS_OK && outcome->type == WKS_CONFIG_GROUP) rc = add_outcome(d, outcome, err);
    }
    return rc;
}

static wks_status read_scenario_words(wks_dossier *d, wks_dossier_scenario *scenario, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_config_node *root = NULL;
    wks_problems ignored = WKS_PROBLEMS_INIT; /* a damaged scenario.cfg costs its title only; the run has read it before */
    const wks_config_node *node;
    char *path = NULL;

    if (scenario->folder != NULL) WKS_TRY(wks_dossier_files_join(scenario->folder, "scenario.cfg", &path, err));
    if (path != NULL && wks_file_exists(path)) {
        rc = wks_config_read(path, &root, &ignored, err);
        if (rc == WKS_ERR_DATA || rc == WKS_ERR_IO) {
            *err = WKS_ERR_INIT;
            rc = WKS_OK;
        }
        WKS_TRY(rc);
    }
    scenario->title = string_of(root, "title", wks_dossier_text(d, scenario->name));
    scenario->question = string_of(root, "question", "");
    WKS_TRY(read_groups(d, root, err));
    if (scenario == d->scenario) WKS_TRY(read_outcomes(d, root, err)); /* those of the reference count */
    node = root != NULL ? wks_config_get(root, "processes") : NULL;
    scenario->theory = string_of(node != NULL ? wks_config_get(node, "neighbourhood") : NULL, "theory", "");
    if (scenario->title == NULL || scenario->question == NULL || scenario->theory == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a title");
out:
    wks_config_free(root);
    wks_problems_free(&ignored);
    free(path);
    return rc;
}

/* Names are user data: none leads out of the folder. */
static bool is_plain_name(const char *name)
{
    return name[0] != '\0' && name[0] != '.' && strchr(name, '/') == NULL;
}

/* Leaves the folder if it is there, else frees it and leaves NULL. */
static void keep_folder(char **path)
{
    if (wks_file_is_folder(*path)) return;
    free(*path);
    *path = NULL;
}

/* DIR/<scenario>, DIR/<theory>/<scenario>, or DIR itself for a single run; NULL if there is none. */
static wks_status find_run_folder(const wks_dossier *d, int32_t scenario, size_t n_scenarios, char **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const char *name = wks_dossier_text(d, scenario), *theory = wks_dossier_text(d, d->main_theory);
    char *under = NULL;

    if (!d->is_comparison && n_scenarios == 1) {
        *out = wks_mem_string(d->dir);
        if (*out == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
        goto out;
    }
    if (!is_plain_name(name)) goto out;
    WKS_TRY(wks_dossier_files_join(d->dir, name, out, err));
    keep_folder(out);
    if (*out != NULL || !is_plain_name(theory)) goto out;
    WKS_TRY(wks_dossier_files_join(d->dir, theory, &under, err));
    WKS_TRY(wks_dossier_files_join(under, name, out, err));
    keep_folder(out);
out:
    free(under);
    return rc;
}

wks_status wks_dossier_scenarios_set(wks_dossier *d, const int32_t *names, size_t n, int32_t reference, wks_err *err)
{
    wks_status rc = WKS_OK;
    d->scenario = wks_mem_array(n, sizeof *d->scenario);
    if (d->scenario == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu scenarios", n);
    for (size_t i = 0; i < n; i++) {
        if (names[i] == reference) d->scenario[d->n_scenarios++].name = names[i];
    }
    for (size_t i = 0; i < n; i++) {
        if (names[i] != reference) d->scenario[d->n_scenarios++].name = names[i];
    }
    for (size_t i = 0; i < n; i++) {
        WKS_TRY(find_run_folder(d, d->scenario[i].name, n, &d->scenario[i].folder, err));
        WKS_TRY(read_scenario_words(d, &d->scenario[i], err));
    }
out:
    return rc;
}
