#include "rules/part.h"
#include "rules/part_list.h"

enum { P_AREAS, P_YEARS, N_PARAMS };
enum { CLASS_BARRED, CLASS_ALLOWED };

static const wks_param params[N_PARAMS] = {
    [P_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, true, "Wbmgp art. 5: the minister designates",
                 "designated buurten or wijken"},
    [P_YEARS] = {"years", WKS_PARAM_REAL, "years", 6, 0, 50, NULL, false, "Wbmgp art. 8 lid 1",
                 "years in the region from which the source of income does not matter"},
};

/* Income from work, a pension or student grant is enough. */
static int32_t class_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row)
{
    const wks_household_table *household = &context->world->household;
    const int32_t months = context->world->month - household->region_month[household_row];

    switch ((wks_income_source)household->income_source[household_row]) {
    case WKS_INCOME_WORK:
    case WKS_INCOME_PENSION:
    case WKS_INCOME_STUDY: return CLASS_ALLOWED;
    case WKS_INCOME_BENEFIT:
    case WKS_INCOME_NONE:
    case WKS_N_INCOME_SOURCES: break;
    }
    return household->place[household_row] != WKS_PLACE_OUTSIDE && months >= 12.0 * settings->value[P_YEARS] ? CLASS_ALLOWED : CLASS_BARRED;
}

static uint64_t mask_of(const wks_part_context *context, const wks_settings *settings, const wks_advert *advert)
{
    const bool is_designated = wks_part_in_areas(context->world, settings, P_AREAS, advert->buurt_row);

    return is_designated ? 1u << CLASS_ALLOWED : 1u << CLASS_ALLOWED | 1u << CLASS_BARRED;
}

static const wks_filter_part filter = {class_of, mask_of, NULL};
const wks_spec wks_filter_art8_spec = {
    "art8",
    "filter",
    "Wbmgp art. 8: in designated areas no newcomers to the region without income from work, pension or study",
    "Wet bijzondere maatregelen grootstedelijke problematiek, art. 8",
    params,
    N_PARAMS,
    &filter};
