/* Between two months of a replication: is it time to keep it, does the time that was given run out? And what to say of replications that were left there. */
#ifndef WKS_STUDY_PAUSING_H
#define WKS_STUDY_PAUSING_H

#include "output/store.h"

/** Writes the state as bytes: wks_replication_save, or what goes with a runner of a test. */
typedef wks_status wks_pausing_save(const wks_replication_state *state, wks_bytes *out, wks_err *err);

/** The same for all replications of a batch. */
typedef struct wks_pausing_rules {
    bool is_on;             /* replications are kept by checkpoints; false: those in the middle are lost */
    double every_s;         /* seconds from one checkpoint to the next; 0: every tick */
    double deadline;        /* on the clock of wks_machine_seconds; 0: none */
    wks_pausing_save *save; /* NULL: wks_replication_save */
} wks_pausing_rules;

/** What sessions of this kind take, learnt from one replication for the next; zeros: not known yet. */
typedef struct wks_pausing_pace {
    double month_s, keeping_s;
} wks_pausing_pace;

/** True when a month at that pace, and keeping it, would end after the deadline. Never before a pace is known. */
bool wks_pausing_is_late(const wks_pausing_rules *rules, const wks_pausing_pace *pace);

/** Of one replication while it runs. */
typedef struct wks_pausing {
    const wks_pausing_rules *rules;
    wks_stop *stop;
    wks_store_part *part;
    const double *simulation_s;         /* of this session so far */
    int32_t n_ticks, kept_tick;         /* tick of its checkpoint; -1: none */
    double begun, month_begun, kept_at; /* clock */
    wks_pausing_pace pace;              /* the longest month of about the last year, and the last checkpoint */
} wks_pausing;

/** `tick`: of the checkpoint it goes on from, or -1. Borrows all pointers. */
void wks_pausing_begin(wks_pausing *pausing, const wks_pausing_rules *rules, wks_stop *stop, wks_store_part *part,
                       const double *simulation_s, int32_t n_ticks, int32_t tick);

/** Writes a checkpoint of a part: the state goes to the disk as it is saved. `wall_s`, `simulation_s`: of this session. */
wks_status wks_pausing_keep(const wks_pausing_rules *rules, wks_store_part *part, const wks_replication_state *state, int32_t tick,
                            double wall_s, double simulation_s, wks_err *err);
/** Others were kept along with it, which took until now: part of what keeping takes, and no part of a month. */
void wks_pausing_kept_others(wks_pausing *pausing);

/** The pause to hand to wks_replication_run, with a wks_pausing as context: writes a checkpoint when it is due and when the run stops. Raises the stop when the
 *  deadline would pass before the next month is done and kept, by the time the last ones took: so one month is always done, and a month that is much longer
 *  than those before it is not foreseen. */
wks_status wks_pausing_ask(const wks_replication_state *state, int32_t tick, bool is_stopping, void *pausing, wks_err *err);

/** The command that goes on: as typed, with --resume, with the part that a Slurm array made of it, and without --force; "the same command with --resume" when it
 *  is not known. */
void wks_pausing_command(const wks_manifest *manifest, wks_text *out);

#endif
