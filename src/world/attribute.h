/* Attributes of households as predicates and indicators see them: the vocabulary of `where`. Names carry units. */
#ifndef WKS_WORLD_ATTRIBUTE_H
#define WKS_WORLD_ATTRIBUTE_H

#include "world/world.h"

typedef enum wks_attribute_type { WKS_ATTRIBUTE_NUMBER, WKS_ATTRIBUTE_BOOL, WKS_ATTRIBUTE_CHOICE } wks_attribute_type;

/** Values of rows[0..n) into out[0..n). Choices give their index. Undefined numbers give NaN (every comparison with NaN is false). */
typedef void wks_attribute_load(const wks_world *world, const int32_t *rows, int32_t n, double *out);

typedef struct wks_attribute {
    const char *name, *unit, *help;
    wks_attribute_type type;
    bool is_knowable;          /* a landlord may know it: allowed in rules */
    bool is_origin;            /* measure only, by law */
    const char *const *choice; /* CHOICE: names */
    int32_t n_choices;
    wks_attribute_load *load;
} wks_attribute;

extern const wks_attribute wks_attribute_table[];
extern const int32_t wks_attribute_count;
/** Index by name, -1 if absent. */
int32_t wks_attribute_find(const char *name);
/** Whether it tells a health condition, debts, frailty, nuisance or origin of a household: groups that read it are not told below wijk (group.h).
 *  `vulnerable`, which does not say of what kind, is not among them; nor is any attribute that a landlord may know. */
bool wks_attribute_is_private(int32_t attribute);

#endif
