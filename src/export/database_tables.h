/* All tables of a folder as one SQLite file: typed columns, indices, names of indicators in two languages, views. */
#ifndef WKS_EXPORT_DATABASE_TABLES_H
#define WKS_EXPORT_DATABASE_TABLES_H

#include "export/database.h"

/** Tables city, buurt, ... as the files are called, codebook, indicator (unit and labels of each) and about; views <table>_labelled. */
wks_status wks_database_tables_write(const wks_result_folder *from, const char *path, wks_err *err);
/** Table about: what, value. */
wks_status wks_database_tables_add_about(wks_database *database, const wks_result_folder *from, const char *name, wks_err *err);

#endif
