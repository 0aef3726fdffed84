"""The database: one declarative base, sessions, column types and migrations."""
