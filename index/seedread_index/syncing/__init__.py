"""Keeping an archive level with its folders."""
