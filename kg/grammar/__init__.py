"""What English does, said once for everyone: tree, clauses, voices, nouns as predicates, cues, speech."""
