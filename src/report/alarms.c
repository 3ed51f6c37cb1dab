#include "report/alarms.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv_parts.h"
#include "base/file.h"
#include "base/mem.h"

/* Read at a time: a large city's file is larger than memory should be. */
enum { PART_BYTES = 4 << 20 };

enum { C_REPLICATION, C_QUARTER, C_AREA, C_SIGNAL, C_VALUE, C_TREND, C_ALARM, N_COLUMNS };
static const char *const column_name[N_COLUMNS] = {"replication", "quarter", "area", "signal", "value", "trend", "alarm"};
static const char *const signal_name[WKS_MONITOR_N_SIGNALS] = {
#define NAME(name, unit, from, help_nl, help_en) #name,
    WKS_MONITOR_SIGNALS(NAME)
#undef NAME
};

size_t wks_alarms_at_quarter(const wks_alarms *alarms, size_t scenario, int32_t quarter, wks_alarms_kind kind)
{
    return (scenario * (size_t)alarms->n_quarters + (size_t)quarter) * WKS_ALARMS_N_KINDS + (size_t)kind;
}

size_t wks_alarms_at_area(const wks_alarms *alarms, size_t scenario, size_t area, wks_alarms_kind kind)
{
    return (scenario * alarms->n_areas + area) * WKS_ALARMS_N_KINDS + (size_t)kind;
}

size_t wks_alarms_at_signal(const wks_alarms *alarms, size_t scenario, size_t area, wks_monitor_signal signal)
{
    return (scenario * alarms->n_areas + area) * WKS_MONITOR_N_SIGNALS + (size_t)signal;
}

void wks_alarms_free(wks_alarms *alarms)
{
    free(alarms->last);
    free(alarms->n_replications);
    free(alarms->buurten);
    free(alarms->times);
    free(alarms->value);
    free(alarms->trend);
    *alarms = (wks_alarms){0};
}

/* One file while it is read. */
typedef struct wks_alarms_reader {
    wks_alarms *out;
    const wks_dossier *dossier;
    size_t scenario;
    int64_t replication; /* of the row before; -1: none yet */
    int32_t *n_judged;   /* by [quarter][kind]; then of areas at the last quarter */
    int32_t *n_judged_area, *n_value, *n_trend;
    const char *path; /* of the file being read */
    wks_problems *problems;
} reader;

static wks_status allocate(const wks_dossier *d, wks_alarms *out, wks_err *err)
{
    int32_t end = 0;

    out->n_scenarios = d->n_scenarios;
    out->n_areas = d->n_areas;
    if (!wks_text_parse_month(wks_dossier_date(d, d->last_tick), &end)) return WKS_OK; /* a model without months has no quarters */
    const int32_t start = end - d->last_tick;
    out->first_month = start - start % 3 + 2;
    out->n_quarters = d->last_tick / 3 + 2;
    const size_t n = d->n_scenarios, n_quarters = (size_t)out->n_quarters;
    out->last = wks_mem_array(n, sizeof *out->last);
    out->n_replications = wks_mem_array(n, sizeof *out->n_replications);
    out->buurten = wks_mem_array(n * n_quarters * WKS_ALARMS_N_KINDS, sizeof *out->buurten);
    out->times = wks_mem_array(n * out->n_areas * WKS_ALARMS_N_KINDS, sizeof *out->times);
    out->value = wks_mem_array(n * out->n_areas * WKS_MONITOR_N_SIGNALS, sizeof *out->value);
    out->trend = wks_mem_array(n * out->n_areas * WKS_MONITOR_N_SIGNALS, sizeof *out->trend);
    const bool is_whole = out->last != NULL && out->n_replications != NULL && out->buurten != NULL && out->times != NULL &&
                          out->value != NULL && out->trend != NULL;
    for (size_t s = 0; is_whole && s < n; s++)
        out->last[s] = -1;
    return is_whole ? WKS_OK : wks_err_set(err, WKS_ERR_NOMEM, "no memory for early warnings");
}

/* ---- one row ---- */

/* "2026-Q3" -> its number from quarter 0; -1 if it is none or lies outside. */
static int32_t quarter_of(const wks_alarms *out, const char *text)
{
    int64_t year = 0;
    char digits[5] = "";

    if (strlen(text) != 7 || text[4] != '-' || text[5] != 'Q' || text[6] < '1' || text[6] > '4') return -1;
    memcpy(digits, text, 4);
    if (!wks_text_parse_int64(digits, &year)) return -1;
    const int32_t month = (int32_t)year * 12 + (text[6] - '1') * 3 + 2, quarter = (month - out->first_month) / 3;
    return month >= out->first_month && quarter < out->n_quarters ? quarter : -1;
}

/* Row of an area by its code; n_areas if there is none. */
static size_t area_of(const wks_dossier *d, const char *code)
{
    size_t low = 0, high = d->n_areas;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = strcmp(wks_dossier_text(d, d->area[middle]), code);
        if (order == 0) return middle;
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return d->n_areas;
}

static int32_t signal_of(const char *text)
{
    for (int32_t i = 0; i < WKS_MONITOR_N_SIGNALS; i++)
        if (strcmp(signal_name[i], text) == 0) return i;
    return -1;
}

static int32_t alarm_of(const char *text)
{
    for (int32_t i = 0; i < WKS_MONITOR_N_ALARMS; i++)
        if (strcmp(wks_monitor_alarm_name[i], text) == 0) return i;
    return -1;
}

/* At a later quarter than those before: what was kept of areas is of an earlier one. */
static void begin_quarter(reader *r, int32_t quarter)
{
    wks_alarms *out = r->out;

    out->last[r->scenario] = quarter;
    for (size_t i = 0; i < out->n_areas * WKS_ALARMS_N_KINDS; i++) {
        out->times[wks_alarms_at_area(out, r->scenario, 0, 0) + i] = 0;
        r->n_judged_area[i] = 0;
    }
    for (size_t i = 0; i < out->n_areas * WKS_MONITOR_N_SIGNALS; i++) {
        const size_t at = wks_alarms_at_signal(out, r->scenario, 0, 0) + i;
        out->value[at] = out->trend[at] = 0;
        r->n_value[i] = r->n_trend[i] = 0;
    }
}

static void take_alarm(reader *r, int32_t quarter, size_t area, wks_alarms_kind kind, bool has_it)
{
    wks_alarms *out = r->out;

    r->n_judged[(size_t)quarter * WKS_ALARMS_N_KINDS + (size_t)kind]++;
    out->buurten[wks_alarms_at_quarter(out, r->scenario, quarter, kind)] += has_it;
    if (quarter != out->last[r->scenario]) return;
    r->n_judged_area[area * WKS_ALARMS_N_KINDS + (size_t)kind]++;
    out->times[wks_alarms_at_area(out, r->scenario, area, kind)] += has_it;
}

static void take_number(const char *text, double *sum, int32_t *n)
{
    double number = NAN;

    if (!wks_text_parse_double(text, &number)) return;
    *sum += number;
    ++*n;
}

static void take_row(reader *r, const wks_csv *csv, size_t row, const int *column)
{
    wks_alarms *out = r->out;
    const char *quarter_text = wks_csv_cell(csv, row, column[C_QUARTER]), *alarm_text = wks_csv_cell(csv, row, column[C_ALARM]);
    const int32_t quarter = quarter_of(out, quarter_text), signal = signal_of(wks_csv_cell(csv, row, column[C_SIGNAL]));
    const int32_t alarm = alarm_of(alarm_text);
    const size_t area = area_of(r->dossier, wks_csv_cell(csv, row, column[C_AREA]));
    int64_t replication = 0;

    if (quarter < 0 || signal < 0 || alarm < 0 || !wks_text_parse_int64(wks_csv_cell(csv, row, column[C_REPLICATION]), &replication)) {
        wks_problems_error(r->problems, csv->path, 0, 0, "'%s', '%s', '%s': not a row of early warnings of this run", quarter_text,
                           wks_csv_cell(csv, row, column[C_SIGNAL]), alarm_text);
        return;
    }
    if (replication != r->replication) out->n_replications[r->scenario]++;
    r->replication = replication;
    if (area == out->n_areas) return;
    if (quarter > out->last[r->scenario]) begin_quarter(r, quarter);
    const bool is_judged = alarm != WKS_MONITOR_UNJUDGED && wks_csv_cell(csv, row, column[C_TREND])[0] != '\0'; /* not in the first year */
    if (is_judged && signal == WKS_MONITOR_load) take_alarm(r, quarter, area, WKS_ALARMS_LOAD, alarm == WKS_MONITOR_ALARM);
    if (is_judged && signal == WKS_MONITOR_leefbaarheid) {
        take_alarm(r, quarter, area, WKS_ALARMS_EARLY, alarm == WKS_MONITOR_EARLY || alarm == WKS_MONITOR_EARLY_EARLY);
        take_alarm(r, quarter, area, WKS_ALARMS_WEAK, alarm == WKS_MONITOR_ALARM);
    }
    if (quarter != out->last[r->scenario]) return;
    const size_t at = wks_alarms_at_signal(out, r->scenario, area, (wks_monitor_signal)signal);
    const size_t own = area * WKS_MONITOR_N_SIGNALS + (size_t)signal;
    take_number(wks_csv_cell(csv, row, column[C_VALUE]), &out->value[at], &r->n_value[own]);
    take_number(wks_csv_cell(csv, row, column[C_TREND]), &out->trend[at], &r->n_trend[own]);
}

/* ---- one file ---- */

/* Reading stops being of use at the first problem. */
static wks_status take_part(const wks_text *part, void *context, wks_err *err)
{
    reader *r = context;
    const char *path = r->path;
    if (r->problems->n_errors > 0) return WKS_OK;
    wks_csv csv = {0};
    int column[N_COLUMNS];
    bool is_whole = true;
    wks_status rc = wks_csv_parse(path, part->data, part->length, ',', false, &csv, r->problems, err);

    if (rc == WKS_ERR_DATA) { /* collected */
        *err = WKS_ERR_INIT;
        rc = WKS_OK;
    }
    for (int i = 0; rc == WKS_OK && csv.n_columns > 0 && i < N_COLUMNS; i++) {
        column[i] = wks_csv_column(&csv, column_name[i]);
        if (column[i] < 0) wks_problems_error(r->problems, path, 1, 0, "no column '%s'", column_name[i]);
        is_whole = is_whole && column[i] >= 0;
    }
    for (size_t row = 0; rc == WKS_OK && is_whole && r->problems->n_errors == 0 && row < csv.n_rows; row++)
        take_row(r, &csv, row, column);
    wks_csv_free(&csv);
    return rc;
}

/* Sums to means; what no replication, or not each, tells becomes NaN. */
static void finish(reader *r)
{
    wks_alarms *out = r->out;
    const int32_t n = out->n_replications[r->scenario];

    for (size_t i = 0; i < (size_t)out->n_quarters * WKS_ALARMS_N_KINDS; i++) {
        double *buurten = &out->buurten[wks_alarms_at_quarter(out, r->scenario, 0, 0) + i];
        *buurten = r->n_judged[i] > 0 ? *buurten / n : NAN;
    }
    for (size_t i = 0; i < out->n_areas * WKS_ALARMS_N_KINDS; i++)
        if (n == 0 || r->n_judged_area[i] < n) out->times[wks_alarms_at_area(out, r->scenario, 0, 0) + i] = NAN;
    for (size_t i = 0; i < out->n_areas * WKS_MONITOR_N_SIGNALS; i++) {
        const size_t at = wks_alarms_at_signal(out, r->scenario, 0, 0) + i;
        out->value[at] = n > 0 && r->n_value[i] == n ? out->value[at] / n : NAN;
        out->trend[at] = n > 0 && r->n_trend[i] == n ? out->trend[at] / n : NAN;
    }
}

static wks_status read_scenario(const wks_dossier *d, size_t scenario, wks_alarms *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    reader r = {.out = out, .dossier = d, .scenario = scenario, .replication = -1, .problems = problems};
    char *path = d->scenario[scenario].folder == NULL ? NULL : wks_file_join(d->scenario[scenario].folder, "monitor.csv");

    r.n_judged = wks_mem_array((size_t)out->n_quarters * WKS_ALARMS_N_KINDS, sizeof *r.n_judged);
    r.n_judged_area = wks_mem_array(out->n_areas * WKS_ALARMS_N_KINDS, sizeof *r.n_judged_area);
    r.n_value = wks_mem_array(out->n_areas * WKS_MONITOR_N_SIGNALS, sizeof *r.n_value);
    r.n_trend = wks_mem_array(out->n_areas * WKS_MONITOR_N_SIGNALS, sizeof *r.n_trend);
    if (r.n_judged == NULL || r.n_judged_area == NULL || r.n_value == NULL || r.n_trend == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for early warnings");
    if (path != NULL && wks_file_exists(path)) {
        r.path = path;
        WKS_TRY(wks_csv_parts_read(path, PART_BYTES, take_part, &r, err));
    }
    finish(&r);
out:
    free(path);
    free(r.n_judged);
    free(r.n_judged_area);
    free(r.n_value);
    free(r.n_trend);
    return rc;
}

wks_status wks_alarms_read(const wks_dossier *dossier, wks_alarms *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t last = -1;

    *out = (wks_alarms){0};
    WKS_TRY(allocate(dossier, out, err));
    if (out->n_quarters == 0) return WKS_OK;
    for (size_t s = 0; s < dossier->n_scenarios; s++) {
        WKS_TRY(read_scenario(dossier, s, out, problems, err));
        if (out->last[s] > last) last = out->last[s];
    }
    if (last < 0) wks_alarms_free(out);
out:
    if (rc != WKS_OK) wks_alarms_free(out);
    return rc;
}
