/* Configuration text in libconfig's grammar as our own tree, with file, line and column of every setting.
 * libconfig is used in config.c only. Positions: a scanner walks the same text in document order and pairs names with nodes. */
#ifndef WKS_BASE_CONFIG_H
#define WKS_BASE_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/problems.h"

typedef enum wks_config_type {
    WKS_CONFIG_GROUP, /* { name = value; ... }  children have names */
    WKS_CONFIG_LIST,  /* ( ... ) or [ ... ]     children have no names */
    WKS_CONFIG_INT,
    WKS_CONFIG_REAL,
    WKS_CONFIG_BOOL,
    WKS_CONFIG_STRING
} wks_config_type;

typedef struct wks_config_node {
    char *name; /* NULL in a list */
    wks_config_type type;
    bool is_array;   /* a list written with [ ] */
    int64_t integer; /* INT, BOOL */
    double real;     /* REAL */
    char *string;    /* STRING */
    struct wks_config_node **child;
    size_t n_children, capacity;
    char *file;       /* where it was written; "--set 'text'" for the command line, "default" for built-in */
    int line, column; /* of the name (of the value in a list) */
    int value_line, value_column;
    bool used; /* set by the reader; what stays unused is an unknown key */
} wks_config_node;

void wks_config_free(wks_config_node *node);

/** Parses a file (with its @include, relative to the including file, 10 deep). All syntax errors go to `problems` with line and column
 *  and give WKS_ERR_DATA: after an error reading goes on behind the next ';'. Integers have 64 bits; names that stand twice in a group
 *  are errors. A file that cannot be read is a problem too. *out_root is NULL after an error, unless all were mended: a decimal comma
 *  (name = 0,2;) is reported, gives WKS_ERR_DATA and is read as 0.2, so that the reader of the tree can tell its problems too. */
wks_status wks_config_read(const char *path, wks_config_node **out_root, wks_problems *problems, wks_err *err);
/** Parses text; `name` is the file in messages. */
wks_status wks_config_parse(const char *name, const char *text, size_t n, wks_config_node **out_root, wks_problems *problems, wks_err *err);

/** Deep copy; NULL when there is no memory. */
wks_config_node *wks_config_copy(const wks_config_node *node);
/** Child of a group by name, NULL if absent. */
wks_config_node *wks_config_get(const wks_config_node *group, const char *name);
/** Adds (takes) a child. */
wks_status wks_config_add_take(wks_config_node *parent, wks_config_node *child, wks_err *err);
/** Removes and frees child i. */
void wks_config_remove(wks_config_node *parent, size_t i);
wks_config_node *wks_config_new(const char *name, wks_config_type type, const char *file, int line, int column);

/** Lays `over` upon `base` in place: scalars and unnamed lists replace; groups merge; lists whose elements are groups with a string
 *  member `name` merge by it (order of base kept, new ones appended; `remove = true` deletes); an empty list replaces. Takes nothing:
 *  copies. Both roots are groups. Problems (a name twice, a removal of what is not there) are collected; only WKS_ERR_NOMEM is returned. */
wks_status wks_config_merge(wks_config_node *base, const wks_config_node *over, wks_problems *problems, wks_err *err);

/** Applies one `path=value` (e.g. rules.regio.spreiding.0.max_share=0.12): list elements by index or by their `name`. The value is parsed
 *  as libconfig text; anything that is no literal is a string, except that what begins like a list, group or quoted string must be one.
 *  Missing groups are made, index n of n elements appends, `remove=true` of an element that is there deletes it (as in a merge).
 *  What is written carries `origin` as its file. Problems name it too, give WKS_ERR_DATA and leave the tree alone. */
wks_status wks_config_set(wks_config_node *root, const char *origin, const char *assignment, wks_problems *problems, wks_err *err);

/** Writes the tree as libconfig text that reads back to the same values (reals as wks_text_exact; they must be finite). */
void wks_config_write(const wks_config_node *root, wks_text *out);

#endif
