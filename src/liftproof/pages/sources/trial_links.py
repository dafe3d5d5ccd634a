"""Links to where the numbers of the trials of an analysis come from."""

from collections.abc import Iterator

from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.page_link import PageLink
from liftproof.pages.sources.trial_sources import trial_anchor


def source_links(inputs: ReviewInputs, analysis: str) -> Iterator[PageLink]:
    """Yield a link to the entry of each trial that was pooled, then to how numbers are known."""
    review = inputs.review
    pooled = {effect.study for effect in inputs.effects_of(analysis) if not effect.left_out}
    for study in review.studies:
        if study.study in pooled:
            yield PageLink(text=study.label, anchor=trial_anchor(review.name, study.study))
    yield PageLink(text="how the numbers are known", anchor=f"review-{review.name}-data")
