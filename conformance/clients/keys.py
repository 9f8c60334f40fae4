"""Writes the keys that every client is asked about: keys.py OUT.tsv

One key a line: `-` is no key at all, `x` and hexadecimal digits are its bytes (`x` alone: the empty key).
"""

import hashlib
import json
import sys

SEED = "kafka-lanes partition keys 1"

# Keys whose hash lies at an end of the 32-bit numbers, found by trying: murmur2, FNV-1a, CRC-32.
EXTREMES = [
    # 0x80000000, 0, 0x7fffffff, 0xffffffff, 0x80000001
    "a7d6506c", "e3871844", "027d5343", "a5d4305c", "3334f6a5",
    "f534177a01", "cc2431c400", "2c12ab2b04", "3051f66300", "45aaaa6201",
    "4e85ec36", "9d0ad96d", "2c70caa4", "ffffffff", "0f839ded",
]


def random_bytes(count, label):
    """As many bytes of a stream that follows from the seed and the label, the same on any machine."""
    stream = b""
    while len(stream) < count:
        stream += hashlib.sha256(f"{SEED}/{label}/{len(stream)}".encode()).digest()
    return stream[:count]


def keys():
    yield None
    yield b""
    for byte in range(256):
        yield bytes([byte])
    for length in range(1, 65):
        for turn in range(14):
            yield random_bytes(length, f"{length}/{turn}")
        yield b"\x00" * length
        yield b"\xff" * length
    for length in (100, 255, 256, 257, 1000, 1023, 1024, 4099):
        yield random_bytes(length, f"long/{length}")
    for number in range(200):
        yield f"order-{number}".encode()
        yield f"user-{number * 37}".encode()
        yield str(number * 1009).encode()
    for turn in range(60):
        digits = random_bytes(16, f"uuid/{turn}").hex()
        yield "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])).encode()
    for text in ("é", "Straße", "réglé ✓", "заказ", "παραγγελία", "注文", "주문", "طلب", "הזמנה", "คำสั่งซื้อ", "🦀", "👩‍👩‍👧‍👦"):
        for number in ("", "-1", "-42", "-1000"):
            yield (text + number).encode()
    for digits in EXTREMES:
        yield bytes.fromhex(digits)


def main():
    made = "keys.py: every byte, random bytes of every length to 64 and some longer, names, numbers, scripts, extremes"
    with open(sys.argv[1], "w", encoding="ascii", newline="\n") as file:
        file.write("# " + json.dumps({"seed": SEED, "made": made}) + "\n")
        for key in keys():
            file.write("-\n" if key is None else f"x{key.hex()}\n")


if __name__ == "__main__":
    main()
