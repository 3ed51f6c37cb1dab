#include "process/demography_balance.h"

#include <string.h>

#include "base/month.h"
#include "num/math.h"
#include "process/demography_couples.h"
#include "process/demography_rates.h"

enum { INFANT = 5 };
enum {
    AGES = WKS_DEMOGRAPHY_AGES,
    ADULT = 18,
    WISH_LAST = 45,  /* children at home beyond this age stay */
    UNITS = 1 << 20, /* shares are added up as whole numbers */
    MIN_AT_RISK = 50 /* fewer tell nothing of a rate */
};
static const double PAIRED = 0.9;    /* of those who look for a partner, who finds one: what the pairing settles at */
static const double EX_STAYS = 0.75; /* of those who leave an ex-partner, who stays in the city (process departures) */

/* Probabilities a year by age: a power each, so once for all persons. */
typedef struct wks_demography_balance_yearly {
    double dies[2][2][AGES];   /* by sex, in care */
    double cares[2][AGES];     /* by partner at home */
    double leaves[2][2][AGES]; /* dies or goes into care: by sex, partner at home */
} yearly_table;

typedef struct wks_demography_balance_pass {
    const wks_world *world;
    const wks_demography_rates *rate;
    yearly_table of_year;
    double couple_parent, separate;
    double leave_home[AGES];             /* children at home, a year */
    double parents[WKS_BALANCE_COUPLES]; /* of those who look for a partner, the share that has children */
    int64_t change[WKS_N_HOUSEHOLD_TYPES][WKS_BALANCE_BANDS];
    int64_t of_age[WKS_N_HOUSEHOLD_TYPES][AGES]; /* households by age of the oldest */
    int64_t persons[WKS_BALANCE_CLASSES];        /* residents: births, deaths, growing older, and who leaves after a separation */
} pass;

static int32_t age_of(const wks_world *world, int32_t birth_month)
{
    const int32_t age = wks_month_age(birth_month, world->month);
    return age < 0 ? 0 : age < AGES ? age : AGES - 1;
}

static bool is_resident(const wks_world *world, int32_t i)
{
    const wks_place place = (wks_place)world->household.place[i];
    return world->household.key[i] != 0 && place != WKS_PLACE_OUTSIDE && place != WKS_PLACE_COA;
}

/* A household of its own: latent units at their parents or with an ex-partner count with those. */
static bool is_counted(const wks_world *world, int32_t i)
{
    const wks_place place = (wks_place)world->household.place[i];
    return is_resident(world, i) && place != WKS_PLACE_AT_PARENTS && place != WKS_PLACE_EX_PARTNER;
}

static double yearly(double monthly)
{
    return monthly >= 1 ? 1 : 1 - wks_math_pow(1 - monthly, 12); /* factors may bring what is added up above 1 */
}

static void make_yearly(const wks_demography_rates *rate, yearly_table *out)
{
    for (int32_t yes = 0; yes < 2; yes++) {
        for (int32_t age = 0; age < AGES; age++) {
            const double care = rate->care_old[age] * (yes ? rate->care_partner : 1);
            out->cares[yes][age] = yearly(care);
            for (int32_t sex = 0; sex < 2; sex++) {
                out->dies[sex][yes][age] = yearly(rate->death[sex][age] * (yes ? rate->death_care : 1));
                out->leaves[sex][yes][age] = yearly(rate->death[sex][age] + care);
            }
        }
    }
}

/* --- levels ------------------------------------------------------------------------------------------------------------- */

/* Older children at home when this one was born, as far as they still live there: who left since is missed. */
static int32_t parity_of(const wks_world *world, int32_t home, int32_t child)
{
    const wks_person_table *person = &world->person;
    int32_t older = world->household.n_home_children[home];

    for (int32_t m = world->household.first_person_row[home]; m >= 0; m = person->next_row[m])
        older += person->role[m] == WKS_ROLE_CHILD &&
                 (person->birth_month[m] < person->birth_month[child] ||
                  (person->birth_month[m] == person->birth_month[child] && person->key[m] < person->key[child]));
    return older < WKS_BALANCE_PARITIES ? older : WKS_BALANCE_PARITIES - 1;
}

/* Births and places in care as the population tells them, over what the rates give: sums in units, which do not depend on the order of rows. */
static void set_levels(wks_world *world, const wks_settings *settings)
{
    const wks_person_table *person = &world->person;
    const wks_household_table *household = &world->household;
    wks_demography_rates rate;
    yearly_table of_year;
    int64_t infants[WKS_BALANCE_PARITIES] = {0}, births[WKS_BALANCE_PARITIES] = {0}, in_care = 0, leave_care = 0;

    memset(world->balance.birth, 0, sizeof world->balance.birth);
    world->balance.care = 0;
    wks_demography_rates_make(world, settings, &rate);
    make_yearly(&rate, &of_year);
    for (int32_t i = 0; i < person->base.n_rows; i++) {
        if (person->key[i] == 0) continue;
        const int32_t age = age_of(world, person->birth_month[i]), home = person->household_row[i];
        if (home < 0) {
            if (age >= 70) leave_care += (int64_t)(UNITS * of_year.dies[person->sex[i]][1][age]);
            continue;
        }
        if (!is_resident(world, home)) continue;
        if (age < INFANT && person->role[i] == WKS_ROLE_CHILD) infants[parity_of(world, home, i)]++;
        if (person->role[i] > WKS_ROLE_PARTNER) continue;
        const bool has_partner = household->has_partner[home] != 0;
        const int32_t n_children = household->n_children[home] + household->n_home_children[home];
        if (person->sex[i] == WKS_SEX_WOMAN)
            births[n_children < WKS_BALANCE_PARITIES ? n_children : WKS_BALANCE_PARITIES - 1] +=
                (int64_t)(UNITS * 12 * rate.birth[age] * wks_demography_rates_birth_factor(&rate, has_partner, n_children));
        in_care += (int64_t)(UNITS * of_year.cares[has_partner][age]);
    }
    for (int32_t k = 0; k < WKS_BALANCE_PARITIES; k++) {
        if (births[k] > 0) world->balance.birth[k] = wks_math_clamp((double)infants[k] / INFANT * UNITS / (double)births[k], 0.2, 4);
    }
    if (in_care > 0) world->balance.care = wks_math_clamp((double)leave_care / (double)in_care, 0.2, 3);
}

/* --- partners ----------------------------------------------------------------------------------------------------------- */

/* Persons by age who have a partner, and who may look for one. */
typedef struct wks_demography_balance_stock {
    int64_t paired[AGES], single[AGES], parent[AGES], all[AGES];
} stock;

static void count_stock(const wks_world *world, stock *out)
{
    const wks_person_table *person = &world->person;
    const wks_household_table *household = &world->household;

    memset(out, 0, sizeof *out);
    for (int32_t i = 0; i < person->base.n_rows; i++) {
        const int32_t home = person->key[i] == 0 ? WKS_NONE : person->household_row[i];
        if (home < 0 || !is_resident(world, home)) continue;
        const int32_t own =
            age_of(world, person->birth_month[i]) + (person->sex[i] == WKS_SEX_WOMAN ? WKS_DEMOGRAPHY_COUPLES_WOMAN_YEARS : 0);
        const int32_t age = own < AGES ? own : AGES - 1;
        out->all[age]++;
        if (person->role[i] > WKS_ROLE_PARTNER) continue;
        if (household->has_partner[home]) {
            out->paired[age]++;
        } else if (household->n_adults[home] == 1 && !household->is_student[home]) {
            if (household->n_children[home] > 0) {
                out->parent[age]++;
            } else {
                out->single[age]++;
            }
        }
    }
}

static double share_paired(const stock *of, int32_t age)
{
    const int32_t reach = age < 40 ? 1 : 2;
    int64_t paired = 0, all = 0;
    for (int32_t a = age - reach; a < age + reach; a++) {
        paired += of->paired[a];
        all += of->all[a];
    }
    return all > 0 ? (double)paired / (double)all : 0;
}

/* Hazard of looking for a partner by age that, with separations and deaths, keeps the share of each age that has one: a synthetic cohort that lives
 * through the ages of today. */
static void set_couples(wks_world *world, const wks_demography_rates *rate, const wks_settings *settings)
{
    const double *p = settings->value;
    stock of;

    count_stock(world, &of);
    for (int32_t band = 0; band < WKS_BALANCE_COUPLES; band++) {
        const int32_t from = band == 0 ? ADULT : 15 + 5 * band, until = 20 + 5 * band;
        double lost = 0, looking = 0, all = 0;
        for (int32_t a = from; a < until; a++) {
            const double ends = (a < 60 ? 1 : 0.25) * p[WKS_DEMOGRAPHY_P_SEPARATE] + yearly(rate->death[WKS_SEX_MAN][a]) / 2 +
                                yearly(rate->death[WKS_SEX_WOMAN][a]) / 2;
            lost += ends * (double)of.paired[a];
            looking += (double)of.single[a] + p[WKS_DEMOGRAPHY_P_COUPLE_PARENT] * (double)of.parent[a];
            all += (double)of.all[a];
        }
        const double rise = (share_paired(&of, until) - (band == 0 ? 0 : share_paired(&of, from))) / (until - from) * all;
        world->balance.couple[band] = looking > MIN_AT_RISK ? wks_math_clamp((rise + lost) / looking / PAIRED, 0.002, 0.5) : 0;
    }
}

static void set_parents(pass *self)
{
    stock of;

    count_stock(self->world, &of);
    for (int32_t band = 0; band < WKS_BALANCE_COUPLES; band++) {
        const int32_t from = band == 0 ? ADULT : 15 + 5 * band, until = 20 + 5 * band;
        double parents = 0, all = 0;
        for (int32_t a = from; a < until; a++) {
            parents += self->couple_parent * (double)of.parent[a];
            all += self->couple_parent * (double)of.parent[a] + (double)of.single[a];
        }
        self->parents[band] = all > 0 ? parents / all : 0;
    }
}

/* --- what life alone changes ---------------------------------------------------------------------------------------------- */

static void add(pass *self, wks_household_type type, int32_t age, double n)
{
    self->change[type][wks_balance_band(age)] += (int64_t)(UNITS * n);
}

/* Children at home by age fall as they leave: what a year of leaving is in a population that stays as it is. */
static void set_leave_home(pass *self)
{
    const wks_person_table *person = &self->world->person;
    const wks_household_table *household = &self->world->household;
    int64_t home_at[AGES] = {0};

    for (int32_t i = 0; i < person->base.n_rows; i++) {
        const int32_t home = person->key[i] == 0 ? WKS_NONE : person->household_row[i];
        if (home < 0 || (person->role[i] != WKS_ROLE_CHILD && household->place[home] != WKS_PLACE_AT_PARENTS)) continue;
        home_at[age_of(self->world, person->birth_month[i])]++;
    }
    for (int32_t a = ADULT - 1; a <= WISH_LAST; a++) {
        const double before = (double)(home_at[a - 1] + home_at[a]), after = (double)(home_at[a + 1] + home_at[a + 2]);
        self->leave_home[a] = before > 0 ? wks_math_clamp((before - after) / 2 / before, 0, 0.6) : 0;
    }
}

static void lose_child(pass *self, int32_t i, int32_t age, int32_t child_age, wks_household_type type)
{
    const wks_household_table *household = &self->world->household;
    const double leaves = self->leave_home[child_age];

    if (leaves <= 0) return;
    add(self, WKS_HOUSEHOLD_SINGLE, child_age, leaves);
    if (household->n_children[i] + household->n_home_children[i] > 1) return;
    if (type == WKS_HOUSEHOLD_COUPLE_CHILDREN) {
        add(self, type, age, -leaves);
        add(self, WKS_HOUSEHOLD_COUPLE, age, leaves);
    } else if (type == WKS_HOUSEHOLD_SINGLE_PARENT) {
        add(self, type, age, -leaves);
        add(self, WKS_HOUSEHOLD_SINGLE, age, leaves);
    }
}

static void lose_adult(pass *self, int32_t age, wks_household_type type, double chance)
{
    add(self, type, age, -chance);
    if (type == WKS_HOUSEHOLD_COUPLE) add(self, WKS_HOUSEHOLD_SINGLE, age, chance);
    if (type == WKS_HOUSEHOLD_COUPLE_CHILDREN) add(self, WKS_HOUSEHOLD_SINGLE_PARENT, age, chance);
}

static void look_at_member(pass *self, int32_t i, int32_t m, int32_t age, wks_household_type type)
{
    const wks_world *world = self->world;
    const wks_demography_rates *rate = self->rate;
    const wks_household_table *household = &world->household;
    const int32_t own = age_of(world, world->person.birth_month[m]);
    const bool has_partner = household->has_partner[i] != 0;

    if (world->person.role[m] == WKS_ROLE_CHILD) lose_child(self, i, age, own, type);
    if (world->person.role[m] > WKS_ROLE_PARTNER) return;
    if (type != WKS_HOUSEHOLD_OTHER) lose_adult(self, age, type, self->of_year.leaves[world->person.sex[m]][has_partner][own]);
    if (world->person.sex[m] != WKS_SEX_WOMAN) return;
    const int32_t n_children = household->n_children[i] + household->n_home_children[i];
    const double birth = n_children > 0 ? 0 : 12 * rate->birth[own] * wks_demography_rates_birth_factor(rate, has_partner, 0);
    if (birth <= 0 || type == WKS_HOUSEHOLD_OTHER) return;
    add(self, type, age, -birth);
    add(self, has_partner ? WKS_HOUSEHOLD_COUPLE_CHILDREN : WKS_HOUSEHOLD_SINGLE_PARENT, age, birth);
}

static void look_at_partners(pass *self, int32_t i, int32_t age, wks_household_type type)
{
    const wks_household_table *household = &self->world->household;
    const bool is_parent = household->n_children[i] > 0;

    if (household->has_partner[i]) {
        const double ends = (age < 60 ? 1 : 0.25) * self->separate;
        if (type == WKS_HOUSEHOLD_OTHER) return;
        add(self, type, age, -ends);
        add(self, type == WKS_HOUSEHOLD_COUPLE ? WKS_HOUSEHOLD_SINGLE : WKS_HOUSEHOLD_SINGLE_PARENT, age, ends);
        add(self, WKS_HOUSEHOLD_SINGLE, age, EX_STAYS * ends);
        self->persons[wks_balance_class(age)] -= (int64_t)(UNITS * (1 - EX_STAYS) * ends);
        return;
    }
    const int32_t band = wks_balance_couple_band(age);
    if (household->n_adults[i] != 1 || household->is_student[i] || band < 0) return;
    const double found = PAIRED * self->world->balance.couple[band] * (is_parent ? self->couple_parent : 1);
    if (is_counted(self->world, i)) add(self, type, age, -found);
    add(self, WKS_HOUSEHOLD_COUPLE_CHILDREN, age, found / 2 * (is_parent ? 1 : self->parents[band]));
    if (!is_parent) add(self, WKS_HOUSEHOLD_COUPLE, age, found / 2 * (1 - self->parents[band]));
}

static void look_at_household(pass *self, int32_t i)
{
    const wks_world *world = self->world;
    const wks_household_table *household = &world->household;
    const int32_t age = age_of(world, household->head_birth_month[i]);
    const wks_household_type type = wks_household_type_of(household, i);

    look_at_partners(self, i, age, type);
    if (!is_counted(world, i)) return;
    self->of_age[type][age]++;
    for (int32_t m = household->first_person_row[i]; m >= 0; m = world->person.next_row[m])
        look_at_member(self, i, m, age, type);
    for (int32_t g = wks_rare_i32(&household->first_guest_row, i); g >= 0; g = wks_rare_i32(&household->next_guest_row, g)) {
        if (household->place[g] == WKS_PLACE_AT_PARENTS) lose_child(self, i, age, age_of(world, household->head_birth_month[g]), type);
    }
}

/* Households that grow out of a band and into the next in a year: those at the border, over four years of age (two between narrow bands). */
static void grow_older(pass *self)
{
    for (int32_t band = 1; band < WKS_BALANCE_BANDS; band++) {
        const int32_t border = wks_balance_age(band), reach = border < 25 ? 1 : 2;
        for (int32_t type = 0; type < WKS_N_HOUSEHOLD_TYPES; type++) {
            int64_t n = 0;
            for (int32_t a = border - reach; a < border + reach; a++)
                n += self->of_age[type][a];
            self->change[type][band - 1] -= n * UNITS / (2 * reach);
            self->change[type][band] += n * UNITS / (2 * reach);
        }
    }
}

/* Residents in all, in institutions too. */
static void look_at_persons(pass *self)
{
    static const int32_t border[WKS_BALANCE_CLASSES] = {0, 15, 25, 45, 65};
    const wks_world *world = self->world;
    const wks_person_table *person = &world->person;
    const wks_household_table *household = &world->household;
    int64_t of_age[AGES] = {0};

    for (int32_t i = 0; i < person->base.n_rows; i++) {
        const int32_t home = person->key[i] == 0 ? WKS_NONE : person->household_row[i];
        if (person->key[i] == 0 || (home >= 0 && !is_resident(world, home))) continue;
        const int32_t age = age_of(world, person->birth_month[i]);
        of_age[age]++;
        self->persons[wks_balance_class(age)] -= (int64_t)(UNITS * self->of_year.dies[person->sex[i]][home < 0][age]);
        if (home < 0 || person->sex[i] != WKS_SEX_WOMAN || person->role[i] > WKS_ROLE_PARTNER) continue;
        const int32_t n_children = household->n_children[home] + household->n_home_children[home];
        self->persons[0] += (int64_t)(UNITS * 12 * self->rate->birth[age] *
                                      wks_demography_rates_birth_factor(self->rate, household->has_partner[home] != 0, n_children));
    }
    for (int32_t k = 1; k < WKS_BALANCE_CLASSES; k++) {
        int64_t n = 0;
        for (int32_t a = border[k] - 2; a < border[k] + 2; a++)
            n += of_age[a];
        self->persons[k - 1] -= n * UNITS / 4;
        self->persons[k] += n * UNITS / 4;
    }
}

wks_status wks_demography_balance_start(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_world *world = tick->world;
    wks_demography_rates rate;
    pass self = {.world = world, .rate = &rate};

    (void)err;
    set_levels(world, settings);
    wks_demography_rates_make(world, settings, &rate);
    make_yearly(&rate, &self.of_year);
    set_couples(world, &rate, settings);
    self.separate = settings->value[WKS_DEMOGRAPHY_P_SEPARATE];
    self.couple_parent = settings->value[WKS_DEMOGRAPHY_P_COUPLE_PARENT];
    set_parents(&self);
    set_leave_home(&self);
    for (int32_t i = 0; i < world->household.base.n_rows; i++) {
        if (is_resident(world, i)) look_at_household(&self, i);
    }
    grow_older(&self);
    look_at_persons(&self);
    for (int32_t k = 0; k < WKS_BALANCE_CLASSES; k++)
        world->balance.persons[k] = (double)self.persons[k] / UNITS;
    for (int32_t type = 0; type < WKS_N_HOUSEHOLD_TYPES; type++) {
        for (int32_t band = 0; band < WKS_BALANCE_BANDS; band++)
            world->balance.change[type][band] = (double)self.change[type][band] / UNITS;
    }
    return WKS_OK;
}
