/* The workbench of the estimates of buurten: one gemeente with a row of numbers per buurt, and the way from a figure of wijk, gemeente or country
 * to amounts of buurten. What is estimated of what stands in estimate_buurten.c, estimate_woz.c, estimate_income.c, estimate_density.c. */
#ifndef WKS_IMPORT_ESTIMATE_WORK_H
#define WKS_IMPORT_ESTIMATE_WORK_H

#include "import/draft.h"
#include "import/estimate_model.h"
#include "import/estimate_spread.h"

/* A gemeente with its buurten; start from {0}. `k` counts the buurten of the gemeente, 0 to n - 1. */
typedef struct wks_estimate_work {
    wks_draft *draft;
    const wks_draft_area *gemeente;
    int32_t gemeente_row, variant;      /* variant: wks_estimate_model_variant */
    int32_t n, *row;                    /* its buurten */
    double *feature;                    /* n * WKS_ESTIMATE_N_FEATURES */
    double *persons, *adults, *working; /* n each: inhabitants, of 15 and over, of 15 to 64 */
    double *base;                       /* how many can have it: inhabitants, households or dwellings */
    double *low, *high;                 /* bounds of the amount */
    double *amount;                     /* how many have it; of a mean the mean times the base */
    double *figure;                     /* what a caller keeps between two runs */
    bool *is_given, *skip;              /* published of the buurt; neither that nor to be estimated */
    double *wijk_total;                 /* by row of the draft */
    wks_estimate_spread_item *item, *spare;
    int32_t *buurt_of_item; /* index k */
} wks_estimate_work;

/* What is to be estimated: a count of persons or things, or a share or mean times its base. */
typedef struct wks_estimate_work_task {
    wks_estimate_model model;
    wks_city_column column;                           /* of the figure, when `figure` is NULL */
    double (*figure)(const wks_draft_area *area);     /* a share */
    double (*count_base)(const wks_draft_area *area); /* not NULL: the figure is a count; this many can have it */
    bool is_whole;
} wks_estimate_work_task;

/** Room for every gemeente of the draft. WKS_ERR_NOMEM; free it then too. */
wks_status wks_estimate_work_init(wks_draft *draft, wks_estimate_work *out, wks_err *err);
void wks_estimate_work_free(wks_estimate_work *w);

/** Goes to the buurten of a gemeente: their rows, inhabitants, features and variant. O(buurten of the draft). */
void wks_estimate_work_open(wks_estimate_work *w, int32_t gemeente_row);

wks_draft_area *wks_estimate_work_buurt(const wks_estimate_work *w, int32_t k);
double wks_estimate_work_value(const wks_estimate_work *w, int32_t k, wks_city_column column);

/** Sets a value that is missing, marked estimated; a value that is there stays. */
void wks_estimate_work_put(wks_estimate_work *w, int32_t k, wks_city_column column, double value);

/** True if CBS published it of the buurt itself. */
bool wks_estimate_work_is_published(const wks_draft_area *buurt, wks_city_column column);

/** Marks the buurten that have all columns of a group (is_given) and those that have some (skip); true when an inhabited buurt has none. */
bool wks_estimate_work_is_missing(wks_estimate_work *w, const wks_city_column *column, int32_t n_columns);

/** The same for one column; true when fewer than half of the inhabited buurten have it published. */
bool wks_estimate_work_is_mostly_missing(wks_estimate_work *w, wks_city_column column);

/** The base of a buurt; one of which it is missing (NaN) is left alone (skip). */
void wks_estimate_work_set_base(wks_estimate_work *w, int32_t k, double base);

/** For a share or mean of dwellings: base the dwellings, amount the dwellings times the column, between 0 and the base. */
void wks_estimate_work_set_dwellings(wks_estimate_work *w, wks_city_column column);

/** Inhabitants of 15 and over by the ages of an area, or those not under 15 where that is more (ages of few people are rounded to nothing), at
 *  most its inhabitants (also where ages are missing); of 15 to 64, NaN if missing. */
double wks_estimate_work_adults(const wks_draft_area *area);
double wks_estimate_work_working(const wks_draft_area *area);

/** The figure of an area that a task is about, NaN if missing. */
double wks_estimate_work_figure(const wks_estimate_work_task *task, const wks_draft_area *area);

/** Sets the amount of every buurt that is neither given nor skipped from base, low and high (and the amounts of those given). The figures of
 *  wijken and gemeente are met, as far as the rounding of the buurten given tells what is left of them: where that is little, the model's own
 *  amount weighs more and a gap stays. Bounds that leave no room for them give way. Without any figure the country sets the level, and the buurten given.
 *  `eta`: n links of the ratio in place of the model's, or NULL. Cost: wks_estimate_spread. */
void wks_estimate_work_run(wks_estimate_work *w, const wks_estimate_work_task *task, const double *eta);

/** Amount per base; NaN where a buurt is left alone or has no base (those are left to wks_fill_buurten). */
double wks_estimate_work_mean(const wks_estimate_work *w, int32_t k);

/** a / b, NaN when either is missing or b is 0. */
double wks_estimate_work_ratio(double a, double b);

/** An amount in euro to hundreds, as CBS publishes incomes and we WOZ values. */
double wks_estimate_work_hundreds(double eur);

#endif
