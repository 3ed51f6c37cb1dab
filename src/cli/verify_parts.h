/* What verify holds against a manifest in every kind of results folder: the program, numbers and words, files that were read, tables. */
#ifndef WKS_CLI_VERIFY_PARTS_H
#define WKS_CLI_VERIFY_PARTS_H

#include "output/manifest.h"
#include "study/verify_rows.h"

/** Notes when the folder at `path` was made by another program than this one. */
void wks_verify_parts_program(const char *path, const wks_manifest *manifest, wks_text *notes);
/** The first line in which a settings file (`there`) differs from what this program would write (`here`); with `any_city` the line of the city is left out. */
void wks_verify_parts_text(const char *path, const char *there, const char *here, bool any_city, wks_verify_list *list);
/** A key of manifest.json (`path`) against the settings of the folder; told as `what`. */
void wks_verify_parts_number(const char *path, const char *key, uint64_t manifest, uint64_t settings, const char *what,
                             wks_verify_list *list);
void wks_verify_parts_word(const char *path, const char *key, const char *manifest, const char *settings, const char *what,
                           wks_verify_list *list);
/** An input against its SHA-256; a note when it is not there. */
wks_status wks_verify_parts_file(const char *path, const char *sha256, wks_verify_list *list, wks_text *notes, wks_err *err);
/** Every file of the folder that the manifest has a hash of; a note when it has none yet. */
wks_status wks_verify_parts_tables(const char *folder, const wks_manifest *manifest, wks_verify_list *list, wks_text *notes, wks_err *err);
/** A table of the folder against the same made `again`: the first line and column that differ, told as `what`. */
wks_status wks_verify_parts_table(const char *path, const char *again, const char *what, wks_verify_list *list, wks_err *err);

#endif
