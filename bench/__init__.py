"""Programs that measure this project beside others. `make bench`, or `python -m bench`; not part of the package."""
