#include "rules/part.h"
#include "rules/part_list.h"

static double key_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row, const wks_advert *advert)
{
    (void)settings;
    (void)advert;
    return wks_part_is_urgent(context->world, household_row) ? 1.0 : 0.0;
}

static const wks_order_part order = {.key = key_of, .is_pair = false, .unit = WKS_PART_YES_NO};
const wks_spec wks_order_urgency_spec = {
    "urgency", "order", "urgentie: households with a valid urgentieverklaring go first", "Huisvestingswet 2014, art. 12 and 13", NULL,
    0,         &order};
