#include "scenario/ruleset_check.h"

#include <math.h>
#include <string.h>

#include "scenario/bounds.h"
#include "scenario/ruleset_parts.h"
#include "scenario/settings.h"
#include "world/attribute.h"
#include "world/dwelling.h"
#include "world/letting.h"

/* Order parts after which nothing is left to decide: every candidate has a value of its own. */
static const char *const total_order[] = {"lot", "loting", "reaction_time", NULL};

static const wks_config_node *node_of(const wks_scenario *scenario, int32_t rule)
{
    return wks_config_get(scenario->resolved, "rules")->child[rule];
}

static double param_value(const wks_settings *settings, const char *name, double otherwise)
{
    const int32_t i = wks_settings_param(settings->spec, name);

    return i < 0 ? otherwise : settings->value[i];
}

static bool is_everywhere(const wks_settings *settings)
{
    for (int32_t i = 0; i < settings->spec->n_params; i++) {
        if (settings->spec->param[i].type == WKS_PARAM_AREAS && settings->n_areas[i] > 0) return false;
    }
    return true;
}

/* A channel that is made for a label (gemengd) has a share of what carries it, beside the shares of the others. */
static bool is_of_a_label(const wks_settings *settings)
{
    const int32_t i = wks_settings_param(settings->spec, "label");

    return i >= 0 && settings->spec->param[i].preset > 0.0;
}

static void check_number(const wks_scenario *scenario, int32_t rule, wks_problems *problems)
{
    const wks_rule_set *rules = &scenario->rules[rule];
    const wks_config_node *node = node_of(scenario, rule);
    const int32_t n = rules->n_filters + rules->n_spreiding;

    if (n <= WKS_LETTING_MAX_PARTS) return;
    wks_problems_error(problems, node->file, node->line, node->column,
                       "rule set '%s' has %d filters and spreiding parts together; expected at most %d", rules->name, n,
                       (int)WKS_LETTING_MAX_PARTS);
}

static void check_channels(const wks_scenario *scenario, int32_t rule, wks_problems *problems)
{
    const wks_rule_set *rules = &scenario->rules[rule];
    const wks_config_node *node = node_of(scenario, rule), *channels = wks_config_get(node, "channels");
    double sum = 0.0;
    bool has_share = false;
    char number[32];

    if (rules->n_channels == 0) {
        wks_problems_error(problems, node->file, node->line, node->column,
                           "rule set '%s' has no channel, so nothing could be let; expected at least one in channels", rules->name);
        return;
    }
    for (int32_t i = 0; i < rules->n_channels; i++) {
        if (wks_settings_param(rules->channel[i].spec, "share") < 0 || !is_everywhere(&rules->channel[i]) ||
            is_of_a_label(&rules->channel[i]))
            continue;
        has_share = true;
        sum += param_value(&rules->channel[i], "share", 0.0);
    }
    wks_text_number(sum, number);
    if (sum > 1.0 + 1e-9) {
        wks_problems_error(problems, channels->file, channels->line, channels->column,
                           "the shares of the channels of '%s' add up to %s; expected 1", rules->name, number);
    } else if (has_share && sum < 1.0 - 1e-9) {
        wks_problems_error(problems, channels->file, channels->line, channels->column,
                           "the shares of the channels of '%s' add up to %s, so the rest of the vacancies would not be let; expected 1",
                           rules->name, number);
    }
}

/* A channel may name another of its set that gets what it does not let. */
static void check_then(const wks_scenario *scenario, int32_t rule, wks_problems *problems)
{
    enum { MOST = 64 };
    const wks_rule_set *rules = &scenario->rules[rule];
    const char *names[MOST];
    char near[WKS_SETTINGS_HINT];
    size_t n = 0;

    for (int32_t i = 0; i < rules->n_channels && n < MOST; i++)
        names[n++] = rules->channel[i].name;
    for (int32_t i = 0; i < rules->n_channels; i++) {
        const wks_settings *channel = &rules->channel[i];
        const int32_t p = wks_settings_param(channel->spec, "then");
        bool is_known = false;
        if (p < 0 || channel->text[p] == NULL) continue;
        const wks_config_node *at = channel->node[p];
        for (int32_t k = 0; k < rules->n_channels; k++)
            is_known = is_known || (k != i && strcmp(rules->channel[k].name, channel->text[p]) == 0);
        if (is_known) continue;
        if (strcmp(channel->name, channel->text[p]) == 0) {
            wks_problems_error(problems, at->file, at->value_line, at->value_column,
                               "then is the channel itself; expected another channel of '%s'", rules->name);
        } else {
            wks_problems_error(problems, at->file, at->value_line, at->value_column, "then is \"%.80s\", which is no channel of '%s'%s",
                               channel->text[p], rules->name, wks_settings_hint(channel->text[p], names, n, near));
        }
    }
}

static bool is_total(const char *part)
{
    for (size_t i = 0; total_order[i] != NULL; i++) {
        if (strcmp(total_order[i], part) == 0) return true;
    }
    return false;
}

static void check_order(const wks_scenario *scenario, int32_t rule, wks_problems *problems)
{
    const wks_rule_set *rules = &scenario->rules[rule];
    const wks_config_node *list = wks_config_get(node_of(scenario, rule), "order");

    for (int32_t i = 0; i + 1 < rules->n_order; i++) {
        const wks_config_node *next = list->child[i + 1];
        if (!is_total(rules->order[i].spec->name)) continue;
        wks_problems_warning(problems, next->file, next->line, next->column,
                             "order key '%s' can never matter: '%s' before it gives every candidate a place of its own",
                             rules->order[i + 1].name, rules->order[i].name);
        return;
    }
}

/* A maximum of 0: a share, or a number (dosing, unless a share stands for it). */
static const char *zero_of(const wks_settings *cap)
{
    if (wks_settings_param(cap->spec, "max_share") >= 0) return param_value(cap, "max_share", 1.0) > 0.0 ? NULL : "max_share";
    if (wks_settings_param(cap->spec, "number") < 0) return NULL;
    return param_value(cap, "number", 1.0) > 0.0 || param_value(cap, "share", 0.0) > 0.0 ? NULL : "number";
}

/* A cap of 0 on a group that a channel must house by direct mediation: nobody of it could be placed. */
static void check_caps(const wks_scenario *scenario, int32_t rule, wks_problems *problems)
{
    const wks_rule_set *rules = &scenario->rules[rule];
    const wks_config_node *list = wks_config_get(node_of(scenario, rule), "spreiding");

    for (int32_t i = 0; i < rules->n_spreiding; i++) {
        const wks_settings *cap = &rules->spreiding[i];
        const double group = param_value(cap, "group", -1.0);
        const char *zero = zero_of(cap);
        if (zero == NULL || group < 0.0 || !is_everywhere(cap)) continue;
        for (int32_t k = 0; k < rules->n_channels; k++) {
            const wks_settings *channel = &rules->channel[k];
            if (param_value(channel, "group", -1.0) < group || param_value(channel, "group", -1.0) > group) continue;
            if (!(param_value(channel, "share", 1.0) > 0.0)) continue;
            wks_problems_error(problems, list->child[i]->file, list->child[i]->line, list->child[i]->column,
                               "'%s' allows nobody of group '%s' anywhere (%s 0), while channel '%s' must house that group", cap->name,
                               scenario->group[(int32_t)group].name, zero, channel->name);
        }
    }
}

static void check_period(const wks_scenario *scenario, int32_t rule, wks_problems *problems)
{
    const wks_rule_set *rules = &scenario->rules[rule];
    const wks_config_node *node = node_of(scenario, rule), *from = wks_config_get(node, "from");
    char a[16], b[16];

    if (rules->from_month < rules->until_month) return;
    wks_problems_error(problems, from->file, from->line, from->column,
                       "rule set '%s' is in force from %s until %s; expected from before until", rules->name,
                       wks_text_month(rules->from_month, a), wks_text_month(rules->until_month, b));
}

/* First month of the run in which not exactly one rule set is in force. */
static void check_coverage(const wks_scenario *scenario, wks_problems *problems)
{
    const wks_config_node *node = wks_config_get(scenario->resolved, "rules");
    char month[16];

    for (int32_t t = 1; t <= scenario->n_ticks; t++) {
        const int32_t now = scenario->start_month + t;
        int32_t first = -1, second = -1;
        for (int32_t i = 0; i < scenario->n_rules; i++) {
            if (now < scenario->rules[i].from_month || now >= scenario->rules[i].until_month) continue;
            second = first < 0 ? second : i;
            first = first < 0 ? i : first;
        }
        if (first >= 0 && second < 0) continue;
        wks_text_month(now, month);
        if (first < 0) {
            wks_problems_error(problems, node->file, node->line, node->column, "no rule set is in force in %s; expected one in every month",
                               month);
        } else {
            wks_problems_error(problems, node->child[second]->file, node->child[second]->line, node->child[second]->column,
                               "rule sets '%s' and '%s' are both in force in %s; expected one (use from and until)",
                               scenario->rules[first].name, scenario->rules[second].name, month);
        }
        return;
    }
}

/* ---- whom filters let through ----------------------------------------------------------------------------------------------- */

enum { ANY_LABEL = 0 };

/* The label a part is for, as numbered in the choices of parameter `label`; ANY_LABEL when it is for all. */
static int32_t label_of(const wks_settings *settings)
{
    return (int32_t)param_value(settings, "label", ANY_LABEL);
}

static const char *label_name(const wks_settings *settings, int32_t label)
{
    const int32_t i = wks_settings_param(settings->spec, "label");

    return i < 0 ? "" : settings->spec->param[i].choice[label];
}

static bool is_part(const wks_settings *settings, const char *name)
{
    return strcmp(settings->spec->name, name) == 0;
}

/* Narrows by what a filter asks of everybody who is to get a dwelling with that label. */
static wks_status narrow_by_filter(const wks_settings *filter, int32_t label, const char *label_text, wks_bounds *bounds, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (is_part(filter, "where") && is_everywhere(filter) && (label_of(filter) == ANY_LABEL || label_of(filter) == label)) {
        const int32_t i = wks_settings_param(filter->spec, "where");
        if (i >= 0 && filter->text[i] != NULL) WKS_TRY(wks_bounds_narrow(bounds, filter->text[i], err));
    }
    if (is_part(filter, "age_label") && label != ANY_LABEL) {
        if (strcmp(label_text, "senior") == 0)
            wks_bounds_range(bounds, "age_years", param_value(filter, "senior_from", 0), (double)INFINITY);
        if (strcmp(label_text, "jongeren") == 0)
            wks_bounds_range(bounds, "age_years", -(double)INFINITY, param_value(filter, "jongeren_until", (double)INFINITY));
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
    const double group = param_value(part, "group", -1.0), referral = param_value(part, "referral", 0.0);

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
    if (!(param_value(channel, "share", 1.0) > 0.0) || (everywhere && !is_everywhere(channel))) return false;
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

/* ---- parts that others make useless ------------------------------------------------------------------------------------------ */

/* The filter and the key draw the same vacancies (filter_ties.h): where the filter lets residents alone in, the key has nobody to put behind. */
static void check_ties(const wks_scenario *scenario, int32_t rule, wks_problems *problems)
{
    const wks_rule_set *rules = &scenario->rules[rule];

    for (int32_t o = 0; o < rules->n_order; o++) {
        const wks_settings *key = &rules->order[o];
        const wks_config_node *at = wks_config_get(node_of(scenario, rule), "order")->child[o];
        if (!is_part(key, "ties_first") || param_value(key, "scale", 0) > 0) continue;
        for (int32_t f = 0; f < rules->n_filters; f++) {
            const wks_settings *filter = &rules->filter[f];
            if (!is_part(filter, "ties") || param_value(filter, "share", 0) < param_value(key, "share", 1) ||
                param_value(filter, "years", 0) < param_value(key, "years", 0)) {
                continue;
            }
            wks_problems_warning(
                problems, at->file, at->line, at->column,
                "order key '%s' can never matter: at the same vacancies filter '%s' lets only residents in; expected a larger "
                "share, or one of the two",
                key->name, filter->name);
        }
    }
}

/* Of these a rule set has one: what a second asked would take the place of the first. */
static void check_single(const wks_scenario *scenario, int32_t rule, wks_problems *problems)
{
    static const char *const single[] = {"search_points", "refusal_penalty", "renewal"};
    const wks_rule_set *rules = &scenario->rules[rule];

    for (size_t s = 0; s < sizeof single / sizeof single[0]; s++) {
        bool is_there = false;
        for (int32_t i = 0; i < rules->n_conduct; i++) {
            const wks_config_node *at = wks_config_get(node_of(scenario, rule), "conduct")->child[i];
            if (!is_part(&rules->conduct[i], single[s])) continue;
            if (is_there) {
                wks_problems_error(problems, at->file, at->line, at->column,
                                   "two parts '%s' in conduct of '%s'; expected one, with all it asks", single[s], rules->name);
            }
            is_there = true;
        }
    }
}

/* Alike in everything but the maximum itself and where it holds. */
static bool is_same_but_for_the_maximum(const wks_scenario *scenario, const wks_settings *a, const wks_settings *b)
{
    if (a->spec != b->spec || wks_settings_param(a->spec, "max_share") < 0) return false;
    for (int32_t i = 0; i < a->spec->n_params; i++) {
        if (i == wks_settings_param(a->spec, "max_share") || a->spec->param[i].type == WKS_PARAM_AREAS) continue;
        if (!wks_settings_equal(a, b, i, scenario, scenario)) return false;
    }
    return true;
}

/* Two maxima of the same kind for the same group at the same scale: the higher one never binds. */
static void check_doubles(const wks_scenario *scenario, int32_t rule, wks_problems *problems)
{
    const wks_rule_set *rules = &scenario->rules[rule];

    for (int32_t i = 0; i < rules->n_spreiding; i++) {
        for (int32_t k = 0; k < rules->n_spreiding; k++) {
            const wks_settings *a = &rules->spreiding[i], *b = &rules->spreiding[k];
            const wks_config_node *at = wks_config_get(node_of(scenario, rule), "spreiding")->child[i];
            if (i == k || !is_everywhere(b) || !is_same_but_for_the_maximum(scenario, a, b)) continue;
            const double mine = param_value(a, "max_share", 1.0), other = param_value(b, "max_share", 1.0);
            if (mine < other || (!(mine > other) && i < k)) continue;
            wks_problems_warning(problems, at->file, at->line, at->column,
                                 "'%s' can never matter: '%s' is at least as strict for the same group", a->name, b->name);
            break;
        }
    }
}

/* ---- groups ------------------------------------------------------------------------------------------------------------------ */

static wks_status check_groups(const wks_scenario *scenario, wks_problems *problems, wks_err *err)
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

/* ---- the whole --------------------------------------------------------------------------------------------------------------- */

wks_status wks_ruleset_check(const wks_scenario *scenario, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n_errors = problems->n_errors;

    WKS_TRY(check_groups(scenario, problems, err));
    for (int32_t i = 0; i < scenario->n_rules; i++) {
        for (int32_t k = 0; k < i; k++) {
            const wks_config_node *node = node_of(scenario, i);
            if (strcmp(scenario->rules[i].name, scenario->rules[k].name) != 0) continue;
            wks_problems_error(problems, node->file, node->line, node->column, "two rule sets are named '%s'; expected different names",
                               scenario->rules[i].name);
        }
        check_number(scenario, i, problems);
        check_channels(scenario, i, problems);
        check_then(scenario, i, problems);
        check_order(scenario, i, problems);
        check_caps(scenario, i, problems);
        WKS_TRY(check_filters(scenario, i, problems, err));
        WKS_TRY(check_targets(scenario, i, problems, err));
        WKS_TRY(check_label_filters(scenario, i, problems, err));
        check_labels(scenario, i, problems);
        check_ties(scenario, i, problems);
        check_single(scenario, i, problems);
        check_doubles(scenario, i, problems);
        WKS_TRY(wks_ruleset_parts_check(scenario, i, problems, err));
        check_period(scenario, i, problems);
    }
    if (problems->n_errors == n_errors && scenario->n_rules > 0) check_coverage(scenario, problems);
out:
    return rc;
}
