"""What goes along with packages: licence texts, bill of materials, sums; and the release itself."""
