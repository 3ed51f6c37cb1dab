/* Local ties (maatschappelijke of economische binding), shared by the filter `ties` and the ordering key `ties_first`. */
#ifndef WKS_RULES_FILTER_TIES_H
#define WKS_RULES_FILTER_TIES_H

#include "rules/part.h"

/* Which of a unit's own draws decides that it is reserved for residents (part.h: wks_part_unit_draw): a filter and a key with the same share mean the
 * same units. */
enum { WKS_FILTER_TIES_DRAW = 1 };

/* Lokaal maatwerk of a calendar year. The filter `ties` and the key `ties_first` ask the same draw, so a unit counts once for both. */
typedef struct wks_filter_ties_year {
    int32_t year, n_ties, n_let; /* lettings with precedence for residents, and all */
} wks_filter_ties_year;

/** Largest share of the vacancies for which a rule set gives residents precedence: of its parts ties and ties_first; 0 without them. */
double wks_filter_ties_share(const wks_rule_set *rules);
/** Marks, in date order, the adverts for which precedence could take this year's lettings past `most` (the law's share, Huisvestingswet
 *  2014, art. 14): also when of this month's adverts only those with precedence are let. So a year begins with lettings to whoever comes
 *  first. A new year counts anew. O(n). */
void wks_filter_ties_mark(wks_filter_ties_year *self, double share, double most, const wks_world *world, wks_advert *advert, int32_t n);
/** Counts a letting. */
void wks_filter_ties_count(wks_filter_ties_year *self, double share, const wks_world *world, const wks_advert *advert);
/** Residents have precedence at this unit, under a part with this share. */
bool wks_filter_ties_reserves(const wks_world *world, double share, const wks_advert *advert);

/** Lives in the region since that many years (not from outside, nor in the asylum reception). */
bool wks_filter_ties_has(const wks_world *world, int32_t household_row, double years);
/** The same, of the region whose homes are being let: who lives in another gemeente has no ties here, where homes are let by gemeente. */
bool wks_filter_ties_holds(const wks_part_context *context, int32_t household_row, double years);

#endif
