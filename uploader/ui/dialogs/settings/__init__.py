"""The settings: one page for each matter. What is changed holds at once; nothing is to be saved."""
