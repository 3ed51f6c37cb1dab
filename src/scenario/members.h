/* The accepted set of theory T1: rows of parameter values that were history-matched together (docs/odd.md, theories). A replication
 * takes one row, drawn by (population seed, replication number): the same in every scenario.
 *
 * A file is CSV with a column `member` (whole numbers from 1, each once) and a column a parameter, named by its path
 * (processes.neighbourhood.d_s); lines that begin with # are comments. */
#ifndef WKS_SCENARIO_MEMBERS_H
#define WKS_SCENARIO_MEMBERS_H

#include "scenario/scenario.h"

/** What `compare --theories` uses when the scenario names no set: scenarios/theories/t1.csv. */
extern const char wks_members_default[];
/** Path of the key that names the set, and of the theory. */
extern const char wks_members_key[], wks_members_theory_key[];

struct wks_members {
    char *path;      /* the file that was read */
    char sha256[65]; /* of its bytes */
    int32_t n, n_columns;
    int32_t *number;          /* n: column member */
    int32_t *process, *param; /* n_columns: what a column sets, as indices in scenario->process and its spec */
    double *value;            /* n * n_columns, row-major; within the parameters' ranges */
};

/** Reads the set that processes.neighbourhood.members names, if any, into scenario->members. It is looked for beside the file that names it, in
 *  scenarios/theories/ of the working folder, then of the data folder; a name without .csv gets it. The key of the resolved tree becomes the bare
 *  name when the set is one of the data folder, else the full path, so that scenario.cfg reads the same set from anywhere.
 *  Every mistake in the file is a problem at its line and column. @return WKS_OK also with problems; WKS_ERR_NOMEM, WKS_ERR_IO. */
wks_status wks_members_read(wks_scenario *scenario, wks_problems *problems, wks_err *err);
void wks_members_free(wks_members *members);

/** Row of the set that replication `number` takes under this scenario; -1 when it takes none (no set, or another theory than T1).
 *  Uniform over the rows; RNG purpose THEORY_MEMBER under (population seed, number). */
int32_t wks_members_row(const wks_scenario *scenario, int32_t number);
/** Its number in the file (column member); 0 when there is none. */
int32_t wks_members_number(const wks_scenario *scenario, int32_t number);
/** Puts the values of that row into a replication's own copy of the settings (scenario->n_processes of them); nothing for row -1. */
void wks_members_apply(const wks_scenario *scenario, int32_t row, wks_settings *process);

#endif
