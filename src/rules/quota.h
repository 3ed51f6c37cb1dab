/* Yearly norms by owner: lettings of this calendar year, all of them and those in bands with a largest share. A norm holds at every letting, so
 * that there is no December cliff. */
#ifndef WKS_RULES_QUOTA_H
#define WKS_RULES_QUOTA_H

#include "rules/part.h"

enum { WKS_QUOTA_BANDS = 2 };

typedef struct wks_quota {
    int32_t year, n_owners;
    int32_t *count[WKS_QUOTA_BANDS]; /* by owner */
    int32_t *total;
} wks_quota;

/** Makes `*state` (a wks_quota) ready for the month of the world: made when NULL, counted anew in a new calendar year. */
wks_status wks_quota_open(const wks_world *world, void **state, wks_err *err);
void wks_quota_close(void *state);
wks_part_carry wks_quota_carry;
/** One letting of the owner more in the band keeps it at or below max_share of all, that one counted (norm.h, rounded down). */
bool wks_quota_fits(const wks_quota *self, int32_t owner_row, int32_t band, double max_share);
/** Adds "; the corporatie let 3 of 40 homes this year so, at most 0.075 of all, this letting included". */
void wks_quota_tell(const wks_quota *self, int32_t owner_row, int32_t band, double max_share, wks_text *out);
/** Counts a letting; band -1: in none. */
void wks_quota_add(wks_quota *self, int32_t owner_row, int32_t band);

#endif
