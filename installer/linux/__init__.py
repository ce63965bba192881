"""Packages for Linux from the frozen program: .deb, .rpm and .tar.xz."""
