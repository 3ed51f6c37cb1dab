/* A corporatie's own data, from its exports to the results of a run: what is understood, what is said, and that nothing of a person gets out. */
#define _GNU_SOURCE /* memmem */
#include "cli/own_made.h"

/* ---- tests ---- */

static void unknown_mapping_is_proposed(void **state)
{
    const own_fixture *f = *state;
    wks_run run = import(f, 3, (const char *const[]){OWN, NULL});
    assert_contains(run.err, "mapping.cfg: error: did not exist: a proposal was written there");
    assert_contains(run.out, "registered  = Inschrijfdatum");
    assert_contains(run.out, "never read: BSN (BSN)");
    assert_false(program_has(f->city, "own_seekers.csv"));
    wks_run_free(&run);
    char *text = program_get(f->folder, "mapping.cfg");
    assert_contains(text, "rent = \"Kale huur (\xE2\x82\xAC)\";");
    assert_contains(text, "// accessible = \"\";");
    assert_no_secret(text, "the mapping");
    free(text);
    IMPORT_DO(f, 0, OWN);
    IMPORT_SAYS(f, 2, "mapping.cfg exists", "--dwellings", "vhe.csv", "--write-mapping", "mapping.cfg");
}

static void exports_become_files_without_anybody(void **state)
{
    const own_fixture *f = *state;
    propose(f);
    wks_run run = import(f, 0, (const char *const[]){OWN, NULL});
    assert_contains(run.out, "dwellings: 60 read, 60 used");
    assert_contains(run.out, "not read: Achternaam (names)");
    assert_contains(run.out, "nobody can trace a key back");
    assert_contains(run.err, "not UTF-8: the file is read as Windows-1252");
    wks_run_free(&run);
    assert_folder_has_no_secret(f->city);
    assert_int_equal(mode_of(f->city, "own_seekers.csv"), 0600);
    assert_int_equal(mode_of(f->city, "own_dwellings.csv"), 0600);
    char *text = program_get(f->city, "own_dwellings.csv");
    assert_contains(text, ",BU99010101,");
    assert_contains(text, ",apartment,senior,,,3,60,1950,140,1001,1100\n"); /* 1.000,50 and 60,4 m2, whole */
    free(text);
    text = program_get(f->city, "own_seekers.csv");
    assert_contains(text, ",BU99010101,63,2,31200,126,social,1\n"); /* of 12-05-2014 on the first of December 2024 */
    free(text);
    text = program_get(f->city, "own.md");
    assert_contains(text, "| used | 60 | 401 |");
    assert_contains(text, "| BU99010101 | Grote Markt | 101 | 20 | 20 % |");
    assert_contains(text, "Day of the data: 2024-12");
    free(text);
    text = program_get(f->city, "city.cfg");
    assert_contains(text, "own_data = true;");
    free(text);
}

static void same_secret_gives_the_same_bytes_in_any_order(void **state)
{
    const own_fixture *f = *state;
    propose(f);
    IMPORT_DO(f, 0, OWN, "--keep-key", "secret.key");
    assert_int_equal(mode_of(f->folder, "secret.key"), 0600);
    char *dwellings = program_get(f->city, "own_dwellings.csv"), *seekers = program_get(f->city, "own_seekers.csv");
    put_seekers(f->folder, true);
    IMPORT_SAYS(f, 2, "has own data already", OWN, "--keep-key", "secret.key");
    IMPORT_DO(f, 0, OWN, "--keep-key", "secret.key", "--force");
    char *again = program_get(f->city, "own_dwellings.csv"), *turned = program_get(f->city, "own_seekers.csv");
    assert_string_equal(dwellings, again);
    assert_string_equal(seekers, turned);
    free(again);
    free(turned);
    IMPORT_DO(f, 0, OWN, "--force"); /* a new secret: other keys */
    again = program_get(f->city, "own_dwellings.csv");
    assert_string_not_equal(dwellings, again);
    free(again);
    free(dwellings);
    free(seekers);
    /* The secret may not lie where the city goes. */
    IMPORT_SAYS(f, 2, "lies in the city folder", OWN, "--keep-key", "city/secret.key", "--force");
    char *key = wks_folder_path(f->folder, "secret.key");
    assert_int_equal(chmod(key, 0644), 0);
    free(key);
    IMPORT_SAYS(f, 0, "others than its owner may read this secret", OWN, "--keep-key", "secret.key", "--force");
}

static void bad_rows_errors(void **state)
{
    const own_fixture *f = *state;
    wks_text text = WKS_TEXT_INIT;
    propose(f);
    put_dwellings(f->folder, "5000;99010101;x;1;Galerijflat;700;;;;;;;\r\n"          /* number twice */
                             "6001;99010177;x;1;Galerijflat;700;;;;;;;\r\n"          /* no such buurt in this gemeente */
                             "6002;03630101;x;1;Galerijflat;700;;;;;;;\r\n"          /* another gemeente: no error */
                             "6003;99010101;x;1;Hofjeswoning;700;;;;;;;\r\n"         /* unknown word */
                             "6004;99010101;x;1;Galerijflat;zevenhonderd;;;;;;;\r\n" /* no number */
                             "6005;99010101;x;1;Galerijflat;700;;;;2000;;;\r\n");    /* 2000 m2 */
    wks_text_add(&text, seekers_header);
    wks_text_add(&text, "WZ0004711;Geheimenaar;123456782;;;;;31-13-2014;17-03-1961;2;31234,56;;BU99010101;\r\n"
                        "WZ0004711;Geheimenaar;;;;;;12-05-2014;17-03-2019;2;31234,56;Geheimenaar;Stille Steeg;\r\n"
                        ";Geheimenaar;;;;;;12-05-2014;17-03-1961;een;31234,56,7;;;\r\n");
    put_bytes(f->folder, "zoekers.csv", &text);
    wks_text_free(&text);
    wks_run run = import(f, 3, (const char *const[]){OWN, NULL});
    assert_contains(run.err, "vhe.csv:62:1: error: id (column 'VHE-nummer') cannot be used, the value is not shown; expected each number "
                             "once; it stands in line 2 too");
    assert_contains(run.err, "vhe.csv:63:6: error: buurt (column 'Buurtcode') cannot be used, the value is not shown; expected the code "
                             "(BU99010101) or the name");
    assert_contains(run.err, "has a word that is not known (<10 rows; it is not shown); expected single_family, apartment, room, other");
    assert_contains(run.err, "cannot be used, the value is not shown; expected euro a month, 1 to 10000");
    assert_contains(run.err, "expected square metres, 8 to 1000");
    assert_contains(run.err,
                    "zoekers.csv:2:37: error: registered (column 'Inschrijfdatum') cannot be used, the value is not shown; expected a day");
    assert_contains(
        run.err, "zoekers.csv:3:1: error: id (column 'Inschrijfnummer') cannot be used, the value is not shown; expected each number once");
    assert_contains(run.err, "expected a birth date or year of somebody of 16 to 104 years");
    assert_contains(run.err, "urgency (column 'Urgentie') has a word that is not known (<10 rows; it is not shown)");
    assert_contains(run.err, "zoekers.csv:4:1: error: id");
    assert_contains(run.err, "persons (column 'Huishoudgrootte') has a word that is not known");
    assert_contains(run.err, "expected euro a year, at most a million");
    wks_run_free(&run);
    assert_false(program_has(f->city, "own_seekers.csv"));
    assert_false(program_has(f->city, "own_dwellings.csv"));
    assert_false(program_has(f->city, "own.md"));
    char *config = program_get(f->city, "city.cfg");
    assert_null(strstr(config, "own_data"));
    free(config);
}

static void bad_mapping_errors(void **state)
{
    const own_fixture *f = *state;
    free(wks_folder_put(f->folder, "mapping.cfg",
                        "dwellings = { id = \"VHE-numer\"; tpe = \"x\"; };\n"
                        "seekers = { id = \"BSN\"; registered = \"Inschrijfdatum\"; };\n"
                        "values = { type = ( { ours = \"appartment\"; theirs = [ \"Hofje\" ]; } ); kind = (); };\n"));
    wks_run run = import(f, 3, (const char *const[]){OWN, NULL});
    assert_contains(run.err, "mapping.cfg:1:33: error: unknown key 'tpe'; nearest valid name is 'type'");
    assert_contains(run.err, "column 'BSN' is never read, because it would hold BSN");
    assert_contains(run.err, "'appartment' is none of our words for type; nearest valid name is 'apartment'");
    assert_contains(run.err, "unknown key 'kind'");
    wks_run_free(&run);
    free(wks_folder_put(f->folder, "mapping.cfg",
                        "dwellings = { id = \"VHE-numer\"; };\nseekers = { id = \"Inschrijfnummer\"; postcode = \"Buurtcode\"; };\n"));
    run = import(f, 3, (const char *const[]){OWN, NULL});
    assert_contains(run.err, "vhe.csv has no column 'VHE-numer'; expected a name of its first line; nearest valid name is 'VHE-nummer'");
    assert_contains(run.err, "dwellings.rent is missing; expected rent = \"name of the column\";");
    assert_contains(run.err, "dwellings has neither buurt nor postcode");
    assert_contains(run.err, "seekers.registered is missing");
    assert_contains(run.err, "a postcode is no buurt; expected --postcodes FILE");
    wks_run_free(&run);
}

/* The first line may be somebody: it is not shown. */
static void seekers_without_header_errors(void **state)
{
    const own_fixture *f = *state;
    propose(f);
    free(wks_folder_put(f->folder, "zoekers.csv", "WZ0004711;Geheimenaar;123456782;12-05-2014;17-03-1961\nWZ0004712;x;;12-05-2014;\n"));
    IMPORT_SAYS(f, 3, "zoekers.csv:1: error: the first line does not name id and registered by names that are known or mapped", OWN);
    free(wks_folder_put(f->folder, "zoekers.csv", "Geheimenaar;Geheimenaar\na;b\n"));
    IMPORT_SAYS(f, 3, "zoekers.csv:1:13: error: two columns are called '...' (columns 1 and 2); expected different names", OWN);
    free(wks_folder_put(f->folder, "zoekers.csv",
                        "Inschrijfnummer;Inschrijfdatum\n123456782;12-05-2014\n111222333;12-05-2014\n123456782;12-05-2014\n"
                        "999999990;12-05-2014\n"));
    free(wks_folder_put(f->folder, "m2.cfg", "seekers = { id = \"Inschrijfnummer\"; registered = \"Inschrijfdatum\"; };\n"));
    IMPORT_SAYS(f, 3, "looks like BSN numbers", "city", "--seekers", "zoekers.csv", "--mapping", "m2.cfg");
}

static void postcodes_give_buurten(void **state)
{
    const own_fixture *f = *state;
    free(wks_folder_put(f->folder, "pc.csv",
                        "PC6;Huisnummer;Buurt2023\n1234AB;1;99010101\n1234AB;2;99010102\n1234AB;3;99010102\n9999ZZ;1;3630101\n"));
    free(wks_folder_put(f->folder, "z.csv",
                        "Inschrijfnummer,Inschrijfdatum,Postcode\nA1,2020-01-15,1234 ab\nA2,2020-02-15,1234\nA3,2020-03-15,9999ZZ\n"
                        "A4,45291,\n"));
    free(wks_folder_put(f->folder, "m.cfg",
                        "seekers = { id = \"Inschrijfnummer\"; registered = \"Inschrijfdatum\"; postcode = \"Postcode\"; };\n"));
    IMPORT_SAYS(f, 0, "everybody who is registered counts as an active seeker", "city", "--seekers", "z.csv", "--mapping", "m.cfg",
                "--postcodes", "pc.csv", "--date", "2024-01-31");
    char *text = program_get(f->city, "own_seekers.csv");
    assert_contains(text, ",BU99010102,,,,48,none,1\n"); /* most addresses of the postcode are there */
    assert_contains(text, ",,,,,1,none,1\n");            /* Excel's 45291 is 31-12-2023 */
    int32_t n = 0;
    for (const char *at = text; *at != '\0'; at++)
        n += *at == '\n';
    assert_int_equal(n, 4); /* a header; the third lives elsewhere */
    free(text);
    assert_false(program_has(f->city, "own_dwellings.csv"));
}

/* ---- a workbook, made by hand: a zip without compression ---- */

static uint32_t crc_of(const char *bytes, size_t n)
{
    uint32_t crc = 0xFFFFFFFFu;
    for (size_t i = 0; i < n; i++) {
        crc ^= (unsigned char)bytes[i];
        for (int k = 0; k < 8; k++)
            crc = crc >> 1 ^ (0xEDB88320u & (0u - (crc & 1u)));
    }
    return ~crc;
}

static void add_le(wks_text *out, uint32_t value, int n)
{
    for (int i = 0; i < n; i++)
        wks_text_add_char(out, (char)(value >> (8 * i)));
}

/* The fields that the two headers of a file have in common. */
static void add_zip_fields(wks_text *out, const char *name, const char *text)
{
    const uint32_t n = (uint32_t)strlen(text);
    add_le(out, 20, 2);
    add_le(out, 0, 2);
    add_le(out, 0, 2);
    add_le(out, 0x5A210000u, 4); /* 1 January 2025 */
    add_le(out, crc_of(text, n), 4);
    add_le(out, n, 4);
    add_le(out, n, 4);
    add_le(out, (uint32_t)strlen(name), 2);
    add_le(out, 0, 2);
}

static void put_zip(const char *folder, const char *file, const char *const part[][2], uint32_t n)
{
    wks_text zip = WKS_TEXT_INIT, directory = WKS_TEXT_INIT;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t offset = (uint32_t)zip.length;
        add_le(&zip, 0x04034B50u, 4);
        add_zip_fields(&zip, part[i][0], part[i][1]);
        wks_text_add(&zip, part[i][0]);
        wks_text_add(&zip, part[i][1]);
        add_le(&directory, 0x02014B50u, 4);
        add_le(&directory, 20, 2);
        add_zip_fields(&directory, part[i][0], part[i][1]);
        add_le(&directory, 0, 2); /* comment, disk, attributes */
        add_le(&directory, 0, 2);
        add_le(&directory, 0, 2);
        add_le(&directory, 0, 4);
        add_le(&directory, offset, 4);
        wks_text_add(&directory, part[i][0]);
    }
    const uint32_t start = (uint32_t)zip.length;
    wks_text_add_bytes(&zip, directory.data, directory.length);
    add_le(&zip, 0x06054B50u, 4);
    add_le(&zip, 0, 4);
    add_le(&zip, n, 2);
    add_le(&zip, n, 2);
    add_le(&zip, (uint32_t)directory.length, 4);
    add_le(&zip, start, 4);
    add_le(&zip, 0, 2);
    put_bytes(folder, file, &zip);
    wks_text_free(&zip);
    wks_text_free(&directory);
}

#define XML     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
#define MAIN    "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define REL     "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define TEXT(t) "<c t=\"inlineStr\"><is><t>" t "</t></is></c>"
#define DATE(n) "<c s=\"1\"><v>" n "</v></c>"
#define NUM(n)  "<c><v>" n "</v></c>"

/* Dates as cells of a date format, amounts as numbers, codes that lost their zero, and a row of nothing at the end. */
static void workbook_of_seekers_is_read(void **state)
{
    const own_fixture *f = *state;
    static const char *const part[][2] = {
        {"[Content_Types].xml", XML
         "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" "
         "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" "
         "ContentType=\"application/xml\"/>"
         "<Override PartName=\"/xl/workbook.xml\" "
         "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
         "<Override PartName=\"/xl/worksheets/sheet1.xml\" "
         "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/><Override PartName=\"/xl/styles.xml\" "
         "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>"},
        {"_rels/.rels",
         XML "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"" REL
             "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
        {"xl/workbook.xml", XML "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" REL
                                "\"><sheets><sheet name=\"Zoekers\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels",
         XML "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"" REL
             "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" REL
             "/styles\" Target=\"styles.xml\"/></Relationships>"},
        {"xl/styles.xml",
         XML "<styleSheet xmlns=\"" MAIN "\"><fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill/></fills><borders "
             "count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf "
             "numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"},
        {"xl/worksheets/sheet1.xml",
         XML "<worksheet xmlns=\"" MAIN "\"><sheetData><row>" TEXT("Inschrijfnummer") TEXT("Achternaam") TEXT("Inschrijfdatum") TEXT(
             "Geboortedatum") TEXT("Verzamelinkomen") TEXT("Buurtcode") "</row><row>" TEXT("WZ0004711") TEXT("Geheimenaar") DATE("42004")
             DATE("22357") NUM("31234.56") NUM("99010101") "</row><row>" NUM("4712") TEXT("Jansen") DATE("45291") DATE("31048") NUM("1500")
                 NUM("99010102") "</row><row>" TEXT("") TEXT("") TEXT("") TEXT("") TEXT("") TEXT("") "</row></sheetData></worksheet>"},
    };
    put_zip(f->folder, "z.xlsx", part, sizeof part / sizeof *part);
    IMPORT_DO(f, 0, "--seekers", "z.xlsx", "--write-mapping", "x.cfg");
    IMPORT_DO(f, 0, "city", "--seekers", "z.xlsx", "--mapping", "x.cfg", "--date", "31-12-2023");
    char *text = program_get(f->city, "own_seekers.csv");
    assert_contains(text, ",BU99010101,62,,31200,108,none,1\n"); /* born 17-03-1961, registered 31-12-2014: nine years */
    assert_contains(text, ",BU99010102,38,,1500,0,none,1\n");
    free(text);
    IMPORT_SAYS(f, 3, "none.csv: error: no such file; expected a csv or xlsx file with dwellings", "city", "--dwellings", "none.csv",
                "--mapping", "x.cfg", "--force");
}

/* A disk that is full: nothing new is left, and what was there is whole. */
static void full_disk_errors(void **state)
{
    const own_fixture *f = *state;
    char command[512];
    propose(f);
    snprintf(command, sizeof command,
             "trap '' XFSZ; ulimit -f 4; exec %s own city --dwellings vhe.csv --seekers zoekers.csv --mapping mapping.cfg --keep-key k",
             IMPORT);
    const char *const argv[] = {"sh", "-c", command, NULL};
    wks_run run = wks_run_program(argv, f->folder);
    assert_int_equal(run.exit_code, 1);
    assert_contains(run.err, "cannot write city/own_");
    wks_run_free(&run);
    char **name = NULL;
    size_t n = 0;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_file_list(f->city, &name, &n, &err), &err);
    assert_int_equal(n, 4); /* as it was */
    for (size_t i = 0; i < n; i++)
        free(name[i]);
    free(name);
    assert_false(program_has(f->folder, "k"));
}

/* ---- the simulation ---- */

static void run_tells_nothing_of_a_seeker(void **state)
{
    const own_fixture *f = *state;
    char *cap = program_source("scenarios/01_cap.cfg");
    propose(f);
    IMPORT_DO(f, 0, OWN);
    wks_run run = program_run(f->folder, 0, "run", cap, "-t", "12", "-r", "2", "-o", "out", "--set", "city=city", "--progress", "none",
                              "--set", "output.lettings=true", NULL);
    assert_contains(run.err, "warning: output.lettings is off: city 'modelstad' has data of real people");
    wks_run_free(&run);
    assert_false(program_has(f->folder, "out/lettings.csv"));
    program_says(f->folder, 2, "data of real people: no letting or household", "explain", "out", "--letting", "0", NULL);
    program_says(f->folder, 2, "data of real people: no letting or household", "explain", "out", "--household", "0123456789abcdef", NULL);
    char *manifest = program_get(f->folder, "out/manifest.json");
    assert_contains(manifest, "\"people\": \"imported\"");
    free(manifest);
    /* No key of a seeker or dwelling in any table. */
    char *seekers = program_get(f->city, "own_seekers.csv"), *dwellings = program_get(f->city, "own_dwellings.csv");
    static const char *const table[] = {"city.csv",    "buurt.csv", "compliance.csv", "budget.csv",    "flows.csv",    "destinations.csv",
                                        "monitor.csv", "queue.csv", "summary.csv",    "manifest.json", "scenario.cfg", "codebook.csv"};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char name[64];
        snprintf(name, sizeof name, "out/%s", table[i]);
        char *text = program_get(f->folder, name);
        for (int pass = 0; pass < 2; pass++) {
            for (const char *line = strchr(pass == 0 ? seekers : dwellings, '\n') + 1; *line != '\0'; line = strchr(line, '\n') + 1) {
                char key[33];
                memcpy(key, line, 32);
                key[32] = '\0';
                if (strstr(text, key) != NULL) fail_msg("%s holds a key", name);
                key[16] = '\0';
                if (strstr(text, key) != NULL) fail_msg("%s holds half a key", name);
            }
        }
        free(text);
    }
    free(seekers);
    free(dwellings);
    /* Every count of people that is told is 10 or more. */
    char *text = program_get(f->folder, "out/buurt.csv");
    int32_t n_blank = 0;
    for (const char *line = text; *line != '\0';) {
        const char *end = strchr(line, '\n'), *comma = end;
        while (comma[-1] != ',')
            comma--;
        bool is_count = false;
        for (const char *at = line; at < end; at++)
            is_count =
                is_count || strncmp(at, ",count,", 7) == 0 || strncmp(at, ",households,", 12) == 0 || strncmp(at, ",lettings,", 10) == 0;
        n_blank += is_count && comma == end;
        if (is_count && comma < end) assert_true(strtod(comma, NULL) >= 10.0);
        line = end + 1;
    }
    assert_true(n_blank > 0);
    free(text);
    wks_run report = program_run(f->folder, 0, "report", "out", "--lang", "en", "-q", NULL);
    wks_run_free(&report);
    text = program_get(f->folder, "out/report.html");
    assert_contains(text, "With data of real people: cells under 10 have been left out.");
    free(text);
    free(cap);
}

/* A cell of untouched.csv is ten or more in each of two replications, or not told. */
static void assert_few_untouched_are_hidden(const own_fixture *f)
{
    char *text = program_get(f->folder, "out/untouched.csv"), *rest = NULL;
    int n_told = 0, n_hidden = 0;

    for (char *line = strtok_r(text, "\n", &rest); (line = strtok_r(NULL, "\n", &rest)) != NULL;) {
        const char *at = line;
        long both, identical, same;
        double share;
        for (int i = 0; i < 5; i++)
            at = strchr(at, ',') + 1;
        if (sscanf(at, "%ld,%ld,%lf,%ld", &both, &identical, &share, &same) == 4) {
            assert_true(identical >= 20 && both - identical >= 20 && same >= 20 && both - same >= 20);
            n_told++;
        } else {
            assert_memory_equal(at, ",,,,", 4);
            n_hidden++;
        }
    }
    assert_true(n_told + n_hidden > 0 && n_hidden > 0); /* at the start nobody differs: not told either */
    free(text);
}

/* What is kept of each household is gone when the comparison is complete, and few are not told of. */
static void comparison_keeps_nobody(void **state)
{
    const own_fixture *f = *state;
    char *now = program_source("scenarios/00_reference.cfg"), *cap = program_source("scenarios/01_cap.cfg"), *rest = NULL;
    int n_told = 0, n_hidden = 0;
    propose(f);
    IMPORT_DO(f, 0, OWN);
#define COMPARE "compare", now, cap, "-t", "6", "-q", "--set", "city=city"
    program_do(f->folder, 0, COMPARE, "-r", "1-2", "-o", "out", NULL);
    assert_false(program_has(f->folder, "out/plafond/households"));
    assert_false(program_has(f->folder, "out/reference/households"));
    char *text = program_get(f->folder, "out/losers.csv");
    for (char *line = strtok_r(text, "\n", &rest); (line = strtok_r(NULL, "\n", &rest)) != NULL;) {
        const char *at = line;
        long cell[3], n;
        for (int i = 0; i < 5; i++)
            at = strchr(at, ',') + 1;
        if (sscanf(at, "%ld,%ld,%ld,%ld", &cell[0], &cell[1], &cell[2], &n) == 4) {
            for (int i = 0; i < 3; i++)
                assert_true(cell[i] >= 20); /* ten in each of two replications */
            n_told++;
        } else if (strstr(line, ",only_") == NULL) {
            assert_string_equal(at, ",,,");
            n_hidden++;
        }
    }
    assert_true(n_told > 0 && n_hidden > 0);
    free(text);
    assert_few_untouched_are_hidden(f);
    /* Extended: all is run again, to the bytes of one comparison of all. */
    program_do(f->folder, 0, COMPARE, "-r", "3-3", "-o", "out", NULL);
    program_do(f->folder, 0, COMPARE, "-r", "1-3", "-o", "whole", NULL);
    char *out = wks_folder_path(f->folder, "out"), *whole = wks_folder_path(f->folder, "whole");
    program_assert_same(whole, out, "losers.csv");
    program_assert_same(whole, out, "untouched.csv");
    assert_false(program_has(f->folder, "out/plafond/households"));

    /* In parts: each keeps the households until merge, for its owner only; what was joined keeps nobody. Whole comparisons have nothing left to join. */
    char *merged = wks_folder_path(f->folder, "merged"), *kept = wks_folder_path(f->folder, "p1/plafond/households/000001.fates");
    struct stat info;
    program_do(f->folder, 0, COMPARE, "-r", "1-3", "--part", "1/2", "-o", "p1", NULL);
    program_do(f->folder, 0, COMPARE, "-r", "1-3", "--part", "2/2", "-o", "p2", NULL);
    assert_int_equal(stat(kept, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    program_do(f->folder, 0, "merge", "merged", "p1", "p2", "-q", NULL);
    program_assert_same(whole, merged, "losers.csv");
    program_assert_same(whole, merged, "summary.csv");
    assert_false(program_has(f->folder, "merged/plafond/households") || program_has(f->folder, "merged/reference/households"));
    program_says(f->folder, 3, "with data of real people only parts (--part) keep it", "merge", "other", "out", NULL);
#undef COMPARE
    free(merged);
    free(kept);
    free(out);
    free(whole);
    free(now);
    free(cap);
}

static void synth_keeps_people_to_itself(void **state)
{
    const own_fixture *f = *state;
    propose(f);
    IMPORT_DO(f, 0, OWN);
    wks_run run = program_run(f->folder, 0, "synth", "city", "-o", "people", NULL);
    assert_contains(run.err,
                    "has data of real people: only units.csv and fit.csv are written, readable by their owner only; see units.md there");
    assert_contains(run.out, "own dwellings: 60 take the place of synthetic ones");
    assert_contains(run.out, "own seekers: 401 matched");
    assert_contains(run.out, "fit per buurt: largest difference between population and reconciled margin 0");
    wks_run_free(&run);
    assert_true(program_has(f->folder, "people/units.csv"));
    assert_false(program_has(f->folder, "people/households.csv"));
    assert_false(program_has(f->folder, "people/persons.csv"));
    assert_false(program_has(f->folder, "people/registrations.csv"));
}

static void files_without_the_switch_errors(void **state)
{
    const own_fixture *f = *state;
    propose(f);
    IMPORT_DO(f, 0, OWN);
    char *source = program_source("scenarios/cities/modelstad/city.cfg"), *text = wks_folder_get(source);
    free(wks_folder_put(f->city, "city.cfg", text));
    program_says(f->folder, 3, "is there, but city.cfg does not say own_data = true", "synth", "city", "-o", "people", NULL);
    IMPORT_DO(f, 0, OWN, "--force"); /* mends it */
    program_do(f->folder, 0, "synth", "city", "-o", "people", "-q", NULL);
    free(source);
    free(text);
    free(wks_folder_put(f->city, "own_seekers.csv",
                        "key,buurt,age,persons,income_eur,months_registered,urgency,active\n"
                        "zz,BU99010101,17-03-1961,1,31234,12,none,1\n"));
    wks_run run = program_run(f->folder, 3, "synth", "city", "-o", "more", NULL);
    assert_contains(run.err, "own_seekers.csv:2:1: error: key is not valid (the value is not shown); expected 32 hex digits");
    assert_contains(run.err, "age is not valid");
    assert_no_secret(run.err, "standard error");
    wks_run_free(&run);
}

int main(void)
{
#define OWN_TEST(test) cmocka_unit_test_setup_teardown(test, own_begin, own_end)
    const struct CMUnitTest tests[] = {
        OWN_TEST(unknown_mapping_is_proposed),
        OWN_TEST(exports_become_files_without_anybody),
        OWN_TEST(same_secret_gives_the_same_bytes_in_any_order),
        OWN_TEST(bad_rows_errors),
        OWN_TEST(bad_mapping_errors),
        OWN_TEST(seekers_without_header_errors),
        OWN_TEST(postcodes_give_buurten),
        OWN_TEST(workbook_of_seekers_is_read),
        OWN_TEST(full_disk_errors),
        OWN_TEST(run_tells_nothing_of_a_seeker),
        OWN_TEST(comparison_keeps_nobody),
        OWN_TEST(synth_keeps_people_to_itself),
        OWN_TEST(files_without_the_switch_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
