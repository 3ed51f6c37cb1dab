/* The tables of a study made again from its journal of trials, in a folder that goes away, and held against those of the study's own folder. */
#ifndef WKS_CLI_VERIFY_TABLES_H
#define WKS_CLI_VERIFY_TABLES_H

#include "cli/verify_study.h"

/** Opens a copy of the journal (`journal`, `has_journal`), makes every table again from it (`point`, `n_points` of a calibration) and tells of each that differs the first
 *  line and column. The study has been read, of a sweep the design too. A damaged journal is a difference; a study that has not ended has no tables, which is a note. */
wks_status wks_verify_tables_check(wks_verify_study *self, wks_verify_list *list, wks_text *notes, wks_err *err);
/** Closes the journal and removes the folder. */
void wks_verify_tables_free(wks_verify_study *self);

#endif
