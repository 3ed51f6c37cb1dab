/* Segregation of all groups together. p_ik the share of group k in area i, P_k in the city, T everybody, I = 1 - sum_k P_k^2, E the entropy. */
#ifndef WKS_SEGREGATION_MULTIGROUP_H
#define WKS_SEGREGATION_MULTIGROUP_H

#include "segregation/evenness.h"

/** Groups nobody belongs to change nothing, except in e_norm. NaN: undefined. Sources: Reardon & Firebaugh (2002) for d, g, r, h, c, p. */
typedef struct wks_multigroup {
    double e;      /* E = -sum_k P_k log P_k, 0 log 0 = 0; NaN where nobody lives. Theil (1972) */
    double e_norm; /* E / log K, K the columns of the table, absent groups included; NaN for one column */
    double i;      /* I, the chance that two people drawn with replacement differ; Simpson (1949), Lieberson (1969) */
    double sc;     /* SC = 1 - I */
    double d;      /* D_multi = sum_ik t_i |p_ik - P_k| / (2 T I); this and those below NaN with fewer than two groups present */
    double g;      /* G_multi = sum_k sum_ij t_i t_j |p_ik - p_jk| / (2 T^2 I) */
    double r;      /* R_multi = sum_ik t_i (p_ik - P_k)^2 / (T I) */
    double
        m; /* M = sum_ik (n_ik/T) log(p_ik/P_k), >= 0; 0 with one group present, NaN where nobody lives. Theil (1972), Mora & Ruiz-Castillo (2011) */
    double h; /* H_multi = M / E */
    double c; /* C_multi = sum_ik t_i (p_ik - P_k)^2 / (T (K - 1) P_k), K the groups present */
    double p; /* P_multi = sum_ik t_i (p_ik - P_k)^2 / (T (1 - P_k)), groups present */
} wks_multigroup;

/** All of them. O(n_groups * n_areas log n_areas). The same bits for any number of threads. WKS_ERR_NOMEM.
 *  @param parts  of evenness.h: without WKS_EVENNESS_GINI g, without WKS_EVENNESS_INFORMATION m and h are NaN */
wks_status wks_multigroup_of(const wks_table *table, int parts, int threads, wks_multigroup *out, wks_err *err);

/** The same from what wks_evenness_each gave for the table (n_groups of it): O(n_groups). */
void wks_multigroup_from(const wks_table *table, const wks_evenness *each, wks_multigroup *out);

/** Single ones without memory, for every tick; NaN as above, the same bits as the others. O(n_groups), O(n_groups * n_areas). */
double wks_multigroup_entropy(const wks_table *table);
double wks_multigroup_information(const wks_table *table, int threads);

#endif
