/* The synthetic population: persons in households in units, residents of institutions, registrations, latent units, so that the margins
 * of every buurt are met. Steps: reconcile (fit.h of num), IPF, integers, assembly. Drawn once per population seed. */
#ifndef WKS_CITY_SYNTH_H
#define WKS_CITY_SYNTH_H

#include "city/folder.h"
#include "world/world.h"

/** One margin cell: what was published, what it was reconciled to, what the population has. Counts only. */
typedef struct wks_fit_row {
    char level[12];       /* buurt, wijk, gemeente */
    const char *area;     /* code, borrowed from the city */
    const char *margin;   /* persons, age, sex, origin, household_type, tenure, dwelling_type */
    const char *category;
    double published;     /* as in buurten.csv (shares times dwellings for tenure and dwelling type) */
    int64_t reconciled, met;
    const char *origin;   /* quality.csv's words; published when the city has no quality.csv */
} wks_fit_row;

typedef struct wks_synth_report {
    wks_fit_row *row; int32_t n_rows;
    int64_t rooms, room_dwellings, hosted_households, households_beyond_dwellings, institution_residents;
    double max_gap;       /* largest |published - reconciled| over buurt cells */
} wks_synth_report;
void wks_synth_report_free(wks_synth_report *report);

typedef struct wks_synth_options {
    uint64_t seed_population;
    int32_t start_month;
    int threads;
} wks_synth_options;

/** Makes the population into an initialised world (month = start_month, tick 0). Keys come from buurt codes and indices inside the buurt:
 *  the same people whatever the order of rows and for any number of threads. */
wks_status wks_synth_city(const wks_city *city, const wks_synth_options *options, wks_world *out, wks_synth_report *report, wks_err *err);

#endif
