#include "rules/part.h"
#include "rules/part_list.h"

/* A starter leaves no self-contained dwelling behind. */
static double key_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row, const wks_advert *advert)
{
    const int32_t unit_row = context->world->household.unit_row[household_row];

    (void)settings;
    (void)advert;
    return unit_row < 0 || context->world->unit.kind[unit_row] == WKS_UNIT_ROOM ? 1.0 : 0.0;
}

static const wks_order_part order = {.key = key_of, .is_pair = false, .unit = WKS_PART_YES_NO};
const wks_spec wks_order_starter_first_spec = {
    "starter_first", "order", "starters eerst: who leaves no self-contained dwelling behind goes first", "huisvestingsverordening", NULL, 0,
    &order};
