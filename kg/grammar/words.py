"""Closed classes of English that the grammar needs: light verbs, control, prepositions. No event vocabulary lives here."""

from __future__ import annotations


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


#: What the grammar calls the places of a predication, beside the prepositions and particles under which one stands.
SLOTS = _words("""
    subject object indirect complement possessor modifier clause infinitive that question where host governor
    finder self""")
#: Prepositions, also those that look like a verb, and the particles that stand as one.
PREPOSITIONS = _words("""
    abaft aboard about above across after against ahead along alongside amid amidst among amongst apart around
    as aside at atop away back barring because before behind below beneath beside besides between beyond but by
    circa concerning considering despite depend down due during except exclude excluding far follow following
    for forth forward from in include including inside instead into involve involving less like minus near next
    notwithstanding of off on onto opposite out outside over owe owing past pending per plus post prior regard
    regarding respecting round save since than through throughout thru till to together toward towards under
    underneath unlike until unto up upon versus via vs with within without worth""")
#: Light verbs and the nouns that then carry the meaning; an empty set: any deverbal noun.
LIGHT: dict[str, frozenset[str]] = {
    "pay": _words("visit tribute homage respect"),
    "make": _words("""accusation allegation announcement appeal appearance appointment arrest arrival attack attempt call
        charge claim comment complaint contribution deal decision declaration demand denial departure deposit discovery donation
        entry escape investment landing loan offer payment pledge plea profit promise proposal purchase recommendation remark
        reply request return sacrifice speech statement stop threat trip visit vow withdrawal"""),
    "hold": _words("""ceremony conference consultation convention conversation debate demonstration discussion dialogue election
        exercise funeral hearing inquiry interview march meeting memorial negotiation poll procession protest rally referendum
        session sitting strike summit talk trial vigil vote wedding"""),
    "have": _words("argument conversation dialogue discussion exchange lunch dinner meeting phone talk"),
    "give": _words("""address approval assurance briefing concert consent evidence interview lecture order permission pledge
        promise reply speech statement support testimony tour warning welcome"""),
    "take": _words("action decision flight journey ride step tour trip vote"),
    "do": _words("interview deal business"),
    "reach": _words("accord agreement compromise deal settlement truce verdict"),
    "strike": _words("accord agreement bargain deal"),
    "sign": frozenset(),
    "conclude": frozenset(),
    "deliver": _words("address judgment lecture ruling sentence speech statement testimony verdict warning"),
    "issue": _words("""apology appeal call denial decree order ruling statement threat ultimatum verdict warning"""),
    "launch": frozenset(),
    "conduct": frozenset(),
    "perform": frozenset(),
    "stage": frozenset(),
    "mount": frozenset(),
    "carry out": frozenset(),
    "undertake": frozenset(),
    "commit": frozenset(),
    "begin": frozenset(),
    "start": frozenset(),
    "open": _words("investigation inquiry probe negotiation talk trial fire"),
    "wage": frozenset(),
    "lead": frozenset(),
    "file": _words("appeal charge claim complaint lawsuit motion petition suit"),
    "lodge": _words("appeal complaint protest"),
    "bring": _words("action case charge claim lawsuit suit"),
    "face": _words("accusation allegation charge criticism inquiry investigation lawsuit trial"),
    "complete": frozenset(),
    "continue": frozenset(),
    "finish": frozenset(),
    "resume": frozenset(),
    "end": frozenset(),
    "wrap up": frozenset(),
    "attend": frozenset(),
    "skip": frozenset(),
    "boycott": frozenset(),
    "join": frozenset(),
    "cancel": frozenset(),
    "postpone": frozenset(),
    "organize": frozenset(),
    "organise": frozenset(),
    "plan": frozenset(),
    "host": frozenset(),
    "suffer": frozenset(),
    "sustain": _words("injury wound"),
    "stand": _words("trial"),
    "receive": _words("award medal prize sentence visit wound injury"),
    "set": _words("fire"),
}
#: Light verbs that truly vanish: the verb itself says nothing more. The others leave a predication of their own.
VANISHING = _words(
    "pay make hold have give take do deliver issue conduct perform stage mount undertake commit wage"
) | {"carry out"}
#: Light verbs whose subject undergoes what the noun says.
UNDERGOING = _words("suffer sustain receive face stand")
#: Verbs whose base form spaCy's rules get wrong.
MISREAD = {"fin": "fine", "wag": "wage", "stag": "stage", "su": "sue", "rat": "rate", "co-founde": "co-found"}

#: Verbs that say no more than that their subject happens.
HAPPENING = _words("happen occur begin start end last erupt continue resume follow unfold fail collapse")
#: Adverbs that set the second of two verbs at another time.
LATER = _words("later subsequently eventually afterwards then finally soon now")

#: Verbs whose subject, not their object, does what the infinitive says.
SUBJECT_CONTROL = _words("promise threaten vow pledge swear use")
#: Prepositions whose object does what the infinitive says ("called on them to leave").
PREPOSITION_CONTROL: dict[str, frozenset[str]] = {
    "call": _words("on upon for"),
    "appeal": _words("to"),
    "plead": _words("with"),
    "wait": _words("for"),
    "arrange": _words("for"),
    "push": _words("for"),
    "press": _words("for"),
    "pray": _words("for"),
    "sign": _words("with"),
}
#: Verbs with which a sentence ends that reports ("…, the firm announced").
REPORTING = _words("announce report say state confirm disclose reveal add note claim show")
#: Nouns that hold many of one kind.
BUNDLES = _words("series spate wave string number flurry succession barrage dozen score hundred couple pair spree set")
#: Verbs with which one owns up to a deed ("claimed responsibility for").
OWNING_UP = _words("claim accept admit acknowledge take assume")
#: What one comes "under" that is done to one.
UNDER = _words("attack fire gunfire siege assault bombardment shelling investigation scrutiny criticism arrest")
#: Participles and adjectives that tell at what an event is aimed.
AIMED = _words("target aim direct level")
#: What an event does to where it takes place.
STRIKING = _words(
    "hit rock shake strike rip tear target kill injure wound claim leave destroy damage devastate shatter sweep engulf ravage"
)
#: What follows from an event, in a participle after it ("…, killing two").
RESULTS = _words("""kill injure wound maim leave damage destroy trap force cause prompt spark trigger bring send displace disrupt raise bury
    paralyze shut cut ignite set""")
#: Verbs whose adjective tells what their doer brought about ("shot dead by"); who finds someone dead did not kill.
RESULTATIVE = _words("shoot stab beat strike hack leave gun")
#: What one travels by.
CONVEYANCES = _words("""air aircraft airplane ambulance bicycle bike boat bus car carriage coach ferry foot helicopter horse jet land lorry minibus
    motorbike motorcycle plane rail railway road sea ship speedboat taxi train tram truck van yacht""")

#: Before a gerund: the object of the governing verb is the doer, if it has one ("accused him of stealing").
OBJECT_GERUND = _words("of with from for against into")

#: Verbs that in the passive keep a thing given and raise the receiver ("was awarded a prize").
DITRANSITIVE = _words("award give grant offer send show teach tell pay hand lend promise deny ask serve deal owe allow")
#: Verbs that need an object, so that a bare past form after a noun phrase is a passive without its auxiliary ("Miners freed").
NEEDS_OBJECT = _words("""abduct accuse acquit appoint approve arrest assassinate ban behead bomb build capture charge condemn
    convict deport detain dismiss elect evict execute exonerate expel extradite free hit honour honor impeach inaugurate indict injure jail
    kidnap kill launch name nominate oust recover release remand rescue reopen sack seize sentence shut slay stab suspend
    shoot swear torture unveil wound""")

#: Predicates in the passive or as adjectives that raise the subject of their infinitive; all others control it just the same.
COPULAS = _words("be become remain seem appear look stay feel prove get turn go sound")
#: First halves of compound prepositions, written as one slot ("out of", "because of").
COMPOUND_PREPOSITION = _words(
    "out because instead ahead outside inside along as close due according next prior thanks up down away off"
)
RELATIVE = _words("which that who whom whose where when why")
NEGATIVE_DETERMINER = _words("no neither")
NEGATIVE_ADVERB = _words("not n't never nor n’t")
NEGATIVE_PRONOUN = _words("nobody none nothing no-one noone")
LOCATIVE_ADVERB = _words("there here abroad overseas home nearby elsewhere inside outside upstairs underground")

#: Verbs that say how a thing is, not that something happens; they make no generic event.
STATES = _words("""be have seem appear look feel sound consist contain include belong mean matter depend involve concern own
    lack need want like love hate prefer hope wish believe think know understand doubt assume suppose consider regard remain stay
    equal exceed cost weigh resemble represent deserve exist tend let live work face fear worry comprise rely refer compare focus date enjoy suit fit rank last
    reflect share differ vary correspond relate apply serve span cover hope aim struggle matter""")
#: Verbs that only help another one, or that carry no event of their own.
NO_EVENT = _words("""do get go come make take put begin start continue keep stop cease try attempt manage fail help use base accord
    regard follow concern give set turn become prove mark see show expect intend plan seek allow enable require cause lead result
    happen occur call name know include say""")
#: Verbs of being present; negated they tell of an absence.
ATTENDING = _words("attend join participate")
#: Verbs of staying away from what they name.
SKIPPING = _words("skip miss boycott shun snub")
#: What stands after "for" without being an offence.
NO_CHARGE = _words("""soil territory warrant order request flight train street ship board scene spot way arrival
    return basis reason cause purpose time second minute hour day week month year decade trial questioning role part life
    sake safety failure clue evidence sign answer way survivor body victim""")
#: Nouns that without an article name a condition or a manner rather than a place.
NO_PLACE_BARE = _words(
    "prison jail custody school court hospital church home office power town university college bed parliament front hand town"
)
#: What an event is that has not happened, and what is done with its date.
UNDONE = _words(
    "due pending imminent upcoming forthcoming subject possible impossible unlikely likely ahead inevitable overdue unthinkable"
)
FIXED = _words("set slate pencil tip earmark")
#: Nouns for what is wanted ("the goal is the overthrow of X"), and for people who hope for what follows "in" or "for".
AIMS = _words(
    "goal aim objective purpose ambition dream hope plan target mission task intention wish idea threat fear danger risk alternative option"
)
HOPEFULS = _words("candidate contender hopeful nominee runner favourite favorite frontrunner challenger bidder")
#: Verbs whose object is not there yet; and what one faces in fact.
WANTING = _words("need require await lack want")
FACED = _words("charge accusation allegation lawsuit criticism count protest attack")
