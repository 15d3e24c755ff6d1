"""How firmly a predicate is said: each status with its near miss, and what no reading may ever make a fact."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from kg import vocabulary
from kg.extractor.scene import Scene
from kg.grammar import cues as lexicon
from kg.grammar.analysis import Analysis
from kg.model import WEAKNESS, Document, Entity, Mention, Resolved, Standing
from tests.helpers.parses import by_hand

VOCABULARY = vocabulary.load()

#: sentence, then word=status pairs; "word=-status" has negative polarity.
SENTENCES = [
    # the article's own voice
    ("After visiting the hospital, the queen opened a museum.", "visiting=asserted opened=asserted"),
    ("The pianist, who moved to Graz in 2014, opened the festival.", "moved=asserted opened=asserted"),
    ("Workers ended the strike after a meeting with the owner.", "strike=asserted meeting=asserted"),
    ("The car stopped, police opened fire and two men died.", "stopped=asserted opened=asserted died=asserted"),
    ("Rain fell because a storm had crossed the coast.", "fell=asserted crossed=asserted"),
    # implicative verbs keep a fact, their negative kin deny it
    ("The team managed to rescue two climbers.", "managed=asserted rescue=asserted"),
    ("The team did not manage to rescue the climbers.", "rescue=negated"),
    ("The navy began to evacuate the island.", "evacuate=asserted"),
    ("The navy tried to evacuate the island.", "tried=asserted evacuate=planned"),
    ("The pilot failed to land the plane.", "failed=asserted land=negated"),
    ("She refused to leave the building.", "refused=asserted leave=negated"),
    ("The minister has been forced to resign.", "resign=asserted"),
    ("Rebels were prevented from entering the town.", "entering=negated"),
    ("She is known for rescuing dogs.", "rescuing=asserted"),
    ("Villagers stopped farming the slope.", "farming=asserted"),
    # negation and its scope
    ("The mayor did not attend the ceremony.", "attend=negated ceremony=asserted"),
    ("Nobody was injured in the crash.", "injured=negated crash=asserted"),
    ("No arrests were made.", "arrests=negated made=negated"),
    ("The governor neither resigned nor apologised.", "resigned=negated apologised=negated"),
    ("The others never arrived.", "arrived=negated"),
    ("Without resigning, he left the party.", "resigning=negated left=asserted"),
    ("The club not only bought the stadium but renamed it.", "bought=asserted renamed=asserted"),
    ("The strike, which began in March, did not affect the port.", "began=asserted affect=negated"),
    ("He did not resign because his wife had fallen ill.", "resign=negated fallen=asserted"),
    ("The two sides failed to reach an agreement.", "reach=negated agreement=negated"),
    ("She could not attend the funeral.", "attend=negated"),
    # speech
    ("Officials said the ferry sank after hitting a rock.", "said=asserted sank=reported hitting=reported"),
    ("The suspect, police said, fled on foot.", "said=asserted fled=reported"),
    ("According to the ministry, 40 people died and 12 were injured.", "died=reported injured=reported"),
    ("Nearly 300 houses burned and a bridge fell, according to officials.", "burned=reported fell=reported"),
    (
        "The director said after meeting the mayor at the town hall that the museum had closed.",
        "said=asserted meeting=asserted closed=reported",
    ),
    ("“The bridge fell,” she said. “My brother died.”", "fell=reported said=asserted died=reported"),
    (
        "“We will rebuild it,” said the governor, who took office in 2019.",
        "rebuild=planned said=asserted took=asserted",
    ),
    ("The king confirmed that the queen had died.", "confirmed=asserted died=reported"),
    ("The report found that the mine had polluted the river.", "found=asserted polluted=reported"),
    (
        "The road was closed, the company said, because a pipe had burst.",
        "closed=reported said=asserted burst=reported",
    ),
    ("As the minister said, the road was closed in 2010.", "said=asserted closed=reported"),
    ("There were reports of fighting near the border.", "reports=asserted fighting=reported"),
    ("The newspaper reported the death of the singer.", "reported=asserted death=reported"),
    ("The senator, who resigned in May, said he would return.", "resigned=asserted said=asserted return=planned"),
    ("The suspect's lawyer reportedly left the country.", "left=reported"),
    ("It was announced by the palace that the queen had died.", "announced=asserted died=reported"),
    ("She added that “we cannot go on like this,” as snow fell.", "added=asserted go=-reported fell=asserted"),
    ("The van was found burnt out near Lille.", "found=asserted burnt=asserted"),
    ("The mayor said he had never read it, then corrected himself.", "read=-reported corrected=asserted"),
    ("She went on to study physics in Graz.", "study=asserted"),
    (
        "The first of five soldiers charged with killing villagers has been sentenced.",
        "charged=asserted killing=alleged sentenced=asserted",
    ),
    ("“If the dam breaks, the town is lost,” Ruiz noted.", "breaks=hypothetical lost=hypothetical noted=asserted"),
    ("The bank, it emerged on Friday, had lent the fund 30 million euros.", "emerged=asserted lent=reported"),
    ("At least 12 people were reported dead.", "reported=asserted dead=reported"),
    ("Two climbers are feared dead.", "dead=alleged"),
    ("Two climbers were found dead.", "dead=asserted"),
    ("“Is it true that you bribed the judge?” a reporter asked.", "bribed=hypothetical asked=asserted"),
    ("Talks aimed at ending the siege began on Monday.", "Talks=asserted ending=planned began=asserted"),
    (
        "“I have been unfair, I think, to my team. I think everyone is,” she said.",
        "been=reported is=alleged said=asserted",
    ),
    (
        "One message read: “We are coming for you,” according to a letter from the court.",
        "read=reported coming=reported",
    ),
    ("Ruiz has the support of 52 voters, while Diaz has 33, according to a survey.", "has=reported"),
    ("“I was asked this before, and I said that it was a bad idea,” Ruiz said.", "asked=reported"),
    ("“Compare him to Diaz,” Gorka urged.", "Compare=requested urged=asserted"),
    (
        "The road is open, a spokeswoman said on Monday, and the police have left.",
        "is=reported said=asserted left=reported",
    ),
    ("He said nothing and left.", "left=asserted"),
    # accusation, suspicion, belief
    ("Police accused Pavel Novak of setting fire to the warehouse.", "accused=asserted setting=alleged"),
    ("Novak was charged with murdering his neighbour.", "charged=asserted murdering=alleged"),
    ("Lena Berg was arrested for stealing a car in Oslo.", "arrested=asserted stealing=alleged"),
    ("He was accused of rape and jailed.", "rape=alleged jailed=asserted"),
    (
        "Three men suspected of planning an attack were detained in Lyon.",
        "planning=alleged attack=alleged detained=asserted",
    ),
    ("He was convicted of murdering two tourists.", "convicted=asserted murdering=alleged"),
    ("Investigators believe the driver fell asleep.", "believe=asserted fell=alleged"),
    ("He is believed to have fled to Brazil.", "fled=alleged"),
    ("The alleged attack on the embassy shocked the city.", "attack=alleged shocked=asserted"),
    ("The attack on the embassy shocked the city.", "attack=asserted"),
    ("She allegedly bribed a judge.", "bribed=alleged"),
    ("Residents fear that the dam has burst.", "burst=alleged"),
    (
        "Smugglers accused of belonging to the Red Keys, which the ministry banned in 2020, left the port.",
        "belonging=alleged banned=asserted left=asserted",
    ),
    ("The minister dismissed allegations that soldiers had tortured prisoners.", "tortured=denied"),
    # denial
    ("Mara Ortiz denied stealing the painting.", "denied=asserted stealing=denied"),
    ("The minister denied that he had met the banker in Vienna.", "met=denied"),
    ("The army denied bombing the village and blamed rebels.", "bombing=denied blamed=asserted"),
    ("The police opened an inquiry into the death of a student.", "inquiry=asserted death=asserted"),
    ("Police have neither confirmed nor denied holding her.", "holding=denied"),
    ("The mayor rejected calls for her resignation.", "rejected=asserted calls=asserted resignation=requested"),
    ("The mayor rejected claims of fraud.", "rejected=asserted claims=asserted fraud=denied"),
    ("He imagined a world where wars had ended.", "imagined=asserted ended=alleged"),
    ("The police have not ruled out that he was murdered.", "murdered=hypothetical"),
    ("Witnesses described how soldiers burned the village.", "described=asserted burned=reported"),
    ("The union is balloting members on a strike.", "strike=hypothetical"),
    ("There is no evidence that the minister lied.", "lied=-hypothetical"),
    # plans, intentions, the future
    ("The company plans to build a factory in Porto.", "plans=asserted build=planned"),
    ("The president will visit Lima on Monday.", "visit=planned"),
    ("He travelled to Rome to meet the pope.", "travelled=asserted meet=planned"),
    ("The bank wants to buy its rival.", "buy=planned"),
    ("Farmers threatened to block the port.", "threatened=asserted block=planned"),
    ("The firm is expected to announce job cuts.", "announce=planned"),
    ("The group is planning an attack on the airport.", "attack=planned"),
    ("Police foiled an attack on the airport.", "foiled=asserted attack=negated"),
    ("The talks will resume in Geneva.", "talks=planned resume=planned"),
    ("They are due to meet in Paris.", "meet=planned"),
    ("The minister is visiting Chad next week.", "visiting=planned"),
    ("Kenya to send troops to Haiti", "send=planned"),
    ("A proposed merger of the two airlines collapsed.", "merger=planned"),
    ("He will visit the prison, which holds 900 inmates.", "visit=planned holds=asserted"),
    ("The minister wants to visit the town where the flood killed nine people.", "visit=planned killed=asserted"),
    ("The commission will investigate the killing of the journalist.", "investigate=planned killing=asserted"),
    ("The commission investigated the killing of the journalist.", "investigated=asserted"),
    ("The ceremony has been postponed.", "ceremony=planned postponed=asserted"),
    ("The mayor resigned ahead of a vote on the budget.", "resigned=asserted vote=planned"),
    ("The trial of the former minister began in Graz.", "minister=asserted"),
    ("There were reports of soldiers shooting civilians.", "shooting=reported"),
    ("The king summoned the envoy to the palace for talks.", "summoned=asserted talks=planned"),
    ("The two sides held talks in the palace.", "talks=asserted"),
    ("Vaccination has been put off because the doses spoiled.", "Vaccination=planned"),
    ("They reached an agreement on the withdrawal of troops.", "agreement=asserted withdrawal=planned"),
    ("The governor vetoed the closure of the school.", "vetoed=asserted closure=negated"),
    ("The governor opposes the closure of the school.", "closure=hypothetical"),
    ("Negotiators are close to an agreement.", "agreement=planned"),
    ("The government has yet to sign the treaty.", "sign=negated"),
    ("Rather than resign, he called an election.", "resign=negated called=asserted"),
    ("Talk of a merger lifted the shares.", "merger=hypothetical lifted=asserted"),
    ("The board recommended that the chairman be dismissed.", "recommended=asserted dismissed=requested"),
    ("He is free pending an appeal.", "appeal=hypothetical"),
    # requests and orders
    ("The union urged workers to strike.", "urged=asserted strike=requested"),
    ("The court ordered the release of the prisoner.", "ordered=asserted release=requested"),
    ("The opposition demanded that the premier resign.", "resign=requested"),
    ("The opposition called for the resignation of the premier.", "called=asserted resignation=requested"),
    ("The governor asked the president for “help” to rebuild the road.", "asked=asserted help=requested"),
    # conditions, possibility, questions
    ("If the bridge collapses, the town will be cut off.", "collapses=hypothetical cut=hypothetical"),
    ("Had he won the election, he would have raised taxes.", "won=hypothetical raised=hypothetical"),
    ("Should the rain return, the dam will break.", "return=hypothetical break=hypothetical"),
    ("The army may withdraw its troops.", "withdraw=hypothetical"),
    ("Did the minister resign?", "resign=hypothetical"),
    ("The judge asked whether the witness had seen the car.", "asked=asserted seen=hypothetical"),
    ("The actor appeared to fall from the balcony.", "fall=hypothetical"),
    ("They allowed the ships to leave.", "allowed=asserted leave=hypothetical"),
    ("The king is unlikely to abdicate.", "abdicate=hypothetical"),
    ("Experts doubt that the vaccine works.", "works=hypothetical"),
    ("The ambassador warned of an attack.", "warned=asserted attack=hypothetical"),
    ("The merger of the two airlines could be approved in June.", "merger=hypothetical approved=hypothetical"),
    ("Critics say the law would allow arrests without a warrant.", "say=asserted arrests=hypothetical"),
    # remarks set off, wherever the parser hangs them; each with a twin that says nothing of the rest
    ("Clerks were paid to look away, one witness, a young porter, has testified.", "paid=reported testified=asserted"),
    ("One witness, a young porter, has testified and left the city.", "testified=asserted left=asserted"),
    ("Smugglers burned the boat, detectives believe.", "burned=alleged"),
    ("Smugglers burned the boat, and detectives believe the owner.", "burned=asserted"),
    ("The bank, it is alleged, hid the loss.", "hid=alleged"),
    ("The guard, as prosecutors tell it, opened the gate.", "opened=reported"),
    ("In the words of the coach, the club sold its soul and sacked a friend.", "sold=reported sacked=reported"),
    ("In the words of the song she found comfort and sang it.", "found=asserted"),
    ("In all likelihood the guard opened the gate.", "opened=hypothetical"),
    ("In all weathers the guard opened the gate.", "opened=asserted"),
    ("The bridge fell, the court heard.", "fell=reported heard=asserted"),
    ("The bridge fell, wrote Ana Ruiz, editor of the paper.", "fell=reported wrote=asserted"),
    ("In the novel, a nurse poisoned the king.", "poisoned=hypothetical"),
    ("In the chapel, a nurse poisoned the king.", "poisoned=asserted"),
    ("The bank, reportedly, hid the loss.", "hid=reported"),
    ("The storm hit the port, prompting, perhaps, a strike.", "hit=asserted"),
    ("The guard, as alleged by the owner, opened the gate.", "opened=alleged"),
    ("The guard was asleep, the minister was quoted as saying.", "was=reported"),
    ("By one estimate, the storm destroyed a third of the crop.", "destroyed=reported"),
    ("By one measure after another, the storm destroyed the crop.", "destroyed=asserted"),
    ("Her claim: the guard opened the gate.", "opened=reported"),
    ("Her garden: the guard opened the gate.", "opened=asserted"),
    ("The rumour that Ana Ruiz met the pope in Rome spread.", "met=hypothetical"),
    # what did not take place, or not yet
    ("The court has still to rule on the merger.", "rule=planned"),
    ("The court had to rule on the merger.", "rule=asserted"),
    ("A visit to the dam was dropped because of a storm.", "visit=negated"),
    ("The police dropped the investigation.", "investigation=asserted"),
    ("A rally in the port was banned.", "rally=negated"),
    ("The two sides discussed a merger.", "discussed=asserted merger=hypothetical"),
    ("The two sides discussed the massacre.", "massacre=asserted"),
    ("A strike at the mill is out of the question.", "strike=negated"),
    ("A strike at the mill is on its ninth day.", "strike=asserted"),
    ("A sale of the port was to begin in May.", "sale=planned"),
    ("A takeover of the bank fell through.", "takeover=negated"),
    ("Instead of a strike, there was a dinner.", "strike=negated"),
    ("The driver avoided being arrested.", "arrested=negated"),
    ("Neither the army nor the church rescued the crew.", "rescued=negated"),
    ("It was not the army that rescued the crew.", "rescued=negated"),
    ("The talks will resume once the judge has ruled.", "ruled=planned"),
    ("The talks resumed once the judge had ruled.", "ruled=asserted"),
    ("The navy refrained from shelling the town.", "shelling=negated"),
    ("The navy emerged from shelling the town unharmed.", "shelling=asserted"),
    ("The navy was far from shelling the town.", "shelling=negated"),
    ("The mayor all but resigned.", "resigned=planned"),
    ("All but the mayor resigned.", "resigned=asserted"),
    ("The mayor had better resign.", "resign=hypothetical"),
    ("The mayor by no means resigned.", "resigned=negated"),
    ("The mayor by all means resigned.", "resigned=asserted"),
    ("The guard, as police allege, opened the gate.", "opened=alleged"),
    ("The mayor was implicated in shelling the town.", "shelling=alleged"),
    ("A strike at the mill looms.", "strike=hypothetical"),
    ("A strike at the mill hurt trade.", "strike=asserted"),
    ("A strike at the mill seems likely.", "strike=hypothetical"),
    ("A strike at the mill seems endless.", "strike=asserted"),
    ("Until the judge has ruled, the talks are off.", "ruled=planned"),
    ("It looks like the dam burst.", "burst=hypothetical"),
    ("The club closed reportedly after a quarrel.", "quarrel=reported"),
    ("The club closed shortly after a quarrel.", "quarrel=asserted"),
    # what a copula makes of its clause
    ("The fear is that the dam burst.", "burst=hypothetical"),
    ("The result is that the dam burst.", "burst=asserted"),
    ("It is possible that the dam burst.", "burst=hypothetical"),
    ("It is false that the dam burst.", "burst=negated"),
    ("Possibly Lena Berg resigned.", "resigned=hypothetical"),
    ("It looked as though the dam had burst.", "burst=hypothetical"),
    ("The guide is accused by a rival of stealing a map.", "stealing=alleged"),
    ("Nobody knows whether the judge married Sara Lund.", "married=hypothetical"),
    # several at once: the weakest wins
    ("Nobody helped us, “nobody came,” she said.", "came=-reported"),
    ("Police allege that he did not pay.", "pay=-alleged"),
    ("The company is said to be considering a sale.", "considering=reported sale=hypothetical"),
]

NEVER_FACTS = ("reported", "alleged", "denied", "planned", "requested", "hypothetical", "negated")


def standings(parse, resolved=Resolved.of(())):
    return Scene(Analysis(parse), resolved, VOCABULARY).standings


@pytest.fixture(scope="module")
def parses(annotator):
    return {p.text: p for p in annotator.parse([Document(text) for text, _ in SENTENCES])}


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[t[:50] for t, _ in SENTENCES])
def test_status_by_what_governs(parses, text, expected):
    parse = parses[text]
    found = standings(parse)
    for pair in expected.split():
        word, status = pair.split("=")
        token = next(t.i for t in parse.tokens if t.text == word)
        standing = found.of(token)
        assert f"{word}={'-' if standing.polarity == 'negative' else ''}{standing.status}" == f"{word}={status}"


def test_modality_keeps_the_stronger_statuses(annotator):
    parse = next(annotator.parse([Document("Ruiz said the police suspect that the driver may have fled.")]))
    standing = standings(parse).of(next(t.i for t in parse.tokens if t.text == "fled"))
    assert standing.status == "hypothetical" and standing.modality == ("reported", "alleged")


def test_innermost_source_and_who_passes_it_on(annotator):
    parse = next(annotator.parse([Document("Ruiz said that the ministry claimed the driver had fled.")]))
    at = {t.text: t.i for t in parse.tokens}
    resolved = Resolved.of(
        tuple(
            Entity(
                f"e{n}",
                "Person",
                word,
                (Mention(parse.tokens[at[word]].start, parse.tokens[at[word]].end, "name", at[word]),),
            )
            for n, word in enumerate(("Ruiz", "ministry"), 1)
        )
    )
    found = standings(parse, resolved)
    assert (found.of(at["fled"]).claimed_by, found.of(at["fled"]).via) == ("e2", "e1")
    assert (found.of(at["claimed"]).claimed_by, found.of(at["claimed"]).via) == ("e1", None)
    assert found.of(at["said"]) == Standing()


# ------------------------------------------------------------------ what no reading may ever make a fact

CUES = lexicon.load()
CLAUSES = sorted(
    v for v, table in CUES.verbs.items() if " " not in v and "clause" in table and table["clause"].status != "asserted"
)
INFINITIVES = sorted(
    v
    for v, table in CUES.verbs.items()
    if " " not in v and "infinitive" in table and table["infinitive"].status != "asserted" and v != "go"
)
GERUNDS = sorted(
    v for v, table in CUES.verbs.items() if " " not in v and "gerund" in table and table["gerund"].status != "asserted"
)
OBJECTS = sorted(
    v for v, table in CUES.verbs.items() if " " not in v and "object" in table and table["object"].status != "asserted"
)
OF = sorted(v for v, table in CUES.verbs.items() if " " not in v and "of" in table and table["of"].status != "asserted")
NOUNS = sorted(
    n for n, table in CUES.nouns.items() if " " not in n and "clause" in table and table["clause"].status != "asserted"
)

PATTERNS = {
    "clause": (
        CLAUSES,
        "Officials/NNS/nsubj/{0}#1 {0}/VBD that/IN/mark/fled men/NNS/nsubj/fled fled=flee/VBD/ccomp/{0} ./.",
    ),
    "infinitive": (INFINITIVES, "Officials/NNS/nsubj/{0} {0}/VBD to/TO/aux/fled fled=flee/VB/xcomp/{0} ./."),
    "gerund": (GERUNDS, "Officials/NNS/nsubj/{0} {0}/VBD fled=flee/VBG/xcomp/{0} Lima/NNP/dobj/fled ./."),
    "object": (OBJECTS, "Officials/NNS/nsubj/{0} {0}/VBD an/DT/det/fled fled=attack/NN/dobj/{0} ./."),
    "of": (OF, "Officials/NNS/nsubj/{0} {0}/VBD Ana/NNP/dobj/{0} of/IN/prep/{0} fled=flee/VBG/pcomp/of ./."),
    "noun": (
        NOUNS,
        "The/DT/det/{0} {0}/NN/nsubj/spread that/IN/mark/fled men/NNS/nsubj/fled fled=flee/VBD/acl/{0} spread/VBD ./.",
    ),
}


@pytest.mark.parametrize(("name", "word"), [(name, word) for name, (words, _) in PATTERNS.items() for word in words])
def test_nothing_under_a_cue_is_asserted(name, word):
    parse = by_hand(PATTERNS[name][1].replace("#1", "").format(word))
    at = next(t.i for t in parse.tokens if t.text == "fled")
    assert standings(parse).of(at).status in NEVER_FACTS


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([v for v in CLAUSES if v not in ("go on",)]), min_size=1, max_size=4))
def test_content_of_content_is_no_firmer(chain):
    """X says that Y claims that Z fears that … it happened: never a fact, and never firmer than its innermost cue."""
    words, outer = [], None
    for n, verb in enumerate(chain):
        head = f"/ccomp/{outer}" if outer else ""
        mark = f"that/IN/mark/c{n} " if outer else ""
        words.append(f"{mark}people/NNS/nsubj/c{n} c{n}={verb}/VBD{head}")
        outer = f"c{n}"
    parse = by_hand(" ".join([*words, f"that/IN/mark/fled men/NNS/nsubj/fled fled=flee/VBD/ccomp/{outer} ./."]))
    standing = standings(parse).of(next(t.i for t in parse.tokens if t.text == "fled"))
    innermost = CUES.verbs[chain[-1]]["clause"].status
    assert standing.status in WEAKNESS
    assert WEAKNESS.index(standing.status) >= WEAKNESS.index(innermost)
    assert list(standing.modality) == sorted(set(standing.modality), key=WEAKNESS.index)


def test_a_loop_in_the_links_of_quotations_ends():
    parse = by_hand("“/`` said=say/VBD he/PRP/nsubj/said ”/'' said=say/VBD/ccomp/0 she/PRP/nsubj/4 ./.")
    assert all(standings(parse).of(t.i) for t in parse.tokens)


def test_an_empty_document():
    parse = by_hand("")
    scene = Scene(Analysis(parse), Resolved.of(()), VOCABULARY)
    assert scene.attributions == ()
    assert scene.standings.cache == {}
