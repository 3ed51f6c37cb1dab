#include "process/allocation_conduct.h"

#include "base/par.h"
#include "process/buffer_slots.h"
#include "process/tick_list.h"
#include "rules/conduct.h"
#include "world/relations.h"

typedef struct pass {
    wks_world *world;
    const wks_conduct *conduct;
    uint8_t *flag; /* registration row: ends now */
} pass;

static void earn(int64_t begin, int64_t end, int64_t block, void *context)
{
    const pass *self = context;

    (void)block;
    for (int32_t i = (int32_t)begin; i < (int32_t)end; i++) {
        if (self->world->household.key[i] != 0) wks_conduct_month(self->conduct, self->world, i);
    }
}

static void flag_ending(int64_t begin, int64_t end, int64_t block, void *context)
{
    const pass *self = context;
    const wks_world *world = self->world;

    (void)block;
    for (int32_t r = (int32_t)begin; r < (int32_t)end; r++) {
        self->flag[r] = 0;
        if (world->registration.key[r] == 0) continue;
        const double u = wks_rng_once(&world->seed, world->registration.key[r], (uint32_t)world->tick, WKS_RNG_REGISTER);
        self->flag[r] = wks_conduct_ends(self->conduct, world, r, u);
    }
}

static wks_status end_registrations(wks_tick *tick, pass *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const int32_t n = world->registration.base.n_rows;
    wks_tick_item *item = NULL;
    int32_t n_items = 0;

    self->flag = wks_tick_buffer(tick, WKS_SLOT_FLAG, (size_t)n, 1);
    if (self->flag == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d registrations", n);
    wks_par_for(n, 0, world->threads, flag_ending, self);
    WKS_TRY(wks_tick_list_flags(tick, WKS_SLOT_ITEMS, self->flag, world->registration.key, n, &item, &n_items, err));
    for (int32_t k = 0; k < n_items; k++)
        WKS_TRY(wks_relations_unregister(world, world->registration.person_row[item[k].row], err));
    world->ledger.registrations_lapsed += n_items;
out:
    return rc;
}

wks_status wks_allocation_conduct_month(wks_tick *tick, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_conduct conduct;
    pass self = {.world = tick->world, .conduct = &conduct};

    wks_conduct_of(wks_part_rules_of(tick->scenario, tick->world->month), &conduct);
    if (!conduct.is_used) return WKS_OK;
    wks_par_for(tick->world->household.base.n_rows, 0, tick->world->threads, earn, &self);
    if (conduct.dormant_months > 0 || conduct.unpaid_share > 0.0) WKS_TRY(end_registrations(tick, &self, err));
out:
    return rc;
}
