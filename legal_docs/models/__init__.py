"""The nouns of the law: works, their texts, files and relations, and the plain registers."""

from .examined_file import ExaminedFile
from .expression import Expression, Provision
from .following import Follow, Follower
from .identity import OldPath, WorkIdentity
from .imports import ImportRecord, IntakeFile
from .legal_document import LegalDocument, LegalDocumentKeyword, LegalDocumentSignature
from .manifestation import Manifestation
from .registers import DocumentType, Field, Signer, WorkClass
from .relation import Relation
from .validity_interval import ValidityInterval
from .work import Work

__all__ = [
    "DocumentType",
    "ExaminedFile",
    "Expression",
    "Field",
    "Follow",
    "Follower",
    "ImportRecord",
    "IntakeFile",
    "LegalDocument",
    "LegalDocumentKeyword",
    "LegalDocumentSignature",
    "Manifestation",
    "OldPath",
    "Provision",
    "Relation",
    "Signer",
    "ValidityInterval",
    "Work",
    "WorkClass",
    "WorkIdentity",
]
