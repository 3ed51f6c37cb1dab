/* Temporary folders and the files in them. */
#ifndef WKS_TESTS_SUPPORT_FOLDER_H
#define WKS_TESTS_SUPPORT_FOLDER_H

#include <stddef.h>

/** A new empty folder under $TMPDIR (or /tmp), malloc'ed path. Fails the test if it cannot be made. */
char *wks_folder_make(void);
/** Removes the folder with all in it and frees the path. NULL is fine. */
void wks_folder_remove(char *path);

/** "folder/name", malloc'ed. */
char *wks_folder_path(const char *folder, const char *name);
/** Writes a text file in the folder (sub-folders of `name` are made); returns its path, malloc'ed. */
char *wks_folder_put(const char *folder, const char *name, const char *text);
/** Contents of a file, malloc'ed and terminated; fails the test if it cannot be read. */
char *wks_folder_get(const char *path);

#endif
