#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/commands.h"

wks_status wks_cmd_import_exec(int argc, char **argv, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *folder = wks_file_program_folder();
    char *path = folder == NULL ? NULL : wks_file_join(folder, "wijksim-import");

    (void)argc;
    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (!wks_file_exists(path)) {
        WKS_FAIL(err, WKS_ERR_USAGE, "this build has no importer (wijksim-import is not beside the program: it was built without GDAL)");
    }
    argv[0] = path;
    execv(path, argv);
    rc = wks_err_set(err, WKS_ERR_IO, "cannot start %s", path);
out:
    free(path);
    free(folder);
    return rc;
}
