"""The public API: JSON over GET, described by an OpenAPI document."""
