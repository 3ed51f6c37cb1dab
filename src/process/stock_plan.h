/* What is built by a yearly rate: how many, of which segment and size, in which buurten, as far as the money goes. A part of process stock. */
#ifndef WKS_PROCESS_STOCK_PLAN_H
#define WKS_PROCESS_STOCK_PLAN_H

#include "process/stock_build.h"

typedef enum wks_stock_plan_site { WKS_STOCK_PLAN_INCOME, WKS_STOCK_PLAN_SOCIAL } wks_stock_plan_site;

typedef struct wks_stock_plan {
    const wks_settings *settings;                          /* of the process, for the lists of areas */
    int32_t areas_param, extension_param, transform_param; /* which parameters these lists are */
    double rate;                                           /* a year, share of households with a home */
    double share[WKS_N_CONSTRUCTION_KINDS];                /* add up to 1 */
    double small, large;                                   /* shares with two and with five rooms; the others as those that are there */
    wks_stock_plan_site site_by;
    double site_social, site_market; /* -1 to 1 */
    double extension_share;
    double transform, transform_social; /* a year, as rate; share social, the rest middle rent */
    int32_t months;
} wks_stock_plan;

/** Shares by kind: as wished, a share beyond 1 cut off in the order social, middle, cheap, free; the rest is owner-occupied, dear. With a norm (norm_social,
 *  norm_affordable above 0) social rises to norm_social, then middle rent until social, middle and cheap together reach norm_affordable, at the cost
 *  of the others in proportion. out: WKS_N_CONSTRUCTION_KINDS. */
void wks_stock_plan_mix(double social, double middle, double cheap, double free_rent, double norm_social, double norm_affordable,
                        double *out);

/** r, the place of a buurt from -1 (lowest) to 1 (highest) by mean income of households or by share of social homes, by
 *  households below it (half of its own counted); its mean over households is 0. One value a buurt. A buurt is built in by households x (1 + site x r).
 *  O(households). */
wks_status wks_stock_plan_ranks(wks_tick *tick, wks_stock_plan_site by, double *r, wks_err *err);

/** Orders what this month brings, and charges it. Social homes are ordered one by one as long as the owner in the buurt, else the corporatie with most
 *  room, can pay (when money binds); the rest is counted (budget_not_built). Nothing at rate and transform 0. */
wks_status wks_stock_plan_order(wks_tick *tick, const wks_stock_plan *plan, const wks_stock_money_policy *policy, wks_err *err);

#endif
