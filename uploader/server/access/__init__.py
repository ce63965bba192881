"""Who may do what: tokens, sign-in, throttling, and the 404 for everybody else."""
