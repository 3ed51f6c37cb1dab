/* The part of process demography that reads a city's own levels from its population at tick 0: births, care, looking for a partner; and what life
 * alone would change in a year by type and age of household, for arrivals to balance (world->balance). Not for other processes. */
#ifndef WKS_PROCESS_DEMOGRAPHY_BALANCE_H
#define WKS_PROCESS_DEMOGRAPHY_BALANCE_H

#include "process/tick.h"

/** Fills world->balance.{birth, care, couple, change}. Whole numbers are added up, so the order of rows does not matter. O(persons). */
wks_status wks_demography_balance_start(wks_tick *tick, const wks_settings *settings, wks_err *err);

#endif
