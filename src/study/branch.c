#include "study/branch.h"

#include <math.h>
#include <string.h>

#include "scenario/model.h"

static bool same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static bool same_tree(const wks_config_node *a, const wks_config_node *b)
{
    if (a == NULL || b == NULL) return a == b;
    if (a->type != b->type || a->n_children != b->n_children || !same_text(a->name, b->name) || !same_text(a->string, b->string) ||
        a->integer != b->integer || !same_number(a->real, b->real)) {
        return false;
    }
    for (size_t i = 0; i < a->n_children; i++) {
        if (!same_tree(a->child[i], b->child[i])) return false;
    }
    return true;
}

/* ---- settings ---- */

static bool is_free(const char *name)
{
    static const char *const names[] = {"name", "title", "question", "timeline"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) == 0) return true;
    }
    return false;
}

/* Every setting of `a` that counts is in `b`, the same. */
static bool has_all(const wks_config_node *a, const wks_config_node *b)
{
    for (size_t i = 0; i < a->n_children; i++) {
        if (is_free(a->child[i]->name)) continue;
        const wks_config_node *other = wks_config_get(b, a->child[i]->name);
        if (other == NULL || !same_tree(a->child[i], other)) return false;
    }
    return true;
}

static bool same_settings(const wks_scenario *a, const wks_scenario *b)
{
    return a->resolved != NULL && b->resolved != NULL && has_all(a->resolved, b->resolved) && has_all(b->resolved, a->resolved);
}

/* ---- events ---- */

static bool same_areas(const wks_settings *a, const wks_settings *b, int32_t param)
{
    if (a->n_areas[param] != b->n_areas[param]) return false;
    for (int32_t i = 0; i < a->n_areas[param]; i++) {
        if (!same_text(a->area[param][i], b->area[param][i])) return false;
    }
    return true;
}

static bool same_event(const wks_event *a, const wks_event *b)
{
    if (a->key != b->key || a->month != b->month || a->settings.spec != b->settings.spec || !same_tree(a->set_value, b->set_value))
        return false;
    for (int32_t i = 0; i < a->settings.spec->n_params; i++) {
        if (!same_number(a->settings.value[i], b->settings.value[i]) || !same_text(a->settings.text[i], b->settings.text[i]) ||
            !same_areas(&a->settings, &b->settings, i)) {
            return false;
        }
    }
    return true;
}

/* The month of the first event that only one of them has; INT32_MAX: they have the same. Timelines are sorted by month. */
static int32_t first_other_month(const wks_scenario *a, const wks_scenario *b)
{
    int32_t i = 0;
    while (i < a->n_events && i < b->n_events && same_event(&a->timeline[i], &b->timeline[i]))
        i++;
    const int32_t in_a = i < a->n_events ? a->timeline[i].month : INT32_MAX;
    const int32_t in_b = i < b->n_events ? b->timeline[i].month : INT32_MAX;
    return in_a < in_b ? in_a : in_b;
}

int32_t wks_branch_shared_ticks(const wks_scenario *a, const wks_scenario *b)
{
    if (!wks_model_has_city(a) || !wks_model_has_city(b) || !same_settings(a, b)) return 0;
    const int64_t month = first_other_month(a, b);
    const int64_t ticks = month - a->start_month - 1; /* the tick of month m is m - start, its events count at its beginning */
    return (int32_t)(ticks < 0 ? 0 : ticks >= a->n_ticks ? a->n_ticks - 1 : ticks);
}
