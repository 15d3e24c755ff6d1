"""Print the catalogue of the questions."""

import sys

from kg.queries.catalogue import catalogue_page

sys.stdout.write(catalogue_page())
