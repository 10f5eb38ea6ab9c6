"""What kind of organisation it is, and where in England an authority lies."""

from django.db import models


class OrganisationKind(models.TextChoices):
    COUNTY = "county", "County council"
    UNITARY = "unitary", "Unitary authority"
    METROPOLITAN_DISTRICT = "metropolitan-district", "Metropolitan district"
    LONDON_BOROUGH = "london-borough", "London borough"
    CHILDRENS_TRUST = "childrens-trust", "Children's trust"
    COUNCIL_OWNED_COMPANY = "council-owned-company", "Council-owned company"
    VOLUNTARY_PROVIDER = "voluntary-provider", "Voluntary provider"
    HEALTH_BODY = "health-body", "Health body"
    UNIVERSITY = "university", "University"
    POLICE = "police", "Police force"
    REGIONAL_ALLIANCE = "regional-alliance", "Regional alliance"
    GOVERNMENT = "government", "Government"
    OTHER = "other", "Other organisation"


AUTHORITY_KINDS: tuple[str, ...] = (
    OrganisationKind.COUNTY.value,
    OrganisationKind.UNITARY.value,
    OrganisationKind.METROPOLITAN_DISTRICT.value,
    OrganisationKind.LONDON_BOROUGH.value,
)


class Region(models.TextChoices):
    EAST_MIDLANDS = "east-midlands", "East Midlands"
    EAST_OF_ENGLAND = "east-of-england", "East of England"
    LONDON = "london", "London"
    NORTH_EAST = "north-east", "North East"
    NORTH_WEST = "north-west", "North West"
    SOUTH_EAST = "south-east", "South East"
    SOUTH_WEST = "south-west", "South West"
    WEST_MIDLANDS = "west-midlands", "West Midlands"
    YORKSHIRE_AND_THE_HUMBER = "yorkshire-and-the-humber", "Yorkshire and The Humber"


class AliasKind(models.TextChoices):
    NAME = "name", "Another name"
    FORMER_CODE = "former-code", "ONS code it had before"


class Closeness(models.TextChoices):
    """How near a statistical neighbour is, in the words of the Department for Education's model."""

    EXTREMELY_CLOSE = "extremely close", "Extremely close"
    VERY_CLOSE = "very close", "Very close"
    CLOSE = "close", "Close"
    SOMEWHAT_CLOSE = "somewhat close", "Somewhat close"
    NOT_CLOSE = "not close", "Not close"


class ValueStatus(models.TextChoices):
    """Why an official table holds no number in a cell, or that it does."""

    PUBLISHED = "published", "Published"
    NOT_AVAILABLE = "not-available", "Not published (missing or suppressed)"
    SUPPRESSED = "suppressed", "Suppressed, so that nobody can be recognised"
    ROUNDS_TO_NOTHING = "rounds-to-nothing", "More than zero, but too small to print"
    NOT_APPLICABLE = "not-applicable", "Does not apply"
    UNEXPLAINED = "unexplained", "A mark that the file does not explain"


class Caution(models.TextChoices):
    """Why a published value is to be read with care; the rules are in `cautions.py`."""

    IMPOSSIBLE = "impossible", "Cannot be right: below zero, or a share above 100%. Shown as published."
    ZERO = (
        "zero",
        (
            "Zero, where three of four authorities have more than half of the middle value: "
            "it may be a gap in what was sent in."
        ),
    )
    FEW_CHILDREN = "few-children", "Fewer than 5,000 children live there: a few children change it a lot."
    FAR_OUT = (
        "far-out",
        ("Further from the middle half of all authorities than three times the width of that half."),
    )


class Grade(models.TextChoices):
    """The words of Ofsted. An empty one was not given in its list."""

    OUTSTANDING = "outstanding", "Outstanding"
    GOOD = "good", "Good"
    REQUIRES_IMPROVEMENT = "requires improvement", "Requires improvement to be good"
    INADEQUATE = "inadequate", "Inadequate"
    BEFORE_IT_EXISTED = (
        "inspection_pre_dates_judgement",
        "Not judged: the inspection was before this judgement was made",
    )
