#include "report/dossier_files.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"

wks_status wks_dossier_files_join(const char *folder, const char *name, char **out, wks_err *err)
{
    *out = wks_file_join(folder, name);
    return *out != NULL ? WKS_OK : wks_err_set(err, WKS_ERR_NOMEM, "no memory for a path in %s", folder);
}

/* "dir/name" if that file exists, else "dir/<scenario>/name" of the first scenario that has it; malloc'ed, or NULL if none has. */
static wks_status find_file(const wks_dossier *d, const char *name, char **out, wks_err *err)
{
    wks_status rc = wks_dossier_files_join(d->dir, name, out, err);
    for (size_t i = 0; rc == WKS_OK && !wks_file_exists(*out) && i < d->n_scenarios; i++) {
        if (d->scenario[i].folder == NULL) continue;
        free(*out);
        rc = wks_dossier_files_join(d->scenario[i].folder, name, out, err);
    }
    if (rc == WKS_OK && !wks_file_exists(*out)) {
        free(*out);
        *out = NULL;
    }
    return rc;
}

static wks_status read_optional_csv(const char *path, wks_csv *out, wks_problems *problems, wks_err *err)
{
    return path == NULL || !wks_file_exists(path) ? WKS_OK : wks_csv_read(path, 0, false, out, problems, err);
}

wks_status wks_dossier_files_lenient(wks_status rc, wks_err *err)
{
    if (rc != WKS_ERR_DATA) return rc;
    *err = WKS_ERR_INIT;
    return WKS_OK;
}

wks_status wks_dossier_files_manifest(wks_dossier *d, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *bytes = NULL, *path = wks_file_join(d->dir, "manifest.json");
    wks_err trouble = WKS_ERR_INIT;
    size_t n = 0;

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (!wks_file_exists(path)) {
        wks_problems_error(problems, path, 0, 0, "no such file; every results folder has one");
        goto out;
    }
    WKS_TRY(wks_file_read(path, &bytes, &n, err));
    rc = wks_json_parse(bytes, n, &d->manifest, &trouble);
    if (rc == WKS_ERR_DATA) {
        wks_problems_error(problems, path, 0, 0, "%s", trouble.message);
        rc = WKS_OK;
    }
    if (rc != WKS_OK) WKS_FAIL(err, rc, "%s", trouble.message);
    d->real_people = d->manifest != NULL && strcmp(wks_json_text(wks_json_get(d->manifest, "people")), "imported") == 0;
out:
    free(path);
    free(bytes);
    return rc;
}

wks_status wks_dossier_files_tables(wks_dossier *d, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    size_t n = 0;
    char *path = NULL;

    WKS_TRY(find_file(d, "codebook.csv", &path, err));
    WKS_TRY(wks_dossier_files_lenient(read_optional_csv(path, &d->codebook, problems, err), err));
    free(path);
    WKS_TRY(find_file(d, "losers.csv", &path, err));
    WKS_TRY(wks_dossier_files_lenient(read_optional_csv(path, &d->losers, problems, err), err));
    free(path);
    WKS_TRY(find_file(d, "untouched.csv", &path, err));
    WKS_TRY(wks_dossier_files_lenient(read_optional_csv(path, &d->untouched, problems, err), err));
    free(path);
    WKS_TRY(find_file(d, "breakeven.csv", &path, err));
    WKS_TRY(wks_dossier_files_lenient(read_optional_csv(path, &d->breakeven, problems, err), err));
    free(path);
    WKS_TRY(find_file(d, "waterbed.csv", &path, err));
    WKS_TRY(wks_dossier_files_lenient(read_optional_csv(path, &d->waterbed, problems, err), err));
    free(path);
    WKS_TRY(find_file(d, "effects.csv", &path, err));
    WKS_TRY(wks_dossier_files_lenient(read_optional_csv(path, &d->effects, problems, err), err));
    free(path);
    WKS_TRY(find_file(d, "precision.csv", &path, err));
    WKS_TRY(wks_dossier_files_lenient(read_optional_csv(path, &d->precision, problems, err), err));
    free(path);
    for (int i = 0; i < 2; i++) {
        WKS_TRY(find_file(d, i == 0 ? "differences.nl.txt" : "differences.en.txt", &path, err));
        if (path == NULL) WKS_TRY(find_file(d, "differences.txt", &path, err));
        if (path != NULL) WKS_TRY(wks_file_read(path, &d->differences[i], &n, err));
        free(path);
        path = NULL;
    }
    WKS_TRY(find_file(d, "map.gpkg", &path, err));
    if (path != NULL) WKS_TRY(wks_dossier_files_lenient(wks_geometry_read(path, "areas", &d->geometry, problems, err), err));
    d->compliance = wks_mem_array(d->n_scenarios, sizeof *d->compliance);
    d->destinations = wks_mem_array(d->n_scenarios, sizeof *d->destinations);
    d->drift = wks_mem_array(d->n_scenarios, sizeof *d->drift);
    if (d->compliance == NULL || d->destinations == NULL || d->drift == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for tables");
    for (size_t i = 0; i < d->n_scenarios; i++) {
        free(path);
        path = NULL;
        if (d->scenario[i].folder != NULL) WKS_TRY(wks_dossier_files_join(d->scenario[i].folder, "compliance.csv", &path, err));
        WKS_TRY(wks_dossier_files_lenient(read_optional_csv(path, &d->compliance[i], problems, err), err));
        free(path);
        path = NULL;
        if (d->scenario[i].folder != NULL) WKS_TRY(wks_dossier_files_join(d->scenario[i].folder, "destinations.csv", &path, err));
        WKS_TRY(wks_dossier_files_lenient(read_optional_csv(path, &d->destinations[i], problems, err), err));
        free(path);
        path = NULL;
        if (d->scenario[i].folder != NULL) WKS_TRY(wks_dossier_files_join(d->scenario[i].folder, "drift.csv", &path, err));
        WKS_TRY(wks_dossier_files_lenient(read_optional_csv(path, &d->drift[i], problems, err), err));
    }
out:
    free(path);
    return rc;
}
