#include "rules/part.h"
#include "rules/part_list.h"

enum { CLASS_NONE, CLASS_REGISTERED, CLASS_REFERRED };

static int32_t class_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row)
{
    const wks_household_table *household = &context->world->household;

    (void)settings;
    if (household->registered_month[household_row] != WKS_NO_MONTH) return CLASS_REGISTERED;
    return household->referral[household_row] != WKS_REFERRAL_NONE ? CLASS_REFERRED : CLASS_NONE;
}

/* Who is referred needs no registration where the landlord proposes; reacting to adverts needs one. */
static uint64_t mask_of(const wks_part_context *context, const wks_settings *settings, const wks_advert *advert)
{
    const wks_channel_part *channel = context->rules->channel[advert->channel].spec->implementation;

    (void)settings;
    return channel->is_advertised ? 1u << CLASS_REGISTERED : 1u << CLASS_REGISTERED | 1u << CLASS_REFERRED;
}

static const wks_filter_part filter = {.applicant_class = class_of, .advert_mask = mask_of};
const wks_spec wks_filter_registered_spec = {
    "registered",
    "filter",
    "inschrijving: only who is registered as woningzoekende; for referred people the referral is enough",
    "huisvestingsverordening; conditions of the regional portal",
    NULL,
    0,
    &filter};
