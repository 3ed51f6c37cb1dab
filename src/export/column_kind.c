#include "export/column_kind.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static const char *const text_columns[] = {
    "scenario",
    "reference",
    "theory",
    "indicator",
    "group",
    "scale",
    "level",
    "area",
    "unit",
    "buurt",
    "complex",
    "owner",
    "channel",
    "household",
    "groups",
    "urgency",
    "from_area",
    "to_area",
    "reason",
    "order_key",
    "excluded",
    "rule",
    "met",
    "item",
    "measured_in",
    "cause",
    "destination",
    "quarter",
    "signal",
    "alarm",
    "method",
    "verdict",
    "reached",
    "scenario_a",
    "scenario_b",
    "outcome",
    "band",
    "status",
    "of",
    "parameter",
    "second_parameter",
    "index",
    "quantity",
    "target",
    "use",
    "source",
    "path",
    "at_edge",
    "parameter_a",
    "parameter_b",
};
static const char *const whole_columns[] = {
    "replication",    "tick",       "year",       "letting",  "candidates", "rank",    "refusals",  "months_registered", "months_searching",
    "chain",          "moves",      "n",          "n_pairs",  "from_tick",  "to_tick", "point",     "n_points",          "n_dropped",
    "n_replications", "evaluation", "step",       "better",   "equal",      "worse",   "identical", "same_now",          "only_reference",
    "only_scenario",  "buurten",    "held_since", "n_needed",
};

static const char *const number_columns[] = {
    "value",
    "rent_eur",
    "income_eur",
    "required",
    "achieved",
    "amount",
    "households",
    "leefbaarheid_change",
    "rent_change_eur",
    "trend",
    "registered",
    "active",
    "reactions",
    "housed",
    "success_rate",
    "wait_p10",
    "wait_p50",
    "wait_p90",
    "search_p50",
    "mean",
    "sd",
    "ci_low",
    "ci_high",
    "p10",
    "p50",
    "p90",
    "mean_reference",
    "mean_scenario",
    "mean_difference",
    "p_adjusted",
    "variance_reduction",
    "threshold",
    "half_width_asked",
    "half_width",
    "mean_first",
    "mean_second",
    "drift_per_year",
    "difference_t0",
    "low_t0",
    "high_t0",
    "difference_t1",
    "low_t1",
    "high_t1",
    "difference_t2",
    "low_t2",
    "high_t2",
    "strength_t1",
    "strength_t2",
    "breakeven",
    "eur_difference",
    "hours_difference",
    "per_million_eur",
    "per_1000_hours",
    "share_identical",
    "share_same_now",
    "mc_low",
    "mc_high",
    "between_points",
    "parameters",
    "error_of_point",
    "luck",
    "interaction",
    "low",
    "high",
    "implausibility",
    "member",
    "weight",
    "discrepancy",
    "model_mean",
    "mc_sd",
    "z",
    "best",
    "shrinkage",
    "correlation",
    "distance",
};

static bool is_among(const char *name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(name, list[i]) == 0) return true;
    }
    return false;
}

wks_column_kind wks_column_kind_of(const char *file, const char *column)
{
    if (strcmp(file, "codebook.csv") == 0) return WKS_COLUMN_KIND_TEXT;
    if (strcmp(column, "date") == 0) return WKS_COLUMN_KIND_DATE;
    if (strcmp(file, "destinations.csv") == 0 && strcmp(column, "distance") == 0) return WKS_COLUMN_KIND_TEXT;
    if (is_among(column, text_columns, sizeof text_columns / sizeof *text_columns)) return WKS_COLUMN_KIND_TEXT;
    if (is_among(column, whole_columns, sizeof whole_columns / sizeof *whole_columns)) return WKS_COLUMN_KIND_WHOLE;
    /* A new column that nobody listed is decided by its cells, as one of a study. */
    return is_among(column, number_columns, sizeof number_columns / sizeof *number_columns) ? WKS_COLUMN_KIND_NUMBER
                                                                                            : WKS_COLUMN_KIND_UNKNOWN;
}
