/* Sets of parameter values that stand together: rows that a calibration or a history match did not rule out. A replication takes one row, drawn by
 * (population seed, replication number): the same in every scenario. There are two, drawn apart: the accepted set of theory T1
 * (processes.neighbourhood.members; docs/odd.md, theories), used under T1 only, and the set of the scenario's own key `members` (docs/calibration.md).
 *
 * A file is CSV with a column `member` (whole numbers from 1, each once), a column a parameter, named by its path
 * (processes.neighbourhood.d_s), and, if rows do not count alike, a column `weight`; lines that begin with # are comments. */
#ifndef WKS_SCENARIO_MEMBERS_H
#define WKS_SCENARIO_MEMBERS_H

#include "scenario/scenario.h"

/** What `compare --theories` uses when the scenario names no set: scenarios/theories/t1.csv. */
extern const char wks_members_default[];
/** Path of the key that names the set, and of the theory. */
extern const char wks_members_key[], wks_members_theory_key[];

typedef enum wks_members_kind { WKS_MEMBERS_THEORY, WKS_MEMBERS_CALIBRATED, WKS_MEMBERS_N } wks_members_kind;

struct wks_members {
    char *path;      /* the file that was read */
    char sha256[65]; /* of its bytes */
    int32_t n, n_columns;
    int32_t *number;          /* n: column member */
    int32_t *process, *param; /* n_columns: what a column sets, as indices in scenario->process and its spec */
    double *value;            /* n * n_columns, row-major; within the parameters' ranges */
    double *weight;           /* n, >= 0 with a sum above 0; NULL: all alike */
};

/** Reads the sets that processes.neighbourhood.members and members name, if any, into scenario->members and ->calibrated. A set is looked for beside the
 *  file that names it, then in scenarios/theories/ (T1) or scenarios/studies/ of the working folder, then of the data folder; a name without .csv gets
 *  it. The key of the resolved tree becomes the bare name when the set is one of the data folder, else the full path, so that scenario.cfg reads the
 *  same set from anywhere. Under T1 no parameter may be in both. Every mistake in a file is a problem at its line and column.
 *  @return WKS_OK also with problems; WKS_ERR_NOMEM, WKS_ERR_IO. */
wks_status wks_members_read(wks_scenario *scenario, wks_problems *problems, wks_err *err);
void wks_members_free(wks_members *members);

/** The set of that kind; NULL when the scenario has none, or one of T1 under another theory. */
const wks_members *wks_members_of(const wks_scenario *scenario, wks_members_kind kind);
/** Row of the set that replication `number` takes under this scenario; -1 when it takes none. Uniform over the rows, or by their weights; RNG purpose
 *  THEORY_MEMBER under (population seed, number), entity `kind`. */
int32_t wks_members_row(const wks_scenario *scenario, wks_members_kind kind, int32_t number);
/** Its number in the file (column member); 0 when there is none. */
int32_t wks_members_number(const wks_scenario *scenario, wks_members_kind kind, int32_t number);
/** Puts the values that replication `number` takes, of both sets, into its own copy of the settings (scenario->n_processes of them). */
void wks_members_apply(const wks_scenario *scenario, int32_t number, wks_settings *process);

#endif
