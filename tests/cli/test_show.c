/* show, diff, check, describe and report: what is asked of a scenario or a folder without running anything. */
#include "cli/program.h"
#include "scenario/keys.h"
#include "sim/everything.h"

static void show_gives_every_setting_with_its_origin(void **state)
{
    fixture *f = *state;
    wks_run run = program_run(f->folder, 0, "show", "cap.cfg", "-t", "36", "--set", "processes.search.enabled=false", NULL);
    assert_contains(run.out, "name                                                 = \"plafond\"  # cap.cfg:1\n");
    assert_contains(run.out, "= 36 months  # --ticks\n");
    assert_contains(run.out, "processes.search.enabled                             = false  # --set\n");
    assert_contains(run.out, "rules.regio.spreiding.cap_share.max_share            = 0.25 share  # cap.cfg:2\n");
    assert_contains(run.out, "00_reference.cfg:");
    assert_contains(run.out, "  # default\n");
    assert_string_equal(run.err, "");
    wks_run_free(&run);
    program_says(f->folder, 3, "nowhere.cfg: error: there is no such file", "show", "nowhere.cfg", NULL);
}

/* As many objects as the text has lines, in the same order, with the same origin and unit. */
static void show_as_json_has_the_same_settings(void **state)
{
    fixture *f = *state;
    wks_json *json = NULL;
    wks_err err = WKS_ERR_INIT;
    wks_run text = program_run(f->folder, 0, "show", "cap.cfg", "-t", "36", NULL);
    wks_run run = program_run(f->folder, 0, "show", "cap.cfg", "-t", "36", "--json", NULL);
    char *rest = NULL;
    size_t n = 0;
    bool has_share = false;
    assert_ok(wks_json_parse(run.out, strlen(run.out), &json, &err), &err);
    for (char *line = strtok_r(text.out, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest), n++) {
        const wks_json *item = wks_json_at(json, n);
        const char *setting = wks_json_text(wks_json_get(item, "setting")), *origin = wks_json_text(wks_json_get(item, "origin"));
        assert_true(wks_json_get(item, "value") != NULL && origin[0] != '\0');
        assert_true(strncmp(line, setting, strlen(setting)) == 0 && line[strlen(setting)] == ' ');
        assert_string_equal(line + strlen(line) - strlen(origin), origin);
        assert_contains(line, wks_json_text(wks_json_get(item, "unit")));
        if (strcmp(setting, "ticks") == 0) assert_int_equal(wks_json_int(wks_json_get(item, "value")), 36);
        if (strcmp(setting, "rules.regio.spreiding.cap_share.max_share") != 0) continue;
        has_share = true;
        assert_true(wks_json_double(wks_json_get(item, "value")) == 0.25);
        assert_string_equal(wks_json_text(wks_json_get(item, "unit")), "share");
        assert_string_equal(origin, "cap.cfg:2");
    }
    assert_true(has_share);
    assert_int_equal(wks_json_size(json), n);
    wks_json_free(json);
    wks_run_free(&run);
    wks_run_free(&text);
}

static void diff_says_in_words_what_differs(void **state)
{
    fixture *f = *state;
    wks_run run = program_run(f->folder, 0, "diff", f->reference, f->cap, "--lang", "en", NULL);
    assert_string_equal(run.out, "New spreiding rule, largest share of a group by area: group uitkering, largest share 25%. "
                                 "[spreiding.cap_share: group, max_share]\n");
    wks_run_free(&run);
    run = program_run(f->folder, 0, "diff", f->reference, f->cap, NULL);
    assert_contains(run.out, "Nieuwe spreidingsregel");
    wks_run_free(&run);
    run = program_run(f->folder, 0, "diff", f->cap, f->cap, NULL);
    assert_string_equal(run.out, "");
    assert_contains(run.err, "no setting differs"); /* else it looks as if nothing was done */
    wks_run_free(&run);
    run = program_run(f->folder, 3, "diff", "no.cfg", "neither.cfg", NULL); /* both are told */
    assert_contains(run.err, "no.cfg: error: there is no such file");
    assert_contains(run.err, "neither.cfg: error: there is no such file");
    wks_run_free(&run);
}

static void diff_as_json_has_the_same_sentences(void **state)
{
    fixture *f = *state;
    wks_json *json = NULL;
    wks_err err = WKS_ERR_INIT;
    wks_run text = program_run(f->folder, 0, "diff", f->reference, "cap.cfg", "--lang", "en", NULL);
    wks_run run = program_run(f->folder, 0, "diff", f->reference, "cap.cfg", "--lang", "en", "--json", NULL);
    assert_ok(wks_json_parse(run.out, strlen(run.out), &json, &err), &err);
    const wks_json *list = wks_json_get(json, "differences");
    assert_true(wks_json_size(list) >= 1);
    for (size_t i = 0; i < wks_json_size(list); i++)
        assert_contains(text.out, wks_json_text(wks_json_at(list, i)));
    assert_contains(run.out, "\"same\": false");
    wks_json_free(json);
    wks_run_free(&run);
    run = program_run(f->folder, 0, "diff", "cap.cfg", "cap.cfg", "--json", NULL);
    assert_contains(run.out, "\"same\": true");
    wks_run_free(&run);
    wks_run_free(&text);
}

static void check_tells_size_memory_and_time(void **state)
{
    fixture *f = *state;
    wks_run run = program_run(f->folder, 0, "check", f->cap, NULL);
    assert_contains(run.out, "plafond: no errors");
    assert_contains(run.out, "modelstad");
    assert_contains(run.out, "MiB");
    assert_string_equal(run.err, "");
    wks_run_free(&run);
    run = program_run(f->folder, 0, "check", f->cap, "--json", "-t", "6", NULL);
    wks_json *root = NULL;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_json_parse(run.out, strlen(run.out), &root, &err), &err);
    assert_string_equal(wks_json_text(wks_json_get(root, "scenario")), "plafond");
    assert_int_equal(wks_json_int(wks_json_get(root, "ticks")), 6);
    assert_true(wks_json_double(wks_json_get(root, "social_dwellings")) > 1000);
    assert_true(wks_json_double(wks_json_get(root, "memory_mib")) > 1);
    wks_json_free(root);
    wks_run_free(&run);
    program_says(f->folder, 3, "unknown key 'tikcs'", "check", f->cap, "--set", "tikcs=1", NULL);
    program_says(f->folder, 3,
                 "--set 'livelihood.jobloss=1': error: unknown key 'livelihood' in the scenario; nearest valid name is "
                 "'processes.livelihood.job_loss'",
                 "check", f->cap, "--set", "livelihood.jobloss=1", NULL);
    program_says(f->folder, 3, "nearest valid name is 'processes.livelihood.job_loss'", "check", f->cap, "--set", "job_loss=1", NULL);
}

static void check_warns_of_a_start_outside_the_years_of_law(void **state)
{
    fixture *f = *state;
    program_says(f->folder, 0, "--set 'start=2017-01': warning: start is \"2017-01\", but law is known for 2018 to 2026 only", "check",
                 f->cap, "--set", "start=2017-01", NULL);
    program_says(f->folder, 0, "are those of 2026", "check", f->cap, "--set", "start=2027-01", NULL);
    wks_run run = program_run(f->folder, 0, "check", f->cap, "--set", "start=2026-12", NULL);
    assert_string_equal(run.err, "");
    wks_run_free(&run);
}

static void set_remove_takes_a_part_away(void **state)
{
    fixture *f = *state;
    wks_run run = program_run(f->folder, 0, "show", f->cap, NULL);
    assert_contains(run.out, "rules.regio.filters.passend.");
    wks_run_free(&run);
    run = program_run(f->folder, 0, "show", f->cap, "--set", "rules.regio.filters.passend.remove=true", NULL);
    assert_null(strstr(run.out, "passend."));
    assert_contains(run.out, "rules.regio.filters.income_limit.");
    wks_run_free(&run);
}

static void check_with_population_finds_groups_of_nobody(void **state)
{
    fixture *f = *state;
    wks_run run = program_run(f->folder, 0, "check", f->cap, "--population", "--json", "--set",
                              "groups=({ name = \"verwezen\"; where = \"referral != none\"; use = [ \"rule\" ]; }, { name = \"uitkering\"; "
                              "where = \"age_years > 119\"; "
                              "use = [ \"rule\" ]; })",
                              NULL);
    assert_contains(run.err, "group 'uitkering' is empty at the start");
    assert_contains(run.out, "\"largest_gap\"");
    wks_run_free(&run);
}

static void check_with_population_finds_caps_that_are_broken_at_the_start(void **state)
{
    fixture *f = *state;
    wks_run run =
        program_run(f->folder, 0, "check", "cap.cfg", "--population", "--set", "rules.regio.spreiding.cap_share.max_share=0.01", NULL);
    assert_contains(run.err, "cap.cfg:2:");
    assert_contains(run.err, "warning: 'cap_share': ");
    assert_contains(run.err, "are above its share of 0.01 at the start");
    assert_contains(run.err, "a cap below the city's own share cannot be kept by spreading alone");
    assert_null(strstr(run.err, "BU99")); /* never which buurt */
    wks_run_free(&run);
    run = program_run(f->folder, 0, "check", "cap.cfg", "--population", "-q", "--set", "rules.regio.spreiding.cap_share.max_share=0.01",
                      NULL);
    assert_string_equal(run.err, "");
    wks_run_free(&run);
    run = program_run(f->folder, 0, "check", "cap.cfg", "--population", "--set", "rules.regio.spreiding.cap_share.max_share=1", NULL);
    assert_string_equal(run.err, "");
    wks_run_free(&run);
}

/* Every field of every entry is filled where it has to be, and the JSON holds what the text holds. */
static void describe_knows_every_topic_in_both_forms(void **state)
{
    static const struct {
        const char *topic, *in_text, *fields[6];
    } cases[] = {
        {"rules", "cap_share (spreiding)", {"name", "help"}},
        {"groups", "age_years", {"name", "unit", "type", "knowable", "help"}},
        {"indicators", "persons", {"name", "unit", "level", "label_nl", "label_en", "explanation_nl"}},
        {"processes", "allocation (process)", {"name", "help"}},
        {"keys", "replications", {"name", "type", "unit", "default", "source", "help"}},
        {"law", "income_single_eur", {"status", "source"}},
        {"results", "city.csv", {"file", "name", "unit", "label_nl", "label_en", "explanation_en"}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        wks_json *root = NULL;
        wks_err err = WKS_ERR_INIT;
        wks_run run = program_run(NULL, 0, "describe", cases[i].topic, NULL);
        if (strcmp(cases[i].topic, "results") != 0) assert_contains(run.out, cases[i].in_text);
        assert_null(strstr(run.out, "(null)"));
        wks_run_free(&run);
        run = program_run(NULL, 0, "describe", cases[i].topic, "--json", NULL);
        assert_ok(wks_json_parse(run.out, strlen(run.out), &root, &err), &err);
        assert_true(wks_json_size(root) >= 3);
        for (size_t k = 0; k < wks_json_size(root); k++) {
            for (size_t n = 0; n < 6 && cases[i].fields[n] != NULL; n++) {
                if (wks_json_text(wks_json_get(wks_json_at(root, k), cases[i].fields[n]))[0] == '\0') {
                    fail_msg("describe %s: entry %zu (%s) has no %s", cases[i].topic, k,
                             wks_json_text(wks_json_get(wks_json_at(root, k), "name")), cases[i].fields[n]);
                }
            }
        }
        wks_json_free(root);
        wks_run_free(&run);
    }
}

static void describe_assumptions_gives_only_those(void **state)
{
    static const char *const topics[] = {"rules", "processes", "keys"};
    size_t n_left_out = 0;
    (void)state;
    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++) {
        wks_json *some = NULL, *all = NULL;
        wks_err err = WKS_ERR_INIT;
        wks_run run = program_run(NULL, 0, "describe", topics[i], "--assumptions", "--json", NULL);
        assert_ok(wks_json_parse(run.out, strlen(run.out), &some, &err), &err);
        wks_run_free(&run);
        run = program_run(NULL, 0, "describe", topics[i], "--json", NULL);
        assert_ok(wks_json_parse(run.out, strlen(run.out), &all, &err), &err);
        const bool is_all = strcmp(topics[i], "keys") == 0; /* with those of processes and parts */
        assert_true(wks_json_size(some) > 0 && (is_all || wks_json_size(some) <= wks_json_size(all)));
        n_left_out += is_all ? 0 : wks_json_size(all) - wks_json_size(some);
        for (size_t k = 0; k < wks_json_size(some); k++)
            assert_contains(wks_json_text(wks_json_get(wks_json_at(some, k), "source")), "assumption");
        wks_run_free(&run);
        wks_json_free(some);
        wks_json_free(all);
    }
    assert_true(n_left_out > 10);
}

static void expect_assumptions(const wks_json *root, const char *owner, const wks_param *param, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        size_t found = 0;
        if (strstr(param[i].source, "assumption") == NULL) continue;
        for (size_t k = 0; k < wks_json_size(root); k++) {
            const wks_json *item = wks_json_at(root, k);
            found += strcmp(wks_json_text(wks_json_get(item, "owner")), owner) == 0 &&
                     strcmp(wks_json_text(wks_json_get(item, "name")), param[i].name) == 0;
        }
        if (found == 0) fail_msg("describe keys --assumptions does not have %s of %s", param[i].name, owner);
    }
}

/* Every parameter of every section, process, event and rule part that rests on an assumption. */
static void describe_keys_lists_all_that_is_assumed(void **state)
{
    const wks_catalogue *all = wks_everything_catalogue();
    wks_json *root = NULL;
    wks_err err = WKS_ERR_INIT;
    wks_run run = program_run(NULL, 0, "describe", "keys", "--assumptions", "--json", NULL);
    (void)state;
    assert_ok(wks_json_parse(run.out, strlen(run.out), &root, &err), &err);
    wks_run_free(&run);
    for (int32_t i = 0; i < wks_keys_n_sections; i++)
        expect_assumptions(root, wks_keys_sections[i].path, wks_keys_sections[i].spec->param, wks_keys_sections[i].spec->n_params);
    for (int32_t i = 0; i < all->n_processes; i++)
        expect_assumptions(root, all->process[i]->name, all->process[i]->param, all->process[i]->n_params);
    for (int32_t i = 0; i < all->n_events; i++)
        expect_assumptions(root, all->event[i]->name, all->event[i]->param, all->event[i]->n_params);
    for (int32_t i = 0; i < all->n_parts; i++)
        expect_assumptions(root, all->part[i]->name, all->part[i]->param, all->part[i]->n_params);
    assert_true(wks_json_size(root) > 100);
    wks_json_free(root);
}

static void report_is_made_from_a_folder_in_either_language(void **state)
{
    fixture *f = *state;
    program_do(f->folder, 0, "run", f->reference, "-q", "-t", "13", "-r", "2", "-o", "out", "--set", f->small, NULL);
    assert_false(program_has(f->folder, "out/report.html"));
    wks_run run = program_run(f->folder, 0, "report", "out", NULL);
    assert_string_equal(run.out, "out/report.html\n");
    wks_run_free(&run);
    char *text = program_get(f->folder, "out/report.html");
    assert_contains(text, "lang=\"nl\"");
    free(text);
    program_do(f->folder, 0, "report", "out", "--lang", "en", NULL); /* replaces its own file */
    text = program_get(f->folder, "out/report.html");
    assert_contains(text, "lang=\"en\"");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_fixture(show_gives_every_setting_with_its_origin),
        with_fixture(show_as_json_has_the_same_settings),
        with_fixture(diff_says_in_words_what_differs),
        with_fixture(diff_as_json_has_the_same_sentences),
        with_fixture(check_tells_size_memory_and_time),
        with_fixture(check_with_population_finds_groups_of_nobody),
        with_fixture(check_warns_of_a_start_outside_the_years_of_law),
        with_fixture(set_remove_takes_a_part_away),
        with_fixture(check_with_population_finds_caps_that_are_broken_at_the_start),
        cmocka_unit_test(describe_knows_every_topic_in_both_forms),
        cmocka_unit_test(describe_assumptions_gives_only_those),
        cmocka_unit_test(describe_keys_lists_all_that_is_assumed),
        with_fixture(report_is_made_from_a_folder_in_either_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
