/* The rows of a table of results, once to check every cell and once more to write it. */
#ifndef WKS_EXPORT_TABLE_CHECK_H
#define WKS_EXPORT_TABLE_CHECK_H

#include "export/result_folder.h"

/** Reads all files of a table, names its columns after the first and decides what they hold. What is wrong is told with file and line; WKS_ERR_IO and
 *  WKS_ERR_NOMEM are returned. */
wks_status wks_table_check(const wks_result_folder *folder, wks_result_folder_table *table, wks_problems *problems, wks_err *err);

/** Is given every row of a table. */
typedef wks_status wks_table_check_row(const wks_result_folder_table *table, const wks_row_reader *row, void *context, wks_err *err);
/** Reads a table once more, row by row behind the header of each file. WKS_ERR_IO when it is not what it was. */
wks_status wks_table_check_read(const wks_result_folder_table *table, wks_table_check_row *each, void *context, wks_err *err);

#endif
