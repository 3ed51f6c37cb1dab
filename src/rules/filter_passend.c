#include "rules/part.h"
#include "rules/part_list.h"
#include "rules/passend.h"

/* Low incomes by size and age; the cap by size (1-2 persons: low). */
static int32_t class_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row)
{
    (void)settings;
    return (int32_t)wks_passend_class_of(context->law, context->world, household_row);
}

/* Rents are kept as float: one that equals a cap may lie a hair above it. */
static const double HALF_A_CENT = 0.005;

static uint64_t mask_of(const wks_part_context *context, const wks_settings *settings, const wks_advert *advert)
{
    uint64_t mask = 1u << WKS_PASSEND_OTHER;

    (void)settings;
    if (advert->has_two_rents) return mask | 1u << WKS_PASSEND_LOW_CAP | 1u << WKS_PASSEND_HIGH_CAP;
    if ((double)advert->rent_eur <= context->law->rent_cap_low_eur + HALF_A_CENT) mask |= 1u << WKS_PASSEND_LOW_CAP;
    if ((double)advert->rent_eur <= context->law->rent_cap_high_eur + HALF_A_CENT) mask |= 1u << WKS_PASSEND_HIGH_CAP;
    return mask;
}

static const wks_filter_part filter = {class_of, mask_of, NULL};
const wks_spec wks_filter_passend_spec = {
    "passend",
    "filter",
    "passend toewijzen: low incomes only rents up to the aftoppingsgrens of their size (stricter than the law's 95 %)",
    "Woningwet art. 46 lid 2",
    NULL,
    0,
    &filter};
