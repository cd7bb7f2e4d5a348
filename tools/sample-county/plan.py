"""Which pictures the county holds, who is in them, and how each kind is lit and framed. Pure data from the seed."""
from dataclasses import dataclass

import numpy as np

from person import draw_person, hair_styles, pick
import assets

SEED = 20261
SUBJECTS, SECOND_DAYS, REPEATS, CAMERAS = 60, 24, 3, 10
PROBED = 50                 # probes and second bookings show people numbered below this
LEFT_OUT = (14, 31)         # one face came out wrong, one looked too young; a spare of the same sex and group steps in
SPARES = range(60, 80)
STRANGERS = (80, 83, 84)    # never booked
TRIO = (20, 23, 26)         # the picture with several faces
KINDS = ("booking", "earlier", "second-day", "cctv", "stranger", "scene")


@dataclass(frozen=True)
class Picture:
    kind: str
    number: int  # the person drawn with this number is in it
    path: str


def roll(seed):
    """The number each subject was drawn with, and the number in the subject's person key."""
    free, subjects = [n for n in SPARES if n not in LEFT_OUT], []
    for number in range(SUBJECTS):
        if number in LEFT_OUT:
            number = next(n for n in free if n % 10 == number % 10)
            free.remove(number)
        subjects.append(number)
    keys = np.random.default_rng([seed, 1]).permutation(900) + 100
    return {n: int(keys[n]) for n in subjects}


def pictures(seed):
    keys = roll(seed)
    order = [n for n in np.random.default_rng([seed, 2]).permutation(SPARES.stop).tolist() if n in keys and n < PROBED]
    second = order[:SECOND_DAYS]
    grown = [n for n in order[SECOND_DAYS:] if draw_person(seed, n)["years"] >= 24]  # an adult at the earlier booking too
    repeats = grown[:REPEATS]
    out = [Picture("booking", n, f"booking/p-{k:06d}.jpg") for n, k in keys.items()]
    out += [Picture("second-day", n, f"second-day/p-{keys[n]:06d}.jpg") for n in second]
    out += [Picture("stranger", n, f"second-day/stranger-{i + 1}.jpg") for i, n in enumerate(STRANGERS)]
    out += [Picture("earlier", n, f"booking/p-{keys[n]:06d}-earlier.jpg") for n in repeats]
    out += [Picture("cctv", n, f"cctv/p-{keys[n]:06d}.jpg") for n in second[:CAMERAS]]
    return out + [Picture("scene", TRIO[0], "scene/lineup-of-three.jpg")]


def setting(kind, rng):
    yaw, pitch = np.radians(rng.normal(0, 4)), np.radians(rng.normal(0, 2.5))
    turn = (float(pitch), 0, float(yaw))
    base = {"light": "booking", "backdrop": "grey", "turn": (0, 0, 0), "wall": 6, "distance": 13,
            "span": 3.75, "drop": -.22, "size": (432, 540),
            "samples": {"booking": 12, "scene": 16}.get(kind, 6), "bounces": 4 if kind == "booking" else 2}
    if kind == "cctv":
        angle = (-float(np.radians(rng.uniform(14, 24))), 0, float(np.radians(rng.uniform(5, 22)) * rng.choice([-1, 1])))
        return {**base, "light": "overhead", "backdrop": str(rng.choice(["beige", "green", "blue"])), "turn": angle, "wall": 9,
                "distance": 24, "span": 5.8, "drop": -.5, "size": (300, 334)}
    if kind == "scene":
        return {**base, "light": "wide", "backdrop": "green", "wall": 7, "distance": 26, "span": 5.4, "drop": -.55, "size": (900, 450)}
    if kind in ("second-day", "stranger"):
        return {**base, "light": str(rng.choice(["warm", "cool", "side"])), "turn": turn, "size": (360, 450),
                "backdrop": str(rng.choice(["beige", "blue", "white", "green"]))}
    return base if kind == "booking" else {**base, "light": "cool", "turn": turn}


def cast(seed, picture):
    """People in a picture and where their eyes stand."""
    if picture.kind == "scene":
        places = ((-3.5, .6, -.25), (.1, -.4, .15), (3.6, .3, -.05))
        return [(later(seed, n, "scene"), place) for n, place in zip(TRIO, places)]
    plainly = picture.kind == "booking"
    return [(draw_person(seed, picture.number) if plainly else later(seed, picture.number, picture.kind), (0, 0, 0))]


def later(seed, number, kind="second-day"):
    """The same person on another day: other shirt, often other hair or beard, a small expression."""
    person = draw_person(seed, number)
    rng = np.random.default_rng([seed, number, KINDS.index(kind), 5])
    look = person["look"]
    wardrobe = assets.PLAIN if kind in ("cctv", "scene") else assets.CLOTHES
    look["clothes"], look["hue"] = str(rng.choice(wardrobe[person["sex"]])), rng.uniform(0, 1)
    if rng.random() < .4:
        look["hair"] = pick(rng, hair_styles(person))
    if person["sex"] == "M" and rng.random() < .4:
        look["beard"] = {"none": "stubble", "stubble": "none", "full": "stubble"}.get(look["beard"], "full")
    for unit, most in (("mouth-corner-puller", .45), ("eyebrows-left-up", .25), ("eyebrows-right-up", .25),
                       ("mouth-compression", .2), ("eye-left-slit", .25), ("eye-right-slit", .25)):
        amount = rng.uniform(0, most)
        for race, weight in zip(("african", "caucasian", "asian"), person["ancestry"]):
            person["targets"][f"expression/units/{race}/{unit}"] = amount * weight
    return person
