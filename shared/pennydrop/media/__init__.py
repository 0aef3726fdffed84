"""Work on films. Whatever opens a film runs in a sandboxed process of its own: see `run` and `sandbox`."""
