"""Who says what: quotations and their speakers, cues with their content, remarks between commas and brackets."""
