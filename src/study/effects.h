/* What came of the money: the difference an indicator ends with, beside the money and staff hours of social programmes that went into it. */
#ifndef WKS_STUDY_EFFECTS_H
#define WKS_STUDY_EFFECTS_H

#include "city/folder.h"
#include "output/matrix.h"
#include "scenario/scenario.h"

extern const char wks_effects_header[];

/** One scenario of a comparison. */
typedef struct wks_effects_side {
    const wks_matrix *matrix;
    const char *folder;      /* with budget.csv, a row `total,total` a year for EUR (below 0) and hours */
    const char *const *area; /* codes of the buurten and wijken that its events name */
    size_t n_areas;
} wks_effects_side;

/** Codes of the wijken that events of the timeline name and of all buurten named or in them, each once, in the order of the city. *out is malloc'ed (free() it), its texts
 *  are the city's. O(events x buurten). */
wks_status wks_effects_areas(const wks_scenario *scenario, const wks_city *city, const char ***out, size_t *out_n, wks_err *err);

/** Writes effects.csv: at the last tick of the reference, for the declared indicators (n_declared = 0: the usual ones, of everybody) that both sides have, the paired
 *  difference with its 95 % interval for the city, for each buurt and wijk that the scenario's events name (none: those of the reference), and, level `areas`, for these
 *  buurten together (mean weighted by the households of the reference; leefbaarheid, its dimensions, turnover and shares only). Beside it what scenario less reference cost over the whole run
 *  (mean over the same pairs; all payers), and the difference per million EUR and per 1,000 hours: NaN (empty) where the money or hours do not differ, where the interval
 *  includes 0, or with fewer than WKS_EFFECTS_PAIRS pairs: no effect was shown then. WKS_ERR_IO for a damaged budget.csv. */
wks_status wks_effects_write(const char *path, const wks_effects_side *reference, const wks_effects_side *scenario, size_t n_scenarios,
                             const char *const *declared, size_t n_declared, wks_err *err);
enum { WKS_EFFECTS_PAIRS = 10 };

/** Difference per `unit` of what it cost; NaN when nothing was shown (see above). */
double wks_effects_per(double difference, double ci_low, double ci_high, size_t n_pairs, double cost, double unit);

#endif
