#include "export/result_folder.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "export/table_check.h"

/* Tables that a codebook explains under another file's name, or a study's under none. */
static const char *const more_files[] = {"city.csv", "buurt.csv", "design.csv", "outcomes.csv", "outcomes_sd.csv"};
const char *wks_result_folder_codebook(const wks_result_folder *self, size_t row, const char *column)
{
    const int at = wks_csv_column(&self->codebook, column);
    return at < 0 ? "" : wks_csv_cell(&self->codebook, row, at);
}

bool wks_result_folder_names(const char *files, const char *file)
{
    const size_t n = strlen(file);
    for (const char *at = files; *at != '\0'; at += strcspn(at, ";"), at += *at == ';') {
        if (strncmp(at, file, n) == 0 && (at[n] == ';' || at[n] == '\0')) return true;
    }
    return false;
}

/* Of "summary,contrasts": whether it names the table of n bytes. */
static bool is_chosen(const char *only, const char *table, size_t n)
{
    for (const char *at = only; at != NULL; at = strchr(at, ',') == NULL ? NULL : strchr(at, ',') + 1)
        if (strcspn(at, ",") == n && strncmp(at, table, n) == 0) return true;
    return only == NULL;
}

static bool is_table(const wks_result_folder *self, const char *file)
{
    const size_t n = strlen(file);
    if (n < 5 || strcmp(file + n - 4, ".csv") != 0 || strcmp(file, "codebook.csv") == 0) return false;
    if (self->manifest.has_real_people && strcmp(file, "lettings.csv") == 0) return false;
    for (size_t i = 0; i < sizeof more_files / sizeof *more_files; i++) {
        if (strcmp(file, more_files[i]) == 0) return true;
    }
    for (size_t row = 0; row < self->codebook.n_rows; row++) {
        if (wks_result_folder_names(wks_result_folder_codebook(self, row, "file"), file)) return true;
    }
    return false;
}

static int compare_units(const void *a, const void *b)
{
    return strcmp(((const wks_result_folder_unit *)a)->indicator, ((const wks_result_folder_unit *)b)->indicator);
}

static wks_status take_units(wks_result_folder *self, wks_err *err)
{
    self->unit = wks_mem_array(self->codebook.n_rows + 1, sizeof *self->unit);
    if (self->unit == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for the codebook");
    for (size_t row = 0; row < self->codebook.n_rows; row++) {
        const wks_result_folder_unit unit = {
            wks_result_folder_codebook(self, row, "indicator"), wks_result_folder_codebook(self, row, "unit"),
            wks_result_folder_codebook(self, row, "label_nl"), wks_result_folder_codebook(self, row, "label_en")};
        if (unit.indicator[0] != '\0' && strcmp(wks_result_folder_codebook(self, row, "column"), "value") == 0)
            self->unit[self->n_units++] = unit;
    }
    qsort(self->unit, self->n_units, sizeof *self->unit, compare_units);
    return WKS_OK;
}

const wks_result_folder_unit *wks_result_folder_unit_of(const wks_result_folder *self, const char *indicator)
{
    const wks_result_folder_unit key = {indicator, NULL, NULL, NULL};
    return self->n_units == 0 ? NULL : bsearch(&key, self->unit, self->n_units, sizeof *self->unit, compare_units);
}

int wks_result_folder_column_of(const wks_result_folder_table *table, const char *name)
{
    for (int i = 0; i < table->n_columns; i++) {
        if (strcmp(table->column[i].name, name) == 0) return i;
    }
    return -1;
}

const wks_result_folder_table *wks_result_folder_find(const wks_result_folder *self, const char *file)
{
    for (size_t i = 0; i < self->n_tables; i++) {
        if (strcmp(self->table[i].file, file) == 0) return &self->table[i];
    }
    return NULL;
}

/* scenario NULL: the file lies in the folder itself. */
static wks_status add_source(wks_result_folder_table *table, const char *folder, const wks_table_source_scenario *scenario, wks_err *err)
{
    char *path = wks_file_join(folder, table->file);

    if (path == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a path");
    if (!wks_file_exists(path)) {
        free(path);
        return WKS_OK;
    }
    wks_table_source *source = &table->source[table->n_sources++];
    *source = (wks_table_source){.path = path, .scenario_at = -1, .theory_at = -1};
    if (scenario != NULL) {
        source->scenario = scenario->name;
        source->theory = scenario->theory;
    }
    return WKS_OK;
}

/* The folder's own file; without one, those of its scenarios. */
static wks_status add_sources(const wks_result_folder *self, wks_result_folder_table *table, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text path = WKS_TEXT_INIT;

    table->source = wks_mem_array(self->n_scenarios + 1, sizeof *table->source);
    if (table->source == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", table->file);
    WKS_TRY(add_source(table, self->path, NULL, err));
    const bool is_own = table->n_sources > 0;
    for (size_t i = 0; i < self->n_scenarios && !is_own; i++)
        WKS_TRY(add_source(table, self->scenario[i].folder, &self->scenario[i], err));
    wks_text_addf(&path, "%s%s", is_own ? "" : "*/", table->file);
    table->path = path.failed ? NULL : wks_file_join(self->path, path.data);
    if (table->path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", table->file);
out:
    wks_text_free(&path);
    return rc;
}

static wks_status add_table(wks_result_folder *self, const char *file, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_result_folder_table *table = &self->table[self->n_tables++];

    *table = (wks_result_folder_table){.file = strdup(file), .name = wks_file_stem(file), .indicator = -1};
    if (table->file == NULL || table->name == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", file);
    WKS_TRY(add_sources(self, table, err));
    WKS_TRY(wks_table_check(self, table, problems, err));
out:
    return rc;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* More names: those of tables in the folder. */
static wks_status add_names(const wks_result_folder *self, const char *folder, char ***names, size_t *n, wks_err *err)
{
    wks_status rc = WKS_OK;
    char **found = NULL, **more = NULL;
    size_t n_found = 0;

    WKS_TRY(wks_file_list(folder, &found, &n_found, err));
    more = realloc(*names, (*n + n_found + 1) * sizeof *more);
    if (more == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the tables of %s", folder);
    *names = more;
    for (size_t i = 0; i < n_found; i++) {
        if (!is_table(self, found[i])) continue;
        more[(*n)++] = found[i];
        found[i] = NULL;
    }
out:
    for (size_t i = 0; i < n_found; i++)
        free(found[i]);
    free(found);
    return rc;
}

/* Whether all that were asked for are among the n names; else which there are. */
static wks_status check_chosen(const wks_result_folder *self, char *const *name, size_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text there = WKS_TEXT_INIT;

    for (const char *at = self->only; at != NULL; at = strchr(at, ',') == NULL ? NULL : strchr(at, ',') + 1) {
        const size_t n_asked = strcspn(at, ",");
        bool is_there = false;
        for (size_t i = 0; i < n; i++)
            is_there = is_there || (strlen(name[i]) == n_asked + strlen(".csv") && strncmp(name[i], at, n_asked) == 0);
        if (is_there) continue;
        for (size_t i = 0; i < n; i++)
            if (i == 0 || strcmp(name[i], name[i - 1]) != 0)
                wks_text_addf(&there, "%s%.*s", i == 0 ? "" : ", ", (int)(strlen(name[i]) - strlen(".csv")), name[i]);
        WKS_FAIL(err, WKS_ERR_USAGE, "%s has no table '%.*s'; it has %s", self->path, (int)n_asked, at,
                 there.data == NULL ? "none" : there.data);
    }
out:
    wks_text_free(&there);
    return rc;
}

static wks_status take_tables(wks_result_folder *self, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    char **name = NULL;
    size_t n = 0;

    WKS_TRY(add_names(self, self->path, &name, &n, err));
    for (size_t i = 0; i < self->n_scenarios; i++)
        WKS_TRY(add_names(self, self->scenario[i].folder, &name, &n, err));
    if (n == 0)
        WKS_FAIL(err, WKS_ERR_DATA, "%s holds no tables of results; expected the folder of a run, a comparison, a sweep or a calibration",
                 self->path);
    qsort(name, n, sizeof *name, compare_names);
    WKS_TRY(check_chosen(self, name, n, err));
    self->table = wks_mem_array(n + 1, sizeof *self->table);
    if (self->table == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the tables of %s", self->path);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && strcmp(name[i], name[i - 1]) == 0) continue;
        if (is_chosen(self->only, name[i], strlen(name[i]) - strlen(".csv"))) WKS_TRY(add_table(self, name[i], problems, err));
    }
    WKS_TRY(add_table(self, "codebook.csv", problems, err));
out:
    for (size_t i = 0; i < n; i++)
        free(name[i]);
    free(name);
    return rc;
}

/* The scenarios of a comparison whose folders are there. */
static wks_status take_scenarios(wks_result_folder *self, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;

    self->scenario = wks_mem_array(self->manifest.n_parts + 1, sizeof *self->scenario);
    if (self->scenario == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the scenarios of %s", self->path);
    for (size_t i = 0; i < self->manifest.n_parts; i++) {
        wks_table_source_scenario *scenario = &self->scenario[self->n_scenarios];
        WKS_TRY(wks_table_source_scenario_open(self->path, self->manifest.part[i], scenario, err));
        if (wks_file_is_folder(scenario->folder)) {
            self->n_scenarios++;
        } else {
            wks_problems_warning(problems, scenario->folder, 0, 0, "is not there: the joined tables lack this scenario");
            wks_table_source_scenario_free(scenario);
        }
    }
out:
    return rc;
}

wks_status wks_result_folder_open(const char *path, bool joined, const char *only, wks_result_folder *out, wks_problems *problems,
                                  wks_err *err)
{
    wks_status rc = WKS_OK;
    char *manifest = wks_file_join(path, "manifest.json"), *codebook = wks_file_join(path, "codebook.csv");

    *out = (wks_result_folder){.path = strdup(path), .only = only};
    if (out->path == NULL || manifest == NULL || codebook == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (!wks_file_is_folder(path) || !wks_file_exists(manifest) || !wks_file_exists(codebook)) {
        WKS_FAIL(err, WKS_ERR_DATA,
                 "%s is not a results folder; expected manifest.json and codebook.csv in it, as run, compare, sweep, calibrate and merge "
                 "write them",
                 path);
    }
    WKS_TRY(wks_manifest_read(path, &out->manifest, err));
    if (strcmp(out->manifest.status, "complete") != 0) {
        wks_problems_warning(problems, manifest, 0, 0, "status is %s: the tables are those of the replications that are whole",
                             out->manifest.status);
    }
    WKS_TRY(wks_csv_read(codebook, ',', false, &out->codebook, problems, err));
    if (wks_csv_column(&out->codebook, "file") < 0 || wks_csv_column(&out->codebook, "column") < 0) {
        wks_problems_error(problems, codebook, 1, 0, "is no codebook; expected columns file and column");
        WKS_FAIL(err, WKS_ERR_DATA, "%s is not a results folder", path);
    }
    WKS_TRY(take_units(out, err));
    if (joined) WKS_TRY(take_scenarios(out, problems, err));
    WKS_TRY(take_tables(out, problems, err));
    WKS_TRY(wks_problems_status(problems, err));
out:
    if (rc != WKS_OK) wks_result_folder_free(out);
    free(manifest);
    free(codebook);
    return rc;
}

void wks_result_folder_free(wks_result_folder *self)
{
    for (size_t i = 0; i < self->n_tables; i++) {
        wks_result_folder_table *table = &self->table[i];
        for (int k = 0; k < table->n_columns; k++)
            free(table->column[k].name);
        free(table->column);
        free(table->file);
        free(table->name);
        for (size_t k = 0; k < table->n_sources; k++)
            free(table->source[k].path);
        free(table->source);
        free(table->path);
    }
    for (size_t i = 0; i < self->n_scenarios; i++)
        wks_table_source_scenario_free(&self->scenario[i]);
    free(self->scenario);
    free(self->table);
    free(self->unit);
    wks_csv_free(&self->codebook);
    wks_manifest_free(&self->manifest);
    free(self->path);
    *self = (wks_result_folder){0};
}

static void add_about(wks_text *out, const char *what, const char *value)
{
    if (value != NULL && value[0] != '\0') wks_text_addf(out, "%s\t%s\n", what, value);
}

static void add_joined(const wks_result_folder *self, wks_text *out)
{
    int n = 0;
    for (size_t i = 0; i < self->n_tables; i++) {
        if (self->table[i].n_sources == 0 || self->table[i].source[0].scenario == NULL) continue;
        wks_text_addf(out, "%s%s", n++ == 0 ? "van elk scenario, onder elkaar | of each scenario, one after the other\t" : ", ",
                      self->table[i].name);
    }
    if (n > 0) wks_text_add(out, " (kolommen scenario en theory zeggen van welk | columns scenario and theory tell of which)\n");
}

void wks_result_folder_about(const wks_result_folder *self, wks_text *out)
{
    const wks_manifest *m = &self->manifest;
    add_about(out, "soort | kind", m->kind);
    add_about(out, "scenario", m->scenario);
    add_about(out, "titel | title", m->title);
    add_about(out, "stad | city", m->city);
    add_about(out, "mensen | people", m->has_real_people ? "imported: cells under 10 are empty" : "synthetic");
    add_about(out, "opdracht | command", m->command);
    add_about(out, "programma | program", m->version);
    add_about(out, "commit", m->commit);
    add_about(out, "scenario hash", m->scenario_hash);
    wks_text_addf(out, "seed (population, dynamics)\t%llu, %llu\n", (unsigned long long)m->seed_population,
                  (unsigned long long)m->seed_dynamics);
    wks_text_addf(out, "herhalingen | replications\t%d\nmaanden | ticks\t%d\n", m->replications_asked, m->ticks);
    add_about(out, "start", m->start);
    for (size_t i = 0; i < m->n_parts; i++)
        add_about(out, "scenario's | scenarios", m->part[i]);
    add_joined(self, out);
    for (size_t i = 0; i < m->n_sources; i++)
        add_about(out, "bron | source", m->source[i]);
}
