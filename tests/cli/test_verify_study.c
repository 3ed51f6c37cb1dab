/* wijksim verify of sweep and calibrate: an untouched folder is identical, and a changed digit in whatever file is found and named. */
#include "cli/verify.h"

/* Two scenarios of a small city, three replications of a year. */
static char *put_city_study(const fixture *f, const char *name, const char *more)
{
    wks_text text = WKS_TEXT_INIT;
    wks_text_addf(
        &text,
        "name = \"klein\"; title = \"Klein\"; scenarios = [ \"%s\", \"cap.cfg\" ]; set = [ \"%s\" ]; ticks = 3; replications = 3;\n"
        "parameters = ( { name = \"start\"; path = \"processes.search.start\"; low = 0.5; high = 2; log = true; },\n"
        "               { name = \"ceiling\"; path = \"rules.regio.spreiding.cap_share.max_share\"; low = 0.1; high = 0.4; } );\n"
        "outcomes = ( { name = \"moves\"; indicator = \"moves\"; }, { name = \"d_moves\"; indicator = \"moves\"; contrast = "
        "true; } );\n%s",
        f->reference, f->small, more);
    char *path = wks_folder_put(f->folder, name, text.data);
    wks_text_free(&text);
    return path;
}

static char *put_line(const fixture *f, const char *name, const char *more)
{
    wks_text text = WKS_TEXT_INIT;
    wks_text_addf(&text,
                  "name = \"lijn\"; function = \"linear\"; noise = 0.05; replications = 3; seed = 4;\n"
                  "parameters = ( { name = \"x\"; low = 0.0; high = 1.0; }, { name = \"z\"; low = 0.0; high = 2.0; } );\n"
                  "outcomes = ( { name = \"y\"; indicator = \"y\"; }, { name = \"own_x\"; indicator = \"x\"; } );\n%s",
                  more);
    char *path = wks_folder_put(f->folder, name, text.data);
    wks_text_free(&text);
    return path;
}

static const char design[] = "design = { method = \"lhs\"; points = 6; };\n";
static const char calibration[] =
    "targets = ( { outcome = \"y\"; value = 1.9; sd = 0.05; }, { outcome = \"own_x\"; value = 0.55; sd = 0.15; } );\n"
    "calibration = { method = \"history\"; waves = 2; points = 12; };\n";

#define CHANGED "is not the file that the run wrote"
#define ANOTHER "the journal gives another line; expected '"

static void digit_of_a_sweep_is_found_and_named(void **state)
{
    static const verify_bit bits[] = {
        {"out/trials.csv", "\n3,2,complete,", 0, 0, "out/trials.csv, line 9, moves: " ANOTHER},
        {"out/trials.csv", "\n3,2,complete,", 0, 0, "out/trials.csv: " CHANGED},
        {"out/outcomes.csv", "\n", 2, 0, "out/outcomes.csv, line 4, moves: " ANOTHER},
        {"out/outcomes_sd.csv", "\n", 2, 0, "out/outcomes_sd.csv, line 4, moves: " ANOTHER},
        {"out/sensitivity.csv", "\nmoves,", 0, 0, "out/sensitivity.csv, line 2, of: " ANOTHER},
        {"out/variance.csv", "\nmoves,", 0, 0, "out/variance.csv, line 2, n_points: " ANOTHER},
        {"out/main_effects.csv", "\nmoves,", 0, 0, "out/main_effects.csv, line 2, parameter: " ANOTHER},
        {"out/codebook.csv", "\n", 2, 0, "out/codebook.csv, line 4, file: " ANOTHER},
        {"out/design.csv", "\n", 4, 2, "out/design.csv: " CHANGED},
        {"out/design.csv", "\n", 4, 3, "out/trials.csv, line 14, status: " ANOTHER}, /* the journal knows no such point */
        {"out/journal", "\n", 2, 2, "out/journal, line 4: is damaged (its checksum is not that of its text)"},
        {"out/study.cfg", "title = \"", 0, 0, "out/study.cfg: " CHANGED},
        {"out/study.cfg", "title = \"", 0, 0, "out/manifest.json, title: not what study.cfg says"},
        {"out/study.cfg", "path = \"processes.search.", 0, 0, "out/study.cfg: the study, or a file that it names, cannot be read any more"},
        {"out/scenarios/2_plafond.cfg", "dynamics = ", 0, 0, "out/scenarios/2_plafond.cfg: " CHANGED},
        {"out/scenarios/2_plafond.cfg", "title = \"", 0, 0, "out/scenarios/2_plafond.cfg: " CHANGED},
        {"out/manifest.json", "\"title\": \"", 0, 0, "out/manifest.json, title: "},
        {"out/manifest.json", "\"scenario_hash\": \"", 0, 9, "out/study.cfg, scenario_hash: its scenarios, city, parameters or outcomes"},
        {"out/manifest.json", "\"sha256\": \"", 0, 4, "sweep.cfg, sha256: this input is not the file that the run read"},
        {"sweep.cfg", "title = \"", 0, 0, "sweep.cfg, sha256: this input is not the file that the run read"},
        {"cap.cfg", "title = \"", 0, 0, "cap.cfg, sha256: this input is not the file that the run read"},
    };
    fixture *f = *state;
    char *study = put_city_study(f, "sweep.cfg", design);
    program_do(f->folder, 0, "sweep", study, "-q", "-o", "out", NULL);
    wks_run run = program_run(f->folder, 0, "verify", "out", NULL);
    assert_string_equal(run.out, "out: sweep klein, point 1 of 6, replication 1 of 3 run again; tables made again from the journal\n"
                                 "identical: outcomes, journal, settings, inputs and tables are those of the manifest\n");
    wks_run_free(&run);
    finds_all(f, "out", bits);
    free(study);
}

static void digit_of_a_calibration_is_found_and_named(void **state)
{
    static const verify_bit bits[] = {
        {"out/evaluations.csv", "\n", 4, 0, "out/evaluations.csv, line 6, evaluation: " ANOTHER},
        {"out/steps.csv", "\n", 1, 0, "out/steps.csv, line 3, step: " ANOTHER},
        {"out/posterior.csv", "\n", 0, 0, "out/posterior.csv, line 2, "},
        {"out/members.csv", "\n", 0, 0, "out/members.csv, line 2, member: " ANOTHER},
        {"out/targets.csv", "\ny,", 0, 0, "out/targets.csv, line 2, "},
        {"out/calibration.csv", "\n", 0, 0, "out/calibration.csv, line 2, parameter: " ANOTHER},
        {"out/correlations.csv", "\n", 0, 0, "out/correlations.csv, line 2, "},
        {"out/codebook.csv", "\n", 2, 0, "out/codebook.csv, line 4, file: " ANOTHER},
        {"out/journal", "\n", 0, 0, "out/journal, line 2: is damaged"},
        {"out/study.cfg", "seed = ", 0, 0, "out/study.cfg: " CHANGED},
        {"fit.cfg", "value = ", 0, 0, "fit.cfg, sha256: this input is not the file that the run read"},
    };
    fixture *f = *state;
    char *study = put_line(f, "fit.cfg", calibration);
    program_do(f->folder, 0, "calibrate", study, "-q", "-o", "out", NULL);
    wks_run run = program_run(f->folder, 0, "verify", "out", "--point", "7", "-r", "2-3", NULL);
    assert_contains(run.out, "out: calibrate lijn, point 7 of 24, replications 2 3 of 3 run again;");
    wks_run_free(&run);
    finds_all(f, "out", bits);
    free(study);
}

/* The point, from 1, whose row of design.csv stands in this line of the journal. */
static int point_of(const char *out, const char *line)
{
    char *text = program_get(out, "design.csv");
    const char *key = strchr(line, ',') + 1;
    const size_t n = strcspn(key, ";");
    int point = 0, found = 0;

    for (const char *at = strchr(text, '\n'); at != NULL && at[1] != '\0'; at = strchr(at + 1, '\n')) {
        point++;
        if (strncmp(at + 1, key, n) == 0) found = point;
    }
    free(text);
    assert_true(found > 0);
    return found;
}

/* A line of the journal with another outcome and its own right checksum, and all tables made of that: the rerun of that trial tells, and no other. */
static void forged_outcome_is_found_by_the_rerun(void **state)
{
    fixture *f = *state;
    char *study = put_line(f, "lijn.cfg", design), *out = wks_folder_path(f->folder, "out");
    program_do(f->folder, 0, "sweep", study, "-q", "-o", "out", NULL);
    char *journal = program_get(out, "journal"), *line = strchr(journal, '\n') + 1, hash[17];
    wks_text text = WKS_TEXT_INIT, own = WKS_TEXT_INIT, point = WKS_TEXT_INIT;

    wks_text_addf(&point, "%d", point_of(out, line));
    line[strcspn(line, "\n")] = '\0';
    *strrchr(line, ' ') = '\0';
    char *comma = strrchr(line, ','); /* the second outcome: own_x */
    wks_text_add_bytes(&own, line, (size_t)(comma - line));
    wks_text_add(&own, ",0.25");
    wks_text_add_bytes(&text, journal, (size_t)(line - journal));
    wks_text_addf(&text, "%s %s\n%s", own.data, wks_text_key(wks_text_hash(own.data), hash), line + strlen(line) + 1 + 17);
    free(wks_folder_put(out, "journal", text.data));
    flip(f, "out/design.csv", "\n", 0, 0); /* so that --resume goes on, and makes tables and hashes of what the journal holds */
    program_do(f->folder, 0, "sweep", study, "-q", "-o", "out", "--resume", NULL);
    wks_run run = program_run(f->folder, 7, "verify", "out", "--point", point.data, NULL);
    assert_contains(run.out, "out/journal, line 2, own_x: the rerun gives another outcome; expected '0.");
    assert_contains(run.out, "found '0.25'");
    assert_null(strstr(run.out, "csv"));
    wks_run_free(&run);
    is_identical(f->folder, "out", "--replication", "2", NULL);
    wks_text_free(&text);
    wks_text_free(&own);
    wks_text_free(&point);
    free(journal);
    free(study);
    free(out);
}

static void chosen_trials_only_are_run_again(void **state)
{
    fixture *f = *state;
    char *study = put_line(f, "lijn.cfg", design);
    wks_json *json = NULL;
    wks_err err = WKS_ERR_INIT;

    program_do(f->folder, 0, "sweep", study, "-q", "-o", "out", NULL);
    wks_run run = program_run(f->folder, 0, "verify", "out", "--point", "4", "--replication", "3", "--json", NULL);
    assert_ok(wks_json_parse(run.out, strlen(run.out), &json, &err), &err);
    const wks_json *of = wks_json_at(wks_json_get(json, "runs"), 0);
    assert_string_equal(wks_json_text(wks_json_get(of, "kind")), "sweep");
    assert_int_equal(wks_json_int(wks_json_get(of, "point")), 4);
    assert_int_equal(wks_json_size(wks_json_get(of, "replications")), 1);
    assert_int_equal(wks_json_int(wks_json_at(wks_json_get(of, "replications"), 0)), 3);
    wks_json_free(json);
    wks_run_free(&run);
    program_says(f->folder, 2, "out has no point 7; it has 1 to 6", "verify", "out", "--point", "7", NULL);
    program_says(f->folder, 2, "out has no such finished trial of point 2; replications are 1 to 3", "verify", "out", "--point", "2",
                 "--replication", "4", NULL);
    program_says(f->folder, 2, "--scenario is for folders of compare", "verify", "out", "--scenario", "lijn", NULL);
    free(study);
}

/* Parts have a journal and no tables, merge makes them; results from elsewhere have no trials. */
static void parts_merged_and_results_from_elsewhere(void **state)
{
    fixture *f = *state;
    char *study = put_line(f, "lijn.cfg", design);
    program_do(f->folder, 0, "sweep", study, "-q", "--part", "1/2", "-o", "a", NULL);
    program_do(f->folder, 0, "sweep", study, "-q", "--part", "2/2", "-o", "b", NULL);
    is_identical(f->folder, "a", NULL);
    wks_run run = program_run(f->folder, 0, "verify", "b", NULL);
    assert_contains(run.out, "b: sweep lijn, point 4 of 6, replication 1 of 3 run again");
    wks_run_free(&run);
    program_do(f->folder, 0, "merge", "whole", "a", "b", "-q", NULL);
    is_identical(f->folder, "whole", "-r", "3", NULL);
    program_do(f->folder, 0, "sweep", study, "-q", "--design-in", "whole/design.csv", "--results-in", "whole/outcomes.csv", "-o", "given",
               NULL);
    run = program_run(f->folder, 0, "verify", "given", NULL);
    assert_contains(run.out, "note: given holds outcomes from elsewhere (--results-in) and no trials: nothing is run again");
    wks_run_free(&run);
    flip(f, "given/sensitivity.csv", "\ny,", 0, 0);
    finds(f->folder, "given/sensitivity.csv: " CHANGED, "given", NULL);
    free(study);
}

/* Trials that failed are in the tables and not in the journal; so are those of a sweep that was stopped. */
static void failed_and_stopped_trials_are_no_difference(void **state)
{
    fixture *f = *state;
    free(wks_folder_put(f->folder, "grid.cfg",
                        "name = \"raster\"; ticks = 2;\n"
                        "grid = { rows = 40; columns = 40; torus = true; density = 0.6; group_share = 0.5; };\n"
                        "relocation = { radius = 1; alike_count = 3; order = \"random\"; destination = \"any\"; };\n"));
    char *study = wks_folder_put(f->folder, "fails.cfg",
                                 "scenarios = [ \"grid.cfg\" ]; replications = 2;\n"
                                 "parameters = ( { name = \"rows\"; path = \"grid.rows\"; values = [ 4, 40 ]; whole = true; },\n"
                                 "               { name = \"radius\"; path = \"relocation.radius\"; values = [ 1, 3 ]; whole = true; } );\n"
                                 "outcomes = ( { name = \"y\"; indicator = \"alike_mean\"; } );\ndesign = { method = \"grid\"; };\n");
    program_do(f->folder, 4, "sweep", study, "-o", "out", "-q", NULL);
    is_identical(f->folder, "out", NULL);
    program_says(f->folder, 2, "out has no such finished trial of point 2; replications are 1 to 2", "verify", "out", "--point", "2", NULL);
    flip(f, "out/trials.csv", "\n2,1,faile", 0, 0);
    finds(f->folder, "out/trials.csv, line 4, status: " ANOTHER "failed', found 'failee'", "out", NULL);
    flip(f, "out/trials.csv", "\n2,1,faile", 0, 0);
    flip(f, "out/scenarios/1_raster.cfg", "rows = 4", 0, 0);
    finds(f->folder, "out/scenarios/1_raster.cfg: " CHANGED, "out", NULL);
    free(study);
}

/* Runs a study into out until its journal has a trial behind its header, and stops it. Returns the exit code. */
static int stop_after_a_trial(const fixture *f, const char *command, const char *study)
{
    const char *const argv[] = {PROGRAM, command, study, "-q", "-j", "1", "-o", "out", NULL};
    const struct timespec pause = {0, 2000000};
    char *out = wks_folder_path(f->folder, "out");
    const pid_t child = program_start(f->folder, argv);
    bool is_sent = false;
    int status = 0;

    while (waitpid(child, &status, WNOHANG) != child) {
        char *journal = !is_sent && program_has(out, "journal") ? program_get(out, "journal") : NULL;
        const char *first = journal == NULL ? NULL : strchr(journal, '\n');
        if (first != NULL && strchr(first + 1, '\n') != NULL) is_sent = kill(child, SIGTERM) == 0;
        free(journal);
        (void)nanosleep(&pause, NULL);
    }
    free(out);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void stopped_calibration_has_a_journal_to_verify(void **state)
{
    fixture *f = *state;
    char *study = put_city_study(f, "fit.cfg",
                                 "targets = ( { outcome = \"moves\"; value = 20; sd = 5; } );\n"
                                 "calibration = { method = \"history\"; waves = 2; points = 400; };\n");
    assert_int_equal(stop_after_a_trial(f, "calibrate", study), 5);
    wks_run run = program_run(f->folder, 0, "verify", "out", NULL);
    assert_contains(run.out, "out: calibrate klein, point 1 of ");
    assert_contains(run.out, "note: out has no tables yet: only its journal is compared");
    wks_run_free(&run);
    free(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_fixture(digit_of_a_sweep_is_found_and_named),         with_fixture(digit_of_a_calibration_is_found_and_named),
        with_fixture(forged_outcome_is_found_by_the_rerun),        with_fixture(chosen_trials_only_are_run_again),
        with_fixture(failed_and_stopped_trials_are_no_difference), with_fixture(stopped_calibration_has_a_journal_to_verify),
        with_fixture(parts_merged_and_results_from_elsewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
