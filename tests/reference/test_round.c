/* The fast round does what the plain one does: the same offers with the same outcomes in the same order, the same lettings, the same world after it. */
#include "unit/rules/round_case.h"
#include "unit/rules/round_reference.h"
#include "unit/rules/round_rules.h"

enum { MAX_OFFERS = 20000, WORLDS = 40, RANDOM_RULES = 3000 };
/* What happened in all cases together. */
enum {
    SEEN_OFFERS,
    SEEN_LETTINGS,
    SEEN_OUTCOME,
    SEEN_SOLD = SEEN_OUTCOME + WKS_ROUND_TURN_LOST + 1,
    SEEN_LIBERALISED,
    SEEN_LOWERED,
    N_SEEN
};

/* What became of an advert; of two wishes the larger is followed. */
typedef enum ref_result { REF_UNLET, REF_LET, REF_SEND_ON, REF_LIBERALISE, REF_SELL } ref_result;

/* The plain round of one month. */
typedef struct ref_run {
    ref_case c;
    ref_history *history;
    wks_round_offer offer[MAX_OFFERS];
    int64_t n_offers;
    int32_t n_let, n_lowered; /* lettings, those at the lower of two rents */
    int32_t n_adverts;        /* in the sequence */
    bool is_housed[REF_MAX];
    struct {
        uint64_t unit, household;
        int32_t candidates, rank, refusals;
        float rent_eur;
        bool for_ties; /* or by a channel without precedence */
    } letting[REF_MAX];
    int32_t refusals[REF_MAX]; /* by household row */
    uint64_t sent_unit[REF_MAX];
    int32_t sent_channel[REF_MAX], n_sent;
    uint64_t next_unit[REF_MAX];
    int32_t next_channel[REF_MAX], n_next;
    int32_t year, n_let_of_year, n_ties_of_year;
} ref_run;

static bool ref_applies(const ref_case *c, const wks_advert *a, int32_t channel)
{
    const double label = wks_part_value(&c->rules->channel[channel], "label", 0.0);

    return label < 0.5 || (int32_t)label - 1 == a->label; /* the cases name no areas for channels */
}

static bool ref_advertised(const ref_case *c, int32_t channel)
{
    const wks_channel_part *part = c->rules->channel[channel].spec->implementation;

    return part->is_advertised;
}

static bool ref_takes_label(const ref_case *c, int32_t channel)
{
    return strcmp(c->rules->channel[channel].spec->name, "gemengd") == 0;
}

static int32_t ref_drawn_channel(const ref_run *run, const wks_advert *a)
{
    const ref_case *c = &run->c;
    const double u =
        ref_word(c->world, c->world->unit.key[a->unit_row], (uint32_t)c->world->unit.vacant_month[a->unit_row], WKS_RNG_ALLOC_CHANNEL, 0);
    double sum = 0.0, reached = 0.0;
    int32_t last = -1;

    for (int32_t i = 0; i < c->rules->n_channels; i++) {
        if (!ref_applies(c, a, i)) continue;
        if (!ref_takes_label(c, i)) {
            sum += wks_part_value(&c->rules->channel[i], "share", 1.0);
        } else if (ref_word(c->world, c->world->unit.key[a->unit_row], (uint32_t)c->world->unit.vacant_month[a->unit_row],
                            WKS_RNG_ALLOC_CHANNEL, 3) < wks_part_value(&c->rules->channel[i], "share", 1.0)) {
            return i;
        }
    }
    for (int32_t i = 0; i < c->rules->n_channels; i++) {
        if (!ref_applies(c, a, i) || ref_takes_label(c, i) || !(wks_part_value(&c->rules->channel[i], "share", 1.0) > 0.0)) continue;
        last = i;
        reached += wks_part_value(&c->rules->channel[i], "share", 1.0);
        if (u * sum < reached) return i;
    }
    return last;
}

/* Where it was sent, else as drawn; a landlord who lets the complex by lot takes the first lottery instead of a list. */
static int32_t ref_channel(const ref_run *run, const wks_advert *a)
{
    const ref_case *c = &run->c;
    const int32_t drawn = ref_drawn_channel(run, a);

    for (int32_t i = 0; i < run->n_sent; i++) {
        if (run->sent_unit[i] == c->world->unit.key[a->unit_row]) return run->sent_channel[i];
    }
    if (!c->world->complex.by_lot[a->complex_row] || drawn < 0 || !ref_advertised(c, drawn)) return drawn;
    for (int32_t i = 0; i < c->rules->n_channels; i++) {
        wks_advert by = *a;
        by.channel = i;
        if (!ref_advertised(c, i) || ref_ranking(c, &by) != WKS_PART_BY_LOT || !ref_applies(c, a, i)) continue;
        if (wks_part_value(&c->rules->channel[i], "share", 1.0) > 0.0) return i;
    }
    return drawn;
}

static int32_t ref_next(const ref_case *c, const wks_advert *a, int32_t channel, bool advertised)
{
    for (int32_t i = channel + 1; i < channel + c->rules->n_channels; i++) {
        const int32_t k = i % c->rules->n_channels;
        if (ref_applies(c, a, k) && (!advertised || ref_advertised(c, k))) return k;
    }
    return -1;
}

/* Vacant social units in date order. */
static int32_t ref_adverts(const ref_run *run, wks_advert *out)
{
    const wks_world *w = run->c.world;
    int32_t n = 0;

    for (int32_t u = 0; u < w->unit.base.n_rows; u++) {
        const int32_t d = w->unit.dwelling_row[u];
        uint32_t word[4];
        if (w->unit.key[u] == 0 || w->unit.household_row[u] >= 0 || w->unit.lettable_month[u] > w->month ||
            w->dwelling.tenure[d] != WKS_TENURE_SOCIAL)
            continue;
        wks_rng_four(&w->seed, w->unit.key[u], (uint32_t)w->unit.lettable_month[u], WKS_RNG_ALLOC_ADVERT, word);
        wks_advert a = {.unit_row = u,
                        .dwelling_row = d,
                        .buurt_row = w->dwelling.buurt_row[d],
                        .wijk_row = w->buurt.wijk_row[w->dwelling.buurt_row[d]],
                        .complex_row = w->dwelling.complex_row[d],
                        .owner_row = w->complex.owner_row[w->dwelling.complex_row[d]],
                        .rent_eur = w->unit.rent_eur[u],
                        .rooms = w->dwelling.rooms[d],
                        .label = w->dwelling.label[d],
                        .accessible = w->dwelling.accessible[d],
                        .date_key = (uint64_t)w->unit.lettable_month[u] << 32 | word[0]};
        a.has_two_rents = ref_has_two_rents(&run->c, &a);
        int32_t i = n++;
        while (i > 0 && out[i - 1].date_key > a.date_key) {
            out[i] = out[i - 1];
            i--;
        }
        out[i] = a;
    }
    return n;
}

/* ---- what parts decide before letting ---- */

static void ref_relabel(const ref_case *c, const wks_settings *part, wks_advert *a)
{
    const uint64_t pair = wks_rng_pair_key(c->world->unit.key[a->unit_row], wks_text_hash(part->name));
    const uint32_t since = (uint32_t)c->world->unit.vacant_month[a->unit_row];
    const uint8_t own = c->world->dwelling.label[a->dwelling_row];

    if (own == WKS_LABEL_GEMENGD || own == WKS_LABEL_CAMPUS || !ref_binds(c, part, a->buurt_row)) return;
    if (wks_rng_once(&c->world->seed, pair, since, WKS_RNG_ALLOC_LABEL) >= wks_part_value(part, "share", 0.0)) return;
    a->label = (uint8_t)wks_part_value(part, "label", WKS_LABEL_JONGEREN);
}

/* More social homes in the wijk than the ceiling allows: recounted. */
static bool ref_above_ceiling(const ref_case *c, const wks_settings *part, const wks_advert *a)
{
    const wks_world *w = c->world;
    int32_t n_social = 0, n = 0;

    for (int32_t d = 0; d < w->dwelling.base.n_rows; d++) {
        if (w->dwelling.key[d] == 0 || w->buurt.wijk_row[w->dwelling.buurt_row[d]] != a->wijk_row) continue;
        n++;
        n_social += w->dwelling.tenure[d] == WKS_TENURE_SOCIAL;
    }
    return ref_binds(c, part, a->buurt_row) && n_social > wks_part_value(part, "max_share", 1.0) * n + 1e-9;
}

/* 2025: more than 143 points are above the social segment. */
static bool ref_may_liberalise(const ref_case *c, const wks_advert *a)
{
    return c->world->dwelling.wws_points[a->dwelling_row] > 143;
}

/* What a ceiling makes of the vacancy: WKS_TENURE_SOCIAL when it is let. */
static wks_tenure ref_instead_of_letting(const ref_case *c, const wks_settings *part, const wks_advert *a)
{
    enum { NOTHING, SELL, LIBERALISE, MIDDLE_RENT };
    const int32_t instead = (int32_t)wks_part_value(part, "instead", SELL);

    if (instead == NOTHING || !ref_above_ceiling(c, part, a)) return WKS_TENURE_SOCIAL;
    if (instead == SELL) return WKS_TENURE_OWNER;
    return ref_may_liberalise(c, a) ? WKS_TENURE_CORPORATIE_FREE : WKS_TENURE_SOCIAL;
}

/* Returns the adverts that are left. */
static int32_t ref_vacancies(const ref_run *run, wks_advert *a, int32_t n)
{
    const ref_case *c = &run->c;
    int32_t n_left = 0;

    for (int32_t i = 0; i < n; i++) {
        wks_tenure tenure = WKS_TENURE_SOCIAL;
        for (int32_t s = 0; s < c->rules->n_spreiding; s++) {
            const wks_settings *part = &c->rules->spreiding[s];
            if (strcmp(part->spec->name, "relabel") == 0) ref_relabel(c, part, &a[i]);
            if (strcmp(part->spec->name, "social_ceiling") == 0 && tenure == WKS_TENURE_SOCIAL)
                tenure = ref_instead_of_letting(c, part, &a[i]);
        }
        if (tenure != WKS_TENURE_SOCIAL)
            wks_relations_retenure(c->world, a[i].dwelling_row, tenure, 0.0);
        else
            a[n_left++] = a[i];
    }
    return n_left;
}

/* Adverts of a direct channel: as the contingent prefers, else by date. */
static void ref_order(const ref_run *run, wks_advert *a, int32_t *from, int32_t n)
{
    const ref_case *c = &run->c;
    const wks_settings *part = NULL;

    for (int32_t s = c->rules->n_spreiding - 1; s >= 0; s--) {
        if (strcmp(c->rules->spreiding[s].spec->name, "contingent") == 0) part = &c->rules->spreiding[s];
    }
    for (int32_t i = 1; part != NULL && i < n; i++) {
        for (int32_t k = i; k > 0; k--) {
            const wks_advert advert = a[k];
            const int32_t index = from[k];
            if (!(ref_prefer(c, run->history, part, &a[k]) > ref_prefer(c, run->history, part, &a[k - 1]))) break;
            a[k] = a[k - 1];
            a[k - 1] = advert;
            from[k] = from[k - 1];
            from[k - 1] = index;
        }
    }
}

/* ---- lokaal maatwerk: at most half of a year's lettings, in date order, whatever stays unlet ---- */

static bool ref_ties_drawn(const ref_case *c, const wks_advert *a)
{
    double share = 0.0;

    for (int32_t f = 0; f < c->rules->n_filters; f++) {
        if (strcmp(c->rules->filter[f].spec->name, "ties") == 0) share = fmax(share, wks_part_value(&c->rules->filter[f], "share", 0.0));
    }
    for (int32_t p = 0; p < c->rules->n_order; p++) {
        if (strcmp(c->rules->order[p].spec->name, "ties_first") == 0)
            share = fmax(share, wks_part_value(&c->rules->order[p], "share", 0.0));
    }
    return ref_word(c->world, c->world->unit.key[a->unit_row], (uint32_t)c->world->unit.vacant_month[a->unit_row], WKS_RNG_ALLOC_CHANNEL,
                    1) < share;
}

static void ref_ties(ref_run *run, wks_advert *all, int32_t n_adverts)
{
    int32_t n = 0;

    for (int32_t i = 0; i < n_adverts; i++) {
        if (!ref_ties_drawn(&run->c, &all[i])) continue;
        all[i].is_ties_spent = 2 * (run->n_ties_of_year + n + 1) > run->n_let_of_year + n + 1;
        n += !all[i].is_ties_spent;
    }
}

/* ---- one advert ---- */

static void ref_move(ref_run *run, const wks_advert *a, int32_t row, double rent_eur)
{
    wks_world *w = run->c.world;
    wks_err err = WKS_ERR_INIT;

    ref_remember(&run->c, run->history, row, a);
    run->n_let_of_year++;
    run->n_ties_of_year += ref_ties_drawn(&run->c, a) && !a->is_ties_spent;
    if (w->household.place[row] == WKS_PLACE_COA || w->household.place[row] == WKS_PLACE_OUTSIDE)
        w->household.region_month[row] = wks_month_cell(w->month);
    if (w->household.place[row] == WKS_PLACE_HOUSED) w->household.referral[row] = WKS_REFERRAL_NONE;
    run->is_housed[row] = true;
    assert_ok(wks_relations_move_in(w, row, a->unit_row, true, &err), &err);
    w->unit.rent_eur[a->unit_row] = (float)rent_eur;
}

/* Asks one candidate and writes the offer down. */
static wks_round_outcome ref_ask(ref_run *run, const wks_advert *a, const ref_seeker *s, int32_t rank, bool after_all)
{
    const ref_case *c = &run->c;
    wks_round_offer *offer = &run->offer[run->n_offers++];
    const bool is_urgent = c->world->household.urgency[s->row] != WKS_URGENCY_NONE;

    *offer = (wks_round_offer){.advert = run->n_adverts, .unit_row = a->unit_row, .household_row = s->row, .rank = rank, .blocked_by = -1};
    if (run->is_housed[s->row]) return (wks_round_outcome)(offer->outcome = WKS_ROUND_HOUSED_ALREADY);
    if (ref_lost_turn(c, s->row, a)) return (wks_round_outcome)(offer->outcome = WKS_ROUND_TURN_LOST);
    offer->blocked_by = ref_stopped(c, run->history, s->row, a, after_all);
    if (offer->blocked_by >= 0) return (wks_round_outcome)(offer->outcome = WKS_ROUND_CAPPED);
    offer->outcome = (uint8_t)ref_answer(c, s, a, is_urgent);
    if (offer->outcome != WKS_ROUND_REFUSED) return (wks_round_outcome)offer->outcome;
    if (is_urgent && ref_advertised(c, a->channel)) {
        c->world->household.urgency[s->row] = WKS_URGENCY_NONE;
        c->world->household.urgency_month[s->row] = wks_month_cell(c->world->month);
    }
    c->world->household.n_refusals[s->row]++;
    ref_refused(c, s->row, a);
    return WKS_ROUND_REFUSED;
}

static void ref_let(ref_run *run, const wks_advert *a, const ref_seeker *s, int32_t n_candidates, int32_t rank, int32_t n_refused)
{
    run->letting[run->n_let].unit = run->c.world->unit.key[a->unit_row];
    run->letting[run->n_let].household = s->key;
    run->letting[run->n_let].candidates = n_candidates;
    run->letting[run->n_let].rank = rank;
    run->letting[run->n_let].refusals = n_refused;
    run->letting[run->n_let].rent_eur = (float)ref_rent(&run->c, s, a);
    run->letting[run->n_let].for_ties = ref_ties_drawn(&run->c, a) && !a->is_ties_spent;
    run->n_lowered += run->letting[run->n_let].rent_eur < a->rent_eur;
    run->n_let++;
    ref_move(run, a, s->row, ref_rent(&run->c, s, a));
}

static int32_t ref_sort(const ref_run *run, const wks_advert *a, const ref_seeker *seeker, const bool *is_candidate,
                        double (*keys)[REF_KEYS], int32_t n, int32_t *order)
{
    const ref_case *c = &run->c;
    int32_t n_candidates = 0;

    for (int32_t s = 0; s < n; s++) {
        if (!is_candidate[s]) continue;
        int32_t i = n_candidates++;
        while (i > 0 && ref_before(c, a, keys[s], keys[order[i - 1]], seeker[s].key, seeker[order[i - 1]].key)) {
            order[i] = order[i - 1];
            i--;
        }
        order[i] = s;
    }
    return n_candidates;
}

/* What a part wants with a unit whose candidate it stopped. */
static ref_result ref_wish(const ref_case *c, int32_t part, const wks_advert *a)
{
    const wks_settings *settings = part < c->rules->n_filters ? NULL : &c->rules->spreiding[part - c->rules->n_filters];
    const int32_t then = ref_when_nobody(c, part);

    if (settings == NULL) return REF_UNLET;
    if (then == WKS_PART_NEXT_CHANNEL) return REF_SEND_ON;
    if (c->world->unit.n_adverts[a->unit_row] + 1 < (int32_t)wks_part_value(settings, "sell_after", 1.0)) return REF_UNLET;
    if (then == WKS_PART_THEN_SELL) return REF_SELL;
    return then == WKS_PART_THEN_LIBERALISE && ref_may_liberalise(c, a) ? REF_LIBERALISE : REF_UNLET;
}

/* Carries that out. */
static bool ref_instead(const ref_case *c, const wks_advert *a, ref_result result)
{
    if (result != REF_SELL && result != REF_LIBERALISE) return false;
    wks_relations_retenure(c->world, a->dwelling_row, result == REF_SELL ? WKS_TENURE_OWNER : WKS_TENURE_CORPORATIE_FREE, 0.0);
    return true;
}

/* Offers one advert to its candidates: all in order, then those whose cap gives way. Not let: the strongest wish of the parts that stopped somebody. */
static ref_result ref_offer(ref_run *run, const wks_advert *a, const ref_seeker *seeker, const bool *is_candidate, double (*keys)[REF_KEYS],
                            int32_t n)
{
    int32_t order[REF_MAX], capped_by[REF_MAX], n_refused = 0;
    const int32_t n_candidates = ref_sort(run, a, seeker, is_candidate, keys, n, order);
    ref_result result = REF_UNLET;

    for (int32_t i = 0; i < 2 * n_candidates && result != REF_LET; i++) {
        const int32_t k = i % n_candidates;
        const bool after_all = i >= n_candidates;
        if (after_all && (capped_by[k] < 0 || ref_when_nobody(&run->c, capped_by[k]) != WKS_PART_IGNORE_CAP)) continue;
        const wks_round_outcome outcome = ref_ask(run, a, &seeker[order[k]], k + 1, after_all);
        const int32_t by = run->offer[run->n_offers - 1].blocked_by;
        if (!after_all) capped_by[k] = by;
        if (!after_all && by >= 0 && ref_wish(&run->c, by, a) > result) result = ref_wish(&run->c, by, a);
        n_refused += outcome == WKS_ROUND_REFUSED || outcome == WKS_ROUND_NO_SHOW;
        if (outcome != WKS_ROUND_ACCEPTED) continue;
        ref_let(run, a, &seeker[order[k]], n_candidates, k + 1, n_refused);
        result = REF_LET;
    }
    run->n_adverts++;
    return result;
}

/* Lets a run of adverts to the seekers; `channel` -1: those who look, else whom that channel may propose. out[i] as ref_offer. */
static void ref_phase(ref_run *run, const wks_advert *adverts, int32_t n, int32_t channel, ref_result *out)
{
    const ref_case *c = &run->c;
    static ref_seeker seeker[REF_MAX];
    static bool candidate[REF_MAX][REF_MAX];        /* advert x seeker */
    static double keys[REF_MAX][REF_MAX][REF_KEYS]; /* advert x seeker */
    bool reacts[REF_MAX];
    int32_t n_seekers = 0;

    for (int32_t h = 0; h < c->world->household.base.n_rows; h++) {
        const uint8_t search = c->world->household.search[h];
        if (c->world->household.key[h] == 0 || run->is_housed[h]) continue;
        if (channel < 0) {
            if (search != WKS_SEARCH_SOCIAL && search != WKS_SEARCH_BOTH) continue;
            if (wks_rng_once(&c->world->seed, c->world->household.key[h], (uint32_t)c->world->tick, WKS_RNG_ALLOC_REACT) >=
                c->b->react_share)
                continue;
        } else {
            const wks_channel_part *part = c->rules->channel[channel].spec->implementation;
            if (!part->is_candidate(&c->context, &c->rules->channel[channel], h)) continue;
        }
        seeker[n_seekers++] = ref_seeker_of(c, h);
    }
    for (int32_t s = 0; s < n_seekers; s++) {
        if (channel < 0) ref_reacts(c, &seeker[s], adverts, n, reacts);
        for (int32_t i = 0; i < n; i++) {
            candidate[i][s] = channel < 0 ? reacts[i] : ref_may(c, &seeker[s], &adverts[i]);
            ref_keys(c, &adverts[i], seeker[s].row, keys[i][s]);
        }
        for (int32_t i = 0; channel < 0 && i < n; i++)
            c->world->household.n_reactions[seeker[s].row] = (uint16_t)(c->world->household.n_reactions[seeker[s].row] + reacts[i]);
    }
    for (int32_t i = 0; i < n; i++)
        out[i] = ref_offer(run, &adverts[i], seeker, candidate[i], keys[i], n_seekers);
}

/* The channel named by `then`, when there is one for this unit and it is time; else -1. */
static int32_t ref_then(const ref_case *c, const wks_advert *a, int32_t channel)
{
    const wks_settings *from = &c->rules->channel[channel];
    const char *name = wks_part_text(from, "then");

    for (int32_t i = 0; name != NULL && i < c->rules->n_channels; i++) {
        if (strcmp(c->rules->channel[i].name, name) != 0 || !ref_applies(c, a, i)) continue;
        if (c->world->unit.n_adverts[a->unit_row] + 1 >= wks_part_value(from, "then_after", 1.0)) return i;
    }
    return -1;
}

static void ref_send(ref_run *run, const wks_advert *a, int32_t channel)
{
    if (channel < 0) return;
    run->next_unit[run->n_next] = run->c.world->unit.key[a->unit_row];
    run->next_channel[run->n_next++] = channel;
}

static bool ref_was_sent(const ref_run *run, const wks_advert *a)
{
    for (int32_t i = 0; i < run->n_sent; i++) {
        if (run->sent_unit[i] == run->c.world->unit.key[a->unit_row]) return true;
    }
    return false;
}

/* Channels in which the landlord proposes, one after the other. */
static void ref_propose(ref_run *run, wks_advert *all, int32_t n, int32_t channel)
{
    const ref_case *c = &run->c;
    wks_advert some[REF_MAX];
    ref_result result[REF_MAX];
    int32_t from[REF_MAX], n_some = 0;

    for (int32_t i = 0; i < n; i++) {
        if (all[i].channel != channel) continue;
        from[n_some] = i;
        some[n_some++] = all[i];
    }
    ref_order(run, some, from, n_some);
    ref_phase(run, some, n_some, channel, result);
    for (int32_t k = 0; k < n_some; k++) {
        const int32_t then = ref_then(c, &some[k], channel), next = then >= 0 ? then : ref_next(c, &some[k], channel, true);
        const bool is_now = next >= 0 && (ref_advertised(c, next) || next > channel);
        all[from[k]].channel = result[k] != REF_LET && is_now ? next : -1;
        if (result[k] == REF_LET || is_now) continue;
        if (!ref_instead(c, &some[k], result[k])) ref_send(run, &some[k], next); /* its turn comes next month */
    }
}

static void ref_advertise(ref_run *run, const wks_advert *all, int32_t n)
{
    const ref_case *c = &run->c;
    wks_advert some[REF_MAX];
    ref_result result[REF_MAX];
    int32_t n_some = 0;

    for (int32_t i = 0; i < n; i++) {
        if (all[i].channel >= 0 && ref_advertised(c, all[i].channel)) some[n_some++] = all[i];
    }
    ref_phase(run, some, n_some, -1, result);
    for (int32_t k = 0; k < n_some; k++) {
        const int32_t then = ref_then(c, &some[k], some[k].channel);
        if (result[k] == REF_LET || ref_instead(c, &some[k], result[k])) continue;
        if (then >= 0)
            ref_send(run, &some[k], then);
        else if (result[k] == REF_SEND_ON)
            ref_send(run, &some[k], ref_next(c, &some[k], some[k].channel, false));
        else if (ref_was_sent(run, &some[k]))
            ref_send(run, &some[k], some[k].channel);
    }
}

static void ref_month(ref_run *run)
{
    const ref_case *c = &run->c;
    const wks_world *w = c->world;
    wks_advert all[REF_MAX];
    int32_t n = ref_adverts(run, all);

    run->n_offers = run->n_adverts = run->n_let = run->n_lowered = run->n_next = 0;
    if (run->year != w->month / 12) {
        run->year = w->month / 12;
        run->n_let_of_year = run->n_ties_of_year = 0;
    }
    memset(run->is_housed, 0, sizeof run->is_housed);
    ref_members(c, run->history);
    n = ref_vacancies(run, all, n);
    ref_ties(run, all, n);
    for (int32_t i = 0; i < n; i++)
        all[i].channel = ref_channel(run, &all[i]);
    for (int32_t channel = 0; channel < c->rules->n_channels; channel++) {
        if (!ref_advertised(c, channel)) ref_propose(run, all, n, channel);
    }
    ref_advertise(run, all, n);
    for (int32_t i = 0; i < n; i++) {
        const int32_t unit = all[i].unit_row;
        if (w->unit.household_row[unit] < 0 && w->dwelling.tenure[all[i].dwelling_row] == WKS_TENURE_SOCIAL)
            c->world->unit.n_adverts[unit]++;
    }
    memcpy(run->sent_unit, run->next_unit, sizeof run->sent_unit);
    memcpy(run->sent_channel, run->next_channel, sizeof run->sent_channel);
    run->n_sent = run->n_next;
}

static void assert_same(const ref_run *run, const wks_world *world, const wks_round *round, uint64_t number, const char *rules)
{
    int64_t n;
    const wks_round_offer *offer = wks_round_offers(round, &n);

    for (int64_t i = 0; i < n && i < run->n_offers; i++) {
        const wks_round_offer *a = &offer[i], *b = &run->offer[i];
        if (a->advert != b->advert || a->unit_row != b->unit_row || a->household_row != b->household_row || a->rank != b->rank ||
            a->outcome != b->outcome || a->blocked_by != b->blocked_by) {
            fail_msg(
                "world %d, offer %d: advert %d/%d unit %d/%d household %d/%d rank %d/%d outcome %d/%d by %d/%d (fast/plain), rules\n%s",
                (int)number, (int)i, (int)a->advert, (int)b->advert, a->unit_row, b->unit_row, a->household_row, b->household_row, a->rank,
                b->rank, a->outcome, b->outcome, a->blocked_by, b->blocked_by, rules);
        }
    }
    assert_int_equal(n, run->n_offers);
    assert_int_equal(world->letting.n, run->n_let);
    for (int32_t i = 0; i < run->n_let; i++) {
        const wks_letting *letting = &world->letting.item[i];
        assert_true(letting->unit_key == run->letting[i].unit && letting->household_key == run->letting[i].household);
        assert_int_equal(letting->candidates, run->letting[i].candidates);
        assert_int_equal(letting->rank, run->letting[i].rank);
        assert_int_equal(letting->refusals, run->letting[i].refusals);
        assert_true(!letting->for_ties || run->letting[i].for_ties);
        assert_float_equal(letting->rent_eur, run->letting[i].rent_eur, 0.0);
        assert_float_equal(world->unit.rent_eur[letting->unit_row], run->letting[i].rent_eur, 0.0);
    }
    for (int32_t d = 0; d < world->dwelling.base.n_rows; d++)
        assert_int_equal(world->dwelling.tenure[d], run->c.world->dwelling.tenure[d]);
    for (int32_t h = 0; h < world->household.base.n_rows; h++) {
        assert_int_equal(world->household.unit_row[h], run->c.world->household.unit_row[h]);
        assert_int_equal(world->household.n_reactions[h], run->c.world->household.n_reactions[h]);
        assert_int_equal(world->household.n_refusals[h], run->c.world->household.n_refusals[h]);
        assert_int_equal(world->household.urgency[h], run->c.world->household.urgency[h]);
        assert_int_equal(world->household.urgency_month[h], run->c.world->household.urgency_month[h]);
        assert_int_equal(world->household.referral[h], run->c.world->household.referral[h]);
        assert_int_equal(wks_rare_i32(&world->household.turn_month, h), wks_rare_i32(&run->c.world->household.turn_month, h));
    }
}

/* Some months of one world under one rule set, both ways. */
static void compare(uint64_t number, const char *rules, int32_t n_vacant, int32_t n_latent, int32_t n_months,
                    const wks_round_behaviour *behaviour, int64_t *n_seen)
{
    const wks_law law = wks_law_of_year(2025, 0.0);
    wks_world fast, plain;
    wks_scenario scenario;
    wks_round *round = NULL;
    wks_err err = WKS_ERR_INIT;
    ref_run *run = calloc(1, sizeof *run);

    assert_non_null(run);
    run->history = calloc(1, sizeof *run->history);
    assert_non_null(run->history);
    case_scenario(&scenario, rules);
    case_world(&fast, number, n_vacant, n_latent, 0);
    case_world(&plain, number, n_vacant, n_latent, 0);
    assert_ok(wks_round_create(&scenario, &fast, &round, &err), &err);
    wks_round_record(round, true);
    run->c = (ref_case){.world = &plain, .scenario = &scenario, .rules = &scenario.rules[0], .law = &law, .b = behaviour};
    run->c.context = (wks_part_context){.world = &plain, .scenario = &scenario, .rules = &scenario.rules[0], .law = &law};
    for (int32_t m = 0; m < n_months; m++) {
        plain.belief = fast.belief;
        ref_month(run);
        assert_ok(wks_round_run(round, &fast, &law, behaviour, &err), &err);
        assert_same(run, &fast, round, number, rules);
        n_seen[SEEN_OFFERS] += run->n_offers;
        n_seen[SEEN_LETTINGS] += run->n_let;
        n_seen[SEEN_LOWERED] += run->n_lowered;
        for (int64_t i = 0; i < run->n_offers; i++)
            n_seen[SEEN_OUTCOME + run->offer[i].outcome]++;
        for (int32_t i = 0; i < fast.letting.n; i++)
            plain.household.search[fast.letting.item[i].household_row] = WKS_SEARCH_STAY;
        wks_world_next_tick(&plain);
        case_next_month(&fast);
    }
    for (int32_t d = 0; d < plain.dwelling.base.n_rows; d++) {
        n_seen[SEEN_SOLD] += plain.dwelling.tenure[d] == WKS_TENURE_OWNER;
        n_seen[SEEN_LIBERALISED] += plain.dwelling.tenure[d] == WKS_TENURE_CORPORATIE_FREE;
    }
    wks_round_destroy(round);
    wks_scenario_free(&scenario);
    wks_world_free(&fast);
    wks_world_free(&plain);
    free(run->history);
    free(run);
}

/* More than so many lettings, and more than 100 times everything up to `last`. */
static void assert_happened(const int64_t *n_seen, int64_t n_lettings, int32_t last)
{
    assert_true(n_seen[SEEN_LETTINGS] > n_lettings);
    for (int32_t what = SEEN_OUTCOME; what <= last; what++) {
        if (n_seen[what] <= 100) fail_msg("%d happened %d times", what, (int)n_seen[what]);
    }
}

static void round_of_random_worlds_equals_the_plain_one(void **state)
{
    int64_t n_seen[N_SEEN] = {0};

    (void)state;
    for (uint64_t number = 1; number <= WORLDS; number++) {
        for (int32_t rules = 0; rules < CASE_N_RULES; rules++)
            compare(number, case_rules[rules], 3 + (int32_t)(number % 8), 10 + (int32_t)(number % 13), 3, &case_behaviour, n_seen);
    }
    /* The cases are worth comparing: every outcome happens, but no channel of theirs takes turns. */
    assert_happened(n_seen, 1000, SEEN_OUTCOME + WKS_ROUND_HOUSED_ALREADY);
}

static void round_with_sampled_adverts_equals_the_plain_one(void **state)
{
    int64_t n_seen[N_SEEN] = {0};

    (void)state;
    for (uint64_t number = 100; number < 108; number++) {
        wks_round_behaviour behaviour = case_behaviour;
        behaviour.reactions_per_round = (double)(1 + number % 9);
        for (int32_t rules = 0; rules < CASE_N_RULES; rules++)
            compare(number, case_rules[rules], 40, 60, 1, &behaviour, n_seen);
    }
    assert_true(n_seen[SEEN_LETTINGS] > 200);
}

static bool has_part(const char *rules, const wks_spec *spec)
{
    char name[64];

    snprintf(name, sizeof name, "part = \"%s\"", spec->name);
    return strstr(rules, name) != NULL;
}

/* Thousands of instances: every part of the registry in random combinations and settings. */
static void round_under_random_rules_equals_the_plain_one(void **state)
{
    int64_t n_seen[N_SEEN] = {0}, n_with[256] = {0};

    (void)state;
    for (uint64_t number = 1; number <= RANDOM_RULES; number++) {
        wks_text rules = rules_random(number, true);
        compare(30000 + number, rules.data, 2 + (int32_t)(number % 9), 8 + (int32_t)(number % 23), 2, &case_behaviour, n_seen);
        for (int32_t i = 0; i < wks_registry_n_parts; i++)
            n_with[i] += has_part(rules.data, wks_registry_parts[i]);
        wks_text_free(&rules);
    }
    for (int32_t i = 0; i < wks_registry_n_parts; i++) {
        if (strcmp(wks_registry_parts[i]->kind, "conduct") == 0) continue; /* of applicants: test_round_conduct.c */
        if (n_with[i] < RANDOM_RULES / 10)
            fail_msg("part %s is in %d rule sets only: do round_rules.h and round_reference.h know it?", wks_registry_parts[i]->name,
                     (int)n_with[i]);
    }
    assert_happened(n_seen, RANDOM_RULES, N_SEEN - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(round_of_random_worlds_equals_the_plain_one),
        cmocka_unit_test(round_with_sampled_adverts_equals_the_plain_one),
        cmocka_unit_test(round_under_random_rules_equals_the_plain_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
