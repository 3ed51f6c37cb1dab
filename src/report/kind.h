/* What kind of folder the report is made of. */
#ifndef WKS_REPORT_KIND_H
#define WKS_REPORT_KIND_H

#include "base/problems.h"

typedef enum wks_kind {
    WKS_KIND_UNKNOWN,
    WKS_KIND_RUN, /* of a comparison too: manifest.json, summary.csv */
    WKS_KIND_SWEEP,
    WKS_KIND_CALIBRATION,
    WKS_KIND_CITY /* a city folder (buurten.csv), or what synth made of one (fit.csv); neither has a manifest.json */
} wks_kind;

/** By the kind that manifest.json names, else by the files there are. Any other folder is a problem that tells which kinds are known; a manifest that is damaged
 *  counts as of a run, whose reader tells what is wrong with it. */
wks_status wks_kind_of(const char *dir, wks_kind *out, wks_problems *problems, wks_err *err);

#endif
