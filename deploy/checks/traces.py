"""Whether anything that was sent stands in a file."""

import base64
import contextlib
import pathlib
import re
import secrets

from .report import said

# Stands at the start of everything that must not be found again.
MARKER = "q" + "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz0123456789") for _ in range(13))


def canary(label, length=31):
    text = MARKER + label.replace("-", "")
    return (text + "".join(secrets.choice("abcdefghijk23456789") for _ in range(length)))[:max(length, len(text))]


def spellings(text):
    """How a text could stand in a file: raw, percent-encoded, in hexadecimal, in base64 at any offset."""
    raw = text.encode()
    yield raw
    for form in (raw.hex(), "".join(f"%{byte:02x}" for byte in raw)):
        yield form.encode()
        yield form.upper().encode()
    for shift in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            # Characters that depend on the neighbours are cut off.
            body = encode(b"\0" * shift + raw).rstrip(b"=")
            yield body[-(-shift * 8 // 6):len(body) - (1 if (shift + len(raw)) % 3 else 0)]

FORBIDDEN = re.compile(b"|".join(re.escape(form) for form in dict.fromkeys(spellings(MARKER))))


def open_files(pid):
    """Regular files that a process and its children have open, deleted ones included."""
    with contextlib.suppress(OSError):
        for fd in pathlib.Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                if fd.is_file():
                    yield fd
        for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            yield from open_files(child)


def search(folders, pids=()):
    """Files with something in them that was sent, each with what stands there."""
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file() and not file.is_symlink()]
    files += [file for pid in pids for file in open_files(pid)]
    for file in files:
        with contextlib.suppress(OSError):
            content = file.read_bytes()
            if hit := FORBIDDEN.search(content):
                yield f"{file}: …{content[max(0, hit.start() - 60):hit.end() + 20]!r}…"


def clean(what, folders, pids=()):
    hits = list(search(folders, pids))
    said(not hits, f"{what}: nothing that was sent is in a file")
    for hit in hits[:5]:
        print(f"      {hit}")
