/* What is decided about one buurt before it goes into the world: flat lists of persons, households, dwellings, complexes, linked by
 * index. */
#ifndef WKS_CITY_SYNTH_PLAN_H
#define WKS_CITY_SYNTH_PLAN_H

#include <stdbool.h>

#include "city/synth.h"

/* The margins, flat: which cells belong to which margin. */
enum {
    WKS_SYNTH_PLAN_PERSONS = 0,
    WKS_SYNTH_PLAN_AGE = 1,
    WKS_SYNTH_PLAN_SEX = 6,
    WKS_SYNTH_PLAN_ORIGIN = 8,
    WKS_SYNTH_PLAN_TYPE = 11,
    WKS_SYNTH_PLAN_TENURE = 14,
    WKS_SYNTH_PLAN_DWELLING = 17,
    WKS_SYNTH_PLAN_N_CELLS = 19,
    WKS_SYNTH_PLAN_N_MARGINS = 7
};
typedef struct wks_synth_plan_margin {
    const char *name;
    int32_t first, n;
    const char *category[5];
    int32_t column[5]; /* of buurten.csv; -1: one minus the other share */
    bool is_share;     /* of the dwellings */
} wks_synth_plan_margin;
extern const wks_synth_plan_margin wks_synth_plan_margins[WKS_SYNTH_PLAN_N_MARGINS];

typedef struct wks_synth_plan_cells {
    int32_t n[WKS_SYNTH_PLAN_N_CELLS];
    int32_t households, dwellings;
} wks_synth_plan_cells;

/** Published value of a margin cell of an area: count, or share times dwellings; NaN where not published. */
double wks_synth_plan_published(const wks_city_area *area, int32_t margin, int32_t category);

/* The margins' order of categories. */
enum { WKS_SYNTH_PLAN_ONE, WKS_SYNTH_PLAN_WITHOUT, WKS_SYNTH_PLAN_WITH };
enum { WKS_SYNTH_PLAN_OWNER, WKS_SYNTH_PLAN_CORPORATIE, WKS_SYNTH_PLAN_PRIVATE };
enum { WKS_SYNTH_PLAN_MAX_AGE = 104, WKS_SYNTH_PLAN_TENURE_TYPES = 6 }; /* cell of tenure x dwelling type: tenure * 2 + type */
/* More households than this for each dwelling of a buurt are taken for a mistake in the figures. */
enum { WKS_SYNTH_PLAN_MOST_A_DWELLING = 20 };

typedef struct wks_synth_plan_person {
    int32_t household; /* -1: in an institution */
    int32_t next;      /* next member */
    int32_t birth_month, registered_month;
    uint8_t age, sex, origin, role, is_student;
} wks_synth_plan_person;

typedef struct wks_synth_plan_household {
    int32_t first; /* member; the head comes first */
    int32_t host;  /* index; -1 */
    int32_t unit;  /* index of a unit of the plan; -1 */
    int32_t since_month, region_month, spell_month, search_month, kin_buurt_row;
    int32_t urgency_month; /* with an urgency only */
    float income_eur, equity_eur, rent_eur;
    uint16_t vulnerability;
    uint8_t kind; /* WKS_SYNTH_PLAN_ONE.. */
    uint8_t n_persons, age_oldest, n_parents;
    int8_t cell; /* tenure x dwelling type of its dwelling; -1 none */
    uint8_t place, source, is_distant, is_between_jobs, referral, is_student, temporary, is_room, is_searching, urgency;
} wks_synth_plan_household;

typedef struct wks_synth_plan_dwelling {
    int32_t complex, first_unit, built_month, vacant_month, lettable_month; /* the months of its vacant units */
    float rent_eur, value_eur, area_m2, x_m, y_m;
    int16_t wws_points;
    uint8_t tenure, type, rooms, n_units, accessible, is_vacant, label;
    int32_t own; /* row of an own dwelling + 1; 0: synthetic */
} wks_synth_plan_dwelling;

typedef struct wks_synth_plan_complex {
    float rent_factor;
    int32_t n, built_month;
    uint8_t owner_kind, owner_number, label;
} wks_synth_plan_complex;

typedef struct wks_synth_plan {
    uint64_t key;      /* of the buurt; of the city for people without a buurt */
    int32_t buurt_row; /* -1 for people without a buurt */
    wks_synth_plan_cells target;
    wks_synth_plan_person *person;
    wks_synth_plan_household *household; /* the first n_kind households follow the margin, then latent units that come on top */
    wks_synth_plan_dwelling *dwelling;
    wks_synth_plan_complex *complex;
    int32_t *unit_household; /* occupant of each unit; -1 vacant */
    int32_t n_persons, n_households, n_margin_households, n_dwellings, n_complexes, n_units;
    int32_t household_capacity;
    /* The stock by tenure x type: all, vacant, let in rooms; room units; guests among the margin's households. */
    int32_t stock[WKS_SYNTH_PLAN_TENURE_TYPES], vacant[WKS_SYNTH_PLAN_TENURE_TYPES], split[WKS_SYNTH_PLAN_TENURE_TYPES];
    int32_t n_rooms, n_hosted;
    int32_t n_own, n_own_left; /* own dwellings in the plan, and beyond the margin */
    wks_status rc;             /* of the work in parallel */
    wks_err err;
} wks_synth_plan;

/* What all buurten share. */
typedef struct wks_synth_plan_context {
    const wks_city *city;
    const wks_synth_options *options;
    wks_rng_seed seed;
    int32_t n_corporaties;
    wks_synth_plan *plan; /* n_buurten, then one of people without a buurt */
    double *kin_anywhere; /* per buurt: cumulated weights of kin for a buurt without a place (synth_trait.h) */
} wks_synth_plan_context;

/** Frees the lists of a plan. Which buurt it is of and its targets stay, and are not even written: other threads read them meanwhile. */
void wks_synth_plan_free(wks_synth_plan *plan);
uint64_t wks_synth_plan_person_key(const wks_synth_plan *plan, int32_t person);
uint64_t wks_synth_plan_household_key(const wks_synth_plan *plan, int32_t household);

/** New latent unit on top of the margin's households; -1 when there is no room left (a bug of the caller's capacity). */
int32_t wks_synth_plan_add_household(wks_synth_plan *plan, int32_t kind, int32_t place, int32_t host);
/** Puts a person without household at the front (head) or at the end of a household's members. */
void wks_synth_plan_link(wks_synth_plan *plan, int32_t household, int32_t person, int32_t role);
/** Takes a person out of its household. */
void wks_synth_plan_unlink(wks_synth_plan *plan, int32_t person);

/* A number beside an index, for sorting and choosing; ties by index. */
typedef struct wks_synth_plan_ranked {
    double value;
    int32_t index;
} wks_synth_plan_ranked;
/** Largest first, equal ones by index; values are no NaN, indices >= 0 and different. O(n) (radix sort; n log n when memory is short). */
void wks_synth_plan_sort(wks_synth_plan_ranked *item, int32_t n);

#endif
