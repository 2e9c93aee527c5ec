"""What ffprobe, ffmpeg and Pillow find in a film: frames, times, and colours at the centres of cells."""
import json
import subprocess

from PIL import Image


def ffprobe(path, *words):
    """The first video stream of a file, decoded from beginning to end; `words` come before the name."""
    text = subprocess.run(
        ["ffprobe", "-v", "error", "-count_frames", "-select_streams", "v:0", "-show_entries",
         "stream=nb_read_frames,width,height,duration:format=duration:frame=best_effort_timestamp_time", "-of", "json",
         *words, str(path)],
        check=True, capture_output=True, text=True).stdout
    return json.loads(text)


def count_with_ffprobe(path):
    stream = ffprobe(path)["streams"][0]
    return int(stream["nb_read_frames"]), (stream["width"], stream["height"])


def ffmpeg_pixels(path, size, *, before=(), matrix="auto"):
    """Straight RGBA of every frame, as bytes. `before`: words of the command before the name."""
    width, height = size
    data = subprocess.run(
        ["ffmpeg", "-v", "error", "-nostdin", *before, "-i", str(path), "-map", "0:v:0", "-vf",
         f"scale=in_color_matrix={matrix}:flags=accurate_rnd+full_chroma_int+bicubic", "-fps_mode", "passthrough", "-f", "rawvideo",
         "-pix_fmt", "rgba", "-"], check=True, capture_output=True).stdout
    length = width * height * 4
    return [data[at:at + length] for at in range(0, len(data), length)]


def pillow_frames(path):
    """(RGBA picture, milliseconds) of every frame of an animation."""
    with Image.open(path) as image:
        for index in range(getattr(image, "n_frames", 1)):
            image.seek(index)
            image.load()
            yield image.convert("RGBA"), image.info.get("duration", 0)


def count_webp(path, frame_rate):
    """libwebp stores equal frames that follow each other once, with the sum of their durations: those are counted."""
    frames = list(pillow_frames(path))
    return round(sum(milliseconds for _, milliseconds in frames) * frame_rate / 1000), frames[0][0].size


def count_files(folder):
    files = sorted(folder.iterdir())
    size = None
    for file in files:
        with Image.open(file) as image:
            image.load()
            size = image.size
    return len(files), size
