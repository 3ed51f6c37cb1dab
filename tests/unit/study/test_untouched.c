#include "study/untouched.h"

#include "output/lives.h"
#include "support/check.h"
#include "support/folder.h"

#include <unistd.h>

/* Two runs in files made by hand: reference and alternative. Buurt 1 of two is what the alternative aims at, when it names it. */
typedef struct stage {
    char *folder;
    wks_city_area buurt[2], wijk[1];
    char code[2][4], wijk_code[4];
    wks_city city;
    char *area[1], name[8];
    wks_event event;
    wks_scenario scenario[2];
    wks_store store[2];
    wks_batch_member member[2];
    wks_run_pair pair;
    wks_err err;
} stage;

static const wks_param area_param[] = {{.name = "areas", .type = WKS_PARAM_AREAS}};
static const wks_spec area_spec = {.name = "designate", .param = area_param, .n_params = 1};

static void open_stage(stage *s, bool real_people)
{
    static char now[] = "nu", other[] = "anders";
    char *const names[2] = {now, other};

    memset(s, 0, sizeof *s);
    s->err = WKS_ERR_INIT;
    s->folder = wks_folder_make();
    for (int b = 0; b < 2; b++) {
        (void)snprintf(s->code[b], sizeof s->code[b], "B%d", b);
        s->buurt[b] = (wks_city_area){.code = s->code[b], .parent = 0};
    }
    (void)snprintf(s->wijk_code, sizeof s->wijk_code, "W");
    s->wijk[0] = (wks_city_area){.code = s->wijk_code, .parent = -1};
    s->city = (wks_city){.buurt = s->buurt, .n_buurten = 2, .wijk = s->wijk, .n_wijken = 1};
    s->city.own.is_there = real_people;
    for (int i = 0; i < 2; i++) {
        s->scenario[i] = (wks_scenario){.name = names[i], .first_replication = 1, .n_replications = 3};
        s->store[i] = (wks_store){.folder = wks_folder_path(s->folder, names[i]), .scenario = &s->scenario[i], .city = &s->city};
        s->member[i] = (wks_batch_member){.scenario = &s->scenario[i], .store = &s->store[i]};
        free(wks_folder_put(s->store[i].folder, "households/here", ""));
    }
    s->pair = (wks_run_pair){.reference = &s->member[0], .scenario = &s->member[1]};
}

/* The alternative designates buurt 1. */
static void aim(stage *s)
{
    s->area[0] = s->code[1];
    s->event = (wks_event){.month = 24300, .settings = {.spec = &area_spec, .name = s->name, .n_areas = {1}}};
    s->event.settings.area[0] = s->area;
    s->scenario[1].timeline = &s->event;
    s->scenario[1].n_events = 1;
}

static void close_stage(stage *s)
{
    for (int i = 0; i < 2; i++) {
        free(s->store[i].folder);
        wks_manifest_free(&s->store[i].manifest);
    }
    wks_folder_remove(s->folder);
}

/* Two years; n households a year. */
static void put(stage *s, int which, int32_t replication, const wks_household_life *first, int32_t n_first,
                const wks_household_life *second, int32_t n_second)
{
    wks_file_writer writer = {0};
    assert_ok(wks_lives_begin(s->store[which].folder, replication, false, &writer, &s->err), &s->err);
    assert_ok(wks_lives_put(&writer, 0, first, n_first, &s->err), &s->err);
    if (second != NULL) assert_ok(wks_lives_put(&writer, 12, second, n_second, &s->err), &s->err);
    assert_ok(wks_file_writer_commit(&writer, &s->err), &s->err);
    assert_ok(wks_manifest_set_replication(&s->store[which].manifest, replication, "complete", 1, 0, NULL, &s->err), &s->err);
}

static char *table(stage *s)
{
    char *path = wks_folder_path(s->folder, "untouched.csv");
    assert_ok(wks_untouched_write(path, &s->pair, 1, &s->err), &s->err);
    char *text = wks_folder_get(path);
    free(path);
    return text;
}

static const wks_household_life start[] = {{1, 11, 1, 0}, {2, 12, 2, 1}, {3, 13, 3, WKS_HOUSEHOLD_LIFE_NOWHERE}};

static void lives_are_laid_side_by_side_by_year_and_area(void **state)
{
    /* 1 lives on alike, 2 has another state, 3 has the same state after another life; 4 and 5 are there under one only. */
    const wks_household_life now[] = {{1, 21, 1, 0}, {2, 22, 2, 1}, {3, 23, 3, WKS_HOUSEHOLD_LIFE_NOWHERE}, {4, 24, 4, 1}};
    const wks_household_life then[] = {{1, 21, 1, 0}, {2, 32, 9, 0}, {3, 33, 3, 0}, {5, 25, 5, 1}};
    stage s;
    (void)state;
    open_stage(&s, false);
    aim(&s);
    put(&s, 0, 1, start, 3, now, 4);
    put(&s, 1, 1, start, 3, then, 4);
    char *text = table(&s);
    assert_string_equal(text, "reference,scenario,theory,tick,area,households,identical,share_identical,same_now,share_same_now,"
                              "only_reference,only_scenario\n"
                              "nu,anders,,0,,3,3,1.000000,3,1.000000,0,0\n"
                              "nu,anders,,0,inside,1,1,1.000000,1,1.000000,0,0\n"
                              "nu,anders,,0,outside,2,2,1.000000,2,1.000000,0,0\n"
                              "nu,anders,,12,,3,1,0.333333,2,0.666667,1,1\n"
                              "nu,anders,,12,inside,1,0,0.000000,0,0.000000,1,1\n"
                              "nu,anders,,12,outside,2,1,0.500000,2,1.000000,0,0\n");
    free(text);
    close_stage(&s);
}

static void replications_that_both_have_are_added_up_and_areas_need_names(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, false);
    for (int32_t r = 1; r <= 2; r++) {
        put(&s, 0, r, start, 3, NULL, 0);
        put(&s, 1, r, start, r == 1 ? 3 : 2, NULL, 0);
    }
    put(&s, 0, 3, start, 3, NULL, 0);
    char *text = table(&s);
    assert_contains(text, "\nnu,anders,,0,,5,5,1.000000,5,1.000000,1,0\n");
    assert_null(strstr(text, "inside"));
    free(text);
    close_stage(&s);
}

/* n households alike, and n_other with another life; every fifth in buurt 1 when `mixed`. */
static void fill(wks_household_life *now, wks_household_life *then, int n, int n_other, bool mixed)
{
    for (int i = 0; i < n + n_other; i++) {
        now[i] = (wks_household_life){(uint64_t)i + 1, 7, 7, (uint16_t)(mixed && i % 5 == 0)};
        then[i] = now[i];
        if (i >= n) then[i].life = then[i].state = 8;
    }
}

static void few_real_people_are_not_told_of(void **state)
{
    wks_household_life now[200], then[200];
    stage s;
    (void)state;
    open_stage(&s, true);
    aim(&s);
    fill(now, then, 60, 40, true); /* 20 in buurt 1, of whom 8 differ */
    put(&s, 0, 1, now, 100, NULL, 0);
    put(&s, 1, 1, then, 100, NULL, 0);
    char *text = table(&s);
    assert_contains(text, "\nnu,anders,,0,,100,60,0.600000,60,0.600000,,\n");
    assert_contains(text, "\nnu,anders,,0,inside,,,,,,,\n");
    assert_contains(text, "\nnu,anders,,0,outside,,,,,,,\n"); /* else the inside would follow */
    free(text);
    fill(now, then, 100, 9, false);
    put(&s, 0, 2, now, 109, NULL, 0);
    put(&s, 1, 2, then, 109, NULL, 0);
    text = table(&s);
    assert_contains(text, "\nnu,anders,,0,,,,,,,,\n");
    free(text);
    close_stage(&s);
}

static void damaged_or_missing_file_is_an_error(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, false);
    char *path = wks_lives_path(s.store[1].folder, 1), *out = wks_folder_path(s.folder, "untouched.csv");
    put(&s, 0, 1, start, 3, start, 3);
    put(&s, 1, 1, start, 3, start, 3);
    char *good = wks_folder_get(path);
    assert_non_null(good);
    free(good);
    FILE *stream = fopen(path, "r+b");
    assert_non_null(stream);
    assert_int_equal(fseek(stream, -9, SEEK_END), 0);
    assert_int_equal(fputc(77, stream), 77);
    assert_int_equal(fclose(stream), 0);
    assert_status(wks_untouched_write(out, &s.pair, 1, &s.err), WKS_ERR_IO, &s.err);
    s.err = WKS_ERR_INIT;
    assert_int_equal(truncate(path, 60), 0);
    assert_status(wks_untouched_write(out, &s.pair, 1, &s.err), WKS_ERR_IO, &s.err);
    s.err = WKS_ERR_INIT;
    assert_int_equal(remove(path), 0);
    assert_status(wks_untouched_write(out, &s.pair, 1, &s.err), WKS_ERR_IO, &s.err);
    free(path);
    free(out);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lives_are_laid_side_by_side_by_year_and_area),
        cmocka_unit_test(replications_that_both_have_are_added_up_and_areas_need_names),
        cmocka_unit_test(few_real_people_are_not_told_of),
        cmocka_unit_test(damaged_or_missing_file_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
