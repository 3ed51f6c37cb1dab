#include "report/dossier_series.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/topic.h"

static bool same_series(const wks_dossier_series *a, const wks_dossier_series *b)
{
    return a->indicator == b->indicator && a->group == b->group && a->scale == b->scale && a->level == b->level;
}

/* Stable insertion by rank of the indicator; numbers of names are in order of appearance in the file. */
static void sort_series(wks_dossier *d)
{
    for (size_t i = 1; i < d->n_series; i++) {
        wks_dossier_series one = d->series[i];
        int rank = wks_topic_rank(wks_dossier_text(d, one.indicator));
        size_t at = i;
        while (at > 0 && wks_topic_rank(wks_dossier_text(d, d->series[at - 1].indicator)) > rank) {
            d->series[at] = d->series[at - 1];
            at--;
        }
        d->series[at] = one;
    }
}

wks_status wks_dossier_series_collect(wks_dossier *d, wks_err *err)
{
    wks_dossier_series last = {-1, -1, -1, -1};
    for (size_t i = 0; i < d->n_levels; i++) {
        const wks_dossier_key *key = &d->level[i].key;
        wks_dossier_series one = {key->indicator, key->group, key->scale, key->level};
        if (same_series(&one, &last)) continue; /* rows are sorted: mostly the same as the one before */
        last = one;
        size_t at = 0;
        while (at < d->n_series && !same_series(&d->series[at], &one))
            at++;
        if (at < d->n_series) continue;
        wks_dossier_series *grown = wks_mem_resize(d->series, d->n_series, d->n_series + 1, sizeof *grown);
        if (grown == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for the list of indicators");
        d->series = grown;
        d->series[d->n_series++] = one;
    }
    sort_series(d);
    return WKS_OK;
}

wks_status wks_dossier_series_areas(wks_dossier *d, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t buurt = wks_names_add(&d->names, "buurt");
    char *seen = wks_mem_array((size_t)d->names.n, 1);

    if (seen == NULL || buurt < 0) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the list of areas");
    for (size_t i = 0; i < d->n_levels; i++) {
        const wks_dossier_key *key = &d->level[i].key;
        if (key->level != buurt || key->area == 0 || seen[key->area]) continue;
        seen[key->area] = 1;
        int32_t *grown = wks_mem_resize(d->area, d->n_areas, d->n_areas + 1, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the list of areas");
        d->area = grown;
        size_t at = d->n_areas++;
        while (at > 0 && strcmp(wks_dossier_text(d, d->area[at - 1]), wks_dossier_text(d, key->area)) > 0) {
            d->area[at] = d->area[at - 1];
            at--;
        }
        d->area[at] = key->area;
    }
out:
    free(seen);
    return rc;
}

wks_status wks_dossier_series_name_areas(wks_dossier *d, wks_err *err)
{
    wks_status rc = WKS_OK;
    d->area_name = wks_mem_array(d->n_areas, sizeof *d->area_name);
    if (d->area_name == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the names of areas");
    for (size_t i = 0; i < d->n_areas; i++) {
        const char *code = wks_dossier_text(d, d->area[i]);
        int32_t row = wks_geometry_row(&d->geometry, code);
        bool has_name = row >= 0 && d->geometry.name != NULL && d->geometry.name[row][0] != '\0';
        d->area_name[i] = wks_mem_string(has_name ? d->geometry.name[row] : code);
        if (d->area_name[i] == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the name of an area");
    }
out:
    return rc;
}
