#include "study/study_keys.h"

#include <stddef.h>

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof(array)[0]))
#define SEED_MAX     9007199254740992.0

static const char interface[] = "interface", by_design[] = "assumption: choice of the modeller";

static const char *const functions[] = {"none", "ishigami", "sobol_g", "linear", NULL};
static const char *const designs[] = {"grid", "lhs", "sobol", "morris", "saltelli", NULL};
static const char *const calibrations[] = {"bobyqa", "crs", "isres", "history", "abc", "abc_smc", NULL};

static const wks_param top_param[WKS_STUDY_KEYS_N_TOP] = {
    {"name", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, interface, "short name; results go to results/<name>"},
    {"title", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, interface, "title"},
    {"question", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, interface, "the question this study answers"},
    {"scenarios", WKS_PARAM_AREAS, "files", 0, 0, 0, NULL, false, interface,
     "scenario files, relative to this file; the first is the reference of contrasts"},
    {"set", WKS_PARAM_AREAS, "path=value", 0, 0, 0, NULL, false, by_design, "keys that are fixed in all scenarios, as --set takes them"},
    {"ticks", WKS_PARAM_INT, "months", -1, -1, 10000000, NULL, false, by_design, "ticks to simulate; -1: as the scenarios say"},
    {"first_replication", WKS_PARAM_INT, "number", 1, 1, 1000000, NULL, false, interface, "number of the first replication of every point"},
    {"replications", WKS_PARAM_INT, "count", 10, 1, 1000000, NULL, false, by_design,
     "replications of every point, with the same numbers (and so the same luck) at every point; the command line's -r wins"},
    {"seed", WKS_PARAM_INT, "-", -1, -1, SEED_MAX, NULL, false, by_design, "seed of the dynamics; -1: as the scenarios say"},
    {"seed_population", WKS_PARAM_INT, "-", -1, -1, SEED_MAX, NULL, false, by_design, "seed of the population; -1: as the scenarios say"},
    {"function", WKS_PARAM_CHOICE, "-", 0, 0, 0, functions, false, interface,
     "a function with known indices instead of scenarios: ishigami (3 parameters), sobol_g, linear"},
    {"noise", WKS_PARAM_REAL, "-", 0, 0, 1e9, NULL, false, interface,
     "standard deviation of the normal noise of a function, own to every point and replication"},
};
static const wks_param parameter_param[WKS_STUDY_KEYS_N_PARAMETER] = {
    {"name", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, true, interface, "name: a column of design.csv"},
    {"path", WKS_PARAM_TEXT, "path", 0, 0, 0, NULL, false, interface,
     "the scenario key, as --set takes it; applied to the scenarios that have it. Not with a function"},
    {"low", WKS_PARAM_REAL, "key's", 0, -1e300, 1e300, NULL, false, by_design, "lowest value; needed unless values are given"},
    {"high", WKS_PARAM_REAL, "key's", 0, -1e300, 1e300, NULL, false, by_design, "highest value; above low"},
    {"log", WKS_PARAM_BOOL, "-", 0, 0, 1, NULL, false, by_design, "spread evenly over the logarithm; low above 0"},
    {"whole", WKS_PARAM_BOOL, "-", 0, 0, 1, NULL, false, interface, "whole numbers only; needed for keys that are whole numbers"},
};
static const wks_param outcome_param[WKS_STUDY_KEYS_N_OUTCOME] = {
    {"name", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, true, interface, "name: a column of outcomes.csv"},
    {"indicator", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, true, interface,
     "as in city.csv and buurt.csv (wijksim describe indicators); of a function: y, or the name of a parameter"},
    {"group", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, interface, "column group; empty: everybody"},
    {"scale", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, interface, "column scale of a segregation index"},
    {"level", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, interface, "buurt or wijk with area; empty: the city"},
    {"area", WKS_PARAM_TEXT, "code", 0, 0, 0, NULL, false, interface, "code of the buurt or wijk"},
    {"tick", WKS_PARAM_INT, "tick", -1, -1, 10000000, NULL, false, by_design, "at which tick; -1: the last"},
    {"scenario", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, interface,
     "name of the scenario; empty: the first, and for contrasts every other one"},
    {"contrast", WKS_PARAM_BOOL, "-", 0, 0, 1, NULL, false, interface, "scenario less reference, replication by replication"},
};
static const wks_param target_param[WKS_STUDY_KEYS_N_TARGET] = {
    {"outcome", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, true, interface, "name of an outcome of this study"},
    {"value", WKS_PARAM_REAL, "outcome's", 0, -1e300, 1e300, NULL, true, interface, "what was observed"},
    {"sd", WKS_PARAM_REAL, "outcome's", 1, 1e-300, 1e300, NULL, true, by_design, "standard error of the observation; above 0"},
    {"discrepancy", WKS_PARAM_REAL, "outcome's", 0, 0, 1e300, NULL, false, by_design, "standard deviation of what the model leaves out"},
    {"held_out", WKS_PARAM_BOOL, "-", 0, 0, 1, NULL, false, by_design, "reported beside the fit, never fitted"},
    {"source", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, interface, "where the value comes from"},
};
static const wks_param design_param[WKS_STUDY_KEYS_N_DESIGN] = {
    {"method", WKS_PARAM_CHOICE, "-", 0, 0, 0, designs, true, interface, "which design"},
    {"points", WKS_PARAM_INT, "count", 64, 2, 10000000, NULL, false, by_design,
     "lhs, sobol: points; saltelli: base samples n, n (k + 2) points for k parameters, n (2 k + 2) with second_order"},
    {"levels", WKS_PARAM_INT, "count", 4, 2, 1000, NULL, false, by_design, "grid: values a parameter; morris: levels, even"},
    {"trajectories", WKS_PARAM_INT, "count", 10, 2, 100000, NULL, false, by_design, "morris: trajectories r, r (k + 1) points"},
    {"candidates", WKS_PARAM_INT, "count", 0, 0, 100000, NULL, false, by_design,
     "morris: draw so many trajectories and keep the most spread ones; 0: no choice"},
    {"second_order", WKS_PARAM_BOOL, "-", 0, 0, 1, NULL, false, by_design, "saltelli: also indices of pairs"},
    {"shift", WKS_PARAM_BOOL, "-", 1, 0, 1, NULL, false, by_design, "sobol, saltelli: shift the sequence by a keyed vector, modulo 1"},
    {"bootstrap", WKS_PARAM_INT, "count", 1000, 0, 1000000, NULL, false, by_design, "redraws for intervals of indices; 0: none"},
    {"seed", WKS_PARAM_INT, "-", 1, 1, SEED_MAX, NULL, false, by_design, "seed of the design and of the redraws"},
};
static const wks_param calibration_param[WKS_STUDY_KEYS_N_CALIBRATION] = {
    {"method", WKS_PARAM_CHOICE, "-", 0, 0, 0, calibrations, true, interface, "how it is fitted"},
    {"evaluations", WKS_PARAM_INT, "count", 0, 0, 10000000, NULL, false, by_design,
     "points to run at most (abc: exactly), for k parameters; 0: bobyqa 100 (k + 1), crs 500 (k + 1), isres 1000 (k + 1), abc 2000, "
     "abc_smc 5000, history what its "
     "waves need"},
    {"waves", WKS_PARAM_INT, "count", 0, 0, 1000, NULL, false, by_design, "history: waves; abc_smc: generations at most; 0: 3 and 20"},
    {"points", WKS_PARAM_INT, "count", 0, 0, 10000000, NULL, false, by_design,
     "history: points a wave; 0: 10 a parameter, at least 2 (k + 3)"},
    {"accepted", WKS_PARAM_INT, "count", 0, 0, 10000000, NULL, false, by_design,
     "abc, abc_smc: points to keep at least; history: goes on after its waves until so many fit or evaluations are used; 0: 200, and "
     "history does not go on"},
    {"starts", WKS_PARAM_INT, "count", 0, 0, 10000, NULL, false, by_design,
     "bobyqa, crs, isres: searches from so many points; 0: 4, 2 and 2"},
    {"cutoff", WKS_PARAM_REAL, "sd", 3, 0.1, 100, NULL, false, by_design, "history: implausible beyond so many standard deviations"},
    {"worst", WKS_PARAM_INT, "-", 1, 1, 2, NULL, false, by_design, "history: the worst target rules out (1), or the second worst (2)"},
    {"seed", WKS_PARAM_INT, "-", 1, 1, SEED_MAX, NULL, false, by_design, "seed of the draws"},
};

const wks_spec wks_study_keys_top = {"the study", "study", "A study", "", top_param, COUNT(top_param), NULL};
const wks_spec wks_study_keys_parameter = {"a parameter", "study", "What is varied", "", parameter_param, COUNT(parameter_param), NULL};
const wks_spec wks_study_keys_outcome = {"an outcome", "study", "What is looked at", "", outcome_param, COUNT(outcome_param), NULL};
const wks_spec wks_study_keys_target = {"a target", "study", "What an outcome should be", "", target_param, COUNT(target_param), NULL};
const wks_spec wks_study_keys_design = {"design", "study", "Which points are tried", "", design_param, COUNT(design_param), NULL};
const wks_spec wks_study_keys_calibration = {
    "calibration", "study", "How parameters are fitted", "", calibration_param, COUNT(calibration_param), NULL};

const wks_keys_section wks_study_keys_sections[] = {
    {"", &wks_study_keys_top},           {"parameters[].", &wks_study_keys_parameter}, {"outcomes[].", &wks_study_keys_outcome},
    {"design.", &wks_study_keys_design}, {"targets[].", &wks_study_keys_target},       {"calibration.", &wks_study_keys_calibration},
};
const int32_t wks_study_keys_n_sections = COUNT(wks_study_keys_sections);
