#include "report/kind.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"

static bool has(const char *dir, const char *name)
{
    char *path = wks_file_join(dir, name);
    const bool is = path != NULL && wks_file_exists(path);
    free(path);
    return is;
}

static wks_kind by_manifest(const char *bytes, size_t n)
{
    wks_json *manifest = NULL;
    wks_err ignored = WKS_ERR_INIT;
    wks_kind kind = WKS_KIND_RUN;

    if (wks_json_parse(bytes, n, &manifest, &ignored) == WKS_OK) {
        const char *name = wks_json_text(wks_json_get(manifest, "kind"));
        if (strcmp(name, "sweep") == 0) kind = WKS_KIND_SWEEP;
        if (strcmp(name, "calibrate") == 0) kind = WKS_KIND_CALIBRATION;
    }
    wks_json_free(manifest);
    return kind;
}

wks_status wks_kind_of(const char *dir, wks_kind *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *path = wks_file_join(dir, "manifest.json"), *bytes = NULL;
    size_t n = 0;

    *out = WKS_KIND_UNKNOWN;
    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (wks_file_exists(path)) {
        WKS_TRY(wks_file_read(path, &bytes, &n, err));
        *out = by_manifest(bytes, n);
    } else if (has(dir, "summary.csv") || !wks_file_is_folder(dir)) {
        *out = WKS_KIND_RUN; /* its reader tells what is missing */
    } else if ((has(dir, "buurten.csv") && has(dir, "city.cfg")) || has(dir, "fit.csv")) {
        *out = WKS_KIND_CITY;
    } else {
        wks_problems_error(
            problems, dir, 0, 0,
            "no folder that a report can be made of; known are a run or a comparison (manifest.json, summary.csv), a sweep "
            "(manifest.json, sensitivity.csv), a calibration (manifest.json, targets.csv), a city (city.cfg, buurten.csv) and a "
            "population made by synth (fit.csv)");
        WKS_TRY(wks_problems_status(problems, err));
    }
out:
    free(path);
    free(bytes);
    return rc;
}
