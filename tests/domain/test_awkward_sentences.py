"""A second table of awkward invented sentences, by what makes them awkward: ``[…]`` marks what is said, in order."""

from __future__ import annotations

import re

import pytest

from annotator.domain.annotations import Span
from annotator.domain.statements import statements, what_is_said

SENTENCES = """
Harbour chief Una Brandt said [the crane had been “an accident waiting to happen”].
[“The crane was safe,”] insisted Brandt.
[“The crane was safe”], Brandt insisted.
[“The crane,”] Brandt said, [“was safe.”]
[“Was it safe?”] asked Dr. Imre Sol.
[“It was not safe!”] shouted one docker.
[“It was safe … until it was not,”] said Mr. Sol.
[“He told me, ‘Leave it to us,’ and hung up,”] Ms. Brandt recalled.
Ms. Brandt recalled: [“He told me, ‘Leave it to us,’ and hung up.”]
According to Dr. Sol, [the cable was 30 years old].
[The cable was 30 years old], according to a report seen by the Ledger.
[The cable, according to Dr. Sol, was 30 years old.]
According to the report, published on Friday, [the cable was 30 years old].
Dr. Sol, of the U.S. Crane Board, said [the cable had failed in the U.S. before].
The port’s No. 10 crane, the board said, had been checked in May.
A spokesman for No. 10 said [the prime minister had “full confidence” in Ms Brandt].
No. 10 [denied that the prime minister had been told].
No. 10 has not commented.
Crane boss: [“I will not quit”]
Brandt: [‘We did nothing wrong’]
[Crane ‘was never checked’], claim dockers
[Port chief ‘knew of cable fault’], says docker
Port chief [denies knowing of cable fault]
[Crane collapse]: port [rejects blame]
Ms Brandt [denied any wrongdoing].
Ms Brandt [denies the claims].
Ms Brandt said [she “categorically” denied the claims].
Ms Brandt strongly [denied that the crane was unsafe].
Ms Brandt said [the claims were untrue] and [denied that she had been warned].
The port [refused to say how old the cable was].
The port did not respond to a request for comment.
The port authority [declined to comment on the record].
He said: [“It broke; nobody was hurt; we were lucky.”]
Brandt said [the crane was old; it was not unsafe].
Brandt said [the crane was old]; Sol replied that [age was no excuse].
Una Brandt, chief of the port, told a hearing in Osk on 4 May: [“We checked it twice.”]
Una Brandt told the Osk Ledger’s Ada Finch [she had “no idea” who signed].
She told MPs that [“nobody at the port” had seen the letter].
She wrote on X: [“We checked it twice. Twice.”]
Writing on X, she said: [“We checked it twice.”]
In a letter to staff, Brandt wrote that [the crane was “safe as houses”].
In her letter Brandt says [the crane is safe].
[“If the cable was old,”] she asked, [“why was I not told?”]
[“We checked it,”] she said.
[“We checked it,”] she said – twice.
[“We checked it,”] Brandt, 54, said on Tuesday.
[“We checked it,”] added Brandt, who has run the port since 2011.
[“We checked it,”] said a spokesperson for the port, which owns six cranes.
[The crane will be scrapped], the port announced on Friday.
[The crane will be scrapped], the port has announced.
The port announced on Friday that [the crane will be scrapped].
The port announced [the crane will be scrapped].
The inquest heard that [the cable had been spliced].
The court heard [the cable had been spliced].
The report concludes that [the cable had been spliced].
A leaked report says [the cable had been spliced].
Sources said [the report had been “watered down”].
One source said: [“It’s a whitewash.”]
Dockers have long claimed [the cranes are unsafe].
Dockers, however, say [the cranes are unsafe].
Dockers say [the cranes are unsafe], but the port insists [they are checked each month].
While Brandt said [the crane was safe], Sol said [it was not].
Asked if she would resign, Brandt said [she would not].
Asked if she would resign, Brandt said: [“No.”]
Pressed on the cable, she [declined to answer].
When told of the report, she said [it was “news to me”].
“No comment,” was all she would say.
[She knew], he alleged.
[She knew], it is alleged.
It was alleged in court that [she knew].
It is claimed [she knew].
She is alleged to have known.
She is accused of hiding the report.
Sol [accused Brandt of hiding the report].
Sol [accused Brandt of “hiding” the report] and said [she should go].
Sol [blamed “a culture of silence” at the port].
Sol [described the report as “a whitewash”].
Sol [branded the report “a whitewash”].
Sol [called on Brandt to resign].
Sol [urged the port to publish the report].
Una Brandt outside the court on Friday. Photograph: Ada Finch
The crane, which was built in 1987, fell at noon.
Brandt nodded and left the room.
The so-called “safe” crane fell at noon.
[“It fell,”] he told the Ledger, [“like a tree.”]
He says: [‘It fell “like a tree”.’]
Union leader Abe Moll tweeted: [“Scandal!”]
[“Scandal!”] tweeted union leader Abe Moll.
The union’s leader – who has a crane licence himself – said [the cable was “rotten”].
The union (which has 400 members) said [the cable was rotten].
Said Moll: [“It was rotten.”]
Moll: [“It was rotten.”]
“It was rotten.”
As Moll put it: [“It was rotten.”]
Moll’s answer: [“It was rotten.”]
Moll added that, [in his view, the cable was rotten].
Moll said that [while the crane was old, the cable was rotten].
Moll said that [while the crane was old the cable was rotten].
"""


@pytest.mark.parametrize("marked", SENTENCES.strip().split("\n"))
def test_what_is_said(marked: str) -> None:
    text = re.sub(r"[\[\]]", "", marked)
    said = [text[s.start : s.end] for s in statements(text, Span(0, len(text)))]
    assert said == (re.findall(r"\[([^\[\]]*)\]", marked) or [text])


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Moll said: “It was ro|tten.\n\n“Nobody looked.”", "“It was rotten."),
        ("Moll said: “It was rotten.\n\n“Nobody lo|oked.”", "“Nobody looked.”"),
        ("“It was rotten,” said Moll.\n“Nobody lo|oked,” he added. “Nobody at all.”", "“Nobody looked,”"),
        ("“It was rotten.” Moll left. “Nobody lo|oked.”", "“Nobody looked.”"),
        ("Una Brandt in Osk on Fri|day. Photograph: Ada Finch", "Una Brandt in Osk on Friday."),
        ("Mr. Moll of the U.S. board said the cable was ro|tten. Dr. Sol agreed.", "the cable was rotten"),
        ("Crane No. 10 was o|ld, Dr. Sol said. It fell.", "Crane No. 10 was old"),
        ("Was it s|afe? Moll said it was not.", "Was it safe?"),
        ("Was it safe? Moll said it was n|ot.", "it was not"),
    ],
)
def test_at_the_caret_in_a_longer_text(marked: str, expected: str) -> None:
    text = marked.replace("|", "")
    said = what_is_said(text, marked.index("|"))
    assert text[said.start : said.end] == expected
