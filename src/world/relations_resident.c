#include "world/relations_resident.h"

#include "world/relations.h"
#include "world/relations_end.h"
#include "world/relations_person.h"

void wks_relations_resident_enter(wks_world *world, int32_t person_row, int32_t buurt_row)
{
    WKS_BUG_IF(buurt_row < 0 || buurt_row >= world->buurt.base.n_rows);
    wks_rare_set(&world->person.institution_row, person_row, buurt_row);
    world->person.role[person_row] = WKS_ROLE_RESIDENT;
    world->buurt.n_persons[buurt_row]++;
    world->buurt.n_institution[buurt_row]++;
}

void wks_relations_resident_leave(wks_world *world, int32_t person_row)
{
    const int32_t buurt_row = wks_rare_i32(&world->person.institution_row, person_row);

    WKS_BUG_IF(buurt_row == WKS_NONE);
    wks_rare_set(&world->person.institution_row, person_row, WKS_NONE);
    world->buurt.n_persons[buurt_row]--;
    world->buurt.n_institution[buurt_row]--;
}

wks_status wks_relations_resident_add(wks_world *world, uint64_t key, int32_t buurt_row, wks_sex sex, wks_origin origin,
                                      int32_t birth_month, int32_t *out_row, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(wks_relations_person_new(world, key, sex, WKS_ROLE_RESIDENT, origin, birth_month, out_row, err));
    wks_relations_resident_enter(world, *out_row, buurt_row);
    wks_moves_note_new(world, *out_row);
out:
    return rc;
}

wks_status wks_relations_resident_depart(wks_world *world, int32_t person_row, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(wks_relations_end_registration(world, person_row, err));
    wks_moves_note_person(world, person_row, WKS_MOVES_OUT);
    wks_relations_resident_leave(world, person_row);
    world->ledger.institution_departed++;
    world->ledger.persons_departed++;
    WKS_TRY(wks_columns_remove(&world->person, &wks_person_info, person_row, err));
out:
    return rc;
}
