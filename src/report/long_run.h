/* What the scenario.cfg of a results folder says: how much the feedback on leefbaarheid comes to in the long run, its members, its run-in. */
#ifndef WKS_REPORT_LONG_RUN_H
#define WKS_REPORT_LONG_RUN_H

#include "process/neighbourhood_effect.h"
#include "report/dossier.h"

/** Change of leefbaarheid (LBM) in the long run by a vulnerable share from 0 to 1, under T0, T1 and T2, with the settings of the reference's scenario.cfg
 *  (neighbourhood_effect.h; under T1 those of its default member). False without process neighbourhood, or when this program cannot read the file. */
bool wks_long_run_read(const wks_dossier *dossier, double out[WKS_NEIGHBOURHOOD_N_THEORIES]);
/** How many members the reference's calibrated set has (key members), and of how many parameters; 0 without one, or when it cannot be read any more. */
int32_t wks_long_run_members(const wks_dossier *dossier, int32_t *out_parameters);
/** Ticks of run-in of the reference (key warmup) that the results hold: 0 without one, without a city (then they are not written), or when scenario.cfg cannot be read any more. */
int32_t wks_long_run_warmup(const wks_dossier *dossier);

#endif
