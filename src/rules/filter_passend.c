#include "rules/part.h"
#include "rules/part_list.h"

enum { CLASS_OTHER, CLASS_LOW_CAP, CLASS_HIGH_CAP };
enum { PENSION_AGE = 67 };

/* Low incomes by size and age; the cap by size (1-2 persons: low). */
static int32_t class_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row)
{
    const wks_law *law = context->law;
    const int32_t persons = wks_part_persons(context->world, household_row);
    const bool is_old = wks_part_age(context->world, household_row) >= PENSION_AGE;
    const double single = is_old ? law->passend_single_old_eur : law->passend_single_eur;
    const double multi = is_old ? law->passend_multi_old_eur : law->passend_multi_eur;

    (void)settings;
    if ((double)context->world->household.income_eur[household_row] > (persons > 1 ? multi : single)) return CLASS_OTHER;
    return persons > 2 ? CLASS_HIGH_CAP : CLASS_LOW_CAP;
}

/* Rents are kept as float: one that equals a cap may lie a hair above it. */
static const double HALF_A_CENT = 0.005;

static uint64_t mask_of(const wks_part_context *context, const wks_settings *settings, const wks_advert *advert)
{
    uint64_t mask = 1u << CLASS_OTHER;

    (void)settings;
    if ((double)advert->rent_eur <= context->law->rent_cap_low_eur + HALF_A_CENT) mask |= 1u << CLASS_LOW_CAP;
    if ((double)advert->rent_eur <= context->law->rent_cap_high_eur + HALF_A_CENT) mask |= 1u << CLASS_HIGH_CAP;
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
