"""One module a file format, each giving drafts of articles; `recognition` tells formats by first bytes."""
