#include <stdlib.h>

#include "base/file.h"
#include "cli/commands.h"

/* What the demo compares, in scenarios/: the reference first. */
static const char *const demo_scenarios[] = {"scenarios/00_reference.cfg", "scenarios/01_cap.cfg", "scenarios/02_loting.cfg"};
enum { N_DEMO = sizeof demo_scenarios / sizeof *demo_scenarios };

wks_status wks_cmd_demo_run(const wks_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *data = wks_file_data_folder();
    char *path[N_DEMO] = {NULL};
    wks_options own = *options;

    if (data == NULL) WKS_FAIL(err, WKS_ERR_IO, "the data folder with scenarios/ is not found beside the program; set WIJKSIM_DATA");
    for (int i = 0; i < N_DEMO; i++) {
        path[i] = wks_file_join(data, demo_scenarios[i]);
        if (path[i] == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    }
    if (own.ticks < 0) own.ticks = 120;
    if (own.n_replications < 0) own.n_replications = 20;
    rc = wks_cmd_compare_files(&own, (const char *const *)path, N_DEMO, options->output == NULL ? "results/demo" : options->output, err);
out:
    for (int i = 0; i < N_DEMO; i++)
        free(path[i]);
    free(data);
    return rc;
}
