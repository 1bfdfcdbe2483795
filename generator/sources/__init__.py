"""Bytes in: files, YAML with positions, the schema of each kind."""
