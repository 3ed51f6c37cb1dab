#include "rules/part.h"
#include "rules/part_list.h"

static double key_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row, const wks_advert *advert)
{
    const wks_household_table *household = &context->world->household;
    const bool is_valid = household->urgency_month[household_row] == WKS_NO_MONTH || household->urgency_month[household_row] >= context->world->month;

    (void)settings;
    (void)advert;
    return household->urgency[household_row] != WKS_URGENCY_NONE && is_valid ? 1.0 : 0.0;
}

static const wks_order_part order = {key_of, false};
const wks_spec wks_order_urgency_spec = {"urgency", "order", "households with a valid urgentieverklaring first", "Huisvestingswet 2014, art. 12 and 13", NULL, 0, &order};
