#include "rules/part.h"
#include "rules/part_list.h"

/* A doorstromer leaves a self-contained social dwelling behind: the chain goes on. */
static double key_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row, const wks_advert *advert)
{
    const wks_world *world = context->world;
    const int32_t unit_row = world->household.unit_row[household_row];

    (void)settings;
    (void)advert;
    if (unit_row < 0 || world->unit.kind[unit_row] == WKS_UNIT_ROOM) return 0.0;
    return world->dwelling.tenure[world->unit.dwelling_row[unit_row]] == WKS_TENURE_SOCIAL ? 1.0 : 0.0;
}

static const wks_order_part order = {.key = key_of, .is_pair = false, .unit = WKS_PART_YES_NO};
const wks_spec wks_order_doorstromer_first_spec = {"doorstromer_first",
                                                   "order",
                                                   "doorstromers eerst: who leaves a self-contained social dwelling behind goes first",
                                                   "huisvestingsverordening",
                                                   NULL,
                                                   0,
                                                   &order};
