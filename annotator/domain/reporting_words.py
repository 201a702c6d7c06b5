"""The English words by which a news text reports what somebody said, as data for :mod:`annotator.domain.reporting`."""

from __future__ import annotations


def _words(lines: str) -> frozenset[str]:
    return frozenset(lines.split())


CLAUSE_VERBS = _words(
    """
    read reads continued continues went goes said says say claimed claims claim insisted insists insist argued
    argues argue added adds add admitted admits admit conceded concedes concede acknowledged acknowledges
    acknowledge confirmed confirms confirm stated states state maintained maintains maintain suggested suggests
    suggest explained explains explain warned warns warn alleged alleges allege asserted asserts assert
    contended contends contend noted notes note reported reports report revealed reveals reveal announced
    announces announce declared declares declare stressed stresses stress emphasised emphasises emphasized
    emphasizes replied replies reply responded responds recalled recalls recall testified testifies wrote writes
    write tweeted tweets posted posts predicted predicts predict hinted hints hint complained complains complain
    joked jokes countered counters retorted retorts concluded concludes understands believed believes believe
    answered answers asked asks cried shouted wondered thinks think fears fear understood observed observes
    remarked remarks quipped protested protests boasted boasts
    """
)
"""What is said follows as a clause of its own; the verb is no part of it."""

TELL_VERBS = _words("told tells tell informed informs reminded reminds assured assures")
"""As the clause verbs, with the hearer named between the verb and what is said."""

THAT_VERBS = _words(
    """
    found ruled showed shows show emerged showing established heard recorded records record promised promises
    vowed accepted accepts accept agreed agrees agree recognised recognises
    """
)
"""Reporting verbs only when ``that`` follows."""

COURTS = _words("court inquest hearing tribunal jury inquiry trial")
"""What hears something said: ``the court heard he knew``."""

BEFORE_COLON = _words("read reads continued continues went goes")
"""Reporting verbs only before a colon: ``the letter read:``, ``he went on:``."""

WRITING = _words("said wrote writes write replied posted tweeted complained admitted explained suggested confirmed")
"""Clause verbs that may name the hearer with ``to``: ``wrote to the chair``."""

KEPT_VERBS = _words(
    """
    denied denies deny rejected rejects reject dismissed dismisses dismiss refuted refutes refute rebutted
    rebuts disputed disputes dispute accused accuses accuse blamed blames blame branded brands called calls
    described describes labelled labels labeled dubbed criticised criticises criticized criticizes condemned
    condemns condemn attacked attacks slammed slams blasted blasts declined declines decline refused refuses
    refuse ridiculed ridicules questioned questions challenged challenges defended defends urged urges demanded
    demands apologised apologises pleaded pleads
    """
)
"""The verb says something itself (``denied it``, ``called for a vote``), so that what is said begins with it."""

PARTICIPLES = _words(
    """
    saying claiming insisting arguing adding admitting conceding acknowledging confirming stating maintaining
    suggesting explaining warning alleging asserting noting reporting revealing announcing declaring stressing
    emphasising emphasizing replying writing telling informing reminding assuring tweeting posting complaining
    """
)
KEPT_PARTICIPLES = _words(
    "denying rejecting dismissing disputing accusing blaming branding calling describing labelling dubbing criticising"
)

NAMES_OF_THINGS_TOO = _words(
    """
    claims claim reports report states state notes note posts post fears fear records record show counters
    protests stresses questions challenges demands brands labels calls attacks blasts hints jokes remarks
    dispute reply blame refuse
    """
)
"""Forms that are nouns as often as verbs."""

HAVE = _words("has have had ’s ’ve ’d")
BE = _words("is are was were be been being am isn’t wasn’t aren’t weren’t isn't wasn't aren't weren't")
FINITE = (
    BE
    | _words("has have had will would can could shall should may might must did does do won’t wouldn’t can’t couldn’t")
    | _words(
        "didn’t doesn’t don’t hasn’t haven’t hadn’t won't wouldn't can't couldn't didn't doesn't don't hasn't hadn't"
    )
)
"""Words that show that a clause has begun."""

ADVERBS = _words(
    "also later then today yesterday tonight again still once now earlier repeatedly previously initially since even "
    "just never always often only finally however too himself herself themselves itself nevertheless already both all"
)
TIME_HEADS = _words("this last next on earlier late early")
TIMES = _words(
    "week month year night morning afternoon evening weekend monday tuesday wednesday thursday friday saturday sunday"
)
DETERMINERS = _words(
    "a an the this that these those his her its their our my your no any some every each another such what whose"
)
PRONOUNS = _words("he she it they i we you him her them us me who nobody everybody one both")
OBJECT_PRONOUNS = _words("him her them us me you it reporters journalists councillors ministers voters residents staff")
PERSONAL = _words("he she they it i we you who")
IRREGULAR = _words(
    """
    knew saw took gave went came made said told paid sold held left lost won met sent got felt kept led ran
    began became broke chose fell found grew hid knows wants needs means owes lied lies thought bought brought
    spent stood wrote
    """
)
"""Past forms, and some present ones, by which a clause is known that has no auxiliary."""
PREPOSITIONS = _words(
    "of in on at by for from with against over about under after before to as into through during between among "
    "amid despite following since until without within like than via out off up towards across near"
)
SUBORDINATORS = _words(
    "when while after before as although though if since because once until unless whereas whether where given "
    "despite asked quizzed pressed questioned challenged speaking writing responding replying reacting appearing "
    "addressing confronted approached"
)
LINKS = _words("and but while whereas yet as or so then")
OPENERS = _words(
    "but and however meanwhile earlier later yesterday today tonight still yet so also now instead separately then "
    "nevertheless nonetheless afterwards moreover though first finally or"
)
INTRODUCERS = _words(
    """
    on in at during after before yesterday today tonight last earlier later again through via to this by from
    when while outside through following
    """
)
"""What may stand between a reporting verb and its ``that``."""
