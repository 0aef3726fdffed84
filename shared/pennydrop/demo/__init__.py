"""The demo school: people, steps and films to try Pennydrop with. Everything in it is generated."""
