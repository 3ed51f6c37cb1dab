/* Couples forming and separating: a part of process demography. */
#ifndef WKS_PROCESS_DEMOGRAPHY_COUPLES_H
#define WKS_PROCESS_DEMOGRAPHY_COUPLES_H

#include "process/tick.h"

/* Men are somewhat older than their partners: who looks stands among others at an age of this many years more for women (assumption, near CBS). */
#define WKS_DEMOGRAPHY_COUPLES_WOMAN_YEARS 2

/** Singles who look for a partner this month are put in order of age band and a hash of their key; neighbours in that order pair up, the edge
 *  with the smallest pair draw first, so that one household more or less changes only pairs nearby. Separation: one stays, the other becomes
 *  a latent unit with the ex-partner.
 *  @param level  factor on the hazard of looking;  @param parent  the same for who has children at home;  @param separate  yearly probability below 60 */
wks_status wks_demography_couples(wks_tick *tick, double level, double parent, double separate, wks_err *err);

#endif
