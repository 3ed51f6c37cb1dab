#include "rules/conduct.h"

#include <string.h>

#include "scenario/ruleset_parts.h"
#include "world/relations.h"

enum { YEAR = 12 };

void wks_conduct_of(const wks_rule_set *rules, wks_conduct *out)
{
    memset(out, 0, sizeof *out);
    if (rules == NULL) return;
    out->in_force_month = rules->from_month;
    out->points_count = wks_ruleset_parts_count_points(rules);
    for (int32_t i = 0; i < rules->n_conduct; i++) {
        const wks_conduct_part *part = rules->conduct[i].spec->implementation;
        part->add(&rules->conduct[i], out);
        out->is_used = true;
    }
}

bool wks_conduct_has_penalty(const wks_conduct *conduct)
{
    const bool costs_points = conduct->points_count && conduct->refusal.points > 0.0;

    return costs_points || conduct->refusal.suspend_after > 0 || conduct->refusal.inschrijfduur_share > 0.0;
}

bool wks_conduct_is_suspended(const wks_conduct *conduct, const wks_world *world, int32_t household_row)
{
    if (conduct->refusal.suspend_after == 0) return false;
    const int32_t row = wks_part_registration(world, household_row);

    return row >= 0 && wks_rare_i32(&world->registration.suspended_until, row) != WKS_NO_MONTH &&
           wks_rare_i32(&world->registration.suspended_until, row) > world->month;
}

bool wks_conduct_earns(const wks_conduct *conduct)
{
    return conduct->points_count && conduct->search.reactions > 0;
}

bool wks_conduct_may_earn(const wks_conduct *conduct, const wks_world *world, int32_t household_row)
{
    if (!wks_conduct_earns(conduct)) return false;
    const int32_t row = wks_part_registration(world, household_row);

    return row >= 0 && (double)world->registration.search_points[row] < conduct->search.most;
}

/* Never below zero. Returns what was lost. */
static double lose_points(wks_registration_table *registration, int32_t row, double points)
{
    const double had = (double)registration->search_points[row], left = had > points ? had - points : 0.0;

    registration->search_points[row] = (float)left;
    return had - left;
}

/* Refusals within a year of the first; enough of them suspend, and the count begins anew. */
static void count_refusal(const wks_conduct *conduct, wks_world *world, int32_t row)
{
    wks_registration_table *registration = &world->registration;
    const int32_t first = wks_rare_i32(&registration->refused_month, row);

    if (first == WKS_NO_MONTH || world->month - first >= YEAR) {
        wks_rare_set(&registration->refused_month, row, wks_month_cell(world->month));
        registration->n_refused[row] = 0;
    }
    if (registration->n_refused[row] < UINT8_MAX) registration->n_refused[row]++;
    if (registration->n_refused[row] < conduct->refusal.suspend_after) return;
    world->ledger.suspensions++;
    wks_rare_set(&registration->suspended_until, row, wks_month_cell(world->month + 1 + conduct->refusal.suspend_months));
    wks_rare_set(&registration->refused_month, row, WKS_NO_MONTH);
    registration->n_refused[row] = 0;
}

void wks_conduct_refuse(const wks_conduct *conduct, wks_world *world, int32_t household_row, bool no_show)
{
    const int32_t row = conduct->is_used ? wks_part_registration(world, household_row) : WKS_NONE;
    wks_registration_table *registration = &world->registration;

    if (row < 0) return;
    const double lost = lose_points(registration, row, no_show ? conduct->refusal.no_show_points : conduct->refusal.points);
    world->ledger.points_lost += (int64_t)(100.0 * lost + 0.5);
    if (no_show) return;
    if (conduct->refusal.suspend_after > 0) count_refusal(conduct, world, row);
    if (conduct->refusal.inschrijfduur_share > 0.0) {
        const int32_t since = registration->since_month[row], months = world->month - since;
        registration->since_month[row] = wks_month_cell(since + (int32_t)(conduct->refusal.inschrijfduur_share * months + 0.5));
        wks_relations_refresh(world, household_row);
    }
}

static bool holds(const wks_conduct_situation *situation, const wks_world *world, int32_t household_row)
{
    return situation->who == NULL || wks_expr_holds(situation->who, world, household_row);
}

static void reacted_enough(const wks_conduct *conduct, wks_world *world, int32_t row)
{
    wks_registration_table *registration = &world->registration;
    const bool reacted = registration->reacted_month[row] == world->month;

    if (!reacted || registration->n_reactions[row] < conduct->search.reactions) {
        (void)lose_points(registration, row, conduct->search.loss);
        return;
    }
    const double points = (double)registration->search_points[row] + conduct->search.per_month;
    registration->search_points[row] = (float)(points < conduct->search.most ? points : conduct->search.most);
}

void wks_conduct_month(const wks_conduct *conduct, wks_world *world, int32_t household_row)
{
    wks_registration_table *registration = &world->registration;
    const int32_t row = wks_part_registration(world, household_row);

    if (row < 0) return;
    if (conduct->search.reactions > 0) reacted_enough(conduct, world, row);
    for (int32_t i = 0; i < conduct->n_situations; i++) {
        const wks_conduct_situation *s = &conduct->situation[i];
        const double points = (double)registration->situation_points[row];
        if (points >= s->most || !holds(s, world, household_row)) continue;
        registration->situation_points[row] = (float)(points + s->per_month < s->most ? points + s->per_month : s->most);
    }
    for (int32_t i = 0; i < conduct->n_starts; i++) { /* once: who has any has had them */
        if (registration->start_points[row] > 0.0F || !holds(&conduct->start[i], world, household_row)) continue;
        registration->start_points[row] = (float)conduct->start[i].most;
    }
}

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* The last reaction, or the first month from which one was asked. */
static int32_t dormant_since(const wks_conduct *conduct, const wks_world *world, int32_t row)
{
    const wks_registration_table *registration = &world->registration;

    if (registration->reacted_month[row] != WKS_NO_MONTH) return registration->reacted_month[row];
    return later(later(registration->since_month[row], world->start_month), conduct->in_force_month);
}

bool wks_conduct_ends(const wks_conduct *conduct, const wks_world *world, int32_t row, double u)
{
    const wks_registration_table *registration = &world->registration;
    const int32_t person = registration->person_row[row], home = world->person.household_row[person];

    if (conduct->dormant_months > 0 && world->month - dormant_since(conduct, world, row) >= conduct->dormant_months) return true;
    if (!(conduct->unpaid_share > 0.0) || (home >= 0 && world->household.search_month[home] != WKS_NO_MONTH)) return false;
    return (int32_t)(registration->key[row] % YEAR) == world->month % YEAR && u < conduct->unpaid_share;
}
