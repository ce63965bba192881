"""What the program talks about: values, states, errors. Standard library only, no I/O."""
