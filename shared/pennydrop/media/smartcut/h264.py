"""What a cut must know of H.264 (ITU-T H.264, 7.3) and of `avcC` (ISO/IEC 14496-15, 5.3.3)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from pennydrop.errors import Invalid

IDR, SEI, SPS, PPS, DELIMITER = 5, 6, 7, 8, 9
USER_DATA = 5
# Profiles whose SPS says how colour is stored (7.3.2.1.1); the others are 8-bit 4:2:0.
PROFILES_WITH_CHROMA = frozenset({100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135})


class CannotSmartCut(Invalid):
    """The film doesn't allow a cut without encoding the whole clip anew; `reason` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Configuration:
    """The parts of an `avcC` record; `tail` is what follows the parameter sets in High profiles."""

    head: bytes
    length_size: int
    sps: tuple[bytes, ...]
    pps: tuple[bytes, ...]
    tail: bytes

    @classmethod
    def parse(cls, avcc: bytes) -> Configuration:
        """Raises `CannotSmartCut` when the record is damaged."""
        try:
            sps, after = _sets(avcc, 6, avcc[5] & 31)
            pps, after = _sets(avcc, after + 1, avcc[after])
        except (IndexError, struct.error):
            raise CannotSmartCut("The film's description of its pictures is damaged.") from None
        return cls(avcc[:4], (avcc[4] & 3) + 1, sps, pps, avcc[after:])

    def with_sets(self, sps: bytes, pps: bytes) -> bytes:
        """Write the record with one more pair of parameter sets."""
        all_sps, all_pps = (*self.sps, sps), (*self.pps, pps)
        return b"".join(
            (
                self.head,
                bytes([0xFC | (self.length_size - 1), 0xE0 | len(all_sps)]),
                *map(_sized, all_sps),
                bytes([len(all_pps)]),
                *map(_sized, all_pps),
                self.tail,
            )
        )

    def free_id(self) -> int:
        """Return an id that neither kind of parameter set uses yet."""
        taken = {SpsFacts.parse(sps).id for sps in self.sps} | {_Bits(pps[1:]).ue() for pps in self.pps}
        free = next((number for number in range(32) if number not in taken), None)
        if free is None or len(self.sps) == 31 or len(self.pps) == 255:
            raise CannotSmartCut("The film has too many descriptions of its pictures.")
        return free


def _sets(avcc: bytes, at: int, count: int) -> tuple[tuple[bytes, ...], int]:
    found = []
    for _ in range(count):
        length = struct.unpack_from(">H", avcc, at)[0]
        found.append(avcc[at + 2 : at + 2 + length])
        at += 2 + length
    return tuple(found), at


def _sized(nal: bytes) -> bytes:
    return struct.pack(">H", len(nal)) + nal


@dataclass(frozen=True, slots=True)
class SpsFacts:
    """What a sequence parameter set says about the pictures' form."""

    id: int
    chroma: int
    bits: int
    progressive: bool

    @classmethod
    def parse(cls, sps: bytes) -> SpsFacts:
        """Raises `CannotSmartCut` when the set is damaged."""
        bits = _Bits(sps[4:])
        number, chroma, depth = bits.ue(), 1, 8
        if len(sps) > 1 and sps[1] in PROFILES_WITH_CHROMA:
            chroma = bits.ue()
            if chroma == 3:
                bits.take(1)
            depth = 8 + max(bits.ue(), bits.ue())
            bits.take(1)
            if bits.take(1):
                _skip_scaling_lists(bits, 12 if chroma == 3 else 8)
        bits.ue()
        order = bits.ue()
        if order == 0:
            bits.ue()
        elif order == 1:
            bits.take(1)
            bits.ue()
            bits.ue()
            for _ in range(min(bits.ue(), 256)):
                bits.ue()
        bits.ue()
        bits.take(1)
        bits.ue()
        bits.ue()
        return cls(number, chroma, depth, bool(bits.take(1)))


def _skip_scaling_lists(bits: _Bits, count: int) -> None:
    for number in range(count):
        if not bits.take(1):
            continue
        last = following = 8
        for _ in range(16 if number < 6 else 64):
            if following:
                following = (last + bits.se()) % 256
            last = following or last


class _Bits:
    """Reads a parameter set bit by bit, without its emulation prevention bytes."""

    def __init__(self, payload: bytes) -> None:
        plain = payload.replace(b"\0\0\3", b"\0\0")
        self._value = int.from_bytes(plain, "big")
        self._left = 8 * len(plain)

    def take(self, count: int) -> int:
        self._left -= count
        if self._left < 0:
            raise CannotSmartCut("The film's description of its pictures is damaged.")
        return (self._value >> self._left) & ((1 << count) - 1)

    def ue(self) -> int:
        zeros = 0
        while not self.take(1):
            zeros += 1
        return (1 << zeros) - 1 + self.take(zeros)

    def se(self) -> int:
        value = self.ue()
        return (value + 1) // 2 if value & 1 else -(value // 2)


def kind(nal: bytes | memoryview) -> int:
    """Return a NAL unit's type."""
    return nal[0] & 31


def slice_kind(sample_head: bytes) -> int | None:
    """Return the type of the first slice in a sample with four-byte lengths, of which the head is enough."""
    header = _slice_header(sample_head)
    return None if header is None else header & 31


def is_disposable(sample: bytes) -> bool:
    """Whether no other picture refers to this one: it may be left out of decoding when it isn't wanted."""
    header = _slice_header(sample)
    return header is not None and header >> 5 & 3 == 0


def without_user_data(sample: bytes) -> bytes:
    """Return the sample without messages of the camera's own making (SEI, payload type 5).

    Cameras write places, times and serial numbers there. The whole unit goes: no decoder needs what else it
    holds. A sample that has none is returned as it is.
    """
    units = list(_units(sample))
    kept = [nal for nal in units if kind(nal) != SEI or not _carries_user_data(nal)]
    return sample if len(kept) == len(units) else join_sample(kept)


def _units(sample: bytes) -> Iterator[bytes]:
    at = 0
    while at + 5 <= len(sample):
        end = at + 4 + int.from_bytes(sample[at : at + 4], "big")
        yield sample[at + 4 : end]
        at = end


def _carries_user_data(nal: bytes) -> bool:
    """Walk the messages of an SEI unit (7.3.2.3.1)."""
    payload, at = nal.replace(b"\0\0\3", b"\0\0"), 1
    while at + 2 < len(payload):
        numbers = []
        for _ in range(2):  # its type, then its length
            number = 0
            while at < len(payload) and payload[at] == 0xFF:
                number, at = number + 0xFF, at + 1
            numbers.append(number + (payload[at] if at < len(payload) else 0))
            at += 1
        if numbers[0] == USER_DATA:
            return True
        at += numbers[1]
    return False


def _slice_header(sample: bytes) -> int | None:
    at = 0
    while at + 5 <= len(sample):
        header = sample[at + 4]
        if 1 <= header & 31 <= IDR:
            return header
        at += 4 + int.from_bytes(sample[at : at + 4], "big")
    return None


def split_annex_b(stream: bytes) -> Iterator[bytes]:
    """Yield the NAL units between the start codes that an encoder writes."""
    start = stream.find(b"\0\0\1")
    while start >= 0:
        after = stream.find(b"\0\0\1", start + 3)
        nal = stream[start + 3 : after if after >= 0 else len(stream)]
        # A unit never ends in a zero byte: what does belongs to the next start code.
        yield nal.rstrip(b"\0")
        start = after


def join_sample(nals: list[bytes]) -> bytes:
    """Write NAL units as a sample with four-byte lengths."""
    return b"".join(part for nal in nals for part in (struct.pack(">I", len(nal)), nal))
