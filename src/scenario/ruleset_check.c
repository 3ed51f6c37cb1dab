#include "scenario/ruleset_check.h"

#include <string.h>

#include "scenario/ruleset_parts.h"
#include "scenario/ruleset_reach.h"
#include "scenario/settings.h"
#include "world/letting.h"

/* Order parts after which nothing is left to decide: every candidate has a value of its own. */
static const char *const total_order[] = {"lot", "loting", "reaction_time", NULL};

static const wks_config_node *node_of(const wks_scenario *scenario, int32_t rule)
{
    return wks_config_get(scenario->resolved, "rules")->child[rule];
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

/* The rule sets that do have channels: a rule set of a base is changed by its own name. */
static void add_others(const wks_scenario *scenario, int32_t rule, wks_text *out)
{
    for (int32_t i = 0; i < scenario->n_rules; i++) {
        const bool is_itself = i == rule || strcmp(scenario->rules[i].name, scenario->rules[rule].name) == 0;
        if (is_itself || scenario->rules[i].n_channels == 0) continue;
        wks_text_addf(out, "%s '%s'", out->length == 0 ? ", or, to change a rule set that has them, its name:" : " or",
                      scenario->rules[i].name);
    }
}

static void check_channels(const wks_scenario *scenario, int32_t rule, wks_problems *problems)
{
    const wks_rule_set *rules = &scenario->rules[rule];
    const wks_config_node *node = node_of(scenario, rule), *channels = wks_config_get(node, "channels");
    double sum = 0.0;
    bool has_share = false;
    char number[32];

    if (rules->n_channels == 0) {
        wks_text others = WKS_TEXT_INIT;
        add_others(scenario, rule, &others);
        wks_problems_error(problems, node->file, node->line, node->column,
                           "rule set '%s' has no channel, so nothing could be let; expected at least one in channels%s", rules->name,
                           others.data == NULL ? "" : others.data);
        wks_text_free(&others);
        return;
    }
    for (int32_t i = 0; i < rules->n_channels; i++) {
        if (wks_settings_param(rules->channel[i].spec, "share") < 0 || !wks_settings_is_everywhere(&rules->channel[i]) ||
            is_of_a_label(&rules->channel[i]))
            continue;
        has_share = true;
        sum += wks_settings_value_or(&rules->channel[i], "share", 0.0);
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
    if (wks_settings_param(cap->spec, "max_share") >= 0) return wks_settings_value_or(cap, "max_share", 1.0) > 0.0 ? NULL : "max_share";
    if (wks_settings_param(cap->spec, "number") < 0) return NULL;
    return wks_settings_value_or(cap, "number", 1.0) > 0.0 || wks_settings_value_or(cap, "share", 0.0) > 0.0 ? NULL : "number";
}

/* A cap of 0 on a group that a channel must house by direct mediation: nobody of it could be placed. */
static void check_caps(const wks_scenario *scenario, int32_t rule, wks_problems *problems)
{
    const wks_rule_set *rules = &scenario->rules[rule];
    const wks_config_node *list = wks_config_get(node_of(scenario, rule), "spreiding");

    for (int32_t i = 0; i < rules->n_spreiding; i++) {
        const wks_settings *cap = &rules->spreiding[i];
        const double group = wks_settings_value_or(cap, "group", -1.0);
        const char *zero = zero_of(cap);
        if (zero == NULL || group < 0.0 || !wks_settings_is_everywhere(cap)) continue;
        for (int32_t k = 0; k < rules->n_channels; k++) {
            const wks_settings *channel = &rules->channel[k];
            if (wks_settings_value_or(channel, "group", -1.0) < group || wks_settings_value_or(channel, "group", -1.0) > group) continue;
            if (!(wks_settings_value_or(channel, "share", 1.0) > 0.0)) continue;
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

/* ---- parts that others make useless ------------------------------------------------------------------------------------------ */

/* The filter and the key draw the same vacancies (filter_ties.h): where the filter lets residents alone in, the key has nobody to put behind. */
static void check_ties(const wks_scenario *scenario, int32_t rule, wks_problems *problems)
{
    const wks_rule_set *rules = &scenario->rules[rule];

    for (int32_t o = 0; o < rules->n_order; o++) {
        const wks_settings *key = &rules->order[o];
        const wks_config_node *at = wks_config_get(node_of(scenario, rule), "order")->child[o];
        if (!wks_settings_is(key, "ties_first") || wks_settings_value_or(key, "scale", 0) > 0) continue;
        for (int32_t f = 0; f < rules->n_filters; f++) {
            const wks_settings *filter = &rules->filter[f];
            if (!wks_settings_is(filter, "ties") || wks_settings_value_or(filter, "share", 0) < wks_settings_value_or(key, "share", 1) ||
                wks_settings_value_or(filter, "years", 0) < wks_settings_value_or(key, "years", 0)) {
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
            if (!wks_settings_is(&rules->conduct[i], single[s])) continue;
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
            if (i == k || !wks_settings_is_everywhere(b) || !is_same_but_for_the_maximum(scenario, a, b)) continue;
            const double mine = wks_settings_value_or(a, "max_share", 1.0), other = wks_settings_value_or(b, "max_share", 1.0);
            if (mine < other || (!(mine > other) && i < k)) continue;
            wks_problems_warning(problems, at->file, at->line, at->column,
                                 "'%s' can never matter: '%s' is at least as strict for the same group", a->name, b->name);
            break;
        }
    }
}

/* ---- the whole --------------------------------------------------------------------------------------------------------------- */

wks_status wks_ruleset_check(const wks_scenario *scenario, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n_errors = problems->n_errors;

    WKS_TRY(wks_ruleset_reach_groups(scenario, problems, err));
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
        WKS_TRY(wks_ruleset_reach_check(scenario, i, problems, err));
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
