"""How people ask for a property, as tables: the words on the right stand for the filter on the left.

Only wordings that can hardly mean anything else are here. `SHIELDS` are wordings that hold such words and ask for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from search.facets import COST


@dataclass(frozen=True, slots=True)
class Property:
    """One filter with all its values, and what a reader sees of it."""

    param: str
    values: tuple[str, ...]
    label: str


COMPARED = Property("evidence", ("compared", "compared-twice"), "compared with a similar group")
TESTED = Property("evidence", ("before-and-after", "compared", "compared-twice"), "measured or compared")
RUNNING = Property("status", ("running", "scaled"), "still running")
NOT_WORKED = Property("direction", ("no-effect", "adverse"), "no difference, or worse")

PHRASES: Mapping[Property, str] = {
    COMPARED: """randomised controlled trial|randomised controlled trials|randomized controlled trial
        randomised trial
        randomised trials|randomized trial|randomized trials|controlled trial|controlled trials|rct|rcts
        randomised|randomized
        tested by a trial|tested in a trial|trial of|trials of|control group|comparison group|quasi experimental
        compared with a similar group|compared to a similar group
        properly tested|properly evaluated|rigorously tested|rigorously evaluated|robustly evaluated|robust evidence
        strong evidence|strongest evidence|hard evidence|hardest tested|best tested|proven to work""",
    Property("evidence", ("compared-twice",), "compared in two or more strong studies"): """more than one trial
        compared in two or more strong studies
        several trials|repeated trials|two trials""",
    TESTED: "has been tested|have been tested|been tested|been evaluated|has been evaluated|have been evaluated",
    Property("evidence", ("before-and-after",), "measured before and after"): """before and after study
        before and after studies|measured before and after|pre and post""",
    Property("evidence", ("not-tested",), "not tested yet"): """not tested|not been tested|never been tested|never tested
        untested|not been evaluated|never been evaluated|never evaluated|no evidence yet""",
    NOT_WORKED: """did not work|didnt work|does not work|doesnt work|dont work|do not work
        not worked|havent worked|hasnt worked
        has failed|have failed|that failed|which failed|ineffective""",
    Property("direction", ("no-effect",), "no difference"): """no effect|no difference|no impact|null result|null results
        null findings|made no difference|makes no difference""",
    Property("direction", ("adverse",), "worse"): """made things worse|makes things worse|made it worse|makes it worse
        did harm|caused harm
        harmful effects|adverse effects|backfired|adverse results""",
    Property("direction", ("mixed",), "mixed"): "mixed results|mixed findings|mixed evidence",
    Property("direction", ("favourable",), "better"): """what works|what worked|that worked|which worked|that works|that work
        which works|which work|has worked|have worked|good results|positive results|positive findings""",
    Property("status", ("stopped",), "stopped"): """stopped because|stopped after|stopped due to|stopped running|that stopped
        which stopped|was stopped|were stopped|been stopped|got stopped|discontinued|decommissioned|wound up|closed down
        shut down|no longer running|not running any more|ended because|why it stopped""",
    RUNNING: "still running|currently running|running now|still going|in use now|up and running|running today",
    Property("status", ("scaled",), "taken to scale"): "scaled up|rolled out nationally|taken to scale",
    Property("cost", tuple(band for band in COST if band != "not-reported"), "cost reported"): """how much does
        what does it cost
        what do they cost|known costs|known cost|cost per child|cost per family|costs per child|costs per family
        what is the cost of|price of""",
    Property("cost", ("under-500",), "under £500 a child or family"): "cheap|low cost|inexpensive|cheapest",
    Property("cost", ("5000-9999", "10000-over"), "£5,000 and over a child or family"): "expensive|costly|most expensive",
    Property("type", ("case_study",), "places"): """which councils|which authorities|which local authorities|which places
        who runs|who is running|who has tried|who has run|who uses|case studies|where has|where is|where are""",
    Property("type", ("model",), "models"): "which models|models that|models which",
    Property("region", ("north-west",), "North West"): "north west|north west of england|northwest",
    Property("region", ("north-east",), "North East"): "north east|north east of england",
    Property("region", ("south-west",), "South West"): "south west|south west of england|southwest",
    Property("region", ("south-east",), "South East"): "south east|south east of england|southeast",
    Property("region", ("east-midlands",), "East Midlands"): "east midlands",
    Property("region", ("west-midlands",), "West Midlands"): "west midlands",
    Property("region", ("east-of-england",), "East of England"): "east of england|eastern england|east anglia",
    Property("region", ("yorkshire-and-the-humber",), "Yorkshire and The Humber"): """yorkshire and the humber
        yorkshire and humber|yorkshire|humberside""",
    Property("region", ("london",), "London"): "in london|across london|london boroughs|london councils",
    Property("region", ("north-east", "north-west", "yorkshire-and-the-humber"), "the north of England"): """north of england
        northern england""",
    Property("country", ("scotland", "england-and-scotland"), "Scotland"): "scotland|scottish",
    Property("country", ("wales",), "Wales"): "wales|welsh",
    Property("country", ("northern-ireland", "england-and-northern-ireland"), "Northern Ireland"): "northern ireland",
}  # fmt: skip
SHIELDS = """cost effective|cost effectiveness|north west london|north east london|south west london|south east london
    london borough of|expensive placements|costly placements|affordable housing|trial of labour|where is my
    where are they|new south wales|prince of wales|in the northern|how much does it matter"""

#: Before an amount: which side of it is meant. Between two amounts: a word of `BETWEEN`.
UNDER = "under|less than|below|up to|no more than|at most|cheaper than|for less than|costing less than|costing under"
OVER = "over|more than|above|at least|costing over|costing more than"
#: After an amount: what it is for. An amount a week says nothing about the cost for a child.
FOR_ONE = """a family|per family|each family|a child|per child|each child|each|a head|per head|a place|per place
    a young person|per young person|pounds a family|pounds a child|pounds per family|pounds per child|pounds"""
NOT_FOR_ONE = "a week|per week|weekly|a night|per night|a year|per year|a day|per day|an hour|per hour|million|m|billion|bn"

#: Before a year: from then on, until then, or in it; some also say that it is still running.
SINCE = "since|started since|started after|begun since|from|starting in or after"
RUNNING_SINCE = "running since|run since|going since|in use since"
BEFORE = "before|started before|begun before|earlier than|prior to"
IN_YEAR = "started in|begun in|launched in|set up in|starting in"


def said_of(table: str) -> frozenset[tuple[str, ...]]:
    """The wordings of a table as runs of words."""
    return frozenset(
        tuple(said.split()) for line in table.splitlines() for said in line.split("|") if said.strip()
    )


def runs_of(tables: Mapping[Property, str]) -> dict[tuple[str, ...], Property]:
    """Each wording with what it stands for."""
    return {run: meant for meant, table in tables.items() for run in said_of(table)}


def longest_of(runs: Iterable[tuple[str, ...]]) -> int:
    """How many words the longest has."""
    return max((len(run) for run in runs), default=0)
