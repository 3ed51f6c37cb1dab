/* GeoPackage binary: every variant that occurs, and bytes that lie. */
#include "support/check.h"

#include "base/mem.h"
#include "city/wkb.h"

/* Bytes that are being put together, in either byte order. */
typedef struct maker {
    wks_text text;
    bool is_big;
} maker;

static void put_u8(maker *m, unsigned value)
{
    wks_text_add_char(&m->text, (char)value);
}

static void put(maker *m, const void *value, size_t n)
{
    uint8_t bytes[8];

    memcpy(bytes, value, n);
    for (size_t i = 0; i < n; i++)
        put_u8(m, bytes[m->is_big ? n - 1 - i : i]); /* tests run on little-endian machines */
}

static void put_u32(maker *m, uint32_t value)
{
    put(m, &value, 4);
}

static void put_double(maker *m, double value)
{
    put(m, &value, 8);
}

static void put_header(maker *m, unsigned envelope)
{
    put_u8(m, 'G');
    put_u8(m, 'P');
    put_u8(m, 0);
    put_u8(m, envelope << 1 | (m->is_big ? 0u : 1u));
    put_u32(m, 28992);
    const int n_doubles[5] = {0, 4, 6, 6, 8};
    for (int i = 0; envelope < 5 && i < n_doubles[envelope]; i++)
        put_double(m, i);
}

/* A ring round a square; extra: values after x and y. */
static void put_square(maker *m, double x, double y, double size, int n_extra)
{
    const double corner[5][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}};

    put_u32(m, 5);
    for (int i = 0; i < 5; i++) {
        put_double(m, x + size * corner[i][0]);
        put_double(m, y + size * corner[i][1]);
        for (int k = 0; k < n_extra; k++)
            put_double(m, 7.0 + k);
    }
}

static void put_type(maker *m, uint32_t type)
{
    put_u8(m, m->is_big ? 0 : 1);
    put_u32(m, type);
}

static const char *read_text(const maker *m, wks_wkb_rings *rings, wks_status *status)
{
    int32_t srs_id = 0;
    /* An exact copy on the heap: the address sanitizer sees one byte too far. */
    uint8_t *copy = wks_mem_copy(m->text.data, m->text.length);
    const char *wrong = wks_wkb_read(copy, m->text.length, rings, &srs_id, status);
    free(copy);
    if (wrong == NULL) assert_int_equal(srs_id, 28992);
    return wrong;
}

/* A multipolygon: a square of 10 with a hole of 2, and a square of 1. */
static void put_sample(maker *m, unsigned envelope, uint32_t multi, uint32_t polygon, int n_extra)
{
    put_header(m, envelope);
    put_type(m, multi);
    put_u32(m, 2);
    put_type(m, polygon);
    put_u32(m, 2);
    put_square(m, 100, 200, 10, n_extra);
    put_square(m, 104, 204, 2, n_extra);
    put_type(m, polygon);
    put_u32(m, 1);
    put_square(m, 300, 400, 1, n_extra);
}

static void assert_sample(const wks_wkb_rings *rings)
{
    assert_int_equal(rings->n_rings, 3);
    assert_int_equal(rings->n_points, 15);
    assert_false(rings->is_hole[0]);
    assert_true(rings->is_hole[1]);
    assert_false(rings->is_hole[2]);
    assert_close(rings->x[2], 110, 0, 0);
    assert_close(rings->y[2], 210, 0, 0);
    assert_close(rings->x[7], 106, 0, 0);
    assert_close(rings->y[12], 401, 0, 0);
}

static void wkb_every_dialect_is_read(void **state)
{
    static const struct {
        uint32_t multi, polygon;
        int n_extra;
    } dialects[] = {{6, 3, 0}, {1006, 1003, 1}, {2006, 2003, 1}, {3006, 3003, 2}, {0x80000006, 0x80000003, 1}, {0xc0000006, 0xc0000003, 2}};
    (void)state;

    for (unsigned envelope = 0; envelope < 5; envelope++) {
        for (size_t d = 0; d < sizeof dialects / sizeof *dialects; d++) {
            for (int is_big = 0; is_big < 2; is_big++) {
                maker m = {WKS_TEXT_INIT, is_big};
                wks_wkb_rings rings = {0};
                wks_status status;
                put_sample(&m, envelope, dialects[d].multi, dialects[d].polygon, dialects[d].n_extra);
                assert_null(read_text(&m, &rings, &status));
                assert_int_equal(status, WKS_OK);
                assert_sample(&rings);
                wks_wkb_free(&rings);
                wks_text_free(&m.text);
            }
        }
    }
}

static void wkb_single_polygon_is_read(void **state)
{
    maker m = {WKS_TEXT_INIT, false};
    wks_wkb_rings rings = {0};
    wks_status status;
    (void)state;

    put_header(&m, 1);
    put_type(&m, 3);
    put_u32(&m, 1);
    put_square(&m, 1, 2, 3, 0);
    assert_null(read_text(&m, &rings, &status));
    assert_int_equal(rings.n_rings, 1);
    assert_null(read_text(&m, &rings, &status)); /* adds */
    assert_int_equal(rings.n_rings, 2);
    assert_int_equal(rings.n_points, 10);
    wks_wkb_free(&rings);
    wks_text_free(&m.text);
}

static void wkb_written_is_read_back(void **state)
{
    const uint8_t is_hole[3] = {0, 1, 0};
    const int64_t start[4] = {2, 6, 10, 14};
    double x[14], y[14];
    maker m = {WKS_TEXT_INIT, false};
    wks_wkb_rings rings = {0};
    wks_status status;
    (void)state;

    for (int i = 0; i < 14; i++) {
        const int in_ring = (i + 2) % 4; /* 0..3, closed: 3 equals 0 */
        x[i] = 150000.1 + 10.0 * (in_ring % 3);
        y[i] = 450000.3 + (in_ring % 3) * (in_ring % 3);
    }
    wks_wkb_write(&m.text, 28992, is_hole, start, 3, x, y);
    assert_null(read_text(&m, &rings, &status));
    assert_int_equal(rings.n_rings, 3);
    assert_memory_equal(rings.is_hole, is_hole, 3);
    assert_int_equal(rings.n_points, 12);
    assert_memory_equal(rings.x, x + 2, 12 * sizeof *x);
    assert_memory_equal(rings.y, y + 2, 12 * sizeof *y);
    /* header 8, envelope 32, multi 9, two polygons 9, three rings 4, twelve points 16 */
    assert_int_equal(m.text.length, 8 + 32 + 9 + 2 * 9 + 3 * 4 + 12 * 16);
    wks_wkb_free(&rings);
    wks_text_free(&m.text);
}

static void wkb_empty_geometry_adds_nothing(void **state)
{
    maker m = {WKS_TEXT_INIT, false};
    wks_wkb_rings rings = {0};
    wks_status status;
    const int64_t none[1] = {0};
    (void)state;

    wks_wkb_write(&m.text, 28992, NULL, none, 0, NULL, NULL);
    assert_null(read_text(&m, &rings, &status));
    assert_int_equal(rings.n_rings, 0);
    wks_wkb_free(&rings);
    wks_text_free(&m.text);
}

/* Whatever is cut off, it is found; nothing is read beyond the end and nothing half-read is left. */
static void wkb_truncated_errors(void **state)
{
    maker m = {WKS_TEXT_INIT, false};
    (void)state;

    put_sample(&m, 1, 6, 3, 0);
    const size_t whole = m.text.length;
    for (size_t n = 0; n < whole; n++) {
        wks_wkb_rings rings = {0};
        wks_status status;
        m.text.length = n;
        assert_non_null(read_text(&m, &rings, &status));
        assert_int_equal(status, WKS_ERR_DATA);
        assert_int_equal(rings.n_rings, 0);
        assert_int_equal(rings.n_points, 0);
        wks_wkb_free(&rings);
    }
    wks_text_free(&m.text);
}

static void expect_wrong(maker *m, const char *part)
{
    wks_wkb_rings rings = {0};
    wks_status status;
    const char *wrong = read_text(m, &rings, &status);

    assert_non_null(wrong);
    assert_contains(wrong, part);
    assert_int_equal(status, WKS_ERR_DATA);
    wks_wkb_free(&rings);
    wks_text_free(&m->text);
}

static void wkb_lies_errors(void **state)
{
    (void)state;
    {
        maker m = {WKS_TEXT_INIT, false}; /* 4 thousand million points in 30 bytes */
        put_header(&m, 0);
        put_type(&m, 3);
        put_u32(&m, 1);
        put_u32(&m, 0xffffffffu);
        put_double(&m, 1);
        expect_wrong(&m, "more points");
    }
    {
        maker m = {WKS_TEXT_INIT, false};
        put_header(&m, 0);
        put_type(&m, 6);
        put_u32(&m, 0xffffffffu);
        expect_wrong(&m, "more parts");
    }
    {
        maker m = {WKS_TEXT_INIT, false}; /* a multipolygon in a multipolygon: no recursion by hostile bytes */
        put_header(&m, 0);
        for (int i = 0; i < 1000; i++) {
            put_type(&m, 6);
            put_u32(&m, 1);
        }
        expect_wrong(&m, "no polygon or multipolygon");
    }
    {
        maker m = {WKS_TEXT_INIT, false};
        put_header(&m, 0);
        put_type(&m, 1);
        put_double(&m, 1);
        put_double(&m, 2);
        expect_wrong(&m, "no polygon or multipolygon");
    }
    {
        maker m = {WKS_TEXT_INIT, false};
        put_header(&m, 0);
        put_type(&m, 3);
        put_u32(&m, 1);
        put_u32(&m, 4);
        for (int i = 0; i < 4; i++) {
            put_double(&m, i);
            put_double(&m, i * i);
        }
        expect_wrong(&m, "not closed");
    }
    {
        maker m = {WKS_TEXT_INIT, false};
        put_header(&m, 0);
        put_type(&m, 3);
        put_u32(&m, 1);
        put_u32(&m, 4);
        for (int i = 0; i < 8; i++)
            put_double(&m, i == 3 ? NAN : 0.0);
        expect_wrong(&m, "not finite");
    }
    {
        maker m = {WKS_TEXT_INIT, false};
        put_header(&m, 0);
        put_type(&m, 3);
        put_u32(&m, 1);
        put_u32(&m, 3);
        for (int i = 0; i < 6; i++)
            put_double(&m, 0.0);
        expect_wrong(&m, "fewer than 4");
    }
    {
        maker m = {WKS_TEXT_INIT, false};
        put_header(&m, 5);
        put_type(&m, 3);
        expect_wrong(&m, "envelope");
    }
    {
        maker m = {WKS_TEXT_INIT, false};
        wks_text_add(&m.text, "POLYGON((0 0,1 0,1 1,0 0))");
        expect_wrong(&m, "no GeoPackage geometry");
    }
}

/* Any byte changed to any of a few values: never a crash, and rings that are accepted are closed and finite. */
static void wkb_changed_bytes_errors(void **state)
{
    static const unsigned values[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
    maker m = {WKS_TEXT_INIT, false};
    (void)state;

    put_sample(&m, 1, 6, 3, 0);
    for (size_t i = 0; i < m.text.length; i++) {
        for (size_t v = 0; v < sizeof values / sizeof *values; v++) {
            wks_wkb_rings rings = {0};
            wks_status status;
            int32_t srs_id;
            const char old = m.text.data[i];
            m.text.data[i] = (char)values[v];
            uint8_t *copy = wks_mem_copy(m.text.data, m.text.length);
            const char *wrong = wks_wkb_read(copy, m.text.length, &rings, &srs_id, &status);
            int64_t at = 0;
            assert_true((wrong == NULL) == (status == WKS_OK));
            for (size_t r = 0; r < rings.n_rings; r++) {
                assert_true(rings.size[r] >= 4);
                assert_true(isfinite(rings.x[at]));
                assert_close(rings.x[at], rings.x[at + rings.size[r] - 1], 0, 0);
                at += rings.size[r];
            }
            free(copy);
            wks_wkb_free(&rings);
            m.text.data[i] = old;
        }
    }
    wks_text_free(&m.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wkb_every_dialect_is_read), cmocka_unit_test(wkb_single_polygon_is_read),
        cmocka_unit_test(wkb_written_is_read_back),  cmocka_unit_test(wkb_empty_geometry_adds_nothing),
        cmocka_unit_test(wkb_truncated_errors),      cmocka_unit_test(wkb_lies_errors),
        cmocka_unit_test(wkb_changed_bytes_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
