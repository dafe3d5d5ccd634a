"""Small-study effects: do small trials show other effects than large ones, and what if they do.

``egger``, ``count_tests`` and ``rank_tests`` test the funnel's asymmetry. ``trim_and_fill``,
``pet_peese``, ``limit_meta``, ``henmi_copas`` and ``selection`` estimate what is left without it.
``excess_significance`` and ``fail_safe`` ask how many trials are significant or missing; ``funnel``
draws. Each result says in ``cannot_tell`` what it cannot tell at its number of trials.
"""
