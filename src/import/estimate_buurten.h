/* Buurten of which CBS published little more than age, sex and origin: households, dwellings, tenure, WOZ value, benefits and income are estimated
 * and marked `estimated`. They are estimates of wijksim, never CBS data. */
#ifndef WKS_IMPORT_ESTIMATE_BUURTEN_H
#define WKS_IMPORT_ESTIMATE_BUURTEN_H

#include "import/draft.h"

/** Fills inhabitants (wks_fill_persons), then per gemeente each group of columns for the inhabited buurten that have none of it:
 *  households; their types; dwellings; shares vacant, single family, built since 2000; tenure; WOZ; bijstand; ao; ww; income; address density.
 *  A model (estimate_model.h) tells how buurten deviate from each other; the figures of wijk and gemeente are met (estimate_spread.h):
 *  counts as whole numbers, shares and WOZ weighted with dwellings, income with inhabitants. Without a figure of either, the
 *  level is the country's, moved by who lives there where that is known to be better. Published buurten count as they are and are never changed (estimate_work.h); half a group is left to wks_fill_buurten. Households <=
 *  inhabitants of 15 and over, parts of a group add up, buurten without people get 0.
 *  Income: only where most WOZ was estimated or wijk or gemeente has an income; else wks_estimate_fill_income does it.
 *  @return WKS_ERR_NOMEM. Independent of the order of rows; O(buurten^2) per gemeente for the address density. */
wks_status wks_estimate_buurten(wks_draft *draft, wks_err *err);

/** True when most inhabited buurten of some gemeente have an estimate in this column. */
bool wks_estimate_buurten_covers(const wks_draft *draft, wks_city_column column);

#endif
