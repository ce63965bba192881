"""Put stored pixels, reduced or not, in the middle of the square that a padded picture is."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PIL import Image

from uploader.imaging.canvas import Canvas
from uploader.imaging.orientation import Box, stored_box, upright

_WHITE: dict[str, int | tuple[int, ...]] = {
    "L": 255,
    "RGB": (255, 255, 255),
    "RGBA": (255, 255, 255, 255),
    "CMYK": (0, 0, 0, 0),
}
_NOTHING = (255, 255, 255, 0)


@dataclass(frozen=True, slots=True)
class Padding:
    """`whole` is the canvas as stored pixels lie in it, `place` the photo's part of that.

    `clear` leaves the padding transparent instead of white.
    """

    whole: tuple[int, int]
    place: Box
    clear: bool

    @classmethod
    def of(cls, canvas: Canvas, first: Image.Image) -> Padding | None:
        """Tell how frames are padded; None where they aren't.

        Transparent where the `first` frame has transparent parts: a product that was cut out
        must not come to stand in a white frame.
        """
        if not canvas.is_padded:
            return None
        whole = upright((canvas.size.width, canvas.size.height), canvas.orientation)
        own = canvas.picture
        box = (own.x, own.y, own.x + own.width, own.y + own.height)
        return cls(whole, stored_box(box, whole, canvas.orientation), _is_seen_through(first))

    def onto(self, stored: Image.Image, box: Box, scale: float) -> tuple[Image.Image, Box]:
        """Give a padded copy, and where `box` of the canvas lies in it.

        `stored` has a pixel for `scale` of the photo's. Its pixels keep their places, so the
        margins are whole pixels, and the canvas's edges may lie within them.
        """
        x, y = self.place[0] / scale, self.place[1] / scale
        left, top = math.ceil(x), math.ceil(y)
        width = max(left + stored.width, math.ceil(self.whole[0] / scale - x + left))
        height = max(top + stored.height, math.ceil(self.whole[1] / scale - y + top))
        padded = Image.new(stored.mode, (width, height), self._colour(stored.mode))
        padded.paste(stored, (left, top))
        self._thin_out(padded, stored, (left, top), scale)
        x, y = left - x, top - y
        return padded, (
            box[0] / scale + x,
            box[1] / scale + y,
            min(box[2] / scale + x, width),
            min(box[3] / scale + y, height),
        )

    def _thin_out(
        self, padded: Image.Image, stored: Image.Image, at: tuple[int, int], scale: float
    ) -> None:
        """Mix padding into the last column or row, where only a part of that is the photo's."""
        right, bottom = at[0] + stored.width, at[1] + stored.height
        across = (self.place[2] - self.place[0]) / scale - stored.width + 1
        down = (self.place[3] - self.place[1]) / scale - stored.height + 1
        if across < 1 and padded.width > stored.width:
            self._mix(padded, (right - 1, at[1], right, bottom), across)
        if down < 1 and padded.height > stored.height:
            self._mix(padded, (at[0], bottom - 1, right, bottom), down)

    def _mix(self, padded: Image.Image, strip: tuple[int, int, int, int], share: float) -> None:
        own = padded.crop(strip)
        plain = Image.new(own.mode, own.size, self._colour(own.mode))
        padded.paste(Image.blend(plain, own, max(share, 0.0)), strip[:2])

    def _colour(self, mode: str) -> int | tuple[int, ...]:
        return _NOTHING if self.clear else _WHITE[mode]


def _is_seen_through(image: Image.Image) -> bool:
    return image.mode == "RGBA" and image.getchannel("A").getextrema() != (255, 255)
