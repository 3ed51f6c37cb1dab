#include "study/study_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "num/math.h"
#include "scenario/section.h"
#include "scenario/settings.h"
#include "study/calibrate.h"
#include "study/study_check.h"
#include "study/study_items.h"
#include "study/study_keys.h"

enum { LEAST_PARAMETERS = 1, MOST_NAME = 60 };

typedef wks_study_items_reader reader;

static char **take_list(wks_settings *settings, int32_t i, int32_t *out_n)
{
    char **list = settings->area[i];
    *out_n = settings->n_areas[i];
    settings->area[i] = NULL;
    settings->n_areas[i] = 0;
    return list;
}

/* ---- the top ---- */

static void take_options(const reader *r, const wks_read_options *options, wks_settings *top)
{
    const struct {
        int key;
        int64_t value;
    } given[] = {{WKS_STUDY_KEYS_TICKS, options->ticks},
                 {WKS_STUDY_KEYS_FIRST_REPLICATION, options->first_replication},
                 {WKS_STUDY_KEYS_REPLICATIONS, options->n_replications},
                 {WKS_STUDY_KEYS_SEED, options->seed},
                 {WKS_STUDY_KEYS_SEED_POPULATION, options->seed_population}};

    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        wks_config_node *node = wks_config_get(r->root, wks_study_keys_top.param[given[i].key].name);
        if (given[i].value < 0 || node == NULL) continue;
        top->value[given[i].key] = (double)given[i].value;
        node->type = WKS_CONFIG_INT;
        node->integer = given[i].value;
    }
}

static wks_status add_sets(const reader *r, const wks_read_options *options)
{
    wks_status rc = WKS_OK;
    wks_study *study = r->study;
    wks_config_node *list = wks_config_get(r->root, "set");
    const size_t n = (size_t)study->n_sets;
    char **more = wks_mem_resize(study->set, n, n + (size_t)options->n_set, sizeof *more);

    if (more == NULL) WKS_FAIL(r->err, WKS_ERR_NOMEM, "no memory for --set");
    study->set = more;
    for (int32_t i = 0; i < options->n_set && list != NULL && list->type == WKS_CONFIG_LIST; i++) {
        wks_config_node *item = wks_settings_add(list, NULL, WKS_CONFIG_STRING, r->err);
        if (item == NULL) return WKS_ERR_NOMEM;
        WKS_TRY(wks_settings_set_text(item, options->set[i], r->err));
        study->set[study->n_sets] = wks_mem_string(options->set[i]);
        if (study->set[study->n_sets] == NULL) WKS_FAIL(r->err, WKS_ERR_NOMEM, "no memory for --set");
        study->n_sets++;
    }
out:
    return rc;
}

static wks_status read_scenario_paths(const reader *r, wks_settings *top)
{
    wks_status rc = WKS_OK;
    wks_study *study = r->study;
    char *folder = wks_file_folder(study->path);

    study->scenario = take_list(top, WKS_STUDY_KEYS_SCENARIOS, &study->n_scenarios);
    if (folder == NULL) WKS_FAIL(r->err, WKS_ERR_NOMEM, "no memory for a path");
    for (int32_t i = 0; i < study->n_scenarios; i++) {
        char *path = wks_file_join(folder, study->scenario[i]);
        if (path == NULL) WKS_FAIL(r->err, WKS_ERR_NOMEM, "no memory for a path");
        free(study->scenario[i]);
        study->scenario[i] = path;
    }
out:
    free(folder);
    return rc;
}

static void check_name(const reader *r, const char *name)
{
    bool is_good = name[0] != '\0' && name[0] != '.' && name[0] != '-' && strlen(name) <= MOST_NAME;
    for (const char *at = name; *at != '\0'; at++)
        is_good = is_good && (unsigned char)*at > ' ' && strchr("/\\\",;:*?<>|\x7f", *at) == NULL;
    if (!is_good)
        wks_study_items_tell(r, r->root, "name",
                             "name cannot be a folder of results; expected letters, digits, '-', '_' and '.', at most 60, no blanks");
}

static wks_status read_top(const reader *r, const wks_read_options *options)
{
    static const char *const section[] = {"parameters", "outcomes", "design", "targets", "calibration"};
    const wks_settings_context context = {.problems = r->problems};
    wks_study *study = r->study;
    wks_settings top = {0};
    char *stem = wks_file_stem(study->path);
    wks_status rc = WKS_OK;

    if (stem == NULL) WKS_FAIL(r->err, WKS_ERR_NOMEM, "no memory for a name");
    WKS_TRY(wks_section_text(r->root, "name", stem, r->err));
    WKS_TRY(wks_settings_read(&context, r->root, &wks_study_keys_top, wks_study_keys_top.name, section, sizeof section / sizeof *section,
                              &top, r->err));
    if (options != NULL) take_options(r, options, &top);
    study->name = wks_study_items_text(&top, WKS_STUDY_KEYS_NAME);
    study->title = wks_study_items_text(&top, WKS_STUDY_KEYS_TITLE);
    study->question = wks_study_items_text(&top, WKS_STUDY_KEYS_QUESTION);
    const int32_t function = (int32_t)top.value[WKS_STUDY_KEYS_FUNCTION];
    study->function = wks_mem_string(function == 0 ? "" : wks_study_keys_top.param[WKS_STUDY_KEYS_FUNCTION].choice[function]);
    if (study->name == NULL || study->title == NULL || study->question == NULL || study->function == NULL)
        WKS_FAIL(r->err, WKS_ERR_NOMEM, "no memory for a study");
    study->noise = top.value[WKS_STUDY_KEYS_NOISE];
    study->ticks = (int32_t)top.value[WKS_STUDY_KEYS_TICKS];
    study->first_replication = (int32_t)top.value[WKS_STUDY_KEYS_FIRST_REPLICATION];
    study->n_replications = (int32_t)top.value[WKS_STUDY_KEYS_REPLICATIONS];
    study->seed = (int64_t)top.value[WKS_STUDY_KEYS_SEED];
    study->seed_population = (int64_t)top.value[WKS_STUDY_KEYS_SEED_POPULATION];
    study->set = take_list(&top, WKS_STUDY_KEYS_SET, &study->n_sets);
    WKS_TRY(read_scenario_paths(r, &top));
    if (options != NULL && options->n_set > 0) WKS_TRY(add_sets(r, options));
    check_name(r, study->name);
    if (study->ticks == 0) wks_study_items_tell(r, r->root, "ticks", "ticks is 0; expected 1 or more, or -1 for as the scenarios say");
    if (function == 0 && study->n_scenarios == 0 && r->problems->n_errors == 0)
        wks_study_items_tell(r, r->root, "name", "the study has no scenarios; expected scenarios = [ \"file\", ... ] or a function");
    if (function > 0 && (study->n_scenarios > 0 || study->n_sets > 0))
        wks_study_items_tell(r, r->root, "function", "a function stands in the place of scenarios: leave out one of the two, and set");
out:
    wks_settings_free(&top);
    free(stem);
    return rc;
}

/* ---- design and calibration ---- */

static wks_status read_group(const reader *r, const char *name, const wks_spec *spec, wks_settings *out, bool *out_is_there)
{
    const wks_settings_context context = {.problems = r->problems};
    wks_config_node *node = wks_config_get(r->root, name);

    *out_is_there = node != NULL && node->type == WKS_CONFIG_GROUP;
    if (node == NULL) return WKS_OK;
    if (!*out_is_there) {
        wks_study_items_tell(r, r->root, name,
                             strcmp(name, "design") == 0 ? "design is no group; expected design = { method = \"morris\"; }"
                                                         : "calibration is no group; expected calibration = { method = \"bobyqa\"; }");
        return WKS_OK;
    }
    return wks_settings_read(&context, node, spec, spec->name, NULL, 0, out, r->err);
}

static char *method_of(const wks_settings *settings, int32_t key, bool is_there)
{
    return wks_mem_string(is_there ? settings->spec->param[key].choice[(int32_t)settings->value[key]] : "");
}

static wks_status read_design(const reader *r)
{
    wks_status rc = WKS_OK;
    wks_study_design *out = &r->study->design;
    wks_settings settings = {0};
    bool is_there = false;

    WKS_TRY(read_group(r, "design", &wks_study_keys_design, &settings, &is_there));
    out->method = method_of(&settings, WKS_STUDY_KEYS_DESIGN_METHOD, is_there);
    if (out->method == NULL) WKS_FAIL(r->err, WKS_ERR_NOMEM, "no memory for a design");
    if (!is_there) goto out;
    out->points = (int32_t)settings.value[WKS_STUDY_KEYS_DESIGN_POINTS];
    out->levels = (int32_t)settings.value[WKS_STUDY_KEYS_DESIGN_LEVELS];
    out->trajectories = (int32_t)settings.value[WKS_STUDY_KEYS_DESIGN_TRAJECTORIES];
    out->candidates = (int32_t)settings.value[WKS_STUDY_KEYS_DESIGN_CANDIDATES];
    out->second_order = settings.value[WKS_STUDY_KEYS_DESIGN_SECOND_ORDER] > 0;
    out->shift = settings.value[WKS_STUDY_KEYS_DESIGN_SHIFT] > 0;
    out->bootstrap = (int32_t)settings.value[WKS_STUDY_KEYS_DESIGN_BOOTSTRAP];
    out->seed = (uint64_t)settings.value[WKS_STUDY_KEYS_DESIGN_SEED];
    const wks_config_node *node = wks_config_get(r->root, "design");
    if (strcmp(out->method, "morris") == 0 && out->levels % 2 != 0)
        wks_study_items_tell(r, node, "levels", "levels is odd; expected an even number for morris");
    if (strcmp(out->method, "morris") == 0 && out->candidates > 0 && out->candidates < out->trajectories)
        wks_study_items_tell(r, node, "candidates", "candidates is below trajectories; expected at least as many to choose from, or 0");
out:
    wks_settings_free(&settings);
    return rc;
}

static wks_status read_calibration(const reader *r)
{
    wks_status rc = WKS_OK;
    wks_study_calibration *out = &r->study->calibration;
    wks_settings settings = {0};
    bool is_there = false;

    WKS_TRY(read_group(r, "calibration", &wks_study_keys_calibration, &settings, &is_there));
    out->method = method_of(&settings, WKS_STUDY_KEYS_CALIBRATION_METHOD, is_there);
    if (out->method == NULL) WKS_FAIL(r->err, WKS_ERR_NOMEM, "no memory for a calibration");
    if (!is_there) goto out;
    out->evaluations = (int32_t)settings.value[WKS_STUDY_KEYS_CALIBRATION_EVALUATIONS];
    out->waves = (int32_t)settings.value[WKS_STUDY_KEYS_CALIBRATION_WAVES];
    out->points = (int32_t)settings.value[WKS_STUDY_KEYS_CALIBRATION_POINTS];
    out->accepted = (int32_t)settings.value[WKS_STUDY_KEYS_CALIBRATION_ACCEPTED];
    out->starts = (int32_t)settings.value[WKS_STUDY_KEYS_CALIBRATION_STARTS];
    out->cutoff = settings.value[WKS_STUDY_KEYS_CALIBRATION_CUTOFF];
    out->worst = (int32_t)settings.value[WKS_STUDY_KEYS_CALIBRATION_WORST];
    out->seed = (uint64_t)settings.value[WKS_STUDY_KEYS_CALIBRATION_SEED];
out:
    wks_settings_free(&settings);
    return rc;
}

/* ---- the whole ---- */

/* The text of study.cfg has one order, whatever the file's was. */
static void order_top(wks_config_node *root)
{
    static const char *const section[] = {"parameters", "outcomes", "design", "targets", "calibration"};
    const char *name[WKS_STUDY_KEYS_N_TOP + sizeof section / sizeof *section];
    size_t n = 0;

    for (int32_t i = 0; i < WKS_STUDY_KEYS_N_TOP; i++)
        name[n++] = wks_study_keys_top.param[i].name;
    for (size_t i = 0; i < sizeof section / sizeof *section; i++)
        name[n++] = section[i];
    wks_settings_order(root, name, n);
}

static wks_status read_all(const reader *r, const wks_read_options *options)
{
    wks_status rc = WKS_OK;
    const wks_study *study = r->study;

    WKS_TRY(read_top(r, options));
    WKS_TRY(wks_study_items_parameters(r));
    WKS_TRY(wks_study_items_outcomes(r));
    WKS_TRY(read_design(r));
    WKS_TRY(read_calibration(r));
    if (r->problems->n_errors == 0 && study->n_parameters < LEAST_PARAMETERS)
        wks_study_items_tell(
            r, r->root, "parameters",
            "the study has no parameters; expected parameters = ( { name = \"...\"; path = \"...\"; low = ...; high = ...; } )");
    if (r->problems->n_errors == 0 && study->n_outcomes == 0)
        wks_study_items_tell(r, r->root, "outcomes",
                             "the study has no outcomes; expected outcomes = ( { name = \"...\"; indicator = \"...\"; } )");
    WKS_TRY(wks_study_check(r->study, r->problems, r->err)); /* contrasts become an outcome a scenario, which targets may name */
    WKS_TRY(wks_study_items_targets(r));
    if (r->problems->n_errors == 0) wks_calibrate_check(r->study, r->problems);
    order_top(r->root);
out:
    return rc;
}

/* Rules or a base stand in every scenario and in no study: one message instead of one for each of its keys. */
static bool is_scenario(const wks_config_node *root)
{
    return (wks_config_get(root, "rules") != NULL || wks_config_get(root, "base") != NULL) && wks_config_get(root, "parameters") == NULL;
}

wks_status wks_study_file_read(const char *path, const wks_read_options *options, wks_study *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    reader r = {out, NULL, problems, err};

    *out = (wks_study){0};
    out->path = wks_mem_string(path);
    if (out->path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a study");
    rc = wks_config_read(path, &out->resolved, problems, err);
    if (rc == WKS_ERR_DATA && err != NULL)
        *err = WKS_ERR_INIT; /* a decimal comma is told, the rest is read; a file that is not there is told once */
    if (rc != WKS_OK && rc != WKS_ERR_DATA) goto out;
    r.root = out->resolved;
    if (r.root != NULL && is_scenario(r.root)) {
        wks_problems_error(problems, path, 0, 0,
                           "is a scenario; expected a study, with parameters, outcomes and a design; run runs a scenario");
    } else if (r.root != NULL) {
        WKS_TRY(read_all(&r, options));
    }
    rc = wks_problems_status(problems, err);
out:
    return rc;
}

static void free_texts(char **text, int32_t n)
{
    for (int32_t i = 0; i < n && text != NULL; i++)
        free(text[i]);
    free(text);
}

void wks_study_file_free(wks_study *study)
{
    for (int32_t i = 0; i < study->n_parameters; i++) {
        free(study->parameter[i].name);
        free(study->parameter[i].path);
        free(study->parameter[i].value);
        free(study->parameter[i].is_in);
    }
    for (int32_t i = 0; i < study->n_outcomes; i++) {
        wks_study_outcome *outcome = &study->outcome[i];
        char *const text[] = {outcome->name,  outcome->indicator, outcome->group,   outcome->scale,
                              outcome->level, outcome->area,      outcome->scenario};
        for (size_t k = 0; k < sizeof text / sizeof *text; k++)
            free(text[k]);
    }
    for (int32_t i = 0; i < study->n_targets; i++)
        free(study->target[i].source);
    free(study->parameter);
    free(study->outcome);
    free(study->target);
    free_texts(study->scenario, study->n_scenarios);
    free_texts(study->scenario_name, study->n_scenarios);
    free_texts(study->set, study->n_sets);
    free(study->path);
    free(study->name);
    free(study->title);
    free(study->question);
    free(study->function);
    free(study->design.method);
    free(study->calibration.method);
    wks_config_free(study->resolved);
    *study = (wks_study){0};
}

/* ---- a point ---- */

double wks_study_file_value(const wks_study_parameter *parameter, double u)
{
    const double low = parameter->low, high = parameter->high;
    double value;

    if (parameter->is_whole && !parameter->is_log) {
        value = floor(low + u * (high - low + 1));
        return value > high ? high : value;
    }
    value = parameter->is_log ? low * wks_math_exp(u * wks_math_log(high / low)) : low + u * (high - low);
    if (parameter->is_whole) value = floor(value + 0.5);
    return value < low ? low : value > high ? high : value;
}

wks_status wks_study_file_options(const wks_study *study, int32_t scenario, const double *point, wks_read_options *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t most = (size_t)study->n_sets + (point == NULL ? 0 : (size_t)study->n_parameters);
    char **set = wks_mem_array(most, sizeof *set);
    wks_text text = WKS_TEXT_INIT;
    char number[32];

    *out = WKS_READ_OPTIONS_INIT;
    if (set == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for settings");
    out->set = (const char *const *)set;
    for (size_t i = 0; i < most; i++) {
        const wks_study_parameter *parameter = i < (size_t)study->n_sets ? NULL : &study->parameter[i - (size_t)study->n_sets];
        if (parameter != NULL && !parameter->is_in[scenario]) continue;
        wks_text_clear(&text);
        if (parameter == NULL) {
            wks_text_add(&text, study->set[i]);
        } else {
            wks_text_addf(&text, "%s=%s", parameter->path, wks_text_exact(point[i - (size_t)study->n_sets], number));
        }
        set[out->n_set] = text.failed ? NULL : wks_mem_string(text.data);
        if (set[out->n_set] == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for settings");
        out->n_set++;
    }
    out->seed = study->seed;
    out->seed_population = study->seed_population;
    out->ticks = study->ticks;
    out->first_replication = study->first_replication;
    out->n_replications = study->n_replications;
out:
    wks_text_free(&text);
    if (rc != WKS_OK) wks_study_file_options_free(out);
    return rc;
}

void wks_study_file_options_free(wks_read_options *options)
{
    for (int32_t i = 0; i < options->n_set; i++) {
        void *text;
        memcpy(&text, &options->set[i], sizeof text);
        free(text);
    }
    void *list;
    memcpy(&list, &options->set, sizeof list);
    free(list);
    *options = WKS_READ_OPTIONS_INIT;
}
