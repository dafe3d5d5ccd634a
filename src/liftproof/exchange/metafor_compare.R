# Searches end where the estimate of tau2 moves by less than this.
precise <- list(threshold = 1e-10, tol = 1e-12, maxiter = 10000)
# Of the searches for two variances this one comes nearest.
precise_too <- list(optimizer = "nlm", gradtol = 1e-12, steptol = 1e-12, iterlim = 10000)
# How far two numbers may lie apart: where one variance is solved for, and where two are searched for
# by derivatives that are differences.
solved <- 1e-8
searched <- 1e-5

# A search comes near a variance of 0, never to it: one that came near is held there, which counts
# where no other pair of variances is likelier.
likeliest <- function(fitted_with) {
  free <- fitted_with(c(NA, NA))
  small <- free$sigma2 < mean(free$vi) / 1000
  if (!any(small)) return(free)
  held <- fitted_with(ifelse(small, 0, NA))
  if (logLik(held) > logLik(free) - 1e-9) held else free
}

# Prediction limits around the mean; df: of t, Inf for the normal distribution.
around <- function(fit, sd, df) {
  if (df < 1) return(c(NA, NA))
  fit$b[1] + c(-1, 1) * qt(1 - fit$level / 2, df) * sd
}

# The standard error that the pooled mean has by its weights alone.
of_weights <- function(fit) sqrt(1 / sum(1 / (fit$vi + fit$tau2)))

# The width of the limits.
width <- function(fit) fit$ci.ub[1] - fit$ci.lb[1]

# Limits of tau2 by the Q-profile method; none where the method has none.
q_profile <- function(fit) {
  found <- try(suppressMessages(confint(fit, control = list(tol = 1e-12, tau2.max = 1e6))), silent = TRUE)
  if (inherits(found, "try-error")) c(NA, NA) else found$random["tau^2", c("ci.lb", "ci.ub")]
}

# I2 and H2 of a three-level fit: both variances against the typical sampling variance.
of_both <- function(fit) {
  w <- 1 / fit$vi
  typical <- (fit$k - 1) * sum(w) / (sum(w)^2 - sum(w^2))
  tau2 <- sum(fit$sigma2)
  c(100 * tau2 / (tau2 + typical), (tau2 + typical) / typical)
}

# One row a number: Liftproof's, metafor's. natural: from the scale of the pool to that of readers;
# prediction: its limits, NULL where this script does not know the convention.
rows <- list()
compare <- function(analysis, fit, natural, prediction, group = "") {
  one_level <- inherits(fit, "rma.uni")
  shares <- if (one_level) c(fit$I2, fit$H2) else of_both(fit)
  there <- c(
    natural(c(estimate = fit$b[1], ci_low = fit$ci.lb[1], ci_high = fit$ci.ub[1])),
    p_value = fit$pval[1],
    if (!is.null(prediction)) natural(c(pi_low = prediction[1], pi_high = prediction[2])),
    tau2 = if (one_level) fit$tau2 else sum(fit$sigma2),
    if (one_level) setNames(q_profile(fit), c("tau2_ci_low", "tau2_ci_high")),
    i2 = shares[1], h2 = shares[2], q = fit$QE, q_p = fit$QEp
  )
  here <- estimates[estimates$analysis == analysis & estimates$subgroup == group, names(there)]
  rows[[length(rows) + 1]] <<- data.frame(
    analysis = analysis, subgroup = group, quantity = names(there),
    liftproof = as.numeric(here[1, ]), metafor = as.numeric(there),
    apart = if (one_level) solved else searched
  )
}
