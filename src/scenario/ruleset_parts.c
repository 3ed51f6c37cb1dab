#include "scenario/ruleset_parts.h"

#include <string.h>

#include "scenario/bounds.h"
#include "scenario/ruleset.h"
#include "scenario/settings.h"
#include "world/attribute.h"
#include "world/dwelling.h"
#include "world/household.h"

enum { CHANNELS, FILTERS, ORDER, SPREIDING, CONDUCT };

typedef struct pass {
    const wks_scenario *scenario;
    const wks_rule_set *rules;
    const wks_config_node *node;
    wks_problems *problems;
} pass;

static const wks_settings *part_of(const pass *self, int32_t list, const char *name)
{
    int32_t n;
    const wks_settings *part = wks_ruleset_parts(self->rules, list, &n);

    for (int32_t i = 0; i < n; i++) {
        if (wks_settings_is(&part[i], name)) return &part[i];
    }
    return NULL;
}

static bool is_written(const wks_settings *settings, const char *param)
{
    const int32_t p = wks_settings_param(settings->spec, param);

    return p >= 0 && settings->node[p] != NULL && settings->node[p]->line > 0;
}

/* Where a parameter was written, or its part. */
static const wks_config_node *place_of(const pass *self, int32_t list, const wks_settings *settings, const char *param)
{
    int32_t n;
    const wks_settings *first = wks_ruleset_parts(self->rules, list, &n);

    if (is_written(settings, param)) return settings->node[wks_settings_param(settings->spec, param)];
    return wks_config_get(self->node, wks_ruleset_lists[list].key)->child[settings - first];
}

#define WARN(self, list, settings, param, ...)                                                  \
    do {                                                                                        \
        const wks_config_node *at_ = place_of(self, list, settings, param);                     \
        wks_problems_warning((self)->problems, at_->file, at_->line, at_->column, __VA_ARGS__); \
    } while (0)

/* ---- channels ------------------------------------------------------------------------------------------------------------------ */

/* Channels that the landlord proposes through; the round knows it of the part, here it shows in who they are for. */
static bool proposes(const wks_settings *channel)
{
    return wks_settings_param(channel->spec, "group") >= 0 || wks_settings_param(channel->spec, "askers") >= 0;
}

static int32_t then_of(const pass *self, int32_t c)
{
    const wks_settings *channel = &self->rules->channel[c];
    const int32_t p = wks_settings_param(channel->spec, "then");

    for (int32_t i = 0; p >= 0 && channel->text[p] != NULL && i < self->rules->n_channels; i++) {
        if (i != c && strcmp(self->rules->channel[i].name, channel->text[p]) == 0) return i;
    }
    return -1;
}

static void check_ring(const pass *self, int32_t c)
{
    const wks_settings *channel = &self->rules->channel[c];
    int32_t at = then_of(self, c), steps = 0;

    for (; at > c && steps < self->rules->n_channels; steps++)
        at = then_of(self, at);
    if (at != c || steps == 0) return; /* told once, of the first of the ring */
    WARN(self, CHANNELS, channel, "then",
         "channel '%s' sends what it does not let to '%s', and that comes back to it; expected a last channel without then", channel->name,
         self->rules->channel[then_of(self, c)].name);
}

/* Buurten have the digits of their wijk and two more. */
static bool is_same_area(const char *a, const char *b)
{
    if (strcmp(a, b) == 0) return true;
    if (strlen(a) < 3 || strlen(b) < 3 || (a[0] == b[0] && a[1] == b[1])) return false;
    const size_t n = strlen(a) < strlen(b) ? strlen(a) : strlen(b);
    return strncmp(a + 2, b + 2, n - 2) == 0;
}

static bool areas_meet(const wks_settings *a, const wks_settings *b)
{
    const int32_t p = wks_settings_param(a->spec, "areas"), q = wks_settings_param(b->spec, "areas");

    if (p < 0 || q < 0 || a->n_areas[p] == 0 || b->n_areas[q] == 0) return true;
    for (int32_t i = 0; i < a->n_areas[p]; i++) {
        for (int32_t k = 0; k < b->n_areas[q]; k++) {
            if (is_same_area(a->area[p][i], b->area[q][k])) return true;
        }
    }
    return false;
}

static bool is_same(double a, double b)
{
    return !(a < b) && !(a > b);
}

static void check_then_fits(const pass *self, int32_t c)
{
    const int32_t to = then_of(self, c);
    const wks_settings *a = &self->rules->channel[c], *b = to < 0 ? NULL : &self->rules->channel[to];

    if (b == NULL) return;
    const double mine = wks_settings_value_or(a, "label", 0), other = wks_settings_value_or(b, "label", 0);
    const bool labels_meet = !(mine > 0.0) || !(other > 0.0) || is_same(mine, other);
    if (labels_meet && areas_meet(a, b)) return;
    WARN(self, CHANNELS, a, "then", "channel '%s' sends nothing to '%s': that is for other %s; expected a channel for the same dwellings",
         a->name, b->name, labels_meet ? "areas" : "labels");
}

/* Share 0 and nobody sends it anything: neither by then, nor as the adverts that proposed dwellings fall back to. */
static void check_reached(const pass *self, int32_t c)
{
    const wks_settings *channel = &self->rules->channel[c];
    bool is_reached = wks_settings_value_or(channel, "share", 1.0) > 0.0;

    for (int32_t i = 0; i < self->rules->n_channels && !is_reached; i++) {
        const wks_settings *other = &self->rules->channel[i];
        is_reached = i != c &&
                     (then_of(self, i) == c || (!proposes(channel) && proposes(other) && wks_settings_value_or(other, "share", 1.0) > 0.0));
    }
    for (int32_t s = 0; s < self->rules->n_spreiding && !is_reached; s++)
        is_reached = is_same(wks_settings_value_or(&self->rules->spreiding[s], "when_nobody", 0), 2.0); /* next_channel */
    if (is_reached) return;
    WARN(self, CHANNELS, channel, "share", "channel '%s' can never matter: its share is 0 and no other channel sends it anything",
         channel->name);
}

/* ---- gemengd wonen, contingents, labels ---------------------------------------------------------------------------------------- */

static void check_mix(const pass *self, const wks_settings *mix)
{
    const wks_settings *gemengd = part_of(self, CHANNELS, "gemengd");
    const double askers = wks_settings_value_or(mix, "askers", -1.0),
                 proposed = gemengd == NULL ? -1.0 : wks_settings_value_or(gemengd, "askers", -1.0);
    bool is_selected = gemengd != NULL;

    for (int32_t c = 0; c < self->rules->n_channels; c++)
        is_selected = is_selected || is_same(wks_settings_value_or(&self->rules->channel[c], "label", 0), 1.0 + WKS_LABEL_GEMENGD);
    if (!is_selected) {
        WARN(self, SPREIDING, mix, "",
             "'%s' steers complexes with label gemengd, but no channel of '%s' selects people for them; expected channel 'gemengd'",
             mix->name, self->rules->name);
    }
    if (askers < 0.0 || proposed < 0.0 || is_same(askers, proposed)) return;
    WARN(self, SPREIDING, mix, "askers",
         "'%s' counts group '%s' as askers, while channel '%s' proposes group '%s'; expected the same group", mix->name,
         self->scenario->group[(int32_t)askers].name, gemengd->name, self->scenario->group[(int32_t)proposed].name);
}

static wks_status narrow_by_channel(const pass *self, const wks_settings *channel, wks_bounds *bounds, wks_err *err)
{
    wks_status rc = WKS_OK;
    double group = wks_settings_value_or(channel, "group", -1.0);
    const double referral = wks_settings_value_or(channel, "referral", 0.0);

    if (group < 0.0) group = wks_settings_value_or(channel, "askers", -1.0);
    if (group >= 0.0) WKS_TRY(wks_bounds_narrow(bounds, self->scenario->group[(int32_t)group].where, err));
    if (referral > 0.0) wks_bounds_only(bounds, "referral", (int32_t)referral);
out:
    return rc;
}

/* A contingent is placed by proposals: by adverts alone its members come as luck has it. */
static wks_status check_contingent(const pass *self, const wks_settings *contingent, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_group *group = &self->scenario->group[(int32_t)wks_settings_value_or(contingent, "group", 0.0)];

    for (int32_t c = 0; c < self->rules->n_channels; c++) {
        const wks_settings *channel = &self->rules->channel[c];
        wks_bounds bounds;
        if (!proposes(channel) || !(wks_settings_value_or(channel, "share", 1.0) > 0.0)) continue;
        wks_bounds_init(&bounds);
        WKS_TRY(wks_bounds_narrow(&bounds, group->where, err));
        WKS_TRY(narrow_by_channel(self, channel, &bounds, err));
        if (!wks_bounds_is_empty(&bounds, NULL)) return WKS_OK;
    }
    WARN(self, SPREIDING, contingent, "group",
         "'%s' distributes group '%s', but no channel of '%s' proposes dwellings to it; expected channel 'direct' for that group",
         contingent->name, group->name, self->rules->name);
out:
    return rc;
}

static void check_relabel(const pass *self, const wks_settings *relabel)
{
    if (!(wks_settings_value_or(relabel, "label", 0.0) > 0.0) || part_of(self, FILTERS, "age_label") != NULL ||
        part_of(self, ORDER, "label_first") != NULL)
        return;
    WARN(self, SPREIDING, relabel, "", "'%s' gives labels that nothing asks for; expected filter 'age_label' or order part 'label_first'",
         relabel->name);
}

/* ---- points -------------------------------------------------------------------------------------------------------------------- */

static bool reads_points(const wks_settings *settings)
{
    const int32_t points = wks_attribute_find("points");

    if (wks_settings_is(settings, "points") && wks_settings_value_or(settings, "per_point", 0.0) > 0.0) return true;
    for (int32_t p = 0; p < settings->spec->n_params && points >= 0; p++) {
        if (settings->expr[p] != NULL && (wks_expr_attributes(settings->expr[p]) >> points & 1u) != 0) return true;
    }
    return false;
}

bool wks_ruleset_parts_count_points(const wks_rule_set *rules)
{
    for (int32_t f = 0; f < rules->n_filters; f++)
        if (reads_points(&rules->filter[f])) return true;
    for (int32_t o = 0; o < rules->n_order; o++)
        if (reads_points(&rules->order[o])) return true;
    return false;
}

static bool is_earned(const wks_settings *conduct)
{
    return wks_settings_is(conduct, "search_points") || wks_settings_is(conduct, "situation_points") ||
           wks_settings_is(conduct, "start_points");
}

static void check_points(const pass *self)
{
    const wks_rule_set *rules = self->rules;
    const bool is_read = wks_ruleset_parts_count_points(rules);
    bool are_earned = false;

    for (int32_t i = 0; i < rules->n_conduct; i++) {
        if (!is_earned(&rules->conduct[i])) continue;
        are_earned = true;
        if (is_read) continue;
        WARN(self, CONDUCT, &rules->conduct[i], "",
             "'%s' gives points that no part of '%s' counts; expected order part 'points', or 'points' in the sum of 'weighted'",
             rules->conduct[i].name, rules->name);
    }
    for (int32_t o = 0; o < rules->n_order && !are_earned; o++) {
        if (!wks_settings_is(&rules->order[o], "points") || !is_written(&rules->order[o], "per_point") || !reads_points(&rules->order[o]))
            continue;
        WARN(self, ORDER, &rules->order[o], "per_point",
             "'%s' counts points that nothing earns; expected search_points, situation_points or start_points in conduct",
             rules->order[o].name);
    }
}

/* ---- conduct ------------------------------------------------------------------------------------------------------------------- */

static void check_reactions(const pass *self)
{
    const wks_settings *cap = part_of(self, CONDUCT, "reaction_cap"), *points = part_of(self, CONDUCT, "search_points");
    const wks_settings *behaviour = wks_scenario_process(self->scenario, "allocation");
    const double own = behaviour == NULL ? 1e9 : wks_settings_value_or(behaviour, "reactions_per_round", 1e9);
    const double most = cap == NULL ? 1e9 : wks_settings_value_or(cap, "most", 1e9),
                 needed = points == NULL ? 0.0 : wks_settings_value_or(points, "reactions", 0.0);

    if (cap != NULL && most >= own) {
        WARN(self, CONDUCT, cap, "most",
             "'%s' can never matter: it allows %.0f reactions, and nobody reacts more than %.0f times a month "
             "(processes.allocation.reactions_per_round)",
             cap->name, most, own);
    }
    if (needed > most) {
        WARN(self, CONDUCT, points, "reactions",
             "nobody can earn '%s': it takes %.0f reactions in a month, and '%s' allows %.0f; expected at most that", points->name, needed,
             cap->name, most);
    } else if (needed > own) {
        WARN(self, CONDUCT, points, "reactions",
             "nobody can earn '%s': it takes %.0f reactions in a month, and nobody reacts more than %.0f times "
             "(processes.allocation.reactions_per_round)",
             points->name, needed, own);
    }
}

static void check_penalty(const pass *self, const wks_settings *penalty)
{
    const double points = wks_settings_value_or(penalty, "points", 0.0), no_show = wks_settings_value_or(penalty, "no_show_points", 0.0);
    const bool costs_points = points > 0.0 || no_show > 0.0;

    if (!costs_points && !(wks_settings_value_or(penalty, "suspend_after", 0.0) > 0.0) &&
        !(wks_settings_value_or(penalty, "inschrijfduur_share", 0.0) > 0.0)) {
        WARN(self, CONDUCT, penalty, "",
             "'%s' costs nothing; expected points, no_show_points, suspend_after or inschrijfduur_share above 0", penalty->name);
    }
    if (costs_points && part_of(self, CONDUCT, "search_points") == NULL) {
        WARN(self, CONDUCT, penalty, points > 0.0 ? "points" : "no_show_points",
             "'%s' takes search points, which nobody has; expected part 'search_points' in conduct", penalty->name);
    }
}

static void check_renewal(const pass *self, const wks_settings *renewal)
{
    if (wks_settings_value_or(renewal, "unpaid_share", 0.0) > 0.0 || wks_settings_value_or(renewal, "dormant_years", 0.0) > 0.0) return;
    WARN(self, CONDUCT, renewal, "", "'%s' ends no registration; expected unpaid_share or dormant_years above 0", renewal->name);
}

/* ---- the rest ------------------------------------------------------------------------------------------------------------------ */

static void check_file(const pass *self, const wks_settings *filter)
{
    const double found = wks_settings_value_or(filter, "sensitivity", 0.0), wrongly = wks_settings_value_or(filter, "false_share", 0.0);

    if (!(found > 0.0) && !(wrongly > 0.0)) {
        WARN(self, FILTERS, filter, "sensitivity", "'%s' keeps nobody out: its file tells of nobody (sensitivity 0)", filter->name);
    } else if (wrongly >= found) {
        WARN(self, FILTERS, filter, "false_share",
             "the file of '%s' tells of others as often as of those it means; expected false_share below sensitivity", filter->name);
    }
}

static void check_two_rents(const pass *self, const wks_settings *part)
{
    if (part_of(self, FILTERS, "passend") != NULL) return;
    WARN(self, SPREIDING, part, "", "'%s' lowers rents to aftoppingsgrenzen that no filter asks for; expected filter 'passend'",
         part->name);
}

wks_status wks_ruleset_parts_check(const wks_scenario *scenario, int32_t rule, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_rule_set *rules = &scenario->rules[rule];
    const pass self = {scenario, rules, wks_config_get(scenario->resolved, "rules")->child[rule], problems};

    for (int32_t c = 0; c < rules->n_channels; c++) {
        check_ring(&self, c);
        check_then_fits(&self, c);
        check_reached(&self, c);
    }
    for (int32_t f = 0; f < rules->n_filters; f++) {
        if (wks_settings_is(&rules->filter[f], "art10")) check_file(&self, &rules->filter[f]);
    }
    for (int32_t s = 0; s < rules->n_spreiding; s++) {
        const wks_settings *part = &rules->spreiding[s];
        if (wks_settings_is(part, "target_mix")) check_mix(&self, part);
        if (wks_settings_is(part, "contingent")) WKS_TRY(check_contingent(&self, part, err));
        if (wks_settings_is(part, "relabel")) check_relabel(&self, part);
        if (wks_settings_is(part, "two_rents")) check_two_rents(&self, part);
    }
    check_points(&self);
    check_reactions(&self);
    for (int32_t i = 0; i < rules->n_conduct; i++) {
        if (wks_settings_is(&rules->conduct[i], "refusal_penalty")) check_penalty(&self, &rules->conduct[i]);
        if (wks_settings_is(&rules->conduct[i], "renewal")) check_renewal(&self, &rules->conduct[i]);
    }
out:
    return rc;
}
