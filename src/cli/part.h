/* A block of the replications as a process of its own: --part i/n, or the task of a Slurm array. */
#ifndef WKS_CLI_PART_H
#define WKS_CLI_PART_H

#include "base/text.h"
#include "cli/load.h"

/** Part and number of parts by the environment: task (ID - MIN) / STEP + 1 of COUNT of a Slurm array. 0 of 0 outside an array. WKS_ERR_USAGE when the
 *  variables do not add up to 2 parts or more, as when single tasks of an array are submitted again: then only the user knows. */
wks_status wks_part_of_array(int32_t *out_part, int32_t *out_n_parts, wks_err *err);

/** Narrows a loaded scenario to its block: replications floor((i-1) N / n) up to floor(i N / n), counted from the first one. A part may be empty.
 *  Without parts nothing changes and load->block.of is 0. */
void wks_part_narrow(const wks_options *options, wks_load *load);

/** The folder to write to: -o, else `name`, with ".part-i-of-n" when there are parts. */
wks_status wks_part_folder(const wks_options *options, const char *name, wks_text *out, wks_err *err);

/** WKS_ERR_USAGE when the folder holds another part than this (or a part and this is the whole, or the other way round). Fine when it holds nothing. */
wks_status wks_part_check(const char *folder, const wks_manifest_block *block, wks_err *err);
/** Takes the folder for a part before anything is written: of several parts that want the same folder one gets it, the others WKS_ERR_USAGE. With `force`
 *  whatever part had it. Does nothing for the whole. */
wks_status wks_part_claim(const char *folder, const wks_manifest_block *block, bool force, wks_err *err);

#endif
