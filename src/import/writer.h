/* Writes a finished draft as a city folder, whole or not at all: made in a temporary folder beside it, then renamed. */
#ifndef WKS_IMPORT_WRITER_H
#define WKS_IMPORT_WRITER_H

#include <stdbool.h>

#include "base/problems.h"
#include "import/draft.h"

/** A file that was read. */
typedef struct wks_writer_input {
    const char *path, *role; /* role: "cbs", "geometry", "leefbaarometer" */
} wks_writer_input;

/** WKS_ERR_USAGE if the folder exists and holds anything, unless `force` and it is a city folder (has city.cfg). */
wks_status wks_writer_check_target(const char *path, bool force, wks_err *err);

/** Writes city.cfg, buurten.csv, margins.csv, quality.csv, quality.md, inputs.csv and, with polygons, quality.svg and buurten.gpkg. With `force` an existing
 *  city folder is replaced in one rename; files of it that we do not write (complexen.csv) are kept. WKS_ERR_IO when the disk refuses:
 *  then nothing of the new folder is left and the old one is untouched. */
wks_status wks_writer_city(const char *path, bool force, const wks_draft *draft, const wks_writer_input *input, size_t n_inputs,
                           const wks_problems *problems, wks_err *err);

/** The parts, for tests. */
void wks_writer_config(const wks_draft *draft, wks_text *out);
void wks_writer_buurten(const wks_draft *draft, wks_text *out);
void wks_writer_margins(const wks_draft *draft, wks_text *out);

#endif
