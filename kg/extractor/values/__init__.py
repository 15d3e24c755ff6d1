"""Times and quantities: what the words of a date, a duration, a number and its unit mean."""
