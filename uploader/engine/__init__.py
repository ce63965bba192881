"""Upload, reconcile, poll, back off. Plain Python: callbacks and a cancel token, no Qt."""
