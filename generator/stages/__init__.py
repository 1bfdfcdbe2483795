"""The stages of a build, each from values to values; the pipeline puts them in order."""
