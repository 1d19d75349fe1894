"""Subcommands for pipes and scripts."""
