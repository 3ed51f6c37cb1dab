#include "process/arrivals_balance.h"

#include <string.h>

#include "base/month.h"
#include "num/math.h"

enum { TYPES = WKS_N_HOUSEHOLD_TYPES, BANDS = WKS_BALANCE_BANDS };

/* Moves to and from other gemeenten relative to others of the age: families over shorter distances, who lives alone over longer ones (assumption). */
static const double of_type[TYPES] = {1.15, 1, 0.65, 0.75, 0.8};
static const double adults_of_type[TYPES] = {1, 2, 2, 1, 2};
/* At least this part of the moves of a cell goes on in each direction, however one-sided its balance is: assumption. */
static const double LEAST = 0.15;
static const double OTHERS_FIND = 0.6; /* of who comes from abroad, who finds a home: what the model settles at */
/* End of study a year by band, who leaves then, and who studies without having come for it: as livelihood, departures and demography have it. */
static const double graduates[BANDS] = {0.044, 0.13, 0.39, 0.58, 0.66, 0.66, 0.66, 0.66, 0.66, 0.66, 0.66, 0.66, 0.66, 0.66, 0.66};
/* Leaving from the parents' home, relative to the table, and from a host's, a year: as search and departures have it. */
static const double AT_PARENTS = 0.5, HOSTED = 0.047;
static const double GRADUATES_LEAVE = 0.55, LOCAL_STUDENTS = 0.3;

typedef struct wks_arrivals_balance_cells {
    double students; /* who end their study in a year */
    double stock[TYPES][BANDS], members[TYPES][BANDS][WKS_BALANCE_CLASSES], net[TYPES][BANDS], moves[TYPES][BANDS], other_in[TYPES][BANDS],
        other_out[TYPES][BANDS];
    double leaving[WKS_BALANCE_CLASSES]; /* persons who leave from their parents' home or a host's */
} cells;

static int32_t age_of(const wks_world *world, int32_t i)
{
    const int32_t age = wks_month_age(world->household.head_birth_month[i], world->month);
    return age < 0 ? 0 : age > 120 ? 120 : age;
}

static bool is_counted(const wks_world *world, int32_t i)
{
    const wks_place place = (wks_place)world->household.place[i];
    return world->household.key[i] != 0 && (place == WKS_PLACE_HOUSED || place == WKS_PLACE_HOSTED || place == WKS_PLACE_SHELTER);
}

/* --- examples ----------------------------------------------------------------------------------------------------------- */

static void describe(const wks_world *world, int32_t i, wks_balance_donor *out)
{
    const wks_household_table *household = &world->household;
    const wks_person_table *person = &world->person;

    out->income_eur = household->income_eur[i];
    out->equity_eur = household->equity_eur[i];
    out->source = household->income_source[i];
    out->origin = household->origin[i];
    out->is_distant = household->is_distant[i];
    out->is_owner = wks_world_tenure_of(world, i) == WKS_TENURE_OWNER;
    out->n_members = 0;
    for (int32_t role = WKS_ROLE_HEAD; role <= WKS_ROLE_OTHER; role++) {
        for (int32_t m = household->first_person_row[i]; m >= 0 && out->n_members < WKS_BALANCE_MEMBERS; m = person->next_row[m]) {
            if (person->role[m] != role) continue;
            const int32_t age = wks_month_age(person->birth_month[m], world->month);
            out->role[out->n_members] = (uint8_t)role;
            out->age[out->n_members++] = (uint8_t)(age < 0 ? 0 : age > 120 ? 120 : age);
        }
    }
}

/* Keeps the households with the smallest hashes of each cell: any sample will do that does not depend on the order of rows. */
static void offer_donor(wks_world *world, int32_t i, wks_household_type type, int32_t band)
{
    const int32_t kind = wks_world_tenure_of(world, i) == WKS_TENURE_SOCIAL ? 0 : 1;
    wks_balance_donor *list = world->balance.donor[kind][type][band];
    int32_t *n = &world->balance.n_donors[kind][type][band];
    wks_balance_donor one = {.order = wks_rng_child_key(world->household.key[i], 0, WKS_RNG_BALANCE, 0)};
    int32_t at;

    if (*n == WKS_BALANCE_DONORS && list[*n - 1].order < one.order) return;
    describe(world, i, &one);
    if (*n < WKS_BALANCE_DONORS) ++*n;
    for (at = *n - 1; at > 0 && list[at - 1].order > one.order; at--)
        list[at] = list[at - 1];
    list[at] = one;
}

/* --- cells -------------------------------------------------------------------------------------------------------------- */

static void count_cells(wks_world *world, cells *out)
{
    const wks_household_table *household = &world->household;
    int64_t stock[TYPES][BANDS] = {{0}}, moves[TYPES][BANDS] = {{0}}, students[BANDS] = {0};
    int64_t members[TYPES][BANDS][WKS_BALANCE_CLASSES] = {{{0}}}, leaving[WKS_BALANCE_CLASSES] = {0};

    for (int32_t i = 0; i < household->base.n_rows; i++) {
        if (household->key[i] != 0 && household->place[i] == WKS_PLACE_AT_PARENTS)
            leaving[wks_balance_class(age_of(world, i))] += (int64_t)(1e6 * AT_PARENTS * wks_balance_between(age_of(world, i)));
        if (!is_counted(world, i)) continue;
        if (household->place[i] == WKS_PLACE_HOSTED)
            leaving[wks_balance_class(age_of(world, i))] += (int64_t)(1e6 * HOSTED) * household->n_persons[i];
        const int32_t age = age_of(world, i), band = wks_balance_band(age);
        const wks_household_type type = wks_household_type_of(household, i);
        stock[type][band]++;
        for (int32_t m = household->first_person_row[i]; m >= 0; m = world->person.next_row[m])
            members[type][band][wks_balance_class(wks_month_age(world->person.birth_month[m], world->month))]++;
        for (int32_t g = wks_rare_i32(&household->first_guest_row, i); g >= 0; g = wks_rare_i32(&household->next_guest_row, g)) {
            if (household->place[g] == WKS_PLACE_AT_PARENTS) members[type][band][wks_balance_class(age_of(world, g))]++;
        }
        moves[type][band] += (int64_t)(1e6 * wks_balance_between(age));
        if (household->is_student[i]) {
            students[band] += household->place[i] == WKS_PLACE_HOUSED;
        } else if (household->place[i] == WKS_PLACE_HOUSED && household->income_eur[i] > 0) {
            offer_donor(world, i, type, band);
        }
    }
    for (int32_t band = 0; band < BANDS; band++) {
        for (int32_t type = 0; type < TYPES; type++) {
            out->stock[type][band] = (double)stock[type][band];
            out->moves[type][band] = (double)moves[type][band] / 1e6;
            for (int32_t k = 0; k < WKS_BALANCE_CLASSES && stock[type][band] > 0; k++)
                out->members[type][band][k] = (double)members[type][band][k] / (double)stock[type][band];
        }
        out->students += graduates[band] * (double)students[band];
        out->other_out[WKS_HOUSEHOLD_SINGLE][band] += graduates[band] * GRADUATES_LEAVE * (double)students[band];
    }
    for (int32_t k = 0; k < WKS_BALANCE_CLASSES; k++)
        out->leaving[k] = (double)leaving[k] / 1e6;
}

/* The shares by type, so that all of an age together move as the table says. */
static void spread_by_type(cells *of)
{
    for (int32_t band = 0; band < BANDS; band++) {
        double all = 0, weighted = 0;
        for (int32_t type = 0; type < TYPES; type++) {
            all += adults_of_type[type] * of->moves[type][band];
            weighted += adults_of_type[type] * of_type[type] * of->moves[type][band];
        }
        for (int32_t type = 0; type < TYPES && weighted > 0; type++)
            of->moves[type][band] *= of_type[type] * all / weighted;
    }
}

/* Who comes on other grounds than the exchange: abroad, labour, students, statushouders. */
static void add_others(const wks_world *world, const double *p, cells *of)
{
    /* From 18, 20, 22, 25, 30 ... as wks_arrivals_profile_age_of_mover and the other kinds have them. */
    static const double foreign[BANDS] = {0.05, 0.08, 0.15, 0.31, 0.22, 0.09, 0.04, 0.04, 0.03, 0.02, 0.01, 0.03, 0.02, 0.01, 0};
    static const double labour[BANDS] = {0, 0.07, 0.10, 0.17, 0.17, 0.17, 0.16, 0.16};
    static const double student[BANDS] = {0.4, 0.4, 0.2};
    const double households = (double)world->start_households;

    for (int32_t band = 0; band < BANDS; band++) {
        const double abroad = OTHERS_FIND * p[WKS_ARRIVALS_P_FOREIGN] * households * foreign[band];
        of->other_in[WKS_HOUSEHOLD_SINGLE][band] += 0.6 * abroad + OTHERS_FIND * p[WKS_ARRIVALS_P_LABOUR] * households * labour[band];
        of->other_in[WKS_HOUSEHOLD_COUPLE][band] += 0.25 * abroad;
        of->other_in[WKS_HOUSEHOLD_COUPLE_CHILDREN][band] += 0.15 * abroad;
        if (p[WKS_ARRIVALS_P_STUDENTS] > 0) of->other_in[WKS_HOUSEHOLD_SINGLE][band] += (1 - LOCAL_STUDENTS) * of->students * student[band];
    }
}

/* Persons of an age that a cell's exchange brings. */
static double persons_of(const cells *of, int32_t k)
{
    double sum = -of->leaving[k];
    for (int32_t type = 0; type < TYPES; type++) {
        for (int32_t band = 0; band < BANDS; band++)
            sum += of->net[type][band] * of->members[type][band][k];
    }
    return sum;
}

/* Spreads `persons` of an age class over cells of a type by their moves; what the cells bring of other classes comes along. */
static void bring(cells *of, int32_t k, const bool *of_types, double persons)
{
    double each = 0;
    for (int32_t type = 0; type < TYPES; type++) {
        for (int32_t band = 0; band < BANDS; band++) {
            if (of_types[type] && of->members[type][band][k] >= 0.5) each += of->moves[type][band] * of->members[type][band][k];
        }
    }
    if (!(each > 0)) return;
    for (int32_t type = 0; type < TYPES; type++) {
        for (int32_t band = 0; band < BANDS; band++) {
            if (of_types[type] && of->members[type][band][k] >= 0.5) of->net[type][band] += persons / each * of->moves[type][band];
        }
    }
}

/* What the exchange brings by type and age of household, then moved so that persons by age are in balance too: children with families, adults with
 * who lives alone or with a partner only. */
static void set_net(const wks_balance *balance, cells *of)
{
    static const bool families[TYPES] = {false, false, true, true, false}, others[TYPES] = {true, true, false, false, false};

    for (int32_t type = 0; type < TYPES; type++) {
        for (int32_t band = 0; band < BANDS; band++)
            of->net[type][band] = -balance->change[type][band];
    }
    for (int32_t k = 0; k < WKS_BALANCE_CLASSES; k++)
        bring(of, k, k == 0 ? families : others, -balance->persons[k] - persons_of(of, k));
}

static void set_exchange(wks_balance *balance, const cells *of, double share)
{
    for (int32_t type = 0; type < TYPES; type++) {
        for (int32_t band = 0; band < BANDS; band++) {
            const double moves = of->moves[type][band];
            const double other = of->other_in[type][band] - of->other_out[type][band];
            const double net = share * of->net[type][band];
            /* In and out around the moves of the table, what others bring and take left out. */
            double in = moves + net / 2 - of->other_in[type][band], out = moves - net / 2 - of->other_out[type][band];
            if (in < LEAST * moves) in = LEAST * moves;
            out = in - net + other;
            if (out < LEAST * moves) {
                out = LEAST * moves;
                in = out + net - other;
            }
            balance->in[type][band] = in > 0 ? in : 0;
            balance->out[type][band] = out;
        }
    }
}

void wks_arrivals_balance_start(wks_tick *tick, const wks_settings *settings)
{
    wks_world *world = tick->world;
    cells of = {.stock = {{0}}};

    memset(world->balance.n_donors, 0, sizeof world->balance.n_donors);
    count_cells(world, &of);
    spread_by_type(&of);
    add_others(world, settings->value, &of);
    set_net(&world->balance, &of);
    set_exchange(&world->balance, &of, settings->value[WKS_ARRIVALS_P_BALANCE]);
}

double wks_arrivals_balance_total(const wks_world *world)
{
    double sum = 0;
    for (int32_t type = 0; type < TYPES; type++) {
        for (int32_t band = 0; band < BANDS; band++)
            sum += world->balance.in[type][band];
    }
    return sum;
}
