"""How a clinic has its kits for blogs look: the keys below ``house`` of ``config/config.yaml``."""

from dataclasses import dataclass

from liftproof.reviews.model.keys import TextKind, key

COLOUR = TextKind(holds="a colour as #rrggbb, in quotes")
TRIAL_COLOUR, POOLED_COLOUR = "#0173b2", "#d55e00"
"""Of seaborn's palette for the colour-blind."""
OWN_FONT, OTHER_FONT = "liftproof", "dejavu"
"""The fonts that come with the package and with matplotlib."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseStyle:
    """The house style of the kits. Files are named from the folder of the project."""

    name: str = key("name of the clinic, on share cards and previews", example="Clinic in the Park")
    trial_colour: str = key(
        "colour of trials; it stands out from white by a contrast of 3 at least",
        COLOUR,
        otherwise=f"`{TRIAL_COLOUR}`",
        example=f"'{TRIAL_COLOUR}'",
    )
    pooled_colour: str = key(
        "colour of what is pooled, likewise",
        COLOUR,
        otherwise=f"`{POOLED_COLOUR}`",
        example=f"'{POOLED_COLOUR}'",
    )
    font: str = key(
        "font of the texts: `liftproof`, `dejavu`, or a file of a font",
        TextKind(holds="a name, or a path in the project that ends in .ttf or .otf"),
        default=OWN_FONT,
        example="dejavu",
    )
    logo: str = key(
        "picture for share cards",
        TextKind(holds="a path in the project that ends in .png"),
        otherwise="none",
        example="config/logo.png",
    )
    address: str = key(
        "where the folders of the kits will lie on the web, for links and pictures of snippets",
        TextKind(holds="an address that begins with https://"),
        otherwise="snippets expect the files beside the page",
        example="https://clinic.example/figures",
    )
