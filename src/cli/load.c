#include "cli/load.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "sim/everything.h"

void wks_load_print(const wks_problems *problems, bool quiet)
{
    wks_text text = WKS_TEXT_INIT;
    if (quiet && problems->n_errors == 0) return;
    wks_problems_print(problems, &text);
    if (text.data != NULL) fputs(text.data, stderr);
    wks_text_free(&text);
}

static wks_status check_areas(const wks_load *load, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_city *city = &load->city;
    const int32_t n = city->n_buurten + city->n_wijken;
    const char **code = wks_mem_array((size_t)n, sizeof *code);

    if (code == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for area codes");
    for (int32_t i = 0; i < city->n_buurten; i++) code[i] = city->buurt[i].code;
    for (int32_t i = 0; i < city->n_wijken; i++) code[city->n_buurten + i] = city->wijk[i].code;
    WKS_TRY(wks_read_check_areas(&load->scenario, code, n, problems, err));
out:
    free(code);
    return rc;
}

static wks_status load_city(wks_load *load, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_config_node *key = wks_config_get(load->scenario.resolved, "city");
    const char *file = key == NULL || key->file == NULL ? load->scenario.path : key->file;
    char *folder = wks_file_folder(file == NULL ? "." : file);
    char *path = folder == NULL ? NULL : wks_folder_find(load->scenario.city, folder);

    if (folder == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (path == NULL) {
        wks_problems_error(problems, file, key == NULL ? 0 : key->value_line, key == NULL ? 0 : key->value_column,
                           "city '%s' is not found; expected a city folder relative to this file or in scenarios/cities", load->scenario.city);
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
    WKS_TRY(check_areas(load, problems, err));
out:
    free(path);
    free(folder);
    return rc;
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
    };

    *out = (wks_load){ 0 };
    rc = wks_read_scenario(path, &read, wks_everything_catalogue(), &out->scenario, &problems, err);
    if (rc == WKS_ERR_DATA && err != NULL) *err = WKS_ERR_INIT;
    if (rc != WKS_OK && rc != WKS_ERR_DATA) goto out;
    if (out->scenario.city != NULL && out->scenario.resolved != NULL) WKS_TRY(load_city(out, &problems, err));
    rc = wks_problems_status(&problems, err);
out:
    wks_load_print(&problems, options->quiet);
    wks_problems_free(&problems);
    return rc;
}

void wks_load_free(wks_load *load)
{
    wks_scenario_free(&load->scenario);
    if (load->has_city) wks_folder_free(&load->city);
    *load = (wks_load){ 0 };
}

wks_status wks_load_population(const wks_load *load, int threads, wks_world *out, wks_synth_report *report, wks_err *err)
{
    wks_synth_report own = { 0 };
    const wks_synth_options options = {
        .seed_population = load->scenario.seed_population,
        .start_month = load->scenario.start_month,
        .threads = threads,
    };
    const wks_status rc = wks_synth_city(&load->city, &options, out, report == NULL ? &own : report, err);
    wks_synth_report_free(&own);
    return rc;
}
