#include "rules/part.h"
#include "rules/part_list.h"

static double key_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row, const wks_advert *advert)
{
    (void)settings;
    (void)advert;
    return (double)wks_world_meettijd_months(context->world, household_row);
}

static const wks_order_part order = {.key = key_of, .is_pair = false, .unit = WKS_PART_MONTHS};
const wks_spec wks_order_kept_seniority_spec = {
    "kept_seniority",
    "order",
    "meettijd: who waits or rents longest goes first; the time is kept on moving within social rent (Entree)",
    "huisvestingsverordening (as in the region Arnhem-Nijmegen)",
    NULL,
    0,
    &order};
