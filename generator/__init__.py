"""A static site generator for evidence-based health information. Start reading at `pipeline.py`."""
