"""The registry of sections: what the page of a review holds, in its order."""

from liftproof.pages.certainty.bias_figure import RISK_OF_BIAS
from liftproof.pages.certainty.certainty_tables import certainty_section
from liftproof.pages.certainty.icon_figure import ICONS
from liftproof.pages.changes.changes_section import changes_section
from liftproof.pages.diagnostics.diagnostic_tables import diagnostics_section
from liftproof.pages.diagnostics.funnel_figure import FUNNEL
from liftproof.pages.diagnostics.gosh_figure import GOSH
from liftproof.pages.diagnostics.panel_figures import PANELS
from liftproof.pages.dose.dose_figure import DOSE
from liftproof.pages.dose.dose_tables import dose_section
from liftproof.pages.estimates.estimates_section import engines_section, estimates_section
from liftproof.pages.estimates.shared_sentences import shared_methods
from liftproof.pages.explorer.explorer_section import explorer_section
from liftproof.pages.forest.forest_figure import FOREST
from liftproof.pages.forest.forest_section import forest_section
from liftproof.pages.forest.step_figure import IN_TIME, WITHOUT_EACH
from liftproof.pages.multiverse.curve_figure import CURVE
from liftproof.pages.multiverse.multiverse_tables import multiverse_section
from liftproof.pages.outcomes.outcomes_section import outcomes_section
from liftproof.pages.page_section import PageSection
from liftproof.pages.printed.printed_section import printed_section
from liftproof.pages.printed.reproduction_figure import REPRODUCTION
from liftproof.pages.prints.prints_figure import PRINTS
from liftproof.pages.prints.prints_section import prints_section
from liftproof.pages.sources.flow_figure import FLOW
from liftproof.pages.sources.missing_section import missing_section
from liftproof.pages.sources.sources_section import sources_section
from liftproof.pages.stopping.stopping_section import stopping_section
from liftproof.rows.cause_rows import CauseRow
from liftproof.rows.certainty_rows import FindingRow, FlagRow
from liftproof.rows.change_rows import ChangeRow
from liftproof.rows.contrast_rows import ContrastRow
from liftproof.rows.dose_rows import DoseCurveRow, DoseRow, DoseTrialRow
from liftproof.rows.multiverse_rows import ChoiceRow, CurveRow, MultiverseRow
from liftproof.rows.print_rows import PrintRow
from liftproof.rows.result_rows import (
    DiagnosticRow,
    EffectRow,
    EngineRow,
    EstimateRow,
    ReproductionRow,
    SubgroupRow,
)

SECTIONS = (
    PageSection(
        topic="changes",
        anchor="changes",
        contents="What was added",
        heading="What was added, and what it did",
        view_model=changes_section,
        template="changes.html.j2",
        row_classes=(ChangeRow,),
    ),
    PageSection(
        topic="prints",
        anchor="prints",
        contents="Printed elsewhere",
        heading="What other reviews printed",
        view_model=prints_section,
        template="prints.html.j2",
        row_classes=(PrintRow,),
        places=(PRINTS.name,),
        needs_trials=False,
    ),
    PageSection(
        topic="forest",
        anchor="plots",
        contents="Forest plots",
        heading="Forest plots",
        view_model=forest_section,
        template="forest.html.j2",
        row_classes=(EffectRow,),
        places=(FOREST.name, IN_TIME.name, WITHOUT_EACH.name),
    ),
    PageSection(
        topic="explorer",
        anchor="explorer",
        contents="Explorer: choose for yourself",
        heading="Explorer: choose for yourself",
        view_model=explorer_section,
        template="explorer.html.j2",
    ),
    PageSection(
        topic="outcomes",
        anchor="outcomes",
        contents="What came out",
        heading="What came out",
        view_model=outcomes_section,
        template="outcomes.html.j2",
        row_classes=(EstimateRow, ReproductionRow),
    ),
    PageSection(
        topic="estimates",
        anchor="estimates-title",
        contents="Estimates",
        heading="Estimates",
        view_model=estimates_section,
        template="estimates.html.j2",
        row_classes=(EstimateRow, SubgroupRow, ContrastRow),
    ),
    PageSection(
        topic="certainty",
        anchor="certainty-title",
        contents="Certainty",
        heading="How certain the evidence is",
        view_model=certainty_section,
        template="certainty.html.j2",
        row_classes=(FindingRow, FlagRow),
        places=(ICONS.name, RISK_OF_BIAS.name),
    ),
    PageSection(
        topic="printed",
        anchor="reproduction-title",
        contents="Printed beside computed",
        heading="Printed and computed",
        view_model=printed_section,
        template="printed.html.j2",
        row_classes=(ReproductionRow, CauseRow),
        places=(REPRODUCTION.name,),
    ),
    PageSection(
        topic="multiverse",
        anchor="multiverse-title",
        contents="Other choices",
        heading="What other choices would have given",
        view_model=multiverse_section,
        template="multiverse.html.j2",
        row_classes=(MultiverseRow, ChoiceRow, CurveRow),
        places=(CURVE.name,),
    ),
    PageSection(
        topic="dose",
        anchor="doses-title",
        contents="Dose",
        heading="Does the effect go with dose?",
        view_model=dose_section,
        template="dose.html.j2",
        row_classes=(DoseRow, DoseTrialRow, DoseCurveRow),
        places=(DOSE.name,),
    ),
    PageSection(
        topic="sources",
        anchor="missing",
        contents="Trials left out or awaited",
        heading="Trials left out, and trials that await data",
        view_model=missing_section,
        template="missing.html.j2",
        row_classes=(EffectRow,),
        places=(FLOW.name,),
    ),
    PageSection(
        topic="sources",
        anchor="data",
        contents="Sources: where each number comes from",
        heading="Where the numbers come from",
        view_model=sources_section,
        template="sources.html.j2",
    ),
    PageSection(
        topic="diagnostics",
        anchor="diagnostics-title",
        contents="How far to trust it",
        heading="How far the estimates can be trusted",
        view_model=diagnostics_section,
        template="diagnostics.html.j2",
        row_classes=(DiagnosticRow,),
        places=(FUNNEL.name, *(kind.name for kind in PANELS), GOSH.name),
    ),
    PageSection(
        topic="stopping",
        anchor="stopping",
        contents="Is it enough, and what would change it?",
        heading="Is it enough, and what would change it?",
        view_model=stopping_section,
        template="stopping.html.j2",
        row_classes=(DiagnosticRow,),
    ),
    PageSection(
        topic="estimates",
        anchor="second",
        contents="Second opinions",
        heading="Second opinions",
        view_model=engines_section,
        template="engines.html.j2",
        row_classes=(EngineRow,),
    ),
    PageSection(
        topic="estimates",
        anchor="methods",
        contents="By which methods",
        heading="Methods",
        view_model=shared_methods,
        template="methods.html.j2",
    ),
)
