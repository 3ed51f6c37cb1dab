/* A corporatie's exports with planted secrets, and an import of them into a copy of the modelstad. For the tests of `import own`; a test that
 * includes this defines _GNU_SOURCE first (memmem). */
#ifndef WKS_TESTS_CLI_OWN_MADE_H
#define WKS_TESTS_CLI_OWN_MADE_H

#include <ctype.h>

#include "cli/program.h"

#define IMPORT WKS_BIN_DIR "/wijksim-import"

/* What stands in the seekers' file and may never be anywhere else. */
static const char *const secret[] = {"Geheimenaar",    "123456782", "geheim@post.example", "0612345678", "17-03-1961",
                                     "1961-03-17",     "31234",     "WZ0004711",           "WZ000471",   "Stille Steeg",
                                     "heeft schulden", "19610317"};
enum { N_SECRETS = sizeof secret / sizeof *secret, N_SEEKERS = 400 };

static const char dwellings_header[] =
    "VHE-nummer;Buurtcode;Straat;Huisnummer;Detailsoort;Kale huur (\x80);Streefhuur;WWS-punten;Aantal kamers;Gebruiksoppervlakte;Bouwjaar;"
    "Complexnummer;Doelgroep\r\n";
static const char seekers_header[] = "Inschrijfnummer;Achternaam;BSN;E-mail;Telefoon;Adres;Opmerkingen;Inschrijfdatum;Geboortedatum;"
                                     "Huishoudgrootte;Verzamelinkomen;Urgentie;"
                                     "Buurtcode;Laatste reactie\r\n";

typedef struct own_fixture {
    char *folder, *city;
} own_fixture;

static inline void put_bytes(const char *folder, const char *name, const wks_text *text)
{
    wks_err err = WKS_ERR_INIT;
    char *path = wks_folder_path(folder, name);
    assert_ok(wks_file_write(path, text->data, text->length, &err), &err);
    free(path);
}

/* Windows-1252 with CRLF, codes without their zeros and BU, amounts as people write them. */
static inline void put_dwellings(const char *folder, const char *extra)
{
    wks_text text = WKS_TEXT_INIT;
    wks_text_add(&text, dwellings_header);
    for (int i = 0; i < 60; i++)
        wks_text_addf(&text, "%d;990101%02d;Caf\xE9straat;%d;%s;\x80 1.0%02d,50;1.1%02d,00;%d;3;%d,4;19%02d;C%d;%s\r\n", 5000 + i,
                      1 + i % 3, i, i % 2 == 0 ? "Galerijflat" : "Bovenwoning", i, i, 140 + i % 7, 60 + i % 9, 50 + i % 40, i / 20,
                      i % 10 == 0 ? "Senioren" : "");
    wks_text_add(&text, extra);
    put_bytes(folder, "vhe.csv", &text);
    wks_text_free(&text);
}

static inline void add_seeker(wks_text *text, int i)
{
    wks_text_addf(text, "WZ%07d;Jansen%d;;;;;;%02d-%02d-%d;%02d-%02d-%d;%d;%d,%02d;%s;%s;%s\r\n", 4711 + i + 1, i, 1 + i % 28, 1 + i % 12,
                  2010 + i % 14, 1 + i % 28, 1 + i % 12, 1950 + i % 45, 1 + i % 4, 14000 + 97 * i, i % 100, i % 40 == 0 ? "Medisch" : "",
                  i % 3 == 0 ? "" : (i % 3 == 1 ? "BU99010101" : "99010102"), i % 5 == 0 ? "03-02-2021" : "30-11-2024");
}

static inline void put_seekers(const char *folder, bool is_turned)
{
    wks_text text = WKS_TEXT_INIT;
    wks_text_add(&text, "\xEF\xBB\xBF");
    wks_text_add(&text, seekers_header);
    for (int i = 0; i < N_SEEKERS; i++)
        add_seeker(&text, is_turned ? N_SEEKERS - 1 - i : i);
    wks_text_add(&text, "WZ0004711;Geheimenaar;123456782;geheim@post.example;0612345678;Stille Steeg 9;heeft schulden;12-05-2014;"
                        "17-03-1961;2;31234,56;ja;BU99010101;2024-12-01 00:00:00\r\n");
    put_bytes(folder, "zoekers.csv", &text);
    wks_text_free(&text);
}

static inline int own_begin(void **state)
{
    static const char *const name[] = {"city.cfg", "buurten.csv", "margins.csv", "quality.csv"};
    own_fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    f->folder = wks_folder_make();
    f->city = wks_folder_path(f->folder, "city");
    assert_int_equal(mkdir(f->city, 0777), 0);
    for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
        char source[64];
        snprintf(source, sizeof source, "scenarios/cities/modelstad/%s", name[i]);
        char *path = program_source(source), *text = wks_folder_get(path);
        free(wks_folder_put(f->city, name[i], text));
        free(path);
        free(text);
    }
    put_dwellings(f->folder, "");
    put_seekers(f->folder, false);
    *state = f;
    return 0;
}

static inline int own_end(void **state)
{
    own_fixture *f = *state;
    wks_folder_remove(f->folder);
    free(f->city);
    free(f);
    return 0;
}

/* ---- helpers ---- */

static inline void assert_no_secret(const char *text, const char *where)
{
    for (int i = 0; i < N_SECRETS; i++) {
        if (strstr(text, secret[i]) != NULL) fail_msg("%s holds '%s'", where, secret[i]);
    }
}

static inline wks_run import(const own_fixture *f, int expected, const char *const *more)
{
    const char *argv[PROGRAM_MAX_ARGUMENTS] = {IMPORT, "own"};
    int n = 2;
    for (; more[n - 2] != NULL; n++)
        argv[n] = more[n - 2];
    argv[n] = NULL;
    wks_run run = wks_run_program(argv, f->folder);
    if (run.exit_code != expected) fail_msg("exit %d instead of %d\n%s%s", run.exit_code, expected, run.out, run.err);
    assert_no_secret(run.out, "standard output");
    assert_no_secret(run.err, "standard error");
    return run;
}

#define IMPORT_DO(f, expected, ...)                                                       \
    do {                                                                                  \
        wks_run done = import((f), (expected), (const char *const[]){__VA_ARGS__, NULL}); \
        wks_run_free(&done);                                                              \
    } while (0)
#define IMPORT_SAYS(f, expected, says, ...)                                               \
    do {                                                                                  \
        wks_run done = import((f), (expected), (const char *const[]){__VA_ARGS__, NULL}); \
        assert_contains(done.err, (says));                                                \
        wks_run_free(&done);                                                              \
    } while (0)
#define OWN "city", "--dwellings", "vhe.csv", "--seekers", "zoekers.csv", "--mapping", "mapping.cfg"

static inline void propose(const own_fixture *f)
{
    IMPORT_DO(f, 0, "--dwellings", "vhe.csv", "--seekers", "zoekers.csv", "--write-mapping", "mapping.cfg");
}

/* Whether the bytes hold the text; a short one only where no letter or digit touches it, as random keys of hexadecimal digits hold any five. */
static inline bool own_holds(const char *bytes, size_t size, const char *text)
{
    const size_t n = strlen(text);
    for (const char *at = memmem(bytes, size, text, n); at != NULL; at = memmem(at + 1, size - (size_t)(at + 1 - bytes), text, n)) {
        const bool joined =
            (at > bytes && isalnum((unsigned char)at[-1]) != 0) || (at + n < bytes + size && isalnum((unsigned char)at[n]) != 0);
        if (n >= 8 || !joined) return true;
    }
    return false;
}

/* Every file of a folder, without the folders in it. */
static inline void assert_folder_has_no_secret(const char *folder)
{
    char **name = NULL;
    size_t n = 0;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_file_list(folder, &name, &n, &err), &err);
    for (size_t i = 0; i < n; i++) {
        char *path = wks_folder_path(folder, name[i]), *bytes = NULL;
        size_t size = 0;
        if (!wks_file_is_folder(path)) {
            assert_ok(wks_file_read(path, &bytes, &size, &err), &err);
            for (int s = 0; s < N_SECRETS; s++) {
                if (strncmp(name[i], "own_", 4) != 0 && strlen(secret[s]) < 8) continue; /* short ones are numbers of the city too */
                if (own_holds(bytes, size, secret[s])) fail_msg("%s holds '%s'", path, secret[s]);
            }
        }
        free(bytes);
        free(path);
        free(name[i]);
    }
    free(name);
}

static inline unsigned mode_of(const char *folder, const char *name)
{
    struct stat info;
    char *path = wks_folder_path(folder, name);
    assert_int_equal(stat(path, &info), 0);
    free(path);
    return info.st_mode & 0777u;
}

#endif
