/* In which buurt of the city a dwelling or seeker of a corporatie's file is. */
#ifndef WKS_IMPORT_OWN_PLACE_H
#define WKS_IMPORT_OWN_PLACE_H

#include "import/own_reader.h"

enum {
    WKS_OWN_PLACE_OUTSIDE = -2, /* in another gemeente, or in a postcode that the table lacks */
    WKS_OWN_PLACE_BAD = -3
};

/** Row of the buurt of the row at hand, by code, name or (table of postcodes) postcode: `buurt` and `postcode` are the fields.
 *  WKS_OWN_PLACE_OUTSIDE, -1 where nothing is said (counted in n_empty), WKS_OWN_PLACE_BAD after a problem. O(buurten) for a name. */
int32_t wks_own_place(wks_own_reader *r, int32_t buurt, int32_t postcode);

#endif
