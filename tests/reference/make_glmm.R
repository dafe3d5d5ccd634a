# make_glmm.R -- mixed models of counts with moderators, coding and correlated effects, by metafor and lme4.
# usage: Rscript make_glmm.R <outdir with data/>

args <- commandArgs(TRUE)
suppressMessages(library(metafor))
num <- function(x) paste0("[", paste(ifelse(is.na(x), "null", sprintf("%.15g", as.numeric(x))), collapse = ", "), "]")
tight <- list(glmCtrl = list(epsilon = 1e-12, maxit = 100),
              glmerCtrl = list(optimizer = "bobyqa", optCtrl = list(rhobeg = 0.2, rhoend = 1e-8, maxfun = 1e5), tolPwrss = 1e-10),
              optCtrl = list(reltol = 1e-15, maxit = 2000), hessianCtrl = list(r = 6), dnchgprec = 1e-12, intCtrl = list(rel.tol = 1e-10, subdivisions = 200L))
case <- function(dataset, moderator, new, columns, data, ...) {
  given <- list(...)
  mods <- if (is.null(moderator)) list() else list(mods = model.matrix(as.formula(paste("~", moderator)), data)[, -1, drop = FALSE])
  f <- suppressWarnings(do.call(rma.glmm, c(columns(data), mods, list(control = tight), given)))
  p <- predict(f, newmods = new)
  fields <- c(coef = num(f$beta), vcov = num(f$vb), tau2 = num(f$tau2), sigma2 = num(f$sigma2), rho = num(f$rho), q_wald = num(f$QE.Wld),
    q_lrt = num(f$QE.LRT), q_df = num(f$QE.df), qm = num(c(f$QM, f$QMp)), p_values = num(f$pval), limits = num(c(f$ci.lb, f$ci.ub)),
    i2 = num(f$I2), h2 = num(f$H2), aic = num(f$fit.stats["AIC", "ML"]), prediction = num(c(p$pred, p$se, p$pi.lb, p$pi.ub)), at = num(new))
  words <- c(dataset = dataset, moderator = if (is.null(moderator)) "" else moderator, sapply(given, as.character))
  paste0("{", paste(c(sprintf("\"%s\": \"%s\"", names(words), words), sprintf("\"%s\": %s", names(fields), fields)), collapse = ", "), "}")
}
read <- function(name) read.csv(file.path(args[1], "data", paste0(name, ".csv")))
bcg <- read("bcg"); hart <- read("hart1999"); debruin <- read("debruin2009")
bcg$latitude <- bcg$ablat / 10
or <- function(d) list(ai = d$tpos, bi = d$tneg, ci = d$cpos, di = d$cneg, measure = "OR")
irr <- function(d) list(x1i = d$x1i, t1i = d$t1i, x2i = d$x2i, t2i = d$t2i, measure = "IRR")
plo <- function(d) list(xi = d$xi, ni = d$ni, measure = "PLO")
irln <- function(d) list(xi = d$x2i, ti = d$t2i, measure = "IRLN")
# The saturated model of UM.RS, from which Q is, does not fit to hart1999 in lme4; metafor then stops without it.
cases <- c()
for (coding in c(0.5, 1, 0)) {
  cases <- c(cases, case("bcg", "latitude", 4, or, bcg, model = "UM.FS", method = "ML", test = "z", coding = coding))
  for (cor in if (coding == 0.5) c(FALSE, TRUE) else if (coding == 1) FALSE) cases <- c(cases, case("bcg", "latitude", 4, or, bcg, model = "UM.RS", method = "ML", test = "z", coding = coding, cor = cor, nAGQ = 1))
}
cases <- c(cases,
  case("bcg", NULL, NULL, or, bcg, model = "UM.FS", method = "ML", test = "t", coding = 0),
  case("bcg", "latitude", 4, or, bcg, model = "UM.FS", method = "EE", test = "z"),
  case("bcg", "latitude", 4, or, bcg, model = "UM.RS", method = "EE", test = "z"),
  case("bcg", "latitude", 4, or, bcg, model = "CM.AL", method = "EE", test = "t"),
  case("bcg", "alloc", c(0, 1), or, bcg, model = "CM.AL", method = "ML", test = "t"),
  case("bcg", "latitude", 4, or, bcg, model = "CM.EL", method = "ML", test = "z"))
for (method in c("EE", "ML")) for (model in c("UM.FS", "CM.EL"))
  cases <- c(cases, case("hart1999", "prevtype", 1, irr, hart, model = model, method = method, test = "z"))
for (method in c("EE", "ML")) cases <- c(cases,
  case("debruin2009", "scq", 20, plo, debruin, method = method, test = "t"),
  case("hart1999", "prevtype", 1, irln, hart, method = method, test = "z"))
engine <- paste0("metafor ", packageVersion("metafor"), ", lme4 ", packageVersion("lme4"), " on R ", getRversion())
writeLines(paste0("{\"engine\": \"", engine, "\", \"cases\": [\n", paste(cases, collapse = ",\n"), "\n]}"), file.path(args[1], "glmm.json"))
