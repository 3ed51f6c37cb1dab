#include "rules/part.h"
#include "rules/part_list.h"

static double key_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row, const wks_advert *advert)
{
    (void)settings;
    (void)advert;
    return (double)wks_world_registered_months(context->world, household_row);
}

static const wks_order_part order = {.key = key_of, .is_pair = false, .unit = WKS_PART_MONTHS};
const wks_spec wks_order_inschrijfduur_spec = {"inschrijfduur",
                                               "order",
                                               "inschrijfduur: who is registered longest goes first (the oldest registration of an adult)",
                                               "huisvestingsverordening",
                                               NULL,
                                               0,
                                               &order};
