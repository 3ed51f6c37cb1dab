/* Which rows of results a comparison is about: declared beforehand, never chosen by how they came out. */
#ifndef WKS_STUDY_DECLARED_H
#define WKS_STUDY_DECLARED_H

#include "output/matrix.h"
#include "scenario/scenario.h"

/** Declared outcomes of the city or of areas at the last tick. */
typedef struct wks_declared {
    const wks_outcome *outcome; /* n, or NULL: names */
    const char *const *name;    /* n names of indicators of the city */
    size_t n;
    bool everybody_only; /* of names: rows without a group only */
} wks_declared;

/** The scenario's list `outcomes`; without it the names in `output.indicators` (of every group); without those the usual ones: median and mean wait,
 *  slaagkans, starters, refusals and leefbaarheid of everybody. Borrows from the scenario. */
wks_declared wks_declared_of(const wks_scenario *scenario);

/** Number of the outcome that this row is, whatever its tick; -1: none. */
int32_t wks_declared_find(const wks_declared *declared, const wks_matrix_row *row);
/** What is asked of outcome i; threshold and half_width are 0 for names. */
double wks_declared_threshold(const wks_declared *declared, int32_t i);
double wks_declared_half_width(const wks_declared *declared, int32_t i);

/** The last tick of a table. O(rows). */
int32_t wks_declared_last_tick(const wks_matrix *matrix);

#endif
