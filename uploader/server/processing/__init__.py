"""From an accepted file to its styles: the job, and the sweeper that loses none."""
