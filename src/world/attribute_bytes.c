#include "world/attribute_bytes.h"

#include <string.h>

#include "base/month.h"
#include "base/vector.h"

/* One expression over row `h`, the same as in attribute.c (a test compares them); of more than a byte it is looked at whether those of all households fit. */
#define BYTES(name, expression)                                                                             \
    WKS_VECTOR static bool load_##name(const wks_world *w, int32_t begin, int32_t n, uint8_t *restrict out) \
    {                                                                                                       \
        const wks_household_table *const hh = &w->household;                                                \
        for (int32_t i = 0; i < n; i++) {                                                                   \
            const int32_t h = begin + i;                                                                    \
            out[i] = (uint8_t)(expression);                                                                 \
        }                                                                                                   \
        return true;                                                                                        \
    }
#define FITTING(name, expression)                                                                           \
    WKS_VECTOR static bool load_##name(const wks_world *w, int32_t begin, int32_t n, uint8_t *restrict out) \
    {                                                                                                       \
        const wks_household_table *const hh = &w->household;                                                \
        const int32_t now = w->month;                                                                       \
        uint32_t beyond = (uint32_t)now & 0;                                                                \
        for (int32_t i = 0; i < n; i++) {                                                                   \
            const int32_t h = begin + i, value = (expression);                                              \
            beyond |= hh->key[h] == 0 ? 0 : (uint32_t)value & ~UINT32_C(0xFF);                              \
            out[i] = (uint8_t)value;                                                                        \
        }                                                                                                   \
        return beyond == 0;                                                                                 \
    }

BYTES(income_source, hh->income_source[h])
FITTING(n_persons, hh->n_persons[h] + hh->n_home_children[h])
BYTES(n_adults, hh->n_adults[h])
FITTING(n_children, hh->n_children[h] + hh->n_home_children[h])
BYTES(n_guests, hh->n_guests[h])
BYTES(has_partner, hh->has_partner[h])
FITTING(age_years, wks_month_age(hh->head_birth_month[h], now))
BYTES(is_student, hh->is_student[h])
BYTES(is_registered, hh->registered_month[h] != WKS_NO_MONTH)
BYTES(urgency, hh->urgency[h])
BYTES(referral, hh->referral[h])
BYTES(came_as, hh->came_as[h])
BYTES(place, hh->place[h])
BYTES(is_latent, hh->unit_row[h] == WKS_NONE)
BYTES(is_temporary, hh->temporary[h] != WKS_CONTRACT_OWN)
BYTES(arrears_months, hh->arrears_months[h])
BYTES(has_support, hh->support[h] > 0)
BYTES(motivation_stated, hh->motivated[h])
BYTES(search, hh->search[h])
BYTES(psychiatric, (hh->vulnerability[h] & WKS_VULNERABLE_PSYCHIATRIC) != 0)
BYTES(lvb, (hh->vulnerability[h] & WKS_VULNERABLE_LVB) != 0)
BYTES(addiction, (hh->vulnerability[h] & WKS_VULNERABLE_ADDICTION) != 0)
BYTES(debt, (hh->vulnerability[h] & WKS_VULNERABLE_DEBT) != 0)
BYTES(frail, (hh->vulnerability[h] & WKS_VULNERABLE_FRAIL) != 0)
BYTES(nuisance, (hh->vulnerability[h] & WKS_VULNERABLE_NUISANCE) != 0)
BYTES(vulnerable, hh->vulnerability[h] != 0)
BYTES(origin, hh->origin[h])

#define ENTRY(name)        \
    {                      \
#name, load_##name \
    }
static const struct wks_attribute_bytes_entry {
    const char *name;
    wks_attribute_bytes_load *load;
} table[] = {
    ENTRY(income_source), ENTRY(n_persons),   ENTRY(n_adults),      ENTRY(n_children),     ENTRY(n_guests),    ENTRY(has_partner),
    ENTRY(age_years),     ENTRY(is_student),  ENTRY(is_registered), ENTRY(urgency),        ENTRY(referral),    ENTRY(came_as),
    ENTRY(place),         ENTRY(is_latent),   ENTRY(is_temporary),  ENTRY(arrears_months), ENTRY(has_support), ENTRY(motivation_stated),
    ENTRY(search),        ENTRY(psychiatric), ENTRY(lvb),           ENTRY(addiction),      ENTRY(debt),        ENTRY(frail),
    ENTRY(nuisance),      ENTRY(vulnerable),  ENTRY(origin),
};

wks_attribute_bytes_load *wks_attribute_bytes_of(int32_t attribute)
{
    const char *name = wks_attribute_table[attribute].name;

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].name, name) == 0) return table[i].load;
    return NULL;
}
