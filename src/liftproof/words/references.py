"""The papers behind the methods, cited where a Methods text uses them."""

from dataclasses import dataclass

from liftproof.vocabulary.levels import USUAL_LEVEL, level_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A paper: ``short`` as cited in the text, ``full`` without the DOI, ``doi``."""

    short: str
    full: str
    doi: str


REFERENCES = {
    "dersimonian1986": Reference(
        short="DerSimonian and Laird 1986",
        full="DerSimonian R, Laird N. Meta-analysis in clinical trials. "
        "Controlled Clinical Trials 1986;7:177-188.",
        doi="10.1016/0197-2456(86)90046-2",
    ),
    "paule1982": Reference(
        short="Paule and Mandel 1982",
        full="Paule RC, Mandel J. Consensus values and weighting factors. "
        "Journal of Research of the National Bureau of Standards 1982;87:377-385.",
        doi="10.6028/jres.087.022",
    ),
    "viechtbauer2005": Reference(
        short="Viechtbauer 2005",
        full="Viechtbauer W. Bias and efficiency of meta-analytic variance estimators in the "
        "random-effects model. Journal of Educational and Behavioral Statistics 2005;30:261-293.",
        doi="10.3102/10769986030003261",
    ),
    "hartung2001": Reference(
        short="Hartung and Knapp 2001",
        full="Hartung J, Knapp G. A refined method for the meta-analysis of controlled clinical "
        "trials with binary outcome. Statistics in Medicine 2001;20:3875-3889.",
        doi="10.1002/sim.1009",
    ),
    "knapp2003": Reference(
        short="Knapp and Hartung 2003",
        full="Knapp G, Hartung J. Improved tests for a random effects meta-regression with a "
        "single covariate. Statistics in Medicine 2003;22:2693-2710.",
        doi="10.1002/sim.1482",
    ),
    "jackson2017": Reference(
        short="Jackson and others 2017",
        full="Jackson D, Law M, Rücker G, Schwarzer G. The Hartung-Knapp modification for "
        "random-effects meta-analysis: a useful refinement but are there any residual concerns? "
        "Statistics in Medicine 2017;36:3923-3934.",
        doi="10.1002/sim.7411",
    ),
    "konstantopoulos2011": Reference(
        short="Konstantopoulos 2011",
        full="Konstantopoulos S. Fixed effects and variance components estimation in three-level "
        "meta-analysis. Research Synthesis Methods 2011;2:61-76.",
        doi="10.1002/jrsm.35",
    ),
    "viechtbauer2007": Reference(
        short="Viechtbauer 2007",
        full="Viechtbauer W. Confidence intervals for the amount of heterogeneity in "
        "meta-analysis. Statistics in Medicine 2007;26:37-52.",
        doi="10.1002/sim.2514",
    ),
    "higgins2009": Reference(
        short="Higgins and others 2009",
        full="Higgins JPT, Thompson SG, Spiegelhalter DJ. A re-evaluation of random-effects "
        "meta-analysis. Journal of the Royal Statistical Society A 2009;172:137-159.",
        doi="10.1111/j.1467-985X.2008.00552.x",
    ),
    "nagashima2019": Reference(
        short="Nagashima, Noma and Furukawa 2019",
        full="Nagashima K, Noma H, Furukawa TA. Prediction intervals for random-effects "
        "meta-analysis: a confidence distribution approach. Statistical Methods in Medical "
        "Research 2019;28:1689-1702.",
        doi="10.1177/0962280218773520",
    ),
    "kenward1997": Reference(
        short="Kenward and Roger 1997",
        full="Kenward MG, Roger JH. Small sample inference for fixed effects from restricted "
        "maximum likelihood. Biometrics 1997;53:983-997.",
        doi="10.2307/2533558",
    ),
    "partlett2017": Reference(
        short="Partlett and Riley 2017",
        full="Partlett C, Riley RD. Random effects meta-analysis: coverage performance of 95% "
        "confidence and prediction intervals following REML estimation. "
        "Statistics in Medicine 2017;36:301-317.",
        doi="10.1002/sim.7140",
    ),
    "sidik2006": Reference(
        short="Sidik and Jonkman 2006",
        full="Sidik K, Jonkman JN. Robust variance estimation for random effects meta-analysis. "
        "Computational Statistics and Data Analysis 2006;50:3681-3701.",
        doi="10.1016/j.csda.2005.07.019",
    ),
    "veroniki2019": Reference(
        short="Veroniki and others 2019",
        full="Veroniki AA, Jackson D, Bender R, Kuss O, Langan D, Higgins JPT, Knapp G, Salanti G. "
        "Methods to calculate uncertainty in the estimated overall effect size from a "
        "random-effects meta-analysis. Research Synthesis Methods 2019;10:23-43.",
        doi="10.1002/jrsm.1319",
    ),
    "higgins2002": Reference(
        short="Higgins and Thompson 2002",
        full="Higgins JPT, Thompson SG. Quantifying heterogeneity in a meta-analysis. "
        "Statistics in Medicine 2002;21:1539-1558.",
        doi="10.1002/sim.1186",
    ),
    "cochran1954": Reference(
        short="Cochran 1954",
        full="Cochran WG. The combination of estimates from different experiments. "
        "Biometrics 1954;10:101-129.",
        doi="10.2307/3001666",
    ),
    "viechtbauer2010": Reference(
        short="Viechtbauer 2010",
        full="Viechtbauer W. Conducting meta-analyses in R with the metafor package. "
        "Journal of Statistical Software 2010;36(3):1-48.",
        doi="10.18637/jss.v036.i03",
    ),
    "hedges1981": Reference(
        short="Hedges 1981",
        full="Hedges LV. Distribution theory for Glass's estimator of effect size and related "
        "estimators. Journal of Educational Statistics 1981;6:107-128.",
        doi="10.3102/10769986006002107",
    ),
    "hedges1982": Reference(
        short="Hedges 1982",
        full="Hedges LV. Estimation of effect size from a series of independent experiments. "
        "Psychological Bulletin 1982;92:490-499.",
        doi="10.1037/0033-2909.92.2.490",
    ),
    "hedges1983": Reference(
        short="Hedges 1983",
        full="Hedges LV. A random effects model for effect sizes. Psychological Bulletin "
        "1983;93:388-395.",
        doi="10.1037/0033-2909.93.2.388",
    ),
    "nguyen2025": Reference(
        short="Nguyen and others 2025",
        full="Nguyen PY, McKenzie JE, Alqaidoom Z, Hamilton DG, Moher D, Page MJ. Reproducibility "
        "of meta-analytic results in systematic reviews of interventions: meta-research study. "
        "BMJ Medicine 2025.",
        doi="10.1136/bmjmed-2025-002024",
    ),
    "luo2018": Reference(
        short="Luo and others 2018",
        full="Luo D, Wan X, Liu J, Tong T. Optimally estimating the sample mean from the sample "
        "size, median, mid-range, and/or mid-quartile range. Statistical Methods in Medical "
        "Research 2018;27:1785-1805.",
        doi="10.1177/0962280216669183",
    ),
    "wan2014": Reference(
        short="Wan and others 2014",
        full="Wan X, Wang W, Liu J, Tong T. Estimating the sample mean and standard deviation from "
        "the sample size, median, range and/or interquartile range. BMC Medical Research "
        "Methodology 2014;14:135.",
        doi="10.1186/1471-2288-14-135",
    ),
    "mcgrath2020": Reference(
        short="McGrath and others 2020",
        full="McGrath S, Zhao X, Steele R, Thombs BD, Benedetti A. Estimating the sample mean and "
        "standard deviation from commonly reported quantiles in meta-analysis. Statistical Methods "
        "in Medical Research 2020;29:2520-2537.",
        doi="10.1177/0962280219889080",
    ),
    "shi2020": Reference(
        short="Shi and others 2020",
        full="Shi J, Luo D, Weng H, and others. Optimally estimating the sample standard deviation "
        "from the five-number summary. Research Synthesis Methods 2020;11:641-654.",
        doi="10.1002/jrsm.1429",
    ),
}

SHORT = {key: reference.short for key, reference in REFERENCES.items()}
"""How each is cited in a text."""


def filled(sentence: str, level: float = USUAL_LEVEL) -> str:
    """Return a sentence of the vocabulary with its citations and ``level``, which stand in braces.

    >>> filled("maximum likelihood ({viechtbauer2005})")
    'maximum likelihood (Viechtbauer 2005)'
    """
    return sentence.format_map({**SHORT, "level": level_text(level)})


def cited(text: str) -> tuple[Reference, ...]:
    """Return the references that a text cites, in the order of their short form."""
    found = [reference for reference in REFERENCES.values() if reference.short in text]
    return tuple(sorted(found, key=lambda reference: reference.short))
