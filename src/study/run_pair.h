/* Two runs of one comparison beside each other: the reference and another scenario under the same theory, the same replications of each. */
#ifndef WKS_STUDY_RUN_PAIR_H
#define WKS_STUDY_RUN_PAIR_H

#include "output/matrix.h"
#include "study/batch.h"

typedef struct wks_run_pair {
    const wks_batch_member *reference, *scenario;
    const wks_matrix *reference_matrix, *scenario_matrix; /* their results read back */
} wks_run_pair;

#endif
