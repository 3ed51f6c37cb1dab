#include "import/writer.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "import/gemeenten.h"
#include "import/quality.h"
#include "import/quality_map.h"

static const char *const own_files[] = {"city.cfg",   "buurten.csv", "margins.csv", "quality.csv",
                                        "quality.md", "inputs.csv",  "quality.svg", "buurten.gpkg"};
enum { N_OWN_FILES = sizeof own_files / sizeof *own_files, N_TEXTS = N_OWN_FILES - 1, PATH_SIZE = 4096 };

/* ---- contents ---- */

static void add_quoted(wks_text *out, const char *value)
{
    wks_text_add_char(out, '"');
    for (const char *c = value; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\') wks_text_add_char(out, '\\');
        wks_text_add_char(out, *c);
    }
    wks_text_add_char(out, '"');
}

static void add_config_string(wks_text *out, const char *key, const char *value)
{
    wks_text_addf(out, "%s = ", key);
    add_quoted(out, value);
    wks_text_add(out, ";\n");
}

static void add_slug(wks_text *out, const char *name)
{
    char plain[128];
    bool dash = false;
    for (const char *s = wks_gemeenten_plain(name, plain, sizeof plain); *s != '\0'; s++) {
        bool keep = (*s >= 'a' && *s <= 'z') || (*s >= '0' && *s <= '9');
        if (keep && dash) wks_text_add_char(out, '-');
        if (keep) wks_text_add_char(out, *s);
        dash = !keep && out->length > 0;
    }
}

/* What the queue at the start and its pace are set by. */
static void add_inschrijfduur(const wks_draft *draft, wks_text *out)
{
    wks_text_add(out, "inschrijfduur = { years = ");
    wks_text_add_number(out, draft->inschrijfduur_years);
    wks_text_add(out, "; source = ");
    add_quoted(out, draft->inschrijfduur_source);
    wks_text_add(out, "; };\n");
}

void wks_writer_config(const wks_draft *draft, wks_text *out)
{
    wks_text name = WKS_TEXT_INIT, title = WKS_TEXT_INIT, source = WKS_TEXT_INIT, date = WKS_TEXT_INIT;
    /* Three are named, of more the first two: the country has 342. */
    const int32_t n_named = draft->n_gemeenten <= 3 ? draft->n_gemeenten : 2, n_more = draft->n_gemeenten - n_named;
    for (int32_t g = 0; g < n_named; g++) {
        wks_text one = WKS_TEXT_INIT;
        add_slug(&one, draft->gemeente[g].name);
        wks_text_addf(&name, "%s%s", g > 0 ? "-" : "", one.length > 0 ? one.data : draft->gemeente[g].code);
        wks_text_addf(&title, "%s%s", g > 0 ? ", " : "", draft->gemeente[g].name);
        if (one.failed) name.failed = true;
        wks_text_free(&one);
    }
    if (n_more > 0) {
        wks_text_addf(&name, "-en-%d-andere", (int)n_more);
        wks_text_addf(&title, " en %d andere gemeenten", (int)n_more);
    }
    wks_text_add(&source, "CBS, Kerncijfers wijken en buurten");
    wks_text_addf(&source, " %d", (int)draft->year);
    if (draft->has_leefbaarometer) wks_text_addf(&source, "; BZK, Leefbaarometer 3.0 %s", draft->lbm_year);
    if (draft->has_leefbaarometer_2) wks_text_addf(&source, "; BZK, Leefbaarometer 2.0 of wijken %s", draft->lbm_2_year);
    wks_text_addf(&date, "%d-01-01", (int)draft->year);
    if (!name.failed && !title.failed && !source.failed && !date.failed) {
        wks_text_add(
            out,
            "// Made by wijksim import cbs. Origin of every value: quality.csv; a report to read: quality.md; files read: inputs.csv.\n");
        add_config_string(out, "name", name.data);
        add_config_string(out, "title", title.data);
        add_config_string(out, "source", source.data);
        add_config_string(out, "date", date.data);
        add_config_string(out, "licence", "CC BY 4.0 (CBS); open data (BZK)");
        if (draft->inschrijfduur_years > 0.0) add_inschrijfduur(draft, out);
        if (draft->by_gemeente) add_config_string(out, "regio", "gemeente");
    } else {
        out->failed = true;
    }
    wks_text_free(&name);
    wks_text_free(&title);
    wks_text_free(&source);
    wks_text_free(&date);
}

static void add_values(const wks_draft_area *area, wks_text *out)
{
    for (int32_t c = 0; c < WKS_CITY_N_COLUMNS; c++) {
        wks_text_add_char(out, ',');
        wks_text_add_number(out, area->value[c]);
    }
    wks_text_add_char(out, '\n');
}

static void add_names(const wks_draft_area *area, wks_text *out)
{
    wks_csv_add_field(out, area->code, ',');
    wks_text_add_char(out, ',');
    wks_csv_add_field(out, area->name, ',');
}

void wks_writer_buurten(const wks_draft *draft, wks_text *out)
{
    wks_text_add(out, "code,name,wijk,wijk_name,gemeente,gemeente_name,x_m,y_m");
    for (int32_t c = 0; c < WKS_CITY_N_COLUMNS; c++)
        wks_text_addf(out, ",%s", wks_city_column_table[c].name);
    wks_text_add_char(out, '\n');
    for (int32_t i = 0; i < draft->n_buurten; i++) {
        const wks_draft_area *buurt = &draft->buurt[i], *wijk = &draft->wijk[buurt->parent];
        add_names(buurt, out);
        wks_text_add_char(out, ',');
        add_names(wijk, out);
        wks_text_add_char(out, ',');
        add_names(&draft->gemeente[wijk->parent], out);
        wks_text_add_char(out, ',');
        wks_text_add_number(out, buurt->x_m);
        wks_text_add_char(out, ',');
        wks_text_add_number(out, buurt->y_m);
        add_values(buurt, out);
    }
}

static void add_margin(const char *level, const wks_draft_area *area, wks_text *out)
{
    for (int32_t c = 0; c < WKS_CITY_N_COLUMNS; c++) {
        const uint8_t origin = area->origin[c];
        if (origin != WKS_CITY_ORIGIN_published && origin != WKS_CITY_ORIGIN_national) continue; /* of another year, or missing */
        wks_text_addf(out, "%s,%s,%s,", level, area->code, wks_city_column_table[c].name);
        wks_text_add_number(out, area->value[c]);
        wks_text_add_char(out, '\n');
    }
}

void wks_writer_margins(const wks_draft *draft, wks_text *out)
{
    wks_text_add(out, "level,area,column,value\n");
    for (int32_t i = 0; i < draft->n_gemeenten; i++)
        add_margin("gemeente", &draft->gemeente[i], out);
    for (int32_t i = 0; i < draft->n_wijken; i++)
        add_margin("wijk", &draft->wijk[i], out);
    add_margin("national", &draft->nation, out);
}

static wks_status add_inputs(const wks_writer_input *input, size_t n, wks_text *out, wks_err *err)
{
    wks_text_add(out, "role,file,sha256\n");
    for (size_t i = 0; i < n; i++) {
        char sha256[65];
        wks_status rc = wks_file_sha256(input[i].path, sha256, err);
        if (rc != WKS_OK) return rc;
        const char *slash = strrchr(input[i].path, '/');
        wks_text_addf(out, "%s,", input[i].role);
        wks_csv_add_field(out, slash != NULL ? slash + 1 : input[i].path, ',');
        wks_text_addf(out, ",%s\n", sha256);
    }
    return WKS_OK;
}

/* ---- the folder ---- */

static bool is_own(const char *name)
{
    for (size_t i = 0; i < N_OWN_FILES; i++)
        if (strcmp(own_files[i], name) == 0) return true;
    return false;
}

/* "folder/name" in a buffer: what tidies up must not need memory. False if it does not fit. */
static bool path_in(char *buffer, size_t size, const char *folder, const char *name)
{
    int n = snprintf(buffer, size, "%s/%s", folder, name);
    return n > 0 && (size_t)n < size;
}

static bool is_city(const char *path)
{
    char config[PATH_SIZE];
    return path_in(config, sizeof config, path, "city.cfg") && wks_file_exists(config);
}

wks_status wks_writer_check_target(const char *path, bool force, wks_err *err)
{
    if (!wks_file_exists(path) && !wks_file_is_folder(path)) return WKS_OK;
    if (!wks_file_is_folder(path))
        return wks_err_set(err, WKS_ERR_USAGE, "%s exists and is no folder; expected a new folder for the city", path);
    if (!wks_file_folder_has_entries(path)) return WKS_OK;
    if (!force) return wks_err_set(err, WKS_ERR_USAGE, "%s exists and is not empty; choose another folder or give --force", path);
    if (!is_city(path))
        return wks_err_set(err, WKS_ERR_USAGE, "%s is not empty and no city folder (it has no city.cfg): --force does not replace it",
                           path);
    return WKS_OK;
}

static wks_status put(const char *folder, const char *name, const wks_text *text, wks_err *err)
{
    if (text->failed) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for %s", name);
    char *path = wks_file_join(folder, name);
    if (path == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a path");
    wks_status rc = wks_file_write(path, text->data != NULL ? text->data : "", text->length, err);
    free(path);
    return rc;
}

static wks_status put_map(const char *folder, const wks_draft *draft, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *path = wks_file_join(folder, "buurten.gpkg");
    const char **names = wks_mem_array((size_t)draft->geometry.n_areas, sizeof *names);
    if (path == NULL || names == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the map");
    for (int32_t a = 0; a < draft->geometry.n_areas; a++)
        names[a] = draft->buurt[wks_draft_buurt_row(draft, draft->geometry.code[a])].name;
    WKS_TRY(wks_geometry_write(path, "buurten", &draft->geometry, &(wks_geometry_labels){.name = names}, err));
out:
    free(path);
    free(names);
    return rc;
}

static wks_status fill_folder(const char *folder, const wks_draft *draft, const wks_writer_input *input, size_t n_inputs,
                              const wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text[N_TEXTS]; /* in the order of own_files */
    for (size_t i = 0; i < N_TEXTS; i++)
        text[i] = WKS_TEXT_INIT;
    wks_writer_config(draft, &text[0]);
    wks_writer_buurten(draft, &text[1]);
    wks_writer_margins(draft, &text[2]);
    wks_quality_csv(draft, &text[3]);
    wks_quality_markdown(draft, problems, &text[4]);
    WKS_TRY(add_inputs(input, n_inputs, &text[5], err));
    wks_quality_map(draft, &text[6]);
    for (size_t i = 0; i < N_TEXTS; i++)
        if (text[i].length > 0 || text[i].failed) WKS_TRY(put(folder, own_files[i], &text[i], err)); /* no map without polygons */
    if (draft->geometry.n_areas > 0) WKS_TRY(put_map(folder, draft, err));
out:
    for (size_t i = 0; i < N_TEXTS; i++)
        wks_text_free(&text[i]);
    return rc;
}

/* Removes our own files and the folder if nothing else is in it. */
static void remove_own(const char *folder)
{
    char path[PATH_SIZE];
    for (size_t i = 0; i < N_OWN_FILES; i++)
        if (path_in(path, sizeof path, folder, own_files[i])) (void)unlink(path);
    (void)rmdir(folder);
}

/* Moves what the user had put into the old folder to the new one. */
static wks_status keep_foreign(char *const *name, size_t n, const char *old, const char *new, wks_err *err)
{
    char from[PATH_SIZE], to[PATH_SIZE];
    for (size_t i = 0; i < n; i++) {
        if (is_own(name[i])) continue;
        if (!path_in(from, sizeof from, old, name[i]) || !path_in(to, sizeof to, new, name[i]) || rename(from, to) != 0)
            return wks_err_set(err, WKS_ERR_IO, "%s: the new city is there, but your file %s could not be moved into it; it is in %s", new,
                               name[i], old);
    }
    return WKS_OK;
}

static wks_status replace(const char *temporary, const char *path, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text old = WKS_TEXT_INIT;
    char **name = NULL;
    size_t n = 0;

    wks_text_addf(&old, "%s.old", temporary);
    if (old.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_file_list(path, &name, &n, err)); /* all memory is asked for before anything is moved */
    if (rename(path, old.data) != 0) WKS_FAIL(err, WKS_ERR_IO, "%s: cannot be replaced: %s", path, strerror(errno));
    if (rename(temporary, path) != 0) {
        int why = errno;
        if (rename(old.data, path) != 0) WKS_FAIL(err, WKS_ERR_IO, "%s: cannot be made; the old folder is now %s", path, old.data);
        WKS_FAIL(err, WKS_ERR_IO, "%s: cannot be made: %s", path, strerror(why));
    }
    WKS_TRY(keep_foreign(name, n, old.data, path, err));
    remove_own(old.data);
out:
    for (size_t i = 0; i < n; i++)
        free(name[i]);
    free(name);
    wks_text_free(&old);
    return rc;
}

static wks_status put_in_place(const char *temporary, const char *path, wks_err *err)
{
    if (wks_file_is_folder(path) && wks_file_folder_has_entries(path)) return replace(temporary, path, err);
    if (rename(temporary, path) == 0) return WKS_OK; /* also over an empty folder */
    return wks_err_set(err, WKS_ERR_IO, "%s: cannot be made: %s", path, strerror(errno));
}

wks_status wks_writer_city(const char *path, bool force, const wks_draft *draft, const wks_writer_input *input, size_t n_inputs,
                           const wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *parent = NULL;
    wks_text temporary = WKS_TEXT_INIT;
    bool made = false;
    size_t length = strlen(path);

    WKS_TRY(wks_writer_check_target(path, force, err));
    while (length > 1 && path[length - 1] == '/')
        length--;
    wks_text_add_bytes(&temporary, path, length);
    wks_text_addf(&temporary, ".part-%ld", (long)getpid());
    if (temporary.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    parent = wks_file_folder(temporary.data);
    if (parent == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_file_make_folder(parent, err));
    if (mkdir(temporary.data, 0777) != 0) WKS_FAIL(err, WKS_ERR_IO, "%s: cannot be made: %s", path, strerror(errno));
    made = true;
    WKS_TRY(fill_folder(temporary.data, draft, input, n_inputs, problems, err));
    WKS_TRY(put_in_place(temporary.data, path, err));
    made = false;
out:
    if (made) remove_own(temporary.data);
    free(parent);
    wks_text_free(&temporary);
    return rc;
}
