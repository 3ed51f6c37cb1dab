/* What an earlier session left in the folder of a run: which replications can go on in the middle, and what is of no use any more. */
#ifndef WKS_OUTPUT_RESUME_H
#define WKS_OUTPUT_RESUME_H

#include "output/checkpoint.h"
#include "output/manifest.h"

typedef struct wks_resume_item {
    int32_t replication, tick;
} wks_resume_item;

/** Checkpoints of replications that the manifest does not list as complete, in order of number. */
typedef struct wks_resume {
    wks_resume_item *item;
    size_t n;
} wks_resume;

/** Finds and checks them, with the rows that belong to them; changes nothing. `asked`: as a checkpoint of this run has to be (its replication does not
 *  count). @return WKS_ERR_USAGE for one of another run or program, WKS_ERR_DATA for a damaged one or rows that do not fit. O(bytes there). */
wks_status wks_resume_find(const char *folder, const char *parts, const wks_checkpoint *asked, const wks_manifest *manifest,
                           wks_resume *out, wks_err *err);
void wks_resume_free(wks_resume *resume);

/** Removes what no session can use: files under temporary names of a writer that was killed (in the folders of parts, checkpoints and households), checkpoints
 *  and rows in the making of replications that are not in `resume`. Files with other names stay. */
wks_status wks_resume_clean(const char *folder, const char *parts, const wks_resume *resume, wks_err *err);
/** Removes the checkpoints, and their folder when nothing else is in it. */
wks_status wks_resume_forget(const char *folder, wks_err *err);

#endif
