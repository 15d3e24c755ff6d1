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
PAIRED, PUNCTUATION, ROOT, CASE, LOOSE = "preconj", "punct", "ROOT", "case", "dep"

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
#: What stands before a noun and belongs to its phrase, or all that does but for article and owner.
DESCRIBING = PREMODIFIERS | {NUMBER}
IN_PHRASE = DESCRIBING | {DETERMINER, PREDETERMINER, POSSESSOR}
#: What a number hangs by on what it counts or measures.
COUNTING = PREMODIFIERS | NUMBERS
MEASURING = COUNTING | {NOUN_ADVERB}
#: What a number behind a name hangs by.
APPENDED = frozenset({NUMBER, APPOSITION, NOUN_ADVERB})
#: Nouns that share the place of another one.
JOINED = frozenset({CONJUNCT, APPOSITION, PREPOSITIONAL_OBJECT, OBJECT})
#: What makes a noun a name of the one beside it.
TITLES = PREMODIFIERS | {APPOSITION}
#: Clauses of all kinds below a word.
CLAUSES = NOUN_CLAUSES | VERB_CLAUSES | {CLAUSAL_SUBJECT}
#: What a verb says how much by: "weighs five tons", "put it at five".
HELD = OBJECTS | COMPLEMENTS | {NOUN_ADVERB, PREPOSITIONAL_OBJECT}
#: Clauses that say more of the main clause or of one of its nouns.
ADJOINED = NOUN_CLAUSES | {ADVERBIAL_CLAUSE}
#: What stands beside another noun of its kind.
BESIDE = frozenset({APPOSITION, CONJUNCT})
#: Where a participle without auxiliary may be the predicate of a clause.
MAIN = frozenset({ROOT, RELATIVE_CLAUSE, CONJUNCT})
#: What tells whose or of what kind a noun is.
OWNING = PREMODIFIERS | {POSSESSOR}
#: What is no part of the words for a person or thing: clauses, appositions, what is coordinated, what is set off.
OUTSIDE = CLAUSES - {OPEN_CLAUSE, CLAUSAL_SUBJECT} | BESIDE | {MARKER, CONJUNCTION, PUNCTUATION}
#: … nor is what specifies a noun, or makes a verb a clause.
EDGE = frozenset({DETERMINER, PREDETERMINER, POSSESSOR, SUBJECT, AUXILIARY})
#: What opens a clause.
OPENING = frozenset({MARKER, ADVERB, PREPOSITION})
#: Verb forms and modifiers that are no predicate of a clause.
NO_PREDICATE = AUXILIARIES | {ADJECTIVE}
#: How adverbs hang on what they modify.
ADVERBIAL = frozenset({ADVERB, PAIRED, CONJUNCTION, NOUN_ADVERB})
#: What a verb has as subject, real or not.
ANY_SUBJECT = NOMINAL_SUBJECTS | {EXPLETIVE}
#: Nouns that take part in a verb, whatever they do to it.
ARGUMENTS = CORE | OBJECTS | {INDIRECT_OBJECT, AGENT}
#: Links that are part of a phrase, and share its lot.
WITHIN = IN_PHRASE - {PREDETERMINER} | COMPLEMENTS | {ADVERB, NOUN_ADVERB, NUMBER_MODIFIER, CASE}
#: Clauses that are the content of a governor.
CONTENT = frozenset({CONTENT_CLAUSE, OPEN_CLAUSE})
CONTENTS = CONTENT | {CLAUSAL_SUBJECT, "csubjpass"}
#: Verbs that have their subject, and what else is said with them, from the clause above.
BORROWED = frozenset({OPEN_CLAUSE, PREPOSITIONAL_CLAUSE})
#: How a year hangs on what it dates, rather than counts.
DATED = (
    BESIDE
    | CORE
    | frozenset({PREPOSITIONAL_OBJECT, NOUN_ADVERB, "tmod", LOOSE, ROOT, NOUN_MODIFIER, ATTRIBUTE}) - {PASSIVE_SUBJECT}
)
#: Whatever stands before a noun in its phrase, and is no phrase itself; then what such a phrase begins with.
BEFORE = PREMODIFIERS | NUMBERS | {ADVERB, NOUN_ADVERB}
DETERMINERS = frozenset({DETERMINER, PREDETERMINER})
SPECIFYING = frozenset({DETERMINER, POSSESSOR, CASE})
COORDINATION = frozenset({CONJUNCTION, CONJUNCT})
#: Objects with or without a preposition.
ANY_OBJECT = OBJECTS | {PREPOSITIONAL_OBJECT, INDIRECT_OBJECT}
#: Nouns that a verb has without a preposition, real or not, and what a copula says of one.
CLAUSAL_NOUNS = ANY_SUBJECT | OBJECTS | {ATTRIBUTE}
AFTER_PREPOSITION = frozenset({PREPOSITIONAL_OBJECT, PREPOSITIONAL_CLAUSE})
#: What may deny a verb, or half of it ("neither").
DENYING = frozenset({NEGATION, ADVERB, PAIRED})
#: A noun that stands as an owner before another; the parser takes some for modifiers.
POSSESSING = frozenset({POSSESSOR, NOUN_MODIFIER})
#: Where a word of saying is a helper or part of a noun phrase.
NO_CUE = NO_PREDICATE | {COMPOUND, PUNCTUATION}
#: By what a quoted phrase is part of the clause around it.
OF_A_CLAUSE = frozenset({PREPOSITIONAL_OBJECT, SUBJECT, ADJECTIVE, ATTRIBUTE, COMPOUND, ADJECTIVAL_COMPLEMENT})
#: Clauses that "X said" at the end of a sentence covers with the main one.
COVERED = frozenset({CONTENT_CLAUSE, CONJUNCT, ADVERBIAL_CLAUSE})
#: What carries the object of a verb or the adjunct in which its content may hide.
CARRYING = frozenset({PREPOSITION, AGENT, INDIRECT_OBJECT})
#: Modifiers before or after a noun that are no clause of its sentence.
OF_A_NOUN = frozenset({ADJECTIVE, ADNOMINAL_CLAUSE})
