#include "output/map.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"

wks_status wks_map_write(const char *folder, const wks_city *city, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_geometry *geometry = &city->geometry;
    const char **name = NULL;
    char *path = NULL;

    if (geometry->n_areas == 0) return WKS_OK;
    name = wks_mem_array((size_t)geometry->n_areas, sizeof *name);
    path = wks_file_join(folder, "map.gpkg");
    if (name == NULL || path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the map");
    for (int32_t i = 0; i < geometry->n_areas; i++) {
        const int32_t row = wks_folder_buurt_row(city, geometry->code[i]);
        name[i] = row < 0 ? "" : city->buurt[row].name;
    }
    WKS_TRY(wks_geometry_write(path, "areas", geometry, name, err));
out:
    free(name);
    free(path);
    return rc;
}
