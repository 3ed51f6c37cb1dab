#include "output/identity.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "scenario/members.h"
#include "scenario/model.h"
#include "scenario/write.h"
#include "version.h"

wks_status wks_identity_scenario(const wks_scenario *scenario, const wks_city *city, wks_text *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (!wks_model_has_city(scenario)) { /* no key city */
        wks_write_resolved(scenario, NULL, out);
        return out->failed ? wks_err_set(err, WKS_ERR_NOMEM, "no memory for scenario.cfg") : WKS_OK;
    }
    char *data = wks_file_data_folder();
    char *shipped = data == NULL ? NULL : wks_file_join(data, "scenarios/cities");
    char *own = wks_file_folder(city->path);
    char *full_shipped = shipped == NULL ? NULL : realpath(shipped, NULL);
    char *full_own = own == NULL ? NULL : realpath(own, NULL);
    char *full = realpath(city->path, NULL);
    const char *name = full == NULL ? city->path : full;

    if (full != NULL && full_own != NULL && full_shipped != NULL && strcmp(full_own, full_shipped) == 0) name = strrchr(full, '/') + 1;
    wks_write_resolved(scenario, name, out);
    if (out->failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for scenario.cfg");
out:
    free(data);
    free(shipped);
    free(own);
    free(full_shipped);
    free(full_own);
    free(full);
    return rc;
}

/* Settings that may differ between the run in the folder and this one: words, and which replications; the city counts by its files. */
static bool may_differ(const char *line)
{
    static const char *const keys[] = {"title", "question", "city", "replications", "first_replication"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const size_t n = strlen(keys[i]);
        if (strncmp(line, keys[i], n) == 0 && line[n] == ' ') return true;
    }
    return false;
}

/* What outcomes are declared and how precisely they are asked changes no replication; both stand at the end. */
static bool is_end(const char *line)
{
    return strncmp(line, "outcomes ", 9) == 0 || strncmp(line, "precision ", 10) == 0;
}

/* A run-in changes no replication of a city, whose key stands before it; without a city it says what is measured. */
static bool is_run_in(const char *line, bool *has_city)
{
    *has_city = *has_city || strncmp(line, "city ", 5) == 0;
    return *has_city && strncmp(line, "warmup ", 7) == 0;
}

/* Cuts the next line that counts off the text; NULL at its end. `has_city`: false at the begin of a text, then kept. */
static char *next_line(char **at, bool all, bool *has_city)
{
    while (**at != '\0') {
        char *line = *at;
        char *end = line + strcspn(line, "\n");
        *at = *end == '\0' ? end : end + 1;
        *end = '\0';
        if (!all && is_end(line)) break;
        if ((!is_run_in(line, has_city) || all) && !may_differ(line)) return line;
    }
    *at += strlen(*at);
    return NULL;
}

bool wks_identity_differs(char *there, char *here, bool all, const char **out_there, const char **out_here)
{
    char *a, *b;
    bool has_city[2] = {false, false};

    do {
        a = next_line(&there, all, &has_city[0]);
        b = next_line(&here, all, &has_city[1]);
        if (a == NULL && b == NULL) return false;
    } while (a != NULL && b != NULL && strcmp(a, b) == 0);
    *out_there = a == NULL ? "" : wks_text_trim(a);
    *out_here = b == NULL ? "" : wks_text_trim(b);
    return true;
}

wks_status wks_identity_settings(const wks_scenario *scenario, const wks_city *city, char *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT, kept = WKS_TEXT_INIT;

    WKS_TRY(wks_identity_scenario(scenario, city, &text, err));
    char *at = text.data;
    bool has_city = false;
    for (const char *line = next_line(&at, false, &has_city); line != NULL; line = next_line(&at, false, &has_city)) {
        wks_text_add(&kept, line);
        wks_text_add_char(&kept, '\n');
    }
    if (kept.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for scenario.cfg");
    wks_file_sha256_bytes(kept.data, kept.length, out);
out:
    wks_text_free(&text);
    wks_text_free(&kept);
    return rc;
}

wks_status wks_identity_checkpoint(const wks_scenario *scenario, const wks_city *city, bool follows, wks_checkpoint *out, wks_err *err)
{
    *out = (wks_checkpoint){.version = WKS_VERSION,
                            .commit = WKS_COMMIT,
                            .seed_population = scenario->seed_population,
                            .seed_dynamics = scenario->seed_dynamics,
                            .n_ticks = scenario->n_ticks,
                            .follows = follows};
    if (wks_model_has_city(scenario)) memcpy(out->city, city->sha256, sizeof out->city);
    if (scenario->members != NULL) memcpy(out->members, scenario->members->sha256, sizeof out->members);
    return wks_identity_settings(scenario, city, out->settings, err);
}

/* The folder's scenario.cfg says the same as this scenario; else WKS_ERR_USAGE with the first two lines that differ. */
static wks_status check_scenario(const char *folder, const wks_scenario *scenario, const wks_city *city, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    char *path = wks_file_join(folder, "scenario.cfg");
    const char *a = "", *b = "";
    char *bytes = NULL;
    size_t n = 0;

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_identity_scenario(scenario, city, &text, err));
    WKS_TRY(wks_file_read(path, &bytes, &n, err));
    if (wks_identity_differs(bytes, text.data, false, &a, &b))
        WKS_FAIL(err, WKS_ERR_USAGE,
                 "%s holds another run: its scenario.cfg says '%s', this scenario '%s'; choose another folder with -o, or --force", folder,
                 a, b);
out:
    wks_text_free(&text);
    free(path);
    free(bytes);
    return rc;
}

static bool has_input(const wks_manifest *manifest, const char *sha256)
{
    for (size_t i = 0; i < manifest->n_inputs; i++) {
        if (strcmp(manifest->input[i].sha256, sha256) == 0) return true;
    }
    return false;
}

wks_status wks_identity_check(const char *folder, const wks_scenario *scenario, const wks_city *city, const wks_manifest *old, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (strcmp(old->kind, "run") != 0) {
        WKS_FAIL(err, WKS_ERR_USAGE, "%s holds a comparison, not a run; choose another folder with -o", folder);
    }
    WKS_TRY(check_scenario(folder, scenario, city, err));
    const wks_members *const set[] = {scenario->members, scenario->calibrated};
    for (size_t i = 0; i < sizeof set / sizeof set[0]; i++) {
        if (set[i] == NULL || has_input(old, set[i]->sha256)) continue;
        WKS_FAIL(err, WKS_ERR_USAGE, "%s was begun with another accepted set than %s now holds; choose another folder with -o, or --force",
                 folder, set[i]->path);
    }
    if (wks_model_has_city(scenario) && !has_input(old, city->sha256)) {
        WKS_FAIL(err, WKS_ERR_USAGE, "%s was begun with other files of city %s; choose another folder with -o, or --force", folder,
                 city->name);
    }
    if (strcmp(old->version, WKS_VERSION) != 0 || strcmp(old->commit, WKS_COMMIT) != 0) {
        WKS_FAIL(err, WKS_ERR_USAGE,
                 "%s was begun with wijksim %s (%s) and this is %s (%s), which may give other numbers; choose another folder, or --force",
                 folder, old->version, old->commit, WKS_VERSION, WKS_COMMIT);
    }
out:
    return rc;
}
