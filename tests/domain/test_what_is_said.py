"""What is said in awkward invented sentences: ``[…]`` marks the statements, in order; without: the whole sentence."""

from __future__ import annotations

import re

import pytest

from annotator.domain.annotations import Span
from annotator.domain.statements import statements, what_is_said

SENTENCES = [
    # a colon
    "Ms Quist said: [‘It is plain theft.’]",
    "Ms Quist said: [“It is plain theft.”]",
    "Ms Quist, the harbour master, said:\u00a0[‘It is plain theft.’]",
    "Speaking on her Salt Water podcast with Per Aune, Ms Quist said: [‘It’s odd and clumsy.’]",
    "Asked whether she would resign, she replied: [‘Ask me in June.’]",
    "She told the Courier: [‘We were never asked.’]",
    "She told councillors at a packed meeting in Nessel on Monday: [‘We were never asked.’]",
    "Meanwhile, the union’s leader Tor Falk wrote: [‘This toll – sadly – is a tax.’]",
    "The post by Mr Aune, which has been deleted, read: [‘Six berths are free.’]",
    "[The board cited a deleted post by Rolf Aune, its head of berths], which said: [‘Six berths are free.’]",
    "He suggested [the toll was ‘damaging’ the town’s trade], telling councillors: [‘Thirty boats have left.’]",
    # a verb and its clause
    "The board said [the toll was fair].",
    "The board said that [the toll was fair].",
    "The board’s chair, Ida Holm, said [the toll was fair].",
    "But Ida Holm, the board’s chair, said [the toll was ‘more than fair’].",
    "Ms Holm has insisted [any skippers who paid did so of their own free will].",
    "Ms Holm has insisted\u00a0[any skippers who paid did so of their own free will].",
    "He also argued that [if the port is ‘for sale’ then the town is too].",
    "Senior officials admitted [the board would be ‘kicking itself’ over the row].",
    "They have claimed [the board took ‘unlawful payments’ from a rival port].",
    "Ex-mayor Rolf Aune said [it was ‘a slip’ and the board had been ‘hasty’].",
    "She said on Tuesday that [the toll would stay].",
    "She said in a statement that [the toll would stay].",
    "She said yesterday [the toll would stay].",
    "She said [the toll would stay], adding that [nobody had asked for less].",
    "Holm said [the toll was fair], but Falk insisted [it was theft].",
    "Holm said [the toll was fair, and that is that].",
    "[The toll was opposed by Mr Falk], who said [it would ruin the fleet].",
    "[The board raised the toll] and said [it was only fair].",
    "It is understood that [the letter was written in March].",
    "It emerged yesterday that [the letter was written in March].",
    "It has been alleged that [the letter was forged].",
    "The inquiry found that [the letter was genuine].",
    "Residents were told [the toll would end in June].",
    "Skippers say [they were never asked].",
    "On Friday the board’s lawyers warned that [the letter was stolen].",
    "A spokeswoman for Ms Holm confirmed [she had seen the letter].",
    "After the vote was lost, Ms Holm said [she would not resign].",
    "Aune [called it ‘a blunder’] and said [the board had been ‘deaf’].",
    "Renner said [the letter was ‘a courtesy’] and that [she had sent four].",
    "The mayor admitted that [she should have asked], but [rejected talk of a deal as ‘a fairy tale’].",
    "[On Friday he went further], claiming that [thirty boats had asked for berths elsewhere].",
    "However, minutes of the meeting on 27 February, published since, record that [a draft was ‘circulated’].",
    "The union accepts that [the wall must be mended].",
    "[‘We are open,’] its five members wrote to the chair.",
    "Mayor: [‘We should have asked’]",
    "[The row grew when it emerged that Mr Aune, the head of berths, had posted]: [‘Six berths free’]",
    "Asked about it, he answered in Arabic: [‘هذا بيتنا’]",
    # told
    "Mr Falk told the Nessel Courier after the meeting that [he had met the board twice].",
    "Mr Falk told the newspaper that [he had met the board twice].",
    "Mr Falk told them [he had met the board twice].",
    "Mr Falk told Radio Nessel [the board had lied].",
    "Mr Falk told reporters [the board had lied].",
    "He reminded the council that [the harbour was public].",
    # quotation first
    "[‘It is theft,’] she said.",
    "[“It is theft,”] said Ms Quist, the harbour master.",
    "[‘It is theft,’] Ms Quist told the Courier on Monday after the vote.",
    "[‘It is theft,’] said Ms Quist, [‘and they know it.’]",
    "[‘Is it theft?’] she asked.",
    "[‘It is theft,’] he said, adding: [‘And they know it.’]",
    "[‘It is theft,’] he said, adding that [the board knew it].",
    "[‘It is theft,’] he said, [calling the letter ‘a gift’].",
    "[‘It is theft’], say skippers – as [ex-mayor admits [the vote was a ‘slip’]]",
    "‘Theft’ was the word on every wall in the harbour.",
    "[The ‘theft’ was on every wall], and Ms Quist said [she had seen it].",
    # the clause at the end
    "[The toll was fair], the board said.",
    "[The toll was fair], the board’s chair said on Monday.",
    "[The toll was fair], according to the board.",
    "[The toll was fair], according to Ida Holm, the board’s chair.",
    "[Toll is ‘theft’], say skippers",
    "According to the board, [the toll was fair].",
    "According to Ida Holm, the board’s chair, [the toll was fair].",
    "[The fee, more than 40,000 crowns, was paid by a donor, Per Aune, a shipowner], according to the register.",
    # verbs that say something themselves
    "The board [denied that it had advised the rival port].",
    "Ms Holm has repeatedly [denied seeing the letter].",
    "Ms Holm [declined to comment].",
    "Tor Falk, the union’s leader, [dismissed the board’s attempts to brush off the row].",
    "Mr Falk, the skippers’ candidate, this week [accused the board of ‘blatant theft’].",
    "However, Mr Falk has [accused the\u00a0board of taking ‘unlawful’ payments].",
    "During question time in the council on Monday, Mr Falk [called for a vote].",
    "Ms Quist [called it ‘plain theft’].",
    "The board [rejected the claim].",
    "The board [warned of higher tolls].",
    "She [admitted wrongdoing].",
    # a name with something between commas, and other awkward ways to report
    "A source close to the talks, who asked not to be named, said [the deal was ‘dead in the water’].",
    "[‘It’s dead,’] said one official, who asked not to be named, [‘and everybody knows it.’]",
    "The board, which denies wrongdoing, said [it would fight the claim].",
    "One skipper, Yusuf Karam, said: [‘I sleep in my boat.’]",
    "[‘We messed up,’] Per Lund, a board member, told the Tide, adding that [an apology was due].",
    "Downing Street [declined to comment], but a source said [the claims were ‘complete nonsense’].",
    "He went on: [‘We are tired of it.’]",
    "She continued: [‘We are tired of it.’]",
    "The ministry said in a statement on Friday [the toll was a local matter].",
    "The Tide understands [the toll will be dropped].",
    "Minutes seen by the Tide suggest [the mayor knew of the draft].",
    "Both sides say [the other is lying].",
    "He thinks [the toll is wrong], but says [he will pay it].",
    "Mr Falk has [pleaded not guilty].",
    "The minister [promised to drop the toll].",
    "The minister [maintained her innocence].",
    "[There will be no toll], insisted the minister.",
    "[The board had written to four ports], the Tide reported last week.",
    "[Board lied over toll], says union",
    "[Board ‘lied over toll’], union claims",
    "[Toll row]: mayor [denies seeing letter]",
    "Union [accuses board of lying over toll]",
    # as American papers and agencies write
    "Mayor Oda Quist said Tuesday [the toll would stay].",
    "Mayor Oda Quist said Tuesday that [the toll would stay].",
    "[“The toll stays,”] Quist said in an interview with the Courier on Tuesday.",
    "[Falk took $4,000 from the union], prosecutors said in a filing on Monday.",
    "[Falk took $4,000 from the union], prosecutors say.",
    "[“I knew,”] Quist acknowledged, [“but I did not act.”]",
    "Quist [acknowledged knowing of the letter].",
    "Court documents show [Falk took $4,000].",
    "[Quist knew], emails obtained by the Tide show.",
    "[Quist’s office issued a statement] saying [she had not seen the letter].",
    "The Harbor Authority has [denied any wrongdoing] and says [it followed the law].",
    "It is alleged [he took the money].",
    "He said afterwards that [it was “a joke”].",
    "[The claims are false], according to Mr Falk, who has fished for 30 years.",
    "[The claim was rejected by the board], which said [it was “fiction”].",
    "Falk allegedly took $4,000 from the union.",
    "What Mr Falk said was wrong.",
    "Mr Falk’s claim that the board lied was rejected.",
    "Nothing was done, he claimed, for years.",
    "They show the letter to everybody.",
    # no reporting clause
    "The board, she said, had lied.",
    "It is not clear whether the toll will be dropped.",
    "Neither the board nor the union would say how much was paid.",
    "“The board has lied” was how she put it.",
    "There will be no toll – that is what the minister promised.",
    "The board’s bid to defend itself against claims of theft was branded ‘hasty’ today.",
    "It followed months of talks, which Mr Falk hopes will end in June.",
    "There is no suggestion of wrongdoing.",
    "The toll is said to have doubled.",
    "Mr Aune, who was then the mayor, attended the launch.",
    "That claim was contradicted by the minutes.",
    "The reports of theft, the claims and the posts were deleted.",
    "The boat called Ida sank.",
    "A man accused of theft was freed.",
    "She was in Nessel when the board said the toll was fair.",
    "Nobody will say who wrote it.",
    "The mayor has a final say on tolls.",
    "Thirty boats have left.",
]


@pytest.mark.parametrize("marked", SENTENCES)
def test_what_is_said(marked: str) -> None:
    text = re.sub(r"[\[\]]", "", marked)
    said = [text[s.start : s.end] for s in statements(text, Span(0, len(text)))]
    flat = re.sub(r"\[(ex-mayor admits )\[", r"\1[", marked).replace("]]", "]")
    expected = re.findall(r"\[([^\[\]]*)\]", flat) or [text]
    if expected != [text]:
        assert said == expected
    else:
        assert said == [text]


def at(marked: str) -> str:
    text = marked.replace("|", "")
    said = what_is_said(text, marked.index("|"))
    return text[said.start : said.end]


def test_the_statement_at_the_caret_is_taken() -> None:
    assert at("Holm said the toll was f|air, but Falk insisted it was theft.") == "the toll was fair"
    assert at("Holm said the toll was fair, but Falk insisted it was th|eft.") == "it was theft"
    assert at("The toll is fair. ‘It is theft,’ said F|alk. Holm left.") == "‘It is theft,’"


def test_in_the_reporting_clause_it_is_what_the_clause_reports() -> None:
    assert at("Ho|lm said the toll was fair.") == "the toll was fair"
    assert at("‘It is theft,’ Falk s|aid.") == "‘It is theft,’"


def test_inside_a_quotation_over_paragraphs_a_sentence_is_what_is_said() -> None:
    assert at("Falk said: ‘It is theft.\n\n‘They say it is f|air. It is not.’") == "‘They say it is fair."


def test_on_an_empty_line_nothing_is_said() -> None:
    assert what_is_said("One.\n\nTwo.", 5) == Span(5, 5)
