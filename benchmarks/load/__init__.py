"""Hundreds of people who watch and mark, and dozens who send films, against the parts of a whole trust."""
