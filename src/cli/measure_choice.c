#include "cli/measure_choice.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"

/* With more areas than this a distance kernel without a cut-off takes more than some seconds. */
enum { CHOICE_KERNEL_AREAS = 20000, CHOICE_NAME = 256 };

void wks_measure_choice_free(wks_measure_choice *choice)
{
    free(choice->group);
    *choice = (wks_measure_choice){0};
}

bool wks_measure_choice_next(const char **at, char *out, size_t n)
{
    if (**at == '\0') return false;
    const size_t length = strcspn(*at, ",");
    const size_t kept = length < n - 1 ? length : n - 1;
    memcpy(out, *at, kept);
    out[kept] = '\0';
    char *start = wks_text_trim(out);
    memmove(out, start, strlen(start) + 1);
    *at += length + ((*at)[length] == ',');
    return true;
}

/* ---- indices ---- */

static int given(const wks_index_place *place)
{
    return (place->x == NULL ? 0 : WKS_INDEX_NEEDS_COORDS) | (place->size == NULL ? 0 : WKS_INDEX_NEEDS_SIZE) |
           (place->contiguity == NULL ? 0 : WKS_INDEX_NEEDS_CONTIGUITY) | (place->boundary == NULL ? 0 : WKS_INDEX_NEEDS_BOUNDARY) |
           WKS_INDEX_NEEDS_WHOLE;
}

static const char *option_of(int missing)
{
    if ((missing & WKS_INDEX_NEEDS_CONTIGUITY) != 0) return "--contiguity FILE (of a city: --level buurt)";
    if ((missing & WKS_INDEX_NEEDS_BOUNDARY) != 0) return "--boundary FILE with a table: of a city no lengths of boundaries are known";
    return (missing & WKS_INDEX_NEEDS_COORDS) != 0 ? "--coords FILE (of a city: --level buurt or 100m)"
                                                   : "--coords FILE with a column 'size' (of a city: --level buurt or 100m)";
}

static bool is_of_areas(const wks_index_spec *spec)
{
    return spec->rows == WKS_INDEX_BY_AREA || spec->rows == WKS_INDEX_BY_AREA_GROUP;
}

static void choose_default(const wks_options *options, const wks_table *table, const wks_index_place *place, wks_measure_choice *out)
{
    const bool is_far = isinf(place->kernel.max) && table->n_areas > CHOICE_KERNEL_AREAS;
    bool any_left_out = false;

    for (int32_t i = 0; i < wks_index_count; i++) {
        const wks_index_spec *spec = &wks_index_table[i];
        if (is_of_areas(spec) || (spec->needs & ~given(place)) != 0) continue;
        out->index[i] = !(spec->is_costly && is_far);
        any_left_out = any_left_out || !out->index[i];
    }
    if (any_left_out)
        wks_log_say(WKS_LOG_WARNING,
                    "indices of distances (SP, H_spatial, ...) are left out: %zu areas without a cut-off take long; give --kernel with "
                    "one (exp:1:5), or name them with --indices",
                    table->n_areas);
    for (int32_t i = 0; i < wks_measure_parts_count; i++)
        out->part[i] = strcmp(wks_measure_parts_table[i].option, "--hierarchy") == 0 ? options->measure.hierarchy != NULL
                                                                                     : options->measure.against != NULL;
}

static wks_status unknown_index(const char *name, wks_err *err)
{
    const char *known[WKS_INDEX_TABLE_N + WKS_MEASURE_CHOICE_PARTS];
    size_t n = 0;

    for (int32_t i = 0; i < wks_index_count; i++)
        known[n++] = wks_index_table[i].name;
    for (int32_t i = 0; i < wks_measure_parts_count; i++)
        known[n++] = wks_measure_parts_table[i].name;
    const char *nearest = wks_text_nearest(name, known, n);
    return wks_err_set(err, WKS_ERR_USAGE, "--indices: '%s' is not an index%s%s%s; wijksim describe indicators lists them", name,
                       nearest == NULL ? "" : "; nearest is '", nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'");
}

/* A name may stand for more than one entry: E and I are of the whole and of areas. */
static wks_status choose_index(const wks_options *options, const wks_index_place *place, const char *name, wks_measure_choice *out,
                               wks_err *err)
{
    const int32_t part = wks_measure_parts_find(name);
    const int32_t first = wks_index_find(name);

    if (part >= 0) {
        const char *option = wks_measure_parts_table[part].option;
        const bool has = strcmp(option, "--hierarchy") == 0 ? options->measure.hierarchy != NULL : options->measure.against != NULL;
        if (!has) return wks_err_set(err, WKS_ERR_USAGE, "--indices: %s needs %s FILE", name, option);
        out->part[part] = true;
        return WKS_OK;
    }
    if (first < 0) return unknown_index(name, err);
    const int missing = wks_index_table[first].needs & ~given(place);
    if (missing != 0) return wks_err_set(err, WKS_ERR_USAGE, "--indices: %s needs %s", name, option_of(missing));
    for (int32_t i = first; i < wks_index_count; i++)
        if (strcmp(wks_index_table[i].name, name) == 0) out->index[i] = true;
    return WKS_OK;
}

static wks_status choose_indices(const wks_options *options, const wks_table *table, const wks_index_place *place, wks_measure_choice *out,
                                 wks_err *err)
{
    wks_status rc = WKS_OK;
    const char *at = options->measure.indices;
    char name[CHOICE_NAME];

    WKS_BUG_IF(wks_measure_parts_count > WKS_MEASURE_CHOICE_PARTS);
    if (at == NULL) {
        choose_default(options, table, place, out);
        goto out;
    }
    if (*at == '\0') WKS_FAIL(err, WKS_ERR_USAGE, "--indices is empty; expected names as D,M,LQ");
    while (wks_measure_choice_next(&at, name, sizeof name))
        WKS_TRY(choose_index(options, place, name, out, err));
out:
    return rc;
}

/* ---- groups ---- */

static wks_status choose_group(const char *const *group, size_t n, const char *name, wks_measure_choice *out, wks_err *err)
{
    for (size_t g = 0; g < n; g++) {
        if (strcmp(group[g], name) != 0) continue;
        out->n_chosen += !out->group[g];
        out->group[g] = true;
        return WKS_OK;
    }
    const char *nearest = wks_text_nearest(name, group, n);
    wks_text all = WKS_TEXT_INIT;
    for (size_t g = 0; g < n && all.length < CHOICE_NAME; g++)
        wks_text_addf(&all, "%s%s", g == 0 ? "" : ", ", group[g]);
    const wks_status rc =
        wks_err_set(err, WKS_ERR_USAGE, "--groups: '%s' is not a group; there are %s%s%s%s", name, all.data == NULL ? "none" : all.data,
                    nearest == NULL ? "" : "; nearest is '", nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'");
    wks_text_free(&all);
    return rc;
}

wks_status wks_measure_choice_make(const wks_options *options, const wks_table *table, const wks_index_place *place,
                                   const char *const *group, const char *groups, wks_measure_choice *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const char *at = groups;
    char name[CHOICE_NAME];

    *out = (wks_measure_choice){.group = wks_mem_array(table->n_groups, sizeof *out->group)};
    if (out->group == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu groups", table->n_groups);
    WKS_TRY(choose_indices(options, table, place, out, err));
    if (at != NULL && *at == '\0') WKS_FAIL(err, WKS_ERR_USAGE, "--groups is empty; expected names of columns as a,b");
    while (at != NULL && wks_measure_choice_next(&at, name, sizeof name))
        WKS_TRY(choose_group(group, table->n_groups, name, out, err));
    for (size_t g = 0; at == NULL && g < table->n_groups; g++)
        out->group[g] = true;
    if (at == NULL) out->n_chosen = table->n_groups;
out:
    if (rc != WKS_OK) wks_measure_choice_free(out);
    return rc;
}

wks_status wks_measure_choice_narrow(const wks_options *options, size_t group, bool only_groups, wks_measure_choice *choice, wks_err *err)
{
    choice->n_chosen -= choice->group[group];
    choice->group[group] = false;
    for (int32_t i = 0; only_groups && i < wks_index_count; i++) {
        const wks_index_spec *spec = &wks_index_table[i];
        if (!choice->index[i] || spec->rows == WKS_INDEX_BY_GROUP || spec->rows == WKS_INDEX_BY_AREA_GROUP) continue;
        if (options->measure.indices != NULL)
            return wks_err_set(err, WKS_ERR_USAGE,
                               "--indices: %s is of groups that everybody is in one of, and groups of a run may overlap; name one group",
                               spec->name);
        choice->index[i] = false;
    }
    return WKS_OK;
}

bool wks_measure_choice_has(const wks_measure_choice *choice, const wks_index_row *row)
{
    if (row->group >= 0 && !choice->group[row->group]) return false;
    return row->versus < 0 || choice->n_chosen < 2 || choice->group[row->versus];
}
