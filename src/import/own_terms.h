/* What a corporatie's own files may hold: one table of fields with the column names by which they are known (VERA's among them), the words
 * in them, and the columns that are never read because they tell who somebody is. Help and docs/import-own.md come from here. */
#ifndef WKS_IMPORT_OWN_TERMS_H
#define WKS_IMPORT_OWN_TERMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

typedef enum wks_own_terms_file { WKS_OWN_TERMS_DWELLINGS, WKS_OWN_TERMS_SEEKERS, WKS_OWN_TERMS_N_FILES } wks_own_terms_file;
extern const char *const wks_own_terms_file_name[WKS_OWN_TERMS_N_FILES]; /* as in the mapping: dwellings, seekers */

typedef enum wks_own_terms_dwelling {
    WKS_OWN_TERMS_D_ID,
    WKS_OWN_TERMS_D_BUURT,
    WKS_OWN_TERMS_D_POSTCODE,
    WKS_OWN_TERMS_D_TYPE,
    WKS_OWN_TERMS_D_RENT,
    WKS_OWN_TERMS_D_ASKED_RENT,
    WKS_OWN_TERMS_D_POINTS,
    WKS_OWN_TERMS_D_ROOMS,
    WKS_OWN_TERMS_D_AREA,
    WKS_OWN_TERMS_D_BUILT,
    WKS_OWN_TERMS_D_COMPLEX,
    WKS_OWN_TERMS_D_LABEL,
    WKS_OWN_TERMS_D_SEGMENT,
    WKS_OWN_TERMS_D_ACCESSIBLE,
    WKS_OWN_TERMS_D_N
} wks_own_terms_dwelling;

typedef enum wks_own_terms_seeker {
    WKS_OWN_TERMS_S_ID,
    WKS_OWN_TERMS_S_REGISTERED,
    WKS_OWN_TERMS_S_BUURT,
    WKS_OWN_TERMS_S_POSTCODE,
    WKS_OWN_TERMS_S_BIRTH,
    WKS_OWN_TERMS_S_PERSONS,
    WKS_OWN_TERMS_S_INCOME,
    WKS_OWN_TERMS_S_URGENCY,
    WKS_OWN_TERMS_S_REACTED,
    WKS_OWN_TERMS_S_N
} wks_own_terms_seeker;

enum { WKS_OWN_TERMS_MAX_FIELDS = WKS_OWN_TERMS_D_N, WKS_OWN_TERMS_MAX_NAMES = 14 };

typedef enum wks_own_terms_need { WKS_OWN_TERMS_OPTIONAL, WKS_OWN_TERMS_NEEDED, WKS_OWN_TERMS_ONE_OF } wks_own_terms_need;

typedef struct wks_own_terms_field {
    const char *name, *unit; /* the name in the mapping */
    wks_own_terms_need need; /* ONE_OF: buurt or postcode */
    const char *help, *vera; /* vera: name in VERA's information model; "" if VERA has none */
    const char *term[WKS_OWN_TERMS_MAX_NAMES];
} wks_own_terms_field;

/** The fields of a file and how many. */
const wks_own_terms_field *wks_own_terms_fields(wks_own_terms_file file, int32_t *out_n);

/** Which field a column of this name is; -1 if none. Case, blanks, punctuation, accents and what stands in brackets do not count; of
 *  "Eenheid.bouwjaar" the last part does. *out_rank: the smaller, the surer (place in the field's list). */
int32_t wks_own_terms_recognise(wks_own_terms_file file, const char *column, int32_t *out_rank);

/** Why a column of this name is never read ("names", "BSN", ...); NULL if it may be. */
const char *wks_own_terms_refusal(wks_own_terms_file file, const char *column);

/* Words in cells. */
typedef enum wks_own_terms_word {
    WKS_OWN_TERMS_TYPE,
    WKS_OWN_TERMS_LABEL,
    WKS_OWN_TERMS_SEGMENT,
    WKS_OWN_TERMS_ACCESSIBLE,
    WKS_OWN_TERMS_PERSONS,
    WKS_OWN_TERMS_URGENCY,
    WKS_OWN_TERMS_N_WORDS
} wks_own_terms_word;

enum { WKS_OWN_TERMS_MAX_OURS = 8, WKS_OWN_TERMS_ROOM = 2, WKS_OWN_TERMS_OTHER = 3 }; /* of type: left out, because no dwelling */

typedef struct wks_own_terms_words {
    const char *name;                         /* in the mapping's values */
    const char *ours[WKS_OWN_TERMS_MAX_OURS]; /* NULL at the end; the number is the place */
    const char *theirs;                       /* "0:tussenwoning|0:tus|1:galerijflat|..." in simplified form */
} wks_own_terms_words;
extern const wks_own_terms_words wks_own_terms_word_table[WKS_OWN_TERMS_N_WORDS];

/** The number of a word of ours or known of old; -1 if unknown. */
int32_t wks_own_terms_word_of(wks_own_terms_word word, const char *cell);

/** Two texts that are the same in simplified form: lower case letters and digits only, accents off, brackets left out. */
bool wks_own_terms_same(const char *a, const char *b);

/** The tables as a page of docs (markdown) or of help (plain). */
void wks_own_terms_describe(bool is_markdown, wks_text *out);

#endif
