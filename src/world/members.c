#include "world/members.h"

void wks_members_link(wks_world *world, int32_t household_row, int32_t person_row)
{
    wks_person_table *person = &world->person;
    int32_t *link = &world->household.first_person_row[household_row];

    while (*link != WKS_NONE)
        link = &person->next_row[*link];
    *link = person_row;
    person->next_row[person_row] = WKS_NONE;
    person->household_row[person_row] = household_row;
}

void wks_members_unlink(wks_world *world, int32_t person_row)
{
    wks_person_table *person = &world->person;
    int32_t *link = &world->household.first_person_row[person->household_row[person_row]];

    while (*link != person_row) {
        WKS_BUG_IF(*link == WKS_NONE);
        link = &person->next_row[*link];
    }
    *link = person->next_row[person_row];
    person->next_row[person_row] = WKS_NONE;
    person->household_row[person_row] = WKS_NONE;
}

wks_members_cache wks_members_count(const wks_world *world, int32_t household_row)
{
    const wks_person_table *person = &world->person;
    wks_members_cache cache = {.registered_month = WKS_NO_MONTH};

    for (int32_t p = world->household.first_person_row[household_row]; p != WKS_NONE; p = person->next_row[p]) {
        const bool is_adult = wks_members_is_adult(world, p);
        if (cache.n_persons == 0 || person->birth_month[p] < cache.head_birth_month) cache.head_birth_month = person->birth_month[p];
        cache.n_persons++;
        cache.n_adults += is_adult;
        cache.n_children += person->role[p] == WKS_ROLE_CHILD;
        cache.n_partners += person->role[p] == WKS_ROLE_PARTNER;
        if (person->role[p] == WKS_ROLE_HEAD) {
            cache.n_heads++;
            cache.origin = person->origin[p];
        }
        if (is_adult && person->registration_row[p] != WKS_NONE) {
            const int32_t since = world->registration.since_month[person->registration_row[p]];
            if (cache.registered_month == WKS_NO_MONTH || since < cache.registered_month) cache.registered_month = since;
        }
    }
    return cache;
}

void wks_members_refresh(wks_world *world, int32_t household_row)
{
    wks_household_table *household = &world->household;
    const wks_members_cache cache = wks_members_count(world, household_row);

    WKS_BUG_IF(cache.n_persons > UINT8_MAX);
    household->n_persons[household_row] = (uint8_t)cache.n_persons;
    household->n_adults[household_row] = (uint8_t)cache.n_adults;
    household->n_children[household_row] = (uint8_t)cache.n_children;
    household->has_partner[household_row] = cache.n_heads > 0 && cache.n_partners > 0;
    household->head_birth_month[household_row] = wks_month_cell(cache.head_birth_month);
    household->registered_month[household_row] = wks_month_cell(cache.registered_month);
    household->origin[household_row] = cache.origin;
}

/* Is a a better head than b: partner first, then adults, then the older, then the lower key? */
static bool is_better_head(const wks_world *world, int32_t a, int32_t b)
{
    const wks_person_table *person = &world->person;
    const bool partner_a = person->role[a] == WKS_ROLE_PARTNER, partner_b = person->role[b] == WKS_ROLE_PARTNER;

    if (partner_a != partner_b) return partner_a;
    if (person->birth_month[a] != person->birth_month[b]) return person->birth_month[a] < person->birth_month[b];
    return person->key[a] < person->key[b];
}

void wks_members_settle(wks_world *world, int32_t household_row)
{
    wks_person_table *person = &world->person;
    int32_t best = WKS_NONE;

    for (int32_t p = world->household.first_person_row[household_row]; p != WKS_NONE; p = person->next_row[p]) {
        if (person->role[p] == WKS_ROLE_HEAD) {
            best = WKS_NONE;
            break;
        }
        if (best == WKS_NONE || is_better_head(world, p, best)) best = p;
    }
    if (best != WKS_NONE) {
        if (person->role[best] == WKS_ROLE_CHILD) {
            for (int32_t p = world->household.first_person_row[household_row]; p != WKS_NONE; p = person->next_row[p]) {
                if (person->role[p] == WKS_ROLE_CHILD) person->role[p] = WKS_ROLE_OTHER;
            }
        }
        person->role[best] = WKS_ROLE_HEAD;
        world->household.is_student[household_row] = person->is_student[best];
    }
    wks_members_refresh(world, household_row);
}
