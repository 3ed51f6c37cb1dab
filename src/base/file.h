/* Files: whole reads, atomic writes (temporary name, fsync, rename), folders, hashes, where the program's data lies. */
#ifndef WKS_BASE_FILE_H
#define WKS_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/err.h"

/** Reads all bytes (terminated by an extra NUL not counted in n). */
wks_status wks_file_read(const char *path, char **out_bytes, size_t *out_n, wks_err *err);
/** Writes all bytes to `path` by temporary name, fsync and rename: either the old or the whole new file is there.
 *  A device or pipe (/dev/stdout) is written directly. */
wks_status wks_file_write(const char *path, const char *bytes, size_t n, wks_err *err);

/** A file being written under a temporary name in the same folder. */
typedef struct wks_file_writer {
    FILE *stream;
    char *path, *temporary;
} wks_file_writer;
/** On an error the writer is empty; discarding it is fine. */
wks_status wks_file_writer_open(const char *path, wks_file_writer *out, wks_err *err);
/** Only its owner can read and write the file (mode 0600), whatever was there before; to be called before anything is put. No effect on a
 *  device or pipe. */
wks_status wks_file_writer_make_private(wks_file_writer *writer, wks_err *err);
wks_status wks_file_writer_put(wks_file_writer *writer, const char *bytes, size_t n, wks_err *err);
/** Puts what a file holds behind its first `skip` bytes. Memory does not grow with the file. */
wks_status wks_file_writer_put_file(wks_file_writer *writer, const char *path, size_t skip, wks_err *err);
/** fsync and rename; the writer is closed whatever happens. */
wks_status wks_file_writer_commit(wks_file_writer *writer, wks_err *err);
/** Closes and removes the temporary file (no effect after commit). */
void wks_file_writer_discard(wks_file_writer *writer);

bool wks_file_exists(const char *path);
bool wks_file_is_folder(const char *path);
/** True if the folder exists and holds anything. */
bool wks_file_folder_has_entries(const char *path);
/** mkdir -p. WKS_ERR_USAGE where a file has the name of a folder: another name was meant. */
wks_status wks_file_make_folder(const char *path, wks_err *err);
/** Makes the names in a folder durable, as after a rename. A file system that cannot do this (some network ones) is no reason to fail. */
void wks_file_sync_folder(const char *path);
/** fflush and fsync; false, with errno, when the disk does not take it. */
bool wks_file_sync(FILE *stream);
/** A file opened to be read as it goes by, where it is too large to hold; NULL with errno set when it cannot be. Close it with fclose. */
FILE *wks_file_stream(const char *path);
/** Removes a file if it is there. */
wks_status wks_file_remove(const char *path, wks_err *err);
/** Gives a file a second name, on the same disk without a copy; on another one it is copied, with its mode. For files that are never changed in place. */
wks_status wks_file_share(const char *path, const char *second, wks_err *err);
/** Makes a new file with this text. @return false in *out_is_ours when the file was there already: of several processes one gets true. */
wks_status wks_file_claim(const char *path, const char *text, bool *out_is_ours, wks_err *err);
/** Moves a file or folder on the same disk; what had the name, if a file or an empty folder, is replaced. */
wks_status wks_file_rename(const char *from, const char *to, wks_err *err);
/** Moves all that a folder holds into another one and removes it. */
wks_status wks_file_move_entries(const char *from, const char *to, wks_err *err);
/** Names in a folder (no . and ..), sorted bytewise. Free each and the array. */
wks_status wks_file_list(const char *path, char ***out_names, size_t *out_n, wks_err *err);

/** "a/b": joined path, malloc'ed (b absolute: b alone). */
char *wks_file_join(const char *a, const char *b);
/** Folder part, malloc'ed ("." if none). */
char *wks_file_folder(const char *path);
/** Name without folder and without the last extension, malloc'ed. */
char *wks_file_stem(const char *path);

/** SHA-256 of a file / of bytes as 64 hex digits (out: 65 bytes). */
wks_status wks_file_sha256(const char *path, char *out, wks_err *err);
void wks_file_sha256_bytes(const void *bytes, size_t n, char *out);

/** Folder of the running program, malloc'ed. */
char *wks_file_program_folder(void);
/** The data folder that holds `scenarios/`: environment WIJKSIM_DATA (alone, when set); the source tree that bin/.wijksim-data of a build
 *  tree names, or ../.. of the program; ../share/wijksim of the installed program. malloc'ed; NULL if none is found. */
char *wks_file_data_folder(void);

#endif
