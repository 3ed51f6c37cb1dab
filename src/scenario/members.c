#include "scenario/members.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/rng.h"
#include "num/draw.h"
#include "scenario/settings.h"
#include "scenario/timeline.h"
#include "world/columns.h"

const char wks_members_default[] = "t1";
const char wks_members_key[] = "processes.neighbourhood.members";
const char wks_members_theory_key[] = "processes.neighbourhood.theory";

/* Where the sets that come with the program lie. */
static const char *const shipped[WKS_MEMBERS_N] = {"scenarios/theories", "scenarios/studies"};
enum { MOST_MEMBERS = 100000, PATH_MOST = 160 };

void wks_members_free(wks_members *members)
{
    if (members == NULL) return;
    free(members->path);
    free(members->number);
    free(members->process);
    free(members->param);
    free(members->value);
    free(members->weight);
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

static char *find_file(const wks_config_node *node, const char *place, const char *data)
{
    char *name = with_extension(node->string);
    char *own = node->line > 0 ? wks_file_folder(node->file) : wks_mem_string(".");
    char *found = name == NULL ? NULL : file_in(own, ".", name);

    if (found == NULL && name != NULL) found = file_in(".", place, name);
    if (found == NULL && name != NULL) found = file_in(data, place, name);
    free(name);
    free(own);
    return found;
}

/* What scenario.cfg names: the bare name of a set of the data folder, else the full path. */
static wks_status settle_name(wks_config_node *node, const char *path, const char *place, const char *data, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *folder = data == NULL ? NULL : wks_file_join(data, place);
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

static bool is_number_param(const wks_param *param)
{
    return param->type == WKS_PARAM_REAL || param->type == WKS_PARAM_INT;
}

/* Paths of all numbers that processes have, PATH_MOST bytes each. NULL without memory: then no nearest name is told. */
static char *number_paths(const wks_scenario *scenario, size_t *n)
{
    char *path = wks_mem_array((size_t)scenario->n_processes * WKS_PARAM_MAX, PATH_MOST);

    *n = 0;
    for (int32_t k = 0; path != NULL && k < scenario->n_processes; k++) {
        const wks_spec *spec = scenario->process[k].spec;
        for (int32_t i = 0; i < spec->n_params; i++) {
            if (!is_number_param(&spec->param[i])) continue;
            (void)snprintf(path + (*n)++ * PATH_MOST, PATH_MOST, "processes.%s.%s", spec->name, spec->param[i].name);
        }
    }
    return path;
}

static void wrong_column(const wks_scenario *scenario, const wks_csv *csv, int column, wks_problems *problems)
{
    char near[WKS_SETTINGS_HINT] = "";
    size_t n;
    char *path = number_paths(scenario, &n);
    const char **names = path == NULL ? NULL : wks_mem_array(n, sizeof *names);

    for (size_t i = 0; names != NULL && i < n; i++)
        names[i] = path + i * PATH_MOST;
    wks_problems_error(problems, csv->path, 0, 0,
                       "column '%.80s' is no number that a scenario can set; expected 'member', 'weight' or a path%s", csv->header[column],
                       names == NULL ? "" : wks_settings_hint(csv->header[column], names, n, near));
    free(names);
    free(path);
}

/* Columns that are no parameter; -1: not there. */
typedef struct table_columns {
    int member, weight;
} table_columns;

static wks_status read_header(const wks_scenario *scenario, const wks_csv *csv, const table_columns *own, wks_members *out,
                              wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;

    out->process = wks_mem_array(csv->n_columns, sizeof *out->process);
    out->param = wks_mem_array(csv->n_columns, sizeof *out->param);
    if (out->process == NULL || out->param == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", csv->path);
    if (own->member < 0) wks_problems_error(problems, csv->path, 0, 0, "no column 'member'; expected one with whole numbers from 1");
    for (int c = 0; c < (int)csv->n_columns; c++) {
        int32_t process = 0, param = -1;
        if (c == own->member || c == own->weight) continue;
        const bool is_known = wks_timeline_target(scenario, csv->header[c], &process, &param) && param >= 0;
        const wks_param *what = is_known ? &scenario->process[process].spec->param[param] : NULL;
        if (what == NULL || !is_number_param(what)) {
            wrong_column(scenario, csv, c, problems);
            process = -1;
        }
        out->process[out->n_columns] = process;
        out->param[out->n_columns++] = param;
    }
    if (own->member >= 0 && out->n_columns == 0) {
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

static void read_weight(const wks_csv *csv, size_t row, int column, wks_members *out, wks_problems *problems)
{
    double *weight = &out->weight[row];

    if (wks_text_parse_double(wks_csv_cell(csv, row, column), weight) && *weight >= 0.0 && *weight <= 1e300) return;
    *weight = 1.0;
    wrong_cell(csv, row, column, problems, "a number of 0 or more");
}

static void check_weights(const wks_csv *csv, const wks_members *out, wks_problems *problems)
{
    double sum = 0.0;

    for (int32_t i = 0; i < out->n; i++)
        sum += out->weight[i];
    if (out->n > 0 && !(sum > 0.0)) wks_problems_error(problems, csv->path, 0, 0, "every weight is 0; expected at least one above 0");
}

static wks_status read_rows(const wks_scenario *scenario, const wks_csv *csv, const table_columns *own, wks_members *out,
                            wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;

    out->number = wks_mem_array(csv->n_rows, sizeof *out->number);
    out->value = wks_mem_array(csv->n_rows * (size_t)out->n_columns, sizeof *out->value);
    if (own->weight >= 0) out->weight = wks_mem_array(csv->n_rows, sizeof *out->weight);
    if (out->number == NULL || out->value == NULL || (own->weight >= 0 && out->weight == NULL))
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", csv->path);
    for (size_t row = 0; row < csv->n_rows; row++) {
        int32_t k = 0;
        for (int c = 0; c < (int)csv->n_columns; c++) {
            if (c == own->member) read_number(csv, row, c, out, problems);
            if (c == own->weight) read_weight(csv, row, c, out, problems);
            if (c == own->member || c == own->weight) continue;
            double *value = &out->value[row * (size_t)out->n_columns + (size_t)k];
            if (out->process[k] >= 0)
                read_value(csv, row, c, &scenario->process[out->process[k]].spec->param[out->param[k]], value, problems);
            k++;
        }
    }
    out->n = (int32_t)csv->n_rows;
    if (out->weight != NULL) check_weights(csv, out, problems);
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
    const table_columns own = {wks_csv_column(&csv, "member"), wks_csv_column(&csv, "weight")};
    WKS_TRY(read_header(scenario, &csv, &own, out, problems, err));
    if (csv.n_rows == 0 && is_whole) wks_problems_error(problems, out->path, 0, 0, "no members; expected a row each");
    if (csv.n_rows > MOST_MEMBERS) {
        wks_problems_error(problems, out->path, 0, 0, "%zu members; expected at most %d", csv.n_rows, (int)MOST_MEMBERS);
    } else {
        WKS_TRY(read_rows(scenario, &csv, &own, out, problems, err));
    }
out:
    wks_csv_free(&csv);
    free(bytes);
    return rc;
}

static wks_config_node *node_of(const wks_scenario *scenario, wks_members_kind kind)
{
    wks_config_node *node = scenario->resolved;

    if (kind == WKS_MEMBERS_THEORY) node = wks_config_get(node, "processes");
    if (kind == WKS_MEMBERS_THEORY && node != NULL) node = wks_config_get(node, "neighbourhood");
    if (node != NULL) node = wks_config_get(node, "members");
    return node == NULL || node->type != WKS_CONFIG_STRING || node->string[0] == '\0' ? NULL : node;
}

static wks_status read_set(wks_scenario *scenario, wks_members_kind kind, wks_members **out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_config_node *node = node_of(scenario, kind);
    char *data = NULL;

    if (node == NULL) return WKS_OK;
    data = wks_file_data_folder();
    *out = wks_mem_array(1, sizeof **out);
    if (*out == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a set of members");
    (*out)->path = find_file(node, shipped[kind], data);
    if ((*out)->path == NULL) {
        wks_problems_error(problems, node->file, node->value_line, node->value_column,
                           "members is \"%.80s\" and there is no such set; expected a .csv beside this file or in %s", node->string,
                           shipped[kind]);
        goto out;
    }
    WKS_TRY(settle_name(node, (*out)->path, shipped[kind], data, err));
    WKS_TRY(read_table(scenario, *out, problems, err));
out:
    free(data);
    return rc;
}

/* Who would win otherwise could not be told from the files. */
static void check_apart(const wks_scenario *scenario, wks_problems *problems)
{
    const wks_members *a = wks_members_of(scenario, WKS_MEMBERS_THEORY), *b = wks_members_of(scenario, WKS_MEMBERS_CALIBRATED);
    const wks_config_node *node = node_of(scenario, WKS_MEMBERS_CALIBRATED);

    for (int32_t i = 0; a != NULL && b != NULL && i < a->n_columns; i++) {
        for (int32_t k = 0; k < b->n_columns; k++) {
            if (a->process[i] < 0 || a->process[i] != b->process[k] || a->param[i] != b->param[k]) continue;
            const wks_spec *spec = scenario->process[a->process[i]].spec;
            wks_problems_error(
                problems, node->file, node->value_line, node->value_column,
                "members sets processes.%s.%s, and so does %.120s, the accepted set of theory T1; expected each parameter in "
                "one of them",
                spec->name, spec->param[a->param[i]].name, a->path);
        }
    }
}

wks_status wks_members_read(wks_scenario *scenario, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(read_set(scenario, WKS_MEMBERS_THEORY, &scenario->members, problems, err));
    WKS_TRY(read_set(scenario, WKS_MEMBERS_CALIBRATED, &scenario->calibrated, problems, err));
    check_apart(scenario, problems);
out:
    return rc;
}

/* ---- use ---- */

const wks_members *wks_members_of(const wks_scenario *scenario, wks_members_kind kind)
{
    const wks_members *members = kind == WKS_MEMBERS_THEORY ? scenario->members : scenario->calibrated;

    if (members == NULL || members->n == 0) return NULL;
    if (kind == WKS_MEMBERS_THEORY && strcmp(wks_scenario_choice(scenario, "neighbourhood", "theory"), "T1") != 0) return NULL;
    return members;
}

int32_t wks_members_row(const wks_scenario *scenario, wks_members_kind kind, int32_t number)
{
    const wks_members *members = wks_members_of(scenario, kind);

    if (members == NULL) return WKS_NONE;
    const wks_rng_seed seed = wks_rng_seed_make(scenario->seed_population, (uint64_t)number);
    wks_rng rng = wks_rng_open(&seed, (uint64_t)kind, 0, WKS_RNG_THEORY_MEMBER);
    if (members->weight != NULL) return wks_draw_weighted(&rng, members->weight, members->n);
    return (int32_t)wks_rng_below(&rng, (uint32_t)members->n);
}

int32_t wks_members_number(const wks_scenario *scenario, wks_members_kind kind, int32_t number)
{
    const int32_t row = wks_members_row(scenario, kind, number);
    return row < 0 ? 0 : wks_members_of(scenario, kind)->number[row];
}

void wks_members_apply(const wks_scenario *scenario, int32_t number, wks_settings *process)
{
    for (int kind = 0; kind < WKS_MEMBERS_N; kind++) {
        const wks_members *members = wks_members_of(scenario, (wks_members_kind)kind);
        const int32_t row = wks_members_row(scenario, (wks_members_kind)kind, number);
        for (int32_t k = 0; row >= 0 && k < members->n_columns; k++)
            process[members->process[k]].value[members->param[k]] = members->value[row * members->n_columns + k];
    }
}
