#!/usr/bin/env bash
# gmodels 2.18.1.1 (Debian 12), estimable(conf.int=) against a margin and of a logistic regression, seen 2026-11-30.
#
# Weights of twenty plants (R's PlantGrowth): treatment less control is -0.37 (-1.03 to 0.28). Expected: against a margin of -1,
# beta0 = -1, as in a trial of non-inferiority, the same estimate and limits with another P. Seen: -0.37 (-0.03 to 1.28), limits
# on the other side that do not even hold the estimate: they are those of the distance to the margin, 0.63, beside the estimate itself.
# Of a logistic or Poisson regression the limits are expected at 1.960 standard errors, as the P beside them (chi-squared) and
# confint.default() are; seen 1.984, the quantile of t with 100 degrees of freedom, whatever the number of people. So P below 0.05
# can stand beside limits that hold 0.
# So: confint() or confint.default() of the model.
# Home: https://cran.r-project.org/package=gmodels
# Needs Debian 12 with R. The functions are read from the package's file; these use base R alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-gmodels=2.18.1.1-1 > download.log
dpkg --extract ./*.deb .
cat > run.R <<'R'
invisible(lazyLoad("usr/lib/R/site-library/gmodels/R/gmodels", globalenv()))
show <- function(x) paste(sprintf("%.2f", unlist(x)), collapse = " ")
model <- lm(weight ~ group, data = subset(PlantGrowth, group != "trt2"))
for (margin in c(0, -1)) {
  found <- estimable.default(model, c(0, 1), beta0 = margin, conf.int = 0.95)
  cat("against", margin, ":", show(found[c("Estimate", "Lower.CI", "Upper.CI")]), "\n")
}
cat("confint:", show(confint(model)[2, ]), "\n")
logistic <- glm(am ~ wt, binomial, mtcars)
limits <- estimable.default(logistic, c(0, 1), conf.int = 0.95)
cat("limits in standard errors:", sprintf("%.3f", (limits$Upper.CI - limits$Estimate) / limits$"Std. Error"), "\n")
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "against 0 : -0.37 -1.03 0.28 
against -1 : -0.37 -0.03 1.28 
confint: -1.03 0.28 
limits in standard errors: 1.984 " ] || { echo "gmodels behaves otherwise than was seen" >&2; exit 1; }
