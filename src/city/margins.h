/* margins.csv (published values of gemeenten, wijken and the nation) and quality.csv (where values come from). For folder.c. */
#ifndef WKS_CITY_MARGINS_H
#define WKS_CITY_MARGINS_H

#include "city/folder.h"

/** margins.csv: `level,area,column,value` into the values of wijken and gemeenten and city->national. A published count that differs from
 *  the sum of its buurten by more than 5 % and more than 5 a buurt is warned about. Bad rows are problems. Without `has_all_areas` rows of
 *  buurten.csv were left out: areas that are not there and sums that differ say nothing then. */
wks_status wks_margins_read(const char *path, bool has_all_areas, wks_city *city, wks_problems *problems, wks_err *err);

/** quality.csv: `area,column,value,origin` into the origins of buurten. Bad rows are problems; so is a value that is not in buurten.csv
 *  (a warning: the file belongs to another version of the city). has_all_areas: as above. */
wks_status wks_margins_read_quality(const char *path, bool has_all_areas, wks_city *city, wks_problems *problems, wks_err *err);

/** The word for an origin. */
const char *wks_margins_origin(uint8_t origin);

#endif
