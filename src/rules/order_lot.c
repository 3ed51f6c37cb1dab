#include "rules/part.h"
#include "rules/part_list.h"

static double key_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row, const wks_advert *advert)
{
    (void)settings;
    return wks_rng_unit64(
        wks_part_lot(context->world, context->world->household.key[household_row], context->world->unit.key[advert->unit_row]));
}

static const wks_order_part order = {.key = key_of, .is_pair = true, .unit = WKS_PART_DRAW};
const wks_spec wks_order_lot_spec = {
    "lot", "order", "loting: a draw of its own for every reaction, all the same chance", "huisvestingsverordening", NULL, 0, &order};
