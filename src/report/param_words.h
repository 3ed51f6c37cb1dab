/* Parameters that studies vary in words: a short name for charts, and in Dutch what the catalogue says of them in English. */
#ifndef WKS_REPORT_PARAM_WORDS_H
#define WKS_REPORT_PARAM_WORDS_H

#include "report/notation.h"
#include "scenario/catalogue.h"

typedef struct wks_param_words {
    const char *key;     /* process or rule part, and parameter: "search.start" */
    const char *name[2]; /* by language */
    const char *help_nl;
    const char *source_nl; /* what stands behind "assumption" in the catalogue; the whole where that says another thing */
} wks_param_words;

/** Words of the setting that a path names ("processes.search.start"), by its last two parts; NULL where there are none. */
const wks_param_words *wks_param_words_of(const char *path);
/** What the catalogue knows of it; NULL for other settings. Borrowed. */
const wks_param *wks_param_words_known(const char *path);
/** "Vertrek naar een andere gemeente", with the unit behind it in brackets where it has one; nothing is added where there are no words. Not escaped. */
void wks_param_words_add(wks_notation_lang lang, const char *path, wks_text *out);
/** Words at a place in the list, NULL behind the last. */
const wks_param_words *wks_param_words_at(size_t i);

#endif
