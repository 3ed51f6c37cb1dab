#include "cli/check_people.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/month.h"
#include "measure/observe.h"
#include "rules/account.h"
#include "rules/filter_art10.h"
#include "scenario/law.h"
#include "scenario/ruleset.h"
#include "scenario/settings.h"

/* ---- groups and caps ---- */

static void check_groups(const wks_load *load, const wks_world *world, wks_problems *problems)
{
    const wks_scenario *scenario = &load->scenario;
    for (int32_t g = 0; g < scenario->n_groups; g++) {
        int64_t n = 0;
        if (!scenario->group[g].rule) continue;
        for (int32_t i = 0; i < world->household.base.n_rows; i++)
            n += world->household.key[i] != 0 && (world->household.groups[i] >> g & 1u) != 0;
        if (world->hides_few ? wks_world_may_tell(world, (double)n) : n > 0) continue;
        if (world->hides_few) {
            wks_problems_warning(problems, scenario->path, 0, 0, "group '%s' has fewer than %d households at the start, or none",
                                 scenario->group[g].name, WKS_WORLD_FEW);
            continue;
        }
        wks_problems_warning(problems, scenario->path, 0, 0,
                             "group '%s' is empty at the start; a rule about it does nothing until somebody belongs to it",
                             scenario->group[g].name);
    }
}

/* Areas with at least this many social households count: a share in a smaller one says nothing. */
enum { FEW = 10 };

/* How many areas are above a cap on the first day, and by how much at most; never which: no ranking of buurten by vulnerable groups. */
static wks_status check_cap(const wks_load *load, const wks_world *world, const wks_settings *cap, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_group *group = &load->scenario.group[(int32_t)wks_part_value(cap, "group", 0)];
    const wks_area_count_scale scale = (wks_area_count_scale)(int32_t)wks_part_value(cap, "scale", WKS_AREA_COUNT_BUURT);
    const double max_share = wks_part_value(cap, "max_share", 1);
    const wks_config_node *node = cap->node[0];
    wks_area_count counts = {0};
    int32_t n_above = 0, n_areas = 0, in_group = 0, total = 0;
    double highest = 0;
    bool is_told = true;

    WKS_TRY(wks_area_count_fit(&counts, world, scale, err));
    wks_area_count_stock(&counts, world, scale, group->expr);
    for (int32_t i = 0; i < counts.n; i++) {
        in_group += counts.group[i];
        total += counts.total[i];
        if (counts.total[i] < FEW) continue;
        const double share = (double)counts.group[i] / counts.total[i];
        n_areas++;
        n_above += share > max_share;
        if (share > highest) is_told = wks_world_may_tell_part(world, counts.group[i], counts.total[i]);
        highest = share > highest ? share : highest;
    }
    if (n_above == 0 || total == 0) goto out;
    if (!is_told || !wks_world_may_tell_part(world, in_group, total)) {
        wks_problems_warning(
            problems, node == NULL ? load->scenario.path : node->file, node == NULL ? 0 : node->line, node == NULL ? 0 : node->column,
            "'%s': %d of %d areas (%s) are above its share of %.2f at the start; by how much would tell of fewer than %d real households",
            cap->name, n_above, n_areas, wks_area_count_scale_name[scale], max_share, WKS_WORLD_FEW);
        goto out;
    }
    wks_problems_warning(
        problems, node == NULL ? load->scenario.path : node->file, node == NULL ? 0 : node->line, node == NULL ? 0 : node->column,
        "'%s': %d of %d areas (%s) are above its share of %.2f at the start, the highest %.2f, the whole city %.2f%s", cap->name, n_above,
        n_areas, wks_area_count_scale_name[scale], max_share, highest, (double)in_group / total,
        (double)in_group / total > max_share ? "; a cap below the city's own share cannot be kept by spreading alone" : "");
out:
    wks_area_count_free(&counts);
    return rc;
}

static wks_status check_caps(const wks_load *load, const wks_world *world, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_scenario *scenario = &load->scenario;

    for (int32_t r = 0; r < scenario->n_rules; r++) {
        for (int32_t i = 0; i < scenario->rules[r].n_spreiding; i++) {
            const wks_settings *part = &scenario->rules[r].spreiding[i];
            if (strcmp(part->spec->name, "cap_share") == 0) WKS_TRY(check_cap(load, world, part, problems, err));
        }
    }
out:
    return rc;
}

static bool is_of_the_run(const wks_scenario *scenario, const wks_rule_set *rules)
{
    const int32_t begin = scenario->start_month + 1;

    return rules->from_month < begin + scenario->n_ticks && rules->until_month > begin;
}

static const wks_config_node *element_of(const wks_scenario *scenario, int32_t rule, const char *list, int32_t i)
{
    return wks_config_get(wks_config_get(scenario->resolved, "rules")->child[rule], list)->child[i];
}

/* ---- norms that are broken before the first letting ---- */

/* Of a cap on the stock check_cap tells more. */
static bool is_told_elsewhere(const wks_settings *part)
{
    return strcmp(part->spec->name, "cap_share") == 0;
}

static wks_status check_norm(const wks_part_context *context, const wks_settings *part, const wks_config_node *at, wks_problems *problems,
                             wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_account *account = wks_account_of(part);
    wks_account_verdict verdict[WKS_ACCOUNT_MOST];
    void *state = NULL;
    char required[32], achieved[32];

    WKS_TRY(account->month(context, part, &state, err));
    const int32_t n = account->judge(context, part, state, WKS_NONE, verdict);
    for (int32_t i = 0; i < n; i++) {
        const wks_account_verdict *v = &verdict[i];
        const bool is_told = isnan(v->part) || (isnan(v->whole) ? wks_world_may_tell(context->world, v->part)
                                                                : wks_world_may_tell_part(context->world, v->part, v->whole));
        if (v->is_met || isnan(v->achieved)) continue;
        wks_problems_warning(problems, at->file, at->line, at->column, "'%s' is not kept at the start: %s: %s, required %s", part->name,
                             account->counts, is_told ? wks_text_number(floor(v->achieved * 1000 + 0.5) / 1000, achieved) : "not told",
                             wks_text_number(v->required, required));
    }
out:
    account->close(state);
    return rc;
}

static wks_status check_norms(const wks_load *load, const wks_world *world, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_scenario *scenario = &load->scenario;
    const wks_law law = wks_law_of_year(wks_month_year(world->month), scenario->law_index);

    for (int32_t r = 0; r < scenario->n_rules; r++) {
        const wks_part_context context = {.world = world, .scenario = scenario, .rules = &scenario->rules[r], .law = &law};
        for (int32_t list = 0; list < WKS_RULESET_N_LISTS && is_of_the_run(scenario, context.rules); list++) {
            int32_t n;
            const wks_settings *part = wks_ruleset_parts(context.rules, list, &n);
            for (int32_t i = 0; i < n; i++) {
                if (wks_account_of(&part[i]) == NULL || is_told_elsewhere(&part[i])) continue;
                WKS_TRY(check_norm(&context, &part[i], element_of(scenario, r, wks_ruleset_lists[list].key, i), problems, err));
            }
        }
    }
out:
    return rc;
}

/* Share of social homes in the wijk where it is lowest. */
static double lowest_social_share(const wks_world *world)
{
    double lowest = 2.0;

    for (int32_t wijk = 0; wijk < world->n_wijken; wijk++) {
        int32_t all = 0, social = 0;
        for (int32_t d = 0; d < world->dwelling.base.n_rows; d++) {
            if (world->dwelling.key[d] == 0 || world->buurt.wijk_row[world->dwelling.buurt_row[d]] != wijk) continue;
            all++;
            social += world->dwelling.tenure[d] == WKS_TENURE_SOCIAL;
        }
        if (all > 0 && (double)social / all < lowest) lowest = (double)social / all;
    }
    return lowest;
}

/* A ceiling below which no wijk is, and nothing is done about it. */
static void check_ceilings(const wks_scenario *scenario, const wks_world *world, wks_problems *problems)
{
    for (int32_t r = 0; r < scenario->n_rules; r++) {
        for (int32_t s = 0; s < scenario->rules[r].n_spreiding; s++) {
            const wks_settings *part = &scenario->rules[r].spreiding[s];
            const wks_config_node *at = element_of(scenario, r, "spreiding", s);
            const double lowest = lowest_social_share(world);
            if (strcmp(part->spec->name, "social_ceiling") != 0 || wks_part_value(part, "instead", 0) > 0) continue;
            if (!(wks_part_value(part, "max_share", 1) < lowest)) continue;
            wks_problems_warning(
                problems, at->file, at->line, at->column,
                "'%s': every wijk is above its share of %.2f at the start (the lowest %.2f), and with instead = nothing that "
                "stays so; expected instead = sell, liberalise or middle_rent",
                part->name, wks_part_value(part, "max_share", 1), lowest);
        }
    }
}

/* Screening keeps out who is in a file: 1 to 3 % of the applicants is plausible [S29b, S29c]. */
static void check_files(const wks_scenario *scenario, const wks_world *world, wks_problems *problems)
{
    static const double plausible = 0.03;

    for (int32_t r = 0; r < scenario->n_rules; r++) {
        for (int32_t f = 0; f < scenario->rules[r].n_filters; f++) {
            const wks_settings *filter = &scenario->rules[r].filter[f];
            const wks_config_node *at = element_of(scenario, r, "filters", f);
            int64_t n = 0, all = 0;
            if (strcmp(filter->spec->name, "art10") != 0) continue;
            for (int32_t h = 0; h < world->household.base.n_rows; h++) {
                if (world->household.key[h] == 0 || world->household.search_month[h] == WKS_NO_MONTH) continue;
                all++;
                n +=
                    wks_filter_art10_is_known(world, h, wks_part_value(filter, "sensitivity", 0), wks_part_value(filter, "false_share", 0));
            }
            if (all == 0 || !((double)n > plausible * (double)all) || !wks_world_may_tell_part(world, (double)n, (double)all)) continue;
            wks_problems_warning(
                problems, at->file, at->line, at->column,
                "the file of '%s' tells of %.1f %% of the seekers; 1 to 3 %% is plausible: expected a lower sensitivity or false_share",
                filter->name, 100.0 * (double)n / (double)all);
        }
    }
}

/* ---- who could get anything ---- */

/* With data of real people a count under WKS_WORLD_FEW is not told from none. */
static void check_channel(const wks_scenario *scenario, int32_t rule, int32_t c, const wks_world *world, const wks_candidates *n,
                          wks_problems *problems)
{
    const wks_rule_set *rules = &scenario->rules[rule];
    const wks_settings *channel = &rules->channel[c];
    const wks_channel_part *part = channel->spec->implementation;
    const wks_config_node *at = element_of(scenario, rule, "channels", c);

    if (!(wks_part_value(channel, "share", 1) > 0)) return;
    if (n->n_homes == 0) {
        wks_problems_warning(problems, at->file, at->line, at->column,
                             "channel '%s' lets nothing: no social dwelling has its label and areas", channel->name);
    } else if (n->n_seekers == 0 || !wks_world_may_tell(world, (double)n->n_seekers)) {
        wks_problems_warning(problems, at->file, at->line, at->column,
                             part->is_advertised
                                 ? "channel '%s': %s looks for a social home at the start"
                                 : "channel '%s' is for people that %s is of at the start; its dwellings go to the next channel",
                             channel->name, world->hides_few ? "nobody, or hardly anybody," : "nobody");
    } else if (world->hides_few && !wks_world_may_tell(world, (double)n->n_passing)) {
        wks_problems_warning(problems, at->file, at->line, at->column,
                             "fewer than %d seekers, or none, could get any dwelling of channel '%s' by the filters", WKS_WORLD_FEW,
                             channel->name);
    } else if (n->n_passing == 0) {
        const wks_config_node *filter = element_of(scenario, rule, "filters", n->emptied_by);
        wks_problems_error(
            problems, filter->file, filter->line, filter->column,
            "none of %lld seekers could get any of %lld social homes of channel '%s': filter '%s' leaves none; expected filters that "
            "leave somebody",
            (long long)n->n_seekers, (long long)n->n_homes, channel->name, rules->filter[n->emptied_by].name);
    }
}

static wks_status check_channels(const wks_load *load, const wks_world *world, wks_check_people *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_scenario *scenario = &load->scenario;
    const wks_law law = wks_law_of_year(wks_month_year(world->month), scenario->law_index);
    size_t n = 0;

    for (int32_t r = 0; r < scenario->n_rules; r++)
        n += (size_t)scenario->rules[r].n_channels;
    out->channel = wks_mem_array(n + 1, sizeof *out->channel);
    if (out->channel == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for channels");
    for (int32_t r = 0; r < scenario->n_rules; r++) {
        const wks_rule_set *rules = &scenario->rules[r];
        const wks_part_context context = {.world = world, .scenario = scenario, .rules = rules, .law = &law};
        for (int32_t c = 0; c < rules->n_channels && is_of_the_run(scenario, rules); c++) {
            wks_check_channel *channel = &out->channel[out->n];
            *channel = (wks_check_channel){.rules = rules->name, .name = rules->channel[c].name};
            WKS_TRY(wks_candidates_count(&context, c, &channel->count, err));
            channel->is_told = wks_world_may_tell(world, (double)channel->count.n_seekers) &&
                               wks_world_may_tell_part(world, (double)channel->count.n_passing, (double)channel->count.n_seekers);
            out->n++;
            check_channel(scenario, r, c, world, &channel->count, problems);
        }
    }
out:
    return rc;
}

/* Filters for a label that no dwelling has. Of channels check_channel tells. */
static void check_labels(const wks_scenario *scenario, const wks_world *world, wks_problems *problems)
{
    for (int32_t r = 0; r < scenario->n_rules; r++) {
        const wks_rule_set *rules = &scenario->rules[r];
        for (int32_t f = 0; f < rules->n_filters; f++) {
            const wks_settings *filter = &rules->filter[f];
            const int32_t label = (int32_t)wks_part_value(filter, "label", 0), i = wks_settings_param(filter->spec, "label");
            const wks_config_node *at = element_of(scenario, r, "filters", f);
            if (i < 0 || label == 0 || wks_candidates_labelled(world, (uint8_t)(label - 1)) > 0) continue;
            wks_problems_warning(problems, at->file, at->line, at->column,
                                 "filter '%s' is for label '%s', which no social dwelling has at the start", filter->name,
                                 filter->spec->param[i].choice[label]);
        }
    }
}

/* ---- the whole ---- */

/* What people look for is decided in the first month: who looks at the start counts as one who looks for a social home. */
/* Orders of demolition and renovation for more homes than their areas have at the start: what is short is counted in the run, and told here. */
static void check_projects(const wks_scenario *scenario, const wks_world *world, wks_problems *problems)
{
    for (int32_t e = 0; e < scenario->n_events; e++) {
        const wks_settings *settings = &scenario->timeline[e].settings;
        const int32_t areas = wks_settings_param(settings->spec, "areas"), dwellings = wks_settings_param(settings->spec, "dwellings");
        const wks_config_node *at;
        int32_t n = 0;
        if (strcmp(settings->spec->name, "demolish") != 0 && strcmp(settings->spec->name, "renovate") != 0) continue;
        for (int32_t d = 0; d < world->dwelling.base.n_rows; d++) {
            n += world->dwelling.key[d] != 0 && world->dwelling.tenure[d] == WKS_TENURE_SOCIAL && world->dwelling.n_units[d] == 1 &&
                 world->dwelling.label[d] != WKS_LABEL_CAMPUS && wks_part_in_areas(world, settings, areas, world->dwelling.buurt_row[d]);
        }
        if (n >= (int32_t)settings->value[dwellings]) continue;
        at = settings->node[dwellings];
        wks_problems_warning(
            problems, at == NULL ? scenario->path : at->file, at == NULL ? 0 : at->line, at == NULL ? 0 : at->column,
            "event %s: %d dwellings ordered, %d social dwellings (no rooms or campus) in its areas at the start; the others "
            "are counted as not there",
            settings->spec->name, (int)settings->value[dwellings], n);
    }
}

static void decide_searches(wks_world *world)
{
    wks_household_table *household = &world->household;

    for (int32_t i = 0; i < household->base.n_rows; i++) {
        if (household->key[i] != 0 && household->search_month[i] != WKS_NO_MONTH && household->search[i] == WKS_SEARCH_STAY)
            household->search[i] = WKS_SEARCH_SOCIAL;
    }
}

wks_status wks_check_people_run(const wks_load *load, wks_world *world, bool quiet, wks_check_people *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_problems problems = WKS_PROBLEMS_INIT;

    wks_observe_refresh_groups(&load->scenario, world);
    decide_searches(world);
    check_groups(load, world, &problems);
    WKS_TRY(check_caps(load, world, &problems, err));
    WKS_TRY(check_norms(load, world, &problems, err));
    check_ceilings(&load->scenario, world, &problems);
    check_files(&load->scenario, world, &problems);
    WKS_TRY(check_channels(load, world, out, &problems, err));
    check_labels(&load->scenario, world, &problems);
    check_projects(&load->scenario, world, &problems);
    rc = wks_problems_status(&problems, err);
out:
    wks_load_print(&problems, quiet);
    wks_problems_free(&problems);
    return rc;
}

void wks_check_people_free(wks_check_people *people)
{
    free(people->channel);
    *people = (wks_check_people){NULL, 0};
}

void wks_check_people_print(const wks_check_people *people)
{
    for (int32_t i = 0; i < people->n; i++) {
        const wks_check_channel *channel = &people->channel[i];
        if (!channel->is_told) continue;
        printf("  candidates    %s, %s: %lld of %lld could get one of %lld social homes\n", channel->rules, channel->name,
               (long long)channel->count.n_passing, (long long)channel->count.n_seekers, (long long)channel->count.n_homes);
    }
}

wks_json *wks_check_people_json(const wks_check_people *people)
{
    wks_json *list = wks_json_array();

    for (int32_t i = 0; i < people->n; i++) {
        const wks_check_channel *channel = &people->channel[i];
        wks_json *item = wks_json_object();
        wks_json_set_take(item, "rules", wks_json_string(channel->rules));
        wks_json_set_take(item, "channel", wks_json_string(channel->name));
        wks_json_set_take(item, "homes", wks_json_integer(channel->count.n_homes));
        if (channel->is_told) {
            wks_json_set_take(item, "seekers", wks_json_integer(channel->count.n_seekers));
            wks_json_set_take(item, "candidates", wks_json_integer(channel->count.n_passing));
        }
        wks_json_append_take(list, item);
    }
    return list;
}
