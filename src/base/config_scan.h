/* Tokens of a configuration text with file, line and column; @include is followed. Part of config.c, which pairs them with libconfig's
 * tree. */
#ifndef WKS_BASE_CONFIG_SCAN_H
#define WKS_BASE_CONFIG_SCAN_H

#include "base/problems.h"

typedef enum wks_config_scan_kind {
    WKS_CONFIG_SCAN_NAME,
    WKS_CONFIG_SCAN_EQUALS, /* = or : */
    WKS_CONFIG_SCAN_COMMA,
    WKS_CONFIG_SCAN_SEMICOLON,
    WKS_CONFIG_SCAN_OPEN_GROUP,
    WKS_CONFIG_SCAN_CLOSE_GROUP,
    WKS_CONFIG_SCAN_OPEN_LIST,
    WKS_CONFIG_SCAN_CLOSE_LIST,
    WKS_CONFIG_SCAN_OPEN_ARRAY,
    WKS_CONFIG_SCAN_CLOSE_ARRAY,
    WKS_CONFIG_SCAN_BOOL,
    WKS_CONFIG_SCAN_INT,
    WKS_CONFIG_SCAN_REAL,
    WKS_CONFIG_SCAN_STRING,
    WKS_CONFIG_SCAN_BAD, /* something that is none of these; it has been reported */
    WKS_CONFIG_SCAN_END
} wks_config_scan_kind;

typedef struct wks_config_scan_token {
    wks_config_scan_kind kind;
    const char *file; /* borrowed from the scan */
    int line, column; /* 1-based; columns count bytes */
    char *text;       /* strings: their contents; else as written */
    int64_t integer;  /* INT, BOOL */
    double real;      /* REAL */
} wks_config_scan_token;

typedef struct wks_config_scan {
    wks_config_scan_token *token; /* the last is END */
    size_t n, capacity;
    char **file; /* the file and all it includes */
    size_t n_files, capacity_files;
    bool is_cut; /* reading stopped at an error that leaves the rest without meaning */
} wks_config_scan;

/** Splits a text (with its @include, relative to the folder of `name`) into tokens. What is wrong is reported; the rest is still read,
 *  except behind an unterminated string or comment. WKS_OK even then; WKS_ERR_NOMEM otherwise. */
wks_status wks_config_scan_text(wks_config_scan *out, const char *name, const char *text, size_t n, wks_problems *problems, wks_err *err);
void wks_config_scan_free(wks_config_scan *scan);

#endif
