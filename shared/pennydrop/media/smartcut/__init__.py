"""Exact clips of H.264 films in half a second: what lies beside a cut is encoded anew, the rest is copied."""
