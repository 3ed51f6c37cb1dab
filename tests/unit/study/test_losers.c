#include "study/losers.h"

#include "output/fates.h"
#include "support/check.h"
#include "support/folder.h"

/* Two runs in files made by hand: reference and alternative, replications 1 and 2. */
typedef struct stage {
    char *folder;
    wks_city city;
    wks_group group[2];
    wks_scenario scenario[2];
    wks_store store[2];
    wks_batch_member member[2];
    wks_run_pair pair;
    wks_err err;
} stage;

static void open_stage(stage *s, bool real_people)
{
    static char now[] = "nu", other[] = "anders", old[] = "oud", rule[] = "regel";
    char *const names[2] = {now, other};

    memset(s, 0, sizeof *s);
    s->err = WKS_ERR_INIT;
    s->folder = wks_folder_make();
    s->city.own.is_there = real_people;
    s->group[0] = (wks_group){.name = old, .measure = true};
    s->group[1] = (wks_group){.name = rule, .rule = true};
    for (int i = 0; i < 2; i++) {
        s->scenario[i] = (wks_scenario){.name = names[i], .first_replication = 1, .n_replications = 3, .group = s->group, .n_groups = 2};
        s->store[i] = (wks_store){.folder = wks_folder_path(s->folder, names[i]), .scenario = &s->scenario[i], .city = &s->city};
        s->member[i] = (wks_batch_member){.scenario = &s->scenario[i], .store = &s->store[i]};
        free(wks_folder_put(s->store[i].folder, "households/here", ""));
    }
    s->pair = (wks_run_pair){.reference = &s->member[0], .scenario = &s->member[1]};
}

static void close_stage(stage *s)
{
    for (int i = 0; i < 2; i++) {
        free(s->store[i].folder);
        wks_manifest_free(&s->store[i].manifest);
    }
    wks_folder_remove(s->folder);
}

static void put(stage *s, int which, int32_t replication, const wks_household_fate *item, int32_t n)
{
    wks_file_writer writer = {0};
    char *path = wks_fates_path(s->store[which].folder, replication);
    assert_ok(wks_file_writer_open(path, &writer, &s->err), &s->err);
    assert_ok(wks_fates_put(&writer, item, n, &s->err), &s->err);
    assert_ok(wks_file_writer_commit(&writer, &s->err), &s->err);
    assert_ok(wks_manifest_set_replication(&s->store[which].manifest, replication, "complete", 1, 0, NULL, &s->err), &s->err);
    free(path);
}

static char *table(stage *s)
{
    char *path = wks_folder_path(s->folder, "losers.csv");
    assert_ok(wks_losers_write(path, &s->pair, 1, &s->err), &s->err);
    char *text = wks_folder_get(path);
    free(path);
    return text;
}

static wks_household_fate housed(uint64_t key, uint32_t groups)
{
    return (wks_household_fate){.key = key,
                                .head_birth_month = 100,
                                .groups = groups,
                                .rent_share = 0.30F,
                                .leefbaarheid = 0.1F,
                                .kin_km = 2,
                                .months_at_address = 60};
}

static wks_household_fate unhoused(uint64_t key, uint32_t groups, uint16_t months)
{
    return (wks_household_fate){.key = key,
                                .head_birth_month = 100,
                                .groups = groups,
                                .rent_share = NAN,
                                .leefbaarheid = NAN,
                                .kin_km = NAN,
                                .months_without_home = months,
                                .end = WKS_FATE_WITHOUT_HOME};
}

static void known_winners_and_losers_are_counted_by_group_of_the_reference(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, false);
    wks_household_fate now[] = {housed(1, 1), housed(2, 1), unhoused(3, 0, 20), housed(5, 2)};
    wks_household_fate then[] = {housed(1, 0), unhoused(2, 1, 12), housed(3, 1), housed(6, 2)};
    then[0].rent_share = 0.25F;   /* better by 5 points, and out of the group: counts by the reference */
    then[0].leefbaarheid = 0.09F; /* less than 0.02: equal */
    then[0].kin_km = 4;
    then[0].forced = 1;
    put(&s, 0, 1, now, 4);
    put(&s, 1, 1, then, 4);
    char *text = table(&s);
    assert_contains(text, wks_losers_header);
    assert_contains(text, "\nnu,anders,,,home_at_end,1,1,1,3\n");
    assert_contains(text, "\nnu,anders,,,months_without_home,1,1,1,3\n");
    assert_contains(text, "\nnu,anders,,,rent_share,1,0,0,1\n");
    assert_contains(text, "\nnu,anders,,,leefbaarheid,0,1,0,1\n");
    assert_contains(text, "\nnu,anders,,,kin_distance,0,0,1,1\n");
    assert_contains(text, "\nnu,anders,,,forced_moves,0,2,1,3\n");
    assert_contains(text, "\nnu,anders,,,support,0,0,0,0\n");
    assert_contains(text, "\nnu,anders,,,only_reference,,,,1\n");
    assert_contains(text, "\nnu,anders,,,only_scenario,,,,1\n");
    assert_contains(text, "\nnu,anders,,oud,home_at_end,0,1,1,2\n");
    assert_contains(text, "\nnu,anders,,oud,rent_share,1,0,0,1\n");
    assert_contains(text, "\nnu,anders,,oud,only_reference,,,,0\n");
    assert_null(strstr(text, ",regel,")); /* not a group to measure */
    free(text);
    close_stage(&s);
}

static void scenario_against_itself_has_nobody_better_or_worse(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, false);
    wks_household_fate item[] = {housed(1, 1), unhoused(2, 0, 5), housed(9, 3)};
    item[2].end = WKS_FATE_LEFT;
    for (int i = 0; i < 2; i++)
        put(&s, i, 1, item, 3);
    char *text = table(&s);
    for (const char *line = strchr(text, '\n') + 1; *line != '\0'; line = strchr(line, '\n') + 1) {
        char row[256];
        long better = 0, equal = 0, worse = 0, n = 0;
        snprintf(row, sizeof row, "%.*s", (int)strcspn(line, "\n"), line);
        if (strstr(row, "only_") != NULL) {
            assert_string_equal(strrchr(row, ',') + 1, "0");
            continue;
        }
        const char *at = row;
        for (int i = 0; i < 5; i++)
            at = strchr(at, ',') + 1;
        assert_int_equal(sscanf(at, "%ld,%ld,%ld,%ld", &better, &equal, &worse, &n), 4);
        assert_int_equal(better, 0);
        assert_int_equal(worse, 0);
        assert_int_equal(equal, n);
    }
    free(text);
    close_stage(&s);
}

static void households_are_added_up_over_the_replications_that_both_have(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, false);
    const wks_household_fate now[] = {unhoused(4, 0, 3)}, then[] = {housed(4, 0)};
    put(&s, 0, 1, now, 1);
    put(&s, 1, 1, then, 1);
    put(&s, 0, 2, now, 1);
    put(&s, 1, 2, now, 1);
    put(&s, 0, 3, now, 1); /* the other has no replication 3 */
    char *text = table(&s);
    assert_contains(text, ",,home_at_end,1,1,0,2\n");
    free(text);
    close_stage(&s);
}

static void same_key_of_another_household_is_not_compared(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, false);
    wks_household_fate now[] = {unhoused(4, 0, 3)}, then[] = {housed(4, 0)};
    then[0].head_birth_month = 50;
    put(&s, 0, 1, now, 1);
    put(&s, 1, 1, then, 1);
    char *text = table(&s);
    assert_contains(text, ",,home_at_end,0,0,0,0\n");
    assert_contains(text, ",,only_reference,,,,1\n");
    assert_contains(text, ",,only_scenario,,,,1\n");
    free(text);
    close_stage(&s);
}

/* Forty households: so many better off, so many worse, the rest equal; the first `old` of each kind are old. */
static void fill(wks_household_fate *now, wks_household_fate *then, int better, int worse, int old)
{
    for (int i = 0; i < 40; i++) {
        const int kind = i < better ? 0 : i < better + worse ? 1 : 2;
        const int first = kind == 0 ? 0 : kind == 1 ? better : better + worse;
        const uint32_t groups = i - first < old ? 1 : 0;
        now[i] = kind == 0 ? unhoused((uint64_t)i + 1, groups, 9) : housed((uint64_t)i + 1, groups);
        then[i] = kind == 1 ? unhoused((uint64_t)i + 1, groups, 9) : housed((uint64_t)i + 1, groups);
    }
}

static void few_real_people_are_not_told_of(void **state)
{
    stage s;
    wks_household_fate now[40], then[40];
    (void)state;
    open_stage(&s, true);
    fill(now, then, 12, 12, 1);
    for (int i = 0; i < 2; i++)
        put(&s, i, 1, i == 0 ? now : then, 40);
    char *text = table(&s);
    assert_contains(text, "\nnu,anders,,,home_at_end,12,16,12,40\n");
    assert_contains(text, "\nnu,anders,,oud,home_at_end,,,,\n"); /* one in each cell */
    assert_contains(text, "\nnu,anders,,,forced_moves,,,,\n");   /* nobody better or worse tells of everybody */
    assert_contains(text, "\nnu,anders,,,only_reference,,,,\n");
    assert_null(strstr(text, ",oud,home_at_end,1"));
    free(text);
    fill(now, then, 12, 9, 0); /* twelve worse in one replication and nine in the other */
    for (int i = 0; i < 2; i++)
        put(&s, i, 2, i == 0 ? now : then, 40);
    text = table(&s);
    assert_contains(text, "\nnu,anders,,,home_at_end,,,,\n");
    free(text);
    close_stage(&s);
}

static void rest_of_few_hides_a_group_too(void **state)
{
    stage s;
    wks_household_fate now[40], then[40];
    (void)state;
    open_stage(&s, true);
    fill(now, then, 12, 12, 11); /* eleven of twelve are old: the others would be one */
    for (int i = 0; i < 2; i++)
        put(&s, i, 1, i == 0 ? now : then, 40);
    char *text = table(&s);
    assert_contains(text, "\nnu,anders,,oud,home_at_end,,,,\n");
    free(text);
    close_stage(&s);
}

static void damaged_or_missing_file_is_an_error(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, false);
    const wks_household_fate item[] = {housed(1, 0)};
    put(&s, 0, 1, item, 1);
    put(&s, 1, 1, item, 1);
    char *path = wks_fates_path(s.store[1].folder, 1), *out = wks_folder_path(s.folder, "losers.csv");
    assert_int_equal(remove(path), 0);
    assert_status(wks_losers_write(out, &s.pair, 1, &s.err), WKS_ERR_IO, &s.err);
    s.err = WKS_ERR_INIT;
    free(wks_folder_put(s.folder, "anders/households/000001.fates", "scenario,replication\n"));
    assert_status(wks_losers_write(out, &s.pair, 1, &s.err), WKS_ERR_IO, &s.err);
    free(path);
    free(out);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_winners_and_losers_are_counted_by_group_of_the_reference),
        cmocka_unit_test(scenario_against_itself_has_nobody_better_or_worse),
        cmocka_unit_test(households_are_added_up_over_the_replications_that_both_have),
        cmocka_unit_test(same_key_of_another_household_is_not_compared),
        cmocka_unit_test(few_real_people_are_not_told_of),
        cmocka_unit_test(rest_of_few_hides_a_group_too),
        cmocka_unit_test(damaged_or_missing_file_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
