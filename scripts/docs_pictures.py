"""Are the pictures of a document what the document's own commands make? For scripts/run-docs.

Two pictures are compared by what they say of their making (command, models, random seed) and, where the caller wants it,
by their pixels.
"""
import re
import zlib


def shown(text):
    """(line, file) of each picture of a document, the file relative to the document."""
    for number, line in enumerate(text.splitlines(), 1):
        for file in re.findall(r"!\[[^]]*\]\(([^):]+)\)", line):
            yield number, file


def difference(recorded, made, pixels_count):
    """What differs, or None."""
    if not recorded.exists():
        return f"{recorded.name} is missing"
    says, pixels = contents(recorded)
    says_now, pixels_now = contents(made)
    if says != says_now:
        return "\n".join([f"{recorded.name} says", *says, "and the one just made", *says_now])
    if pixels_count and pixels != pixels_now:
        return f"{recorded.name} has other pixels than the one just made"
    return None


def contents(picture):
    """What a PNG or GIF says of its making, without the program's version; and the bytes that stand for its pixels."""
    data = picture.read_bytes()
    said, pixels = gif_contents(data) if data.startswith(b"GIF") else png_contents(data)
    return [text.decode() for text in said if not text.startswith(b"Software")], pixels


def gif_contents(data):
    pixels, _, comment = data.rpartition(b"!\xfe")  # the comment is the last block, and UTF-8 has no byte 0xfe
    said = b""
    while comment[0]:  # pieces of at most 255 bytes, each after its length
        said += comment[1:comment[0] + 1]
        comment = comment[comment[0] + 1:]
    return said.split(b"\n"), pixels


def png_contents(data):
    said, pixels, at, row_bytes, step = [], b"", 8, 0, 0
    while at < len(data):
        end = at + 12 + int.from_bytes(data[at:at + 4], "big")  # length, kind, chunk, checksum
        kind, chunk = data[at + 4:at + 8], data[at + 8:end - 4]
        if kind == b"IHDR":
            step = {2: 3, 6: 4}[chunk[9]]  # channels of 8 bits, as gnca-render writes them
            row_bytes = step * int.from_bytes(chunk[:4], "big")
        elif kind == b"tEXt":
            said.append(chunk.replace(b"\0", b": "))
        elif kind == b"IDAT":
            pixels += chunk
        at = end
    return said, unfiltered(zlib.decompress(pixels), row_bytes, step)


def unfiltered(rows, row_bytes, step):
    """Pixels of a PNG, whatever filters were chosen for its rows (PNG, third edition, 9.2)."""
    pixels, above = bytearray(), bytes(row_bytes)
    for start in range(0, len(rows), row_bytes + 1):
        kind, row = rows[start], bytearray(rows[start + 1:start + 1 + row_bytes])
        if kind == 2:
            row = bytearray((byte + up) & 255 for byte, up in zip(row, above))
        elif kind:
            for index, byte in enumerate(row):
                left, corner = (row[index - step], above[index - step]) if index >= step else (0, 0)
                up = above[index]
                guess = {1: left, 3: (left + up) // 2}.get(kind)
                if guess is None:
                    expected = left + up - corner
                    guess = min((left, up, corner), key=lambda value: abs(expected - value))
                row[index] = (byte + guess) & 255
        pixels += row
        above = bytes(row)
    return bytes(pixels)
