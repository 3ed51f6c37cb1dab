#include "scenario/expr_words.h"

#include <string.h>

#include "base/problems.h"

enum { MAX_NAMES = 512 };

int32_t wks_expr_words_choice(const wks_attribute *attribute, const char *word)
{
    for (int32_t i = 0; i < attribute->n_choices; i++) {
        if (strcmp(attribute->choice[i], word) == 0) return i;
    }
    return -1;
}

/* An attribute that `word` is the beginning of ("income": income_eur), else the nearest spelling. NULL if none. */
static const char *nearest_attribute(const char *word)
{
    const char *names[MAX_NAMES];
    size_t n = 0;
    const size_t length = strlen(word);

    for (int32_t i = 0; i < wks_attribute_count && n < MAX_NAMES; i++) {
        names[n++] = wks_attribute_table[i].name;
        if (length >= 3 && strncmp(names[i], word, length) == 0 && names[i][length] == '_') return names[i];
    }
    return wks_text_nearest(word, names, n);
}

static const wks_attribute *attribute_with_choice(const char *word)
{
    for (int32_t i = 0; i < wks_attribute_count; i++) {
        if (wks_attribute_table[i].type == WKS_ATTRIBUTE_CHOICE && wks_expr_words_choice(&wks_attribute_table[i], word) >= 0) {
            return &wks_attribute_table[i];
        }
    }
    return NULL;
}

void wks_expr_words_unknown_name(const char *word, wks_text *out)
{
    const wks_attribute *owner = attribute_with_choice(word);
    const char *near = nearest_attribute(word);

    if (wks_text_equal_nocase(word, "and") || wks_text_equal_nocase(word, "or") || wks_text_equal_nocase(word, "not") ||
        wks_text_equal_nocase(word, "in")) {
        wks_text_addf(out, "'%s' is written in small letters", word);
    } else if (owner != NULL) {
        wks_text_addf(out, "'%s' is a value of %s; write %s = %s", word, owner->name, owner->name, word);
    } else if (near != NULL) {
        wks_text_addf(out, "unknown attribute '%s'; expected an attribute of households; nearest valid name is '%s'", word, near);
    } else {
        wks_text_addf(out, "unknown attribute '%s'; expected an attribute of households (wijksim describe groups lists them)", word);
    }
}

void wks_expr_words_unknown_choice(const char *word, const wks_attribute *attribute, wks_text *out)
{
    char near[160];

    wks_text_addf(out, "'%s' is no value of %s; expected one of ", word, attribute->name);
    for (int32_t i = 0; i < attribute->n_choices; i++)
        wks_text_addf(out, "%s%s", i == 0 ? "" : ", ", attribute->choice[i]);
    wks_text_add(out, wks_problems_nearest(word, attribute->choice, (size_t)attribute->n_choices, near));
}

/* What a landlord knows that comes nearest to what it does not; NULL: nothing in particular. */
static const char *known_instead(const wks_attribute *attribute)
{
    static const struct {
        const char *unknown, *known;
    } table[] = {{"nuisance", "nuisance_file"},
                 {"debt", "arrears_months"},
                 {"psychiatric", "referral, has_support"},
                 {"lvb", "referral, has_support"},
                 {"addiction", "referral, has_support"},
                 {"frail", "age_years, urgency, has_support"},
                 {"vulnerable", "referral, has_support, nuisance_file, arrears_months"},
                 {"equity_eur", "income_eur"},
                 {"search", "is_registered, is_active"}};

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (strcmp(table[i].unknown, attribute->name) == 0) return table[i].known;
    }
    return NULL;
}

void wks_expr_words_forbidden(const wks_attribute *attribute, wks_text *out)
{
    const char *known = known_instead(attribute);

    if (attribute->is_origin) {
        wks_text_addf(out,
                      "'%s' may be measured but never be a ground for a rule: direct distinction by origin is forbidden by law; "
                      "expected a knowable attribute, or a group with use = [\"measure\"]",
                      attribute->name);
    } else {
        wks_text_addf(out,
                      "'%s' is not known to a landlord, so no rule may read it; expected a knowable attribute (%s), or a group with "
                      "use = [\"measure\"]",
                      attribute->name, known == NULL ? "referral, urgency, income_eur, ..." : known);
    }
}

void wks_expr_words_wrong_type(const char *wanted, const char *got, const wks_attribute *attribute, wks_text *out)
{
    wks_text_addf(out, "expected %s here, this is %s", wanted, got);
    if (attribute == NULL) return;
    switch (attribute->type) {
    case WKS_ATTRIBUTE_NUMBER:
        wks_text_addf(out, " (%s, in %s); compare it, as in: %s >= 1", attribute->name, attribute->unit, attribute->name);
        break;
    case WKS_ATTRIBUTE_CHOICE:
        wks_text_addf(out, "; compare it, as in: %s = %s", attribute->name, attribute->n_choices > 0 ? attribute->choice[0] : "...");
        break;
    case WKS_ATTRIBUTE_BOOL: wks_text_addf(out, "; write %s or not %s", attribute->name, attribute->name); break;
    }
}
