"""What things are: frozen dataclasses and pure functions. Standard library only, no I/O."""
