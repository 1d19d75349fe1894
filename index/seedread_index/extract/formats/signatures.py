"""Files that are never text, named by their first bytes, with what the user can do to have them read."""

from __future__ import annotations

_UNPACK = "is a {} archive; unpack it"
_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"7z\xbc\xaf\x27\x1c", _UNPACK.format("7z")),
    (0, b"Rar!\x1a\x07", _UNPACK.format("RAR")),
    (257, b"ustar", _UNPACK.format("tar")),
    (0, b"\x60\xea", _UNPACK.format("ARJ")),
    (0, b"MSCF", _UNPACK.format("CAB")),
    (0, b"!BDN", "is an Outlook mail store (.pst); convert it with readpst"),
    (60, b"BOOKMOBI", "is a Kindle book; convert it to EPUB"),
    (0, b"ITSF", "is a Windows help file (.chm); convert it to HTML"),
    (0, b"AT&TFORM", "is a DjVu file; convert it to PDF or text"),
    (0, b"%!PS", "is a PostScript file; convert it to PDF"),
    (0, b"PAR1", "is a Parquet table; convert it to CSV or JSON lines"),
    (0, b"ARROW1", "is an Arrow table; convert it to CSV or JSON lines"),
    (0, b"Obj\x01", "is an Avro file; convert it to JSON lines"),
    (0, b"\x89HDF", "is an HDF5 file; convert it to CSV or JSON lines"),
    (0, b"SQLite format 3\0", "is an SQLite database; export its table as CSV or JSON lines"),
    (0, b"\x89PNG\r\n\x1a\n", "is a picture (PNG); nothing to do"),
    (0, b"GIF87a", "is a picture (GIF); nothing to do"),
    (0, b"GIF89a", "is a picture (GIF); nothing to do"),
    (0, b"\xff\xd8\xff", "is a picture (JPEG); nothing to do"),
    (0, b"II*\0", "is a picture (TIFF); nothing to do, or run OCR on it"),
    (0, b"MM\0*", "is a picture (TIFF); nothing to do, or run OCR on it"),
    (8, b"WEBP", "is a picture (WebP); nothing to do"),
    (8, b"WAVE", "is a sound recording; nothing to do"),
    (8, b"AVI ", "is a film; nothing to do"),
    (4, b"ftyp", "is a film, recording or picture (MP4 and relatives); nothing to do"),
    (0, b"ID3", "is a sound recording; nothing to do"),
    (0, b"OggS", "is a sound recording or film; nothing to do"),
    (0, b"fLaC", "is a sound recording; nothing to do"),
    (0, b"\x1aE\xdf\xa3", "is a film; nothing to do"),
    (0, b"\x7fELF", "is a program; nothing to do"),
    (0, b"\0asm", "is a program; nothing to do"),
    (0, b"\xca\xfe\xba\xbe", "is a program; nothing to do"),
    (0, b"wOFF", "is a font; nothing to do"),
    (0, b"wOF2", "is a font; nothing to do"),
    (0, b"OTTO\0", "is a font; nothing to do"),
    (0, b"\0\1\0\0\0", "is a font or a database; nothing to do"),
    (0, b"-----BEGIN PGP MESSAGE", "is encrypted; decrypt it"),
)
_ZIPPED = (
    (b"word/document", "is a Word document"),
    (b"xl/workbook", "is an Excel workbook; save its sheets as CSV"),
    (b"ppt/presentation", "is a PowerPoint presentation; save it as PDF or text"),
    (b"datapackage.json", "is a packed web archive (WACZ) or data package; unpack it"),
    (b"opendocument.spreadsheet", "is an OpenDocument spreadsheet; save its sheets as CSV"),
    (b"opendocument.presentation", "is an OpenDocument presentation; save it as PDF or text"),
    (b"AndroidManifest.xml", "is a program; nothing to do"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("EncryptedPackage", "is an encrypted Office document; save a copy without its password"),
    ("__substg1.0_", "is an Outlook message (.msg); save it as .eml or text"),
    ("WordDocument", "is an old Word document (.doc); save it as .docx or text"),
    ("Workbook", "is an old Excel workbook (.xls); save its sheets as CSV"),
    ("PowerPoint Document", "is an old PowerPoint presentation; save it as PDF or text"),
)
_LONGEST_LOOK = 1 << 20


def unreadable_kind(data: bytes) -> str | None:
    """What a file is that is never read, in words with what to do; None for anything that may be text."""
    head = data[:300]
    for offset, magic, reason in _MAGIC:
        if head.startswith(magic, offset):
            if offset == 8 and not head.startswith(b"RIFF"):
                continue
            if magic.isascii() and magic.isalnum() and offset == 0 and not _has_controls(head):
                continue
            return reason
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        names = data[:_LONGEST_LOOK] + data[-_LONGEST_LOOK:]
        return next((reason for name, reason in _ZIPPED if name in names), _UNPACK.format("ZIP"))
    if head.startswith(_OLE):
        names = data[:_LONGEST_LOOK] + data[-_LONGEST_LOOK:]
        streams = (reason for name, reason in _OLE_STREAMS if name.encode("utf-16-le") in names)
        return next(streams, "is an old Office document; save it as text")
    return None


def _has_controls(head: bytes) -> bool:
    """Whether bytes that begin with a word of a signature hold what no text does."""
    return any(byte < 9 or 13 < byte < 27 for byte in head)
