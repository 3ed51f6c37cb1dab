#include "city/wkb.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { POLYGON = 3, MULTIPOLYGON = 6, HEADER_BYTES = 8, DEPTH_MAX = 2 };

/* A place in the bytes; `wrong` is the first thing found wrong and stops all reading. */
typedef struct cursor {
    const uint8_t *bytes;
    size_t n, at;
    bool is_little;
    const char *wrong;
    wks_status status;
    wks_wkb_rings *rings;
} cursor;

void wks_wkb_free(wks_wkb_rings *rings)
{
    free(rings->is_hole);
    free(rings->size);
    free(rings->x);
    free(rings->y);
    *rings = (wks_wkb_rings){0};
}

static void fail(cursor *c, const char *wrong)
{
    if (c->wrong != NULL) return;
    c->wrong = wrong;
    c->status = WKS_ERR_DATA;
}

static void fail_memory(cursor *c)
{
    if (c->wrong != NULL) return;
    c->wrong = "no memory for the geometry";
    c->status = WKS_ERR_NOMEM;
}

static bool has(cursor *c, size_t n_bytes)
{
    if (c->wrong == NULL && c->n - c->at < n_bytes) fail(c, "the geometry ends too early");
    return c->wrong == NULL;
}

static uint8_t read_u8(cursor *c)
{
    if (!has(c, 1)) return 0;
    return c->bytes[c->at++];
}

static uint64_t read_bytes(cursor *c, size_t n_bytes)
{
    uint64_t value = 0;

    if (!has(c, n_bytes)) return 0;
    for (size_t i = 0; i < n_bytes; i++) {
        const size_t place = c->is_little ? n_bytes - 1 - i : i;
        value = value << 8 | c->bytes[c->at + place];
    }
    c->at += n_bytes;
    return value;
}

static uint32_t read_u32(cursor *c)
{
    return (uint32_t)read_bytes(c, 4);
}

static double read_double(cursor *c)
{
    const uint64_t bits = read_bytes(c, 8);
    double value;

    memcpy(&value, &bits, sizeof value);
    return value;
}

static bool grow_rings(wks_wkb_rings *rings)
{
    if (rings->n_rings < rings->ring_capacity) return true;
    const size_t capacity = wks_mem_capacity(rings->ring_capacity, rings->n_rings + 1);
    uint8_t *is_hole = wks_mem_resize(rings->is_hole, rings->n_rings, capacity, sizeof *is_hole);
    if (is_hole == NULL) return false;
    rings->is_hole = is_hole;
    int64_t *size = wks_mem_resize(rings->size, rings->n_rings, capacity, sizeof *size);
    if (size == NULL) return false;
    rings->size = size;
    rings->ring_capacity = capacity;
    return true;
}

static bool grow_points(wks_wkb_rings *rings, size_t more)
{
    if (more <= rings->point_capacity - rings->n_points) return true;
    const size_t capacity = wks_mem_capacity(rings->point_capacity, rings->n_points + more);
    double *x = wks_mem_resize(rings->x, rings->n_points, capacity, sizeof *x);
    if (x == NULL) return false;
    rings->x = x;
    double *y = wks_mem_resize(rings->y, rings->n_points, capacity, sizeof *y);
    if (y == NULL) return false;
    rings->y = y;
    rings->point_capacity = capacity;
    return true;
}

static void read_ring(cursor *c, size_t n_dimensions, bool is_hole)
{
    wks_wkb_rings *rings = c->rings;
    const size_t n_points = read_u32(c);
    const size_t first = rings->n_points;

    if (c->wrong == NULL && n_points > (c->n - c->at) / (8 * n_dimensions)) fail(c, "a ring promises more points than there are bytes");
    if (c->wrong == NULL && n_points < 4) fail(c, "a ring has fewer than 4 points");
    if (c->wrong != NULL) return;
    if (!grow_rings(rings) || !grow_points(rings, n_points)) {
        fail_memory(c);
        return;
    }
    for (size_t i = 0; i < n_points && c->wrong == NULL; i++) {
        const double x = read_double(c);
        const double y = read_double(c);
        c->at += 8 * (n_dimensions - 2);
        if (!isfinite(x) || !isfinite(y)) fail(c, "a coordinate is not finite");
        rings->x[first + i] = x;
        rings->y[first + i] = y;
    }
    if (c->wrong == NULL && (rings->x[first] != rings->x[first + n_points - 1] || rings->y[first] != rings->y[first + n_points - 1])) {
        fail(c, "a ring is not closed");
    }
    rings->is_hole[rings->n_rings] = is_hole;
    rings->size[rings->n_rings++] = (int64_t)n_points;
    rings->n_points += n_points;
}

/* Byte order and type code of a (sub)geometry. Source: ISO 13249-3 (thousands for Z and M); EWKB's flags are what PostGIS writes. */
static uint32_t read_type(cursor *c, size_t *out_n_dimensions)
{
    const uint8_t order = read_u8(c);
    if (order > 1) fail(c, "a byte order is neither 0 nor 1");
    c->is_little = order == 1;
    uint32_t type = read_u32(c);
    size_t n_dimensions = 2;

    if (type & 0x80000000u) n_dimensions++;
    if (type & 0x40000000u) n_dimensions++;
    if (type & 0x20000000u) (void)read_u32(c);
    type &= 0x1fffffffu;
    if (type >= 1000 && type < 4000) {
        n_dimensions = type < 3000 ? 3 : 4;
        type %= 1000;
    }
    *out_n_dimensions = n_dimensions;
    return type;
}

static void read_shape(cursor *c, int depth)
{
    size_t n_dimensions = 2;
    const uint32_t type = read_type(c, &n_dimensions);
    const bool is_little = c->is_little;

    if (type != POLYGON && (type != MULTIPOLYGON || depth >= DEPTH_MAX)) fail(c, "the geometry is no polygon or multipolygon");
    const uint32_t n_parts = read_u32(c);
    /* The smallest polygon takes 9 bytes, the smallest ring 4: a count beyond that is a lie and must not steer a long loop. */
    if (c->wrong == NULL && n_parts > (c->n - c->at) / (type == POLYGON ? 4 : 9)) fail(c, "the geometry promises more parts than bytes");
    for (uint32_t i = 0; i < n_parts && c->wrong == NULL; i++) {
        c->is_little = is_little;
        if (type == POLYGON)
            read_ring(c, n_dimensions, i > 0);
        else
            read_shape(c, depth + 1);
    }
}

/* Source: OGC 12-128r18 (GeoPackage), clause 2.1.3, table 4. Returns false when the header says "empty". */
static bool read_header(cursor *c, int32_t *out_srs_id)
{
    static const size_t envelope_bytes[8] = {0, 32, 48, 48, 64, 0, 0, 0};

    *out_srs_id = 0;
    if (!has(c, HEADER_BYTES)) return false;
    if (c->bytes[0] != 'G' || c->bytes[1] != 'P') {
        fail(c, "the bytes are no GeoPackage geometry");
        return false;
    }
    const uint8_t flags = c->bytes[3];
    const unsigned envelope = flags >> 1 & 7u;
    if (flags & 0x20u) fail(c, "extended GeoPackage geometries are not supported");
    if (envelope > 4) fail(c, "the envelope code is unknown");
    c->at = 4;
    c->is_little = flags & 1u;
    *out_srs_id = (int32_t)read_u32(c);
    if (has(c, envelope_bytes[envelope])) c->at += envelope_bytes[envelope];
    return c->wrong == NULL && !(flags & 0x10u);
}

const char *wks_wkb_read(const uint8_t *bytes, size_t n, wks_wkb_rings *rings, int32_t *out_srs_id, wks_status *out_status)
{
    cursor c = {.bytes = bytes, .n = n, .rings = rings, .status = WKS_OK};
    const size_t n_rings = rings->n_rings;
    const size_t n_points = rings->n_points;

    if (read_header(&c, out_srs_id)) read_shape(&c, 1);
    if (c.wrong != NULL) {
        rings->n_rings = n_rings;
        rings->n_points = n_points;
    }
    *out_status = c.status;
    return c.wrong;
}

static void add_u32(wks_text *out, uint32_t value)
{
    for (int shift = 0; shift < 32; shift += 8)
        wks_text_add_char(out, (char)(value >> shift & 0xffu));
}

static void add_double(wks_text *out, double value)
{
    uint64_t bits;

    memcpy(&bits, &value, sizeof bits);
    for (int shift = 0; shift < 64; shift += 8)
        wks_text_add_char(out, (char)(bits >> shift & 0xffu));
}

static void add_envelope(wks_text *out, const double *x, const double *y, int64_t first, int64_t end)
{
    double box[4] = {x[first], x[first], y[first], y[first]};

    for (int64_t i = first + 1; i < end; i++) {
        if (x[i] < box[0]) box[0] = x[i];
        if (x[i] > box[1]) box[1] = x[i];
        if (y[i] < box[2]) box[2] = y[i];
        if (y[i] > box[3]) box[3] = y[i];
    }
    for (int k = 0; k < 4; k++)
        add_double(out, box[k]);
}

void wks_wkb_write(wks_text *out, int32_t srs_id, const uint8_t *is_hole, const int64_t *point_start, int32_t n_rings, const double *x,
                   const double *y)
{
    const bool is_empty = n_rings == 0;
    uint32_t n_polygons = 0;

    for (int32_t r = 0; r < n_rings; r++)
        n_polygons += !is_hole[r] || r == 0;
    wks_text_add_bytes(out, "GP", 2);
    wks_text_add_char(out, 0);
    wks_text_add_char(out, is_empty ? 0x11 : 0x03);
    add_u32(out, (uint32_t)srs_id);
    if (!is_empty) add_envelope(out, x, y, point_start[0], point_start[n_rings]);
    wks_text_add_char(out, 1);
    add_u32(out, MULTIPOLYGON);
    add_u32(out, n_polygons);
    for (int32_t r = 0; r < n_rings; r++) {
        if (!is_hole[r] || r == 0) {
            int32_t end = r + 1;
            while (end < n_rings && is_hole[end])
                end++;
            wks_text_add_char(out, 1);
            add_u32(out, POLYGON);
            add_u32(out, (uint32_t)(end - r));
        }
        add_u32(out, (uint32_t)(point_start[r + 1] - point_start[r]));
        for (int64_t i = point_start[r]; i < point_start[r + 1]; i++) {
            add_double(out, x[i]);
            add_double(out, y[i]);
        }
    }
}
