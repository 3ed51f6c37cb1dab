/* CBS area codes: what kind of area a code is of, and the code of the area it lies in. Codes are text (BU0363AA01), never numbers. */
#ifndef WKS_IMPORT_AREA_H
#define WKS_IMPORT_AREA_H

#include <stdbool.h>

typedef enum wks_area_level { WKS_AREA_LAND, WKS_AREA_GEMEENTE, WKS_AREA_WIJK, WKS_AREA_BUURT } wks_area_level;

enum { WKS_AREA_CODE_SIZE = 11 }; /* BU03440111 and its end */

/** Level by the word CBS uses (Buurt, Wijk, Gemeente, Land; case ignored). False for any other word. */
bool wks_area_parse_level(const char *word, wks_area_level *out);
/** The word CBS uses: "Buurt". */
const char *wks_area_level_name(wks_area_level level);
/** A code of that level to show as an example. */
const char *wks_area_example(wks_area_level level);

/** True if `code` has the form of that level: NL00, GM0344, WK034401, BU03440111; digits or capitals after the prefix. */
bool wks_area_code_fits(const char *code, wks_area_level level);
/** Level by the form of the code. False if it has none of the four forms. */
bool wks_area_level_of(const char *code, wks_area_level *out);

/** Code of the wijk a buurt lies in (BU03440111 -> WK034401) or of the gemeente of either (-> GM0344). `out` needs 11 bytes. */
void wks_area_parent(const char *code, wks_area_level level, char *out);

#endif
