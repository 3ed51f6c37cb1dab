#include "scenario/ruleset_reach.h"

#include <math.h>
#include <string.h>

#include "scenario/bounds.h"
#include "scenario/settings.h"
#include "world/attribute.h"
#include "world/dwelling.h"

static const wks_config_node *node_of(const wks_scenario *scenario, int32_t rule)
{
    return wks_config_get(scenario->resolved, "rules")->child[rule];
}

/* ---- whom filters let through ----------------------------------------------------------------------------------------------- */

enum { ANY_LABEL = 0 };

/* The label a part is for, as numbered in the choices of parameter `label`; ANY_LABEL when it is for all. */
static int32_t label_of(const wks_settings *settings)
{
    return (int32_t)wks_settings_value_or(settings, "label", ANY_LABEL);
}

static const char *label_name(const wks_settings *settings, int32_t label)
{
    const int32_t i = wks_settings_param(settings->spec, "label");

    return i < 0 ? "" : settings->spec->param[i].choice[label];
}

/* Narrows by what a filter asks of everybody who is to get a dwelling with that label. */
static wks_status narrow_by_filter(const wks_settings *filter, int32_t label, const char *label_text, wks_bounds *bounds, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (wks_settings_is(filter, "where") && wks_settings_is_everywhere(filter) &&
        (label_of(filter) == ANY_LABEL || label_of(filter) == label)) {
        const int32_t i = wks_settings_param(filter->spec, "where");
        if (i >= 0 && filter->text[i] != NULL) WKS_TRY(wks_bounds_narrow(bounds, filter->text[i], err));
    }
    if (wks_settings_is(filter, "age_label") && label != ANY_LABEL) {
        if (strcmp(label_text, "senior") == 0)
            wks_bounds_range(bounds, "age_years", wks_settings_value_or(filter, "senior_from", 0), (double)INFINITY);
        if (strcmp(label_text, "jongeren") == 0)
            wks_bounds_range(bounds, "age_years", -(double)INFINITY, wks_settings_value_or(filter, "jongeren_until", (double)INFINITY));
        if (strcmp(label_text, "campus") == 0) wks_bounds_only(bounds, "is_student", 1);
    }
out:
    return rc;
}

static const char *attribute_name(int32_t attribute)
{
    return attribute < 0 ? "false" : wks_attribute_table[attribute].name;
}

/* Filters one by one, each with those before it: nobody passes both. */
static wks_status check_filters(const wks_scenario *scenario, int32_t rule, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_rule_set *rules = &scenario->rules[rule];
    const wks_config_node *list = wks_config_get(node_of(scenario, rule), "filters");
    int32_t attribute;

    for (int32_t b = 0; b < rules->n_filters; b++) {
        for (int32_t a = 0; a <= b; a++) {
            wks_bounds bounds;
            wks_bounds_init(&bounds);
            WKS_TRY(narrow_by_filter(&rules->filter[a], ANY_LABEL, "", &bounds, err));
            WKS_TRY(narrow_by_filter(&rules->filter[b], ANY_LABEL, "", &bounds, err));
            if (!wks_bounds_is_empty(&bounds, &attribute)) continue;
            if (a == b) {
                wks_problems_error(problems, list->child[b]->file, list->child[b]->line, list->child[b]->column,
                                   "filter '%s' lets nobody through: no %s meets it; expected a condition somebody meets",
                                   rules->filter[b].name, attribute_name(attribute));
                break;
            }
            wks_problems_error(problems, list->child[b]->file, list->child[b]->line, list->child[b]->column,
                               "nobody can pass filters '%s' and '%s' together: no %s meets both; expected filters that leave somebody",
                               rules->filter[a].name, rules->filter[b].name, attribute_name(attribute));
        }
    }
out:
    return rc;
}

/* The group and the referral a part is for, as bounds. False when it is for nobody in particular. */
static wks_status narrow_by_target(const wks_scenario *scenario, const wks_settings *part, wks_bounds *bounds, bool *out_has, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double group = wks_settings_value_or(part, "group", -1.0), referral = wks_settings_value_or(part, "referral", 0.0);

    *out_has = group >= 0.0 || referral > 0.0;
    if (group >= 0.0) WKS_TRY(wks_bounds_narrow(bounds, scenario->group[(int32_t)group].where, err));
    if (referral > 0.0) wks_bounds_only(bounds, "referral", (int32_t)referral);
out:
    return rc;
}

/* The first filter that shuts out the whole group a part is for; -1: none does. `*out_attribute` is what leaves nobody. */
static wks_status shut_out_by(const wks_scenario *scenario, const wks_rule_set *rules, const wks_settings *part, int32_t *out_filter,
                              int32_t *out_attribute, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t label = label_of(part);
    bool has_target = false;

    *out_filter = -1;
    for (int32_t f = 0; f < rules->n_filters; f++) {
        wks_bounds bounds;
        wks_bounds_init(&bounds);
        WKS_TRY(narrow_by_target(scenario, part, &bounds, &has_target, err));
        if (!has_target || wks_bounds_is_empty(&bounds, NULL)) goto out; /* told of the group itself */
        WKS_TRY(narrow_by_filter(&rules->filter[f], label, label_name(part, label), &bounds, err));
        if (!wks_bounds_is_empty(&bounds, out_attribute)) continue;
        *out_filter = f;
        goto out;
    }
out:
    return rc;
}

static wks_status check_targets(const wks_scenario *scenario, int32_t rule, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_rule_set *rules = &scenario->rules[rule];
    const wks_config_node *node = node_of(scenario, rule);
    int32_t filter = -1, attribute = -1;

    for (int32_t c = 0; c < rules->n_channels; c++) {
        const wks_config_node *at = wks_config_get(node, "channels")->child[c];
        WKS_TRY(shut_out_by(scenario, rules, &rules->channel[c], &filter, &attribute, err));
        if (filter < 0) continue;
        wks_problems_error(
            problems, at->file, at->line, at->column,
            "channel '%s' could house nobody it is for: filter '%s' lets none of them through (%s); expected a filter that leaves "
            "somebody",
            rules->channel[c].name, rules->filter[filter].name, attribute_name(attribute));
    }
    for (int32_t i = 0; i < rules->n_spreiding; i++) {
        const wks_config_node *at = wks_config_get(node, "spreiding")->child[i];
        WKS_TRY(shut_out_by(scenario, rules, &rules->spreiding[i], &filter, &attribute, err));
        if (filter < 0) continue;
        wks_problems_warning(problems, at->file, at->line, at->column,
                             "'%s' can never matter: filter '%s' lets nobody of its group through (%s)", rules->spreiding[i].name,
                             rules->filter[filter].name, attribute_name(attribute));
    }
out:
    return rc;
}

/* A label that an age filter and a condition of the landlord give to nobody: it may lapse after some adverts, so a warning. */
static wks_status check_label_filters(const wks_scenario *scenario, int32_t rule, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_rule_set *rules = &scenario->rules[rule];

    for (int32_t c = 0; c < rules->n_channels; c++) {
        const int32_t label = label_of(&rules->channel[c]);
        const wks_config_node *at = wks_config_get(node_of(scenario, rule), "channels")->child[c];
        wks_bounds bounds;
        int32_t attribute;
        if (label == ANY_LABEL) continue;
        wks_bounds_init(&bounds);
        for (int32_t f = 0; f < rules->n_filters; f++)
            WKS_TRY(narrow_by_filter(&rules->filter[f], label, label_name(&rules->channel[c], label), &bounds, err));
        if (!wks_bounds_is_empty(&bounds, &attribute)) continue;
        wks_problems_warning(problems, at->file, at->line, at->column,
                             "nobody can pass the filters for dwellings with label '%s' (%s) while the label is asked for",
                             label_name(&rules->channel[c], label), attribute_name(attribute));
    }
out:
    return rc;
}

/* ---- labels ------------------------------------------------------------------------------------------------------------------ */

/* Whether a channel lets dwellings with that label (any: some dwellings) everywhere, or at least somewhere. */
static bool lets_label(const wks_settings *channel, int32_t label, bool everywhere)
{
    if (!(wks_settings_value_or(channel, "share", 1.0) > 0.0) || (everywhere && !wks_settings_is_everywhere(channel))) return false;
    return label_of(channel) == ANY_LABEL || label_of(channel) == label;
}

static bool is_let(const wks_rule_set *rules, int32_t label, bool everywhere)
{
    for (int32_t c = 0; c < rules->n_channels; c++) {
        if (lets_label(&rules->channel[c], label, everywhere)) return true;
    }
    return false;
}

/* Dwellings that no channel lets; filters for labels that none does. Channels whose parts know no labels let all. */
static void check_labels(const wks_scenario *scenario, int32_t rule, wks_problems *problems)
{
    const wks_rule_set *rules = &scenario->rules[rule];
    const wks_config_node *node = node_of(scenario, rule), *channels = wks_config_get(node, "channels");
    bool is_restricted = false;

    for (int32_t c = 0; c < rules->n_channels; c++)
        is_restricted = is_restricted || label_of(&rules->channel[c]) != ANY_LABEL;
    for (int32_t label = 1; label <= WKS_N_LABELS && is_restricted; label++) {
        const wks_settings *one = &rules->channel[0];
        if (is_let(rules, label, false) || wks_settings_param(one->spec, "label") < 0) continue;
        const char *expected = "expected a channel for them, or one with label = \"any\"";
        if (label == 1 + WKS_LABEL_NONE) {
            wks_problems_error(problems, channels->file, channels->line, channels->column,
                               "no channel of '%s' lets dwellings without a label, so they would stay vacant; %s", rules->name, expected);
        } else {
            wks_problems_warning(problems, channels->file, channels->line, channels->column,
                                 "no channel of '%s' lets dwellings with label '%s', so these would stay vacant; %s", rules->name,
                                 label_name(one, label), expected);
        }
    }
    for (int32_t f = 0; f < rules->n_filters; f++) {
        const wks_config_node *at = wks_config_get(node, "filters")->child[f];
        if (label_of(&rules->filter[f]) == ANY_LABEL || is_let(rules, label_of(&rules->filter[f]), false)) continue;
        wks_problems_warning(problems, at->file, at->line, at->column,
                             "filter '%s' can never matter: no channel lets dwellings with label '%s'", rules->filter[f].name,
                             label_name(&rules->filter[f], label_of(&rules->filter[f])));
    }
}

wks_status wks_ruleset_reach_groups(const wks_scenario *scenario, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_config_node *list = wks_config_get(scenario->resolved, "groups");

    for (int32_t g = 0; g < scenario->n_groups; g++) {
        const wks_config_node *where = wks_config_get(list->child[g], "where");
        wks_bounds bounds;
        int32_t attribute;
        wks_bounds_init(&bounds);
        WKS_TRY(wks_bounds_narrow(&bounds, scenario->group[g].where, err));
        if (!wks_bounds_is_empty(&bounds, &attribute)) continue;
        wks_problems_warning(problems, where->file, where->value_line, where->value_column,
                             "group '%s' can hold for nobody: no %s meets it", scenario->group[g].name, attribute_name(attribute));
    }
out:
    return rc;
}

wks_status wks_ruleset_reach_check(const wks_scenario *scenario, int32_t rule, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(check_filters(scenario, rule, problems, err));
    WKS_TRY(check_targets(scenario, rule, problems, err));
    WKS_TRY(check_label_filters(scenario, rule, problems, err));
    check_labels(scenario, rule, problems);
out:
    return rc;
}
