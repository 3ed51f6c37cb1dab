/* What measure reads of a folder: the population of a city, or the state of a finished run at a tick, as counts of households by area. */
#ifndef WKS_CLI_MEASURE_FOLDER_H
#define WKS_CLI_MEASURE_FOLDER_H

#include "cli/load.h"
#include "cli/measure_rows.h"
#include "measure/city_table.h"

typedef struct wks_measure_folder {
    wks_load load;
    wks_world world;
    wks_city_table *table; /* n_tables: one, or (of a run with several groups, which may overlap) one for each group: it and "rest" */
    size_t n_tables;
    char **label; /* n_labels: names of groups as asked for */
    char **name;  /* the same as the scenario knows them */
    char **where; /* their predicates; "": a group of the scenario */
    size_t n_labels;
} wks_measure_folder;

/** True when the argument is no file but a folder, or the name of a city that comes with the program. */
bool wks_measure_folder_is(const char *argument);
/** Reads it. WKS_ERR_USAGE: neither a city nor a finished run; no --groups; an unknown group, tick, replication or level (naming those there).
 *  To be freed also after an error. */
wks_status wks_measure_folder_read(const wks_options *options, wks_measure_folder *out, wks_problems *problems, wks_err *err);
void wks_measure_folder_free(wks_measure_folder *folder);

/** Takes --groups apart: names, and predicates with a name before a colon ("old: age_years >= 75") or without. Commas within brackets stay. */
wks_status wks_measure_folder_labels(const char *text, wks_measure_folder *out, wks_err *err);

#endif
