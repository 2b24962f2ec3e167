"""Pages of the tree, what they show, and the settings of the portal."""

from .attachment import Attachment
from .broken_link import BrokenLink
from .calendars import CalendarPage
from .consultations import Comment, ConsultationPage
from .duty import SectionDuty
from .form_pages import FormPage, Submission
from .front_cache import CachedAddress, PurgeEvent
from .kinds import CollectionPage, HomePage, SectionPage, StandardPage
from .page import PortalPage
from .picture import Picture, PictureRendition
from .procedures import ProcedurePage, ProceduresPage
from .questions import AnswerPage, AnswerTopic, Asker, Question, QuestionInput, QuestionsPage
from .settings import PortalSettings
from .usage import DayCount, Presence, ViewCount

__all__ = [
    "AnswerPage",
    "AnswerTopic",
    "Asker",
    "Attachment",
    "BrokenLink",
    "CachedAddress",
    "CalendarPage",
    "CollectionPage",
    "Comment",
    "ConsultationPage",
    "DayCount",
    "FormPage",
    "HomePage",
    "Picture",
    "PictureRendition",
    "PortalPage",
    "PortalSettings",
    "Presence",
    "ProcedurePage",
    "ProceduresPage",
    "PurgeEvent",
    "Question",
    "QuestionInput",
    "QuestionsPage",
    "SectionDuty",
    "SectionPage",
    "StandardPage",
    "Submission",
    "ViewCount",
]
