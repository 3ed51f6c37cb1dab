#include "rules/part.h"
#include "rules/part_list.h"

static double key_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row, const wks_advert *advert)
{
    const wks_world *world = context->world;

    (void)settings;
    return wks_rng_unit64(wks_part_speed(world, world->household.key[household_row], world->unit.key[advert->unit_row]));
}

static const wks_order_part order = {.key = key_of, .is_pair = true, .unit = WKS_PART_DRAW};
const wks_spec wks_order_reaction_time_spec = {"reaction_time",
                                               "order",
                                               "eerste reageerder: who reacts first goes first; how fast somebody reacts is chance",
                                               "huisvestingsverordening",
                                               NULL,
                                               0,
                                               &order};
