"""What whoever runs the store needs: health, metrics, logs, and changes of tables."""
