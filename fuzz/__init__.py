"""Fuzz targets for what hostile bytes reach first; see `python -m fuzz --help`."""
