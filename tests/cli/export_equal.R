# Holds an export as CSV against the tables it was made of, as R reads both:  Rscript export_equal.R DIR RFC4180-EXPORT EXCEL-NL-EXPORT
folder <- commandArgs(trailingOnly = TRUE)
files <- list.files(folder[1], pattern = "[.]csv$")
stopifnot(length(files) >= 3)
text <- function(path, ...) read.csv(path, colClasses = "character", check.names = FALSE, na.strings = character(0), fileEncoding = "UTF-8", ...)
excel <- function(path, ...) read.csv2(path, check.names = FALSE, fileEncoding = "UTF-8-BOM", ...)
n_numbers <- 0
for (file in files) {
    was <- file.path(folder[1], file)
    if (!identical(text(was), text(file.path(folder[2], file)))) stop(file, ": other cells in rfc4180")
    a <- read.csv(was, check.names = FALSE, fileEncoding = "UTF-8")
    b <- excel(file.path(folder[3], file))
    if (!identical(dim(a), dim(b)) || !identical(names(a), names(b))) stop(file, ": another shape in excel-nl")
    for (name in names(a)) {
        if (!is.numeric(a[[name]])) next
        if (!isTRUE(all(as.numeric(a[[name]]) == as.numeric(b[[name]]), na.rm = TRUE)) || !identical(is.na(a[[name]]), is.na(b[[name]])))
            stop(file, ": other numbers in ", name)
        n_numbers <- n_numbers + sum(!is.na(a[[name]]))
    }
}
stopifnot(n_numbers > 100)
cat("equal", n_numbers, "numbers\n")
