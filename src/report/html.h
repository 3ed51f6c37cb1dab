/* The report: one offline HTML page made from a results folder. Everything shown comes from the files in that folder. */
#ifndef WKS_REPORT_HTML_H
#define WKS_REPORT_HTML_H

#include "base/problems.h"

/** Writes DIR/report.html (atomically) from the results folder of a run, a comparison, a sweep or a calibration, from a city folder, or from what synth made of one.
 *  Of a run or a comparison it needs manifest.json and summary.csv; uses contrasts.csv, queue.csv, losers.csv, waterbed.csv, destinations.csv, effects.csv, monitor.csv,
 *  breakeven.csv, compliance.csv, differences.txt, codebook.csv, map.gpkg and each scenario's scenario.cfg when they are there. The page holds its charts, styles and data; it asks nothing of any
 *  network, and says so to the browser. Without the chart programs (a build without npm) it has tables and still charts only.
 *  @param lang  "nl" (also for NULL) or "en"; anything else is WKS_ERR_USAGE
 *  @param problems  missing or malformed files, all of them, with file and line
 *  @return WKS_ERR_DATA when a needed file is missing or malformed; WKS_ERR_IO when the page cannot be written. */
wks_status wks_html_write(const char *dir, const char *lang, wks_problems *problems, wks_err *err);
/** The same of a run or a comparison, with a sweep on the same reference shown in the part on certainty.
 *  @param sweep  its results folder; NULL: none. One that is no sweep, or about another scenario or city, is a problem
 *  @return WKS_ERR_USAGE when DIR is neither run nor comparison */
wks_status wks_html_write_beside(const char *dir, const char *sweep, const char *lang, wks_problems *problems, wks_err *err);

#endif
