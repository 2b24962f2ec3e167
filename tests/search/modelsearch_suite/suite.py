"""What is run inside the process: the installed tests, with our backend."""

from django.test import TestCase
from modelsearch.test.testapp import models
from modelsearch.tests.test_backends import BackendTests


class TestWordBackend(BackendTests, TestCase):
    backend_path = "search.wagtail_backend"

    def test_reset_leaves_nothing(self) -> None:
        self.backend.reset_indexes()
        self.assertEqual(self.backend.search("JavaScript", models.Book).count(), 0)
