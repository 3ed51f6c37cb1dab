/* wijksim run: files and columns, ticks written, options, existing folders. */
#include "cli/program.h"

static const char *const headers[][2] = {
    {"city.csv", "scenario,replication,tick,date,indicator,group,scale,value\n"},
    {"buurt.csv", "scenario,replication,tick,date,level,area,indicator,group,value\n"},
    {"lettings.csv", "scenario,replication,tick,date,letting,unit,buurt,complex,owner,channel,rent_eur,candidates,rank,refusals,household,"
                     "months_registered,months_searching,income_eur,groups,urgency,from_area,chain,reason,order_key,excluded\n"},
    {"compliance.csv", "scenario,replication,year,owner,rule,required,achieved,met,months\n"},
    {"budget.csv", "scenario,replication,year,owner,item,measured_in,amount\n"},
    {"flows.csv", "scenario,replication,year,from_area,to_area,group,moves\n"},
    {"destinations.csv",
     "scenario,replication,cause,from_area,destination,to_area,distance,households,leefbaarheid_change,rent_change_eur\n"},
    {"monitor.csv", "scenario,replication,quarter,area,signal,value,trend,alarm\n"},
    {"queue.csv",
     "scenario,replication,tick,date,group,registered,active,reactions,housed,success_rate,wait_p10,wait_p50,wait_p90,search_p50\n"},
    {"summary.csv", "scenario,theory,tick,date,indicator,group,scale,level,area,mean,sd,ci_low,ci_high,p10,p50,p90,n\n"},
    {"codebook.csv", "file,column,indicator,unit,label_nl,label_en,explanation_nl,explanation_en\n"},
};

static void run_writes_all_files_with_their_columns(void **state)
{
    fixture *f = *state;
    wks_run run = program_run(f->folder, 0, "run", f->reference, "-t", "14", "-r", "2", "-q", "-o", "out", NULL);
    char *out = wks_folder_path(f->folder, "out");
    assert_string_equal(run.out, "out\n"); /* standard output carries results only */
    assert_string_equal(run.err, "");
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        char *text = program_get(out, headers[i][0]);
        if (strncmp(text, headers[i][1], strlen(headers[i][1])) != 0)
            fail_msg("%s begins with %.*s", headers[i][0], (int)strcspn(text, "\n"), text);
        /* Nobody has to leave a home or is kept from one here. */
        if (strcmp(headers[i][0], "destinations.csv") == 0) {
            assert_string_equal(text, headers[i][1]);
        } else {
            assert_true(strlen(text) > strlen(headers[i][1]));
        }
        assert_int_equal(text[strlen(text) - 1], '\n');
        free(text);
    }
    assert_true(program_has(out, "map.gpkg") && program_has(out, "scenario.cfg"));
    assert_false(program_has(out, "parts"));
    program_assert_no_leftovers(out);
    program_assert_status(out, "complete");
    wks_run_free(&run);
    free(out);
}

/* Which ticks of 0..14 have rows in a table: a text as "0 12 14 ". */
static void ticks_of(const char *folder, const char *name, char out[64])
{
    char *text = program_get(folder, name), *rest = NULL;
    bool has[15] = {false};
    size_t n = 0;
    for (char *line = strtok_r(text, "\n", &rest); (line = strtok_r(NULL, "\n", &rest)) != NULL;) {
        int tick = -1;
        assert_int_equal(sscanf(line, "reference,%*d,%d,", &tick), 1);
        assert_true(tick >= 0 && tick <= 14);
        has[tick] = true;
    }
    out[0] = '\0';
    for (int tick = 0; tick <= 14; tick++) {
        if (has[tick]) n += (size_t)snprintf(out + n, 64 - n, "%d ", tick);
    }
    free(text);
}

static void rows_come_at_the_start_the_end_and_when_due(void **state)
{
    fixture *f = *state;
    char ticks[64];
    char *out = wks_folder_path(f->folder, "out");
    program_do(f->folder, 0, "run", f->reference, "-t", "14", "-r", "2", "-q", "-o", "out", "--set", f->small, NULL);
    ticks_of(out, "city.csv", ticks);
    assert_string_equal(ticks, "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 ");
    ticks_of(out, "buurt.csv", ticks);
    assert_string_equal(ticks, "0 12 14 ");
    free(out);
    out = wks_folder_path(f->folder, "sparse");
    program_do(f->folder, 0, "run", f->reference, "-t", "14", "-r", "1", "-q", "-o", "sparse", "--set", f->small, "--set",
               "output.city_every=5", "--set", "output.buurt_every=4", NULL);
    ticks_of(out, "city.csv", ticks);
    assert_string_equal(ticks, "0 5 10 14 ");
    ticks_of(out, "buurt.csv", ticks);
    assert_string_equal(ticks, "0 4 8 12 14 ");
    free(out);
}

static void manifest_tells_what_was_run(void **state)
{
    fixture *f = *state;
    char *out = wks_folder_path(f->folder, "out");
    program_do(f->folder, 0, "run", f->cap, "-t", "3", "-r", "4-6", "-s", "77", "--seed-population", "5", "-j", "2", "-q", "-o", "out",
               "--set", f->small, NULL);
    wks_json *m = program_manifest(out);
    assert_string_equal(wks_json_text(wks_json_get(m, "status")), "complete");
    assert_contains(wks_json_text(wks_json_get(m, "command")), "wijksim run ");
    assert_contains(wks_json_text(wks_json_get(m, "command")), " -r 4-6 -s 77 ");
    assert_int_equal(wks_json_int(wks_json_get(wks_json_get(m, "seeds"), "dynamics")), 77);
    assert_int_equal(wks_json_int(wks_json_get(wks_json_get(m, "seeds"), "population")), 5);
    assert_int_equal(wks_json_int(wks_json_get(m, "threads")), 2);
    const wks_json *list = wks_json_get(m, "replications");
    assert_int_equal(wks_json_size(list), 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(wks_json_int(wks_json_get(wks_json_at(list, i), "number")), 4 + (int64_t)i);
        assert_int_equal(strlen(wks_json_text(wks_json_get(wks_json_at(list, i), "state_hash"))), 16);
    }
    /* Both scenario files and the city with its four files were read. */
    const wks_json *inputs = wks_json_get(m, "inputs");
    assert_int_equal(wks_json_size(inputs), 7);
    assert_contains(wks_json_text(wks_json_get(wks_json_at(inputs, 0), "path")), "cap.cfg");
    assert_contains(wks_json_text(wks_json_get(wks_json_at(inputs, 1), "path")), "00_reference.cfg");
    assert_true(wks_json_double(wks_json_get(m, "wall_s")) > 0);
    assert_true(wks_json_double(wks_json_get(m, "simulation_s")) > 0);
    assert_true(wks_json_double(wks_json_get(m, "peak_rss_mib")) > 1);
    assert_true(strcmp(wks_json_text(wks_json_get(m, "started")), wks_json_text(wks_json_get(m, "ended"))) <= 0);
    wks_json_free(m);
    free(out);
}

static void set_reaches_lists_by_name_and_is_typed(void **state)
{
    fixture *f = *state;
    program_do(f->folder, 0, "run", f->cap, "-t", "1", "-r", "1", "-q", "-o", "out", "--set", f->small, "--set",
               "rules.regio.spreiding.cap_share.max_share=0.12", "--set", "title=Plafond: twaalf procent", "--set",
               "processes.market.enabled=false", NULL);
    char *text = program_get(f->folder, "out/scenario.cfg");
    assert_contains(text, "max_share = 0.12;");
    assert_contains(text, "title = \"Plafond: twaalf procent\";");
    assert_contains(text, "enabled = false;");
    free(text);
}

static void default_folder_is_results_and_the_name(void **state)
{
    fixture *f = *state;
    wks_run run =
        program_run(f->folder, 0, "run", f->reference, "-t", "1", "-r", "1", "-q", "--set", f->small, "--set", "name=eigen", NULL);
    assert_string_equal(run.out, "results/eigen\n");
    assert_true(program_has(f->folder, "results/eigen/city.csv"));
    wks_run_free(&run);
}

/* Every line is JSON: a start, progress (n_jobs: -1 none, 0 some number, else that many in the last), and an end. */
static void hold_events(char *text, const char *status, int exit_code, int n_jobs, bool has_ticks)
{
    static const char *const numbers[] = {"replications_done", "replications_failed", "elapsed_s", "left_s", "rss_mib", "peak_rss_mib"};
    char *rest = NULL;
    int n = 0;
    bool is_over = false;
    for (char *line = strtok_r(text, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest), n++) {
        wks_json *one = NULL;
        wks_err err = WKS_ERR_INIT;
        assert_ok(wks_json_parse(line, strlen(line), &one, &err), &err);
        const char *event = wks_json_text(wks_json_get(one, "event"));
        assert_false(is_over);
        is_over = strcmp(event, "end") == 0;
        if (is_over) {
            assert_string_equal(wks_json_text(wks_json_get(one, "status")), status);
            assert_int_equal(wks_json_int(wks_json_get(one, "exit")), exit_code);
        } else if (n == 0) {
            assert_string_equal(event, "start");
        } else {
            assert_string_equal(event, "progress");
            if (n_jobs > 0) assert_int_equal(wks_json_int(wks_json_get(one, "replications")), n_jobs);
            assert_true(wks_json_double(wks_json_get(one, "share")) > 0 && wks_json_double(wks_json_get(one, "share")) <= 1);
            for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
                assert_true(wks_json_get(one, numbers[i]) != NULL && wks_json_double(wks_json_get(one, numbers[i])) >= 0);
            assert_true(wks_json_double(wks_json_get(one, "rss_mib")) > 1);
            assert_int_equal(wks_json_get(one, "under_way_ticks_done") != NULL, has_ticks);
            assert_true(wks_json_int(wks_json_get(one, "under_way_ticks_done")) <= wks_json_int(wks_json_get(one, "under_way_ticks")));
        }
        wks_json_free(one);
    }
    assert_true(is_over);
    assert_true(n_jobs < 0 ? n == 2 : n >= 3);
}

static void progress_goes_to_standard_error_as_asked(void **state)
{
    fixture *f = *state;
    wks_run run =
        program_run(f->folder, 0, "run", f->reference, "-t", "2", "-r", "2", "-o", "a", "--set", f->small, "--progress", "lines", NULL);
    assert_contains(run.err, "100 %, replications 2 of 2");
    assert_string_equal(run.out, "a\n");
    wks_run_free(&run);
    run = program_run(f->folder, 0, "run", f->reference, "-t", "2", "-r", "2", "-o", "b", "--set", f->small, "--progress", "none", NULL);
    assert_string_equal(run.err, "");
    wks_run_free(&run);
    run = program_run(f->folder, 0, "run", f->reference, "-t", "2", "-r", "2", "-o", "c", "--set", f->small, "--progress=json", NULL);
    hold_events(run.err, "complete", 0, 2, true);
    wks_run_free(&run);
    run = program_run(f->folder, 0, "run", f->reference, "-t", "2", "-r", "2", "-o", "d", "--set", f->small, "--progress=bar", NULL);
    assert_contains(run.err, "[==============================] 100 %");
    assert_contains(run.err, " MiB");
    assert_null(strchr(run.err, 27)); /* no escape codes */
    assert_int_equal(run.err[strlen(run.err) - 1], '\n');
    assert_ptr_equal(strchr(run.err, '\n'), run.err + strlen(run.err) - 1); /* one line, redrawn */
    wks_run_free(&run);
}

/* compare, sweep and calibrate tell the same; a command that is refused ends too. */
static void progress_as_json_begins_and_ends_whatever_happens(void **state)
{
    fixture *f = *state;
    static const char study[] = "name = \"lijn\"; function = \"linear\"; replications = 1;\n"
                                "parameters = ( { name = \"a\"; low = 0; high = 1; }, { name = \"b\"; low = -2; high = 2; } );\n"
                                "outcomes = ( { name = \"y\"; indicator = \"y\"; } );\n"
                                "design = { method = \"morris\"; };\n";
    wks_run run = program_run(f->folder, 0, "compare", f->reference, f->cap, "-t", "2", "-r", "2", "-o", "a", "--set", f->small,
                              "--progress=json", "-q", NULL);
    hold_events(run.err, "complete", 0, 4, true);
    wks_run_free(&run);
    free(wks_folder_put(f->folder, "study.cfg", study));
    run = program_run(f->folder, 0, "sweep", "study.cfg", "-o", "b", "--progress=json", "-q", NULL);
    hold_events(run.err, "complete", 0, 0, false);
    wks_run_free(&run);
    run = program_run(f->folder, 2, "sweep", "study.cfg", "-o", "b", "--progress=json", "-q", NULL); /* it is there */
    char *message = strstr(run.err, "wijksim: "); /* the one line that is no event: why */
    assert_non_null(message);
    *message = '\0';
    hold_events(run.err, "failed", 2, -1, false);
    wks_run_free(&run);
}

/* One after the other in order of name, the files of a table are a table: the header, then the replications that are whole. */
static void results_so_far_are_a_table_at_any_moment(void **state)
{
    fixture *f = *state;
    const char *argv[] = {PROGRAM, "run", f->reference, "-t", "60", "-r", "400", "-j", "1", "-q", "-o", "out", "--set", f->small, NULL};
    const char *join[] = {"/bin/sh", "-c", "cat out/parts/*.city.csv >so_far.csv", NULL};
    const struct timespec pause = {0, 2000000};
    int status = 0;
    const pid_t child = program_start(f->folder, argv);

    while (!program_has(f->folder, "out/parts/000002.city.csv") && waitpid(child, &status, WNOHANG) == 0)
        (void)nanosleep(&pause, NULL);
    wks_run run = wks_run_program(join, f->folder);
    assert_int_equal(run.exit_code, 0);
    wks_run_free(&run);
    assert_int_equal(waitpid(child, &status, WNOHANG), 0); /* it is under way */
    assert_false(program_has(f->folder, "out/city.csv"));
    wks_csv csv = program_table(f->folder, "so_far.csv");
    const int number = wks_csv_column(&csv, "replication"), value = wks_csv_column(&csv, "value");
    assert_true(number >= 0 && value >= 0);
    const int last = atoi(wks_csv_cell(&csv, csv.n_rows - 1, number));
    assert_true(last >= 2 && last < 400);
    assert_int_equal(csv.n_rows % (size_t)last, 0); /* each is whole */
    for (size_t i = 0; i < csv.n_rows; i++)
        assert_true(atoi(wks_csv_cell(&csv, i, number)) == (int)(i / (csv.n_rows / (size_t)last)) + 1);
    wks_csv_free(&csv);
    (void)kill(child, SIGKILL);
    (void)waitpid(child, &status, 0);
}

static void existing_folder_is_kept_unless_forced(void **state)
{
    fixture *f = *state;
    free(wks_folder_put(f->folder, "out/notes.txt", "mine"));
    program_says(f->folder, 2, "out exists and is not empty; choose another folder with -o, or use --resume or --force", "run",
                 f->reference, "-t", "1", "-r", "1", "-q", "-o", "out", "--set", f->small, NULL);
    program_says(f->folder, 2, "out exists and is not empty", "run", f->reference, "-o", "out", "--dry-run", "--set", f->small, NULL);
    assert_false(program_has(f->folder, "out/manifest.json"));
    program_says(f->folder, 2, "cannot go on with out", "run", f->reference, "-t", "1", "-r", "1", "-q", "-o", "out", "--resume", "--set",
                 f->small, NULL);
    program_do(f->folder, 0, "run", f->reference, "-t", "1", "-r", "3", "-q", "-o", "out", "--force", "--set", f->small, NULL);
    program_do(f->folder, 0, "run", f->reference, "-t", "1", "-r", "1", "-q", "-o", "out", "--force", "--set", f->small, NULL);
    assert_true(program_has(f->folder, "out/notes.txt"));
    char *out = wks_folder_path(f->folder, "out");
    assert_int_equal(program_n_complete(out), 1);
    free(out);
}

static void an_empty_folder_is_as_good_as_none(void **state)
{
    fixture *f = *state;
    char *out = wks_folder_path(f->folder, "out");
    assert_int_equal(mkdir(out, 0777), 0);
    program_do(f->folder, 0, "run", f->reference, "-t", "1", "-r", "1", "-q", "-o", "out", "--set", f->small, NULL);
    free(out);
}

static void replication_ranges_extend_a_run(void **state)
{
    fixture *f = *state;
    char *whole = wks_folder_path(f->folder, "whole"), *grown = wks_folder_path(f->folder, "grown");
    program_do(f->folder, 0, "run", f->reference, "-t", "13", "-r", "1-5", "-q", "-o", "whole", "--set", f->small, NULL);
    program_do(f->folder, 0, "run", f->reference, "-t", "13", "-r", "2-3", "-q", "-o", "grown", "--set", f->small, NULL);
    program_says(f->folder, 2, "grown holds replications 2 to 3; 5 to 6 would leave a gap", "run", f->reference, "-t", "13", "-r", "5-6",
                 "-q", "-o", "grown", "--set", f->small, NULL);
    program_do(f->folder, 0, "run", f->reference, "-t", "13", "-r", "4-5", "-q", "-o", "grown", "--set", f->small, NULL);
    program_says(f->folder, 2, "grown holds another run: its scenario.cfg says", "run", f->reference, "-t", "12", "-r", "1-1", "-q", "-o",
                 "grown", "--set", f->small, NULL);
    program_do(f->folder, 0, "run", f->reference, "-t", "13", "-r", "1-2", "-q", "-o", "grown", "--set", f->small, NULL);
    program_assert_same_run(whole, grown);
    wks_run run = program_run(f->folder, 0, "run", f->reference, "-t", "13", "-r", "1-5", "-o", "grown", "--set", f->small, NULL);
    assert_contains(run.err, "grown is complete: nothing to do");
    wks_run_free(&run);
    free(whole);
    free(grown);
}

static void verify_finds_every_law_kept(void **state)
{
    fixture *f = *state;
    program_do(f->folder, 0, "run", f->cap, "-t", "6", "-r", "1", "-q", "-o", "out", "--verify", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_fixture(run_writes_all_files_with_their_columns),
        with_fixture(rows_come_at_the_start_the_end_and_when_due),
        with_fixture(manifest_tells_what_was_run),
        with_fixture(set_reaches_lists_by_name_and_is_typed),
        with_fixture(default_folder_is_results_and_the_name),
        with_fixture(progress_goes_to_standard_error_as_asked),
        with_fixture(progress_as_json_begins_and_ends_whatever_happens),
        with_fixture(results_so_far_are_a_table_at_any_moment),
        with_fixture(existing_folder_is_kept_unless_forced),
        with_fixture(an_empty_folder_is_as_good_as_none),
        with_fixture(replication_ranges_extend_a_run),
        with_fixture(verify_finds_every_law_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
