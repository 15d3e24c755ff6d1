"""Grammatical relations by their names. The labels are ClearNLP's, as spaCy's English models give them; no
other room spells one."""

from __future__ import annotations

SUBJECT, PASSIVE_SUBJECT, CLAUSAL_SUBJECT, EXPLETIVE = "nsubj", "nsubjpass", "csubj", "expl"
OBJECT, INDIRECT_OBJECT, AGENT = "dobj", "dative", "agent"
PREPOSITION, PREPOSITIONAL_OBJECT, PREPOSITIONAL_CLAUSE = "prep", "pobj", "pcomp"
ATTRIBUTE, ADJECTIVAL_COMPLEMENT, OBJECT_PREDICATE = "attr", "acomp", "oprd"
CONTENT_CLAUSE, OPEN_CLAUSE, ADVERBIAL_CLAUSE = "ccomp", "xcomp", "advcl"
RELATIVE_CLAUSE, ADNOMINAL_CLAUSE = "relcl", "acl"
CONJUNCT, CONJUNCTION, APPOSITION = "conj", "cc", "appos"
POSSESSOR, DETERMINER, PREDETERMINER, NUMBER, NUMBER_MODIFIER = "poss", "det", "predet", "nummod", "quantmod"
COMPOUND, NOUN_MODIFIER, ADJECTIVE, ADVERB, NOUN_ADVERB = "compound", "nmod", "amod", "advmod", "npadvmod"
AUXILIARY, PASSIVE_AUXILIARY, NEGATION, PARTICLE, MARKER = "aux", "auxpass", "neg", "prt", "mark"
PAIRED, PUNCTUATION, ROOT, FLAT = "preconj", "punct", "ROOT", "flat"

NOMINAL_SUBJECTS = frozenset({SUBJECT, PASSIVE_SUBJECT})
SUBJECTS = NOMINAL_SUBJECTS | {CLAUSAL_SUBJECT, "csubjpass"}
OBJECTS = frozenset({OBJECT, "obj"})
#: What takes part in a verb itself, without a preposition.
CORE = NOMINAL_SUBJECTS | {OBJECT}
#: What the verb does something to.
UNDERGOERS = frozenset({OBJECT, PASSIVE_SUBJECT})
#: What is said of a subject or an object.
COMPLEMENTS = frozenset({ATTRIBUTE, ADJECTIVAL_COMPLEMENT, OBJECT_PREDICATE})
#: Nouns, and nouns or adjectives, that stand before the noun they modify.
COMPOUNDS = frozenset({COMPOUND, NOUN_MODIFIER})
PREMODIFIERS = COMPOUNDS | {ADJECTIVE}
#: What counts a noun.
NUMBERS = frozenset({NUMBER, NUMBER_MODIFIER})
#: Clauses on a noun, and those under a verb.
NOUN_CLAUSES = frozenset({RELATIVE_CLAUSE, ADNOMINAL_CLAUSE})
VERB_CLAUSES = frozenset({CONTENT_CLAUSE, OPEN_CLAUSE, ADVERBIAL_CLAUSE})
AUXILIARIES = frozenset({AUXILIARY, PASSIVE_AUXILIARY})
