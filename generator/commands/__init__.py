"""What can be typed behind `python build.py`: one module for each command, light until it runs."""
