#include "world/attribute.h"

#include <math.h>
#include <string.h>

#include "base/month.h"

/* Each attribute is one expression over the household in row `h` of world `w`; the loops are made from it. */
#define LOADER(name, expression)                                                             \
    static void load_##name(const wks_world *w, const int32_t *rows, int32_t n, double *out) \
    {                                                                                        \
        const wks_household_table *hh = &w->household;                                       \
        (void)hh;                                                                            \
        for (int32_t i = 0; i < n; i++) {                                                    \
            const int32_t h = rows[i];                                                       \
            out[i] = (double)(expression);                                                   \
        }                                                                                    \
    }

static double months_since(int32_t month, int32_t now)
{
    return month == WKS_NO_MONTH ? (double)NAN : (double)(now - month);
}

/* The registration a household applies with: the oldest of its adults (lowest person key among equals); -1 if none. */
static int32_t registration_of(const wks_world *w, int32_t h)
{
    const int32_t since = w->household.registered_month[h];
    int32_t best = WKS_NONE;

    if (since == WKS_NO_MONTH) return WKS_NONE;
    for (int32_t p = w->household.first_person_row[h]; p != WKS_NONE; p = w->person.next_row[p]) {
        const int32_t r = w->person.registration_row[p];
        if (r == WKS_NONE || w->registration.since_month[r] != since) continue;
        if (best == WKS_NONE || w->registration.key[r] < w->registration.key[best]) best = r;
    }
    return best;
}

static double points(const wks_world *w, int32_t h)
{
    const int32_t r = registration_of(w, h);

    return r == WKS_NONE ? (double)NAN : wks_registration_points(&w->registration, r);
}

static bool is_active(const wks_world *w, int32_t h)
{
    const int32_t r = registration_of(w, h);

    return r != WKS_NONE && w->registration.state[r] == WKS_REGISTRATION_ACTIVE;
}

static double rent(const wks_world *w, int32_t h)
{
    const int32_t unit_row = w->household.unit_row[h];

    return unit_row == WKS_NONE ? (double)NAN : (double)w->unit.rent_eur[unit_row];
}

static double rent_share(const wks_world *w, int32_t h)
{
    const double income = (double)w->household.income_eur[h];

    return income > 0.0 ? 12.0 * rent(w, h) / income : (double)NAN;
}

/* Index in home_type_choice. */
static int32_t home_type(const wks_world *w, int32_t h)
{
    const int32_t unit_row = w->household.unit_row[h];

    if (unit_row == WKS_NONE) return WKS_N_DWELLING_TYPES + 1;
    if (w->unit.kind[unit_row] == WKS_UNIT_ROOM) return WKS_N_DWELLING_TYPES;
    return w->dwelling.type[w->unit.dwelling_row[unit_row]];
}

static double rooms(const wks_world *w, int32_t h)
{
    const int32_t type = home_type(w, h);

    if (type > WKS_N_DWELLING_TYPES) return (double)NAN;
    if (type == WKS_N_DWELLING_TYPES) return 1.0;
    return (double)w->dwelling.rooms[w->unit.dwelling_row[w->household.unit_row[h]]];
}

static bool is_accessible(const wks_world *w, int32_t h)
{
    const int32_t unit_row = w->household.unit_row[h];

    return unit_row != WKS_NONE && w->dwelling.accessible[w->unit.dwelling_row[unit_row]] != 0;
}

static bool has_kin_nearby(const wks_world *w, int32_t h)
{
    const int32_t kin = w->household.kin_buurt_row[h];

    return kin != WKS_NONE && kin == wks_world_buurt_of(w, h);
}

/* A corporatie's own file: only its tenants are in it, and only while they are. */
static bool has_nuisance_file(const wks_world *w, int32_t h)
{
    const int32_t unit_row = w->household.unit_row[h];

    if (unit_row == WKS_NONE || (w->household.vulnerability[h] & WKS_VULNERABLE_NUISANCE) == 0) return false;
    return w->dwelling.tenure[w->unit.dwelling_row[unit_row]] == WKS_TENURE_SOCIAL;
}

LOADER(income_eur, hh->income_eur[h])
LOADER(income_source, hh->income_source[h])
LOADER(n_persons, hh->n_persons[h] + hh->n_home_children[h])
LOADER(n_adults, hh->n_adults[h])
LOADER(n_children, hh->n_children[h] + hh->n_home_children[h])
LOADER(n_minors, hh->n_persons[h] - hh->n_adults[h])
LOADER(n_guests, hh->n_guests[h])
LOADER(household_type, wks_household_type_of(hh, h))
LOADER(has_partner, hh->has_partner[h])
LOADER(age_years, wks_month_age(hh->head_birth_month[h], w->month))
LOADER(is_student, hh->is_student[h])
LOADER(months_at_address, months_since(hh->since_month[h], w->month))
LOADER(months_in_region, months_since(hh->region_month[h], w->month))
LOADER(years_in_region, months_since(hh->region_month[h], w->month) / 12.0)
LOADER(is_registered, hh->registered_month[h] != WKS_NO_MONTH)
LOADER(months_registered, wks_world_registered_months(w, h))
LOADER(years_registered, wks_world_registered_months(w, h) / 12.0)
LOADER(months_kept, wks_world_meettijd_months(w, h))
LOADER(months_searching, months_since(hh->search_month[h], w->month))
LOADER(is_active, is_active(w, h))
LOADER(points, points(w, h))
LOADER(n_reactions, hh->n_reactions[h])
LOADER(n_refusals, hh->n_refusals[h])
LOADER(urgency, hh->urgency[h])
LOADER(referral, hh->referral[h])
LOADER(came_as, hh->came_as[h])
LOADER(place, hh->place[h])
LOADER(is_latent, hh->unit_row[h] == WKS_NONE)
LOADER(is_starter, home_type(w, h) >= WKS_N_DWELLING_TYPES)
LOADER(tenure, wks_world_tenure_of(w, h))
LOADER(home_type, home_type(w, h))
LOADER(rooms, rooms(w, h))
LOADER(home_is_accessible, is_accessible(w, h))
LOADER(rent_eur, rent(w, h))
LOADER(rent_share, rent_share(w, h))
LOADER(is_temporary, hh->temporary[h] != WKS_CONTRACT_OWN)
LOADER(arrears_months, hh->arrears_months[h])
LOADER(nuisance_file, has_nuisance_file(w, h))
LOADER(kin_nearby, has_kin_nearby(w, h))
LOADER(has_support, hh->support[h] > 0)
LOADER(motivation_stated, hh->motivated[h])
LOADER(equity_eur, hh->equity_eur[h])
LOADER(search, hh->search[h])
LOADER(psychiatric, (hh->vulnerability[h] & WKS_VULNERABLE_PSYCHIATRIC) != 0)
LOADER(lvb, (hh->vulnerability[h] & WKS_VULNERABLE_LVB) != 0)
LOADER(addiction, (hh->vulnerability[h] & WKS_VULNERABLE_ADDICTION) != 0)
LOADER(debt, (hh->vulnerability[h] & WKS_VULNERABLE_DEBT) != 0)
LOADER(frail, (hh->vulnerability[h] & WKS_VULNERABLE_FRAIL) != 0)
LOADER(nuisance, (hh->vulnerability[h] & WKS_VULNERABLE_NUISANCE) != 0)
LOADER(vulnerable, hh->vulnerability[h] != 0)
LOADER(origin, hh->origin[h])

static const char *const tenure_choice[WKS_N_TENURES + 1] = {"social", "corporatie_free", "private_rent", "owner", "none"};
static const char *const home_type_choice[WKS_N_DWELLING_TYPES + 2] = {"single_family", "apartment", "room", "none"};

#define NUMBER(name, unit, knowable, help)                                             \
    {                                                                                  \
#name, unit, help, WKS_ATTRIBUTE_NUMBER, knowable, false, NULL, 0, load_##name \
    }
#define BOOL(name, knowable, help)                                                  \
    {                                                                               \
#name, "-", help, WKS_ATTRIBUTE_BOOL, knowable, false, NULL, 0, load_##name \
    }
#define CHOICE(name, knowable, names, help)                                                                                      \
    {                                                                                                                            \
#name, "-", help, WKS_ATTRIBUTE_CHOICE, knowable, false, names, (int32_t)(sizeof(names) / sizeof(names)[0]), load_##name \
    }

/* clang-format off: a table */
const wks_attribute wks_attribute_table[] = {
    NUMBER(income_eur, "EUR/yr", true, "income of the household as the income limits test it (rekeninkomen)"),
    CHOICE(income_source, true, wks_household_income_source_name, "main source of income"),
    NUMBER(n_persons, "count", true, "persons: members and grown-up children at home who want a home of their own"),
    NUMBER(n_adults, "count", true, "members of 18 and over (not the children at home who want a home of their own)"),
    NUMBER(n_children, "count", true, "children of any age at home, those who want a home of their own included"),
    NUMBER(n_minors, "count", true, "members under 18"),
    NUMBER(n_guests, "count", true, "persons of latent units that stay with it, children at home included"),
    CHOICE(household_type, true, wks_household_type_name, "household type as CBS counts it"),
    BOOL(has_partner, true, "head and partner live together"),
    NUMBER(age_years, "years", true, "age of the oldest member in whole years"),
    BOOL(is_student, true, "the head studies in higher education"),
    NUMBER(months_at_address, "months", true, "since it moved in; for a latent unit since the wish or the loss arose"),
    NUMBER(months_in_region, "months", true, "since it came to live in the region"),
    NUMBER(years_in_region, "years", true, "the same in years, with fraction"),
    BOOL(is_registered, true, "an adult is registered as woningzoekende"),
    NUMBER(months_registered, "months", true, "inschrijfduur: of the oldest registration of an adult; 0 if not registered"),
    NUMBER(years_registered, "years", true, "the same in years, with fraction"),
    NUMBER(months_kept, "months", true, "meettijd: as inschrijfduur, but kept when a tenant moved within social rent; 0 if not registered"),
    NUMBER(months_searching, "months", true, "since the present active search started; undefined if not searching"),
    BOOL(is_active, true, "the registration it applies with is active (reacts to adverts)"),
    NUMBER(points, "points", true, "search, situation and start points of the registration it applies with; undefined if not registered"),
    NUMBER(n_reactions, "count", true, "reactions since the search started"),
    NUMBER(n_refusals, "count", true, "offers refused since the search started"),
    CHOICE(urgency, true, wks_household_urgency_name, "urgency granted"),
    CHOICE(referral, true, wks_household_referral_name,
           "referral under which it waits or came (tells the permit status of a statushouder)"),
    CHOICE(place, true, wks_household_place_name,
           "housed, or where a latent unit stays; outside: lives elsewhere and looks for a home here"),
    BOOL(is_latent, true, "has no home of its own in the city (who lives outside included)"),
    BOOL(is_starter, true, "leaves no self-contained dwelling behind: a latent unit, from outside, or in a room"),
    CHOICE(tenure, true, tenure_choice, "tenure of the present home; none for a latent unit"),
    CHOICE(home_type, true, home_type_choice, "type of the present home; none for a latent unit"),
    NUMBER(rooms, "count", true, "rooms of the present home, living room included; undefined for a latent unit"),
    BOOL(home_is_accessible, true, "the present home is fit for people who walk with difficulty"),
    NUMBER(rent_eur, "EUR/mo", true, "net rent of the present contract; 0 for owner-occupiers, undefined for a latent unit"),
    NUMBER(rent_share, "share", true, "rent_eur * 12 / income_eur, before huurtoeslag; undefined without income or home"),
    BOOL(is_temporary, true, "the contract ends with study or care"),
    NUMBER(arrears_months, "months", true, "months of rent arrears in the landlord's own file"),
    BOOL(nuisance_file, true, "nuisance in the landlord's own file: of a tenant in a social dwelling only"),
    BOOL(kin_nearby, true, "close kin live in the buurt where it lives now (a tie)"),
    BOOL(has_support, true, "receives formal support (Wmo indication)"),
    BOOL(motivation_stated, true, "states the motivation to carry (dragen) in gemengd wonen when asked"),
    NUMBER(equity_eur, "EUR", false, "net worth for buying: own money; of owner-occupiers with the home at the city price level less debt"),
    CHOICE(came_as, false, wks_household_came_as_name,
           "how it came to the city or out of an institution since the start; none: lived here"),
    CHOICE(search, false, wks_household_search_name, "what it drew this month: stay, look, or leave"),
    BOOL(psychiatric, false, "vulnerable: psychiatric condition"),
    BOOL(lvb, false, "vulnerable: mild intellectual disability (licht verstandelijke beperking)"),
    BOOL(addiction, false, "vulnerable: addiction"),
    BOOL(debt, false, "vulnerable: problematic debt"),
    BOOL(frail, false, "vulnerable: frail old age"),
    BOOL(nuisance, false, "vulnerable: behaviour that neighbours experience as nuisance"),
    BOOL(vulnerable, false, "any of the vulnerabilities"),
    {"origin", "-", "origin of the head; measured, never a ground for a rule", WKS_ATTRIBUTE_CHOICE, false, true, wks_person_origin_name,
     WKS_N_ORIGINS, load_origin},
};
/* clang-format on */
const int32_t wks_attribute_count = (int32_t)(sizeof wks_attribute_table / sizeof wks_attribute_table[0]);

int32_t wks_attribute_find(const char *name)
{
    for (int32_t i = 0; i < wks_attribute_count; i++) {
        if (strcmp(wks_attribute_table[i].name, name) == 0) return i;
    }
    return WKS_NONE;
}

bool wks_attribute_is_private(int32_t attribute)
{
    static const char *const kinds[] = {"psychiatric", "lvb", "addiction", "debt", "frail", "nuisance"};
    const wks_attribute *self = &wks_attribute_table[attribute];

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i], self->name) == 0) return true;
    return self->is_origin;
}
