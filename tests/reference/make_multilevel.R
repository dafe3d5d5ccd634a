# make_multilevel.R -- rma.mv, and what follows it, by metafor.
# usage: Rscript make_multilevel.R <outdir with data/>
#
# Each fit is searched with the tightest tolerances that metafor's optimisers reach, from its own start. Data: metadat's
# Konstantopoulos 2011 (three levels, crossed years), Berkey 1998 (two outcomes with their
# covariance), Ishak 2007 (up to four times a study, sampling errors correlated by 0.97 a step).

args <- commandArgs(TRUE)
suppressMessages({library(metafor); library(metadat)})
version <- paste("metafor", packageVersion("metafor"), "on R", getRversion())
num <- function(x) paste0("[", paste(ifelse(is.na(x), "null", sprintf("%.17g", x)), collapse = ", "), "]")
tight <- list(list(optimizer = "nlminb", rel.tol = 1e-13, iter.max = 5000, eval.max = 5000),
              list(optimizer = "nlminb", rel.tol = 1e-11, iter.max = 5000, eval.max = 5000),
              list(optimizer = "optim", optmethod = "BFGS", reltol = 1e-14, maxit = 5000))
write <- function(d, file) write.csv(d, file.path(args[1], "data", file), row.names = FALSE, quote = FALSE)

k <- dat.konstantopoulos2011
b <- dat.berkey1998[c("trial", "outcome", "yi", "v1i", "v2i")]
write(b, "berkey1998.csv")
B <- vcalc(vi = 1, cluster = trial, rvars = c(v1i, v2i), data = b)
i <- reshape(dat.ishak2007, direction = "long", idvar = "study", v.names = c("yi", "vi"),
             varying = list(c(2, 4, 6, 8), c(3, 5, 7, 9)))
i <- i[order(i$study, i$time), c("study", "time", "yi", "vi")]
i <- i[!is.na(i$yi), ]
i$study <- as.integer(factor(i$study))
write(i, "ishak2007.csv")
I <- vcalc(vi, cluster = study, time1 = time, phi = 0.97, data = i)
kin <- outer(sort(unique(k$district)), sort(unique(k$district)), function(a, b) exp(-abs(a - b) / 200))
dimnames(kin) <- rep(list(sort(unique(k$district))), 2)

fit <- function(...) {                    # rma.mv looks its arguments up by name: its own call anew
  call <- sys.call()
  call[[1]] <- quote(rma.mv)
  plain <- eval(call, parent.frame())       # for confint(), whose searches use the same settings
  for (one in tight) {
    call$control <- one
    f <- try(eval(call, parent.frame()), silent = TRUE)
    if (!inherits(f, "try-error")) break
  }
  call$control <- NULL
  f$call <- call
  attr(f, "plain") <- plain
  f
}
case <- function(id, f, limits = NULL, cluster = NULL) {
  ends <- NULL
  if (!is.null(limits)) {
    ends <- sapply(limits, function(one) {
      one <- c(list(attr(f, "plain")), one)
      unlist(do.call(confint, one)$random[1, 2:3])
    })
  }
  u <- ranef(f)
  r <- rstandard(f)
  paste0("{\"id\": \"", id, "\", \"engine\": \"", version, "\", \"call\": \"",
    gsub("\"", "'", paste(trimws(deparse(f$call, width.cutoff = 500)), collapse = " ")),
    "\", \"estimate\": ", num(f$beta), ", \"se\": ", num(f$se), ", \"log_likelihood\": ", num(logLik(f)),
    ", \"sigma2\": ", num(if (f$withS) f$sigma2 else numeric()), ", \"tau2\": ", num(if (f$withG) f$tau2 else numeric()),
    ", \"rho\": ", num(if (f$withG) f$rho else numeric()),
    ", \"q\": ", num(f$QE), ", \"qm\": ", num(f$QM), ", \"aic\": ", num(AIC(f)), ", \"bic\": ", num(BIC(f)),
    ", \"aicc\": ", num(AIC(f, correct = TRUE)), ", \"parms\": ", num(f$parms),
    ", \"limits\": ", num(if (is.null(ends)) numeric() else c(ends)),
    ", \"effects\": ", num(unlist(lapply(u, function(one) one$intrcpt))),
    ", \"effects_se\": ", num(unlist(lapply(u, function(one) one$se))),
    ", \"resid\": ", num(r$resid), ", \"resid_se\": ", num(r$se),
    ", \"cook\": ", num(if (is.null(cluster)) numeric() else cooks.distance(f, cluster = cluster, reestimate = FALSE)), "}")
}

s2 <- function(n) lapply(seq_len(n), function(j) list(sigma2 = j))
both <- list(list(tau2 = 1), list(rho = 1))
cases <- c(
  case("nested", fit(yi, vi, random = ~ 1 | district/school, data = k), s2(2), k$district),
  case("nested_ml", fit(yi, vi, random = ~ 1 | district/school, data = k, method = "ML"), s2(2), k$district),
  case("crossed", fit(yi, vi, random = list(~ 1 | district/school, ~ 1 | year), data = k), s2(3)),
  case("exchangeable", fit(yi, vi, random = ~ school | district, data = k), both),
  case("kinship", fit(yi, vi, random = list(~ 1 | district, ~ 1 | study), R = list(district = kin), Rscale = "none", data = k)),
  case("moderator", fit(yi, vi, mods = ~ I(year - 1990), random = ~ 1 | district/school, data = k), NULL, k$district),
  case("fixed", rma.mv(yi, B, mods = ~ outcome - 1, data = b)),
  sapply(c("UN", "HCS", "CS", "DIAG", "ID"), function(s)
    case(paste0("two_outcomes_", tolower(s)), fit(yi, B, mods = ~ outcome - 1, random = ~ outcome | trial, struct = s, data = b),
         if (s == "UN") list(list(tau2 = 1), list(tau2 = 2), list(rho = 1)))),
  case("two_outcomes_un_ml", fit(yi, B, mods = ~ outcome - 1, random = ~ outcome | trial, struct = "UN", data = b, method = "ML")),
  sapply(c("CS", "HCS", "AR", "HAR", "CAR", "UN"), function(s)
    case(paste0("times_", tolower(s)), fit(yi, I, mods = ~ factor(time) - 1, random = ~ time | study, struct = s, data = i),
         if (s == "CAR") both))
)
writeLines(paste0("[\n", paste(cases, collapse = ",\n"), "\n]"), file.path(args[1], "multilevel.json"))
