/* Studies from file to tables: known indices through the whole road, exchange of designs and outcomes, stops, threads, what a trial is. */
#include "cli/late.h"

static const double pi = 3.14159265358979323846;

#define PI_RANGE "low = -3.141592653589793; high = 3.141592653589793;"
static const char ishigami[] =
    "name = \"ishigami\"; function = \"ishigami\"; replications = 1;\n"
    "parameters = ( { name = \"x1\"; " PI_RANGE " }, { name = \"x2\"; " PI_RANGE " }, { name = \"x3\"; " PI_RANGE " } );\n"
    "outcomes = ( { name = \"y\"; indicator = \"y\"; } );\n";
static const char sobol_g[] = "name = \"g\"; function = \"sobol_g\"; replications = 1;\n"
                              "parameters = ( { name = \"x1\"; low = 0; high = 1; }, { name = \"x2\"; low = 0; high = 1; },\n"
                              "               { name = \"x3\"; low = 0; high = 1; }, { name = \"x4\"; low = 0; high = 1; } );\n"
                              "outcomes = ( { name = \"y\"; indicator = \"y\"; } );\n";
static const char linear[] =
    "name = \"lijn\"; function = \"linear\"; replications = 1;\n"
    "parameters = ( { name = \"a\"; low = 0; high = 1; }, { name = \"b\"; low = -2; high = 2; }, { name = \"c\"; low = 1; high = 4; } );\n"
    "outcomes = ( { name = \"y\"; indicator = \"y\"; } );\n";

static const char *const tables[] = {"study.cfg",    "design.csv",       "outcomes.csv", "trials.csv", "sensitivity.csv",
                                     "variance.csv", "main_effects.csv", "codebook.csv", "journal"};
enum { N_TABLES = sizeof tables / sizeof *tables };

static void assert_same_study(const char *a, const char *b)
{
    for (int i = 0; i < N_TABLES; i++)
        program_assert_same(a, b, tables[i]);
}

static char *put_study(const fixture *f, const char *name, const char *text, const char *more)
{
    wks_text whole = WKS_TEXT_INIT;
    wks_text_addf(&whole, "%s%s", text, more);
    char *path = wks_folder_put(f->folder, name, whole.data);
    wks_text_free(&whole);
    return path;
}

/* Value of a column in the row of an index; row -1 is told. */
static double index_of(const wks_csv *csv, const char *index, const char *parameter, const char *second, const char *column)
{
    double value = NAN;
    for (size_t row = 0; row < csv->n_rows; row++) {
        if (strcmp(wks_csv_cell(csv, row, wks_csv_column(csv, "index")), index) != 0 ||
            strcmp(wks_csv_cell(csv, row, wks_csv_column(csv, "parameter")), parameter) != 0 ||
            strcmp(wks_csv_cell(csv, row, wks_csv_column(csv, "second_parameter")), second) != 0)
            continue;
        const char *cell = wks_csv_cell(csv, row, wks_csv_column(csv, column));
        if (cell[0] != '\0') assert_true(wks_text_parse_double(cell, &value));
        return value;
    }
    fail_msg("no %s of %s %s", index, parameter, second);
    return value;
}

static void assert_inside(const wks_csv *csv, const char *index, const char *parameter, const char *second, double expected)
{
    const double low = index_of(csv, index, parameter, second, "ci_low"), high = index_of(csv, index, parameter, second, "ci_high");
    if (!(low <= expected && expected <= high)) fail_msg("%s of %s %s: %g not in %g .. %g", index, parameter, second, expected, low, high);
}

static wks_csv sweep(const fixture *f, const char *study, const char *folder)
{
    char *out = wks_folder_path(f->folder, folder);
    program_do(f->folder, 0, "sweep", study, "-o", folder, "-q", NULL);
    wks_csv csv = program_table(out, "sensitivity.csv");
    free(out);
    return csv;
}

/* ---- known indices ---- */

static void saltelli_of_ishigami_has_the_analytic_indices(void **state)
{
    fixture *f = *state;
    const double a = 7, b = 0.1, p4 = pow(pi, 4), p8 = pow(pi, 8), v1 = 0.5 * pow(1 + b * p4 / 5, 2), v2 = a * a / 8,
                 v13 = b * b * p8 * (1.0 / 18 - 1.0 / 50), v = v1 + v2 + v13;
    char *study = put_study(f, "ishigami.cfg", ishigami, "design = { method = \"saltelli\"; points = 1024; second_order = true; };");
    wks_csv csv = sweep(f, study, "saltelli");
    assert_inside(&csv, "S1", "x1", "", v1 / v);
    assert_inside(&csv, "S1", "x2", "", v2 / v);
    assert_inside(&csv, "S1", "x3", "", 0);
    assert_inside(&csv, "ST", "x1", "", (v1 + v13) / v);
    assert_inside(&csv, "ST", "x2", "", v2 / v);
    assert_inside(&csv, "ST", "x3", "", v13 / v);
    assert_inside(&csv, "S2", "x1", "x2", 0);
    assert_inside(&csv, "S2", "x1", "x3", v13 / v);
    assert_inside(&csv, "S2", "x2", "x3", 0);
    assert_close(index_of(&csv, "ST", "x1", "", "value"), (v1 + v13) / v, 0, 0.03);
    wks_csv_free(&csv);
    free(study);
}

static void saltelli_of_sobol_g_has_the_analytic_indices(void **state)
{
    fixture *f = *state;
    static const double a[] = {0, 1, 4.5, 9};
    static const char *const name[] = {"x1", "x2", "x3", "x4"};
    double v[4], product = 1;
    char *study = put_study(f, "g.cfg", sobol_g, "design = { method = \"saltelli\"; points = 1024; };");
    wks_csv csv = sweep(f, study, "saltelli_g");
    for (int i = 0; i < 4; i++) {
        v[i] = 1 / (3 * (1 + a[i]) * (1 + a[i]));
        product *= 1 + v[i];
    }
    for (int i = 0; i < 4; i++) {
        assert_inside(&csv, "S1", name[i], "", v[i] / (product - 1));
        assert_inside(&csv, "ST", name[i], "", v[i] * product / (1 + v[i]) / (product - 1));
    }
    wks_csv_free(&csv);
    free(study);
}

/* The mean size of a step by 2/3 of the range from every lower level of the four, every combination of the others: what Morris samples. */
static double g_effect(int which)
{
    static const double a[] = {0, 1, 4.5, 9};
    double effect = 0, others = 1;
    for (int i = 0; i < 4; i++) {
        double size = 0, step = 0;
        for (int level = 0; level < 4; level++)
            size += (fabs(4 * level / 3.0 - 2) + a[i]) / (1 + a[i]) / 4;
        for (int level = 0; level < 2; level++)
            step += fabs(fabs(4 * (level + 2) / 3.0 - 2) - fabs(4 * level / 3.0 - 2)) / (1 + a[i]) / (2 / 3.0) / 2;
        if (i == which) {
            effect = step;
        } else {
            others *= size;
        }
    }
    return effect * others;
}

static void morris_of_sobol_g_has_the_enumerated_effects(void **state)
{
    fixture *f = *state;
    static const char *const name[] = {"x1", "x2", "x3", "x4"};
    char *study = put_study(f, "g_morris.cfg", sobol_g, "design = { method = \"morris\"; trajectories = 200; };");
    wks_csv csv = sweep(f, study, "morris_g");
    for (int i = 0; i < 4; i++)
        assert_inside(&csv, "mu_star", name[i], "", g_effect(i));
    for (int i = 1; i < 4; i++) /* the ranking */
        assert_true(index_of(&csv, "mu_star", name[i], "", "value") < index_of(&csv, "mu_star", name[i - 1], "", "value"));
    wks_csv_free(&csv);
    free(study);
}

static void every_design_finds_the_slopes_of_a_line(void **state)
{
    fixture *f = *state;
    static const char *const method[] = {"grid", "lhs", "sobol"};
    static const char *const name[] = {"a", "b", "c"};
    static const double range[] = {1, 4, 3};
    char *study = put_study(f, "l_morris.cfg", linear, "design = { method = \"morris\"; };");
    wks_csv csv = sweep(f, study, "l_morris");
    for (int i = 0; i < 3; i++) {
        assert_close(index_of(&csv, "mu", name[i], "", "value"), (i + 1) * range[i], 1e-8, 0); /* per range of the parameter */
        assert_close(index_of(&csv, "sigma", name[i], "", "value"), 0, 0, 1e-7);
    }
    wks_csv_free(&csv);
    free(study);
    for (int m = 0; m < 3; m++) {
        wks_text more = WKS_TEXT_INIT;
        wks_text_addf(&more, "design = { method = \"%s\"; points = 128; levels = 5; };", method[m]);
        study = put_study(f, "l.cfg", linear, more.data);
        csv = sweep(f, study, method[m]);
        assert_close(index_of(&csv, "R2", "", "", "value"), 1, 1e-9, 0);
        const double sd = sqrt(1 + 64 + 81);
        for (int i = 0; i < 3; i++)
            assert_close(index_of(&csv, "SRC", name[i], "", "value"), (i + 1) * range[i] / sd, 0, 0.03);
        wks_csv_free(&csv);
        wks_text_free(&more);
        free(study);
    }
}

/* ---- luck of the runs ---- */

static void noise_of_runs_is_told_apart(void **state)
{
    fixture *f = *state;
    char *study = put_study(f, "noise.cfg", linear, "noise = 3.0; design = { method = \"saltelli\"; points = 512; };");
    char *out = wks_folder_path(f->folder, "noise");
    program_do(f->folder, 0, "sweep", study, "-o", "noise", "-r", "6", "-q", NULL);
    wks_csv csv = program_table(out, "variance.csv"), indices = program_table(out, "sensitivity.csv");
    double between, parameters, error;
    assert_true(wks_text_parse_double(wks_csv_cell(&csv, 0, wks_csv_column(&csv, "between_points")), &between));
    assert_true(wks_text_parse_double(wks_csv_cell(&csv, 0, wks_csv_column(&csv, "parameters")), &parameters));
    assert_true(wks_text_parse_double(wks_csv_cell(&csv, 0, wks_csv_column(&csv, "error_of_point")), &error));
    assert_close(error, 9.0 / 6, 0.05, 0);
    assert_close(between, parameters + error, 1e-9, 0);
    assert_close(parameters, (1 + 64 + 81) / 12.0, 0.05, 0);
    /* S of a: 1/146; noise makes ST of it (1 + 18)/(146 + 18), and is taken out again */
    assert_close(index_of(&indices, "ST", "a", "", "value"), 19 / 164.0, 0, 0.02);
    assert_close(index_of(&indices, "ST_parameters", "a", "", "value"), 1 / 146.0, 0, 0.015);
    assert_true(index_of(&indices, "ST_parameters", "a", "", "mc_low") < 1 / 146.0);
    assert_true(index_of(&indices, "ST_parameters", "a", "", "mc_high") > 1 / 146.0);
    assert_true(program_has(out, "outcomes_sd.csv"));
    wks_csv_free(&csv);
    wks_csv_free(&indices);
    free(study);
    free(out);
}

/* Told plainly, with what it would take; and not where an order can be read. */
static void ranking_that_does_not_show_is_told(void **state)
{
    fixture *f = *state;
    static const char flat[] = "name = \"vlak\"; function = \"linear\"; replications = 3;\n"
                               "parameters = ( { name = \"a\"; low = 0; high = 0.01; }, { name = \"b\"; low = 0; high = 0.01; } );\n"
                               "outcomes = ( { name = \"y\"; indicator = \"y\"; } );\n";
    char *dull = put_study(f, "dull.cfg", flat, "noise = 3.0; design = { method = \"lhs\"; points = 40; };"),
         *clear = put_study(f, "clear.cfg", linear, "noise = 0.1; design = { method = \"lhs\"; points = 60; };");
    wks_run run = program_run(f->folder, 0, "sweep", dull, "-o", "dull", "-q", NULL);
    assert_contains(run.out, "no ranking shows: by the luck of the runs");
    assert_contains(run.out, " replications (there are 3)");
    wks_run_free(&run);
    run = program_run(f->folder, 0, "sweep", clear, "-r", "3", "-o", "clear", "-q", NULL);
    assert_null(strstr(run.out, "no ranking shows"));
    wks_run_free(&run);
    free(dull);
    free(clear);
}

/* ---- exchange ---- */

/* Another program takes the points and gives back outcomes: the analysis is the same, whatever the order of columns. */
static void design_out_and_results_in_are_the_direct_way(void **state)
{
    fixture *f = *state;
    static const char *const design[] = {"method = \"saltelli\"; points = 32;", "method = \"morris\"; trajectories = 12;",
                                         "method = \"lhs\"; points = 50;"};
    for (int d = 0; d < 3; d++) {
        wks_text more = WKS_TEXT_INIT;
        wks_text_addf(&more, "design = { %s };", design[d]);
        char *study = put_study(f, "exchange.cfg", linear, more.data);
        char *direct = wks_folder_path(f->folder, "direct"), *other = wks_folder_path(f->folder, "other"),
             *second = wks_folder_path(f->folder, "second");
        program_do(f->folder, 0, "sweep", study, "-o", "direct", "-q", NULL);
        program_do(f->folder, 0, "sweep", study, "--design-out", "points.csv", NULL);
        char *points = wks_folder_path(f->folder, "points.csv");
        char *awk = wks_folder_put(
            f->folder, "line.awk",
            "BEGIN { FS = \",\"; print \"y\" > \"y.csv\"; print \"c,a,b\" > \"turned.csv\" }\n"
            "NR > 1 { printf \"%.10g\\n\", $1 + 2 * $2 + 3 * $3 > \"y.csv\"; print $3 \",\" $1 \",\" $2 > \"turned.csv\" }\n");
        const char *const words[] = {"awk", "-f", awk, points, NULL};
        wks_run run = wks_run_program(words, f->folder);
        assert_int_equal(run.exit_code, 0);
        wks_run_free(&run);
        program_do(f->folder, 0, "sweep", study, "--results-in", "y.csv", "-o", "other", "-q", NULL);
        program_do(f->folder, 0, "sweep", study, "--design-in", "turned.csv", "-o", "second", "-q", NULL);
        program_assert_same(direct, other, "design.csv");
        program_assert_same(direct, other, "outcomes.csv");
        program_assert_same(direct, other, "sensitivity.csv");
        program_assert_same(direct, other, "main_effects.csv");
        assert_same_study(direct, second);
        char *trials = wks_folder_path(direct, "trials.csv"); /* and the file of single trials */
        program_do(f->folder, 0, "sweep", study, "--results-in", trials, "-o", "third", "-q", NULL);
        char *third = wks_folder_path(f->folder, "third");
        program_assert_same(direct, third, "sensitivity.csv");
        program_assert_same(direct, third, "variance.csv");
        char *const folder[] = {direct, other, second, third};
        for (int i = 0; i < 4; i++)
            wks_folder_remove(folder[i]);
        free(trials);
        free(points);
        free(awk);
        free(study);
        wks_text_free(&more);
    }
}

static void exchange_errors(void **state)
{
    fixture *f = *state;
    char *study = put_study(f, "wrong.cfg", linear, "design = { method = \"morris\"; trajectories = 2; };");
    free(wks_folder_put(f->folder, "bad.csv", "a,b,d\n0,0,1\n"));
    program_says(f->folder, 3, "bad.csv:1: error: there is no column 'c'", "sweep", study, "--design-in", "bad.csv", NULL);
    program_says(f->folder, 3, "bad.csv:1: error: column 'd' is no parameter", "sweep", study, "--design-in", "bad.csv", NULL);
    free(wks_folder_put(f->folder, "bad.csv", "a,b,c\n0,0,1\n0,7,1\n0,x,2\n0,0,\"1,5\"\n"));
    program_says(f->folder, 3, "bad.csv:3:3: error: b is 7; expected a number from -2 to 2", "sweep", study, "--design-in", "bad.csv",
                 NULL);
    program_says(f->folder, 3, "bad.csv:4:3: error: b is 'x'; expected a number", "sweep", study, "--design-in", "bad.csv", NULL);
    free(wks_folder_put(f->folder, "bad.csv", "a,b,c\n0,0,1\n1,1,1\n0,0,2\n0,0,3\n"));
    program_says(f->folder, 3, "rows 1 to 4 of the design are no trajectory of Morris", "sweep", study, "--design-in", "bad.csv", NULL);
    program_says(f->folder, 2, "leave --part out", "sweep", study, "--results-in", "bad.csv", "--part", "1/2", NULL);
    free(wks_folder_put(f->folder, "bad.csv", "a,b,c\n"));
    program_says(f->folder, 3, "bad.csv has no points", "sweep", study, "--design-in", "bad.csv", NULL);
    free(wks_folder_put(f->folder, "y.csv", "y\n1\n2\n"));
    program_says(f->folder, 3, "there are 2 rows for a design of 8 points", "sweep", study, "--results-in", "y.csv", "-o", "never", NULL);
    free(wks_folder_put(f->folder, "y.csv", "point,replication,y\n1,1,1\n1,2,1\n2,1,2\n4,1,2\n4,2,2\n"));
    program_says(f->folder, 0,
                 "y.csv: warning: 11 of 16 trials have no row (5 points have none at all; the first without all of its replications is "
                 "point 2): what is told rests on the others",
                 "sweep", study, "--results-in", "y.csv", "-o", "few", NULL);
    wks_run missing = program_run(f->folder, 3, "sweep", "nowhere.cfg", NULL);
    assert_string_equal(
        missing.err,
        "nowhere.cfg: error: there is no such file; expected a file with settings\nwijksim: 1 problem in the input\n"); /* once */
    wks_run_free(&missing);
    free(wks_folder_put(f->folder, "y.csv", "z\n1\n2\n"));
    program_says(f->folder, 3, "there is no column 'y'", "sweep", study, "--results-in", "y.csv", "-o", "never", NULL);
    free(study);
}

static void outcomes_that_are_not_defined_drop_their_base_sample(void **state)
{
    fixture *f = *state;
    char *study = put_study(f, "holes.cfg", linear, "design = { method = \"morris\"; trajectories = 3; };");
    char *out = wks_folder_path(f->folder, "holes");
    free(wks_folder_put(f->folder, "holes.csv", "y\n1\n2\n3\n4\n\"\"\n6\n7\n8\n9\n10\n11\n12\n"));
    wks_run run = program_run(f->folder, 0, "sweep", study, "--results-in", "holes.csv", "-o", "holes", NULL);
    assert_contains(run.out, "2 of 3 base samples have every outcome; the others are left out whole");
    assert_contains(run.out, "1 with an outcome that is not defined");
    wks_run_free(&run);
    wks_csv csv = program_table(out, "sensitivity.csv");
    assert_close(index_of(&csv, "mu", "a", "", "n"), 2, 0, 0);
    wks_csv_free(&csv);
    char *text = program_get(out, "outcomes.csv");
    assert_contains(text, "\n4\n\"\"\n6\n");
    free(text);
    free(study);
    free(out);
}

/* ---- runs ---- */

/* Two scenarios on the small city; a key that both have and one that only the ceiling has. */
static char *city_study(const fixture *f, const char *name, const char *design)
{
    wks_text text = WKS_TEXT_INIT;
    wks_text_addf(
        &text,
        "name = \"klein\"; scenarios = [ \"%s\", \"cap.cfg\" ]; set = [ \"%s\" ]; ticks = 12; replications = 3;\n"
        "parameters = ( { name = \"start\"; path = \"processes.search.start\"; low = 0.5; high = 2; log = true; },\n"
        "               { name = \"ceiling\"; path = \"rules.regio.spreiding.cap_share.max_share\"; low = 0.1; high = 0.4; } );\n"
        "outcomes = ( { name = \"moves\"; indicator = \"moves\"; },\n"
        "             { name = \"d_moves\"; indicator = \"moves\"; contrast = true; },\n"
        "             { name = \"d\"; indicator = \"D\"; group = \"uitkering\"; scale = \"buurt\"; scenario = \"plafond\"; tick = 8; },\n"
        "             { name = \"children\"; indicator = \"persons_age\"; group = \"age_0_15\"; tick = 8; },\n"
        "             { name = \"leef\"; indicator = \"leefbaarheid\"; level = \"buurt\"; area = \"BU99990001\"; } );\n"
        "%s",
        f->reference, f->small, design);
    char *path = wks_folder_put(f->folder, name, text.data);
    wks_text_free(&text);
    return path;
}

static double row_of(const char *folder, const char *table, int replication, int tick, const char *indicator, const char *group,
                     const char *other)
{
    wks_csv csv = program_table(folder, table);
    double value = NAN;
    bool is_found = false;
    const int area = wks_csv_column(&csv, strcmp(table, "city.csv") == 0 ? "scale" : "area");
    for (size_t row = 0; row < csv.n_rows && !is_found; row++) {
        is_found = atoi(wks_csv_cell(&csv, row, wks_csv_column(&csv, "replication"))) == replication &&
                   atoi(wks_csv_cell(&csv, row, wks_csv_column(&csv, "tick"))) == tick &&
                   strcmp(wks_csv_cell(&csv, row, wks_csv_column(&csv, "indicator")), indicator) == 0 &&
                   strcmp(wks_csv_cell(&csv, row, wks_csv_column(&csv, "group")), group) == 0 &&
                   strcmp(wks_csv_cell(&csv, row, area), other) == 0;
        if (is_found) (void)wks_text_parse_double(wks_csv_cell(&csv, row, wks_csv_column(&csv, "value")), &value);
    }
    if (!is_found) fail_msg("%s %s: no row %s, %s, %s at tick %d", folder, table, indicator, group, other, tick);
    wks_csv_free(&csv);
    return value;
}

/* What a study takes out of a scenario at a point is what `run` writes of it with --set. */
static void trial_is_the_run_with_those_settings(void **state)
{
    fixture *f = *state;
    char *study = city_study(f, "klein.cfg", "design = { method = \"grid\"; levels = 2; };"), *out = wks_folder_path(f->folder, "klein");
    program_do(f->folder, 0, "sweep", study, "-o", "klein", "-q", NULL);
    wks_csv trials = program_table(out, "trials.csv"), design = program_table(out, "design.csv");
    assert_int_equal(design.n_rows, 4);
    for (size_t point = 0; point < 4; point++) {
        char start[64], ceiling[80];
        char *a = wks_folder_path(f->folder, "run_a"), *b = wks_folder_path(f->folder, "run_b");
        (void)snprintf(start, sizeof start, "processes.search.start=%s", wks_csv_cell(&design, point, 0));
        (void)snprintf(ceiling, sizeof ceiling, "rules.regio.spreiding.cap_share.max_share=%s", wks_csv_cell(&design, point, 1));
        program_do(f->folder, 0, "run", f->reference, "--set", f->small, "--set", start, "--set", "output.buurt_every=4", "-t", "12", "-r",
                   "3", "-o", "run_a", "-q", NULL);
        program_do(f->folder, 0, "run", f->cap, "--set", f->small, "--set", start, "--set", ceiling, "--set", "output.buurt_every=4", "-t",
                   "12", "-r", "3", "-o", "run_b", "-q", NULL);
        for (int r = 1; r <= 3; r++) {
            const double moves = row_of(a, "city.csv", r, 12, "moves", "", "");
            const double expected[] = {moves, row_of(b, "city.csv", r, 12, "moves", "", "") - moves,
                                       row_of(b, "city.csv", r, 8, "D", "uitkering", "buurt"),
                                       row_of(a, "city.csv", r, 8, "persons_age", "age_0_15", ""),
                                       row_of(a, "buurt.csv", r, 12, "leefbaarheid", "", "BU99990001")};
            for (int i = 0; i < 5; i++) {
                const char *cell = wks_csv_cell(&trials, point * 3 + (size_t)r - 1, 3 + i);
                double value = NAN;
                if (cell[0] != '\0') assert_true(wks_text_parse_double(cell, &value));
                assert_close(value, expected[i], 1e-9, 1e-9);
            }
        }
        wks_folder_remove(a);
        wks_folder_remove(b);
    }
    wks_csv_free(&trials);
    wks_csv_free(&design);
    free(study);
    free(out);
}

static void study_does_not_depend_on_threads(void **state)
{
    fixture *f = *state;
    char *study = city_study(f, "draden.cfg", "design = { method = \"morris\"; trajectories = 3; };");
    char *one = wks_folder_path(f->folder, "one"), *three = wks_folder_path(f->folder, "three");
    program_do(f->folder, 0, "sweep", study, "-j", "1", "-o", "one", "-q", NULL);
    program_do(f->folder, 0, "sweep", study, "-j", "3", "-o", "three", "-q", NULL);
    assert_same_study(one, three);
    /* what the folder says of itself is the same study */
    char *again = wks_folder_path(f->folder, "again"), *own = wks_folder_path(one, "study.cfg");
    program_do(f->folder, 0, "sweep", own, "-o", "again", "-q", NULL);
    assert_same_study(one, again);
    program_assert_status(one, "complete");
    program_assert_no_leftovers(one);
    free(again);
    free(own);
    free(one);
    free(three);
    free(study);
}

/* Killed outright as soon as there is a journal, again and again, each time later or not at all: what was whole is kept, and it ends with the same bytes. */
static void killed_study_goes_on_to_the_same_bytes(void **state)
{
    fixture *f = *state;
    char *study = city_study(f, "dood.cfg", "design = { method = \"lhs\"; points = 12; };");
    char *whole = wks_folder_path(f->folder, "whole"), *out = wks_folder_path(f->folder, "killed");
    program_do(f->folder, 0, "sweep", study, "-o", "whole", "-j", "2", "-q", NULL);
    (void)program_interrupt(f->folder, "killed/journal", SIGKILL, "sweep", study, "-o", "killed", "-j", "2", "-q", NULL);
    assert_false(program_has(out, "sensitivity.csv"));
    for (int i = 0; i < 6; i++) {
        const char *const words[] = {PROGRAM, "sweep", study, "-o", "killed", "-j", "2", "-q", "--resume", NULL};
        wks_run run = wks_run_program_signalled(words, f->folder, SIGKILL, 100 + 60 * i);
        wks_run_free(&run);
    }
    program_do(f->folder, 0, "sweep", study, "-o", "killed", "-q", "--resume", NULL);
    assert_same_study(whole, out);
    program_assert_status(out, "complete");
    program_does_nothing(f->folder, 0, "killed", "sweep", study, "-o", "killed", "--resume", NULL);
    char *table = wks_folder_path(out, "sensitivity.csv");
    assert_int_equal(remove(table), 0);
    program_do(f->folder, 0, "sweep", study, "-o", "killed", "-q", "--resume", NULL); /* made again */
    assert_same_study(whole, out);
    free(table);
    program_says(f->folder, 2, "killed exists and is not empty", "sweep", study, "-o", "killed", NULL);
    program_says(f->folder, 2, "holds other results", "sweep", study, "-o", "killed", "--resume", "-s", "9", NULL);
    free(study);
    free(whole);
    free(out);
}

static void stopped_study_says_so_and_goes_on(void **state)
{
    fixture *f = *state;
    char *study = city_study(f, "stop.cfg", "design = { method = \"lhs\"; points = 30; };");
    char *out = wks_folder_path(f->folder, "stopped");
    assert_int_equal(program_interrupt(f->folder, "stopped/journal", SIGTERM, "sweep", study, "-o", "stopped", "-j", "1", "-q", NULL), 5);
    program_assert_status(out, "interrupted");
    program_do(f->folder, 0, "sweep", study, "-o", "stopped", "--resume", "-q", NULL);
    program_assert_status(out, "complete");
    program_do(f->folder, 0, "sweep", study, "-o", "stopped", "--resume", "-r", "4", "-q",
               NULL); /* more replications: only those are run */
    wks_csv csv = program_table(out, "trials.csv");
    assert_int_equal(csv.n_rows, 120);
    wks_csv_free(&csv);
    free(study);
    free(out);
}

/* Parts run apart and joined are the study as one process ran it; what is missing, twice or of another study is told. */
static char *late_sweep(const fixture *f, int size)
{
    char design[80];
    (void)snprintf(design, sizeof design, "design = { method = \"lhs\"; points = %d; };", size / 3);
    return city_study(f, "laat.cfg", design);
}

static void max_time_stops_a_study_that_goes_on_to_the_same_bytes(void **state)
{
    fixture *f = *state;
    char *study = late_stop(f, "sweep", late_sweep), *whole = wks_folder_path(f->folder, "whole"),
         *late = wks_folder_path(f->folder, "late");
    late_goes_on(f, "sweep", study);
    assert_same_study(whole, late);
    program_assert_same(whole, late, "journal");
    program_assert_status(late, "complete");
    free(study);
    free(whole);
    free(late);
}

static void parts_joined_are_the_whole(void **state)
{
    fixture *f = *state;
    char *study = city_study(f, "delen.cfg", "design = { method = \"morris\"; trajectories = 2; };");
    char *whole = wks_folder_path(f->folder, "whole"), *joined = wks_folder_path(f->folder, "joined");
    static const char *const part[] = {"1/3", "2/3", "3/3"}, *const name[] = {"p1", "p2", "p3"};
    program_do(f->folder, 0, "sweep", study, "-o", "whole", "-q", NULL);
    for (int i = 0; i < 3; i++) {
        wks_run run = program_run(f->folder, 0, "sweep", study, "--part", part[i], "-o", name[i], "-q", NULL);
        wks_run_free(&run);
    }
    program_do(f->folder, 0, "merge", "joined", "p3", "p1", "p2", "-q", NULL);
    assert_same_study(whole, joined);
    program_assert_status(joined, "complete");
    program_says(f->folder, 2, "joined exists and is not empty", "merge", "joined", "p1", "p2", "p3", NULL);
    program_says(f->folder, 3, "p1: error: the others do not join on: part 3 of 3 is missing", "merge", "never", "p1", "p2", NULL);
    program_says(f->folder, 3, "joined: error: this is a whole study", "merge", "never", "joined", NULL);
    program_says(f->folder, 3, "p2: error: part 2 of 3 is there twice", "merge", "never", "p1", "p2", "p2", NULL);
    program_says(f->folder, 3, "p2: error: part 2 of 3 is there twice", "merge", "never", "p1", "p2", "p3", "p2", NULL);
    program_says(f->folder, 2, "each part has a folder of its own", "sweep", study, "--part", "2/3", "-o", "p1", "--resume", NULL);
    program_do(f->folder, 0, "sweep", study, "--part", "3/3", "-o", "p4", "-s", "5", "-q", NULL);
    program_says(f->folder, 3, "p4: error: another study", "merge", "never", "p1", "p2", "p4", NULL);
    program_says(f->folder, 3, "p4: error: another study", "merge", "never", "p4", "p1", "p2", NULL); /* wherever it stands */
    wks_run quiet = program_run(f->folder, 0, "merge", "quiet", "p3", "p1", "p2", "-q", NULL);
    assert_string_equal(quiet.out, "quiet\n");
    wks_run_free(&quiet);
    assert_false(program_has(f->folder, "never"));
    free(study);
    free(whole);
    free(joined);
}

/* Values that are fine alone and not together: those trials fail and are listed, the others are there (exit 4). */
static void trials_that_fail_are_listed(void **state)
{
    fixture *f = *state;
    wks_text text = WKS_TEXT_INIT;
    char *out = wks_folder_path(f->folder, "fails");
    free(wks_folder_put(f->folder, "grid.cfg",
                        "name = \"raster\"; ticks = 2;\n"
                        "grid = { rows = 40; columns = 40; torus = true; density = 0.6; group_share = 0.5; };\n"
                        "relocation = { radius = 1; alike_count = 3; order = \"random\"; destination = \"any\"; };\n"));
    wks_text_addf(&text, "scenarios = [ \"grid.cfg\" ]; replications = 2;\n"
                         "parameters = ( { name = \"rows\"; path = \"grid.rows\"; values = [ 4, 40 ]; whole = true; },\n"
                         "               { name = \"radius\"; path = \"relocation.radius\"; values = [ 1, 3 ]; whole = true; } );\n"
                         "outcomes = ( { name = \"y\"; indicator = \"alike_mean\"; } );\n"
                         "design = { method = \"grid\"; };\n");
    char *study = wks_folder_put(f->folder, "fails.cfg", text.data);
    program_says(f->folder, 4, "2 of 8 trials failed; the first: point 2, replication 1: scenario 'raster' cannot have these values",
                 "sweep", study, "-o", "fails", "-q", NULL);
    wks_csv csv = program_table(out, "trials.csv");
    for (size_t row = 0; row < 8; row++) {
        const bool is_failed = row == 2 || row == 3;
        assert_string_equal(wks_csv_cell(&csv, row, 2), is_failed ? "failed" : "complete");
        assert_int_equal(wks_csv_cell(&csv, row, 3)[0] == '\0', is_failed);
    }
    program_assert_status(out, "complete");
    wks_csv_free(&csv);
    free(study);
    free(out);
    wks_text_free(&text);
}

static void study_errors(void **state)
{
    fixture *f = *state;
    char *study = put_study(f, "errors.cfg", linear, "desing = { method = \"morris\"; };");
    program_says(f->folder, 3, "errors.cfg:4:1: error: unknown key 'desing' in the study; nearest valid name is 'design'", "sweep", study,
                 NULL);
    free(study);
    study = put_study(f, "errors.cfg", linear, "");
    program_says(f->folder, 3, "errors.cfg has no design; expected design = { method", "sweep", study, NULL);
    program_says(f->folder, 2, "expected STUDY", "sweep", NULL);
    program_says(f->folder, 3, "nowhere.cfg", "sweep", "nowhere.cfg", NULL);
    assert_false(program_has(f->folder, "results"));
    free(study);
    study = city_study(f, "area.cfg", "design = { method = \"lhs\"; points = 3; };");
    char *text = wks_folder_get(study);
    memcpy(strstr(text, "BU99990001"), "BU99999999", 10);
    free(wks_folder_put(f->folder, "area.cfg", text));
    program_says(f->folder, 3, "'BU99999999' is no buurt of city", "sweep", study, "--dry-run", NULL);
    free(text);
    free(study);
}

static void dry_run_tells_what_would_run(void **state)
{
    fixture *f = *state;
    char *study = city_study(f, "plan.cfg", "design = { method = \"morris\"; trajectories = 3; };");
    wks_run run = program_run(f->folder, 0, "sweep", study, "--dry-run", "-o", "never", NULL);
    const char *const told = "klein: morris of 2 parameters, 9 points, replications 1 to 3: 54 runs of 12 ticks would be written to never\n"
                             "  ceiling is a key of plafond only\n"
                             "  memory        about ";
    assert_memory_equal(run.out, told, strlen(told)); /* then figures of this machine */
    assert_non_null(strstr(run.out, "\n  threads       "));
    assert_non_null(strstr(run.out, "\n  time          about "));
    wks_run_free(&run);
    assert_false(program_has(f->folder, "never"));
    free(study);
}

/* Every study that comes with the program is one; the first has the indices its head tells. */
static void shipped_studies_are_studies(void **state)
{
    fixture *f = *state;
    char *folder = program_source("scenarios/studies"), **names = NULL;
    size_t n = 0;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_file_list(folder, &names, &n, &err), &err);
    assert_true(n >= 3);
    for (size_t i = 0; i < n; i++) {
        char *study = wks_folder_path(folder, names[i]);
        char *text = wks_folder_get(study);
        if (strstr(text, "\ndesign = ") != NULL)
            program_do(f->folder, 0, "sweep", study, "--dry-run", "-q", NULL); /* others are for calibrate */
        free(text);
        free(study);
        free(names[i]);
    }
    free(names);
    char *study = wks_folder_path(folder, "00_ishigami.cfg");
    wks_csv csv = sweep(f, study, "known");
    wks_run plain = program_run(f->folder, 0, "sweep", study, "-o", "loud", NULL);
    assert_null(strstr(plain.err, "warning")); /* a function has no plan of threads to warn of */
    wks_run_free(&plain);
    static const char *const name[] = {"x1", "x2", "x3"};
    static const double first[] = {0.3139, 0.4424, 0}, total[] = {0.5576, 0.4424, 0.2437};
    for (int i = 0; i < 3; i++) {
        assert_inside(&csv, "S1_parameters", name[i], "", first[i]);
        assert_inside(&csv, "ST_parameters", name[i], "", total[i]);
        assert_true(index_of(&csv, "ST_parameters", name[i], "", "value") < index_of(&csv, "ST", name[i], "", "value"));
    }
    wks_csv_free(&csv);
    free(study);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(saltelli_of_ishigami_has_the_analytic_indices, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(saltelli_of_sobol_g_has_the_analytic_indices, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(morris_of_sobol_g_has_the_enumerated_effects, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(every_design_finds_the_slopes_of_a_line, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(noise_of_runs_is_told_apart, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(ranking_that_does_not_show_is_told, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(design_out_and_results_in_are_the_direct_way, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(exchange_errors, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(outcomes_that_are_not_defined_drop_their_base_sample, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(trial_is_the_run_with_those_settings, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(study_does_not_depend_on_threads, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(killed_study_goes_on_to_the_same_bytes, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(max_time_stops_a_study_that_goes_on_to_the_same_bytes, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(stopped_study_says_so_and_goes_on, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(parts_joined_are_the_whole, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(trials_that_fail_are_listed, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(study_errors, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(shipped_studies_are_studies, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(dry_run_tells_what_would_run, fixture_begin, fixture_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
