"""The rules behind warnings: what each looks at, and where it comes from."""

from dataclasses import dataclass

from liftproof.vocabulary.record import Record, by_code

UNUSED_MARK = "unused_mark"
"""The one rule whose warnings cannot be marked: they are about marks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningRule(Record):
    """One rule; ``name``: what it looks at, as docs/warnings.md has it.

    ``source``: who proposed it, empty where it is this project's own. ``looks_at_pools``: whether
    it is asked of effects and pools, and so of reviews without errors alone.
    """

    source: str = ""
    looks_at_pools: bool = False


def _rule(code: str, name: str, source: str = "") -> WarningRule:
    return WarningRule(code=code, name=name, source=source)


def _of_pools(code: str, name: str, source: str = "") -> WarningRule:
    return WarningRule(code=code, name=name, source=source, looks_at_pools=True)


_COCHRANE = "Cochrane Handbook 6"
_OF_NUMBERS = (
    _of_pools(
        "mean_impossible",
        "a mean that no whole numbers of so many people have (GRIM), where `whole_numbers` is "
        "`yes` or `binary`",
        "Brown & Heathers 2017, Soc Psychol Personal Sci 8, 363-369",
    ),
    _of_pools(
        "sd_impossible",
        "a standard deviation that whole numbers with this mean cannot have (GRIMMER), or zeros "
        "and ones (DEBIT)",
        "Anaya 2016, PeerJ Preprints 4, e2400v1; Heathers & Brown 2019, OSF",
    ),
    _of_pools(
        "decimal_slip",
        "people, a mean, or an effect, ten or a hundred times as large or as small as the fellows, "
        "and like them with the point moved",
    ),
    _of_pools(
        "unit_differs",
        "person-time of one arm, by person where people are known, ten times that of the other; of "
        "both as much as people, less than the rates are per, or with more than one event a unit; "
        "means, or standard deviations, of a trial in another unit than those that a difference "
        "of means is pooled with; a given effect that is like its fellows once its logarithm is "
        "taken",
    ),
    _of_pools("smd_large", "a standardised mean difference beyond 3"),
    _of_pools(
        "sd_like_se",
        "standard deviations of a trial three times below those of the others of an analysis, "
        "relative to the means for standardised differences, and near them once multiplied by √n; "
        "with the pool if they are standard errors",
        f"{_COCHRANE}, section 6.5.2.2",
    ),
    _of_pools(
        "opposite_direction",
        "counts, or rates, and an estimate of one result on opposite sides of no effect",
    ),
    _of_pools(
        "crude_outside",
        "a ratio of events, of odds for an odds ratio, outside the limits of the estimate of the "
        "same result; of hazard and rate ratios asked at low risks alone",
    ),
    _of_pools(
        "against_text",
        "an effect against the direction of the words quoted for it in `provenance.csv`",
    ),
    _rule("clusters_differ", "clusters of both arms that do not add up to `clusters_total`"),
    _of_pools(
        "total_differs",
        "printed results, participants or events of an analysis that are not the sum of its trials",
    ),
    _of_pools(
        "total_row",
        "a trial whose events and participants are the sums of those of the others of an analysis, "
        "or whose label is that of a total",
    ),
    _of_pools(
        "turns_conclusion",
        "a trial without which an interval crosses no effect that did not, or crosses it no more",
        "Viechtbauer & Cheung 2010, Res Synth Methods 1, 112-125",
    ),
)
_OF_TRIALS = (
    _rule("label_twice", "two trials with one label"),
    _rule("doi_twice", "two trials with one DOI"),
    _rule("pmid_twice", "two trials with one PubMed number"),
    _rule("trial_twice", "two trials with the same numbers"),
    _rule(
        "control_shared",
        "two trials with one name and one control arm: its people are counted twice",
        f"{_COCHRANE}, section 23.3.4",
    ),
    _rule("control_mixed", "a control arm that looks like that of another outcome"),
    _rule(
        "dependent_effects",
        "several results of a trial that an analysis pools as if independent",
        "Cochrane Handbook 5.1, section 9.3",
    ),
    _rule(
        "cluster_unadjusted",
        "cluster trials that are pooled as if people had been randomised",
        f"{_COCHRANE}, section 23.1",
    ),
    _rule(
        "cluster_unsaid", "clusters, or an ICC, of a trial that does not say what was randomised"
    ),
    _rule("no_result", "a trial without a result"),
    _rule("no_trial", "a review without trials"),
    _rule("enters_nothing", "a trial that no analysis takes"),
)
_OF_ROWS = (
    _rule("awaits", "a result that waits for numbers"),
    _rule("awaits_nothing", "a result that says that it waits, and is complete"),
    _rule("not_used", "half an effect beside a whole result"),
    _rule("no_primary", "a result without a primary extraction"),
    _rule("measure_unsaid", "an estimate that does not say of what"),
    _rule("mixed_measures", "an analysis that pools measures as if they were one"),
    _rule(
        "odds_as_risk",
        "an odds ratio that is pooled as a risk, rate or hazard ratio, or a risk ratio as an odds "
        "ratio, with the other at the control risk",
        "Zhang & Yu 1998, JAMA 280, 1690-1691",
    ),
    _rule("way_back", "a measure whose pooled values have no way back of their own"),
    _rule("nothing_to_pool", "an analysis whose trials all wait for numbers"),
    _rule("time_unused", "person-time beside a measure of people"),
    _rule("exact_limits", "exact limits, and what either side of them would give"),
    _rule("se_of_ratio", "the standard error of a ratio, read as that of its logarithm"),
    _rule("se_from_p", "a standard error that follows from a P value, and how exactly"),
    _rule("several_counts", "a rate that several counts print alike"),
    _rule("time_from_rate", "person-time that follows from a rate, and how exactly"),
    _rule("mean_from_median", "a mean and a standard deviation that follow from a median"),
    _rule(
        "median_skewed",
        "the same of an arm that is skewed",
        "Shi et al. 2023, Stat Methods Med Res 32, 1338-1360",
    ),
    _rule("from_rate_limits", "a rate ratio that follows from rates with limits, and how"),
    _rule("sd_from_se", "a standard deviation that follows from the standard error of a mean"),
    _rule("from_test", "standard deviations, or an effect, that follow from t, F or P"),
    _rule("from_chi2", "events that follow from χ² and the margins"),
)
_OF_FILES = (
    _rule("lost_zeros", "a printed number with fewer decimals than its fellows"),
    _rule("print_unused", "a printed number without analysis, and without a reason"),
    _rule("no_block_group", "a blocked number without its group"),
    _rule("no_siblings", "a pointer to a review that is not beside this one"),
    _rule("unsourced", "a number without a row in `provenance.csv`"),
    _rule("no_provenance", "a review without `provenance.csv`"),
    _rule("read_differently", "a number that two people read differently"),
    _rule("value_unknown", "a value to select by that no row has"),
    _rule(
        "value_misspelt",
        "a value that no analysis takes, and that looks like one which an analysis takes",
    ),
    _rule("column_misspelt", "a moderator that looks like a known column"),
    _rule(UNUSED_MARK, "a row of `checked.csv` that marks no warning, or one with other numbers"),
)

WARNING_RULES = by_code(*_OF_NUMBERS, *_OF_TRIALS, *_OF_ROWS, *_OF_FILES)
