"""Closed lists of states and kinds. Slugs are public and stable (facets, JSON, content files)."""

from __future__ import annotations

from django.db.models import TextChoices


class ModelKind(TextChoices):
    """What sort of practice model it is."""

    MODEL = "model", "Model"
    FRAMEWORK = "framework", "Framework"
    PROGRAMME = "programme", "Programme"
    STRUCTURE = "structure", "Structure"
    WORKFORCE_INITIATIVE = "workforce-initiative", "Workforce initiative"


class State(TextChoices):
    """How far a practice had got when it was last reported."""

    PROPOSED = "proposed", "Proposed"
    PLANNED = "planned", "Planned"
    TESTING = "testing", "Testing"
    RUNNING = "running", "Running"
    SCALED = "scaled", "Scaled up"
    STOPPED = "stopped", "Stopped"
    NOT_KNOWN = "not-known", "Not known"


class Extent(TextChoices):
    """A full case study, or a brief note that a place tried it."""

    FULL = "full", "Full case study"
    BRIEF = "brief", "Brief: we tried it here"


class Origin(TextChoices):
    """Who wrote the entry."""

    COMPILED = "compiled", "Compiled by editors from published sources"
    OWN = "own", "Written by its organisation"


class Licence(TextChoices):
    """Under which an entry or material may be reused."""

    CC_BY = "cc-by-4.0", "Creative Commons Attribution 4.0"
    OGL = "ogl-3.0", "Open Government Licence v3.0"


class Level(TextChoices):
    """Where a system condition sits."""

    PRACTICE = "practice", "Practice"
    WORKFORCE = "workforce", "Workforce"
    LEADERSHIP = "leadership", "Leadership and governance"
    SYSTEM = "system", "Wider system"


class Necessity(TextChoices):
    """How much a condition mattered. Blank is not reported."""

    ESSENTIAL = "essential", "Essential"
    HELPFUL = "helpful", "Helpful"
    UNCERTAIN = "uncertain", "Uncertain"


class Role(TextChoices):
    """Whether a condition helped or stood in the way."""

    ENABLER = "enabler", "As help"
    BARRIER = "barrier", "As obstacle"


class Presence(TextChoices):
    """Whether a condition was present. Blank is not known."""

    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "No"


class Power(TextChoices):
    """In whose power it is to change a condition."""

    TEAM = "team", "The team"
    AUTHORITY = "authority", "The authority"
    PARTNERS = "partners", "Partners"
    GOVERNMENT = "government", "Government"


class ClaimedBy(TextChoices):
    """Who states a finding."""

    EVALUATOR = "evaluator", "Evaluator"
    AUTHOR = "author", "Author"
    PROVIDER = "provider", "Provider"
    INSPECTORATE = "inspectorate", "Inspectorate"
    JOURNALIST = "journalist", "Journalist"


class FindingKind(TextChoices):
    """Only outcomes are rated; outputs and activities say how much was done."""

    OUTCOME = "outcome", "Outcome"
    OUTPUT = "output", "Output"
    ACTIVITY = "activity", "Activity"


class ForWhom(TextChoices):
    """Whose life the finding is about."""

    CHILD = "child", "Children"
    PARENT = "parent", "Parents"
    FAMILY = "family", "Families"
    SIBLING = "sibling", "Siblings"
    WORKER = "worker", "Staff"
    PUBLIC_PURSE = "public-purse", "The public purse"


class Direction(TextChoices):
    """What a source says happened, for those the outcome is about."""

    FAVOURABLE = "favourable", "Better"
    NO_EFFECT = "no-effect", "No difference"
    MIXED = "mixed", "Mixed"
    ADVERSE = "adverse", "Worse"
    INCONCLUSIVE = "inconclusive", "Too little to tell"
    NOT_KNOWN = "not-known", "Not known"


class Design(TextChoices):
    """How a study was made."""

    RANDOMISED = "randomised-trial", "Randomised trial"
    CLUSTER_RANDOMISED = "cluster-randomised-trial", "Cluster randomised trial"
    STEPPED_WEDGE = "stepped-wedge-trial", "Stepped-wedge trial"
    MATCHED = "matched-comparison", "Matched comparison"
    DIFFERENCE = "difference-in-differences", "Difference in differences"
    TIME_SERIES = "interrupted-time-series", "Interrupted time series"
    BEFORE_AFTER = "before-and-after", "Before and after"
    MONITORING = "monitoring", "Monitoring"
    COST = "cost-study", "Cost study"
    PROCESS = "process", "Process study"
    QUALITATIVE = "qualitative", "Qualitative study"
    REVIEW = "systematic-review", "Systematic review"
    MIXED_METHODS = "mixed-methods-without-comparison", "Mixed methods without comparison"


class Section(TextChoices):
    """What a statement of an entry tells; the order here is the order of reading."""

    PROBLEM = "problem", "The problem"
    WHAT_WAS_DONE = "what_was_done", "What was done"
    WHO_DID_IT = "who_did_it", "Who did it"
    SET_UP = "set_up", "Setting it up"
    MADE_ROOM = "made_room", "What was stopped to make room"
    WHAT_CHANGED = "what_changed", "What changed"
    WHAT_DID_NOT_WORK = "what_did_not_work", "What did not work"
    ADVICE = "advice", "Advice to others"
    CAUTION = "caution", "Cautions"
    VOICE = "voice", "In their words"
    HOW_IT_WORKS = "how_it_works", "How it is meant to work"
    MUST_KEEP = "must_keep", "What must be kept"
    CAN_ADAPT = "can_adapt", "What can be adapted"
    ORIGIN = "origin", "Where it came from"
    LICENCE_FEE = "licence_fee", "Licence and fees"
    SUPPLIER = "supplier", "Training and supplier"
    CONFUSION = "confusion", "Not to be confused with"
    CONTEXT = "context", "Context"


class Relation(TextChoices):
    """How one entry is related to another."""

    CAME_AFTER = "came-after", "Came after"
    CAME_BEFORE = "came-before", "Came before"
    SUCCESSOR = "successor", "Its successor"
    LEARNED_THROUGH = "learned-through", "How staff learn it"
    SEE_ALSO = "see-also", "See also"
    NOT_THE_SAME = "not-the-same", "Not to be confused with"


class QuestionState(TextChoices):
    """How far an open question has got."""

    OPEN = "open", "Open"
    BEING_TESTED = "being-tested", "Being tested"
    ANSWERED = "answered", "Answered"


class RatedBecause(TextChoices):
    """Why a rating was stored."""

    FIRST = "first", "Rated for the first time"
    FACTS = "facts", "A fact behind it changed"
    STANDARD = "standard", "The evidence standard changed"
    OVERRIDDEN = "overridden", "A reviewer set another value"
    LIFTED = "lifted", "A reviewer took a value back"
    ENDED = "ended", "No finding about it is left"


class KindredRelation(TextChoices):
    """How two kindred entries stand to each other."""

    SAME_IDEA = "same-idea", "Working on the same idea"
    DIFFERS = "differs", "Same form, different result"


class KindredState(TextChoices):
    """What people made of a pair that was found."""

    NEW = "new", "New"
    DISMISSED = "dismissed", "Dismissed"


class PassageState(TextChoices):
    """What became of a passage that was taken out of sight."""

    HELD = "held", "Held until a moderator decides"
    SHOWN = "shown", "Shown again"
    REMOVED = "removed", "Removed for good"
