# make_hypotheses.R -- questions to coefficients by metafor, after robust fits by clubSandwich.
# usage: Rscript make_hypotheses.R <outdir with data/>

args <- commandArgs(TRUE)
suppressMessages({library(metafor); library(clubSandwich)})
num <- function(x) paste0("[", paste(sprintf("%.17g", as.numeric(x)), collapse = ", "), "]")
engine <- function(name) paste0("\"engine\": \"", name, " ", packageVersion(name), " on R ", getRversion(), "\"")

b <- read.csv(file.path(args[1], "data", "bcg__RR.csv"))
b <- cbind(b, read.csv(file.path(args[1], "data", "bcg.csv"))[c("ablat", "year", "alloc")])
L <- rbind(c(1, 40, 1970, 1, 0), c(0, 0, 0, 1, 0), c(0, 0, 0, 0, 1), c(0, 10, 0, 1, -1))
plain <- function(id, test) {
  f <- rma(yi, vi, mods = ~ ablat + year + alloc, data = b, method = "DL", test = test)
  a <- anova(f, X = L)
  g <- anova(f, btt = 4:5)
  joint <- anova(f, X = L[c(1, 2, 3), ], rhs = 0.1)
  paste0("{\"id\": \"", id, "\", ", engine("metafor"), ", \"test\": \"", test, "\", \"estimate\": ", num(a$Xb),
    ", \"se\": ", num(a$se), ", \"statistic\": ", num(a$zval), ", \"adjusted_p\": ", num(p.adjust(a$pval, "holm")),
    ", \"group\": ", num(c(g$QM, g$QMp)), ", \"joint\": ", num(c(joint$QM, joint$QMp)),
    ", \"vif\": ", num(sapply(vif(f)$vif, function(v) v$vif)), ", \"gvif\": ", num(vif(f, btt = list(2, 3, 4:5))$vifs), "}")
}
a <- read.csv(file.path(args[1], "data", "assink2016.csv"))
M <- rbind(c(0, 1, 0, 0), c(0, 0, 1, 0), c(1, 1, 0, 1), c(0, 1, -1, 0))
robust <- function(id, rows) {
  f <- rma(yi, vi, mods = ~ deltype + pubstatus, data = a, method = "DL")
  v <- vcovCR(f, cluster = a$study, type = "CR2")
  one <- linear_contrast(f, vcov = v, contrasts = M, level = 0.95)
  h <- Wald_test(f, constraints = M[rows, , drop = FALSE], vcov = v, test = "HTZ")
  paste0("{\"id\": \"", id, "\", ", engine("clubSandwich"), ", \"tau2\": ", num(f$tau2), ", \"rows\": ", num(rows - 1),
    ", \"estimate\": ", num(one$Est), ", \"se\": ", num(one$SE), ", \"df\": ", num(one$df), ", \"ci_low\": ", num(one$CI_L),
    ", \"joint\": ", num(c(h$Fstat, h$df_num, h$df_denom, h$p_val)), "}")
}
writeLines(paste0("[\n", paste(c(plain("z", "z"), plain("knha", "knha"), robust("two", 1:2), robust("three", 1:3)),
                               collapse = ",\n"), "\n]"), file.path(args[1], "hypotheses.json"))
