"""Events over whole texts: tellings joined, absence, standing, times, places, the generic tier and silences."""

from __future__ import annotations

from functools import cache

import pytest

from kg.model import Document, Event, Reading
from kg.pipeline import Line


@cache
def read(text: str, curated: bool = False) -> Reading:
    return next(Line(curated=curated).read([Document(text, date="2026-03-04")]))


def found(reading: Reading, kind: str) -> list[Event]:
    return [e for e in reading.events if e.type == kind]


def told(reading: Reading, event: Event) -> list[str]:
    return [reading.document.text[a:b] for a, b in event.triggers]


def who(reading: Reading, event: Event, role: str) -> set[str]:
    labels = {e.id: e.label for e in reading.entities}
    return {labels.get(r.filler, "?") for r in event.roles if r.name == role and isinstance(r.filler, str)}


def test_one_visit_told_three_times_and_another_of_an_earlier_year() -> None:
    reading = read(
        "Marta Lunde visited the Brekke Museum in Oslo on Monday. The visit lasted an hour. After the tour, Marta "
        "Lunde "
        "thanked the staff.\nMarta Lunde first visited the Brekke Museum in 2019."
    )
    visits = found(reading, "Visit")
    assert [told(reading, v) for v in visits] == [["visited", "visit", "tour"], ["visited"]]
    assert [v.time.value for v in visits if v.time] == ["2026-03-02", "2019"]


def test_other_people_are_another_event() -> None:
    reading = read("Police arrested Viktor Adler in Bergen on Monday. Police arrested Olga Prydz in Bergen on Monday.")
    assert len(found(reading, "Arrest")) == 2


def test_a_headline_is_told_again_in_the_text() -> None:
    reading = read("Police arrest Viktor Adler\nViktor Adler was arrested in Bergen on Monday, a spokeswoman said.")
    arrests = found(reading, "Arrest")
    assert len({a.standing.status for a in arrests}) == len(arrests)  # told again by a speaker: hers; else one


def test_who_stayed_away_is_absent_from_what_took_place() -> None:
    reading = read("Marta Lunde left after a tour of the prison that Viktor Adler did not attend.")
    tour = found(reading, "Visit")[0]
    assert tour.standing.status == "asserted"
    assert who(reading, tour, "nonParticipant") == {"Viktor Adler"}
    assert "Viktor Adler" not in who(reading, tour, "agent")


def test_the_accusation_is_a_fact_what_it_says_is_not() -> None:
    reading = read("Viktor Adler is accused of attacking a bank in Bergen.")
    assert found(reading, "Accusation")[0].standing.status == "asserted"
    assert found(reading, "Attack")[0].standing.status == "alleged"


@pytest.mark.parametrize(
    "text, kind, status",
    [
        ("Marta Lunde plans to visit Oslo.", "Visit", "planned"),
        ("Marta Lunde did not visit Oslo.", "Visit", "negated"),
        ("Police made no arrests in Oslo.", "Arrest", "negated"),
        ("Viktor Adler denied attacking the bank.", "Attack", "denied"),
        ("If troops attack Oslo, Marta Lunde will leave.", "Attack", "hypothetical"),
        ("Norway asked Ghana to release the sailors.", "Release", "requested"),
        ("The trial of Viktor Adler is set for May.", "Trial", "planned"),
        ("A meeting between Norway and Ghana is due in May.", "Meeting", "planned"),
        ("Efforts toward the arrest of Viktor Adler have stalled.", "Arrest", "planned"),
        ("Viktor Adler, who prosecutors say murdered two nurses, left Oslo.", "Death", "reported"),
        ("The rebels' goal is the overthrow of Marta Lunde.", "LeavingOffice", "planned"),
        ("Norway threatened Ghana with sanctions.", "Sanction", "planned"),
        ("Soldiers stood ready in case rebels attacked the port.", "Attack", "hypothetical"),
        ("Next week's visit by Marta Lunde to Ghana will last two days.", "Visit", "planned"),
        ("The sale of Halden Foods to Brekke Dairy is subject to approval.", "Acquisition", "planned"),
        ("Ghana faces new sanctions by Norway.", "Sanction", "planned"),
        ("It is unclear whether the rebels attacked the port.", "Attack", "hypothetical"),
        ("Viktor Adler faces prison when he is sentenced.", "Sentencing", "planned"),
        ("Viktor Adler faces prison when he is sentenced on 3 December.", "Sentencing", "planned"),
        ("Viktor Adler faced prison when he was sentenced on 3 December.", "Sentencing", "asserted"),
        ("The jury found Viktor Adler guilty of arson.", "Sentencing", "asserted"),
        ("The jury found Viktor Adler not guilty of arson.", "Sentencing", "negated"),
        ("The jury found that rebels had attacked a bank.", "Attack", "reported"),
    ],
)
def test_what_governs_decides(text: str, kind: str, status: str) -> None:
    events = found(read(text), kind)
    assert [e.standing.status for e in events] == [status]


def test_a_time_goes_to_its_own_verb_and_to_what_its_clause_holds() -> None:
    reading = read(
        "A bomb exploded in Accra on Monday, killing two sailors. Marta Lunde, who visited Accra in 2019, sent help."
    )
    assert found(reading, "Attack")[0].time.value == "2026-03-02"
    assert found(reading, "Death")[0].time.value == "2026-03-02"
    assert found(reading, "Visit")[0].time.value == "2019"


def test_a_duration_is_no_date() -> None:
    stay = found(read("The sailors stayed in Accra for two weeks."), "Stay")[0]
    assert stay.time is None and stay.duration is not None and stay.duration.value == "P2W"


def test_what_hangs_on_a_quotation_is_as_firm_as_its_own_words() -> None:
    assert found(read('"It is a scandal" if the mill closes, said Marta Lunde.'), "Ending")[0].standing.status == (
        "hypothetical"
    )
    assert found(read('"It was a good day," Marta Lunde said after the mill closed.'), "Ending")[0].standing.status == (
        "asserted"
    )


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Marta Lunde won Washington state on Monday. The Washington vote was close.", "Washington", "Region"),
        ("Marta Lunde flew to Washington on Monday.", "Washington", "Settlement"),
        ("The opposition walked out of parliament in Accra.", "opposition", "Organization"),
        ("The plan passed despite opposition from several ministers.", "opposition", ""),
    ],
)
def test_a_state_is_no_town_and_resistance_no_body(text: str, name: str, kind: str) -> None:
    assert [e.type for e in read(text).entities if e.label == name] == ([kind] if kind else [])


@pytest.mark.parametrize(
    "text",
    [
        "Marta Lunde was the only Norwegian held hostage in Ghana.",
        "Marta Lunde was the youngest Canadian being held hostage.",
        "Marta Lunde was taken hostage by gunmen near Accra.",
    ],
)
def test_as_what_one_is_held_is_nobody_else(text: str) -> None:
    assert who(read(text), found(read(text), "Detention")[0], "patient") == {"Marta Lunde"}
    assert [e.label for e in read(text).entities if e.type == "Person"] == ["Marta Lunde"]


def test_a_deed_in_a_list_of_charges_is_alleged() -> None:
    text = (
        "Police shot the suspect, who also faces charges of theft, attacking two nurses and illegal possession of arms."
    )
    assert [e.standing.status for e in found(read(text), "Attack") if "attacking" in told(read(text), e)] == ["alleged"]
    text = "Viktor Adler was convicted on charges of theft, leaving Ghana without a mayor."
    assert [e.standing.status for e in found(read(text), "Sentencing")] == ["asserted"]


def test_a_place_hung_on_the_victim_is_the_event_s() -> None:
    reading = read("Police arrested Viktor Adler in Accra.")
    assert who(reading, found(reading, "Arrest")[0], "place") == {"Accra"}


def test_prison_without_article_is_no_place() -> None:
    reading = read("Viktor Adler was sentenced to six years in prison.")
    assert who(reading, found(reading, "Sentencing")[0], "place") == set()


def test_generic_events_are_no_more_than_that_and_can_be_left_out() -> None:
    text = "Marta Lunde painted a fence in Oslo."
    event = read(text).events[0]
    assert (event.type, event.label, event.rule) == ("Event", "paint", "generic")
    assert read(text, curated=True).events == ()


def test_a_statement_holds_its_words_and_stands_behind_what_it_says() -> None:
    reading = read("Marta Lunde said that rebels had attacked the port of Accra.")
    statement, attack = found(reading, "Statement")[0], found(reading, "Attack")[0]
    assert "rebels had attacked" in reading.document.text[slice(*statement.content[0])]
    assert attack.standing.status == "reported" and attack.standing.stated_in == statement.id


def test_every_silent_sentence_says_why() -> None:
    reading = read("Marta Lunde visited Oslo. The sky over the bay is blue. What a day!")
    assert {s.sentence for s in reading.silences} == {1, 2}
    assert all(s.reason for s in reading.silences)


def test_same_text_same_events() -> None:
    text = "Norway and Ghana signed a treaty in Oslo. Rebels attacked Accra."
    line = Line()
    first, second = (next(line.read([Document(text)])) for _ in range(2))
    assert first.events == second.events


def test_what_is_dated_after_the_day_of_publication_has_not_happened() -> None:
    assert found(read("Norway holds an election on March 9."), "Election")[0].standing.status == "planned"
    assert found(read("Police arrested Viktor Adler on March 2."), "Arrest")[0].standing.status == "asserted"


@pytest.mark.parametrize(
    "text, subject, predicate, object",
    [
        ("Two nurses were killed in an attack on the port.", "Death", "causedBy", "Attack"),
        ("A bomb exploded in Accra, killing two sailors.", "Death", "causedBy", "Attack"),
        ("Marta Lunde left Oslo after meeting Viktor Adler.", "Meeting", "before", "Departure"),
        ("Marta Lunde visited Bergen before she met Viktor Adler.", "Visit", "before", "Meeting"),
        ("Police arrested Viktor Adler during a protest in Oslo.", "Arrest", "partOfEvent", "Protest"),
    ],
)
def test_what_holds_between_events(text: str, subject: str, predicate: str, object: str) -> None:
    reading = read(text)
    kinds = {e.id: e.type for e in reading.events}
    assert (subject, predicate, object) in {
        (kinds.get(c.subject), c.predicate, kinds.get(c.object)) for c in reading.claims
    }


def test_a_link_is_no_firmer_than_its_events() -> None:
    reading = read("Marta Lunde plans to visit Oslo after meeting Viktor Adler.")
    assert {c.standing.status for c in reading.claims if c.predicate == "before"} <= {"planned"}


def test_who_dies_in_an_attack_by_somebody_dies_by_him_and_in_a_fight_by_nobody_known() -> None:
    reading = read("Two nurses were killed in an attack by rebels on the port.")
    assert who(reading, found(reading, "Death")[0], "agent") == {"rebels"}
    reading = read("Two nurses were killed in a battle between soldiers and rebels.")
    assert who(reading, found(reading, "Death")[0], "agent") == set()


def test_it_is_what_the_same_verb_had_before() -> None:
    reading = read("Did Tom Ode take the money? No. The deputy, Ana Ruiz, took it.")
    assert [who(reading, e, "recipient") for e in found(reading, "Payment")] == [{"Tom Ode"}, {"Ana Ruiz"}]
    assert found(read("Did Tom Ode take the train? No. The deputy, Ana Ruiz, took it."), "Payment") == []


def test_who_is_missing_misses_nobody() -> None:
    reading = read("Governor Marta Lunde, who put the number of missing at 23, flew to Bergen on Monday.")
    assert not found(reading, "Disappearance")
    assert [r.filler.value for r in found(reading, "Statement")[0].roles if r.name == "amount"] == [23]
    assert who(
        read("Three divers are missing."), found(read("Three divers are missing."), "Disappearance")[0], "patient"
    )
    assert not found(read("Three divers are missing their families."), "Disappearance")


def test_how_much_and_to_what() -> None:
    event = found(read("Exports of Norway fell 7 percent to 2 billion euros."), "Decrease")[0]
    assert [r.filler.value for r in event.roles if r.name == "amount"] == [7, 2_000_000_000]


def test_how_far_a_place_is_is_no_origin() -> None:
    crash = found(read("A plane crashed near Moss, 30 km from Bergen."), "Accident")[0]
    assert who(read("A plane crashed near Moss, 30 km from Bergen."), crash, "origin") == set()


def test_how_long_lasts_what_is_asked_for() -> None:
    reading = read("Prosecutors sought a five-year sentence for Viktor Adler.")
    assert found(reading, "Request")[0].duration is None
    sentence = found(reading, "Sentencing")[0]
    assert sentence.standing.status == "requested" and sentence.duration.value == "P5Y"
    assert found(read("Marta Lunde pleaded with the council for two hours."), "Request")[0].duration.value == "PT2H"


def test_a_past_that_is_a_participle() -> None:
    reading = read("Viktor Adler is the last mayor jailed in Ghana.")
    assert found(reading, "Detention")[0].roles[0].name == "patient"


def test_a_speaker_behind_the_quotation() -> None:
    text = '"The oven is cold," said baker and club treasurer Viktor Adler, his hands white with flour.'
    assert who(read(text), found(read(text), "Statement")[0], "agent") == {"Viktor Adler"}


def test_one_of_two_sides_is_no_event() -> None:
    text = "A gunfight broke out between the Golden Daggers and the army in Bergen."
    assert who(read(text), found(read(text), "Attack")[0], "agent") == {"Golden Daggers", "army"}


def test_a_heading_that_runs_into_the_text_is_a_sentence_of_its_own() -> None:
    text = "He left. Money for the harbour To repair the pier, friends of Marta Lunde have set up a fund."
    assert found(read(text), "Founding")[0].standing.status == "asserted"
    assert len(Line().annotate(read("Marta Lunde lives in The Hague and told The Bergen Post."))["entities"]) == 3


def test_what_a_relative_clause_says_somebody_is() -> None:
    text = "Marta Lunde, who was a winner of the Brekke Prize in 1998, died on Monday."
    reading = read(text)
    assert who(reading, found(reading, "Award")[0], "recipient") == {"Marta Lunde"}
    assert found(reading, "Death")[0].time.value == "2026-03-02"


def test_when_a_thing_is_due_is_not_when_it_was_set() -> None:
    assert found(read("Norway set a July deadline for the talks."), "Decision")[0].time is None
    assert found(read("Viktor Adler won the 2019 election in Ghana."), "Election")[0].time.value == "2019"


def test_what_a_row_of_things_consists_of() -> None:
    assert found(read("The Brekke Institute published a series of letters in 2015."), "Publication")
    assert not found(read("The Brekke Institute published a series of mistakes in 2015."), "Publication")


def test_who_is_fined_how_much_and_for_what() -> None:
    reading = read("Halden Foods was fined 4 million euros for fraud on Monday.")
    event = found(reading, "Sanction")[0]
    assert who(reading, event, "patient") == {"Halden Foods"}
    assert {r.name: getattr(r.filler, "value", None) for r in event.roles if r.name != "patient"} == {
        "amount": 4000000,
        "charge": "fraud",
    }
    assert found(read("A fine rain fell on Bergen."), "Sanction") == []


@pytest.mark.parametrize("trade", ["barman", "bar attendant", "deckhand", "harbour master", "midwife", "babysitter"])
def test_who_is_known_by_a_trade_alone_is_somebody(trade: str) -> None:
    reading = read(f"A {trade} was remanded in custody by a court in Bergen.")
    event = found(reading, "Detention")[0]
    assert [e.type for e in reading.entities if e.label.endswith(trade)] == ["Person"]
    assert who(reading, event, "agent") == {"court"} and who(reading, event, "patient")


@pytest.mark.parametrize(
    ("text", "kind", "patient"),
    [
        ("A jury on Monday convicted 52-year-old Viktor Adler of two frauds.", "Sentencing", {"Viktor Adler"}),
        ("Police charged 33-year-old Ibrahed Kolle with stealing fuel.", "Charge", {"Ibrahed Kolle"}),
        ("Police in Oslo detained 31-year-old Goran Petkov on Monday.", "Detention", {"Goran Petkov"}),
        ("The 31-year-old was detained in Oslo.", "Detention", {"31-year-old"}),
    ],
)
def test_an_age_before_a_name_is_of_the_name(text: str, kind: str, patient: set[str]) -> None:
    assert who(read(text), found(read(text), kind)[0], "patient") == patient


def test_the_islands_of_two_names_are_both() -> None:
    for text in (
        "Sailors watched brush fires spreading across the islands of Moss and Tromoy.",
        "Floods raging on the islands of Moss and Tromoy killed two sailors.",
    ):
        assert who(read(text), found(read(text), "Disaster")[0], "place") == {"Moss", "Tromoy"}


def test_who_is_told_of_before_the_name() -> None:
    text = "A spokesman for the ministry said the bridge was safe. The spokesman, Karl Dahl, left on Monday."
    assert who(read(text), found(read(text), "Statement")[0], "agent") == {"Karl Dahl"}
    text = "A nurse met a nurse in Oslo. The nurse, Ana Ruiz, left."
    assert who(read(text), found(read(text), "Meeting")[0], "agent") == {"nurse"}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Viktor Adler will be moved when the pact is signed on 3 December.", "2026-12-03"),
        ("Viktor Adler will be held until he is sentenced on 3 December.", "2026-12-03"),
        ("Viktor Adler was moved when the pact was signed on 3 December.", "2025-12-03"),
    ],
)
def test_a_clause_of_time_in_the_present_looks_ahead(text: str, day: str) -> None:
    assert day in {e.time.value for e in read(text).events if e.time}


@pytest.mark.parametrize(
    ("text", "kind", "speaker"),
    [
        ("Two sailors died in the blast, confirmed the ministry.", "Statement", {"ministry"}),
        ("Norway met Ghana on Monday, wrote the newspaper Dagen.", "Statement", {"Dagen"}),
        ("Brekke Athletic won the cup, announced the league on Monday.", "Announcement", {"league"}),
        ("Marta Lunde met the minister, confirmed the pact and left.", "Statement", {"Marta Lunde"}),
    ],
)
def test_who_says_it_stands_behind_the_verb(text: str, kind: str, speaker: set[str]) -> None:
    assert who(read(text), found(read(text), kind)[0], "agent") == speaker


def test_there_is_the_one_place_just_told_of() -> None:
    reading = read(
        "The Brekke Prison gained fame after Norway sent pilots there last year, where they remained for two weeks."
    )
    assert who(reading, found(reading, "Transfer")[0], "destination") == {"Brekke Prison"}
    assert who(reading, found(reading, "Stay")[0], "place") == {"Brekke Prison"}
    reading = read("Norway sent pilots there last year.")
    assert who(reading, found(reading, "Transfer")[0], "destination") <= {"?"}


def test_both_of_two_gangs_are_what_which_tells_of() -> None:
    text = "Inmates belong to the feared Red Hand (RH-7) and Iron Fist gangs, which Norway has designated as criminal groups."
    event = found(read(text), "Designation")[0]
    assert who(read(text), event, "patient") == {"Red Hand", "Iron Fist"}
    assert [r.filler.value for r in event.roles if r.name == "topic"] == ["criminal groups"]


def test_what_somebody_is_a_target_of() -> None:
    reading = read("The harbour has become a target of allegations of fraud.")
    assert who(reading, found(reading, "Accusation")[0], "patient") == {"harbour"}
    reading = read("The harbour is not the subject of an investigation.")
    assert who(reading, found(reading, "Investigation")[0], "patient") == set()


@pytest.mark.parametrize(
    ("text", "lasts"),
    [
        ("A judge handed Viktor Adler a six-year sentence for fraud.", "P6Y"),
        ("The court handed down a sentence of five years to Viktor Adler.", "P5Y"),
        ("Viktor Adler received a 12-year sentence for fraud.", "P12Y"),
        ("The court imposed a seven-year sentence on Viktor Adler.", "P7Y"),
    ],
)
def test_a_sentence_is_handed_given_and_received(text: str, lasts: str) -> None:
    reading = read(text)
    (event,) = found(reading, "Sentencing")
    assert who(reading, event, "patient") == {"Viktor Adler"} and event.standing.status == "asserted"
    assert event.duration is not None and event.duration.value == lasts


def test_a_sentence_that_is_read_or_a_term_of_office_is_none() -> None:
    assert found(read("The voters gave Viktor Adler a second term."), "Sentencing") == []
    assert found(read("Marta Lunde handed Viktor Adler a letter."), "Sentencing") == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Typhoon Mira", "Event"), ("Tropical Storm Grace", "Event"), ("Hurricane Ana", "Event"), ("Ana Mira", "Person")],
)
def test_a_storm_has_a_name_and_is_nobody(name: str, kind: str) -> None:
    reading = read(f"{name} killed ten people in Bergen on Monday.")
    assert [e.type for e in reading.entities if e.label == name] == [kind]
