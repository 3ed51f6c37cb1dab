#include "study/evaluate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "city/synth.h"
#include "scenario/model.h"
#include "sim/everything.h"
#include "sim/replication.h"
#include "study/outcome_rows.h"
#include "study/pausing.h"
#include "study/test_function.h"
#include "version.h"

/* A city folder, read once for all scenarios that name it. */
typedef struct wks_evaluate_place {
    char *folder;
    wks_city city;
} place;

/* A population that trials copy. */
typedef struct wks_evaluate_people {
    int32_t place; /* -1: a model without a city */
    uint64_t seed;
    int32_t start_month;
    wks_world world;
} people;

struct wks_evaluate {
    const wks_study *study;
    int threads;
    wks_stop *stop;
    wks_pausing_rules rules; /* nothing is kept: a trial is whole or lost */
    wks_scenario *scenario;  /* n_scenarios; without parameters */
    bool *is_needed;         /* some outcome looks at it */
    int32_t *place_of;       /* n_scenarios; -1 without a city */
    place *place;
    int32_t n_places;
    people *people;
    int32_t n_people;
    int32_t every; /* ticks between rows, so that every outcome has its own */
    char identity[65];
};

/* One run, its outcomes as they come. */
typedef struct wks_evaluate_run {
    const wks_evaluate *evaluate;
    const wks_city *city;
    int32_t scenario;
    double *value; /* n_outcomes: of this scenario */
    bool *found;   /* n_outcomes: whether the row was seen */
} one_run;

/* ---- what a scenario writes ---- */

static bool looks_at(const wks_evaluate *evaluate, int32_t i, int32_t scenario)
{
    const wks_study_outcome *outcome = &evaluate->study->outcome[i];
    return outcome->scenario_index == scenario || (outcome->is_contrast && scenario == 0);
}

static int32_t tick_of(const wks_study *study, const wks_study_outcome *outcome)
{
    return outcome->tick < 0 ? study->ticks : outcome->tick;
}

static int32_t common_divisor(int32_t a, int32_t b)
{
    while (b != 0) {
        const int32_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Rows at the ticks and levels of the outcomes and no others: what is measured never changes what happens. */
static wks_status set_output(const wks_evaluate *evaluate, int32_t s, wks_scenario *scenario, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_study *study = evaluate->study;
    wks_output *output = &scenario->output;

    for (int32_t i = 0; i < output->n_indicators; i++)
        free(output->indicator[i]);
    free(output->indicator);
    *output = (wks_output){.city_every = evaluate->every, .buurt_every = evaluate->every};
    output->indicator = wks_mem_array((size_t)study->n_outcomes, sizeof *output->indicator);
    if (output->indicator == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for outcomes");
    for (int32_t i = 0; i < study->n_outcomes; i++) {
        const wks_study_outcome *outcome = &study->outcome[i];
        if (!looks_at(evaluate, i, s)) continue;
        output->indicator[output->n_indicators] = wks_mem_string(outcome->indicator);
        if (output->indicator[output->n_indicators] == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for outcomes");
        output->n_indicators++;
        if (outcome->level[0] == '\0') output->city = true;
        if (strcmp(outcome->level, "buurt") == 0) output->buurt = true;
        if (strcmp(outcome->level, "wijk") == 0) output->wijk = true;
    }
out:
    return rc;
}

/* ---- rows ---- */

static const char *code_of(const wks_city *city, const wks_series_row *row)
{
    if (row->area_row < 0 || city == NULL) return "";
    return strcmp(row->level, "wijk") == 0 ? city->wijk[row->area_row].code : city->buurt[row->area_row].code;
}

static bool is_row(const one_run *run, const wks_study_outcome *outcome, const wks_series_row *row)
{
    return strcmp(row->indicator, outcome->indicator) == 0 && strcmp(row->group, outcome->group) == 0 &&
           strcmp(row->scale, outcome->scale) == 0 && (outcome->area[0] == '\0') == (row->area_row < 0) &&
           (outcome->area[0] == '\0' || strcmp(row->level, outcome->level) == 0) &&
           (outcome->area[0] == '\0' || strcmp(code_of(run->city, row), outcome->area) == 0);
}

static void take_rows(one_run *run, int32_t tick, const wks_series *series)
{
    const wks_study *study = run->evaluate->study;

    for (int32_t i = 0; i < study->n_outcomes; i++) {
        const wks_study_outcome *outcome = &study->outcome[i];
        const bool is_due = outcome->tick < 0 || outcome->tick == tick; /* the last of all that come */
        for (int32_t k = 0; is_due && looks_at(run->evaluate, i, run->scenario) && k < series->n; k++) {
            if (!is_row(run, outcome, &series->row[k])) continue;
            run->value[i] = series->row[k].value;
            run->found[i] = true;
            break;
        }
    }
}

static wks_status observe(const wks_replication_view *view, void *context, wks_err *err)
{
    one_run *run = context;
    (void)err;

    take_rows(run, view->world->tick, view->city);
    take_rows(run, view->world->tick, view->buurt);
    return WKS_OK;
}

/* ---- people ---- */

static wks_status make_people(const wks_city *city, const wks_scenario *scenario, int threads, wks_world *out, wks_err *err)
{
    wks_synth_report report = {0};
    const wks_synth_options options = {
        .seed_population = scenario->seed_population, .start_month = scenario->start_month, .threads = threads};
    wks_status rc;

    wks_world_init(out);
    rc = wks_err_context(err, wks_synth_city(city, &options, out, &report, err), "synthetic population of %s", city->name);
    wks_synth_report_free(&report);
    return rc;
}

static const people *find_people(const wks_evaluate *evaluate, int32_t place_row, const wks_scenario *scenario)
{
    for (int32_t i = 0; i < evaluate->n_people; i++) {
        const people *this = &evaluate->people[i];
        if (this->place == place_row &&
            (place_row < 0 || (this->seed == scenario->seed_population && this->start_month == scenario->start_month)))
            return this;
    }
    return NULL;
}

static wks_status keep_people(wks_evaluate *evaluate, int32_t s, wks_err *err)
{
    const wks_scenario *scenario = &evaluate->scenario[s];
    const int32_t at = evaluate->place_of[s];
    people *new_people;

    if (find_people(evaluate, at, scenario) != NULL) return WKS_OK;
    new_people = &evaluate->people[evaluate->n_people];
    *new_people = (people){.place = at, .seed = scenario->seed_population, .start_month = scenario->start_month};
    wks_world_init(&new_people->world);
    evaluate->n_people++;
    if (at < 0) return WKS_OK;
    return make_people(&evaluate->place[at].city, scenario, evaluate->threads, &new_people->world, err);
}

/* ---- a trial ---- */

static wks_status run_scenario(one_run *run, const wks_scenario *scenario, int32_t replication, wks_err *err)
{
    const wks_evaluate *evaluate = run->evaluate;
    const int32_t at = evaluate->place_of[run->scenario];
    const people *shared = find_people(evaluate, at, scenario);
    wks_world own;
    uint64_t hash = 0;
    wks_status rc = WKS_OK;
    wks_pausing pausing;
    wks_replication_options options = {.number = replication,
                                       .threads = evaluate->threads,
                                       .stop = evaluate->stop,
                                       .observer = observe,
                                       .observer_context = run,
                                       .pause = wks_pausing_ask,
                                       .pause_context = &pausing};

    wks_pausing_begin(&pausing, &evaluate->rules, evaluate->stop, NULL, NULL, scenario->n_ticks, -1);
    wks_world_init(&own);
    if (shared == NULL) {
        WKS_TRY(make_people(&evaluate->place[at].city, scenario, evaluate->threads, &own, err));
        options.take = &own;
    }
    rc = wks_replication_run(scenario, shared == NULL ? &own : &shared->world, &options, &hash, err);
out:
    wks_world_free(&own);
    return rc;
}

static wks_status read_scenario(const wks_evaluate *evaluate, int32_t s, const double *point, wks_scenario *out, wks_problems *problems,
                                wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_read_options options = WKS_READ_OPTIONS_INIT;

    WKS_TRY(wks_study_file_options(evaluate->study, s, point, &options, err));
    WKS_TRY(wks_read_scenario(evaluate->study->scenario[s], &options, wks_everything_catalogue(), out, problems, err));
    WKS_TRY(set_output(evaluate, s, out, err));
out:
    wks_study_file_options_free(&options);
    return rc;
}

static wks_status read_for_trial(const wks_evaluate *evaluate, int32_t s, const double *point, wks_scenario *out, wks_err *err)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_status rc = read_scenario(evaluate, s, point, out, &problems, err);

    for (size_t i = 0; i < problems.n && rc == WKS_ERR_DATA; i++) {
        if (problems.item[i].is_warning) continue;
        if (err != NULL) *err = WKS_ERR_INIT;
        (void)wks_err_set(err, WKS_ERR_DATA, "scenario '%s' cannot have these values: %s", evaluate->study->scenario_name[s],
                          problems.item[i].text);
        break;
    }
    wks_problems_free(&problems);
    return rc;
}

static wks_status run_one(const wks_evaluate *evaluate, int32_t s, const double *point, int32_t replication, double *value, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_study *study = evaluate->study;
    const int32_t at = evaluate->place_of[s];
    wks_scenario scenario = {0};
    bool *found = wks_mem_array((size_t)study->n_outcomes, sizeof *found);
    one_run run = {.evaluate = evaluate, .city = at < 0 ? NULL : &evaluate->place[at].city, .scenario = s, .value = value, .found = found};

    if (found == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for outcomes");
    WKS_TRY(read_for_trial(evaluate, s, point, &scenario, err));
    WKS_TRY(run_scenario(&run, &scenario, replication, err));
    for (int32_t i = 0; i < study->n_outcomes; i++) {
        if (looks_at(evaluate, i, s) && !found[i])
            WKS_FAIL(err, WKS_ERR_DATA, "outcome '%s' has no row at tick %d of scenario '%s'", study->outcome[i].name,
                     tick_of(study, &study->outcome[i]), study->scenario_name[s]);
    }
out:
    wks_scenario_free(&scenario);
    free(found);
    return rc;
}

wks_status wks_evaluate_trial(const double *point, int32_t replication, double *out, void *context, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_evaluate *evaluate = context;
    const wks_study *study = evaluate->study;
    const size_t n = (size_t)study->n_outcomes;
    double *value = NULL, *reference = NULL;

    if (study->function[0] != '\0') {
        void *untouched;
        memcpy(&untouched, &evaluate->study, sizeof untouched);
        return wks_test_function_trial(point, replication, out, untouched, err);
    }
    value = wks_mem_array(n, sizeof *value);
    reference = wks_mem_array(n, sizeof *reference);
    if (value == NULL || reference == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for outcomes");
    for (int32_t s = 0; s < study->n_scenarios; s++) {
        if (!evaluate->is_needed[s]) continue;
        WKS_TRY(run_one(evaluate, s, point, replication, value, err));
        for (int32_t i = 0; i < study->n_outcomes; i++) {
            const wks_study_outcome *outcome = &study->outcome[i];
            if (s == 0 && outcome->is_contrast) reference[i] = value[i];
            if (outcome->scenario_index == s) out[i] = outcome->is_contrast ? value[i] - reference[i] : value[i];
        }
    }
out:
    free(value);
    free(reference);
    return rc;
}

/* ---- beginning ---- */

/* Whether every outcome will have its row in this scenario. */
static wks_status check_rows(const wks_evaluate *evaluate, int32_t s, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_study *study = evaluate->study;
    const int32_t at = evaluate->place_of[s];
    wks_outcome_rows_want *want = wks_mem_array((size_t)study->n_outcomes, sizeof *want);
    int32_t n = 0;

    if (want == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for outcomes");
    for (int32_t i = 0; i < study->n_outcomes; i++) {
        const wks_study_outcome *outcome = &study->outcome[i];
        if (!looks_at(evaluate, i, s)) continue;
        want[n++] = (wks_outcome_rows_want){.indicator = outcome->indicator,
                                            .group = outcome->group,
                                            .scale = outcome->scale,
                                            .area = outcome->area,
                                            .level = outcome->level,
                                            .node = outcome->node};
    }
    rc = wks_outcome_rows_check(&evaluate->scenario[s], at < 0 ? NULL : &evaluate->place[at].city, want, n, problems, err);
out:
    free(want);
    return rc;
}

static wks_status find_place(wks_evaluate *evaluate, int32_t s, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_scenario *scenario = &evaluate->scenario[s];
    char *folder = NULL;
    int32_t k = 0;

    evaluate->place_of[s] = -1;
    if (!wks_model_has_city(scenario)) goto out;
    folder = wks_read_city_folder(scenario);
    if (folder == NULL) {
        const wks_config_node *node = wks_read_city_node(scenario);
        wks_problems_error(problems, node == NULL || node->file == NULL ? scenario->path : node->file, node == NULL ? 0 : node->value_line,
                           node == NULL ? 0 : node->value_column, "city '%s' is not found", scenario->city);
        WKS_FAIL(err, WKS_ERR_DATA, "city '%s' is not found", scenario->city);
    }
    while (k < evaluate->n_places && strcmp(evaluate->place[k].folder, folder) != 0)
        k++;
    evaluate->place_of[s] = k;
    if (k == evaluate->n_places) {
        evaluate->n_places++;
        evaluate->place[k].folder = folder;
        folder = NULL;
        WKS_TRY(wks_folder_read(evaluate->place[k].folder, &evaluate->place[k].city, problems, err));
    }
    WKS_TRY(wks_outcome_rows_check_areas(scenario, &evaluate->place[k].city, problems, err));
out:
    free(folder);
    return rc;
}

static void add_outcome(const wks_study_outcome *outcome, wks_text *out)
{
    wks_text_addf(out, "outcome %s|%s|%s|%s|%s|%s|%d|%s|%d\n", outcome->name, outcome->indicator, outcome->group, outcome->scale,
                  outcome->level, outcome->area, outcome->tick, outcome->scenario, outcome->is_contrast);
}

static wks_status identify(wks_evaluate *evaluate, wks_err *err)
{
    const wks_study *study = evaluate->study;
    wks_text text = WKS_TEXT_INIT;
    char number[32];

    wks_text_addf(&text, "%s %s\nfunction %s noise %s seed %lld\n", WKS_VERSION, WKS_COMMIT, study->function,
                  wks_text_exact(study->noise, number), (long long)study->seed);
    for (int32_t s = 0; s < study->n_scenarios; s++)
        wks_text_addf(&text, "scenario %s %s %s\n", study->scenario_name[s], evaluate->scenario[s].hash,
                      evaluate->place_of[s] < 0 ? "-" : evaluate->place[evaluate->place_of[s]].city.sha256);
    for (int32_t p = 0; p < study->n_parameters; p++)
        wks_text_addf(&text, "parameter %s %s\n", study->parameter[p].name, study->parameter[p].path);
    for (int32_t i = 0; i < study->n_outcomes; i++)
        add_outcome(&study->outcome[i], &text);
    if (text.failed) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a study");
    wks_file_sha256_bytes(text.data, text.length, evaluate->identity);
    wks_text_free(&text);
    return WKS_OK;
}

static wks_status allocate(wks_evaluate *evaluate, wks_err *err)
{
    const size_t n = (size_t)evaluate->study->n_scenarios;

    evaluate->scenario = wks_mem_array(n, sizeof *evaluate->scenario);
    evaluate->is_needed = wks_mem_array(n, sizeof *evaluate->is_needed);
    evaluate->place_of = wks_mem_array(n, sizeof *evaluate->place_of);
    evaluate->place = wks_mem_array(n, sizeof *evaluate->place);
    evaluate->people = wks_mem_array(n, sizeof *evaluate->people);
    if (evaluate->scenario == NULL || evaluate->is_needed == NULL || evaluate->place_of == NULL || evaluate->place == NULL ||
        evaluate->people == NULL)
        return wks_err_set(err, WKS_ERR_NOMEM, "no memory for %zu scenarios", n);
    return WKS_OK;
}

static wks_status begin(wks_evaluate *evaluate, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_study *study = evaluate->study;
    wks_problems told = WKS_PROBLEMS_INIT; /* when the study was read */

    WKS_TRY(allocate(evaluate, err));
    evaluate->every = study->ticks;
    for (int32_t i = 0; i < study->n_outcomes; i++)
        evaluate->every = common_divisor(evaluate->every, tick_of(study, &study->outcome[i]));
    for (int32_t s = 0; s < study->n_scenarios; s++) {
        for (int32_t i = 0; i < study->n_outcomes; i++)
            evaluate->is_needed[s] = evaluate->is_needed[s] || looks_at(evaluate, i, s);
        WKS_TRY(read_scenario(evaluate, s, NULL, &evaluate->scenario[s], &told, err));
        WKS_TRY(find_place(evaluate, s, problems, err));
    }
    WKS_TRY(identify(evaluate, err));
    for (int32_t s = 0; s < study->n_scenarios; s++) {
        if (evaluate->is_needed[s]) WKS_TRY(check_rows(evaluate, s, problems, err));
    }
    WKS_TRY(wks_problems_status(problems, err));
    for (int32_t s = 0; s < study->n_scenarios; s++) {
        if (evaluate->is_needed[s]) WKS_TRY(keep_people(evaluate, s, err));
    }
out:
    wks_problems_free(&told);
    return rc;
}

wks_status wks_evaluate_create(const wks_study *study, int threads, wks_stop *stop, wks_evaluate **out, wks_problems *problems,
                               wks_err *err)
{
    wks_status rc;
    wks_evaluate *evaluate = wks_mem_array(1, sizeof *evaluate);

    *out = NULL;
    if (evaluate == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a study");
    evaluate->study = study;
    evaluate->threads = threads;
    evaluate->stop = stop;
    rc = begin(evaluate, problems, err);
    if (rc == WKS_OK) {
        *out = evaluate;
    } else {
        wks_evaluate_destroy(evaluate);
    }
    return rc;
}

void wks_evaluate_until(wks_evaluate *evaluate, double deadline)
{
    evaluate->rules.deadline = deadline;
}

void wks_evaluate_destroy(wks_evaluate *evaluate)
{
    if (evaluate == NULL) return;
    for (int32_t s = 0; s < evaluate->study->n_scenarios && evaluate->scenario != NULL; s++)
        wks_scenario_free(&evaluate->scenario[s]);
    for (int32_t i = 0; i < evaluate->n_places; i++) {
        free(evaluate->place[i].folder);
        wks_folder_free(&evaluate->place[i].city);
    }
    for (int32_t i = 0; i < evaluate->n_people; i++)
        wks_world_free(&evaluate->people[i].world);
    free(evaluate->scenario);
    free(evaluate->is_needed);
    free(evaluate->place_of);
    free(evaluate->place);
    free(evaluate->people);
    free(evaluate);
}

const char *wks_evaluate_identity(const wks_evaluate *evaluate)
{
    return evaluate->identity;
}

const wks_scenario *wks_evaluate_scenario(const wks_evaluate *evaluate, int32_t s)
{
    return s < evaluate->study->n_scenarios ? &evaluate->scenario[s] : NULL;
}

const wks_city *wks_evaluate_city(const wks_evaluate *evaluate, int32_t s)
{
    if (s >= evaluate->study->n_scenarios || evaluate->place_of[s] < 0) return NULL;
    return &evaluate->place[evaluate->place_of[s]].city;
}

wks_estimate wks_evaluate_estimate(const wks_evaluate *evaluate, int64_t n_trials)
{
    wks_estimate sum = {0};

    for (int32_t s = 0; s < evaluate->study->n_scenarios && evaluate->study->function[0] == '\0'; s++) {
        bool is_new = evaluate->place_of[s] >= 0;
        for (int32_t k = 0; k < s && is_new; k++)
            is_new = !evaluate->is_needed[k] || evaluate->place_of[k] != evaluate->place_of[s] ||
                     evaluate->scenario[k].seed_population != evaluate->scenario[s].seed_population;
        if (evaluate->is_needed[s]) wks_estimate_add_trials(&sum, &evaluate->scenario[s], wks_evaluate_city(evaluate, s), n_trials, is_new);
    }
    return sum;
}
