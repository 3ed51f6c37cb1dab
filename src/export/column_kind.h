/* What a column of a result table holds: text, a month, a whole number or a number. A key is text even where it looks like a number. */
#ifndef WKS_EXPORT_COLUMN_KIND_H
#define WKS_EXPORT_COLUMN_KIND_H

typedef enum wks_column_kind {
    WKS_COLUMN_KIND_TEXT,
    WKS_COLUMN_KIND_DATE,   /* YYYY-MM */
    WKS_COLUMN_KIND_WHOLE,  /* a count or a number of something; means of it may have a fraction */
    WKS_COLUMN_KIND_NUMBER, /* finite, or inf */
    WKS_COLUMN_KIND_UNKNOWN /* not in the tables of the code: a parameter or an outcome of a study, decided by its cells */
} wks_column_kind;

/** Of a column of a file, as "city.csv" and "tick". */
wks_column_kind wks_column_kind_of(const char *file, const char *column);

#endif
