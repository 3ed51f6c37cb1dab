/* The whole import out of memory, and putting files in place when the disk refuses. */
#include "import/own.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "city/folder.h"
#include "import/own_files.h"
#include "support/chaos.h"
#include "support/check.h"
#include "support/folder.h"

typedef struct place {
    char *folder, *city, *dwellings, *seekers, *mapping;
} place;

static void put_city(const place *p)
{
    wks_text text = WKS_TEXT_INIT;
    wks_text_add(&text, "code,name,wijk,wijk_name,gemeente,gemeente_name,x_m,y_m");
    for (int c = 0; c < WKS_CITY_N_COLUMNS; c++)
        wks_text_addf(&text, ",%s", wks_city_column_table[c].name);
    for (int b = 0; b < 2; b++) {
        wks_text_addf(&text, "\nBU9901010%d,Buurt %d,WK990101,Wijk,GM9901,Stad,,", b, b);
        for (int c = 0; c < WKS_CITY_N_COLUMNS; c++)
            wks_text_add(&text, ",0");
    }
    wks_text_add(&text, "\n");
    free(wks_folder_put(p->folder, "city/buurten.csv", text.data));
    wks_text_free(&text);
    free(wks_folder_put(p->folder, "city/city.cfg", "name = \"a\"; source = \"b\"; date = \"2023-01-01\"; licence = \"c\";\n"));
}

static void begin(place *p)
{
    p->folder = wks_folder_make();
    put_city(p);
    p->city = wks_folder_path(p->folder, "city");
    p->dwellings =
        wks_folder_put(p->folder, "d.csv",
                       "id;buurt;type;rent;complex\n1;BU99010100;flat;600;a\n2;Buurt 1;garage;60;a\n3;99010101;tussenwoning;700,50;\n");
    p->seekers =
        wks_folder_put(p->folder, "s.csv", "id;registered;reacted;income;birth\n1;01-02-2020;01-01-2024;20.000;1980\n2;02-02-2020;;;\n");
    p->mapping = wks_folder_put(
        p->folder, "m.cfg",
        "dwellings = { id = \"id\"; buurt = \"buurt\"; type = \"type\"; rent = \"rent\"; complex = \"complex\"; };\n"
        "seekers = { id = \"id\"; registered = \"registered\"; reacted = \"reacted\"; income = \"income\"; birth = \"birth\"; };\n"
        "values = { type = ( { ours = \"apartment\"; theirs = [ \"hofje\" ]; } ); };\n");
}

static void end(place *p)
{
    free(p->city);
    free(p->dwellings);
    free(p->seekers);
    free(p->mapping);
    wks_folder_remove(p->folder);
}

static wks_status work(void *context, wks_err *err)
{
    const place *p = context;
    const wks_own_options options = {
        .city = p->city, .dwellings = p->dwellings, .seekers = p->seekers, .mapping = p->mapping, .force = true};
    wks_text report = WKS_TEXT_INIT;
    wks_problems problems = WKS_PROBLEMS_INIT;
    const wks_status rc = wks_own_import(&options, &report, &problems, err);
    if (rc == WKS_OK) assert_int_equal(problems.n, 0);
    wks_text_free(&report);
    wks_problems_free(&problems);
    return rc;
}

static void import_without_memory_fails_cleanly(void **state)
{
    (void)state;
    place p;
    wks_city city;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    begin(&p);
    assert_true(wks_chaos_run_recovering(work, &p, 12) > 50); /* the sheet reader and libcsv ask again for less */
    assert_ok(wks_folder_read(p.city, &city, &problems, &err), &err);
    assert_problems(&problems, "");
    assert_true(city.own.is_there);
    assert_int_equal(city.own.n_dwellings, 2);
    assert_int_equal(city.own.n_seekers, 2);
    assert_close((double)city.own.dwelling[1].rent_eur, 701, 0, 0);
    wks_folder_free(&city);
    end(&p);
}

static wks_status read_work(void *context, wks_err *err)
{
    const place *p = context;
    wks_city city;
    wks_problems problems = WKS_PROBLEMS_INIT;
    const wks_status rc = wks_folder_read(p->city, &city, &problems, err);
    if (rc == WKS_OK) wks_folder_free(&city);
    wks_problems_free(&problems);
    return rc;
}

static void reading_own_data_without_memory_fails_cleanly(void **state)
{
    (void)state;
    place p;
    wks_err err = WKS_ERR_INIT;
    begin(&p);
    assert_ok(work(&p, &err), &err);
    assert_true(wks_chaos_run_recovering(read_work, &p, 6) > 20);
    end(&p);
}

/* A folder in the way of the last file: the first ones are put back as they were. */
static void files_that_cannot_be_put_leave_the_old_ones(void **state)
{
    (void)state;
    place p;
    wks_err err = WKS_ERR_INIT;
    wks_text text = WKS_TEXT_INIT;
    const wks_text *all[WKS_OWN_FILES_N] = {&text, &text, &text, &text};
    begin(&p);
    assert_ok(work(&p, &err), &err);
    wks_text_add(&text, "new");
    char *old = wks_folder_path(p.city, "own_seekers.csv"), *before = wks_folder_get(old), name[64];
    snprintf(name, sizeof name, "city/city.cfg.old%ld/x", (long)getpid()); /* where the old city.cfg should go */
    free(wks_folder_put(p.folder, name, "x"));
    assert_status(wks_own_files_put(p.city, all, &err), WKS_ERR_IO, &err);
    char *after = wks_folder_get(old);
    assert_string_equal(before, after);
    char **names = NULL;
    size_t n = 0;
    err = WKS_ERR_INIT;
    assert_ok(wks_file_list(p.city, &names, &n, &err), &err);
    assert_int_equal(n, 6); /* two of the city, own.md, own_*.csv, the folder in the way */
    for (size_t i = 0; i < n; i++) {
        assert_null(strstr(names[i], ".tmp"));
        free(names[i]);
    }
    free(names);
    free(old);
    free(before);
    free(after);
    wks_text_free(&text);
    end(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(import_without_memory_fails_cleanly),
        cmocka_unit_test(reading_own_data_without_memory_fails_cleanly),
        cmocka_unit_test(files_that_cannot_be_put_leave_the_old_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
