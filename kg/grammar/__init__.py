"""What English does, said once for everyone: the tree, clauses and voices, nouns as predicates, quotations, speakers, cues."""
