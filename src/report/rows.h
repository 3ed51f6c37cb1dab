/* The rows of summary.csv and contrasts.csv, from text to numbers, in the order of the file. For dossier.c. */
#ifndef WKS_REPORT_ROWS_H
#define WKS_REPORT_ROWS_H

#include "report/dossier.h"

/** Reads the file, by parts (a file with quotes or problems whole), into dossier->level (unsorted), theories, dates, first and last tick. Problems: a missing column (nearest name), no rows, text where a
 *  number should be. @param scenarios  names in order of appearance, grown with wks_mem_resize; the caller frees */
wks_status wks_rows_read_levels(wks_dossier *d, const char *path, int32_t **scenarios, size_t *n_scenarios, wks_problems *problems,
                                wks_err *err);

/** Likewise into dossier->contrast (unsorted); out_reference is the name of the reference, unchanged when there are no rows. Problems as above. */
wks_status wks_rows_read_contrasts(wks_dossier *d, const char *path, int32_t *out_reference, wks_problems *problems, wks_err *err);

#endif
