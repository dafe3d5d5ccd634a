"""Every printed number of the project beside the computed one, computed once for all modules."""

from functools import cache

from liftproof.project_pages import reproductions
from support.workflow_project import REPOSITORY

every_reproduction = cache(lambda: reproductions(REPOSITORY))
