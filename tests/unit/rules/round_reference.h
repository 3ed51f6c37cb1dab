/* The round written slowly and plainly: every pair, full sorts, recounts. Shares no code with src/rules/round*.c: only the parts, the law and the draws. */
#ifndef WKS_TESTS_RULES_ROUND_REFERENCE_H
#define WKS_TESTS_RULES_ROUND_REFERENCE_H

#include "num/math.h"
#include "rules/round.h"
#include "support/check.h"
#include "world/relations.h"

enum { REF_MAX = 256, REF_KEYS = 24 };

/* How a household stood when its phase began. */
typedef struct ref_seeker {
    int32_t row;
    uint64_t key;
    double income, stay, x, y;
    int32_t persons, age;
} ref_seeker;

typedef struct ref_case {
    wks_world *world;
    const wks_scenario *scenario;
    const wks_rule_set *rules;
    const wks_law *law;
    const wks_round_behaviour *b;
    wks_part_context context;
} ref_case;

static inline double ref_word(const wks_world *world, uint64_t key, uint32_t tick, wks_rng_purpose purpose, int32_t index)
{
    uint32_t word[4];

    wks_rng_four(&world->seed, key, tick, purpose, word);
    return ((double)word[index] + 0.5) / 4294967296.0;
}

/* ---- utility ------------------------------------------------------------------------------------------------------------------------ */

static inline double ref_home_value(const ref_case *c, const ref_seeker *s, int32_t unit, double rent, double km)
{
    const wks_world *w = c->world;
    const int32_t dwelling = w->unit.dwelling_row[unit], buurt = w->dwelling.buurt_row[dwelling];
    const double leefbaarheid = w->buurt.won[buurt] + w->buurt.fys[buurt] + w->buurt.vrz[buurt] + w->buurt.soc[buurt] + w->buurt.onv[buurt];
    const double benefit = wks_law_huurtoeslag(c->law, s->income, rent, s->persons, s->age);
    double rooms = w->unit.kind[unit] == WKS_UNIT_ROOM ? 1.0 : w->dwelling.rooms[dwelling];

    if (rooms > s->persons + 2) rooms = s->persons + 2;
    return -c->b->weight_rent * 12.0 * (rent - benefit) / s->income + c->b->weight_size * rooms +
           c->b->weight_leefbaarheid * leefbaarheid / 0.14 - c->b->weight_distance * km +
           ((w->household.kin_buurt_row[s->row] == buurt ? c->b->weight_kin : 0.0) +
            c->b->weight_contacts * (w->buurt.contacts[buurt] > 0 ? wks_math_log(w->buurt.contacts[buurt]) / 0.6931471805599453 : 0.0) -
            c->b->weight_stigma * w->buurt.stigma[buurt]);
}

static inline ref_seeker ref_seeker_of(const ref_case *c, int32_t row)
{
    const wks_world *w = c->world;
    ref_seeker s = {.row = row, .key = w->household.key[row], .stay = 0.4, .x = (double)NAN, .y = (double)NAN};
    int32_t unit = w->household.unit_row[row];

    s.income = (double)w->household.income_eur[row] > 15000.0 ? (double)w->household.income_eur[row] : 15000.0;
    s.persons = w->household.n_persons[row] + w->household.n_home_children[row];
    s.age = (w->month - w->household.head_birth_month[row]) / 12;
    if (unit >= 0) {
        const bool is_owner = w->dwelling.tenure[w->unit.dwelling_row[unit]] == WKS_TENURE_OWNER;
        s.stay = ref_home_value(
            c, &s, unit,
            is_owner ? 0.03 / 12.0 * (double)w->dwelling.value_eur[w->unit.dwelling_row[unit]] : (double)w->unit.rent_eur[unit], 0.0);
    } else if (w->household.host_row[row] >= 0) {
        unit = w->household.unit_row[w->household.host_row[row]];
    }
    if (unit >= 0) {
        s.x = (double)w->dwelling.x_m[w->unit.dwelling_row[unit]];
        s.y = (double)w->dwelling.y_m[w->unit.dwelling_row[unit]];
    }
    return s;
}

/* Rent of a contract: with two rents a low income of 2025 pays at most its aftoppingsgrens. */
static inline double ref_rent(const ref_case *c, const ref_seeker *s, const wks_advert *a)
{
    const double income = (double)c->world->household.income_eur[s->row], asked = (double)a->rent_eur;
    const double limit = s->persons > 1 ? (s->age >= 67 ? c->law->passend_multi_old_eur : c->law->passend_multi_eur)
                                        : (s->age >= 67 ? c->law->passend_single_old_eur : c->law->passend_single_eur);
    const double cap = s->persons >= 3 ? c->law->rent_cap_high_eur : c->law->rent_cap_low_eur;

    return a->has_two_rents && income <= limit && cap < asked ? cap : asked;
}

static inline double ref_utility(const ref_case *c, const ref_seeker *s, const wks_advert *a)
{
    const wks_world *w = c->world;
    const double x = (double)w->dwelling.x_m[a->dwelling_row], y = (double)w->dwelling.y_m[a->dwelling_row];
    const double km = isnan(s->x) || isnan(x) ? 0.0 : sqrt((s->x - x) * (s->x - x) + (s->y - y) * (s->y - y)) / 1000.0;
    const double u = ref_word(w, wks_rng_pair_key(s->key, w->unit.key[a->unit_row]), (uint32_t)w->tick, WKS_RNG_ALLOC_TASTE, 0);

    return ref_home_value(c, s, a->unit_row, ref_rent(c, s, a), km) + c->b->taste_sd * wks_draw_bell((uint32_t)(u * 0x1p32));
}

/* ---- who may, who sees, who reacts --------------------------------------------------------------------------------------------------- */

static inline bool ref_may(const ref_case *c, const ref_seeker *s, const wks_advert *a)
{
    return wks_round_first_failing_filter(c->scenario, c->rules, c->world, c->law, s->row, a) < 0;
}

/* The eligible advert whose point follows `at` on the circle. */
static inline int32_t ref_at_point(const ref_case *c, const wks_advert *adverts, const bool *may, int32_t n, uint32_t at)
{
    const int32_t n_points = n <= 256 ? 16 : n <= 512 ? 8 : 4;
    uint32_t best_gap = 0;
    int32_t best = -1;

    for (int32_t i = 0; i < n; i++) {
        wks_rng rng =
            wks_rng_open(&c->world->seed, c->world->unit.key[adverts[i].unit_row], (uint32_t)c->world->tick, WKS_RNG_ALLOC_ADVERT);
        for (int32_t k = 0; k < n_points; k++) {
            const uint32_t gap = wks_rng_u32(&rng) - at; /* how far behind `at`, around the circle */
            if (!may[i] || (best >= 0 && gap >= best_gap)) continue;
            best = i;
            best_gap = gap;
        }
    }
    return best;
}

static inline void ref_seen(const ref_case *c, const ref_seeker *s, const wks_advert *adverts, int32_t n, bool *seen)
{
    const int32_t n_most = (int32_t)c->b->reactions_per_round * 2 > 12 ? (int32_t)c->b->reactions_per_round * 2 : 12;
    wks_rng rng = wks_rng_open(&c->world->seed, s->key, (uint32_t)c->world->tick, WKS_RNG_ALLOC_REACT);
    bool may[REF_MAX];
    int32_t n_may = 0, n_seen = 0;

    for (int32_t i = 0; i < n; i++) {
        may[i] = ref_may(c, s, &adverts[i]);
        n_may += may[i];
        seen[i] = may[i];
    }
    if (n_may <= n_most) return;
    memset(seen, 0, (size_t)n * sizeof *seen);
    (void)wks_rng_u64(&rng);
    for (int32_t t = 0; t < 4 * n_most && n_seen < n_most; t++) {
        const int32_t i = ref_at_point(c, adverts, may, n, wks_rng_u32(&rng));
        n_seen += !seen[i];
        seen[i] = true;
    }
}

/* reacts[i]: the seeker reacts to advert i: among the best k of those seen that beat staying. */
static inline void ref_reacts(const ref_case *c, const ref_seeker *s, const wks_advert *adverts, int32_t n, bool *reacts)
{
    bool seen[REF_MAX];
    double utility[REF_MAX];

    ref_seen(c, s, adverts, n, seen);
    for (int32_t i = 0; i < n; i++)
        utility[i] = seen[i] ? ref_utility(c, s, &adverts[i]) : -HUGE_VAL;
    for (int32_t i = 0; i < n; i++) {
        int32_t n_better = 0;
        for (int32_t k = 0; k < n; k++)
            n_better += utility[k] > utility[i] || (k < i && !(utility[k] < utility[i]));
        reacts[i] = seen[i] && utility[i] > s->stay && n_better < (int32_t)c->b->reactions_per_round;
    }
}

/* ---- order -------------------------------------------------------------------------------------------------------------------------- */

static inline wks_part_ranking ref_ranking(const ref_case *c, const wks_advert *a)
{
    const wks_settings *channel = &c->rules->channel[a->channel];
    const double by = strcmp(channel->spec->name, "first_reactor") == 0 ? WKS_PART_BY_SPEED : WKS_PART_BY_RULES;

    return (wks_part_ranking)(int32_t)wks_part_value(channel, "order", by);
}

/* a ranks before b for this advert. Keys of the household alone are those of the beginning of the phase; keys of the pair those of the moment of the offer. */
static inline bool ref_before(const ref_case *c, const wks_advert *advert, const double *key_a, const double *key_b, uint64_t a, uint64_t b)
{
    const wks_part_ranking by = ref_ranking(c, advert);
    const int32_t n_keys = by == WKS_PART_BY_RULES ? c->rules->n_order : by == WKS_PART_BY_WAIT ? 1 : 0;
    const uint64_t unit = c->world->unit.key[advert->unit_row];

    for (int32_t p = 0; p < n_keys; p++) {
        if (key_a[p] > key_b[p]) return true;
        if (key_a[p] < key_b[p]) return false;
    }
    if (by == WKS_PART_BY_SPEED) return wks_part_speed(c->world, a, unit) > wks_part_speed(c->world, b, unit);
    return wks_part_lot(c->world, a, unit) > wks_part_lot(c->world, b, unit);
}

static inline void ref_keys(const ref_case *c, const wks_advert *advert, int32_t row, double *out)
{
    if (ref_ranking(c, advert) == WKS_PART_BY_WAIT) {
        out[0] = -(double)c->world->household.since_month[row];
        return;
    }
    for (int32_t p = 0; p < c->rules->n_order; p++) {
        const wks_order_part *part = c->rules->order[p].spec->implementation;
        const double key = part->key(&c->context, &c->rules->order[p], row, advert);
        out[p] = isnan(key) ? -HUGE_VAL : key; /* what is undefined goes last */
    }
}

/* ---- caps and norms ------------------------------------------------------------------------------------------------------------------ */

/* What the parts remember, kept as plain lists. */
typedef struct ref_history {
    struct {
        int32_t month, owner, unit;
        bool in_group[8], above_limit, is_low, is_dear;
    } letting[2048];
    int32_t n;
    int32_t n_rounds, first_month;
    bool was_social[REF_MAX]; /* dwelling row, when the first round began */
    /* of the present round */
    bool is_social[REF_MAX]; /* dwelling row, when the round began */
    bool member[REF_MAX][8]; /* household row x group, when the round began */
} ref_history;

static inline void ref_members(const ref_case *c, ref_history *history)
{
    const wks_world *w = c->world;

    assert_true(w->household.base.n_rows <= REF_MAX && c->scenario->n_groups <= 8 && w->dwelling.base.n_rows <= REF_MAX);
    for (int32_t d = 0; d < w->dwelling.base.n_rows; d++)
        history->is_social[d] = w->dwelling.key[d] != 0 && w->dwelling.tenure[d] == WKS_TENURE_SOCIAL;
    if (history->n_rounds++ == 0) {
        memcpy(history->was_social, history->is_social, sizeof history->was_social);
        history->first_month = w->month;
    }
    assert_int_equal(w->month / 12, history->first_month / 12); /* what a new year changes is not recounted here */
    for (int32_t h = 0; h < w->household.base.n_rows; h++) {
        for (int32_t g = 0; g < c->scenario->n_groups; g++)
            history->member[h][g] = w->household.key[h] != 0 && wks_expr_holds(c->scenario->group[g].expr, w, h);
    }
}

static inline bool ref_above_limit(const ref_case *c, int32_t row)
{
    const int32_t persons = c->world->household.n_persons[row] + c->world->household.n_home_children[row];

    return (double)c->world->household.income_eur[row] > (persons > 1 ? c->law->income_multi_eur : c->law->income_single_eur);
}

/* An income for which passend toewijzen asks a rent under the cap; and a rent above it. */
static inline bool ref_is_low(const ref_case *c, int32_t row)
{
    const int32_t persons = c->world->household.n_persons[row] + c->world->household.n_home_children[row];
    const bool is_old = c->world->month - c->world->household.head_birth_month[row] >= 67 * 12;
    const double limit = persons > 1 ? (is_old ? c->law->passend_multi_old_eur : c->law->passend_multi_eur)
                                     : (is_old ? c->law->passend_single_old_eur : c->law->passend_single_eur);

    return (double)c->world->household.income_eur[row] <= limit;
}

/* Two rents: no low income pays more than its cap. */
static inline bool ref_is_dear(const ref_case *c, int32_t row, const wks_advert *a)
{
    const int32_t persons = c->world->household.n_persons[row] + c->world->household.n_home_children[row];

    return !a->has_two_rents && (double)a->rent_eur > (persons > 2 ? c->law->rent_cap_high_eur : c->law->rent_cap_low_eur) + 0.005;
}

static inline void ref_remember(const ref_case *c, ref_history *history, int32_t row, const wks_advert *a)
{
    const int32_t i = history->n++;

    assert_true(i < (int32_t)(sizeof history->letting / sizeof history->letting[0]));
    history->letting[i].month = c->world->month;
    history->letting[i].owner = a->owner_row;
    history->letting[i].unit = a->unit_row;
    history->letting[i].above_limit = ref_above_limit(c, row);
    history->letting[i].is_low = ref_is_low(c, row);
    history->letting[i].is_dear = ref_is_dear(c, row, a);
    memcpy(history->letting[i].in_group, history->member[row], sizeof history->member[row]);
}

static inline int32_t ref_area(const ref_case *c, int32_t scale, int32_t unit)
{
    const wks_world *w = c->world;
    const int32_t dwelling = w->unit.dwelling_row[unit];

    switch (scale) {
    case 0: return w->dwelling.portiek[dwelling];
    case 1: return w->dwelling.complex_row[dwelling];
    case 2: return w->dwelling.buurt_row[dwelling];
    case 3: return w->buurt.wijk_row[w->dwelling.buurt_row[dwelling]];
    case 4: return w->buurt.gemeente_row[w->dwelling.buurt_row[dwelling]];
    default: return w->complex.owner_row[w->dwelling.complex_row[dwelling]];
    }
}

/* The part binds here: its list of areas is empty or names the buurt or its wijk. */
static inline bool ref_binds(const ref_case *c, const wks_settings *part, int32_t buurt)
{
    int32_t n = 0;

    for (int32_t p = 0; p < part->spec->n_params; p++) {
        for (int32_t i = 0; i < part->n_areas[p]; i++, n++) {
            const uint64_t key = wks_text_hash(part->area[p][i]);
            if (key == c->world->buurt.key[buurt] || key == c->world->buurt.wijk_key[buurt]) return true;
        }
    }
    return n == 0;
}

/* On offer at two rents: the complex is among those drawn. */
static inline bool ref_has_two_rents(const ref_case *c, const wks_advert *a)
{
    for (int32_t s = 0; s < c->rules->n_spreiding; s++) {
        const wks_settings *part = &c->rules->spreiding[s];
        if (strcmp(part->spec->name, "two_rents") != 0 || !ref_binds(c, part, a->buurt_row)) continue;
        if (wks_rng_once(&c->world->seed, c->world->complex.key[a->complex_row], 0, WKS_RNG_TWO_RENTS) < wks_part_value(part, "share", 1.0))
            return true;
    }
    return false;
}

/* The share of the group in the social stock of the area after this household moved in: recounted. */
static inline bool ref_share_holds(const ref_case *c, const ref_history *history, const wks_settings *cap, int32_t row, const wks_advert *a)
{
    const wks_world *w = c->world;
    const int32_t group = (int32_t)wks_part_value(cap, "group", -1.0), scale = (int32_t)wks_part_value(cap, "scale", 1.0);
    const int32_t area = ref_area(c, scale, a->unit_row);
    int32_t n_group = 0, n_all = 0;

    if (!history->member[row][group]) return true;
    if (w->household.unit_row[row] >= 0 && w->dwelling.tenure[w->unit.dwelling_row[w->household.unit_row[row]]] == WKS_TENURE_SOCIAL &&
        ref_area(c, scale, w->household.unit_row[row]) == area)
        return true; /* stays in the area */
    for (int32_t h = 0; h < w->household.base.n_rows; h++) {
        const int32_t unit = h == row ? a->unit_row : w->household.unit_row[h];
        if (w->household.key[h] == 0 || unit < 0 || w->dwelling.tenure[w->unit.dwelling_row[unit]] != WKS_TENURE_SOCIAL) continue;
        if (ref_area(c, scale, unit) != area) continue;
        n_all++;
        n_group += history->member[h][group];
    }
    return n_group <= wks_part_value(cap, "max_share", 1.0) * n_all + 1e-9;
}

static inline bool ref_inflow_holds(const ref_case *c, const ref_history *history, const wks_settings *cap, int32_t row,
                                    const wks_advert *a)
{
    const int32_t group = (int32_t)wks_part_value(cap, "group", -1.0), scale = (int32_t)wks_part_value(cap, "scale", 1.0);
    int32_t n_group = 1, n_all = 1;

    if (!history->member[row][group]) return true;
    for (int32_t i = 0; i < history->n; i++) {
        if (history->letting[i].month <= c->world->month - 12 ||
            ref_area(c, scale, history->letting[i].unit) != ref_area(c, scale, a->unit_row))
            continue;
        n_all++;
        n_group += history->letting[i].in_group[group];
    }
    return n_group <= wks_part_value(cap, "max_share", 1.0) * n_all + 1e-9;
}

/* Lettings to the group in an area in a period: a number, or a share of its social homes when the round began. */
static inline double ref_dose(const ref_case *c, const ref_history *history, const wks_settings *part, int32_t area)
{
    const double share = wks_part_value(part, "share", 0.0);
    int32_t n_homes = 0;

    for (int32_t d = 0; d < c->world->dwelling.base.n_rows; d++) {
        if (!history->is_social[d]) continue;
        n_homes += ref_area(c, (int32_t)wks_part_value(part, "scale", 0.0), c->world->dwelling.first_unit_row[d]) == area;
    }
    return share > 0.0 ? share * n_homes : wks_part_value(part, "number", 1.0); /* no dwelling of the cases has more than one unit */
}

static inline bool ref_dosing_holds(const ref_case *c, const ref_history *history, const wks_settings *part, int32_t row,
                                    const wks_advert *a)
{
    const int32_t group = (int32_t)wks_part_value(part, "group", -1.0), scale = (int32_t)wks_part_value(part, "scale", 0.0);
    const int32_t period = (int32_t)wks_part_value(part, "period", 12.0), area = ref_area(c, scale, a->unit_row);
    const bool is_paced = wks_part_value(part, "paced", 1.0) > 0.0;

    if (!history->member[row][group]) return true;
    for (int32_t m = is_paced ? 1 : period; m <= period; m++) {
        int32_t n = 1;
        for (int32_t i = 0; i < history->n; i++)
            n += history->letting[i].month > c->world->month - m && history->letting[i].in_group[group] &&
                 ref_area(c, scale, history->letting[i].unit) == area;
        if (n > ceil(ref_dose(c, history, part, area) * m / period - 1e-9)) return false;
    }
    return true;
}

/* Part of a contingent that an area gets: by the social homes there were when the year began. Key lettings is as stock in the first year. */
static inline double ref_weight(const ref_case *c, const ref_history *history, const wks_settings *part, int32_t area)
{
    enum { EVEN, STOCK, LETTINGS, STRONG_FIRST, AREAS = 16 };
    const int32_t scale = 2 + (int32_t)wks_part_value(part, "level", 0.0), key = (int32_t)wks_part_value(part, "key", STOCK);
    double homes[AREAS] = {0.0}, leefbaarheid[AREAS] = {0.0}, weight[AREAS] = {0.0}, sum = 0.0;
    int32_t n = 0;

    for (int32_t d = 0; d < c->world->dwelling.base.n_rows; d++) {
        const int32_t unit = c->world->dwelling.first_unit_row[d];
        if (!history->was_social[d] || !ref_binds(c, part, c->world->dwelling.buurt_row[d])) continue;
        assert_in_range(ref_area(c, scale, unit), 0, AREAS - 1);
        homes[ref_area(c, scale, unit)] += 1.0;
        leefbaarheid[ref_area(c, scale, unit)] += wks_world_leefbaarheid(c->world, c->world->dwelling.buurt_row[d]);
    }
    for (int32_t i = 0; i < AREAS; i++)
        n += homes[i] > 0.0;
    for (int32_t i = 0; i < AREAS; i++) {
        int32_t stronger = 0;
        if (!(homes[i] > 0.0)) continue;
        for (int32_t k = 0; k < AREAS; k++) {
            if (k == i || !(homes[k] > 0.0)) continue;
            const double other = leefbaarheid[k] / homes[k], own = leefbaarheid[i] / homes[i];
            stronger += other > own || (!(other < own) && k < i);
        }
        weight[i] = key == EVEN ? 1.0 : key == STRONG_FIRST ? homes[i] * ((double)(2 * (n - stronger) - 1) / n) : homes[i];
        sum += weight[i];
    }
    return weight[area] / sum;
}

/* What there is of a contingent this year, all and in an area. */
static inline void ref_contingent(const ref_case *c, const ref_history *history, const wks_settings *part, int32_t area, int32_t *here,
                                  int32_t *all)
{
    const int32_t group = (int32_t)wks_part_value(part, "group", -1.0), scale = 2 + (int32_t)wks_part_value(part, "level", 0.0);

    *here = *all = 0;
    for (int32_t i = 0; i < history->n; i++) {
        const int32_t unit = history->letting[i].unit, buurt = c->world->dwelling.buurt_row[c->world->unit.dwelling_row[unit]];
        if (history->letting[i].month / 12 != c->world->month / 12 || !history->letting[i].in_group[group]) continue;
        if (!ref_binds(c, part, buurt)) continue;
        *all += 1;
        *here += ref_area(c, scale, unit) == area;
    }
}

static inline bool ref_contingent_has_room(const ref_case *c, const ref_history *history, const wks_settings *part, int32_t unit)
{
    const int32_t area = ref_area(c, 2 + (int32_t)wks_part_value(part, "level", 0.0), unit);
    const int32_t quota = (int32_t)wks_part_value(part, "quota", 0.0), months = c->world->month - history->first_month + 1;
    int32_t here, all;

    ref_contingent(c, history, part, area, &here, &all);
    if (quota > 0 && all + 1 > (quota * months + 11) / 12) return false;
    return here + 1 < ref_weight(c, history, part, area) * (all + 1) + wks_part_value(part, "ahead", 1.0);
}

static inline double ref_prefer(const ref_case *c, const ref_history *history, const wks_settings *part, const wks_advert *a)
{
    const int32_t area = ref_area(c, 2 + (int32_t)wks_part_value(part, "level", 0.0), a->unit_row);
    int32_t here, all;

    if (!ref_binds(c, part, a->buurt_row) || !ref_contingent_has_room(c, history, part, a->unit_row)) return -1.0;
    ref_contingent(c, history, part, area, &here, &all);
    return ref_weight(c, history, part, area) / (here + 1);
}

/* The kind that is short gets the vacancy: recounted over the complex (all of it is let as social rent, and what is sold is vacant). */
static inline bool ref_mix_holds(const ref_case *c, const ref_history *history, const wks_settings *part, int32_t row, const wks_advert *a)
{
    const wks_world *w = c->world;
    const int32_t group = (int32_t)wks_part_value(part, "askers", -1.0);
    const bool is_asker = history->member[row][group];
    const double months = w->month - history->first_month, guided = 12.0 * wks_part_value(part, "guidance", 0.0);
    const double from = wks_part_value(part, "tolerance", 0.0), to = wks_part_value(part, "tolerance_after", 0.0);
    const double tolerance = months < guided ? from + (to - from) * months / guided : to;
    double carriers = wks_part_value(part, "carriers", 0.5);
    int32_t n_kind = 0, n = 1;

    if (a->label != WKS_LABEL_GEMENGD) return true;
    if (w->household.unit_row[row] >= 0 && ref_area(c, 1, w->household.unit_row[row]) == a->complex_row) return true;
    if (!is_asker && wks_part_value(part, "motivation", 1.0) > 0.0 && !w->household.motivated[row]) return false;
    for (int32_t h = 0; h < w->household.base.n_rows; h++) {
        const int32_t unit = w->household.unit_row[h];
        if (w->household.key[h] == 0 || unit < 0 || ref_area(c, 1, unit) != a->complex_row) continue;
        n++;
        n_kind += history->member[h][group] == is_asker;
    }
    if (is_asker) carriers = 1.0 - carriers;
    return carriers * n - n_kind >= 0.5 - tolerance * n - 1e-9;
}

static inline bool ref_spreiding_holds(const ref_case *c, const ref_history *history, const wks_settings *part, int32_t row,
                                       const wks_advert *a)
{
    const char *name = part->spec->name;

    if (strcmp(name, "cap_share") == 0) return ref_share_holds(c, history, part, row, a);
    if (strcmp(name, "cap_inflow") == 0) return ref_inflow_holds(c, history, part, row, a);
    if (strcmp(name, "dosing") == 0) return ref_dosing_holds(c, history, part, row, a);
    if (strcmp(name, "target_mix") == 0) return ref_mix_holds(c, history, part, row, a);
    if (strcmp(name, "contingent") == 0)
        return !history->member[row][(int32_t)wks_part_value(part, "group", -1.0)] ||
               ref_contingent_has_room(c, history, part, a->unit_row);
    /* These decide before. */
    if (strcmp(name, "social_ceiling") != 0 && strcmp(name, "relabel") != 0 && strcmp(name, "two_rents") != 0)
        fail_msg("round_reference.h does not know part '%s'", name);
    return true;
}

static inline bool ref_quota_holds(const ref_case *c, const ref_history *history, const wks_settings *filter, int32_t row,
                                   const wks_advert *a)
{
    const int32_t norm = (int32_t)wks_part_value(filter, "norm", 0.0);
    int32_t n_above = 1, n_all = 1;

    if (!ref_above_limit(c, row)) return true;
    for (int32_t i = 0; i < history->n; i++) {
        if (history->letting[i].month / 12 != c->world->month / 12 || history->letting[i].owner != a->owner_row) continue;
        n_all++;
        n_above += history->letting[i].above_limit;
    }
    return n_above <= (norm < 2 ? wks_part_value(filter, "free_share", 0.0) : 0.15) * n_all + 1e-9;
}

static inline bool ref_passend_holds(const ref_case *c, const ref_history *history, const wks_settings *filter, int32_t row,
                                     const wks_advert *a)
{
    int32_t n_dear = 1, n_all = 1;

    if (!ref_is_low(c, row) || !ref_is_dear(c, row, a)) return true;
    for (int32_t i = 0; i < history->n; i++) {
        if (history->letting[i].month / 12 != c->world->month / 12 || history->letting[i].owner != a->owner_row) continue;
        n_all += history->letting[i].is_low;
        n_dear += history->letting[i].is_low && history->letting[i].is_dear;
    }
    return n_dear <= (1.0 - wks_part_value(filter, "compliance", 1.0)) * n_all + 1e-9;
}

static inline int32_t ref_when_nobody(const ref_case *c, int32_t part)
{
    const int32_t s = part - c->rules->n_filters;

    return s < 0 ? WKS_PART_LEAVE_VACANT : (int32_t)wks_part_value(&c->rules->spreiding[s], "when_nobody", WKS_PART_LEAVE_VACANT);
}

/* Index (as in wks_letting.excluded) of the first part that stops the letting; -1: none. After all others were asked, caps that give way do not. */
static inline int32_t ref_stopped(const ref_case *c, const ref_history *history, int32_t row, const wks_advert *a, bool after_all)
{
    for (int32_t f = 0; f < c->rules->n_filters; f++) {
        if (strcmp(c->rules->filter[f].spec->name, "income_limit") == 0 && !ref_quota_holds(c, history, &c->rules->filter[f], row, a))
            return f;
        if (strcmp(c->rules->filter[f].spec->name, "passend") == 0 && !ref_passend_holds(c, history, &c->rules->filter[f], row, a))
            return f;
    }
    for (int32_t s = 0; s < c->rules->n_spreiding; s++) {
        const wks_settings *part = &c->rules->spreiding[s];
        if (!ref_binds(c, part, a->buurt_row) || (after_all && ref_when_nobody(c, c->rules->n_filters + s) == WKS_PART_IGNORE_CAP))
            continue;
        if (!ref_spreiding_holds(c, history, part, row, a)) return c->rules->n_filters + s;
    }
    return -1;
}

/* Candidates of a channel may lose their turn while the round goes on. */
static inline bool ref_lost_turn(const ref_case *c, int32_t row, const wks_advert *a)
{
    const wks_channel_part *part = c->rules->channel[a->channel].spec->implementation;

    return part->refused != NULL && !part->is_candidate(&c->context, &c->rules->channel[a->channel], row);
}

static inline void ref_refused(const ref_case *c, int32_t row, const wks_advert *a)
{
    const wks_channel_part *part = c->rules->channel[a->channel].spec->implementation;

    if (part->refused != NULL) part->refused(c->world, &c->rules->channel[a->channel], row);
}

/* ---- answers ------------------------------------------------------------------------------------------------------------------------- */

static inline wks_round_outcome ref_answer(const ref_case *c, const ref_seeker *s, const wks_advert *a, bool is_urgent)
{
    const wks_world *w = c->world;
    const wks_channel_part *channel = c->rules->channel[a->channel].spec->implementation;
    const uint64_t pair = wks_rng_pair_key(s->key, w->unit.key[a->unit_row]);
    bool by_duration = false;
    double logit = c->b->accept_base + ref_utility(c, s, a) - s->stay - 1.5;

    for (int32_t p = 0; p < c->rules->n_order; p++)
        by_duration = by_duration || strcmp(c->rules->order[p].spec->name, "inschrijfduur") == 0;
    if (channel->is_advertised && wks_rng_once(&w->seed, pair, (uint32_t)w->tick, WKS_RNG_ALLOC_NO_SHOW) < c->b->no_show_share)
        return WKS_ROUND_NO_SHOW;
    if (channel->is_advertised && by_duration && ref_ranking(c, a) == WKS_PART_BY_RULES &&
        w->household.registered_month[s->row] != WKS_NO_MONTH) {
        const double ratio = (w->month - w->household.registered_month[s->row]) / w->belief.wait_p50_months;
        logit -= c->b->accept_wait * (ratio < 2.0 ? ratio : 2.0);
    }
    if (!channel->is_advertised || (is_urgent && c->b->urgent_one_offer)) logit += c->b->accept_urgent;
    return wks_rng_once(&w->seed, pair, (uint32_t)w->tick, WKS_RNG_ALLOC_ACCEPT) < 1.0 / (1.0 + wks_math_exp(-logit)) ? WKS_ROUND_ACCEPTED
                                                                                                                      : WKS_ROUND_REFUSED;
}

#endif
