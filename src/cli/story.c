#include "cli/story.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/month.h"
#include "rules/conduct.h"
#include "scenario/settings.h"

const char *const wks_story_outcome_name[] = {"accepted", "refused", "no_show", "capped", "housed_already", "turn_lost"};
const char *const wks_story_result_name[] = {"not_let", "let", "sent_on", "liberalised", "sold"};
const char *const wks_story_route_name[] = {"drawn", "only", "after_direct", "sent_on", "reserved", "then", "complex_by_lot"};

static const char *const reason_words[WKS_N_LETTING_REFUSALS] = {
    [WKS_LETTING_REFUSAL_PRICE] = "the rent weighs more than staying does",
    [WKS_LETTING_REFUSAL_SIZE] = "it has too few rooms",
    [WKS_LETTING_REFUSAL_LEEFBAARHEID] = "less leefbaarheid in this buurt",
    [WKS_LETTING_REFUSAL_DISTANCE] = "it is far from the present home",
    [WKS_LETTING_REFUSAL_TASTE] = "this very home does not appeal",
    [WKS_LETTING_REFUSAL_BETTER] = "expects something better",
    [WKS_LETTING_REFUSAL_NO_SHOW] = "no answer",
};

static void add_month(wks_text *out, int32_t month)
{
    static const char *const name[] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};

    wks_text_addf(out, "%s %d", name[wks_month_of_year(month)], wks_month_year(month));
}

const char *wks_story_key(const wks_settings *key, double value, char *buffer)
{
    const wks_part_unit what = ((const wks_order_part *)key->spec->implementation)->unit;
    const char *name = what == WKS_PART_MONTHS ? " months" : what == WKS_PART_POINTS ? " points" : "";
    char number[32];

    if (!isfinite(value)) return "-";
    if (what == WKS_PART_YES_NO) return value > 0 ? "yes" : "no";
    if (what == WKS_PART_DRAW) {
        snprintf(buffer, 64, "%.4f", value);
    } else {
        snprintf(buffer, 64, "%s%s", wks_text_number(floor(value * 100 + 0.5) / 100, number), name);
    }
    return buffer;
}

static const wks_rule_set *rules_of(const wks_story *story, const wks_round_trace_advert *advert)
{
    return &story->scenario->rules[advert->rule_set];
}

static const wks_settings *part_of(const wks_story *story, const wks_round_trace_advert *advert, int32_t number)
{
    const wks_rule_set *set = rules_of(story, advert);

    return number < set->n_filters ? &set->filter[number] : &set->spreiding[number - set->n_filters];
}

const char *wks_story_rule_part(const wks_story *story, const wks_round_trace_advert *advert, int32_t number)
{
    return number < 0 ? "" : part_of(story, advert, number)->name;
}

/* ---- the dwelling ---- */

static const char *rows_cell(const wks_story *story, const char *column)
{
    return wks_letting_rows_cell(story->rows, 0, column);
}

void wks_story_add_home(const wks_story *story, const wks_round_trace_advert *advert, wks_text *out)
{
    const wks_city_area *buurt = &story->city->buurt[advert->advert.buurt_row];
    char number[32];

    wks_text_addf(out, "%d room%s, %s", advert->advert.rooms, advert->advert.rooms == 1 ? "" : "s",
                  advert->advert.type == WKS_DWELLING_APARTMENT ? "apartment" : "single-family house");
    if (advert->advert.label != WKS_LABEL_NONE) wks_text_addf(out, " labelled %s", wks_dwelling_label_name[advert->advert.label]);
    if (advert->advert.label != advert->own_label)
        wks_text_add(out, advert->advert.label == WKS_LABEL_NONE ? " without its label for this letting" : " for this letting");
    wks_text_addf(out, ", %s EUR a month, in %s (%s)", wks_text_number(floor((double)advert->advert.rent_eur * 100 + 0.5) / 100, number),
                  buurt->name, buurt->code);
}

static void add_route(const wks_story *story, const wks_round_trace_advert *advert, wks_text *out)
{
    const wks_settings *channel = &rules_of(story, advert)->channel[advert->advert.channel];

    if (advert->route == WKS_ROUND_TRACE_RESERVED) {
        wks_text_add(out, "  It was reserved for this household, so no list was made.\n");
        return;
    }
    wks_text_addf(out, "  It was let through channel %s", channel->name);
    if (strcmp(channel->name, channel->spec->name) != 0) wks_text_addf(out, " (%s)", channel->spec->name);
    switch (advert->route) {
    case WKS_ROUND_TRACE_DRAWN: wks_text_addf(out, ", which gets %.3g %% of such dwellings by draw", 100 * advert->channel_share); break;
    case WKS_ROUND_TRACE_ONLY: wks_text_add(out, ", the only one for such dwellings"); break;
    case WKS_ROUND_TRACE_AFTER_DIRECT: wks_text_add(out, ", because the landlord proposed it to nobody who took it this month"); break;
    case WKS_ROUND_TRACE_SENT_ON: wks_text_add(out, ", to which a spreiding rule sent it in an earlier month"); break;
    case WKS_ROUND_TRACE_THEN: wks_text_add(out, ", to which it went because another channel had not let it (then)"); break;
    case WKS_ROUND_TRACE_BY_LOT: wks_text_add(out, ", because the corporatie lets the adverts of this complex by lot this year"); break;
    case WKS_ROUND_TRACE_RESERVED: break;
    }
    wks_text_addf(out, "; it was number %d in this month's order.\n", advert->n_same_month);
}

static void add_dwelling(const wks_story *story, const wks_round_trace_advert *advert, wks_text *out)
{
    char key[17], complex_key[17];

    wks_text_add(out, "The dwelling\n  ");
    wks_story_add_home(story, advert, out);
    wks_text_addf(out, ".\n  Unit %s, complex %s, owner corporatie-%d.\n  Vacant since ", wks_text_key(advert->unit_key, key),
                  wks_text_key(advert->complex_key, complex_key), advert->owner_number);
    add_month(out, advert->vacant_month);
    if (advert->n_adverts == 0) {
        wks_text_add(out, "; not offered before.\n");
    } else {
        wks_text_addf(out, "; offered in %d earlier month%s without result.\n", advert->n_adverts, advert->n_adverts == 1 ? "" : "s");
    }
    add_route(story, advert, out);
}

/* ---- who came into question ---- */

static void add_pool(const wks_story *story, const wks_round_trace_advert *advert, wks_text *out)
{
    const wks_rule_set *set = rules_of(story, advert);
    const wks_channel_part *channel = set->channel[advert->advert.channel].spec->implementation;
    wks_conduct conduct;
    int32_t n_excluded = 0;

    wks_text_addf(out, "\nWho came into question\n  %6d household%s %s\n", advert->n_lookers, advert->n_lookers == 1 ? "" : "s",
                  channel->is_advertised ? "looked at this month's adverts" : "could be proposed by the landlord");
    for (int32_t f = 0; f < set->n_filters; f++) {
        if (advert->excluded[f] == 0) continue;
        n_excluded += advert->excluded[f];
        wks_text_addf(out, "  %6d of them kept out by %s (%s)\n", advert->excluded[f], set->filter[f].name, set->filter[f].spec->help);
    }
    wks_text_addf(out, "  %6d allowed to have it", advert->n_lookers - n_excluded);
    wks_text_addf(out, channel->is_advertised ? "\n  %6d reacted to it" : "\n  %6d on the list", advert->n_candidates);
    wks_conduct_of(set, &conduct);
    if (channel->is_advertised && conduct.reaction_cap > 0)
        wks_text_addf(out, " (the rules allow a household %d reaction%s a month)", conduct.reaction_cap,
                      conduct.reaction_cap == 1 ? "" : "s");
    wks_text_add_char(out, '\n');
}

/* ---- the ranked list ---- */

static void add_stopped(const wks_story *story, const wks_round_trace_advert *advert, const wks_round_trace_candidate *candidate,
                        wks_text *out)
{
    const wks_settings *part = part_of(story, advert, candidate->blocked_by);

    const int32_t group = wks_settings_param(part->spec, "group");

    wks_text_addf(out, "stopped by %s", part->name);
    if (group >= 0) wks_text_addf(out, " for %s", story->scenario->group[(int32_t)part->value[group]].name);
    if (candidate->told[0] != '\0') wks_text_addf(out, ": %s", candidate->told);
}

void wks_story_add_outcome(const wks_story *story, const wks_round_trace_advert *advert, const wks_round_trace_candidate *candidate,
                           wks_text *out)
{
    if (!candidate->is_asked) {
        wks_text_add(out, "not reached");
        return;
    }
    switch ((wks_round_outcome)candidate->outcome) {
    case WKS_ROUND_ACCEPTED: wks_text_add(out, "ACCEPTED"); break;
    case WKS_ROUND_REFUSED: wks_text_addf(out, "refused: %s", reason_words[candidate->reason]); break;
    case WKS_ROUND_NO_SHOW: wks_text_add(out, "did not answer the offer"); break;
    case WKS_ROUND_CAPPED: add_stopped(story, advert, candidate, out); break;
    case WKS_ROUND_HOUSED_ALREADY: wks_text_add(out, "got another home earlier this month"); break;
    case WKS_ROUND_TURN_LOST: wks_text_add(out, "lost its turn by refusing a proposal earlier this month"); break;
    }
}

static int32_t n_keys(const wks_story *story, const wks_round_trace_advert *advert)
{
    const int32_t n = rules_of(story, advert)->n_order;

    if (advert->ranking != WKS_PART_BY_RULES || advert->route == WKS_ROUND_TRACE_RESERVED) return 0;
    return n < WKS_ROUND_TRACE_KEYS ? n : WKS_ROUND_TRACE_KEYS;
}

/* The lot comes last, unless it is one of the keys itself. */
static bool shows_lot(const wks_story *story, const wks_round_trace_advert *advert)
{
    for (int32_t p = 0; p < n_keys(story, advert); p++)
        if (strcmp(rules_of(story, advert)->order[p].spec->name, "lot") == 0) return false;
    return true;
}

static void add_list_head(const wks_story *story, const wks_round_trace_advert *advert, wks_text *out)
{
    const wks_rule_set *set = rules_of(story, advert);
    const int32_t n = n_keys(story, advert);

    wks_text_add(out, "\nThe list, in order of ");
    if (advert->ranking == WKS_PART_BY_WAIT) {
        wks_text_add(out, "who waits longest, then by lot");
    } else if (advert->ranking == WKS_PART_BY_LOT) {
        wks_text_add(out, "a draw (lot)");
    } else if (advert->ranking == WKS_PART_BY_SPEED) {
        wks_text_add(out, "who reacted first (1: at once; how fast somebody reacts is chance)");
    }
    for (int32_t p = 0; p < n; p++)
        wks_text_addf(out, "%s%s", p == 0 ? "" : ", then ", set->order[p].name);
    if (n > 0 && shows_lot(story, advert)) wks_text_add(out, "; equals by lot");
    wks_text_add(out, "\n    rank  household         persons");
    if (advert->ranking == WKS_PART_BY_WAIT) wks_text_add(out, "        waiting");
    for (int32_t p = 0; p < n; p++)
        wks_text_addf(out, "  %13s", set->order[p].name);
    if (advert->advert.has_two_rents) wks_text_add(out, "         rent");
    wks_text_add(out, !shows_lot(story, advert)              ? "  outcome\n"
                      : advert->ranking == WKS_PART_BY_SPEED ? "   speed  outcome\n"
                                                             : "     lot  outcome\n");
}

static void add_candidate(const wks_story *story, const wks_round_trace_advert *advert, const wks_round_trace_candidate *candidate,
                          wks_text *out)
{
    const wks_rule_set *set = rules_of(story, advert);
    char key[17], buffer[64];

    wks_text_addf(out, "  %6d  %s  %7d", candidate->rank, wks_text_key(candidate->household_key, key), candidate->persons);
    if (advert->ranking == WKS_PART_BY_WAIT) wks_text_addf(out, "  %6d months", candidate->months_waiting);
    for (int32_t p = 0; p < n_keys(story, advert); p++) {
        const int width = strlen(set->order[p].name) > 13 ? (int)strlen(set->order[p].name) : 13;
        wks_text_addf(out, "  %*s", width, wks_story_key(&set->order[p], candidate->key[p], buffer));
    }
    if (advert->advert.has_two_rents) wks_text_addf(out, "  %7.2f EUR", candidate->rent_eur);
    if (shows_lot(story, advert)) wks_text_addf(out, "  %.4f", candidate->lot);
    wks_text_add(out, "  ");
    wks_story_add_outcome(story, advert, candidate, out);
    wks_text_add_char(out, '\n');
}

/* In the middle of a row of candidates whom the same part stopped: what the first and the last show, these would say again. */
static bool is_more_of_the_same(const wks_round_trace_advert *advert, int32_t i, int32_t n_shown)
{
    const wks_round_trace_candidate *c = &advert->candidate[i];

    if (i == 0 || i + 1 >= n_shown || !c->is_asked || c->outcome != WKS_ROUND_CAPPED) return false;
    for (int32_t k = -1; k <= 1; k += 2)
        if (!c[k].is_asked || c[k].outcome != WKS_ROUND_CAPPED || c[k].blocked_by != c->blocked_by) return false;
    return true;
}

/* All who were asked and three more; of a long list not all who were stopped, and of what is left the beginning and the end. */
static void add_list(const wks_story *story, const wks_round_trace_advert *advert, wks_text *out)
{
    enum { MORE = 3, LONG = 30, HEAD = 15, TAIL = 12 };
    int32_t n_shown = 0, n_different = 0, at = 0, n_same = 0, n_left_out = 0;

    add_list_head(story, advert, out);
    for (int32_t i = 0; i < advert->n_listed; i++)
        if (advert->candidate[i].is_asked) n_shown = i + 1;
    n_shown = story->is_whole || n_shown + MORE > advert->n_listed ? advert->n_listed : n_shown + MORE;
    const bool is_long = !story->is_whole && n_shown > LONG;
    for (int32_t i = 0; i < n_shown; i++)
        n_different += !(is_long && is_more_of_the_same(advert, i, n_shown));
    for (int32_t i = 0; i < n_shown; i++) {
        const bool is_same = is_long && is_more_of_the_same(advert, i, n_shown);
        const bool is_left_out = is_long && n_different > LONG && !is_same && at >= HEAD && at < n_different - TAIL;
        n_same += is_same;
        n_left_out += is_left_out || (is_same && n_left_out > 0);
        at += !is_same;
        if (is_same || is_left_out) continue;
        if (n_left_out > 0) {
            wks_text_addf(out, "     ...  %d more (-v shows them)\n", n_left_out);
        } else if (n_same > 0) {
            wks_text_addf(out, "     ...  %d more stopped by %s (-v shows them)\n", n_same,
                          part_of(story, advert, advert->candidate[i - 1].blocked_by)->name);
        }
        n_same = n_left_out = 0;
        add_candidate(story, advert, &advert->candidate[i], out);
    }
    if (n_shown < advert->n_listed) wks_text_addf(out, "     ...  %d more, not reached\n", advert->n_listed - n_shown);
}

/* ---- why ---- */

static const wks_round_trace_candidate *winner_of(const wks_round_trace_advert *advert)
{
    for (int32_t i = 0; i < advert->n_listed; i++)
        if (advert->candidate[i].household_key == advert->winner_key) return &advert->candidate[i];
    return NULL;
}

/* Two rents: who has a low income pays up to its own aftoppingsgrens. */
static void add_contract(const wks_round_trace_advert *advert, wks_text *out)
{
    if (!advert->advert.has_two_rents) return;
    if ((double)advert->contract_rent_eur < (double)advert->advert.rent_eur - 0.005) {
        wks_text_addf(out, "  Two rents: %.2f EUR is asked, this household pays %.2f, the aftoppingsgrens of its size.\n",
                      (double)advert->advert.rent_eur, (double)advert->contract_rent_eur);
    } else {
        wks_text_addf(out, "  Two rents: this household pays what is asked, %.2f EUR.\n", (double)advert->contract_rent_eur);
    }
}

static void add_why(const wks_story *story, const wks_round_trace_advert *advert, wks_text *out)
{
    const wks_round_trace_candidate *winner = winner_of(advert);
    const wks_rule_set *set = rules_of(story, advert);
    const char *refusals = rows_cell(story, "refusals");
    char key[17], mine[64], theirs[64];

    if (winner == NULL) return;
    wks_text_addf(out, "\nWhy this household\n  %s was number %d of %d", wks_text_key(winner->household_key, key), winner->rank,
                  advert->n_candidates);
    if (strcmp(refusals, "0") != 0)
        wks_text_addf(out, "; %s offer%s before %s refused or not answered", refusals, strcmp(refusals, "1") == 0 ? "" : "s",
                      strcmp(refusals, "1") == 0 ? "was" : "were");
    wks_text_add(out, ".\n");
    add_contract(advert, out);
    if (winner->rank >= advert->n_listed) {
        wks_text_add(out, "  Nobody came after it on the list.\n");
        return;
    }
    const wks_round_trace_candidate *next = &advert->candidate[winner->rank];
    if (advert->order_part >= 0 && advert->order_part < n_keys(story, advert)) {
        const wks_settings *part = &set->order[advert->order_part];
        wks_text_addf(out, "  What put it before the next on the list: %s, %s against %s.\n  (%s)\n", part->name,
                      wks_story_key(part, winner->key[advert->order_part], mine),
                      wks_story_key(part, next->key[advert->order_part], theirs), part->spec->help);
    } else if (advert->ranking == WKS_PART_BY_WAIT && winner->months_waiting != next->months_waiting) {
        wks_text_addf(out, "  What put it before the next on the list: it waits for %d months, the next for %d.\n", winner->months_waiting,
                      next->months_waiting);
    } else if (advert->order_part == WKS_LETTING_BY_SPEED) {
        wks_text_addf(out, "  What put it before the next on the list: it reacted earlier (eerste reageerder), %.4f against %.4f.\n",
                      winner->lot, next->lot);
    } else {
        wks_text_addf(out, "  What put it before the next on the list: the lot, %.4f against %.4f.\n", winner->lot, next->lot);
    }
}

/* ---- under other rules ---- */

static void add_rival(const wks_story *story, const wks_round_trace_advert *advert, int32_t r, wks_text *out)
{
    const wks_round_trace_rival *rival = &advert->rival[r];
    const char *name = story->explain->rival_name[r];
    char key[17];

    if (strcmp(name, "reference") == 0) {
        wks_text_addf(out, "  under the reference (%s): ", story->reference->name);
    } else {
        wks_text_addf(out, "  under a plain %s: ", strcmp(name, "list") == 0 ? "list by inschrijfduur" : "lottery");
    }
    if (!rival->is_there) {
        wks_text_add(out, "its rules are not in force in this month.\n");
    } else if (rival->household_key == 0) {
        wks_text_addf(out, "nobody; all %d candidates would have refused or not answered.\n", rival->n_candidates);
    } else {
        wks_text_addf(out, "%s household, %s, number %d of %d", rival->household_key == advert->winner_key ? "the same" : "another",
                      wks_text_key(rival->household_key, key), rival->rank, rival->n_candidates);
        if (rival->refusals > 0)
            wks_text_addf(out, "; %d offer%s before refused or not answered", rival->refusals, rival->refusals == 1 ? "" : "s");
        wks_text_add(out, ".\n");
    }
}

static void add_rivals(const wks_story *story, const wks_round_trace_advert *advert, wks_text *out)
{
    if (advert->route == WKS_ROUND_TRACE_RESERVED) return;
    wks_text_add(out, "\nWho would have got it\n");
    for (int32_t r = 0; r < story->explain->trace.n_rivals; r++)
        add_rival(story, advert, r, out);
    wks_text_add(out,
                 "  This letting only, all else equal: the same dwelling, candidates, luck and answers; who had found a home earlier this\n"
                 "  month still has it. Caps and yearly norms of the other rules are not applied: they depend on all lettings before.\n"
                 "  What other rules do over the years, a comparison of scenarios tells, not this.\n");
}

void wks_story_letting(const wks_story *story, wks_text *out)
{
    const wks_round_trace_advert *advert = &story->explain->trace.advert[story->explain->trace.n_adverts - 1];

    wks_text_addf(out, "Letting %lld of scenario %s, replication %d: ", (long long)advert->letting, story->scenario->name,
                  story->replication);
    add_month(out, advert->month);
    wks_text_addf(out, "\nRules: %s\n\n", rules_of(story, advert)->name);
    add_dwelling(story, advert, out);
    if (advert->route != WKS_ROUND_TRACE_RESERVED) add_pool(story, advert, out);
    if (advert->route != WKS_ROUND_TRACE_RESERVED) add_list(story, advert, out);
    if (advert->route != WKS_ROUND_TRACE_RESERVED) add_why(story, advert, out);
    add_rivals(story, advert, out);
}
