"""After the render: denoise, sharpen, degrade where asked, burn the label in, write the JPEG with the same words inside."""
import io

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

LABEL = "Rendered. This person does not exist."
LABEL_MANY = "Rendered. These people do not exist."
STRIP = 24  # pixels at the bottom edge


def clean(path, rng, strength):
    """A noisy render to a camera-like frame: light denoise, mild sharpening, a trace of sensor noise."""
    frame = cv2.imread(path)
    frame = cv2.fastNlMeansDenoisingColored(frame, None, strength, 6, 5, 15).astype(np.float32)
    frame += .45 * (frame - cv2.GaussianBlur(frame, (0, 0), 1.1))
    frame += rng.normal(0, 1.3, frame.shape)
    return Image.fromarray(np.clip(frame, 0, 255).astype(np.uint8)[..., ::-1])


def degrade(image, rng):
    """Like a cheap ceiling camera: soft, noisy, compressed."""
    pixels = cv2.GaussianBlur(np.asarray(image, np.float32), (0, 0), rng.uniform(.5, 1.1))
    pixels = pixels * rng.uniform(.82, 1) + rng.normal(0, rng.uniform(4, 9), pixels.shape)
    buffer = io.BytesIO()
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(buffer, "JPEG", quality=int(rng.integers(30, 55)))
    return Image.open(buffer).convert("RGB")


def font(size):
    try:
        return ImageFont.truetype("DejaVuSans.ttf", size)
    except OSError:
        return ImageFont.load_default()


def burn_label(image, words):
    draw, (width, height) = ImageDraw.Draw(image), image.size
    draw.rectangle((0, height - STRIP, width, height), fill=(22, 24, 28))
    face = font(13)
    left, top, right, bottom = draw.textbbox((0, 0), words, font=face)
    place = ((width - right + left) / 2 - left, height - STRIP / 2 - (top + bottom) / 2)
    draw.text(place, words, font=face, fill=(228, 230, 233))


def save(image, path, quality=86, many=False):
    words = LABEL_MANY if many else LABEL
    burn_label(image, words)
    exif = Image.Exif()
    exif[0x010E] = words
    image.save(path, "JPEG", quality=quality, optimize=True, comment=words.encode(), exif=exif)
