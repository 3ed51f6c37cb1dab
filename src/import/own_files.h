/* The files that `import own` puts into a city folder, as text, and their putting in place: all of them or none. */
#ifndef WKS_IMPORT_OWN_FILES_H
#define WKS_IMPORT_OWN_FILES_H

#include "import/own_rows.h"

typedef enum wks_own_files_kind {
    WKS_OWN_FILES_DWELLINGS,
    WKS_OWN_FILES_SEEKERS,
    WKS_OWN_FILES_REPORT,
    WKS_OWN_FILES_CONFIG, /* last: it says that the others count */
    WKS_OWN_FILES_N
} wks_own_files_kind;
extern const char *const wks_own_files_name[WKS_OWN_FILES_N];

/** The contents. Rows are in order of key, which tells nothing of their order in the source. */
void wks_own_files_dwellings(const wks_city *city, const wks_own_rows *rows, wks_text *out);
void wks_own_files_seekers(const wks_city *city, const wks_own_rows *rows, wks_text *out);
/** Markdown; counts from 1 to 9 are written as <10. */
void wks_own_files_report(const wks_city *city, const wks_own_mapping *mapping, const wks_own_rows *rows, wks_text *out);
/** The old city.cfg with own_data = true. */
void wks_own_files_config(const char *old, bool is_set, wks_text *out);

/** Writes the texts under temporary names, then moves all in place; a NULL text removes the file of an earlier import. On an error every
 *  old file is back and nothing new is left. Files about people are readable by their owner only (mode 0600). */
wks_status wks_own_files_put(const char *folder, const wks_text *const text[WKS_OWN_FILES_N], wks_err *err);

#endif
