"""The words of the field that readers of a report meet, each in a plain sentence."""

from collections.abc import Mapping

GLOSSARY: Mapping[str, str] = {
    "absolute numbers": "how many of 1000 people have the event in either group: the same risk "
    "ratio spares many where the event is common, and few where it is rare",
    "certainty by GRADE": "how far the trials can be relied on, in four steps from very low to "
    "high, judged by a published scheme",
    "cluster trial": "teams or units were drawn by lot, not people; people of a team are alike, so "
    "that such a trial tells less than its number of people seems to say",
    "confidence interval": "the range of average effects that the trials are compatible with; one "
    "at 95 % misses the true average once in twenty times, if the model holds",
    "forest plot": "a picture of one line a trial: a square for its estimate, a line for its "
    "interval, and a diamond for the average of all",
    "Hartung-Knapp": "a way to compute the confidence interval that allows for few trials; it is "
    "mostly wider than the usual one, which is named after Wald",
    "hazard ratio": "how often an event happens at any moment with the intervention, as a share of "
    "how often without it",
    "I²": "the share of the spread between the results of trials that chance does not explain; it "
    "says nothing about how large that spread is",
    "multiverse": "the estimate under every combination of defensible choices of data and method, "
    "not of one combination alone",
    "no effect": "a ratio of 1, or a difference of 0; an interval that includes it does not show "
    "an effect, nor that there is none",
    "prediction interval": "the range in which the true effect of a new trial like these is "
    "expected; it is wider than the confidence interval, which is about the average",
    "random effects": "a model in which each trial has a true effect of its own, spread around an "
    "average",
    "rate ratio": "injuries per hour or per session with the intervention, as a share of those "
    "without it",
    "risk ratio": "the share of people with an event in the intervention group over that in the "
    "control group: 0.5 is half as many, 1 no difference",
    "small-study effects": "small trials that show larger effects than large ones, often because "
    "those without an effect were not published",
    "standardised mean difference": "a difference of means in units of the standard deviation "
    "between people",
    "τ²": "the variance of the true effects between trials, on the scale on which they are pooled; "
    "its square root is in the unit of the effect",
    "weight": "how much a trial counts in the average: more the more precise it is",
}
"""By term, in the order of the alphabet."""
