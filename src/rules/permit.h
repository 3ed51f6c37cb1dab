/* The huisvestingsvergunning: filters that bind every tenure they designate, cheap private rent included. What such filters share: areas,
 * designation terms, tenures; and what the market asks before a household takes a rented home. */
#ifndef WKS_RULES_PERMIT_H
#define WKS_RULES_PERMIT_H

#include "rules/part.h"

/* A permit filter begins its parameters with these, in this order, and has two classes: barred and allowed. */
enum {
    WKS_PERMIT_AREAS,
    WKS_PERMIT_DESIGNATED,
    WKS_PERMIT_TERM,
    WKS_PERMIT_EXTENSIONS,
    WKS_PERMIT_SOCIAL,
    WKS_PERMIT_PRIVATE,
    WKS_PERMIT_ROOMS,
    WKS_PERMIT_LIMIT,
    WKS_PERMIT_N_PARAMS
};
enum { WKS_PERMIT_BARRED, WKS_PERMIT_ALLOWED };

extern const char *const wks_permit_limit_name[];

/* The parameters of a designation, for the Wbmgp parts and the permit alike (`required`: without areas it would hold everywhere). */
/* clang-format off */
#define WKS_PERMIT_TERM_PARAMS(required, areas_source, term_source)                                                                            \
    [WKS_PERMIT_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, required, areas_source, "designated buurten or wijken"},              \
    [WKS_PERMIT_DESIGNATED] = {"designated", WKS_PARAM_MONTH, "month", 0, 0, 0, NULL, false, term_source,                                     \
                               "month of the designation; empty: as long as the rule set is in force"},                                       \
    [WKS_PERMIT_TERM] = {"term_years", WKS_PARAM_INT, "years", 4, 1, 20, NULL, false, term_source,                                            \
                         "length of a designation; it does nothing outside its term"},                                                        \
    [WKS_PERMIT_EXTENSIONS] = {"extensions", WKS_PARAM_INT, "count", 0, 0, 4, NULL, false, term_source,                                       \
                               "times the designation is extended by the same term"}
#define WKS_PERMIT_TENURE_PARAMS                                                                                                               \
    [WKS_PERMIT_SOCIAL] = {"social", WKS_PARAM_BOOL, "-", 1, 0, 1, NULL, false, "Huisvestingswet 2014, art. 7",                               \
                           "binds social rent"},                                                                                              \
    [WKS_PERMIT_PRIVATE] = {"private_rent", WKS_PARAM_BOOL, "-", 1, 0, 1, NULL, false, "Huisvestingswet 2014, art. 7",                    \
                            "binds what private landlords let at or below the rent limit"},                                                   \
    [WKS_PERMIT_ROOMS] = {"rooms", WKS_PARAM_BOOL, "-", 0, 0, 1, NULL, false, "assumption: by-laws seldom designate rooms",                   \
                          "binds rooms of private landlords too"},                                                                            \
    [WKS_PERMIT_LIMIT] = {"rent_limit", WKS_PARAM_CHOICE, "-", 0, 0, 1, wks_permit_limit_name, false,                                         \
                          "Huisvestingswet 2014, art. 7; Wet betaalbare huur",                                                                \
                          "up to which rent private lettings are bound: liberalisatiegrens, or the upper limit of middenhuur"}
/* clang-format on */

/** The designation is in force in a month. */
bool wks_permit_is_in_term(const wks_settings *settings, int32_t month);
/** In force now, in an area that it designates. */
bool wks_permit_is_designated(const wks_world *world, const wks_settings *settings, int32_t buurt_row);
/** advert_mask of a permit filter: social units in designated areas ask for the class allowed. */
uint64_t wks_permit_mask(const wks_part_context *context, const wks_settings *settings, const wks_advert *advert);

/* The permit filters of the rule set in force that bind what is let on the market, this month. */
enum { WKS_PERMIT_MOST = WKS_LETTING_MAX_PARTS };
typedef struct wks_permit {
    wks_part_context context;
    const wks_settings *part[WKS_PERMIT_MOST];
    int32_t n;
} wks_permit;

/** Lists them; n = 0 when the market is free. O(filters). */
void wks_permit_open(const wks_scenario *scenario, const wks_world *world, const wks_law *law, wks_permit *out);
/** Whether the household gets a permit for a unit on the market at this rent (EUR a month). Homes for sale and rents above the limit need
 *  none. O(parts). */
bool wks_permit_allows(const wks_permit *permit, int32_t household_row, int32_t unit_row, double rent_eur);

#endif
