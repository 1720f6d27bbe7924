"""The one SQLite file: schema, writing, reading."""
