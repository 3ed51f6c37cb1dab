/* check on rule sets as a user runs it: what it finds without people, with them, and what the law says; exit codes. */
#include "cli/program.h"

typedef struct check_fixture {
    char *folder, *reference;
} check_fixture;

static int begin(void **state)
{
    check_fixture *f = calloc(1, sizeof *f);

    assert_non_null(f);
    f->folder = wks_folder_make();
    f->reference = program_source("scenarios/00_reference.cfg");
    *state = f;
    return 0;
}

static int end(void **state)
{
    check_fixture *f = *state;

    wks_folder_remove(f->folder);
    free(f->reference);
    free(f);
    return 0;
}

/* A scenario on the reference with more of its rule set. */
static void write_rules(const check_fixture *f, const char *rules)
{
    wks_text text = WKS_TEXT_INIT;
    char *path = wks_folder_path(f->folder, "c.cfg");
    wks_err err = WKS_ERR_INIT;

    wks_text_addf(&text, "base = \"%s\"; name = \"c\";\nrules = ( { name = \"regio\";\n%s\n} );\n", f->reference, rules);
    assert_ok(wks_file_write(path, text.data, text.length, &err), &err);
    wks_text_free(&text);
    free(path);
}

static void assert_check(const check_fixture *f, int exit_code, const char *rules, const char *says)
{
    write_rules(f, rules);
    wks_run run = program_run(f->folder, exit_code, "check", "c.cfg", "--population", NULL);
    if (strstr(run.err, says) == NULL) fail_msg("%s\nsaid:\n%s\nexpected:\n%s", rules, run.err, says);
    wks_run_free(&run);
}

static void contradictions_are_errors_at_their_place(void **state)
{
    const check_fixture *f = *state;

    assert_check(f, 3,
                 "filters = ( { part = \"where\"; name = \"oud\"; where = \"age_years > 60\"; },\n"
                 "  { part = \"where\"; name = \"jong\"; where = \"age_years < 30\"; } );",
                 "c.cfg:4:3: error: nobody can pass filters 'oud' and 'jong' together: no age_years meets both");
}

static void law_is_asked_by_check_and_not_by_run(void **state)
{
    const check_fixture *f = *state;

    assert_check(f, 0, "basis = \"Huisvestingverordening\";",
                 "c.cfg:3:1: warning: rule set 'regio' has no known legal basis; expected a law");
    assert_check(f, 0, "basis = \"Huisvestingverordening\";", "nearest is 'huisvestingsverordening'");
    wks_run run = program_run(f->folder, 0, "run", "c.cfg", "-q", "-t", "1", "-r", "1", "--dry-run", NULL);
    assert_null(strstr(run.err, "legal basis"));
    wks_run_free(&run);
    run = program_run(f->folder, 3, "check", "c.cfg", "--set", "start=2019-01", "--set",
                      "rules.regio.order=({ part = \"ties_first\"; share = 0.5; scale = \"wijk\"; })", NULL);
    assert_contains(run.err, "in 2019-02 the law allows 0.25 (Huisvestingswet 2014, art. 14)");
    wks_run_free(&run);
}

static void norms_broken_at_the_start_warn_by_part(void **state)
{
    const check_fixture *f = *state;
    const char ceiling[] = "spreiding = ( { part = \"social_ceiling\"; max_share = 0.01; instead = \"nothing\"; } );";

    assert_check(f, 0, ceiling, "c.cfg:3:15: warning: 'social_ceiling' is not kept at the start: wijken above the ceiling: ");
    assert_check(f, 0, ceiling, "c.cfg:3:15: warning: 'social_ceiling': every wijk is above its share of 0.01 at the start (the lowest 0.");
    assert_check(f, 0, "spreiding = ( { part = \"target_mix\"; askers = \"verwezen\"; carriers = 0.2; } );",
                 "'target_mix' is not kept at the start: share of carriers in the mixed complexes together: ");
    write_rules(f, "spreiding = ( { part = \"social_ceiling\"; max_share = 1.0; }, { part = \"dosing\"; group = \"verwezen\"; } );");
    wks_run run = program_run(f->folder, 0, "check", "c.cfg", "--population", NULL);
    assert_null(strstr(run.err, "warning"));
    wks_run_free(&run);
}

static void files_that_tell_of_too_many_warn(void **state)
{
    const check_fixture *f = *state;

    assert_check(f, 0, "filters = ( { part = \"art10\"; areas = [ \"WK990104\" ]; sensitivity = 0.9; false_share = 0.5; } );",
                 "c.cfg:3:13: warning: the file of 'art10' tells of 5");
}

static void candidates_nobody_passes_name_the_filter(void **state)
{
    const check_fixture *f = *state;

    assert_check(f, 3, "filters = ( { part = \"where\"; name = \"rijk\"; where = \"income_eur / 2 > 500000\"; } );",
                 "c.cfg:3:13: error: none of ");
    assert_check(f, 3, "filters = ( { part = \"where\"; name = \"rijk\"; where = \"income_eur / 2 > 500000\"; } );",
                 "filter 'rijk' leaves none; expected filters that leave somebody");
}

static void labels_and_groups_without_stock_or_people_warn(void **state)
{
    const check_fixture *f = *state;

    char *small = program_source("tests/data/cities/valid/small");
    wks_text city = WKS_TEXT_INIT;

    wks_text_addf(&city, "city=%s", small);
    write_rules(f, "filters = ( { part = \"where\"; name = \"mix\"; where = \"true\"; label = \"gemengd\"; } );");
    wks_run run = program_run(f->folder, 0, "check", "c.cfg", "--population", "--set", city.data, NULL);
    assert_contains(run.err, "c.cfg:3:13: warning: filter 'mix' is for label 'gemengd', which no social dwelling has at the start");
    wks_run_free(&run);
    wks_text_free(&city);
    free(small);
    assert_check(f, 0,
                 "channels = ( { part = \"advertised\"; name = \"campus\"; share = 0.5; label = \"campus\"; areas = \"BU99010602\"; } );",
                 "c.cfg:3:14: warning: channel 'campus' lets nothing: no social dwelling has its label and areas");
    assert_check(
        f, 0,
        "channels = ( { part = \"advertised\"; name = \"lootwoning\"; share = 0.05; },\n"
        "  { part = \"direct\"; name = \"detentie\"; share = 0.05; referral = \"ex_detainee\"; } );",
        "c.cfg:4:3: warning: channel 'detentie' is for people that nobody is of at the start; its dwellings go to the next channel");
}

static void candidates_are_told_in_both_forms(void **state)
{
    const check_fixture *f = *state;
    wks_json *root = NULL;
    wks_err err = WKS_ERR_INIT;
    wks_run run = program_run(f->folder, 0, "check", f->reference, "--population", NULL);

    assert_contains(run.out, "  candidates    regio, aanbod: ");
    assert_string_equal(run.err, "");
    wks_run_free(&run);
    run = program_run(f->folder, 0, "check", f->reference, "--population", "--json", NULL);
    assert_ok(wks_json_parse(run.out, strlen(run.out), &root, &err), &err);
    const wks_json *channels = wks_json_get(root, "channels");
    assert_int_equal(wks_json_size(channels), 3);
    assert_string_equal(wks_json_text(wks_json_get(wks_json_at(channels, 1), "channel")), "aanbod");
    assert_true(wks_json_double(wks_json_get(wks_json_at(channels, 1), "candidates")) > 1000);
    wks_json_free(root);
    wks_run_free(&run);
}

/* Years, statutes and bills; with --assumptions only what was not found published, field by field. */
static void describe_law_knows_statutes_and_assumed_fields(void **state)
{
    wks_run run = program_run(NULL, 0, "describe", "law", NULL);

    (void)state;
    assert_contains(run.out, "2018 (in force)\n");
    assert_contains(run.out, "daeb_middle_max                   0.1 share");
    assert_contains(run.out, "ties_local (in_force from 2015-01 until 2024-01)\n");
    assert_contains(run.out, "versterking_regie (bill from 2026-07)\n");
    assert_contains(run.out, "priority_ban (bill)\n");
    wks_run_free(&run);
    run = program_run(NULL, 0, "describe", "law", "--assumptions", NULL);
    assert_contains(run.out, "passend_single_old_eur");
    assert_null(strstr(run.out, "income_single_eur")); /* published in every year */
    assert_null(strstr(run.out, "ties_share ("));
    assert_contains(run.out, "wbmgp_permit (in_force from 2006-01)\n");
    wks_run_free(&run);
}

/* Its one column T1 is no accepted set: it says so. */
static void long_run_effects_tell_whose_they_are(void **state)
{
    const check_fixture *f = *state;
    wks_run run = program_run(f->folder, 0, "check", f->reference, NULL);

    assert_contains(run.out, "long-run change of the score");
    assert_contains(run.out, "T1 is its default member; with compare --theories each replication draws a member of the accepted set\n");
    wks_run_free(&run);
    run = program_run(f->folder, 0, "check", f->reference, "--set", "processes.neighbourhood.enabled=false", NULL);
    assert_null(strstr(run.out, "long-run change"));
    assert_null(strstr(run.out, "default member"));
    wks_run_free(&run);
}

/* A city that is not there: from where it was looked for, and the nearest of the program's, of the current folder or of the folder that was named. */
static void city_that_is_not_there_has_a_nearest(void **state)
{
    static const struct {
        const char *set, *says;
    } cases[] = {
        {"city=modelsta",
         "--set 'city=modelsta': error: city 'modelsta' is not found; expected a city folder (with city.cfg) relative to the "
         "current folder, or a name in scenarios/cities; nearest valid name is 'modelstad'"},
        {"city=waterstat", "scenarios/cities; nearest valid name is 'waterstad'"},
        {"city=steden/veenstat", "scenarios/cities; nearest valid name is 'steden/veenstad'"},
        {"city=qqqqqqqqqqqqqq", "scenarios/cities; the program has "},
    };
    check_fixture *f = *state;
    free(wks_folder_put(f->folder, "waterstad/city.cfg", ""));
    free(wks_folder_put(f->folder, "steden/veenstad/city.cfg", ""));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        program_says(f->folder, 3, cases[i].says, "check", f->reference, "--set", cases[i].set, NULL);
    free(wks_folder_put(f->folder, "own.cfg", "base = \"scenarios/00_reference.cfg\";\ncity = \"waterstat\";\n"));
    program_says(f->folder, 3,
                 "own.cfg:2:8: error: city 'waterstat' is not found; expected a city folder (with city.cfg) relative to the folder of this "
                 "scenario, or a name in scenarios/cities; nearest valid name is 'waterstad'",
                 "check", "own.cfg", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(contradictions_are_errors_at_their_place, begin, end),
        cmocka_unit_test_setup_teardown(law_is_asked_by_check_and_not_by_run, begin, end),
        cmocka_unit_test_setup_teardown(norms_broken_at_the_start_warn_by_part, begin, end),
        cmocka_unit_test_setup_teardown(files_that_tell_of_too_many_warn, begin, end),
        cmocka_unit_test_setup_teardown(candidates_nobody_passes_name_the_filter, begin, end),
        cmocka_unit_test_setup_teardown(labels_and_groups_without_stock_or_people_warn, begin, end),
        cmocka_unit_test_setup_teardown(candidates_are_told_in_both_forms, begin, end),
        cmocka_unit_test_setup_teardown(long_run_effects_tell_whose_they_are, begin, end),
        cmocka_unit_test_setup_teardown(city_that_is_not_there_has_a_nearest, begin, end),
        cmocka_unit_test(describe_law_knows_statutes_and_assumed_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
