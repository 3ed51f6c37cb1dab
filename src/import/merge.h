/* The figures of one area out of several tables: of the edition first, then of other years, then derived. */
#ifndef WKS_IMPORT_MERGE_H
#define WKS_IMPORT_MERGE_H

#include "import/draft.h"

typedef struct wks_merge {
    const wks_sources *sources;
    int32_t *order;              /* rows of sources: those of the edition, then by distance in years (the older first), then as given */
    int32_t year;                /* of the edition */
    const wks_source_area **row; /* of the area at hand in each table by order; NULL: none, or another place */
    int32_t *n_other_place;      /* by row of sources: areas whose code was another place's then */
    int32_t n_conflicts;         /* figures that tables of the edition give differently */
    const char *conflict_code;   /* of the first */
    const char *conflict_paths[2];
} wks_merge;

wks_status wks_merge_init(const wks_sources *sources, wks_merge *out, wks_err *err);
void wks_merge_free(wks_merge *merge);

/* Of persons with a westerse migratieachtergrond, those whose herkomst is buiten Europa (Indonesia, North America, Oceania, Japan). */
#define WKS_MERGE_WESTERN_OUTSIDE_EUROPE 0.27 /* share, 0.2 to 0.35; assumption: general knowledge of CBS's groups by country */

/** The figures of the area with this code into value and origin (WKS_CITY_N_COLUMNS each; missing: NaN, WKS_DRAFT_MISSING), and what was
 *  used into draft->used. Rules: wks_draft_make. O(tables x columns).
 *  @return true if its origins follow from migratieachtergrond of the edition */
bool wks_merge_area(wks_merge *merge, const char *code, wks_area_level level, wks_draft *draft, double *value, uint8_t *origin);

#endif
