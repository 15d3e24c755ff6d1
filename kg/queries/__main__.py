"""Print the catalogue of the questions."""
import sys

from .catalogue import catalogue_page

sys.stdout.write(catalogue_page())
