"""What is killed at random, and what is lost by it: nothing. `python -m tests.chaos` does it at length."""
