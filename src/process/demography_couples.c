#include "process/demography_couples.h"

#include <stdlib.h>
#include <string.h>

#include "base/month.h"
#include "base/par.h"
#include "num/math.h"
#include "process/buffer_slots.h"
#include "process/profile_income.h"
#include "process/sieve.h"
#include "process/tick_list.h"
#include "world/relations.h"

enum { LOOKING = 1, SEPARATING = 2, BAND_YEARS = 4, OLDEST = 75 };

typedef struct wks_couples_pass {
    const wks_world *world;
    uint8_t *flag;
    double look[2][WKS_BALANCE_COUPLES], separate[2]; /* monthly: without and with children at home, by age band */
    uint32_t last_look, last_split;                   /* bounds of all those chances (sieve.h) */
} pass;

static bool may_pair(const wks_world *world, int32_t i)
{
    const wks_household_table *household = &world->household;
    return household->n_adults[i] == 1 && household->place[i] != WKS_PLACE_OUTSIDE && household->place[i] != WKS_PLACE_COA;
}

static int32_t member_with_role(const wks_world *world, int32_t household_row, wks_role role)
{
    int32_t i = world->household.first_person_row[household_row];
    while (i >= 0 && world->person.role[i] != role)
        i = world->person.next_row[i];
    return i;
}

/* Age at which a single stands among those who look. */
static int32_t pair_age(const wks_world *world, int32_t i, int32_t age)
{
    const int32_t head = member_with_role(world, i, WKS_ROLE_HEAD);
    return head >= 0 && world->person.sex[head] == WKS_SEX_WOMAN ? age + WKS_DEMOGRAPHY_COUPLES_WOMAN_YEARS : age;
}

static uint8_t event_of(const pass *self, int32_t i)
{
    const wks_world *world = self->world;
    const wks_household_table *household = &world->household;
    const int32_t age = wks_month_age(household->head_birth_month[i], world->month);

    if (household->has_partner[i]) {
        const double u = wks_rng_once(&world->seed, household->key[i], (uint32_t)world->tick, WKS_RNG_COUPLE_SPLIT);
        return household->place[i] != WKS_PLACE_OUTSIDE && u < self->separate[age < 60 ? 0 : 1] ? SEPARATING : 0;
    }
    /* Who studies moves in with a partner later. */
    if (age < 18 || age >= OLDEST || household->is_student[i] || !may_pair(world, i)) return 0;
    const double u = wks_rng_once(&world->seed, household->key[i], (uint32_t)world->tick, WKS_RNG_COUPLE_FORM);
    const int32_t band = wks_balance_couple_band(pair_age(world, i, age));
    return band >= 0 && u < self->look[household->n_children[i] > 0][band] ? LOOKING : 0;
}

/* Rows of one kind (with a partner, alone) whose draws are made together. */
typedef struct wks_couples_batch {
    uint64_t key[WKS_SIEVE_ROWS];
    int32_t row[WKS_SIEVE_ROWS];
    int32_t n;
} batch;

static void batch_add(batch *of, uint64_t key, int32_t row, bool belongs)
{
    of->key[of->n] = key;
    of->row[of->n] = row;
    of->n += belongs;
}

/* Few separate or look in a month, whatever their age: the draw comes first, and only who falls below the bound is looked at. */
static void sift(const pass *self, const batch *of, wks_rng_purpose purpose, uint32_t last)
{
    const wks_world *world = self->world;
    uint32_t high[WKS_SIEVE_ROWS];
    uint32_t *const out[4] = {NULL, high, NULL, NULL};

    wks_rng_rows(&world->seed, of->key, of->n, (uint32_t)world->tick, purpose, out);
    for (int32_t k = 0; k < of->n; k++) {
        if (high[k] <= last && of->key[k] != 0) self->flag[of->row[k]] = event_of(self, of->row[k]);
    }
}

static void look_at_households(int64_t begin, int64_t end, int64_t block, void *context)
{
    const pass *self = context;
    const wks_household_table *household = &self->world->household;
    batch pairs, alone;

    (void)block;
    memset(&self->flag[begin], 0, (size_t)(end - begin));
    for (int64_t first = begin; first < end; first += WKS_SIEVE_ROWS) {
        const int64_t after = end - first < WKS_SIEVE_ROWS ? end : first + WKS_SIEVE_ROWS;
        pairs.n = alone.n = 0;
        for (int64_t i = first; i < after; i++) {
            const bool is_pair = household->has_partner[i] != 0;
            batch_add(&pairs, household->key[i], (int32_t)i, is_pair);
            batch_add(&alone, household->key[i], (int32_t)i, !is_pair & (household->n_adults[i] == 1) & (household->is_student[i] == 0));
        }
        sift(self, &pairs, WKS_RNG_COUPLE_SPLIT, self->last_split);
        sift(self, &alone, WKS_RNG_COUPLE_FORM, self->last_look);
    }
}

static wks_status separate_one(wks_world *world, int32_t row, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_household_table *household = &world->household;
    wks_rng rng = wks_rng_open(&world->seed, household->key[row], (uint32_t)world->tick, WKS_RNG_CHILD_KEY);
    const double u_who = wks_rng_u01(&rng);
    const double u_share = wks_rng_u01(&rng);
    const int32_t head = member_with_role(world, row, WKS_ROLE_HEAD);
    const int32_t partner = member_with_role(world, row, WKS_ROLE_PARTNER);
    int32_t leaver = WKS_NONE, fresh = WKS_NONE;

    if (head < 0 || partner < 0) return WKS_OK;
    /* The mother stays with the children in most cases (assumption: three out of four); without children it is a toss. */
    const int32_t man = world->person.sex[head] == WKS_SEX_MAN ? head : partner;
    const int32_t other = man == head ? partner : head;
    leaver = u_who < (household->n_children[row] > 0 ? 0.75 : 0.5) ? man : other;
    const uint64_t key = wks_rng_child_key(world->person.key[leaver], (uint32_t)world->tick, WKS_RNG_COUPLE_SPLIT, 0);
    const wks_place place = household->place[row] == WKS_PLACE_HOUSED ? WKS_PLACE_EX_PARTNER : (wks_place)household->place[row];
    const int32_t host = household->place[row] == WKS_PLACE_HOUSED ? row : household->host_row[row];
    const float income = household->income_eur[row], equity = household->equity_eur[row];
    /* Two incomes again: together 2 / WKS_PROFILE_INCOME_COUPLE of the one they shared, 35 to 65 % each (assumption). */
    const float share = (float)(0.35 + 0.3 * u_share), both = (float)(2 / WKS_PROFILE_INCOME_COUPLE);

    WKS_TRY(wks_relations_split(world, row, &leaver, 1, key, place, host, &fresh, err));
    household = &world->household; /* the table may have grown */
    household->income_eur[fresh] = share * both * income;
    household->income_eur[row] = (1 - share) * both * income;
    household->equity_eur[fresh] = 0.5f * equity;
    household->equity_eur[row] = 0.5f * equity;
    household->income_source[fresh] = household->income_source[row];
    household->spell_month[fresh] = household->spell_month[row];
    household->is_distant[fresh] = household->is_distant[row];
    if (place == WKS_PLACE_COA) household->referral[fresh] = household->referral[row];
    household->is_student[fresh] = world->person.is_student[leaver];
    /* Traits are the household's; each of the two keeps a mild intellectual disability or debt, the rest stays with who had it by a toss. */
    household->vulnerability[fresh] = household->vulnerability[row] & (WKS_VULNERABLE_LVB | WKS_VULNERABLE_DEBT);
out:
    return rc;
}

/* Which of two households the pair lives in: a unit before none, the larger dwelling, then the smaller key. */
static bool first_has_home(const wks_world *world, int32_t a, int32_t b)
{
    const wks_household_table *household = &world->household;
    const bool home_a = household->unit_row[a] >= 0, home_b = household->unit_row[b] >= 0;
    if (home_a != home_b) return home_a;
    if (home_a) {
        const int32_t rooms_a = world->unit.kind[household->unit_row[a]] == WKS_UNIT_ROOM
                                    ? 1
                                    : world->dwelling.rooms[world->unit.dwelling_row[household->unit_row[a]]];
        const int32_t rooms_b = world->unit.kind[household->unit_row[b]] == WKS_UNIT_ROOM
                                    ? 1
                                    : world->dwelling.rooms[world->unit.dwelling_row[household->unit_row[b]]];
        if (rooms_a != rooms_b) return rooms_a > rooms_b;
    }
    return household->key[a] < household->key[b];
}

static wks_status pair_up(wks_world *world, int32_t a, int32_t b, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_household_table *household = &world->household;
    const int32_t into = first_has_home(world, a, b) ? a : b;
    const int32_t from = into == a ? b : a;

    /* One of two who stay with the other cannot be host and guest of a couple at once: relations settles it. */
    household->income_eur[into] =
        (float)((double)(household->income_eur[into] + household->income_eur[from]) * WKS_PROFILE_INCOME_COUPLE / 2);
    household->equity_eur[into] += household->equity_eur[from];
    if (household->income_source[from] == WKS_INCOME_WORK) household->income_source[into] = WKS_INCOME_WORK;
    /* Distance from work goes to two in a separation and comes from one of two here, by a toss of keys: couples neither make nor end it. */
    if (wks_rng_child_key(household->key[into] ^ household->key[from], (uint32_t)world->tick, WKS_RNG_COUPLE_FORM, 0) % 2 == 0)
        household->is_distant[into] = household->is_distant[from];
    household->is_student[into] = household->is_student[into] && household->is_student[from];
    household->vulnerability[into] |= household->vulnerability[from];
    if (household->search_month[into] == WKS_NO_MONTH) household->search_month[into] = household->search_month[from];
    WKS_TRY(wks_relations_merge(world, from, into, err));
out:
    return rc;
}

typedef struct wks_couples_single {
    int32_t band;
    uint64_t order; /* hash of the key: neighbours have nothing else in common */
    uint64_t key;
    int32_t row;
    uint8_t sex;
} single;

static int by_band(const void *left, const void *right)
{
    const single *a = left, *b = right;
    if (a->band != b->band) return a->band < b->band ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

/* Weight of the edge between neighbours i and i+1; 2 when they cannot pair. */
static double edge(const wks_world *world, const single *a, const single *b)
{
    if (a->band != b->band || a->row < 0 || b->row < 0) return 2;
    const double u = wks_rng_once(&world->seed, wks_rng_pair_key(a->key, b->key), (uint32_t)world->tick, WKS_RNG_COUPLE_FORM);
    /* Same sex: a few couples in a hundred (assumption: one edge in thirty may pair, after those of a man and a woman). */
    if (a->sex == b->sex) return u < 1.0 / 30 ? 1 + u : 2;
    return u;
}

/* One pass over who is left, in order: neighbours pair, the smallest edge first. Moves who stays behind to the front and returns how many. */
static wks_status pair_neighbours(wks_world *world, single *item, double *weight, int32_t n, int32_t *out_left, wks_err *err)
{
    wks_status rc = WKS_OK;
    bool changed = true;
    int32_t left = 0;

    for (int32_t i = 0; i < n; i++)
        weight[i] = i + 1 < n ? edge(world, &item[i], &item[i + 1]) : 2;
    while (changed) {
        changed = false;
        for (int32_t i = 0; i + 1 < n; i++) {
            const double before = i > 0 ? weight[i - 1] : 2;
            if (weight[i] >= 2 || weight[i] > before || weight[i] > weight[i + 1]) continue;
            const int32_t a = item[i].row, b = item[i + 1].row;
            if (world->household.key[a] == item[i].key && world->household.key[b] == item[i + 1].key && may_pair(world, a) &&
                may_pair(world, b)) {
                WKS_TRY(pair_up(world, a, b, err));
            }
            item[i].row = item[i + 1].row = WKS_NONE;
            weight[i] = weight[i + 1] = 2;
            if (i > 0) weight[i - 1] = 2;
            changed = true;
        }
    }
    for (int32_t i = 0; i < n; i++) {
        if (item[i].row >= 0) item[left++] = item[i];
    }
    *out_left = left;
out:
    return rc;
}

/* Passes until nobody finds anybody any more: first inside bands of four years, then across the borders of those. */
static wks_status pair_singles(wks_tick *tick, single *item, int32_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    double *weight = wks_tick_buffer(tick, WKS_SLOT_EDGES, (size_t)n + 1, sizeof *weight);
    int32_t before;

    if (weight == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d singles", n);
    qsort(item, (size_t)n, sizeof *item, by_band);
    for (int32_t width = 1; width <= 2; width++) {
        for (int32_t i = 0; width > 1 && i < n; i++)
            item[i].band /= width;
        do {
            before = n;
            WKS_TRY(pair_neighbours(tick->world, item, weight, before, &n, err));
        } while (n < before);
    }
out:
    return rc;
}

/* Looking for a partner, a year: what the city's balance says, else a national guess by age (18, 30, 45, 60): assumption. */
static double yearly_look(const wks_world *world, int32_t band)
{
    static const double yearly[4] = {0.28, 0.18, 0.065, 0.02};
    const double own = world->balance.couple[band];

    return own > 0 ? own : yearly[band < 3 ? 0 : band < 6 ? 1 : band < 9 ? 2 : 3];
}

wks_status wks_demography_couples(wks_tick *tick, double level, double parent, double separate, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const int32_t n = world->household.base.n_rows;
    pass self = {.world = world, .flag = wks_tick_buffer(tick, WKS_SLOT_FLAG, (size_t)n, 1)};
    wks_tick_item *item = NULL;
    int32_t n_items = 0, n_singles = 0;
    double most_look = 0;

    if (self.flag == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d households", n);
    for (int32_t band = 0; band < WKS_BALANCE_COUPLES; band++) {
        const double look = level * yearly_look(world, band);
        self.look[0][band] = wks_math_monthly(wks_math_clamp(look, 0, 0.99));
        self.look[1][band] = wks_math_monthly(wks_math_clamp(parent * look, 0, 0.99));
        for (int32_t children = 0; children < 2; children++)
            most_look = self.look[children][band] > most_look ? self.look[children][band] : most_look;
    }
    /* Separating is four times rarer over 60: assumption. */
    self.separate[0] = wks_math_monthly(separate);
    self.separate[1] = wks_math_monthly(0.25 * separate);
    self.last_look = wks_sieve_last(most_look);
    self.last_split = wks_sieve_last(self.separate[0]);
    wks_par_for(n, 0, world->threads, look_at_households, &self);
    WKS_TRY(wks_tick_list_flags(tick, WKS_SLOT_ITEMS, self.flag, world->household.key, n, &item, &n_items, err));
    single *singles = wks_tick_buffer(tick, WKS_SLOT_COUPLES, (size_t)n_items, sizeof *singles);
    if (singles == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d singles", n_items);
    for (int32_t i = 0; i < n_items; i++) {
        const int32_t row = item[i].row;
        if (item[i].kind == SEPARATING) {
            WKS_TRY(separate_one(world, row, err));
            continue;
        }
        const int32_t adult = member_with_role(world, row, WKS_ROLE_HEAD);
        if (adult < 0) continue;
        const int32_t age = pair_age(world, row, wks_month_age(world->household.head_birth_month[row], world->month));
        singles[n_singles++] = (single){age / BAND_YEARS, wks_rng_child_key(item[i].key, 0, WKS_RNG_COUPLE_FORM, 0), item[i].key, row,
                                        world->person.sex[adult]};
    }
    WKS_TRY(pair_singles(tick, singles, n_singles, err));
out:
    return rc;
}
