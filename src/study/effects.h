/* What came of the money: the difference an indicator ends with, beside the money and staff hours of social programmes that went into it. */
#ifndef WKS_STUDY_EFFECTS_H
#define WKS_STUDY_EFFECTS_H

#include "study/run_pair.h"

extern const char wks_effects_header[];
enum { WKS_EFFECTS_PAIRS = 10 }; /* fewer show nothing */
/* Costs that differ by less than this part of the reference's are equal: the standing pool of support follows the number of households (assumption). */
#define WKS_EFFECTS_LEAST_COST 0.001

/** A scenario beside the reference. */
typedef struct wks_effects_case {
    const wks_matrix *reference, *scenario;
    const char *reference_folder, *scenario_folder; /* with budget.csv: a row `total,total` a year for EUR (below 0) and hours */
    const char *const *area;                        /* codes of the buurten and wijken that the two differ about */
    size_t n_areas;
} wks_effects_case;

/** Difference per `unit` of what it cost; NaN where nothing was shown: the cost does not differ, the interval includes 0 or is not defined, or there are fewer than
 *  WKS_EFFECTS_PAIRS pairs. */
double wks_effects_per(double difference, double ci_low, double ci_high, size_t n_pairs, double cost, double unit);

/** Writes effects.csv: at the last tick, for the declared indicators (n_declared = 0: the usual ones, of everybody) that both sides have, the paired difference with its
 *  95 % interval for the city, for each of the areas and, level `areas`, for their buurten together (mean weighted by households of the reference at tick 0; leefbaarheid,
 *  its dimensions, turnover and shares only). Beside it what scenario less reference cost over the whole run (all payers; mean over the same pairs), and the difference
 *  per million EUR and per 1,000 hours (wks_effects_per; not where the cost's own
 *  interval includes 0 or it differs by less than WKS_EFFECTS_LEAST_COST). WKS_ERR_IO for a damaged budget.csv. */
wks_status wks_effects_write(const char *path, const wks_effects_case *item, size_t n, const char *const *declared, size_t n_declared,
                             wks_err *err);
/** The same into `folder` for pairs of a comparison, if they have a city: areas by wks_target_areas_find (target_areas.h), a wijk when all its buurten are; declared by
 *  the first reference's output. */
wks_status wks_effects_of_pairs(const char *folder, const wks_run_pair *pair, int32_t n, wks_err *err);

#endif
