"""What ``liftproof simulate`` finds: a row a cell of the grid and a method."""

from dataclasses import dataclass

from liftproof.columns import column


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationRow:
    """How the limits of one method did in the simulated reviews of one cell.

    Widths, bias and τ² are on the analysis scale, the logarithm for ratios.
    """

    measure: str = column("effect measure; GEN for normal effects", required=True)
    k: int = column("trials a review", kind="count", required=True)
    sizes: str = column("pattern of trial sizes", required=True)
    n: int = column("participants an arm of an ordinary trial", kind="count", required=True)
    events: float | None = column("risk of the control arm; empty for GEN", kind="number")
    true_tau2: float = column("τ² of the true effects", kind="number", required=True)
    true_effect: float = column("mean true effect, natural scale", kind="number", required=True)
    tau2_method: str = column("estimator of τ²", required=True)
    interval: str = column("interval; empty for a prediction that rests on none")
    prediction: str = column("prediction rule; empty for limits of the mean effect")
    level: float = column("level of confidence", kind="number", required=True)
    reviews: int = column("reviews simulated", kind="count", required=True)
    limited: int = column("reviews in which there are limits", kind="count", required=True)
    coverage: float = column("share of these whose limits hold the truth", kind="number")
    coverage_se: float = column("Monte Carlo standard error of coverage", kind="number")
    width: float = column(
        "median width of the limits, of each 10,000 reviews, and the mean of these", kind="number"
    )
    width_se: float = column("Monte Carlo standard error of width", kind="number")
    bias: float = column("mean of estimate minus truth", kind="number")
    bias_se: float = column("Monte Carlo standard error of bias", kind="number")
    tau2_mean: float = column("mean of the estimates of τ²", kind="number")
    tau2_at_zero: float = column("share of the estimates of τ² that are 0", kind="number")
