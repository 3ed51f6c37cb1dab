#include "process/landlord.h"

#include <stdlib.h>
#include <string.h>

#include "process/buffer_slots.h"
#include "process/landlord_choice.h"
#include "rules/passend.h"
#include "rules/spreiding_two_rents.h"

/* Lettings a year per social dwelling before anything was seen [S2, S3]. */
static const double PRIOR_TURNOVER = 0.07, HALF_A_CENT = 0.005, BILLION = 1e9;
enum { LARGE_ROOMS = 4, SMALL = 0, LARGE = 1, N_SIZES = 2 };

/* What one owner expects of its homes of one size, a year. */
typedef struct expectation {
    int64_t all, under; /* lettings in units of 1e-9: sums of whole numbers do not depend on the order of rows */
    int32_t n;          /* its homes above the cap, in the list of candidates */
} expectation;

typedef struct candidate {
    wks_landlord_choice_home home;
    int32_t slice; /* owner x size */
} candidate;

typedef struct year {
    wks_tick *tick;
    const wks_landlord_policy *policy;
    const wks_rule_set *rules;
    bool needs_passend;
    double low_share[N_SIZES];
    expectation *expects; /* owner row x size */
    wks_landlord_choice_home *home;
} year;

double wks_landlord_streefhuur(const wks_law *law, double factor, double wws_points)
{
    const double rent = factor * wks_law_wws_rent(law, wws_points);

    return rent < law->rent_limit_eur ? rent : law->rent_limit_eur;
}

double wks_landlord_cap(const wks_law *law, int32_t n_rooms)
{
    return n_rooms >= LARGE_ROOMS ? law->rent_cap_high_eur : law->rent_cap_low_eur;
}

/* Regular social homes: rooms and campus are submarkets of students. */
static bool is_ours(const wks_world *world, int32_t d)
{
    return world->dwelling.key[d] != 0 && world->dwelling.tenure[d] == WKS_TENURE_SOCIAL && world->dwelling.n_units[d] == 1 &&
           world->dwelling.label[d] != WKS_LABEL_CAMPUS;
}

static void fill(const wks_tick *tick, int32_t d)
{
    wks_dwelling_table *dwelling = &tick->world->dwelling;
    const double asked = (double)dwelling->rent_eur[d], cap = wks_landlord_cap(&tick->law, dwelling->rooms[d]);
    const double by_law = wks_landlord_streefhuur(&tick->law, (double)tick->world->complex.rent_factor[dwelling->complex_row[d]],
                                                  (double)dwelling->wws_points[d]);
    const bool at_cap = asked > cap - 2 * HALF_A_CENT && asked < cap + 2 * HALF_A_CENT;

    if (dwelling->streefhuur_eur[d] > 0) return;
    dwelling->streefhuur_eur[d] = at_cap && by_law > cap ? (float)by_law : dwelling->rent_eur[d];
}

void wks_landlord_start(wks_tick *tick)
{
    for (int32_t d = 0; d < tick->world->dwelling.base.n_rows; d++) {
        if (is_ours(tick->world, d)) fill(tick, d);
    }
}

/* ---- counts of the year --------------------------------------------------------------------------------------------------------- */

/* Homes that low incomes could have: let at or under the cap of the size, or at two rents; and whether one of them got it. */
static void count_open(const wks_tick *tick, const wks_rule_set *rules, const wks_letting *letting)
{
    wks_world *world = tick->world;
    const int32_t d = world->unit.dwelling_row[letting->unit_row];
    const bool is_large = world->dwelling.rooms[d] >= LARGE_ROOMS;

    if (!is_ours(world, d)) return;
    if ((double)letting->rent_eur > wks_landlord_cap(&tick->law, world->dwelling.rooms[d]) + HALF_A_CENT &&
        (rules == NULL || !wks_spreiding_two_rents_applies(world, rules, d)))
        return;
    (is_large ? world->owner.open_large : world->owner.open_small)[letting->owner_row]++;
    if (wks_passend_class_of(&tick->law, world, letting->household_row) != WKS_PASSEND_OTHER)
        (is_large ? world->owner.low_large : world->owner.low_small)[letting->owner_row]++;
}

void wks_landlord_take_lettings(wks_tick *tick)
{
    wks_world *world = tick->world;
    const wks_rule_set *rules = wks_part_rules_of(tick->scenario, world->month);

    for (int32_t i = 0; i < world->letting.n; i++) {
        const wks_letting *letting = &world->letting.item[i];
        const double forgone = (double)letting->streefhuur_eur - (double)letting->rent_eur;
        world->complex.n_let[letting->complex_row]++;
        world->complex.n_refused[letting->complex_row] += letting->refusals;
        count_open(tick, rules, letting);
        if (forgone > HALF_A_CENT) world->owner.forgone_eur[letting->owner_row] += 12.0 * forgone;
    }
    for (int32_t u = 0; u < world->unit.base.n_rows; u++) {
        if (world->unit.household_row[u] >= 0 || world->unit.key[u] == 0 || world->unit.lettable_month[u] > world->month) continue;
        const int32_t dwelling = world->unit.dwelling_row[u];
        if (world->dwelling.tenure[dwelling] != WKS_TENURE_SOCIAL) continue;
        world->complex.n_unlet[world->dwelling.complex_row[dwelling]]++;
    }
}

static void learn_turnover(wks_world *world, int32_t c)
{
    wks_complex_table *complex = &world->complex;
    const double old = complex->turnover[c] > 0 ? (double)complex->turnover[c] : PRIOR_TURNOVER;

    complex->turnover[c] = (float)wks_landlord_choice_turnover(old, complex->n_let[c], complex->n_dwellings[c]);
}

static void close_year(wks_world *world)
{
    for (int32_t c = 0; c < world->complex.base.n_rows; c++) {
        if (world->complex.key[c] == 0) continue;
        world->complex.n_let[c] = world->complex.n_unlet[c] = world->complex.n_refused[c] = 0;
    }
    for (int32_t o = 0; o < world->owner.base.n_rows; o++) {
        world->owner.forgone_eur[o] = 0;
        world->owner.open_small[o] = world->owner.open_large[o] = world->owner.low_small[o] = world->owner.low_large[o] = 0;
    }
}

void wks_landlord_year_fixed(wks_tick *tick)
{
    for (int32_t c = 0; c < tick->world->complex.base.n_rows; c++) {
        if (tick->world->complex.key[c] != 0) learn_turnover(tick->world, c);
    }
    close_year(tick->world);
}

/* ---- labels and channels --------------------------------------------------------------------------------------------------------- */

static void drop_label(wks_world *world, uint8_t *drops)
{
    for (int32_t d = 0; d < world->dwelling.base.n_rows; d++) {
        const int32_t c = world->dwelling.complex_row[d];
        if (world->dwelling.key[d] != 0 && drops[c] && world->dwelling.label[d] == world->complex.label[c])
            world->dwelling.label[d] = WKS_LABEL_NONE;
    }
    for (int32_t c = 0; c < world->complex.base.n_rows; c++) {
        if (drops[c]) world->complex.label[c] = WKS_LABEL_NONE;
    }
}

static wks_status decide_complexes(year *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = self->tick->world;
    wks_complex_table *complex = &world->complex;
    const double most = self->policy->lot_refusals;
    uint8_t *drops = wks_tick_buffer(self->tick, WKS_SLOT_FLAG, (size_t)complex->base.n_rows, sizeof *drops);
    bool any = false;

    if (drops == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d complexes", complex->base.n_rows);
    for (int32_t c = 0; c < complex->base.n_rows; c++) {
        drops[c] = 0;
        if (complex->key[c] == 0) continue;
        learn_turnover(world, c);
        const bool is_aged = complex->label[c] == WKS_LABEL_SENIOR || complex->label[c] == WKS_LABEL_JONGEREN;
        drops[c] = is_aged && wks_landlord_choice_is_unlet(complex->n_let[c], complex->n_unlet[c], self->policy->relabel_unlet);
        any = any || drops[c];
        /* Without a letting there is nothing to judge by: it stays as it was. */
        if (complex->n_let[c] > 0) complex->by_lot[c] = most > 0 && complex->n_refused[c] > most * complex->n_let[c];
    }
    if (any) drop_label(world, drops);
out:
    return rc;
}

/* ---- rents ----------------------------------------------------------------------------------------------------------------------- */

/* Low incomes among who looks for a social home now, by size of household: those housed would only tell what the rents allowed. */
static void count_seekers(year *self)
{
    const wks_world *world = self->tick->world;
    int64_t n[N_SIZES] = {0}, n_low[N_SIZES] = {0};

    for (int32_t h = 0; h < world->household.base.n_rows; h++) {
        const uint8_t search = world->household.search[h];
        if (world->household.key[h] == 0 || (search != WKS_SEARCH_SOCIAL && search != WKS_SEARCH_BOTH)) continue;
        const int32_t size = wks_part_persons(world, h) > 2 ? LARGE : SMALL;
        n[size]++;
        n_low[size] += wks_passend_class_of(&self->tick->law, world, h) != WKS_PASSEND_OTHER;
    }
    for (int32_t s = 0; s < N_SIZES; s++)
        self->low_share[s] = n[s] > 0 ? (double)n_low[s] / (double)n[s] : 0.0;
}

static bool has_passend(const wks_rule_set *rules)
{
    for (int32_t f = 0; rules != NULL && f < rules->n_filters; f++) {
        if (strcmp(rules->filter[f].spec->name, "passend") == 0) return true;
    }
    return false;
}

static void ask(year *self, int32_t d, double rent)
{
    wks_world *world = self->tick->world;
    const int32_t unit = world->dwelling.first_unit_row[d];

    world->dwelling.rent_eur[d] = (float)rent;
    if (world->unit.household_row[unit] < 0 && world->unit.n_adverts[unit] < self->policy->patience)
        world->unit.rent_eur[unit] = (float)rent;
}

/* Streefhuur of this year: the landlord's share of the maximum when the policy names one, and within the law. */
static double streefhuur_of(const year *self, int32_t d)
{
    wks_dwelling_table *dwelling = &self->tick->world->dwelling;
    const wks_law *law = &self->tick->law;
    const double points = (double)dwelling->wws_points[d],
                 most = points > 0 ? wks_landlord_streefhuur(law, 1.0, points) : law->rent_limit_eur;

    fill(self->tick, d);
    if (self->policy->streefhuur > 0 && points > 0)
        dwelling->streefhuur_eur[d] = (float)wks_landlord_streefhuur(law, self->policy->streefhuur, points);
    if ((double)dwelling->streefhuur_eur[d] > most) dwelling->streefhuur_eur[d] = (float)most;
    return (double)dwelling->streefhuur_eur[d];
}

/* Expected lettings of a home go to what is under the cap anyway, or it is one that may be capped. */
static int32_t weigh(year *self, int32_t d, candidate *out)
{
    const wks_world *world = self->tick->world;
    const int32_t complex = world->dwelling.complex_row[d], size = world->dwelling.rooms[d] >= LARGE_ROOMS ? LARGE : SMALL;
    const int32_t slice = world->complex.owner_row[complex] * N_SIZES + size;
    const double streefhuur = streefhuur_of(self, d), cap = wks_landlord_cap(&self->tick->law, world->dwelling.rooms[d]);
    const double expected = (double)world->complex.turnover[complex];
    const bool is_under = streefhuur <= cap + HALF_A_CENT;

    const int64_t counted = (int64_t)(expected * BILLION + 0.5);

    self->expects[slice].all += counted;
    ask(self, d, streefhuur);
    if (is_under || (self->rules != NULL && wks_spreiding_two_rents_applies(world, self->rules, d))) {
        self->expects[slice].under += counted;
        return 0;
    }
    self->expects[slice].n++;
    *out = (candidate){{.key = world->dwelling.key[d], .expected = expected, .loss_eur = streefhuur - cap, .row = d}, slice};
    return 1;
}

static int by_slice(const void *left, const void *right)
{
    const candidate *a = left, *b = right;

    if (a->slice != b->slice) return a->slice < b->slice ? -1 : 1;
    return (a->home.key > b->home.key) - (a->home.key < b->home.key);
}

static void cap_homes(year *self, int32_t slice)
{
    const wks_world *world = self->tick->world;
    const int32_t owner = slice / N_SIZES, size = slice % N_SIZES;
    const expectation *expects = &self->expects[slice];
    const int32_t *n_low = size == LARGE ? world->owner.low_large : world->owner.low_small;
    const int32_t *n_open = size == LARGE ? world->owner.open_large : world->owner.open_small;
    const double low_share = self->low_share[size], taken = wks_landlord_choice_taken(low_share, n_low[owner], n_open[owner]);
    const double need =
        wks_landlord_choice_need(self->policy->norm, low_share, taken, (double)expects->all / BILLION, (double)expects->under / BILLION);

    (void)wks_landlord_choice_cap(self->home, expects->n, need);
    for (int32_t i = 0; i < expects->n; i++) {
        const int32_t d = self->home[i].row;
        if (self->home[i].is_capped) ask(self, d, wks_landlord_cap(&self->tick->law, world->dwelling.rooms[d]));
    }
}

static wks_status decide_rents(year *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = self->tick->world;
    const int32_t n_dwellings = world->dwelling.base.n_rows, n_slices = world->owner.base.n_rows * N_SIZES;
    candidate *item = wks_tick_buffer(self->tick, WKS_SLOT_ITEMS, (size_t)n_dwellings, sizeof *item);
    int32_t n = 0;

    self->home = wks_tick_buffer(self->tick, WKS_SLOT_HOMES, (size_t)n_dwellings, sizeof *self->home);
    self->expects = wks_tick_buffer(self->tick, WKS_SLOT_EXPECTS, (size_t)n_slices, sizeof *self->expects);
    if (item == NULL || self->home == NULL || self->expects == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d homes", n_dwellings);
    memset(self->expects, 0, (size_t)n_slices * sizeof *self->expects);
    for (int32_t d = 0; d < n_dwellings; d++) {
        if (is_ours(world, d)) n += weigh(self, d, &item[n]);
    }
    if (!self->needs_passend) goto out;
    if (n > 1) qsort(item, (size_t)n, sizeof *item, by_slice);
    for (int32_t s = 0, at = 0; s < n_slices; at += self->expects[s++].n) {
        for (int32_t i = 0; i < self->expects[s].n; i++)
            self->home[i] = item[at + i].home;
        cap_homes(self, s);
    }
out:
    return rc;
}

wks_status wks_landlord_year(wks_tick *tick, const wks_landlord_policy *policy, wks_err *err)
{
    wks_status rc = WKS_OK;
    year self = {.tick = tick, .policy = policy, .rules = wks_part_rules_of(tick->scenario, tick->world->month)};

    self.needs_passend = has_passend(self.rules);
    count_seekers(&self);
    WKS_TRY(decide_complexes(&self, err));
    WKS_TRY(decide_rents(&self, err));
    close_year(tick->world);
out:
    return rc;
}
