/* Files of links between areas (i,j,w) for measure: who borders whom, and along what length. */
#ifndef WKS_CLI_MEASURE_LINKS_H
#define WKS_CLI_MEASURE_LINKS_H

#include "base/number_table.h"
#include "segregation/place.h"

/** Reads links of the areas of a table. Every link stands there in both directions with the same weight (to 1e-6); a weight of 0 is no link. Problems
 *  with line and column: as number_table.h, an area that is not in the table, a link to itself, a link twice, one direction only, two weights.
 *  `out` is empty after an error. Neighbours are ordered by area: the order of the rows of the file does not matter. */
wks_status wks_measure_links_read(const char *path, const wks_number_table *areas, int threads, wks_index_links *out,
                                  wks_problems *problems, wks_err *err);
void wks_measure_links_free(wks_index_links *links);

/** Tells that a name is not an area of the table, with the nearest that is (not in very large tables). */
void wks_measure_links_unknown(const wks_number_table *file, size_t row, size_t column, const wks_number_table *areas,
                               wks_problems *problems);

#endif
