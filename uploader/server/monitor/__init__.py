"""The page at ``/jobs/``: is processing healthy, what failed and why, and trying again."""
