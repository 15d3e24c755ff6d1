"""Plain sentences, and the ways in which English says one without vouching for it.

A sentence is given by its parts: subject, number, base form, past, participle, gerund, the rest, and a noun phrase for
the same event. A wrapping names the parts in braces; `{S}` is the whole sentence. Nothing wrapped may come out as a fact.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Plain(NamedTuple):
    subject: str
    plural: bool
    base: str
    past: str
    participle: str
    gerund: str
    rest: str
    noun: str = ""  # with its article

    @property
    def sentence(self) -> str:
        return f"{self.subject} {self.past} {self.rest}"

    @property
    def words(self) -> frozenset[str]:
        """The forms of the predicate."""
        return frozenset(form.split()[-1] for form in (self.base, self.past, self.participle, self.gerund))


def _plain(line: str) -> Plain:
    subject, number, base, past, participle, gerund, rest, noun = (part.strip() for part in line.split("|"))
    return Plain(subject, number == "p", base, past, participle, gerund, rest, noun)


PLAIN = [
    _plain(line)
    for line in """
rebels in Tabora | p | attack | attacked | attacked | attacking | a convoy of trucks | an attack on a convoy
the navy | s | rescue | rescued | rescued | rescuing | forty sailors | a rescue of forty sailors
Ana Ruiz | s | meet | met | met | meeting | the pope in Rome | a meeting with the pope
Pavel Novak | s | be arrested | was arrested | been arrested | being arrested | in Graz on Friday | an arrest in Graz
the company | s | buy | bought | bought | buying | a rival in Porto | a takeover of a rival
Lena Berg | s | resign | resigned | resigned | resigning | as minister of health | a resignation
soldiers | p | kill | killed | killed | killing | nine villagers | a killing of nine villagers
the mayor | s | bribe | bribed | bribed | bribing | a judge |
the high court | s | sentence | sentenced | sentenced | sentencing | Diego Paz to ten years in prison | a sentence for Diego Paz
the minister | s | visit | visited | visited | visiting | a school in Chur | a visit to a school
the firm | s | sack | sacked | sacked | sacking | 300 workers | a dismissal of 300 workers
two trains | p | collide | collided | collided | colliding | near Brest | a collision near Brest
the bank | s | pay | paid | paid | paying | two million euros to a consultant | a payment of two million euros
Solvik Shipping | s | sign | signed | signed | signing | an agreement with the port of Varna | an agreement with the port
farmers | p | block | blocked | blocked | blocking | the road to Metz | a blockade of the road
the governor | s | be shot | was shot | been shot | being shot | outside a church | a shooting outside a church
Ivo Maric | s | marry | married | married | marrying | Sara Lund | a marriage to Sara Lund
Ivo Maric | s | be born | was born | been born | being born | in Split |
Ivo Maric | s | found | founded | founded | founding | Harbour Foods |
Ivo Maric | s | own | owned | owned | owning | Harbour Foods |
the police | p | raid | raided | raided | raiding | a flat in Lyon | a raid on a flat
a bomb | s | explode | exploded | exploded | exploding | at a market in Herat | an explosion at a market
the army | s | deploy | deployed | deployed | deploying | troops to the border | a deployment of troops
the president | s | pardon | pardoned | pardoned | pardoning | the two journalists | a pardon for the two journalists
Carla Dias | s | die | died | died | dying | in a hospital in Lisbon |
the museum | s | open | opened | opened | opening | a new wing | an opening of a new wing
guards | p | torture | tortured | tortured | torturing | the prisoners |
the union | s | strike | struck | struck | striking | at three ports | a strike at three ports
Tom Hale | s | join | joined | joined | joining | the Green Party |
the tribe | s | sell | sold | sold | selling | the land to a miner | a sale of the land
the driver | s | flee | fled | fled | fleeing | to Bolivia |
the hospital | s | be destroyed | was destroyed | been destroyed | being destroyed | in a fire |
the villagers | p | be deported | were deported | been deported | being deported | to Chad |
""".strip().splitlines()
]


def wrap(plain: Plain, wrapping: str) -> str:
    """The sentence that a wrapping makes of a plain one."""
    noun = plain.noun.partition(" ")[2]
    parts = {
        "S": plain.sentence,
        "subj": plain.subject,
        "base": plain.base,
        "past": plain.past,
        "pp": plain.participle,
        "ing": plain.gerund,
        "rest": plain.rest,
        "np": plain.noun,
        "n": noun,
        "s": "" if plain.plural else "s",
        "is": "are" if plain.plural else "is",
        "was": "were" if plain.plural else "was",
        "has": "have" if plain.plural else "has",
        "does": "do" if plain.plural else "does",
    }
    text = re.sub(r"\{(\w+)\}", lambda match: parts[match.group(1)], wrapping)
    first = next(i for i, sign in enumerate(text) if sign.isalnum())
    return text[:first] + text[first].upper() + text[first + 1 :]


WRAPPINGS = [
    line
    for line in """
# after
{S}, police said.
{S}, said a spokesman for the ministry.
{S}, a spokeswoman for the Dorn Institute told reporters on Monday.
{S}, according to two officials.
{S}, investigators believe.
{S}, one witness, a nurse, has testified.
{S}, one of the doctors, a Norwegian, recalled.
{S}, the state news agency reported.
{S}, officials in the capital later confirmed.
{S}, she claimed.
{S}, as one witness put it.
{S}, in the words of the prosecutor.
{S}, in the view of the opposition.
{S}, by the army's own account.
{S}, prosecutors allege.
{S}, it is understood.
{S}, it was claimed on Sunday.
{S}, it is alleged.
{S}, or so the ministry says.
{S}, if the report is to be believed.
{S}, say prosecutors.
{S}, Mara Kerr, a lawyer for the family, told the court.
{S}, the court heard.
{S}, the jury was told.
{S}, the indictment says.
{S}, sources close to the inquiry say.
{S}, residents suspect.
{S}, rumour has it.
{S}, people here fear.
{S}, everyone seems to think.
{S}, as far as the police know.
{S}, media reports suggested.
{S}, a leaked report shows.
{S}, the two lawyers still insist.
{S}, the union's leader, Jan Kroll, later complained.
{S}, the paper wrote in an editorial.
{S}, many in the town assume.
{S}, the defence argues.
{S}, he will tell the judge.
{S}, the ministry added in a statement late on Thursday.
{S}, wrote the historian.
{S}, the report concludes.
{S} – or so it is said.
{S}, a police source said on condition of anonymity.
{S}, reportedly.
{S}, allegedly.
{S}, apparently.
{S}, supposedly.
{S}, perhaps.
{S}, I think.
{S}, reports Reuters.
{S}, reads the complaint.
{S} (according to the ministry).
{S}, to quote one witness.
{S}, to hear the lawyers tell it.
# inside
{subj}, police said, {past} {rest}.
{subj}, it is alleged, {past} {rest}.
{subj}, it is claimed, {past} {rest}.
{subj}, according to police, {past} {rest}.
{subj}, investigators believe, {past} {rest}.
{subj}, in the words of one witness, {past} {rest}.
{subj} – the ministry says – {past} {rest}.
{subj}, prosecutors say, {past} {rest}.
{subj}, the court heard, {past} {rest}.
{subj}, rumour had it, {past} {rest}.
{subj}, a witness, Mara Kerr, testified, {past} {rest}.
{subj}, as prosecutors tell it, {past} {rest}.
{subj}, so the story goes, {past} {rest}.
# before
Police said {S}.
Police said that {S}.
Police said on Tuesday {S}.
A spokesman for the ministry said {S}.
According to the ministry, {S}.
In the view of the opposition, {S}.
By the army's own account, {S}.
By all accounts, {S}.
On the account of two witnesses, {S}.
In her telling, {S}.
In the words of the prosecutor, {S}.
As the army tells it, {S}.
As one witness put it, {S}.
As prosecutors see it, {S}.
To hear the lawyers tell it, {S}.
The army's understanding is that {S}.
The ministry's position is that {S}.
One theory is that {S}.
The fear is that {S}.
The suspicion is that {S}.
The allegation is that {S}.
The idea that {S} is widespread.
The belief that {S} has spread.
There were rumours that {S}.
There is a suspicion that {S}.
Rumours spread that {S}.
Word spread that {S}.
Legend has it that {S}.
The story goes that {S}.
It is said that {S}.
It is thought that {S}.
It is feared that {S}.
It is alleged that {S}.
It has been claimed that {S}.
It seems that {S}.
It appears {S}.
It may be that {S}.
It could be that {S}.
It is possible that {S}.
It is likely that {S}.
It is unclear whether {S}.
It is unclear if {S}.
It is not true that {S}.
It is false that {S}.
It is not the case that {S}.
It is not known whether {S}.
Nobody knows whether {S}.
Whether {S} is not known.
Asked whether {S}, she did not answer.
The question is whether {S}.
Her claim that {S} has not been proved.
The prosecution's case is that {S}.
Some say {S}.
Some think {S}.
Everyone believed {S}.
Residents suspect that {S}.
Critics charge that {S}.
Imagine that {S}.
Suppose {S}.
He wrote on his blog that {S}.
A message saying that {S} was fake.
A claim that {S} went round the world.
Reports that {S} are false.
Reports that {S} were wrong.
Contrary to reports that {S}, nothing happened.
The claim that {S} is a lie.
The army denied that {S}.
The army denied {S}.
The army dismissed as false a report that {S}.
There is no evidence that {S}.
No one has shown that {S}.
The jury did not believe that {S}.
Police do not think that {S}.
He dreamed that {S}.
He lied that {S}.
He pretended that {S}.
In the novel, {S}.
In the film, {S}.
Allegedly, {S}.
Reportedly, {S}.
Apparently, {S}.
Supposedly, {S}.
Perhaps {S}.
Maybe {S}.
Possibly {S}.
Presumably, {S}.
Unconfirmed reports said {S}.
Unconfirmed reports suggest that {S}.
Local media reported that {S}.
Prosecutors allege that {S}.
The indictment alleges {S}.
The lawsuit claims {S}.
The complaint states that {S}.
The jury heard that {S}.
He was told that {S}.
The police were told {S}.
He has heard that {S}.
She was accused of saying that {S}.
Her fear that {S} grew.
Accusations that {S} are old.
Suggestions that {S} were rejected.
The opposition accuses the government of hiding that {S}.
In his version, {S}.
If you believe the ministry, {S}.
# raised
{subj} {is} thought to have {pp} {rest}.
{subj} {is} said to have {pp} {rest}.
{subj} {is} alleged to have {pp} {rest}.
{subj} {is} believed to have {pp} {rest}.
{subj} {is} reported to have {pp} {rest}.
{subj} {is} understood to have {pp} {rest}.
{subj} {is} feared to have {pp} {rest}.
{subj} {is} rumoured to have {pp} {rest}.
{subj} {is} supposed to have {pp} {rest}.
{subj} {is} claimed to have {pp} {rest}.
{subj} {is} suspected of {ing} {rest}.
{subj} {is} accused of {ing} {rest}.
{subj} {is} suspected of having {pp} {rest}.
{subj} {was} accused by the opposition of {ing} {rest}.
{subj} {has} been accused of having {pp} {rest}.
{subj} {is} on trial for {ing} {rest}.
{subj} {is} being investigated for {ing} {rest}.
{subj} {was} cleared of {ing} {rest}.
{subj} {was} acquitted of {ing} {rest}.
{subj} appear{s} to have {pp} {rest}.
{subj} seem{s} to have {pp} {rest}.
{subj} {is} likely to have {pp} {rest}.
{subj} {is} likely to {base} {rest}.
{subj} {is} unlikely to {base} {rest}.
{subj} may have {pp} {rest}.
{subj} might have {pp} {rest}.
{subj} could have {pp} {rest}.
{subj} must have {pp} {rest}.
{subj} should have {pp} {rest}.
{subj} would have {pp} {rest}.
{subj} may {base} {rest}.
{subj} could {base} {rest}.
{subj} can {base} {rest}.
{subj} must {base} {rest}.
{subj} should {base} {rest}.
{subj} will {base} {rest}.
{subj} would {base} {rest}.
{subj} {is} going to {base} {rest}.
{subj} {was} going to {base} {rest}.
{subj} {was} to have {pp} {rest}.
{subj} {was} to {base} {rest}.
{subj} {is} to {base} {rest}.
{subj} {was} about to {base} {rest}.
{subj} {was} set to {base} {rest}.
{subj} {is} due to {base} {rest}.
{subj} {was} expected to {base} {rest}.
{subj} {was} supposed to {base} {rest}.
{subj} planned to {base} {rest}.
{subj} hoped to {base} {rest}.
{subj} wanted to {base} {rest}.
{subj} tried to {base} {rest}.
{subj} attempted to {base} {rest}.
{subj} tried unsuccessfully to {base} {rest}.
{subj} vowed to {base} {rest}.
{subj} threatened to {base} {rest}.
{subj} offered to {base} {rest}.
{subj} agreed to {base} {rest}.
{subj} refused to {base} {rest}.
{subj} failed to {base} {rest}.
{subj} declined to {base} {rest}.
{subj} neglected to {base} {rest}.
{subj} {has} yet to {base} {rest}.
{subj} {has} still to {base} {rest}.
{subj} {is} yet to {base} {rest}.
{subj} {has} still not {pp} {rest}.
{subj} {has} not yet {pp} {rest}.
{subj} {has} never {pp} {rest}.
{subj} {does} not {base} {rest}.
{subj} did not {base} {rest}.
{subj} never {past} {rest}.
{subj} almost {past} {rest}.
{subj} nearly {past} {rest}.
{subj} stopped short of {ing} {rest}.
{subj} came close to {ing} {rest}.
{subj} {was} on the verge of {ing} {rest}.
{subj} {was} on the point of {ing} {rest}.
{subj} ruled out {ing} {rest}.
{subj} denied {ing} {rest}.
{subj} denied having {pp} {rest}.
{subj} {has} always denied {ing} {rest}.
{subj} considered {ing} {rest}.
{subj} {is} considering {ing} {rest}.
{subj} talked of {ing} {rest}.
{subj} dreamed of {ing} {rest}.
{subj} {is} thinking about {ing} {rest}.
{subj} opposed {ing} {rest}.
{subj} avoided {ing} {rest}.
{subj} {was} unable to {base} {rest}.
{subj} {was} not able to {base} {rest}.
{subj} {was} prevented from {ing} {rest}.
{subj} {was} banned from {ing} {rest}.
{subj} {was} stopped from {ing} {rest}.
{subj} {was} ordered to {base} {rest}.
{subj} {was} urged to {base} {rest}.
{subj} {was} asked to {base} {rest}.
{subj} {was} not allowed to {base} {rest}.
{subj} {was} supposed to have {pp} {rest}.
{subj} {has} the right to {base} {rest}.
{subj} {is} ready to {base} {rest}.
{subj} {is} willing to {base} {rest}.
{subj} {was} tempted to {base} {rest}.
{subj} need{s} to {base} {rest}.
{subj} {has} to {base} {rest}.
{subj} allegedly {past} {rest}.
{subj} reportedly {past} {rest}.
{subj} apparently {past} {rest}.
{subj} supposedly {past} {rest}.
{subj} purportedly {past} {rest}.
{subj} probably {past} {rest}.
{subj} possibly {past} {rest}.
{subj} presumably {past} {rest}.
{subj} perhaps {past} {rest}.
{subj} {has} allegedly {pp} {rest}.
{subj} {has} reportedly {pp} {rest}.
{subj} in all likelihood {past} {rest}.
{subj} {has} no plans to {base} {rest}.
{subj} {has} no intention of {ing} {rest}.
{subj} {was} accused of failing to {base} {rest}.
{subj} claim{s} to have {pp} {rest}.
{subj} claimed to have {pp} {rest}.
{subj} admitted {ing} {rest}.
{subj} boasted of having {pp} {rest}.
{subj} {was} falsely accused of {ing} {rest}.
{subj} {was} wrongly said to have {pp} {rest}.
{subj} {has} been known to {base} {rest}.
{subj} would like to {base} {rest}.
{subj} {was} poised to {base} {rest}.
{subj} decided not to {base} {rest}.
{subj} decided against {ing} {rest}.
{subj} promised not to {base} {rest}.
{subj} {was} too late to {base} {rest}.
{subj} without {ing} {rest} left the city.
Instead of {ing} {rest}, {subj} left the city.
Rather than {base} {rest}, {subj} left the city.
Without {ing} {rest}, {subj} left the city.
Neither {subj} nor the church {past} {rest}.
It was not {subj} who {past} {rest}.
No one said that {S}.
Mara Kerr called on {subj} to {base} {rest}.
Mara Kerr wants {subj} to {base} {rest}.
Mara Kerr accused {subj} of {ing} {rest}.
Mara Kerr says {subj} {past} {rest}.
Mara Kerr was sure that {S}.
Mara Kerr hopes {subj} will {base} {rest}.
For {subj} to {base} {rest} would be illegal.
It would be a mistake for {subj} to {base} {rest}.
# conditions
If {S}, the talks will fail.
If {S}, the talks would fail.
If {S}, the talks failed.
Even if {S}, the talks will go on.
Unless {S}, the talks will fail.
Had {subj} {pp} {rest}, the talks would have failed.
Should {subj} {base} {rest}, the talks will fail.
Were {subj} to {base} {rest}, the talks would fail.
Provided that {S}, the talks will go on.
In case {S}, the talks were moved.
It was as if {S}.
It was as though {S}.
The town felt as if {S}.
If only {S}.
The talks will go on if {S}.
The talks would have failed if {S}.
The talks will fail unless {S}.
Whether or not {S}, the talks go on.
The talks will go on once {subj} {has} {pp} {rest}.
The talks will go on when {subj} {has} {pp} {rest}.
The talks will end before {subj} can {base} {rest}.
The town waited for {subj} to {base} {rest}.
Lest {subj} {base} {rest}, the talks were moved.
The talks were moved so that {subj} could {base} {rest}.
The talks were moved to stop {subj} from {ing} {rest}.
The talks were moved for fear that {S}.
Whoever says that {S} is wrong.
Anyone who thinks {S} is wrong.
# questions, headlines
Did {subj} {base} {rest}?
{S}?
Is it true that {S}?
What if {S}?
Why would {subj} {base} {rest}?
Has {subj} {pp} {rest}?
Will {subj} {base} {rest}?
Could {subj} have {pp} {rest}?
Police: {S}
{S}: police
{S} – report
{S} - sources
{S}, claims minister
{S}, says minister
{S}, minister claims
Minister claims {S}
Minister says {S}
Minister denies {S}
{subj} 'to {base}' {rest}
{subj} '{past}' {rest}
{subj} "{past}" {rest}, police said.
“{S},” she said.
“{S},” according to the ministry.
"{S}," the minister told a crowd.
'{S}', says minister
The minister: “{S}.”
“I swear that {S}.”
The poster read “{S}”.
"{S}."
# nouns
{np} was cancelled.
{np} was called off.
{np} was shelved.
{np} was dropped.
{np} was dropped because of a sandstorm.
{np} was postponed.
{np} has been put off until May.
{np} was delayed.
{np} was averted.
{np} was foiled.
{np} was aborted.
{np} was scrapped.
{np} was abandoned.
{np} was prevented.
{np} was ruled out.
{np} was blocked.
{np} was planned.
{np} is planned for May.
{np} was considered.
{np} was proposed.
{np} was rumoured.
{np} was alleged.
{np} was denied.
{np} is possible.
{np} is likely.
{np} is unlikely.
{np} is expected.
{np} is feared.
{np} is out of the question.
{np} is under discussion.
{np} is being discussed.
{np} is on hold.
{np} is imminent.
{np} is off.
{np} never took place.
{np} did not take place.
{np} did not happen.
{np} never happened.
{np} failed to materialise.
{np} was avoided.
{np} was narrowly avoided.
{np} was threatened.
{np} will be needed.
{np} would be illegal.
{np} may follow.
{np} was to begin on Monday.
{np} was due to begin on Monday.
{np} was rejected.
{np} was vetoed.
{np} fell through.
{np} was suspended.
{np} was meant to follow.
{np} was demanded.
There was no {n}.
There has been no {n}.
There will be no {n}.
There may be {np}.
There were fears of {np}.
There was talk of {np}.
There are plans for {np}.
Police feared {np}.
Police foiled {np}.
Police averted {np}.
Police prevented {np}.
Police thwarted {np}.
Police warned of {np}.
Police threatened {np}.
Police planned {np}.
Police plotted {np}.
Police called for {np}.
Police ordered {np}.
Police demanded {np}.
Police expect {np}.
Police ruled out {np}.
Police cancelled {np}.
Police called off {np}.
Police shelved {np}.
Police dropped {np}.
Police postponed {np}.
Police denied {np}.
Police rejected {np}.
Police discussed {np}.
Police proposed {np}.
Police considered {np}.
Police promised {np}.
Police claimed {np}.
Police alleged {np}.
Police suspected {np}.
Police reported {np}.
Police announced {np}.
Police want {np}.
Police hope for {np}.
Police prepared for {np}.
Police voted against {np}.
Police opposed {np}.
Police staved off {np}.
Police abandoned {np}.
Police sought {np}.
Police need {np}.
Police talked of {np}.
Police spoke of {np}.
Police received a warning of {np}.
The police were accused of {np}.
A planned {n} worried the town.
An alleged {n} worried the town.
A possible {n} worried the town.
A failed {n} worried the town.
A cancelled {n} worried the town.
A would-be {n} worried the town.
A rumoured {n} worried the town.
A supposed {n} worried the town.
A foiled {n} worried the town.
An averted {n} worried the town.
A proposed {n} worried the town.
An apparent {n} worried the town.
A suspected {n} worried the town.
A reported {n} worried the town.
A threatened {n} worried the town.
An aborted {n} worried the town.
The threat of {np} worried the town.
The risk of {np} worried the town.
The prospect of {np} worried the town.
The fear of {np} worried the town.
The possibility of {np} worried the town.
Rumours of {np} worried the town.
Plans for {np} worried the town.
The failure of {np} worried the town.
The cancellation of {np} worried the town.
The postponement of {np} worried the town.
Hopes of {np} faded.
Calls for {np} grew.
Hints of {np} grew.
In case of {np}, call the mayor.
In the event of {np}, call the mayor.
Without {np}, the talks will fail.
Instead of {np}, there was a dinner.
Short of {np}, nothing will help.
The town was spared {np}.
The mayor came close to {np}.
If there is {np}, the talks will fail.
It was not {np}.
# more of each
{S}, if rumours are true.
{S}, if confirmed.
{S}, on one account.
{S}, on some accounts.
{S}, by some accounts.
{S}, in one version of events.
{S}, he has been quoted as saying.
{S}, the minister was quoted as saying.
{S}, she is reported to have said.
{S}, it has emerged.
{S}, it emerged on Tuesday.
{S}, the BBC understands.
{S}, the paper has learned.
{S}, the Guardian can reveal.
{S}, I am told.
{S}, we were told.
{S}, he told me.
{S}, so the army says.
{S}, the story went.
{S}, the theory goes.
{S}, some suspect.
{S}, according to a person familiar with the matter, who asked not to be named.
{S}, according to three people briefed on the talks.
{S}, per the ministry.
{S}, police say, citing witnesses.
{S}, a court in Graz has been told.
{S}, a judge was told on Friday.
{S}, judges heard.
{S}, the trial has heard.
{S}, the inquest heard.
{S}, an inquiry has found.
{S}, the coroner ruled.
{S}, documents seen by the paper show.
{S}, emails obtained by the paper suggest.
{S}, court papers say.
{S}, the suit says.
{S}, a study suggests.
{S}, new figures show.
{S}, research has found.
{S}, her lawyer, Tom Hale, told a hearing.
{S}, Mara Kerr, 43, said.
{S}, Mara Kerr, who lives nearby, said.
{S}, said Mara Kerr, who lives nearby.
{S}, said Mara Kerr, 43, a nurse.
{S}, Mara Kerr said in an interview.
{S}, Mara Kerr said, adding that nobody was hurt.
{S}, said one official, who spoke on condition of anonymity.
{S}, warned Mara Kerr of the Lund Institute.
{S}, campaigners claim.
{S}, the opposition charges.
{S}, opponents contend.
{S}, its critics say.
{S}, neighbours speculated.
{S}, he lied.
{S}, he joked.
{S}, he boasted.
{S}, they pretended.
{S} (police say).
{S} (it is claimed).
{S} — police say.
{S} -- officials said.
{S}? Nobody knows.
{S}, right?
{S} as the army claims.
{S}, as alleged by the opposition.
{S}, as has been claimed.
{S}, as is claimed.
{S}, as rumoured.
{S}, police said on Monday, and the road was closed.
{S}, police said, adding to fears in the town.
On Monday, police said, {S}.
In May, it is alleged, {S}.
Shortly before noon, according to police, {S}.
That night, investigators believe, {S}.
Then, the story goes, {S}.
Later, the court heard, {S}.
There, witnesses say, {S}.
{subj} then, police say, {past} {rest}.
{subj} later, it is alleged, {past} {rest}.
{subj}, according to one account, {past} {rest}.
{subj}, by some accounts, {past} {rest}.
{subj}, on this account, {past} {rest}.
{subj}, if the police are right, {past} {rest}.
{subj}, as is alleged, {past} {rest}.
{subj}, we are told, {past} {rest}.
{subj}, I believe, {past} {rest}.
{subj}, in her view, {past} {rest}.
{subj}, to believe the army, {past} {rest}.
{subj}, reportedly, {past} {rest}.
{subj}, perhaps, {past} {rest}.
{subj}, apparently, {past} {rest}.
{subj}, the indictment alleges, {past} {rest}.
{subj} (or so it is claimed) {past} {rest}.
It is widely believed that {S}.
It is a matter of dispute whether {S}.
It is a myth that {S}.
It is a lie that {S}.
It is nonsense that {S}.
It is hard to believe that {S}.
It is doubtful whether {S}.
It is doubtful that {S}.
It is inconceivable that {S}.
It is unlikely that {S}.
It is probable that {S}.
It is rumoured that {S}.
It is hoped that {S}.
It is assumed that {S}.
It is understood that {S}.
It looks like {S}.
It looks as if {S}.
It sounds as if {S}.
It would be wrong to say that {S}.
It was reported that {S}.
It was reported by the radio that {S}.
It was suggested that {S}.
It was wrongly reported that {S}.
It emerged that {S}.
It turned out that {S}.
It remains to be seen whether {S}.
It has not been proved that {S}.
It has never been shown that {S}.
It cannot be ruled out that {S}.
It is not clear that {S}.
It is yet to be established whether {S}.
There is speculation that {S}.
There is talk that {S}.
There is no proof that {S}.
There is little doubt that {S}.
There is a chance that {S}.
There is a theory that {S}.
There were claims that {S}.
There were reports that {S}.
There were unconfirmed reports that {S}.
There was never any suggestion that {S}.
No evidence was found that {S}.
No one believes that {S}.
Few believe that {S}.
Word has it that {S}.
Rumour has it that {S}.
My guess is that {S}.
His defence is that {S}.
His line is that {S}.
The claim is that {S}.
The official story is that {S}.
The most likely explanation is that {S}.
The hope is that {S}.
The chances are that {S}.
The assumption that {S} was wrong.
The notion that {S} is absurd.
The possibility that {S} cannot be ruled out.
The suggestion that {S} angered her.
The accusation that {S} is unproven.
The assertion that {S} is false.
The news that {S} was denied.
Claims that {S} were denied.
Doubts that {S} remain.
Despite claims that {S}, the talks went on.
Amid rumours that {S}, the talks went on.
Following reports that {S}, the talks were moved.
Because of a rumour that {S}, the talks were moved.
Believing that {S}, she left.
Fearing that {S}, she left.
Convinced that {S}, she left.
Assuming {S}, the talks will fail.
Given the rumour that {S}, she left.
She left, convinced that {S}.
She left, thinking that {S}.
She left after hearing that {S}.
She wrote to say that {S}.
She went on to claim that {S}.
She wants us to believe that {S}.
She would have us believe that {S}.
She has no reason to think that {S}.
She was wrong to say that {S}.
She forgot to say that {S}.
She refused to believe that {S}.
She refused to say whether {S}.
She declined to confirm that {S}.
She could not confirm that {S}.
She would not say whether {S}.
She neither confirmed nor denied that {S}.
She stopped short of saying that {S}.
She hinted that {S}.
She implied that {S}.
She wondered if {S}.
She asked if {S}.
She doubted {S}.
She imagined that {S}.
She convinced herself that {S}.
She was told by police that {S}.
She was led to believe that {S}.
She was under the impression that {S}.
She had the impression that {S}.
She got the feeling that {S}.
She took the view that {S}.
She made the claim that {S}.
She rejected the idea that {S}.
She dismissed the claim that {S}.
She denied claims that {S}.
She denied a report that {S}.
She disputes that {S}.
She accused the press of claiming that {S}.
She swore under oath that {S}.
She testified that {S}.
She insists {S}.
She tweeted: "{S}."
She said: {S}.
Her claim: {S}.
One rumour: {S}.
The charge: {S}.
The only question is whether {S}.
What matters is whether {S}.
How could it be that {S}?
Who says that {S}?
Is it possible {S}?
Can it be true that {S}?
Suppose that {S}.
Let us say {S}.
Pretend that {S}.
Say {S}.
What would happen if {S}?
Only if {S} will the talks go on.
Not until {subj} {has} {pp} {rest} will the talks go on.
Until {subj} {has} {pp} {rest}, the talks are off.
As long as {subj} {does} not {base} {rest}, the talks go on.
In the hope that {S}, she left.
On the assumption that {S}, she left.
In the belief that {S}, she left.
{subj} {is} widely believed to have {pp} {rest}.
{subj} {was} initially reported to have {pp} {rest}.
{subj} {was} wrongly reported to have {pp} {rest}.
{subj} {is} presumed to have {pp} {rest}.
{subj} {is} assumed to have {pp} {rest}.
{subj} {is} suspected to have {pp} {rest}.
{subj} {is} charged with {ing} {rest}.
{subj} {was} charged with conspiring to {base} {rest}.
{subj} {was} convicted of {ing} {rest}.
{subj} pleaded guilty to {ing} {rest}.
{subj} pleaded not guilty to {ing} {rest}.
{subj} {has} pleaded not guilty to {ing} {rest}.
{subj} {was} found not guilty of {ing} {rest}.
{subj} {was} found guilty of {ing} {rest}.
{subj} {was} implicated in {ing} {rest}.
{subj} {was} wanted for {ing} {rest}.
{subj} {was} blamed for {ing} {rest}.
{subj} {was} rumoured to be {ing} {rest}.
{subj} {is} said to be {ing} {rest}.
{subj} {was} seen as {ing} {rest}.
{subj} {is} bound to {base} {rest}.
{subj} {is} sure to {base} {rest}.
{subj} {is} certain to {base} {rest}.
{subj} {is} in a position to {base} {rest}.
{subj} {is} free to {base} {rest}.
{subj} {was} free to {base} {rest}.
{subj} {was} in no position to {base} {rest}.
{subj} {was} on course to {base} {rest}.
{subj} {was} on track to {base} {rest}.
{subj} {was} scheduled to {base} {rest}.
{subj} {was} meant to {base} {rest}.
{subj} {was} obliged to {base} {rest}.
{subj} {was} entitled to {base} {rest}.
{subj} {was} asked not to {base} {rest}.
{subj} {was} warned not to {base} {rest}.
{subj} {was} told to {base} {rest}.
{subj} {was} begged to {base} {rest}.
{subj} {was} powerless to {base} {rest}.
{subj} {was} afraid to {base} {rest}.
{subj} {was} quick to deny {ing} {rest}.
{subj} {was} said never to have {pp} {rest}.
{subj} can't have {pp} {rest}.
{subj} couldn't have {pp} {rest}.
{subj} won't {base} {rest}.
{subj} wouldn't {base} {rest}.
{subj} mustn't {base} {rest}.
{subj} hardly {past} {rest}.
{subj} might as well have {pp} {rest}.
{subj} would rather {base} {rest}.
{subj} used not to {base} {rest}.
{subj} {has} long wanted to {base} {rest}.
{subj} {has} been trying to {base} {rest}.
{subj} {has} been threatening to {base} {rest}.
{subj} {has} been accused of {ing} {rest}.
{subj} {has} nothing to do with {ing} {rest}.
{subj} shrank from {ing} {rest}.
{subj} refrained from {ing} {rest}.
{subj} abstained from {ing} {rest}.
{subj} postponed {ing} {rest}.
{subj} toyed with {ing} {rest}.
{subj} flirted with {ing} {rest}.
{subj} fantasised about {ing} {rest}.
{subj} bragged about {ing} {rest}.
{subj} confessed to {ing} {rest}.
{subj} warned against {ing} {rest}.
{subj} campaigned against {ing} {rest}.
{subj} voted against {ing} {rest}.
{subj} proposed {ing} {rest}.
{subj} suggested {ing} {rest}.
{subj} recommended {ing} {rest}.
{subj} looked forward to {ing} {rest}.
{subj} objected to {ing} {rest}.
{subj} {was} opposed to {ing} {rest}.
{subj} {was} close to {ing} {rest}.
{subj} {was} far from {ing} {rest}.
{subj} {was} capable of {ing} {rest}.
{subj} {was} incapable of {ing} {rest}.
{subj} {was} afraid of {ing} {rest}.
{subj} {was} intent on {ing} {rest}.
{subj} {was} bent on {ing} {rest}.
{subj} {was} barred from {ing} {rest}.
{subj} {was} dissuaded from {ing} {rest}.
{subj} {was} talked out of {ing} {rest}.
{subj} {was} a favourite to {base} {rest}.
{subj} made plans to {base} {rest}.
{subj} drew up plans to {base} {rest}.
{subj} made no attempt to {base} {rest}.
{subj} made an attempt to {base} {rest}.
{subj} threatened that {subj} would {base} {rest}.
{subj} won the right to {base} {rest}.
{subj} lost the chance to {base} {rest}.
{subj} got permission to {base} {rest}.
{subj} sought permission to {base} {rest}.
{subj} received orders to {base} {rest}.
{subj} met to discuss {ing} {rest}.
A plan for {subj} to {base} {rest} was dropped.
A proposal for {subj} to {base} {rest} was rejected.
Calls for {subj} to {base} {rest} grew.
Pressure on {subj} to {base} {rest} grew.
The failure of {subj} to {base} {rest} was criticised.
The refusal of {subj} to {base} {rest} was criticised.
The decision not to {base} {rest} was criticised.
The hope that {subj} would {base} {rest} faded.
Fears that {subj} would {base} {rest} grew.
It is time for {subj} to {base} {rest}.
It is up to {subj} to {base} {rest}.
It took a miracle for {subj} not to {base} {rest}.
Nothing would make {subj} {base} {rest}.
Nobody asked {subj} to {base} {rest}.
Mara Kerr dared {subj} to {base} {rest}.
Mara Kerr begged {subj} to {base} {rest}.
Mara Kerr stopped {subj} from {ing} {rest}.
Mara Kerr suspects {subj} of {ing} {rest}.
Mara Kerr is suing {subj} for {ing} {rest}.
Mara Kerr expects {subj} to {base} {rest}.
Mara Kerr believes {subj} to have {pp} {rest}.
Mara Kerr portrayed {subj} as {ing} {rest}.
Did {subj} ever {base} {rest}?
Had {subj} ever {pp} {rest}?
Who thinks {subj} {past} {rest}?
When will {subj} {base} {rest}?
Should {subj} {base} {rest}?
How might {subj} {base} {rest}?
Not one of them said {S}.
Nor did {subj} {base} {rest}.
Contrary to what was reported, {subj} did not {base} {rest}.
{np} was, police say, prevented.
{np} was discussed on Friday.
{np} was mooted.
{np} was floated.
{np} was debated.
{np} was ordered.
{np} was requested.
{np} was recommended.
{np} was promised.
{np} was announced for May.
{np} was scheduled for May.
{np} was nipped in the bud.
{np} was turned down.
{np} was refused.
{np} was forbidden.
{np} was banned.
{np} was unthinkable.
{np} was unlikely.
{np} was out of reach.
{np} was in the air.
{np} is in doubt.
{np} is looming.
{np} looms.
{np} is due.
{np} is overdue.
{np} is a possibility.
{np} is an option.
{np} is no longer planned.
{np} is not planned.
{np} seems certain.
{np} seems likely.
{np} appears imminent.
{np} came to nothing.
{np} did not go ahead.
{np} will not go ahead.
{np} failed to take place.
{np} should take place in May.
{np} could have been prevented.
{np} would have been a mistake.
{np} has been delayed until May.
{np} depends on the weather.
{np} requires a vote.
There will be {np}.
There could be {np}.
There would have been {np}.
There was no sign of {np}.
There was no need for {np}.
There was no question of {np}.
There were rumours of {np}.
There were reports of {np}.
There were calls for {np}.
There was a risk of {np}.
There was the threat of {np}.
There is a plan for {np}.
Is there {np}?
Was there {np}?
Will there be {np}?
The mayor denied that there had been {np}.
The mayor denied there was {np}.
The mayor said there had been {np}.
The mayor argued for {np}.
The mayor argued against {np}.
The mayor pushed for {np}.
The mayor campaigned for {np}.
The mayor pleaded for {np}.
The mayor appealed for {np}.
The mayor begged for {np}.
The mayor asked for {np}.
The mayor waited for {np}.
The mayor prayed for {np}.
The mayor feared {np}.
The mayor dreaded {np}.
The mayor wished for {np}.
The mayor was hoping for {np}.
The mayor is preparing {np}.
The mayor is considering {np}.
The mayor mulled {np}.
The mayor weighed {np}.
The mayor suggested {np}.
The mayor predicted {np}.
The mayor forecast {np}.
The mayor imagined {np}.
The mayor described {np}.
The mayor vetoed {np}.
The mayor refused {np}.
The mayor forbade {np}.
The mayor blocked {np}.
The mayor called for an end to talk of {np}.
The mayor hinted at {np}.
The mayor dangled the prospect of {np}.
The mayor raised the possibility of {np}.
The mayor raised the spectre of {np}.
The mayor was accused of planning {np}.
The mayor was accused of {np}.
The mayor was suspected of {np}.
The mayor was charged over {np}.
The mayor was cleared of {np}.
The mayor is ready for {np}.
The mayor left for {np}.
The mayor drew up plans for {np}.
The mayor rehearsed {np}.
The mayor invented {np}.
The mayor staged a mock {n}.
A fake {n} worried the town.
A fictional {n} worried the town.
A simulated {n} worried the town.
A thwarted {n} worried the town.
A looming {n} worried the town.
A future {n} worried the town.
A feared {n} worried the town.
A claimed {n} worried the town.
A disputed {n} worried the town.
An attempted {n} worried the town.
An expected {n} worried the town.
An imminent {n} worried the town.
An unconfirmed {n} worried the town.
Preparations for {np} began.
Expectations of {np} grew.
Speculation about {np} grew.
Warnings of {np} grew.
Threats of {np} grew.
Opposition to {np} grew.
Support for {np} grew.
Talks about {np} began.
The absence of {np} was noted.
The lack of {np} was noted.
The chance of {np} is small.
The option of {np} is open.
The idea of {np} is absurd.
The case for {np} is weak.
To avoid {np}, the talks were moved.
To prevent {np}, the talks were moved.
To stop {np}, the talks were moved.
For fear of {np}, the talks were moved.
In anticipation of {np}, the talks were moved.
In preparation for {np}, the talks were moved.
Pending {np}, the talks were moved.
Barring {np}, the talks will go on.
Had there been {np}, the talks would have failed.
Unless there is {np}, the talks will fail.
If {np} follows, the talks will fail.
Whether {np} follows is unclear.
""".splitlines()
    if line and not line.startswith("#")
]
