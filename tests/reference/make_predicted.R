# make_predicted.R -- prediction limits at given moderators by metafor's four conventions.
# usage: Rscript make_predicted.R <outdir with data/>, writes predicted.json
args <- commandArgs(TRUE)
suppressMessages({library(metafor); library(metadat); library(jsonlite)})
engine <- paste("metafor", packageVersion("metafor"), "on R", getRversion())
d <- read.csv(file.path(args[1], "data", "bcg__RR.csv")); d$ablat <- read.csv(file.path(args[1], "data", "bcg.csv"))$ablat
k <- dat.konstantopoulos2011; k$size <- k$school / 3
tight <- list(threshold = 1e-15)
search <- list(optimizer = "nlminb", rel.tol = 1e-10)
fits <- list(line_z = rma(yi, vi, mods = ~ ablat, data = d, control = tight), line_t = rma(yi, vi, mods = ~ ablat, data = d, test = "t", control = tight),
  line_knha = rma(yi, vi, mods = ~ ablat, data = d, test = "knha", control = tight), given = rma(yi, vi, mods = ~ ablat, data = d, tau2 = 0.1),
  robust = robust(rma(yi, vi, mods = ~ ablat, data = d, control = tight), cluster = seq_len(nrow(d))),
  levels = rma.mv(yi, vi, mods = ~ size, random = ~ 1 | district / school, data = k, control = search))
cases <- list()
for (id in names(fits)) for (kind in c("metafor", "riley", "t", "simple")) {
  at <- if (id == "levels") c(1, 2) else c(30, 50)
  p <- predict(fits[[id]], newmods = at, pi.type = if (kind == "metafor") "default" else kind)
  cases[[length(cases) + 1]] <- list(id = id, prediction = kind, engine = engine, tau2 = if (id == "levels") sum(fits[[id]]$sigma2) else fits[[id]]$tau2,
    at = I(at), pi_low = I(p$pi.lb), pi_high = I(p$pi.ub))
}
writeLines(paste0("[\n", paste(vapply(cases, function(one) toJSON(one, auto_unbox = TRUE, digits = I(15), na = "null"), ""), collapse = ",\n"), "\n]"), file.path(args[1], "predicted.json"))
