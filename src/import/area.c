#include "import/area.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"

static const struct {
    const char *name, *prefix, *example;
    size_t length;
} levels[] = {[WKS_AREA_LAND] = {"Land", "NL", "NL00", 4},
              [WKS_AREA_GEMEENTE] = {"Gemeente", "GM", "GM0344", 6},
              [WKS_AREA_WIJK] = {"Wijk", "WK", "WK034401", 8},
              [WKS_AREA_BUURT] = {"Buurt", "BU", "BU03440111", 10}};
enum { N_LEVELS = sizeof levels / sizeof *levels };

bool wks_area_parse_level(const char *word, wks_area_level *out)
{
    for (int i = 0; i < N_LEVELS; i++)
        if (wks_text_equal_nocase(word, levels[i].name)) {
            *out = (wks_area_level)i;
            return true;
        }
    *out = WKS_AREA_LAND;
    return wks_text_equal_nocase(word, "Nederland");
}

const char *wks_area_level_name(wks_area_level level)
{
    return levels[level].name;
}

const char *wks_area_example(wks_area_level level)
{
    return levels[level].example;
}

bool wks_area_code_fits(const char *code, wks_area_level level)
{
    if (strlen(code) != levels[level].length || strncmp(code, levels[level].prefix, 2) != 0) return false;
    for (const char *s = code + 2; *s != '\0'; s++)
        if (!((*s >= '0' && *s <= '9') || (*s >= 'A' && *s <= 'Z'))) return false;
    return true;
}

bool wks_area_level_of(const char *code, wks_area_level *out)
{
    for (int i = 0; i < N_LEVELS; i++)
        if (wks_area_code_fits(code, (wks_area_level)i)) {
            *out = (wks_area_level)i;
            return true;
        }
    return false;
}

void wks_area_parent(const char *code, wks_area_level level, char *out)
{
    WKS_BUG_IF(strlen(code) < 6 || (level == WKS_AREA_WIJK && strlen(code) < 8));
    snprintf(out, WKS_AREA_CODE_SIZE, level == WKS_AREA_WIJK ? "WK%.6s" : "GM%.4s", code + 2);
}
