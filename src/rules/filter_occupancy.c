#include "rules/part.h"
#include "rules/part_list.h"

enum { P_MINIMUM_4, P_MINIMUM_5, P_EXTRA, N_PARAMS };
enum { MOST = 63 };

static const wks_param params[N_PARAMS] = {
    [P_MINIMUM_4] = {"min_persons_4_rooms", WKS_PARAM_INT, "persons", 2, 1, 10, NULL, false,
                     "assumption, usual in huisvestingsverordeningen", "least persons for a dwelling of 4 rooms"},
    [P_MINIMUM_5] = {"min_persons_5_rooms", WKS_PARAM_INT, "persons", 3, 1, 10, NULL, false,
                     "assumption, usual in huisvestingsverordeningen", "least persons for 5 rooms and more"},
    [P_EXTRA] = {"max_persons_over_rooms", WKS_PARAM_INT, "persons", 2, 0, 60, NULL, false, "assumption",
                 "most persons: rooms plus this (one room: a couple, or a parent with children, at most)"},
};

static int32_t class_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row)
{
    const int32_t persons = wks_part_persons(context->world, household_row);

    (void)settings;
    return persons < MOST ? persons : MOST;
}

static uint64_t mask_of(const wks_part_context *context, const wks_settings *settings, const wks_advert *advert)
{
    const int32_t rooms = advert->rooms;
    const int32_t low = rooms >= 5 ? (int32_t)settings->value[P_MINIMUM_5] : rooms == 4 ? (int32_t)settings->value[P_MINIMUM_4] : 0;
    const int32_t high = rooms + (int32_t)settings->value[P_EXTRA];
    uint64_t mask = 0;

    (void)context;
    for (int32_t persons = low; persons <= high && persons <= MOST; persons++)
        mask |= UINT64_C(1) << persons;
    return mask;
}

static const wks_filter_part filter = {.applicant_class = class_of, .advert_mask = mask_of};
const wks_spec wks_filter_occupancy_spec = {
    "occupancy",
    "filter",
    "passende bezetting: persons fit the number of rooms, not too few for a large dwelling, not too many for a small one",
    "Huisvestingswet 2014, art. 10 (passendheid)",
    params,
    N_PARAMS,
    &filter};
