/* One replication in the middle, on disk (DIR/checkpoint/000001.ckpt): the state between two ticks, how far its rows are, and of which run it is. Whole or absent,
 * with a sum over all of it; a later session goes on from it only when it is of the same run and the same program. */
#ifndef WKS_OUTPUT_CHECKPOINT_H
#define WKS_OUTPUT_CHECKPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/growing.h"
#include "output/tables.h"

/* Layout, all numbers little-endian, texts with their length (int32) before them:
 *   "wksckpt" and a zero byte; int32 version of the layout               (these two, and where the sum stands, are the same in every version)
 *   text program version; text commit; text settings, city, members (SHA-256 in hex, "" when there is none)
 *   uint64 seeds of population and dynamics; int32 replication; int32 ticks of the run; uint8 whether households are followed
 *   int32 tick; int32 resumed_from; double wall and simulation seconds so far
 *   int32 number of files, and for each uint64 length and uint64 sum of what is in it
 *   uint8 0 stored, 1 zstd; the state; uint64 bytes that it has unpacked
 *   XXH3, 128 bits, of everything before it */
/* Files that grow with a replication: the tables, and the lives of households (lives.h). */
enum { WKS_CHECKPOINT_LIVES = WKS_TABLES_N, WKS_CHECKPOINT_FILES };
enum { WKS_CHECKPOINT_FORMAT = 3, WKS_CHECKPOINT_SUM = 16 /* bytes at the end */ };

typedef struct wks_checkpoint {
    char version[32], commit[64]; /* of the program that wrote it */
    char settings[65], city[65],
        members[65]; /* SHA-256 of the settings that count (identity.h), the city's files, the accepted set of T1 */
    uint64_t seed_population, seed_dynamics;
    int32_t replication, n_ticks;
    bool follows;                                /* what becomes of each household is kept */
    int32_t tick;                                /* of the state */
    int32_t resumed_from;                        /* tick at which the session that wrote it went on; -1: it began the replication */
    double wall_s, simulation_s;                 /* of all sessions */
    wks_growing_mark file[WKS_CHECKPOINT_FILES]; /* length and sum 0 for a file that the run does not write */
} wks_checkpoint;

/** "<folder>/checkpoint/000001.ckpt", malloc'ed; NULL without memory. */
char *wks_checkpoint_path(const char *folder, int32_t replication);
/** The number in a name as "000001.ckpt"; -1 for any other name. */
int32_t wks_checkpoint_number(const char *name);

/** The file's bytes. WKS_ERR_NOMEM. O(state). */
wks_status wks_checkpoint_encode(const wks_checkpoint *checkpoint, const char *state, size_t n, wks_bytes *out, wks_err *err);
/** Puts the sum behind bytes: the last step of encode, and for tests that damage something before it. */
void wks_checkpoint_seal(wks_bytes *bytes);
/** Puts a state into `out`, the same bytes whenever it is asked. */
typedef wks_status wks_checkpoint_save(const void *context, wks_bytes *out, wks_err *err);
/** A state that is there as bytes. */
typedef struct wks_checkpoint_block {
    const char *data;
    size_t n;
} wks_checkpoint_block;
wks_status wks_checkpoint_save_block(const void *block, wks_bytes *out, wks_err *err);
/** Writes it whole (temporary name, fsync, rename); makes the folder. What is kept of real people (is_own) is for its owner only. The state goes to the disk as it is
 *  saved: memory does not grow with it (some 2 MiB). A state that packs to less than a reader believes is saved twice. */
wks_status wks_checkpoint_write_state(const char *folder, const wks_checkpoint *checkpoint, wks_checkpoint_save *save, const void *context,
                                      bool is_own, wks_err *err);
/** The same of a state that is there as bytes. */
wks_status wks_checkpoint_write(const char *folder, const wks_checkpoint *checkpoint, const char *state, size_t n, bool is_own,
                                wks_err *err);

/** Reads and checks bytes of a file called `path`. The state is malloc'ed; with out_state NULL it is left out, but everything is checked all the same.
 *  It is never larger than 256 times the bytes it comes from and a MiB. @return WKS_ERR_DATA when damaged, WKS_ERR_USAGE when of another layout or of a program with other tables. */
wks_status wks_checkpoint_decode(const char *path, const char *bytes, size_t size, wks_checkpoint *out, char **out_state, size_t *out_n,
                                 wks_err *err);
wks_status wks_checkpoint_read(const char *path, wks_checkpoint *out, char **out_state, size_t *out_n, wks_err *err);

/** WKS_ERR_USAGE, with what differs and what to do, unless the checkpoint in `path` is of the run, replication and program of `asked` (whose tick, seconds
 *  and tables do not count). */
wks_status wks_checkpoint_compare(const char *path, const wks_checkpoint *found, const wks_checkpoint *asked, wks_err *err);

#endif
