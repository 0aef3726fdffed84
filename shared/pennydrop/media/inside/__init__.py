"""What runs inside the sandbox: the only code that opens films with PyAV. Imported by children only."""
