/* A study held against the scenarios it names: paths and ranges of parameters, outcomes, the same months everywhere. */
#ifndef WKS_STUDY_STUDY_CHECK_H
#define WKS_STUDY_STUDY_CHECK_H

#include "study/study_file.h"

/** Reads the scenarios with and without the parameters, names them, makes every contrast without `scenario` one outcome a scenario, and puts what the scenarios
 *  decide (ticks, seeds) into the study. Mistakes are problems at their place in the study or scenario file; @return WKS_OK also with problems, WKS_ERR_NOMEM. */
wks_status wks_study_check(wks_study *study, wks_problems *problems, wks_err *err);

#endif
