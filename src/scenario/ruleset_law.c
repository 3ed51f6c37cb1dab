#include "scenario/ruleset_law.h"

#include <math.h>
#include <string.h>

#include "base/month.h"
#include "scenario/bounds.h"
#include "scenario/law.h"
#include "scenario/law_statute.h"
#include "scenario/ruleset.h"
#include "scenario/settings.h"
#include "world/attribute.h"
#include "world/household.h"

/* A rule set and the months of the run in which it holds. */
typedef struct pass {
    const wks_scenario *scenario;
    const wks_rule_set *rules;
    const wks_config_node *node;
    int32_t first, until; /* until: exclusive */
    wks_problems *problems;
} pass;

static const wks_config_node *part_node(const pass *self, int32_t list, int32_t i)
{
    return wks_config_get(self->node, wks_ruleset_lists[list].key)->child[i];
}

static double value_of(const wks_settings *settings, const char *name, double otherwise)
{
    const int32_t i = wks_settings_param(settings->spec, name);

    return i < 0 ? otherwise : settings->value[i];
}

static bool is_part(const wks_settings *settings, const char *name)
{
    return strcmp(settings->spec->name, name) == 0;
}

/* Where a parameter was written, or its part. */
static const wks_config_node *place_of(const pass *self, int32_t list, int32_t i, const char *param)
{
    int32_t n;
    const wks_settings *settings = &wks_ruleset_parts(self->rules, list, &n)[i];
    const int32_t p = wks_settings_param(settings->spec, param);

    return p >= 0 && settings->node[p] != NULL && settings->node[p]->line > 0 ? settings->node[p] : part_node(self, list, i);
}

enum { CHANNELS, FILTERS, ORDER };

/* ---- legal basis ------------------------------------------------------------------------------------------------------------- */

static const wks_config_node *basis_node(const pass *self)
{
    const wks_config_node *basis = wks_config_get(self->node, "basis");

    return basis != NULL && basis->line > 0 ? basis : self->node;
}

/* The bill a ground stands for, -1: it is none. */
static int32_t bill_of(const wks_law_ground *ground)
{
    for (int32_t i = 0; i < WKS_LAW_N_BILLS; i++) {
        if (ground->id != NULL && strcmp(ground->id, wks_law_statute_bill[i]) == 0) return i;
    }
    return -1;
}

static void check_bill(const pass *self, const wks_law_ground *ground, int32_t bill)
{
    const wks_config_node *at = basis_node(self);
    const int32_t from = self->scenario->bill_from[bill];
    char month[16];

    if (from > 0 && self->first >= from) return;
    if (from > 0) {
        wks_problems_warning(
            self->problems, at->file, at->line, at->column,
            "rule set '%s' rests on a bill (%s) that counts as law from %s only; expected from = \"%s\" or a basis for the months "
            "before",
            self->rules->name, ground->name, wks_text_month(from, month), month);
        return;
    }
    wks_problems_warning(
        self->problems, at->file, at->line, at->column,
        "rule set '%s' rests on a bill (%s), which is no law; expected bills = ( { name = \"%s\"; ... } ) to treat it as law, "
        "or another basis",
        self->rules->name, ground->name, wks_law_statute_bill[bill]);
}

static bool is_assumed(const char *basis)
{
    return strstr(basis, "assumption") != NULL || strstr(basis, "Assumption") != NULL || strstr(basis, "aanname") != NULL;
}

static void check_basis(const pass *self)
{
    const char *basis = self->rules->basis;
    const wks_config_node *at = basis_node(self);
    const wks_law_ground *ground;
    int32_t from = 0, n_known = 0;

    while ((ground = wks_law_statute_named(basis, &from)) != NULL) {
        const int32_t bill = bill_of(ground);
        n_known++;
        if (bill >= 0) check_bill(self, ground, bill);
    }
    if (is_assumed(basis)) {
        wks_problems_warning(self->problems, at->file, at->line, at->column, "the legal basis of rule set '%s' is an assumption",
                             self->rules->name);
        return;
    }
    if (n_known > 0) return;
    ground = wks_law_statute_nearest(basis);
    wks_problems_warning(self->problems, at->file, at->line, at->column,
                         "rule set '%s' has no known legal basis; expected a law (Huisvestingswet 2014, Woningwet, Wbmgp), a by-law "
                         "(huisvestingsverordening), an agreement (prestatieafspraken, convenant) or the word assumption%s%s%s",
                         self->rules->name, ground == NULL ? "" : "; nearest is '", ground == NULL ? "" : ground->name,
                         ground == NULL ? "" : "'");
}

static bool names(const char *basis, const char *ground_name)
{
    int32_t from = 0;

    for (const wks_law_ground *ground; (ground = wks_law_statute_named(basis, &from)) != NULL;) {
        if (strcmp(ground->name, ground_name) == 0) return true;
    }
    return false;
}

/* ---- Wbmgp ------------------------------------------------------------------------------------------------------------------- */

static const char wbmgp[] = "Wet bijzondere maatregelen grootstedelijke problematiek";

static void check_designation(const pass *self, int32_t list, int32_t i)
{
    int32_t n;
    const wks_settings *part = &wks_ruleset_parts(self->rules, list, &n)[i];
    const wks_config_node *at = part_node(self, list, i);
    const int32_t term = (int32_t)wks_law_statute_value("wbmgp_designation", self->first);
    const int32_t most = term * (1 + (int32_t)wks_law_statute_value("wbmgp_extensions", self->first));
    const int32_t months = self->until - self->first;
    char month[16];

    if (!names(part->spec->basis, wbmgp)) return;
    if (!names(self->rules->basis, wbmgp)) {
        wks_problems_warning(
            self->problems, at->file, at->line, at->column,
            "part '%s' rests on the Wbmgp, which the basis of rule set '%s' does not name; expected the designation of its areas",
            part->name, self->rules->name);
    }
    if (months > most) {
        wks_problems_error(
            self->problems, at->file, at->line, at->column,
            "part '%s' holds for %d months; a designation of the Wbmgp lasts %d and with all extensions %d; expected until = \"%s\" "
            "or earlier",
            part->name, months, term, most, wks_text_month(self->first + most, month));
    } else if (months > term) {
        wks_problems_warning(
            self->problems, at->file, at->line, at->column,
            "part '%s' holds for %d months; a designation of the Wbmgp lasts %d and has to be extended (at most %d in all)", part->name,
            months, term, most);
    }
}

/* ---- shares ------------------------------------------------------------------------------------------------------------------ */

/* The strictest value of a norm over the months in which the rule set holds: at its first and at each January. */
static double strictest(const pass *self, const char *id, int32_t *out_month)
{
    double least = 2.0;

    *out_month = self->first;
    for (int32_t month = self->first; month < self->until; month += 12 - month % 12) {
        const double value = wks_law_statute_value(id, month);
        if (!(value < least)) continue;
        least = value;
        *out_month = month;
    }
    return least;
}

static void check_ties_share(const pass *self, int32_t list, int32_t i)
{
    int32_t n, month;
    const wks_settings *part = &wks_ruleset_parts(self->rules, list, &n)[i];
    const bool is_local = is_part(part, "ties_first") && value_of(part, "scale", 0) > 0;
    const double share = value_of(part, "share", 0.0), most = strictest(self, is_local ? "ties_local" : "ties_share", &month);
    const wks_config_node *at = place_of(self, list, i, "share");
    char a[32], b[32], text[16];

    if (strncmp(part->spec->name, "ties", 4) != 0 || !(share > most + 1e-9)) return;
    wks_problems_error(
        self->problems, at->file, at->line, at->column,
        "'%s' gives precedence by %s ties at a share of %s of the vacancies; in %s the law allows %s (Huisvestingswet 2014, art. "
        "14); expected at most that",
        part->name, is_local ? "local" : "regional", wks_text_number(share, a), wks_text_month(month, text), wks_text_number(most, b));
}

/* Below the norm of a year in which the rule set holds. Before there is a norm nothing is below it. */
static void check_compliance(const pass *self, int32_t i)
{
    const wks_settings *filter = &self->rules->filter[i];
    const double compliance = value_of(filter, "compliance", 1.0);
    const wks_config_node *at = place_of(self, FILTERS, i, "compliance");
    char a[32], b[32], text[16];

    if (!is_part(filter, "passend")) return;
    for (int32_t month = self->first; month < self->until; month += 12 - month % 12) {
        const double least = wks_law_statute_value("passend_norm", month);
        if (!(compliance < least - 1e-9)) continue;
        wks_problems_error(
            self->problems, at->file, at->line, at->column,
            "compliance is %s; in %s the law asks %s of the lettings to low incomes (Woningwet art. 46 lid 2); expected at least that",
            wks_text_number(compliance, a), wks_text_month(month, text), wks_text_number(least, b));
        return;
    }
}

/* A designation whose term lies outside the months in which the rule set holds does nothing. */
static void check_term(const pass *self, int32_t list, int32_t i)
{
    int32_t n;
    const wks_settings *part = &wks_ruleset_parts(self->rules, list, &n)[i];
    const double designated = value_of(part, "designated", (double)NAN);
    const double months = 12.0 * value_of(part, "term_years", 0.0) * (1.0 + value_of(part, "extensions", 0.0));
    const wks_config_node *at = place_of(self, list, i, "designated");
    char from[16], until[16];

    if (isnan(designated) || wks_settings_param(part->spec, "term_years") < 0) return;
    if (designated < self->until && designated + months > self->first) return;
    wks_problems_warning(self->problems, at->file, at->line, at->column,
                         "part '%s' can never matter: its designation lasts from %s until %s, outside the months of rule set '%s'",
                         part->name, wks_text_month((int32_t)designated, from), wks_text_month((int32_t)(designated + months), until),
                         self->rules->name);
}

/* Attributes that are ties: a condition on them for all vacancies goes beyond art. 14. */
static void check_where_on_ties(const pass *self, int32_t i)
{
    static const char *const ties[] = {"months_in_region", "years_in_region", "kin_nearby"};
    const wks_settings *filter = &self->rules->filter[i];
    const int32_t where = wks_settings_param(filter->spec, "where"), areas = wks_settings_param(filter->spec, "areas");
    const wks_config_node *at = part_node(self, FILTERS, i);
    char share[32];

    if (!is_part(filter, "where") || where < 0 || filter->expr[where] == NULL || value_of(filter, "label", 0) > 0) return;
    if (areas >= 0 && filter->n_areas[areas] > 0) return;
    for (size_t k = 0; k < sizeof ties / sizeof ties[0]; k++) {
        const int32_t attribute = wks_attribute_find(ties[k]);
        if (attribute < 0 || (wks_expr_attributes(filter->expr[where]) >> attribute & 1u) == 0) continue;
        wks_text_number(wks_law_statute_value("ties_share", self->first), share);
        wks_problems_warning(
            self->problems, at->file, at->line, at->column,
            "filter '%s' asks %s at all vacancies; ties may decide at a share of %s at most (Huisvestingswet 2014, art. 14); "
            "expected filter ties",
            filter->name, ties[k], share);
    }
}

static void check_free_share(const pass *self, int32_t i)
{
    const wks_settings *filter = &self->rules->filter[i];
    const double norm = value_of(filter, "norm", 0); /* of_year, free_share, agreement */
    const bool is_always = norm > 0.5 && norm < 1.5;
    const wks_law law = wks_law_of_year(wks_month_year(is_always ? self->first : self->until - 1), 0.0);
    const double share = value_of(filter, "free_share", 0.0);
    const wks_config_node *at = place_of(self, FILTERS, i, "free_share");
    char a[32], b[32];

    if (!is_part(filter, "income_limit") || norm > 1.5 || (law.daeb_middle_max > 0 && !is_always)) return;
    wks_text_number(share, a);
    if (share > law.daeb_free_agreed_max + 1e-9) {
        wks_problems_warning(self->problems, at->file, at->line, at->column,
                             "free_share is %s; in %d the law allows at most %s, and that by agreement (Woningwet, art. 48)", a, law.year,
                             wks_text_number(law.daeb_free_agreed_max, b));
    } else if (share > law.daeb_free_max + 1e-9 && !names(self->rules->basis, "prestatieafspraken")) {
        wks_problems_warning(self->problems, at->file, at->line, at->column,
                             "free_share is %s; above %s it takes prestatieafspraken, which the basis of rule set '%s' does not name", a,
                             wks_text_number(law.daeb_free_max, b), self->rules->name);
    }
}

/* ---- norms no part keeps ------------------------------------------------------------------------------------------------------ */

static bool has_part(const wks_settings *parts, int32_t n, const char *name)
{
    for (int32_t i = 0; i < n; i++) {
        if (is_part(&parts[i], name)) return true;
    }
    return false;
}

static void check_norms(const pass *self)
{
    static const struct {
        const char *part, *norm, *what;
    } norms[] = {{"income_limit", "daeb_norm", "lettings below the income limit"},
                 {"passend", "passend_norm", "low incomes in rents that fit"}};
    char share[32];

    for (size_t k = 0; k < sizeof norms / sizeof norms[0]; k++) {
        if (has_part(self->rules->filter, self->rules->n_filters, norms[k].part)) continue;
        wks_problems_warning(self->problems, self->node->file, self->node->line, self->node->column,
                             "rule set '%s' has no filter '%s', so no part keeps the norm of %s of %s (Woningwet)", self->rules->name,
                             norms[k].part, wks_text_number(wks_law_statute_value(norms[k].norm, self->first), share), norms[k].what);
    }
}

/* ---- bills counted as law ----------------------------------------------------------------------------------------------------- */

static bool counts(const pass *self, wks_law_bill bill)
{
    return self->until > self->first && wks_scenario_is_law(self->scenario, bill, self->until - 1);
}

/* By its referral, or because its group can hold for no other referral. */
static bool is_for_statushouders(const wks_scenario *scenario, const wks_settings *channel, int32_t referral)
{
    const double group = value_of(channel, "group", -1.0);
    wks_err err = WKS_ERR_INIT;

    if (strcmp(channel->spec->param[referral].choice[(int32_t)channel->value[referral]], "statushouder") == 0) return true;
    for (int32_t r = 0; group >= 0.0 && r < WKS_N_REFERRALS; r++) {
        wks_bounds bounds;
        if (r == WKS_REFERRAL_STATUSHOUDER) continue;
        wks_bounds_init(&bounds);
        if (wks_bounds_narrow(&bounds, scenario->group[(int32_t)group].where, &err) != WKS_OK) return false; /* no memory: not told */
        wks_bounds_only(&bounds, "referral", r);
        if (!wks_bounds_is_empty(&bounds, NULL)) return false;
    }
    return group >= 0.0;
}

static void check_bills(const pass *self)
{
    char month[16];

    if (counts(self, WKS_LAW_BILL_VERSTERKING_REGIE) && !has_part(self->rules->order, self->rules->n_order, "urgency")) {
        wks_problems_warning(
            self->problems, self->node->file, self->node->line, self->node->column,
            "bill 'versterking_regie' counts as law from %s and makes urgency compulsory, but rule set '%s' does not order by it; "
            "expected order part 'urgency'",
            wks_text_month(self->scenario->bill_from[WKS_LAW_BILL_VERSTERKING_REGIE], month), self->rules->name);
    }
    for (int32_t c = 0; c < self->rules->n_channels && counts(self, WKS_LAW_BILL_PRIORITY_BAN); c++) {
        const wks_settings *channel = &self->rules->channel[c];
        const int32_t i = wks_settings_param(channel->spec, "referral");
        const wks_config_node *at = part_node(self, CHANNELS, c);
        if (i < 0 || !is_for_statushouders(self->scenario, channel, i)) continue;
        wks_problems_warning(
            self->problems, at->file, at->line, at->column,
            "bill 'priority_ban' counts as law from %s: channel '%s' then houses only statushouders who are urgent on other "
            "grounds",
            wks_text_month(self->scenario->bill_from[WKS_LAW_BILL_PRIORITY_BAN], month), channel->name);
    }
}

/* ---- the whole --------------------------------------------------------------------------------------------------------------- */

static void check_rule_set(const pass *self)
{
    check_basis(self);
    for (int32_t list = 0; list < WKS_RULESET_N_LISTS; list++) {
        int32_t n;
        (void)wks_ruleset_parts(self->rules, list, &n);
        for (int32_t i = 0; i < n; i++) {
            check_designation(self, list, i);
            check_ties_share(self, list, i);
            check_term(self, list, i);
            if (list == FILTERS) check_compliance(self, i);
            if (list == FILTERS) check_where_on_ties(self, i);
            if (list == FILTERS) check_free_share(self, i);
        }
    }
    check_norms(self);
    check_bills(self);
}

void wks_ruleset_law_check(const wks_scenario *scenario, wks_problems *problems)
{
    const int32_t begin = scenario->start_month + 1, end = begin + scenario->n_ticks;

    for (int32_t i = 0; i < scenario->n_rules; i++) {
        const wks_rule_set *rules = &scenario->rules[i];
        const pass self = {.scenario = scenario,
                           .rules = rules,
                           .node = wks_config_get(scenario->resolved, "rules")->child[i],
                           .first = rules->from_month > begin ? rules->from_month : begin,
                           .until = rules->until_month < end ? rules->until_month : end,
                           .problems = problems};
        if (self.first < self.until) check_rule_set(&self);
    }
}
