"""The room where student code runs: a warm process, and the isolated workers forked from it.

Imports the standard library, numpy, torch and the wire format only; nothing of the platform imports it.
"""
