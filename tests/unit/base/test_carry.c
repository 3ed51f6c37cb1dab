/* One list of fields that writes and reads: what goes in comes out, and what is not as it should be is told. */
#include "base/carry.h"

#include <stdlib.h>
#include <string.h>

#include "support/check.h"

typedef struct part {
    int32_t n, capacity, *item;
    double level;
    bool is_on;
    float pair[2];
} part;

static void carry_part(part *self, wks_carry *carry)
{
    wks_carry_tag(carry, "part");
    wks_carry_same(carry, 12, "another year");
    wks_carry_double(carry, &self->level);
    wks_carry_bool(carry, &self->is_on);
    WKS_CARRY_FIELDS(carry, self->pair);
    wks_carry_count(carry, &self->n, sizeof *self->item);
    WKS_CARRY_ARRAY(carry, self->item, self->n, self->capacity);
    wks_carry_must(carry, self->level >= 0, "a level below 0");
}

static void write_part(part *self, wks_bytes *out)
{
    wks_carry carry = {.out = out};
    wks_err err = WKS_ERR_INIT;

    carry_part(self, &carry);
    assert_ok(wks_carry_status(&carry, &err), &err);
}

static void what_is_written_is_read_by_the_same_list(void **state)
{
    int32_t item[] = {3, 1, 2};
    part from = {.n = 3, .capacity = 3, .item = item, .level = 0.5, .is_on = true, .pair = {1.5f, -2.0f}}, to = {0};
    wks_bytes bytes = {0}, again = {0};
    wks_err err = WKS_ERR_INIT;
    (void)state;
    write_part(&from, &bytes);
    wks_bytes_reader reader = {.data = bytes.data, .length = bytes.length};
    wks_carry carry = {.in = &reader};
    carry_part(&to, &carry);
    assert_ok(wks_bytes_reader_end(&reader, &err), &err);
    assert_int_equal(to.n, 3);
    assert_true(to.capacity >= 3);
    assert_memory_equal(to.item, item, sizeof item);
    assert_true(to.is_on && to.level == 0.5 && to.pair[1] == -2.0f);
    write_part(&to, &again);
    assert_int_equal(again.length, bytes.length);
    assert_memory_equal(again.data, bytes.data, bytes.length);
    free(to.item);
    wks_bytes_free(&bytes);
    wks_bytes_free(&again);
}

/* Each byte wrong, and each length: an error or another value, and the array never longer than what is there. */
static void every_flipped_byte_is_refused_or_a_value(void **state)
{
    int32_t item[] = {3, 1, 2};
    part from = {.n = 3, .capacity = 3, .item = item, .level = 0.5, .is_on = true};
    wks_bytes bytes = {0};
    int32_t n_refused = 0;
    (void)state;
    write_part(&from, &bytes);
    for (size_t at = 0; at < bytes.length; at++) {
        for (int32_t cut = 0; cut < 2; cut++) {
            part to = {0};
            wks_bytes_reader reader = {.data = bytes.data, .length = cut ? at : bytes.length};
            wks_carry carry = {.in = &reader};
            if (!cut) bytes.data[at] = (char)(bytes.data[at] ^ 0x80);
            carry_part(&to, &carry);
            if (!cut) bytes.data[at] = (char)(bytes.data[at] ^ 0x80);
            assert_true(to.n >= 0 && to.n <= 3 && (to.n == 0 || to.item != NULL || wks_carry_failed(&carry)));
            if (cut) assert_true(wks_carry_failed(&carry));
            n_refused += wks_carry_failed(&carry);
            free(to.item);
        }
    }
    assert_true(n_refused > (int32_t)bytes.length);
    wks_bytes_free(&bytes);
}

static void first_difference_is_told(void **state)
{
    part from = {.level = -1}, to = {0};
    wks_bytes bytes = {0};
    wks_err err = WKS_ERR_INIT;
    (void)state;
    write_part(&from, &bytes); /* what is written is not judged */
    wks_bytes_reader reader = {.data = bytes.data, .length = bytes.length};
    wks_carry carry = {.in = &reader};
    carry_part(&to, &carry);
    assert_status(wks_carry_status(&carry, &err), WKS_ERR_DATA, &err);
    assert_non_null(strstr(err.message, "a level below 0"));
    free(to.item);
    wks_bytes_free(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_by_the_same_list),
        cmocka_unit_test(every_flipped_byte_is_refused_or_a_value),
        cmocka_unit_test(first_difference_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
