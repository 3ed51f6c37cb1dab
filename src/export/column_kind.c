#include "export/column_kind.h"

#include <stddef.h>
#include <string.h>

#include "output/codebook.h"

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

static bool is_among(const char *name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(name, list[i]) == 0) return true;
    }
    return false;
}

static bool is_in_codebook(const char *file, const char *column)
{
    for (int32_t i = 0; i < wks_codebook_n_columns; i++) {
        const wks_codebook_column *c = &wks_codebook_columns[i];
        if (strcmp(c->name, column) == 0 && (strcmp(c->file, file) == 0 || strcmp(c->file, "*") == 0)) return true;
    }
    return false;
}

wks_column_kind wks_column_kind_of(const char *file, const char *column)
{
    if (strcmp(file, "codebook.csv") == 0) return WKS_COLUMN_KIND_TEXT;
    /* The same column in files that have it of another (as summary.csv's scale in contrasts.csv) is listed once in the codebook: names first. */
    if (strcmp(column, "date") == 0) return WKS_COLUMN_KIND_DATE;
    if (strcmp(file, "destinations.csv") == 0 && strcmp(column, "distance") == 0) return WKS_COLUMN_KIND_TEXT;
    if (is_among(column, text_columns, sizeof text_columns / sizeof *text_columns)) return WKS_COLUMN_KIND_TEXT;
    if (is_among(column, whole_columns, sizeof whole_columns / sizeof *whole_columns)) return WKS_COLUMN_KIND_WHOLE;
    return is_in_codebook(file, column) ? WKS_COLUMN_KIND_NUMBER : WKS_COLUMN_KIND_UNKNOWN;
}
