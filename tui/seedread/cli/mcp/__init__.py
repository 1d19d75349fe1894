"""The server of the Model Context Protocol (`seedread mcp`): an archive for assistants, read-only, on stdio.

`tools` has the tools as methods that give the shapes of docs/contract.md, `server` hands them to the official
SDK. Needs the extra mcp; imported by the command `mcp` alone, once it is known to be installed.
"""
