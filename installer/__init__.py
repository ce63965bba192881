"""Makes what people install. Each step is run as ``python -m installer.PART.STEP``."""
