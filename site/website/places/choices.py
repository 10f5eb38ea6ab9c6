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
