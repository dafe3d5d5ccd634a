#!/usr/bin/env bash
# epitools 0.5-10.1 (R package of Debian 12), probratio(method = "delta"), a factor of three levels, seen 2026-11-30.
#
# Of 100 people each, 20 of the controls, 40 of the first arm and 60 of the second are injured; a logistic regression on the
# arm fits these risks exactly. Expected: risk ratios 2 and 3, as method = "ML" has them. Seen: 1.6 and 2.5. For each row
# all people are given its column as 0 and then as 1, the other column staying as it was: "everybody in the first arm" has the
# people of the second in both arms at once (risk 0.8), "nobody in it" has them in the second still. method = "bootstrap" does
# likewise. With two arms both methods are right, which hides it.
# So: use it for covariates of one column alone, or average predict() over people with the factor itself set.
# Home: https://cran.r-project.org/package=epitools (help page "probratio")
# Needs Debian 12 with R. The function is read from the package's file, as it uses base R alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-epitools=1:0.5-10.1-2 > download.log
dpkg --extract ./*.deb .
cat > run.R <<'R'
invisible(lazyLoad("usr/lib/R/site-library/epitools/R/epitools", globalenv()))
arms <- c("control", "first", "second")
people <- data.frame(arm = factor(rep(arms, each = 100)), injured = rep(rep(1:0, 3), c(20, 80, 40, 60, 60, 40)))
ratios <- function(data, method) {
  fit <- glm(injured ~ arm, binomial, droplevels(data))
  paste(format(round(probratio(fit, method = method)[, "Relative risk"], 3), nsmall = 3), collapse = " ")
}
standardised <- function(data) {
  fit <- glm(injured ~ arm, binomial, data)
  risks <- sapply(arms, function(given) mean(predict(fit, transform(data, arm = given), type = "response")))
  paste(format(round(risks[-1] / risks[1], 3), nsmall = 3), collapse = " ")
}
cat("three arms, ML:", ratios(people, "ML"), "delta:", ratios(people, "delta"), "by predict():", standardised(people), "\n")
two <- subset(people, arm != "second")
cat("two arms, ML:", ratios(two, "ML"), "delta:", ratios(two, "delta"), "\n")
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "three arms, ML: 2.000 3.000 delta: 1.600 2.500 by predict(): 2.000 3.000 
two arms, ML: 2.000 delta: 2.000 " ] || { echo "epitools behaves otherwise than was seen" >&2; exit 1; }
