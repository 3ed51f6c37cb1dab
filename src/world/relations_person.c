#include "world/relations_person.h"

#include "world/home.h"
#include "world/members.h"
#include "world/relations.h"
#include "world/relations_end.h"
#include "world/relations_resident.h"

wks_status wks_relations_person_new(wks_world *world, uint64_t key, wks_sex sex, wks_role role, wks_origin origin, int32_t birth_month,
                                    int32_t *out_row, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_person_table *person = &world->person;
    int32_t row;

    WKS_TRY(wks_columns_add(person, &wks_person_info, key, &row, err));
    person->household_row[row] = person->next_row[row] = person->registration_row[row] = WKS_NONE;
    person->meettijd_month[row] = WKS_NO_MONTH;
    person->birth_month[row] = wks_month_cell(birth_month);
    person->sex[row] = (uint8_t)sex;
    person->role[row] = (uint8_t)role;
    person->origin[row] = (uint8_t)origin;
    *out_row = row;
out:
    return rc;
}

wks_status wks_relations_person_add(wks_world *world, uint64_t key, int32_t household_row, wks_sex sex, wks_role role, wks_origin origin,
                                    int32_t birth_month, int32_t *out_row, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_BUG_IF(role == WKS_ROLE_RESIDENT || world->household.key[household_row] == 0);
    WKS_TRY(wks_relations_person_new(world, key, sex, role, origin, birth_month, out_row, err));
    wks_members_link(world, household_row, *out_row);
    wks_home_count(world, household_row, 1);
    wks_members_refresh(world, household_row);
    world->household.change_month[household_row] = wks_month_cell(world->month);
    wks_moves_note_new(world, *out_row);
out:
    return rc;
}

/* Where minors without a home buurt are taken in: the buurt with most residents of institutions. */
static int32_t institution_of(const wks_world *world, int32_t buurt_row)
{
    int32_t best = 0;

    if (buurt_row != WKS_NONE) return buurt_row;
    for (int32_t b = 1; b < world->buurt.base.n_rows; b++) {
        if (world->buurt.n_institution[b] > world->buurt.n_institution[best]) best = b;
    }
    return best;
}

/* Takes a person out of the household; what is left of it is settled by after_removal. */
static void take_out(wks_world *world, int32_t person_row)
{
    const int32_t household_row = world->person.household_row[person_row];

    wks_home_count(world, household_row, -1);
    wks_members_unlink(world, person_row);
    wks_members_refresh(world, household_row);
    world->household.change_month[household_row] = wks_month_cell(world->month);
}

static void to_institution(wks_world *world, int32_t person_row, int32_t buurt_row)
{
    const int32_t household_row = world->person.household_row[person_row];

    wks_moves_note_person(world, person_row,
                          wks_moves_address_of(world, household_row).is_resident ? WKS_MOVES_WITHIN
                                                                                 : wks_moves_arrival(world, household_row));
    take_out(world, person_row);
    wks_relations_resident_enter(world, person_row, buurt_row);
    world->ledger.institution_in++;
}

/* Somebody died or went to an institution: a new head, minors without an adult follow to an institution, an empty household ends. */
static wks_status after_removal(wks_world *world, int32_t household_row, int32_t buurt_row, wks_err *err)
{
    const wks_household_table *household = &world->household;

    if (household->n_adults[household_row] > 0) {
        wks_members_settle(world, household_row);
        return WKS_OK;
    }
    while (household->first_person_row[household_row] != WKS_NONE)
        to_institution(world, household->first_person_row[household_row], institution_of(world, buurt_row));
    return wks_relations_end_dissolve(world, household_row, err);
}

wks_status wks_relations_person_die(wks_world *world, int32_t person_row, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t household_row = world->person.household_row[person_row];

    WKS_BUG_IF(world->person.key[person_row] == 0);
    WKS_TRY(wks_relations_end_registration(world, person_row, err));
    if (household_row == WKS_NONE) {
        wks_relations_resident_leave(world, person_row);
        world->ledger.institution_died++;
        world->ledger.residents_died++;
    } else {
        world->ledger.residents_died += wks_moves_address_of(world, household_row).is_resident;
        take_out(world, person_row);
        WKS_TRY(after_removal(world, household_row, wks_world_buurt_of(world, household_row), err));
    }
    world->ledger.persons_died++;
    WKS_TRY(wks_columns_remove(&world->person, &wks_person_info, person_row, err));
out:
    return rc;
}

wks_status wks_relations_person_to_institution(wks_world *world, int32_t person_row, int32_t buurt_row, wks_err *err)
{
    const int32_t household_row = world->person.household_row[person_row];

    WKS_BUG_IF(household_row == WKS_NONE);
    to_institution(world, person_row, buurt_row);
    return after_removal(world, household_row, buurt_row, err);
}

wks_status wks_relations_person_from_institution(wks_world *world, int32_t person_row, uint64_t key, int32_t *out_household_row,
                                                 wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t row;

    WKS_BUG_IF(wks_rare_i32(&world->person.institution_row, person_row) == WKS_NONE);
    WKS_TRY(wks_relations_household_add(world, key, WKS_PLACE_HOUSED, WKS_NONE, &row, err));
    wks_relations_resident_leave(world, person_row);
    world->person.role[person_row] = WKS_ROLE_HEAD;
    wks_members_link(world, row, person_row);
    wks_members_refresh(world, row);
    world->household.is_student[row] = world->person.is_student[person_row];
    wks_home_enter_place(world, row, WKS_PLACE_SHELTER, WKS_NONE);
    wks_moves_note_person(world, person_row, WKS_MOVES_WITHIN);
    world->ledger.institution_out++;
    world->ledger.households_formed++;
    *out_household_row = row;
out:
    return rc;
}
