"""One behaviour for every engine. See conftest for how another engine joins."""
