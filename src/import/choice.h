/* Which gemeenten the city is made of: those that the tables of an edition hold, and which of them were asked for. */
#ifndef WKS_IMPORT_CHOICE_H
#define WKS_IMPORT_CHOICE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/problems.h"
#include "import/codes.h"
#include "import/sources.h"

/* The gemeenten that occur in the tables, from any of their rows (a file cut by hand may lack the gemeente's own), in the order of the tables.
 * Points into the sources: free it before them. Start from {0}. */
typedef struct wks_choice {
    wks_codes codes;
    char **code;       /* of codes */
    const char **name; /* the code where the tables have no name */
    bool *has_buurten, *is_chosen;
    int32_t n;
    bool is_all; /* "all" was asked for, alone or among others */
} wks_choice;

void wks_choice_free(wks_choice *choice);

/** Lists the gemeenten in the tables of the edition (the year of wks_sources_base) and marks those that are asked for: by name (as CBS writes
 *  it or as people do: case, accents, Den Haag), by code (GM0758, 0758, 758), several with commas between them, "all"; nothing asked: the only
 *  one. Each is looked for as a whole first, for names with a comma of their own (Nuenen, Gerwen en Nederwetten).
 *  Problems, all of them, at the base: an unknown one (nearest name, or what it was merged into), several gemeenten and nothing asked.
 *  @return WKS_ERR_DATA after a problem, WKS_ERR_NOMEM; free it then too. O(rows log gemeenten + asked x gemeenten). */
wks_status wks_choice_make(const wks_sources *sources, const char *const *asked, size_t n_asked, wks_choice *out, wks_problems *problems,
                           wks_err *err);

#endif
