/* Indices with a value an area or a group. Natural logarithms, 0 log 0 = 0. */
#ifndef WKS_SEGREGATION_LOCAL_H
#define WKS_SEGREGATION_LOCAL_H

#include "segregation/table.h"

/** Location quotient LQ_i = p_ik/P_k of a group. NaN where nobody lives and for an absent group. @param out  n_areas. O(n). Source: Isard (1960) */
void wks_local_quotient(const wks_table *table, size_t group, int threads, double *out);

/** Values of an area; NaN where nobody lives. Any of the three may be NULL. Each n_areas. O(areas * groups).
 *  @param ls  ls_area = sum_k p_ik log(p_ik/P_k), >= 0; M = sum_i (t_i/T) ls_i. Source: Elbers (2021)
 *  @param e   entropy -sum_k p_ik log p_ik, in [0, log K]
 *  @param i   interaction 1 - sum_k p_ik^2, in [0, 1 - 1/K] */
void wks_local_areas(const wks_table *table, int threads, double *ls, double *e, double *i);

/** ls_group = sum_i (n_ik/N_k) log((n_ik/N_k)/(t_i/T)), >= 0; M = sum_k P_k ls_k. NaN for an absent group. @param out  n_groups.
 *  O(areas * groups). Source: Alonso-Villar & Del Rio (2010), Elbers (2021) */
void wks_local_groups(const wks_table *table, int threads, double *out);

#endif
