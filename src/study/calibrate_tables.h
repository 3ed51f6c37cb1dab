/* The files of a calibration (docs/calibration.md): what was run, what is left, how well targets are met. */
#ifndef WKS_STUDY_CALIBRATE_TABLES_H
#define WKS_STUDY_CALIBRATE_TABLES_H

#include "base/text.h"
#include "study/calibrate.h"

/** Names of the files that wks_calibrate_tables_write makes; NULL at the end. */
extern const char *const wks_calibrate_tables_files[];

/** Writes evaluations.csv, steps.csv, posterior.csv, members.csv, targets.csv, calibration.csv and correlations.csv into a folder. Each whole or not at all.
 *  WKS_ERR_IO, WKS_ERR_NOMEM. */
wks_status wks_calibrate_tables_write(const wks_calibrate *calibrate, const char *folder, wks_err *err);

/** What became of a target, in words: "fitted: met", "held out: missed", ...; met: |z| at most 2, and the set comes within two errors of observation of
 *  the value without the discrepancy; otherwise "outside the set; within the discrepancy stated". */
const char *wks_calibrate_tables_verdict(const wks_calibrate *calibrate, int32_t t, const wks_calibrate_target *is);
/** The same as tables of blanks for people: what was run, parameters, targets, warnings. */
wks_status wks_calibrate_tables_print(const wks_calibrate *calibrate, wks_text *out, wks_err *err);

#endif
