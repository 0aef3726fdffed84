"""Reads MP4 and MOV files without trusting them, and puts clean headers in front of their untouched bytes."""
