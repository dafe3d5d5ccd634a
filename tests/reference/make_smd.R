# Standardised mean differences under every vtype of metafor's escalc.
# Rscript make_smd.R OUT.json, in the folder of this script. Needs metafor and jsonlite.
suppressMessages({library(metafor); library(jsonlite)})
out <- commandArgs(trailingOnly = TRUE)[1]
engine <- paste("metafor", packageVersion("metafor"))
cases <- list()
add <- function(dataset, formula, es, ...) {
  cases[[length(cases) + 1]] <<- c(list(dataset = dataset, formula = formula, engine = engine), list(...),
    list(yi = as.numeric(es$yi), vi = as.numeric(es$vi)))
}

for (nm in c("normand1999", "curtis1998")) {
  d <- read.csv(file.path("data", paste0(nm, ".csv")))
  for (vt in c("LS", "LS2", "UB", "AV")) {
    es <- escalc(measure = "SMD", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i, vtype = vt, data = d)
    add(nm, vt, es, source = "means", call = sprintf("escalc(measure=\"SMD\", vtype=\"%s\")", vt))
  }
}

# Made-up means before and after: escalc takes the changes for means, and the standard deviation that is
# divided by for that of each arm.
d <- read.csv(file.path("data", "changes_made_up.csv"))
r <- 0.7
of_change <- function(after, before) sqrt(after^2 + before^2 - 2 * r * after * before)
sds <- list(after = list(d$sd1i, d$sd2i), before = list(d$sdpre1i, d$sdpre2i),
            change = list(of_change(d$sd1i, d$sdpre1i), of_change(d$sd2i, d$sdpre2i)))
for (over in names(sds)) for (vt in c("LS", "LS2", "UB", "AV")) {
  s <- sds[[over]]
  es <- escalc(measure = "SMD", m1i = d$m1i - d$mpre1i, sd1i = s[[1]], n1i = d$n1i, m2i = d$m2i - d$mpre2i, sd2i = s[[2]], n2i = d$n2i, vtype = vt)
  add("changes_made_up", vt, es, source = "changes", change_sd = over, correlation = if (over == "change") r else NA,
      call = sprintf("escalc(measure=\"SMD\", vtype=\"%s\") of changes", vt))
}
writeLines(paste0("[\n", paste(vapply(cases, function(c) toJSON(c, auto_unbox = TRUE, digits = I(17), na = "null"), ""), collapse = ",\n"), "\n]"), out)
