#include "output/map.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"

/* The city's shapes, and a row without shape for every buurt that has none: by it a reader finds the name. */
typedef struct plan {
    wks_geometry geometry; /* rings and points are the city's own; code and ring_start of this plan */
    const char **text;     /* name, wijk and name of the wijk of all areas, one after another */
} plan;

static void plan_free(plan *of)
{
    free(of->geometry.code);
    free(of->geometry.ring_start);
    free(of->text);
}

static void add_area(plan *to, const wks_city *city, size_t n, char *code, int32_t end_ring)
{
    const int32_t row = wks_folder_buurt_row(city, code), wijk = row < 0 ? -1 : city->buurt[row].parent;
    const size_t at = (size_t)to->geometry.n_areas++;

    to->geometry.code[at] = code;
    to->geometry.ring_start[at + 1] = end_ring;
    to->text[at] = row < 0 ? "" : city->buurt[row].name;
    to->text[n + at] = wijk < 0 ? "" : city->wijk[wijk].code;
    to->text[2 * n + at] = wijk < 0 ? "" : city->wijk[wijk].name;
}

static size_t count_areas(const wks_city *city)
{
    size_t n = (size_t)city->geometry.n_areas;
    for (int32_t i = 0; i < city->n_buurten; i++)
        n += wks_geometry_row(&city->geometry, city->buurt[i].code) < 0;
    return n;
}

/* Both lists are sorted by code. */
static void merge_areas(plan *to, const wks_city *city, size_t n)
{
    const wks_geometry *shapes = &city->geometry;
    int32_t shape = 0, end_ring = 0;

    to->geometry.ring_start[0] = 0;
    for (int32_t i = 0; i <= city->n_buurten; i++) {
        char *code = i < city->n_buurten ? city->buurt[i].code : NULL;
        for (; shape < shapes->n_areas && (code == NULL || strcmp(shapes->code[shape], code) <= 0); shape++) {
            end_ring = shapes->ring_start[shape + 1];
            add_area(to, city, n, shapes->code[shape], end_ring);
        }
        if (code != NULL && wks_geometry_row(shapes, code) < 0) add_area(to, city, n, code, end_ring);
    }
}

wks_status wks_map_write(const char *folder, const wks_city *city, wks_err *err)
{
    wks_status rc = WKS_OK;
    plan map = {.geometry = city->geometry};
    char *path = NULL;

    if (city->geometry.n_areas == 0) return WKS_OK;
    const size_t n = count_areas(city);
    map.geometry.n_areas = 0;
    map.geometry.code = wks_mem_array(n, sizeof *map.geometry.code);
    map.geometry.ring_start = wks_mem_array(n + 1, sizeof *map.geometry.ring_start);
    map.text = wks_mem_array(3 * n, sizeof *map.text);
    path = wks_file_join(folder, "map.gpkg");
    if (map.geometry.code == NULL || map.geometry.ring_start == NULL || map.text == NULL || path == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the map");
    merge_areas(&map, city, n);
    const wks_geometry_labels labels = {.name = map.text, .wijk = map.text + n, .wijk_name = map.text + 2 * n};
    WKS_TRY(wks_geometry_write(path, "areas", &map.geometry, &labels, err));
out:
    plan_free(&map);
    free(path);
    return rc;
}
