/* Where an effect goes: paired differences by distance from the areas that an alternative aims at. */
#ifndef WKS_STUDY_WATERBED_H
#define WKS_STUDY_WATERBED_H

#include "study/run_pair.h"

extern const char wks_waterbed_header[];

/** Writes waterbed.csv: for each pair and tick of buurt.csv the difference of each indicator inside the target areas, in buurten that touch them, and further away
 *  (target.h). A band is the mean of its buurten weighted by their households in the reference at tick 0, the same weights under both, so that a difference is one of
 *  places; numbers of households and moves are added up instead. Buurten that one of the two does not tell are left out of both. Pairs whose difference names no
 *  areas have no rows, nor have buurten without a polygon beyond the targets. @param out_n_without  pairs without target areas; may be NULL.
 *  O(rows of buurt.csv x replications). */
wks_status wks_waterbed_write(const char *path, const wks_run_pair *pair, int32_t n, int32_t *out_n_without, wks_err *err);

#endif
