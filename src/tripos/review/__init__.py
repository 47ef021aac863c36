"""An exam read as a careful colleague would, one check a module."""
