"""Bytes to text: byte order marks, declared charsets, detection, compression; text told from binary."""
