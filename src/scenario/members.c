#include "scenario/members.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/rng.h"
#include "scenario/settings.h"
#include "scenario/timeline.h"
#include "world/columns.h"

const char wks_members_default[] = "t1";
const char wks_members_key[] = "processes.neighbourhood.members";
const char wks_members_theory_key[] = "processes.neighbourhood.theory";

static const char shipped[] = "scenarios/theories";
enum { MOST_MEMBERS = 100000, MOST_NAMES = 128, PATH_MOST = 160 };

void wks_members_free(wks_members *members)
{
    if (members == NULL) return;
    free(members->path);
    free(members->number);
    free(members->process);
    free(members->param);
    free(members->value);
    free(members);
}

/* ---- finding the file ---- */

/* folder/middle/name if that is a file, else NULL. */
static char *file_in(const char *folder, const char *middle, const char *name)
{
    char *parent = folder == NULL ? NULL : wks_file_join(folder, middle);
    char *path = parent == NULL ? NULL : wks_file_join(parent, name);

    free(parent);
    if (path != NULL && wks_file_exists(path) && !wks_file_is_folder(path)) return path;
    free(path);
    return NULL;
}

/* A name gets its extension, and nothing but a .csv is ever opened. */
static char *with_extension(const char *name)
{
    const size_t n = strlen(name);
    wks_text text = WKS_TEXT_INIT;

    wks_text_add(&text, name);
    if (n < 4 || strcmp(name + n - 4, ".csv") != 0) wks_text_add(&text, ".csv");
    return text.data;
}

static char *find_file(const wks_config_node *node, const char *data)
{
    char *name = with_extension(node->string);
    char *own = node->line > 0 ? wks_file_folder(node->file) : wks_mem_string(".");
    char *found = name == NULL ? NULL : file_in(own, ".", name);

    if (found == NULL && name != NULL) found = file_in(".", shipped, name);
    if (found == NULL && name != NULL) found = file_in(data, shipped, name);
    free(name);
    free(own);
    return found;
}

/* What scenario.cfg names: the bare name of a set of the data folder, else the full path. */
static wks_status settle_name(wks_config_node *node, const char *path, const char *data, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *folder = data == NULL ? NULL : wks_file_join(data, shipped);
    char *full_folder = folder == NULL ? NULL : realpath(folder, NULL);
    char *full = realpath(path, NULL);
    char *own = full == NULL ? NULL : wks_file_folder(full);
    char *stem = full == NULL ? NULL : wks_file_stem(full);

    if (own == NULL || stem == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the path %s", path);
    const bool is_shipped = full_folder != NULL && strcmp(own, full_folder) == 0;
    WKS_TRY(wks_settings_set_text(node, is_shipped ? stem : full, err));
out:
    free(folder);
    free(full_folder);
    free(full);
    free(own);
    free(stem);
    return rc;
}

/* ---- the table ---- */

/* Comment lines become empty ones, so that the lines behind them keep their number. Returns how many bytes are left. */
static size_t drop_comments(char *bytes, size_t n)
{
    size_t kept = 0;
    bool is_start = true, is_comment = false;

    for (size_t i = 0; i < n; i++) {
        is_comment = (is_comment || (is_start && bytes[i] == '#')) && bytes[i] != '\n';
        is_start = bytes[i] == '\n';
        if (!is_comment) bytes[kept++] = bytes[i];
    }
    bytes[kept] = '\0';
    return kept;
}

static void wrong_column(const wks_scenario *scenario, const wks_csv *csv, int column, wks_problems *problems)
{
    const wks_spec *spec = wks_scenario_process(scenario, "neighbourhood")->spec;
    const char *names[MOST_NAMES];
    char path[MOST_NAMES][PATH_MOST], near[WKS_SETTINGS_HINT];
    size_t n = 0;

    for (int32_t i = 0; i < spec->n_params && n < MOST_NAMES; i++) {
        if (spec->param[i].type != WKS_PARAM_REAL && spec->param[i].type != WKS_PARAM_INT) continue;
        (void)snprintf(path[n], PATH_MOST, "processes.%s.%s", spec->name, spec->param[i].name);
        names[n] = path[n];
        n++;
    }
    wks_problems_error(problems, csv->path, 0, 0, "column '%.80s' is no number that a scenario can set; expected 'member' or a path%s",
                       csv->header[column], wks_settings_hint(csv->header[column], names, n, near));
}

static wks_status read_header(const wks_scenario *scenario, const wks_csv *csv, int member, wks_members *out, wks_problems *problems,
                              wks_err *err)
{
    wks_status rc = WKS_OK;

    out->process = wks_mem_array(csv->n_columns, sizeof *out->process);
    out->param = wks_mem_array(csv->n_columns, sizeof *out->param);
    if (out->process == NULL || out->param == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", csv->path);
    if (member < 0) wks_problems_error(problems, csv->path, 0, 0, "no column 'member'; expected one with whole numbers from 1");
    for (int c = 0; c < (int)csv->n_columns; c++) {
        int32_t process = 0, param = -1;
        if (c == member) continue;
        const bool is_known = wks_timeline_target(scenario, csv->header[c], &process, &param) && param >= 0;
        const wks_param *what = is_known ? &scenario->process[process].spec->param[param] : NULL;
        if (what == NULL || (what->type != WKS_PARAM_REAL && what->type != WKS_PARAM_INT)) {
            wrong_column(scenario, csv, c, problems);
            process = -1;
        }
        out->process[out->n_columns] = process;
        out->param[out->n_columns++] = param;
    }
    if (member >= 0 && out->n_columns == 0) {
        wks_problems_error(problems, csv->path, 0, 0, "no column but 'member'; expected a column a parameter, as %s",
                           "processes.neighbourhood.d_s");
    }
out:
    return rc;
}

static void wrong_cell(const wks_csv *csv, size_t row, int column, wks_problems *problems, const char *expected)
{
    wks_problems_error(problems, csv->path, wks_csv_line(csv, row), wks_csv_position(csv, row, column), "%s is '%.40s'; expected %s",
                       csv->header[column], wks_csv_cell(csv, row, column), expected);
}

static void read_number(const wks_csv *csv, size_t row, int member, wks_members *out, wks_problems *problems)
{
    int64_t number = 0;

    if (!wks_text_parse_int64(wks_csv_cell(csv, row, member), &number) || number < 1 || number > MOST_MEMBERS) {
        wrong_cell(csv, row, member, problems, "a whole number from 1 to 100000");
        return;
    }
    for (size_t i = 0; i < row; i++) {
        if (out->number[i] != (int32_t)number) continue;
        wrong_cell(csv, row, member, problems, "each number once");
        return;
    }
    out->number[row] = (int32_t)number;
}

static void read_value(const wks_csv *csv, size_t row, int column, const wks_param *param, double *out, wks_problems *problems)
{
    char expected[128], low[32], high[32];
    const bool is_number = wks_text_parse_double(wks_csv_cell(csv, row, column), out);

    if (is_number && *out >= param->low && *out <= param->high && (param->type != WKS_PARAM_INT || *out == (double)(int64_t)*out)) return;
    (void)snprintf(expected, sizeof expected, "%s from %s to %s", param->type == WKS_PARAM_INT ? "a whole number" : "a number",
                   wks_text_number(param->low, low), wks_text_number(param->high, high));
    wrong_cell(csv, row, column, problems, expected);
}

static wks_status read_rows(const wks_scenario *scenario, const wks_csv *csv, int member, wks_members *out, wks_problems *problems,
                            wks_err *err)
{
    wks_status rc = WKS_OK;

    out->number = wks_mem_array(csv->n_rows, sizeof *out->number);
    out->value = wks_mem_array(csv->n_rows * (size_t)out->n_columns, sizeof *out->value);
    if (out->number == NULL || out->value == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", csv->path);
    for (size_t row = 0; row < csv->n_rows; row++) {
        int32_t k = 0;
        for (int c = 0; c < (int)csv->n_columns; c++) {
            if (c == member) {
                read_number(csv, row, member, out, problems);
                continue;
            }
            double *value = &out->value[row * (size_t)out->n_columns + (size_t)k];
            if (out->process[k] >= 0)
                read_value(csv, row, c, &scenario->process[out->process[k]].spec->param[out->param[k]], value, problems);
            k++;
        }
    }
    out->n = (int32_t)csv->n_rows;
out:
    return rc;
}

static wks_status read_table(const wks_scenario *scenario, wks_members *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_csv csv = {0};
    char *bytes = NULL;
    size_t n = 0;

    WKS_TRY(wks_file_read(out->path, &bytes, &n, err));
    wks_file_sha256_bytes(bytes, n, out->sha256);
    n = drop_comments(bytes, n);
    rc = wks_csv_parse(out->path, bytes, n, ',', false, &csv, problems, err);
    const bool is_whole = rc == WKS_OK;
    if (rc == WKS_ERR_DATA) { /* the problems tell */
        rc = WKS_OK;
        if (err != NULL) *err = WKS_ERR_INIT;
    }
    WKS_TRY(rc);
    if (csv.n_columns == 0) goto out;
    const int member = wks_csv_column(&csv, "member");
    WKS_TRY(read_header(scenario, &csv, member, out, problems, err));
    if (csv.n_rows == 0 && is_whole) wks_problems_error(problems, out->path, 0, 0, "no members; expected a row each");
    if (csv.n_rows > MOST_MEMBERS) {
        wks_problems_error(problems, out->path, 0, 0, "%zu members; expected at most %d", csv.n_rows, (int)MOST_MEMBERS);
    } else {
        WKS_TRY(read_rows(scenario, &csv, member, out, problems, err));
    }
out:
    wks_csv_free(&csv);
    free(bytes);
    return rc;
}

wks_status wks_members_read(wks_scenario *scenario, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_config_node *node = wks_config_get(scenario->resolved, "processes");
    char *data = NULL;

    if (node != NULL) node = wks_config_get(node, "neighbourhood");
    if (node != NULL) node = wks_config_get(node, "members");
    if (node == NULL || node->type != WKS_CONFIG_STRING || node->string[0] == '\0') return WKS_OK;
    data = wks_file_data_folder();
    scenario->members = wks_mem_array(1, sizeof *scenario->members);
    if (scenario->members == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the members of T1");
    scenario->members->path = find_file(node, data);
    if (scenario->members->path == NULL) {
        wks_problems_error(problems, node->file, node->value_line, node->value_column,
                           "members is \"%.80s\" and there is no such set; expected a .csv beside this file or in %s", node->string,
                           shipped);
        goto out;
    }
    WKS_TRY(settle_name(node, scenario->members->path, data, err));
    WKS_TRY(read_table(scenario, scenario->members, problems, err));
out:
    free(data);
    return rc;
}

/* ---- use ---- */

int32_t wks_members_row(const wks_scenario *scenario, int32_t number)
{
    const wks_members *members = scenario->members;

    if (members == NULL || members->n == 0 || strcmp(wks_scenario_choice(scenario, "neighbourhood", "theory"), "T1") != 0) return WKS_NONE;
    const wks_rng_seed seed = wks_rng_seed_make(scenario->seed_population, (uint64_t)number);
    wks_rng rng = wks_rng_open(&seed, 0, 0, WKS_RNG_THEORY_MEMBER);
    return (int32_t)wks_rng_below(&rng, (uint32_t)members->n);
}

int32_t wks_members_number(const wks_scenario *scenario, int32_t number)
{
    const int32_t row = wks_members_row(scenario, number);
    return row < 0 ? 0 : scenario->members->number[row];
}

void wks_members_apply(const wks_scenario *scenario, int32_t row, wks_settings *process)
{
    const wks_members *members = scenario->members;

    for (int32_t k = 0; row >= 0 && k < members->n_columns; k++)
        process[members->process[k]].value[members->param[k]] = members->value[row * members->n_columns + k];
}
