/* Corporaties as landlords: what they ask at the next letting, decided once a year. A part of process stock (docs/odd.md, section stock). */
#ifndef WKS_PROCESS_LANDLORD_H
#define WKS_PROCESS_LANDLORD_H

#include "process/tick.h"

/* Parameters of process stock that concern landlords. */
typedef struct wks_landlord_policy {
    double streefhuur;    /* share of the WWS maximum asked by all; 0: each complex its own (complex.rent_factor) */
    double norm;          /* share of lettings to low incomes that must be under their aftoppingsgrens */
    double relabel_unlet; /* senior and jongeren labels end in complexes where a larger share of adverts found nobody */
    double lot_refusals;  /* complexes with more refusals per letting go by lot; 0: none does */
    int32_t patience;     /* adverts after which an unlet home is offered cheaper: its rent is left alone */
} wks_landlord_policy;

/** Streefhuur of a dwelling by law, EUR a month: factor x maximum rent of its WWS points, at most the liberalisatiegrens; 0 without points. */
double wks_landlord_streefhuur(const wks_law *law, double factor, double wws_points);
/** Cap (aftoppingsgrens) that fits the size: high from four rooms. */
double wks_landlord_cap(const wks_law *law, int32_t n_rooms);

/** Fills dwelling.streefhuur_eur where it is 0: by law where the asked rent is exactly a cap that the law's streefhuur passes, else the asked rent. */
void wks_landlord_start(wks_tick *tick);
/** January: streefhuren by law, homes to cap per owner and size so that the passend norm is met in expectation at least loss (no cap is needed when the rule
 *  set in force has no filter `passend`; homes with two rents meet it by themselves), labels, complexes by lot; clears the counts of the year.
 *  Homes let by the room are left alone. Serial, independent of row order. O(dwellings log dwellings). */
wks_status wks_landlord_year(wks_tick *tick, const wks_landlord_policy *policy, wks_err *err);
/** Clears the counts of the year and learns turnover only: what a landlord with fixed rents does in January. */
void wks_landlord_year_fixed(wks_tick *tick);
/** Counts this tick's lettings and what stands unlet, by complex and owner: called by process allocation after the round. */
void wks_landlord_take_lettings(wks_tick *tick);

#endif
