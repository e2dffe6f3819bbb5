"""The version of this package, as grades and installers name it."""

VERSION = "0.1.0"
