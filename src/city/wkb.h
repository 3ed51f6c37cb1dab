/* Polygons in the GeoPackage binary format (header, then well-known binary): bytes to rings and back. Bytes may be hostile. */
#ifndef WKS_CITY_WKB_H
#define WKS_CITY_WKB_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

/** Rings that are being collected: ring r has size[r] points; x and y of all rings follow each other. */
typedef struct wks_wkb_rings {
    uint8_t *is_hole;
    int64_t *size;
    size_t n_rings, ring_capacity;
    double *x, *y;
    size_t n_points, point_capacity;
} wks_wkb_rings;

void wks_wkb_free(wks_wkb_rings *rings);

/** Adds the rings of one POLYGON or MULTIPOLYGON (Z and M are dropped, both byte orders, ISO and EWKB type codes) to `rings`.
 *  An empty geometry adds nothing. @param out_srs_id as in the header.
 *  @return NULL, or what is wrong with the bytes (a constant text; rings are as before the call). Never reads beyond n; memory is asked
 *  only for points that are really there. No memory is told by *out_status = WKS_ERR_NOMEM (and a text). O(n). */
const char *wks_wkb_read(const uint8_t *bytes, size_t n, wks_wkb_rings *rings, int32_t *out_srs_id, wks_status *out_status);

/** Adds the GeoPackage binary (little endian, envelope) of a MULTIPOLYGON: n_rings rings, point_start as in wks_geometry (absolute indices
 *  into x and y), an outer ring followed by its holes. Source: OGC 12-128r18, clause 2.1.3. */
void wks_wkb_write(wks_text *out, int32_t srs_id, const uint8_t *is_hole, const int64_t *point_start, int32_t n_rings, const double *x,
                   const double *y);

#endif
