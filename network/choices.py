"""Closed lists about people. Slugs are stable."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices


class Audience(TextChoices):
    """Who may see a row of a profile, the fewest first. Nobody without a place here sees any of them."""

    ME = "me", "Only me"
    EXCHANGE = "exchange", "People I am arranging something with"
    ORGANISATION = "organisation", "My organisation"
    ELSEWHERE = "elsewhere", "Members elsewhere, not my organisation"
    REGION = "region", "Members in my region"
    NETWORK = "network", "All members"


class SkillLevel(IntegerChoices):
    """How far somebody has got, in their own words; never added up."""

    DISCUSS = 1, "Can discuss it"
    PRACTISED = 2, "Have practised it"
    LED = 3, "Have led it"
    LED_ELSEWHERE = 4, "Have led improvement of it elsewhere"


class Evidence(TextChoices):
    """What a claim rests on."""

    NOTHING = "nothing", "My own word"
    CASE_STUDY = "case-study", "A case study in the library"
    COURSE = "course", "A course"
    EXCHANGE = "exchange", "A completed exchange"


class Statement(TextChoices):
    """The post-qualifying statement that a heading comes from."""

    PRACTITIONER = "practitioner", "Child and family practitioners"
    SUPERVISOR = "supervisor", "Practice supervisors"


class Help(TextChoices):
    """What somebody offers, the lightest first."""

    QUESTION = "question", "Answer a question"
    CALL = "call", "A call"
    COACHING = "coaching", "Coaching"
    VISIT = "visit", "Have visitors, or visit"
    OBSERVING = "observing", "Let somebody observe practice"
    PEER_REVIEW = "peer-review", "Peer review"
    TRAINING = "training", "Training"
    LOAN = "loan", "A loan, if my manager agrees"


#: What a request may ask for without anybody's leave: T0 and T1 of the exchange tiers.
LIGHT_HELP = (Help.QUESTION, Help.CALL, Help.COACHING)
#: Of these, what takes working time: the line manager is told.
TAKES_TIME = (Help.CALL, Help.COACHING)


#: What whoever asked reads, whatever the reason why not.
NOT_AVAILABLE = "Not available now"


class RequestState(TextChoices):
    """How far a request has got. Nobody can be asked with a draft, nor once it is closed."""

    DRAFT = "draft", "Draft"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class AskState(TextChoices):
    """What became of asking one person. `words_for_asker` hides which of the two ways to say no was chosen."""

    ASKED = "asked", "Asked"
    ACCEPTED = "accepted", "Accepted"
    NOT_NOW = "not-now", "Not now"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Taken back"
    ENDED = "ended", "Ended"


class ReportClass(TextChoices):
    """What is wrong with something. Safeguarding comes first; what may identify a family is hidden at once."""

    SAFEGUARDING = "safeguarding", "A child or an adult may be at risk"
    FAMILY = "identifies-family", "It could tell who a child or a family is"
    OTHER = "other", "Something else: unkind, untrue, not what this is for"


class ReportState(TextChoices):
    """Whether the moderator on duty has decided."""

    WAITING = "waiting", "Waiting"
    UPHELD = "upheld", "Hidden or removed"
    DISMISSED = "dismissed", "Shown"


class Day(IntegerChoices):
    """Days of work."""

    MONDAY = 1, "Monday"
    TUESDAY = 2, "Tuesday"
    WEDNESDAY = 3, "Wednesday"
    THURSDAY = 4, "Thursday"
    FRIDAY = 5, "Friday"
    SATURDAY = 6, "Saturday"
    SUNDAY = 7, "Sunday"


class RegistrationBody(TextChoices):
    """Who keeps the register that somebody is on. Never the number."""

    SOCIAL_WORK_ENGLAND = "social-work-england", "Social Work England"
    HCPC = "hcpc", "Health and Care Professions Council"
    NMC = "nmc", "Nursing and Midwifery Council"
    GMC = "gmc", "General Medical Council"
    TRA = "tra", "Teaching Regulation Agency"
    OTHER = "other", "Another register"
