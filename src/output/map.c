#include "output/map.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"

wks_status wks_map_write(const char *folder, const wks_city *city, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_geometry *geometry = &city->geometry;
    const char **text = NULL; /* name, wijk and name of the wijk of all areas, one after another */
    char *path = NULL;

    if (geometry->n_areas == 0) return WKS_OK;
    const size_t n = (size_t)geometry->n_areas;
    text = wks_mem_array(3 * n, sizeof *text);
    path = wks_file_join(folder, "map.gpkg");
    if (text == NULL || path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the map");
    for (size_t i = 0; i < n; i++) {
        const int32_t row = wks_folder_buurt_row(city, geometry->code[i]), wijk = row < 0 ? -1 : city->buurt[row].parent;
        text[i] = row < 0 ? "" : city->buurt[row].name;
        text[n + i] = wijk < 0 ? "" : city->wijk[wijk].code;
        text[2 * n + i] = wijk < 0 ? "" : city->wijk[wijk].name;
    }
    const wks_geometry_labels labels = {.name = text, .wijk = text + n, .wijk_name = text + 2 * n};
    WKS_TRY(wks_geometry_write(path, "areas", geometry, &labels, err));
out:
    free(text);
    free(path);
    return rc;
}
