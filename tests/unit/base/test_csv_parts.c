/* Parts of a long table: every line once, in order, behind its header. */
#include "base/csv_parts.h"

#include "support/check.h"
#include "support/folder.h"

typedef struct got {
    wks_text lines; /* without the headers */
    int n_parts, n_bad_headers, fail_at;
} got;

static wks_status take(const wks_text *part, void *context, wks_err *err)
{
    wks_status rc = WKS_OK;
    got *g = context;

    g->n_parts++;
    if (g->n_parts == g->fail_at) WKS_FAIL(err, WKS_ERR_DATA, "enough");
    if (part->length < 4 || memcmp(part->data, "a,b\n", 4) != 0) {
        g->n_bad_headers++;
        goto out;
    }
    wks_text_add_bytes(&g->lines, part->data + 4, part->length - 4);
    wks_text_add_bytes(&g->lines, "", 0);
out:
    return rc;
}

static wks_status read_text(const char *text, size_t part_bytes, got *g)
{
    wks_err err = WKS_ERR_INIT;
    char *folder = wks_folder_make(), *path = wks_folder_put(folder, "t.csv", text);
    const wks_status rc = wks_csv_parts_read(path, part_bytes, take, g, &err);
    free(path);
    wks_folder_remove(folder);
    return rc;
}

static void parts_of_any_size_every_line_once(void **state)
{
    (void)state;
    const char *const body = "1,2\n33333333,4\n5,6\n\n7,8888888888888888888\n9,0";
    char text[80];
    (void)snprintf(text, sizeof text, "a,b\n%s", body);
    for (size_t size = 4; size < 60; size++) {
        got g = {.lines = WKS_TEXT_INIT};
        assert_int_equal(read_text(text, size, &g), WKS_OK);
        assert_int_equal(g.n_bad_headers, 0);
        assert_int_equal(g.lines.length, strlen(body));
        assert_memory_equal(g.lines.data, body, strlen(body));
        if (size < 20) assert_true(g.n_parts > 1);
        wks_text_free(&g.lines);
    }
}

static void parts_header_alone_one_and_empty_none(void **state)
{
    (void)state;
    got header = {.lines = WKS_TEXT_INIT}, empty = {.lines = WKS_TEXT_INIT};
    assert_int_equal(read_text("a,b\n", 64, &header), WKS_OK);
    assert_int_equal(header.n_parts, 1);
    assert_int_equal(read_text("", 64, &empty), WKS_OK);
    assert_int_equal(empty.n_parts, 0);
    wks_text_free(&header.lines);
    wks_text_free(&empty.lines);
}

static void parts_errors_stop_and_are_told(void **state)
{
    (void)state;
    wks_err err = WKS_ERR_INIT;
    got g = {.lines = WKS_TEXT_INIT, .fail_at = 2};
    assert_int_equal(read_text("a,b\n1,2\n3,4\n5,6\n", 5, &g), WKS_ERR_DATA);
    assert_int_equal(g.n_parts, 2);
    wks_text_free(&g.lines);
    assert_int_equal(wks_csv_parts_read("/nowhere/t.csv", 64, take, &g, &err), WKS_ERR_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_of_any_size_every_line_once),
        cmocka_unit_test(parts_header_alone_one_and_empty_none),
        cmocka_unit_test(parts_errors_stop_and_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
