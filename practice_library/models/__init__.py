"""The knowledge base: entries, their rows, studies, vocabularies and ratings."""

from .case_study import CaseStudyPage, ModelUsed, Partner
from .content_record import ContentRecord
from .entry import TOPIC, Entry, uid_of
from .kindred import KindredPair
from .passage import HeldText, TakenPassage
from .practice_model import PracticeModelPage
from .question import OpenQuestion, Position, QuestionEntry
from .rating import OutcomeRating
from .rows import (
    Claim,
    CohortRow,
    ConditionRow,
    CostRow,
    EntrySource,
    KeywordTag,
    RelatedEntry,
    StageTag,
    Statement,
    ThemeTag,
    WorkforceTag,
)
from .source import Source
from .study import Finding, Study, StudyEntry, StudySource
from .tree import HomePage, ModelIndexPage, PlaceSection, PracticeIndexPage
from .vocabularies import (
    Cohort,
    Keyword,
    Outcome,
    Stage,
    SynonymGroup,
    SystemCondition,
    Theme,
    WorkforceGroup,
)

__all__ = [
    "TOPIC",
    "CaseStudyPage",
    "Claim",
    "Cohort",
    "CohortRow",
    "ConditionRow",
    "ContentRecord",
    "CostRow",
    "Entry",
    "EntrySource",
    "Finding",
    "HeldText",
    "HomePage",
    "Keyword",
    "KeywordTag",
    "KindredPair",
    "ModelIndexPage",
    "ModelUsed",
    "OpenQuestion",
    "Outcome",
    "OutcomeRating",
    "Partner",
    "PlaceSection",
    "Position",
    "PracticeIndexPage",
    "PracticeModelPage",
    "QuestionEntry",
    "RelatedEntry",
    "Source",
    "Stage",
    "StageTag",
    "Statement",
    "Study",
    "StudyEntry",
    "StudySource",
    "SynonymGroup",
    "SystemCondition",
    "TakenPassage",
    "Theme",
    "ThemeTag",
    "WorkforceGroup",
    "WorkforceTag",
    "uid_of",
]
