"""Checks on ``house`` of ``config/config.yaml``: colours that can be seen, files that are there."""

import re
from collections.abc import Iterator
from pathlib import Path

from liftproof.reviews.files.yaml_record import YamlRecord
from liftproof.reviews.model.configuration import Configuration
from liftproof.reviews.model.house_style import OTHER_FONT, OWN_FONT, HouseStyle
from liftproof.reviews.model.problems import Problem
from liftproof.suggest import did_you_mean

LEAST_CONTRAST = 3.0
"""Of a graphical object with its ground (WCAG 2.2, criterion 1.4.11)."""
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_FONTS = (b"\x00\x01\x00\x00", b"OTTO", b"true")
_PICTURE = b"\x89PNG\r\n\x1a\n"
_LINEAR, _GAMMA = 0.04045, 2.4


def check_house(typed: YamlRecord[Configuration], project: Path) -> Iterator[Problem]:
    """Yield what is wrong with the house style, where the file has one."""
    house = typed.record.house
    if house is None:
        return
    for name in ("trial_colour", "pooled_colour"):
        yield from _colour(typed, name, getattr(house, name))
    if house.font not in (OWN_FONT, OTHER_FONT):
        yield from _font(typed, house, project)
    if house.logo:
        yield from _file(typed, "logo", house.logo, project, (_PICTURE,), ".png")
    if house.address and not house.address.startswith(("https://", "http://")):
        yield _problem(typed, "address", "no address", "begin it with https://", house.address)


def contrast_with_white(colour: str) -> float:
    """Return the contrast of a colour with white by WCAG 2.2, from 1 to 21.

    >>> contrast_with_white("#000000"), round(contrast_with_white("#0173b2"), 2)
    (21.0, 5.13)
    """
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        share / 12.92 if share <= _LINEAR else ((share + 0.055) / 1.055) ** _GAMMA
        for share in shares
    ]
    luminance = sum(w * part for w, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 1.05 / (luminance + 0.05)


def _colour(typed: YamlRecord[Configuration], name: str, colour: str) -> Iterator[Problem]:
    if not colour:
        if ("house", name) in typed.lines:
            remedy = "write it in quotes: what follows # is a remark"
            yield _problem(typed, name, "no colour", remedy, colour)
        return
    if not _COLOUR.fullmatch(colour):
        yield _problem(typed, name, "no colour", "write such as '#0173b2', in quotes", colour)
        return
    contrast = contrast_with_white(colour)
    if contrast < LEAST_CONTRAST:
        wrong = f"a colour too light for white paper: contrast {contrast:.1f}"
        yield _problem(typed, name, wrong, f"darken it to {LEAST_CONTRAST:g} or more", colour)


def _font(typed: YamlRecord[Configuration], house: HouseStyle, project: Path) -> Iterator[Problem]:
    if not house.font.endswith((".ttf", ".otf")):
        near = did_you_mean(house.font, (OWN_FONT, OTHER_FONT))
        remedy = f"{near}, or write the path of a file that ends in .ttf or .otf"
        yield _problem(typed, "font", "no such font", remedy, house.font)
        return
    yield from _file(typed, "font", house.font, project, _FONTS, house.font[-4:])


def _file(
    typed: YamlRecord[Configuration],
    name: str,
    path: str,
    project: Path,
    beginnings: tuple[bytes, ...],
    ending: str,
) -> Iterator[Problem]:
    """Yield what is wrong with a file that is named: it has to lie in the project, and be one."""
    found = (project / path).resolve()
    if not found.is_relative_to(project.resolve()):
        yield _problem(typed, name, "a file outside of the project", "put it below config/", path)
    elif not found.is_file():
        yield _problem(typed, name, "no such file", "put it there, or delete the key", path)
    elif not (path.endswith(ending) and found.read_bytes()[:8].startswith(beginnings)):
        yield _problem(typed, name, f"no {ending} file", "export it again", path)


def _problem(
    typed: YamlRecord[Configuration], name: str, wrong: str, remedy: str, found: str
) -> Problem:
    return typed.problem(("house", name), wrong, remedy, found=found, column=name)
