"""Backups: taken while Pennydrop runs, whole or not there, checked byte by byte before one is restored."""
