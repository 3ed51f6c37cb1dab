/* The lives of resident households in one replication, year by year, on disk (DIR/households/000001.lives): for laying two runs side by side (study/untouched.h).
 * Blocks of one tick, each in order of household. Grows while the run goes on, also over sessions (base/growing.h); whole or absent. Of the program for itself, as fates.h: 16 bytes a household and year. */
#ifndef WKS_OUTPUT_LIVES_H
#define WKS_OUTPUT_LIVES_H

#include <stdbool.h>
#include <stdio.h>

#include "base/growing.h"
#include "measure/household_life.h"

/** Path of one replication's file in the folder of a run, malloc'ed; NULL without memory. The folder is that of fates.h. */
char *wks_lives_path(const char *folder, int32_t replication);
bool wks_lives_has(const char *folder, int32_t replication);

/** Opens the file of one replication for writing; with `mark`, goes on with it there. What is kept of real people (is_own) is for its owner only. */
wks_status wks_lives_begin(const char *folder, int32_t replication, bool is_own, const wks_growing_mark *mark, wks_growing *out,
                           wks_err *err);
/** Puts the block of one tick. `item` is sorted by `who`. */
wks_status wks_lives_put(wks_growing *growing, int32_t tick, const wks_household_life *item, int32_t n, wks_err *err);

/** A file being read, block by block and one household after the other. */
typedef struct wks_lives_reader {
    FILE *stream;
    char *path;
    int32_t tick; /* of the block */
    int64_t n_left;
    uint64_t sum, seen; /* of the block, as the file says; of what was read so far */
    wks_household_life item;
    bool has_block, has_item; /* item is the next household of the block */
} wks_lives_reader;
/** Opens and reads the head of the first block and its first household. WKS_ERR_IO when the file is not there, was made by another kind of machine or
 *  program, or is damaged (the sum of a block is checked when its last household was read). */
wks_status wks_lives_open(const char *path, wks_lives_reader *out, wks_err *err);
/** The next household of the block; has_item false at its end. */
wks_status wks_lives_next(wks_lives_reader *reader, wks_err *err);
/** The next block, after all of this one was read; has_block false at the end of the file. */
wks_status wks_lives_next_block(wks_lives_reader *reader, wks_err *err);
void wks_lives_close(wks_lives_reader *reader);

#endif
