/* The saved mapping of a corporatie's columns to ours (libconfig text), and the proposal of one out of the columns' names. */
#ifndef WKS_IMPORT_OWN_MAPPING_H
#define WKS_IMPORT_OWN_MAPPING_H

#include "import/own_terms.h"
#include "import/sheet.h"

typedef struct wks_own_mapping_column {
    char *name; /* of the column in the user's file; NULL: not mapped */
    int line, position;
} wks_own_mapping_column;

typedef struct wks_own_mapping_word {
    wks_own_terms_word word;
    int32_t ours;
    char *theirs;
} wks_own_mapping_word;

typedef struct wks_own_mapping {
    char *path;
    bool has_file[WKS_OWN_TERMS_N_FILES];
    wks_own_mapping_column column[WKS_OWN_TERMS_N_FILES][WKS_OWN_TERMS_MAX_FIELDS];
    wks_own_mapping_word *word;
    size_t n_words;
} wks_own_mapping;

void wks_own_mapping_free(wks_own_mapping *mapping);

/** Reads a mapping. Problems: unknown keys and words (with the nearest), a column for two fields is allowed, one that is never read is not. */
wks_status wks_own_mapping_read(const char *path, wks_own_mapping *out, wks_problems *problems, wks_err *err);

/** True if the first row of a sheet surely names columns: two of the needed ones are known by name, or mapped (NULL: no mapping). Else it may
 *  be somebody's data, and nothing of it may be shown but names that are known. */
bool wks_own_mapping_has_header(const wks_own_mapping *mapping, wks_own_terms_file file, const wks_sheet *sheet);

/** Sets the columns of a file by their names; of several columns for a field the surest, then the first. Without a sure header only by
 *  names that are known to the letter. */
wks_status wks_own_mapping_propose(wks_own_mapping *mapping, wks_own_terms_file file, const wks_sheet *sheet, wks_err *err);

/** The mapping as text to save. `sheet` (NULL: none) of the dwellings gives the words that are not known yet, as comments: those of ten rows
 *  or more, the others may be somebody's. */
void wks_own_mapping_write(const wks_own_mapping *mapping, const wks_sheet *const sheet[WKS_OWN_TERMS_N_FILES], wks_text *out);

/** The number of a word by the mapping's values, then by what is known of old; -1 if unknown. */
int32_t wks_own_mapping_word_of(const wks_own_mapping *mapping, wks_own_terms_word word, const char *cell);

/** Word kind of a field; -1 if its cells are no words. */
int32_t wks_own_mapping_kind(wks_own_terms_file file, int32_t field);

#endif
