# make_further.R -- location-scale models by metafor; p values by metap; Rubin's rules by mice;
# unrestricted weighted least squares by lm.
# usage: Rscript make_further.R <outdir with data/>

args <- commandArgs(TRUE)
suppressMessages({library(metafor); library(metap); library(mice)})
num <- function(x) paste0("[", paste(sprintf("%.17g", as.numeric(x)), collapse = ", "), "]")
engine <- function(name) paste0("\"engine\": \"", name, " ", packageVersion(name), " on R ", getRversion(), "\"")
case <- function(kind, id, name, ...) {
  given <- list(...)
  paste0("{\"kind\": \"", kind, "\", \"id\": \"", id, "\", ", engine(name),
    paste0(", \"", names(given), "\": ", sapply(given, num), collapse = ""), "}")
}
d <- read.csv(file.path(args[1], "data", "bangertdrowns2004.csv"))
d$size <- (d$ni - 100) / 100
ls <- function(id, ...) {
  for (tight in c(1e-13, 1e-12, 1e-11, 1e-10)) {     # the tightest that nlminb reaches
    f <- try(rma(yi, vi, data = d, control = list(optimizer = "nlminb", rel.tol = tight), ...), silent = TRUE)
    if (!inherits(f, "try-error")) break
  }
  case("location_scale", id, "metafor", estimate = f$beta, se = f$se, scale = f$alpha, scale_se = f$se.alpha,
       log_likelihood = logLik(f), qm = f$QM, qs = f$QS, qs_p = f$QSp)
}
b <- read.csv(file.path(args[1], "data", "bcg__RR.csv"))
p <- c(0.01, 0.2, 0.3, 0.04, 0.6)
w <- c(30, 50, 20, 80, 10)
u <- summary(lm(I(yi / sqrt(vi)) ~ 0 + I(1 / sqrt(vi)), data = b))$coefficients
one <- function(id, f, ...) { r <- pool.scalar(c(0.5, 0.6, 0.55, 0.7), c(0.04, 0.05, 0.045, 0.06), ...)
  case("rubin", id, "mice", estimate = r$qbar, total = r$t, within = r$ubar, between = r$b, df = r$df, fmi = r$fmi, riv = r$r) }
cases <- c(
  ls("size", mods = ~ 1, scale = ~ size),
  ls("both", mods = ~ size, scale = ~ size + grade),
  ls("ml", mods = ~ size, scale = ~ size, method = "ML"),
  ls("t", mods = ~ size, scale = ~ size, test = "t"),
  case("p", "stouffer", "metap", statistic = sumz(p)$z, p_value = sumz(p)$p),
  case("p", "weighted", "metap", statistic = sumz(p, weights = w)$z, p_value = sumz(p, weights = w)$p),
  case("p", "fisher", "metap", statistic = sumlog(p)$chisq, p_value = sumlog(p)$p),
  case("p", "edgington", "metap", statistic = sum(p), p_value = sump(p)$p),
  case("uwls", "bcg", "stats", estimate = u[1], se = u[2], statistic = u[3], p_value = u[4]),
  one("normal", n = Inf, k = 1),
  one("few", n = 20, k = 2))
writeLines(paste0("[\n", paste(cases, collapse = ",\n"), "\n]"), file.path(args[1], "further.json"))
