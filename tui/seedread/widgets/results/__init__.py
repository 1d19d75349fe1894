"""The result list: rows of title and snippet, drawn where they are looked at, supplied as they arrive.

`RowPane` moves a cursor through rows of equal height, `result_row` draws one row, `ResultList` is the widget
that the browse screen imports.
"""
