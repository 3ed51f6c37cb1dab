/* What is published of the woonruimteverdeling of regions: the mean inschrijfduur at letting, by gemeente. */
#ifndef WKS_IMPORT_REGIONS_H
#define WKS_IMPORT_REGIONS_H

#include "import/draft.h"

/* The range in which the model tells regions apart (world/pace.h); beyond it the figures of its ends are used. */
#define WKS_REGIONS_LEAST_YEARS 4.0
#define WKS_REGIONS_MOST_YEARS  16.0

typedef struct wks_regions_figure {
    const char *gemeente; /* code */
    double years;         /* mean inschrijfduur at letting */
    const char *source;
} wks_regions_figure;

/** The figure of a gemeente, NULL if none is known. Figures under rules that keep inschrijfduur after a move (Entree: Nijmegen, Arnhem) are
 *  another quantity and not in the table. */
const wks_regions_figure *wks_regions_find(const char *gemeente);

/** Sets what city.cfg tells of the inschrijfduur: `asked` years (source: the user) when above 0, else the figures of the city's gemeenten weighted
 *  with inhabitants if all of them have one; nothing otherwise. */
void wks_regions_fill(wks_draft *draft, double asked);

#endif
