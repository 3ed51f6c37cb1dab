/* The tables of `wijksim synth`: a population at its start, and how well it meets its margins. */
#ifndef WKS_OUTPUT_POPULATION_H
#define WKS_OUTPUT_POPULATION_H

#include "city/synth.h"

typedef enum wks_population_table {
    WKS_POPULATION_HOUSEHOLDS,
    WKS_POPULATION_PERSONS,
    WKS_POPULATION_LATENT,
    WKS_POPULATION_REGISTRATIONS,
    WKS_POPULATION_UNITS,
    WKS_POPULATION_FIT,
    WKS_POPULATION_N
} wks_population_table;

/** File name and header line (with its line end) of each table. */
extern const char *const wks_population_name[WKS_POPULATION_N];
extern const char *const wks_population_header[WKS_POPULATION_N];
extern const char wks_population_about[]; /* the file that names the city that the population was made of */
extern const char wks_population_note[];  /* the file that tells what the rows of real dwellings are */

/** Writes households.csv, persons.csv, latent.csv, registrations.csv, units.csv and fit.csv into an existing folder, each whole or not at
 * all. Rows in the order of buurten (never of threads); keys are 16 hex digits; months YYYY-MM, empty for none. Every person stands once
 * in persons.csv: `household` is where they live (the hosts' for guests), empty in an institution, in shelter, at COA and outside.
 * households.csv holds who has a unit, latent.csv who has none. WKS_ERR_IO names the file. O(rows). */
wks_status wks_population_write(const char *folder, const wks_city *city, const wks_world *world, const wks_synth_report *report,
                                wks_err *err);

#endif
