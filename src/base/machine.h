/* What this machine lends the process: memory and processors, by whoever sets the tightest limit (system, container, job of a scheduler). */
#ifndef WKS_BASE_MACHINE_H
#define WKS_BASE_MACHINE_H

/** An amount and who sets it, in words for a user. */
typedef struct wks_machine_limit {
    double value;       /* bytes, or a count; INFINITY when nobody says anything */
    const char *source; /* static text */
} wks_machine_limit;

/** Bytes the process may still take: the least of MemAvailable, what is left under the memory limits of its cgroup and all above it (v2 memory.max,
 *  v1 memory.limit_in_bytes; file cache that can be given up counts as free) and under RLIMIT_AS, and a Slurm job's SLURM_MEM_PER_NODE or
 *  SLURM_MEM_PER_CPU times its processors, less what the process holds. `root` stands before /proc and /sys ("" in earnest; tests make one). */
wks_machine_limit wks_machine_memory(const char *root);

/** Threads to use when nobody says how many: OMP_NUM_THREADS when set, else the least of the processors of the affinity mask, SLURM_CPUS_PER_TASK
 *  and the cgroup's cpu quota (v2 cpu.max, v1 cpu.cfs_quota_us; rounded up). At least 1. */
wks_machine_limit wks_machine_threads(const char *root);

/** Seconds of a monotonic clock: for how long something took, never part of a result. */
double wks_machine_seconds(void);

#endif
