"""The words that the grammar needs, as ontology/words/grammar.toml lists them; what each list is for is said there."""

from __future__ import annotations

from kg.vocabulary import word_lists

_LISTS = word_lists("grammar")

#: What the grammar calls the places of a predication, beside the prepositions and particles under which one stands.
SLOTS = frozenset(
    "subject object indirect complement possessor modifier clause infinitive that question where host governor finder "
    "self".split()
)

LIGHT = _LISTS.sets("light")
PREPOSITION_CONTROL = _LISTS.sets("preposition_control")
MISREAD = _LISTS.spellings("misread")
PREPOSITIONS = _LISTS["prepositions"]
COMPOUND_PREPOSITION = _LISTS["compound_preposition"]
OBJECT_GERUND = _LISTS["object_gerund"]
RELATIVE = _LISTS["relative"]
DEFINITE = _LISTS["definite_articles"]
NEGATIVE_DETERMINER = _LISTS["negative_determiner"]
NEGATIVE_ADVERB = _LISTS["negative_adverb"]
NEGATIVE_PRONOUN = _LISTS["negative_pronoun"]
KIN = _LISTS["kin"]
LOCATIVE_ADVERB = _LISTS["locative_adverb"]
LATER = _LISTS["later"]
EITHER_NUMBER = _LISTS["either_number"]
COPULAS = _LISTS["copulas"]
SUBJECT_CONTROL = _LISTS["subject_control"]
DITRANSITIVE = _LISTS["ditransitive"]
NEEDS_OBJECT = _LISTS["needs_object"]
RESULTATIVE = _LISTS["resultative"]
VANISHING = _LISTS["vanishing"]
UNDERGOING = _LISTS["undergoing"]
HAPPENING = _LISTS["happening"]
STRIKING = _LISTS["striking"]
RESULTS = _LISTS["results"]
AIMED = _LISTS["aimed"]
REPORTING = _LISTS["reporting"]
OWNING_UP = _LISTS["owning_up"]
ATTENDING = _LISTS["attending"]
SKIPPING = _LISTS["skipping"]
WANTING = _LISTS["wanting"]
FIXED = _LISTS["fixed"]
STATES = _LISTS["states"]
NO_EVENT = _LISTS["no_event"]
NAMED_AFTER_OF = word_lists("names")["named_after_of"]
TARGETS = _LISTS["targets"]
LACKING = _LISTS["lacking"]
BUNDLES = _LISTS["bundles"]
UNDER = _LISTS["under"]
CONVEYANCES = _LISTS["conveyances"]
NO_CHARGE = _LISTS["no_charge"]
NO_PLACE_BARE = _LISTS["no_place_bare"]
UNDONE = _LISTS["undone"]
AIMS = _LISTS["aims"]
HOPEFULS = _LISTS["hopefuls"]
FACED = _LISTS["faced"]
COMING_UNDER = _LISTS["coming_under"]
ISSUING = _LISTS["issuing"]
ISSUED = _LISTS["issued"]
CASUALTIES = _LISTS["casualties"]
STAYING_AWAY = _LISTS["staying_away"]
TELLING = _LISTS["telling"]
DROPPING = _LISTS["dropping"]
OCCURRING = _LISTS["occurring"]
CIRCUMSTANCES = _LISTS["circumstances"]
POST_NOUNS = _LISTS["post_nouns"]
HOLDING_POST = _LISTS["holding_post"]
TAKING_POST = _LISTS["taking_post"]
LEAVING_POST = _LISTS["leaving_post"]
INSTALLING = _LISTS["installing"]
SERVING = _LISTS["serving"]
