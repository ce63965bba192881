"""The program with its Python and its Qt in one folder, by PyInstaller."""
