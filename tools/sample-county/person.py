"""Draws one invented person from a seed: ancestry, age, build, face, hair, skin. No geometry and no pictures here.

The same seed and number always give the same person. All spreads were set by eye; nothing was tuned on a score.
"""
from itertools import product

import numpy as np

import assets
from traits import MILD, OPPOSITES, SKIP, SOFTER, SPREAD

GROUPS = {  # mean weight of (african, caucasian, asian) morphs
    "african": (.86, .09, .05), "caucasian": (.05, .90, .05), "asian": (.04, .08, .88),
    "latin": (.16, .50, .34), "mixed": (.42, .36, .22),
}
RACES = ("african", "caucasian", "asian")
HAIR_COLOURS = {  # linear RGB
    "black": (.012, .010, .009), "dark": (.035, .021, .014), "brown": (.085, .045, .024),
    "light": (.19, .105, .05), "blond": (.36, .22, .10), "red": (.20, .058, .02), "grey": (.20, .195, .19),
}


def stratum(number):
    """Sex and ancestry group go round in turn, so every cell of the table is equally full."""
    return "MF"[number % 2], tuple(GROUPS)[(number // 2) % len(GROUPS)]


def draw_person(seed, number):
    rng = np.random.default_rng([seed, number])
    sex, group = stratum(number)
    years = int(np.clip(19 + 51 * rng.beta(1.25, 1.9), 19, 70))
    ancestry = rng.dirichlet(np.array(GROUPS[group]) * 14)
    person = {"number": number, "sex": sex, "group": group, "years": years, "ancestry": ancestry}
    person["targets"] = {**macro(rng, person), **detail(rng, person), **ageing(rng, person)}
    person["look"] = draw_look(rng, person)
    person["skin"] = draw_skin(rng, person)
    return person


def thirds(value):
    """Split a 0..1 value into weights of the min, average and max targets."""
    low, high = max(0, 1 - 2 * value), max(0, 2 * value - 1)
    return {"min": low, "average": 1 - low - high, "max": high}


def macro(rng, person):
    male = rng.uniform(.84, 1) if person["sex"] == "M" else rng.uniform(0, .05)
    old = max(0, person["years"] - 25) / 65 * .85
    child = max(0, 25 - person["years"]) * .02
    ages = {"old": old, "child": child, "young": 1 - old - child}
    muscle, weight = thirds(rng.uniform(.3, .7)), thirds(np.clip(rng.normal(.55, .17), .15, 1))
    height = thirds(np.clip(rng.normal(.5, .12), .2, .8))
    out = {}
    for (gender, g), (age, a) in product((("male", male), ("female", 1 - male)), ages.items()):
        for race, r in zip(RACES, person["ancestry"]):
            out[f"macrodetails/{race}-{gender}-{age}"] = g * a * r
        for (m, mw), (w, ww) in product(muscle.items(), weight.items()):
            name = f"{gender}-{age}-{m}muscle-{w}weight"
            out[f"macrodetails/universal-{name}"] = g * a * mw * ww
            for h in ("min", "max"):
                out[f"macrodetails/height/{name}-{h}height"] = g * a * mw * ww * height[h]
    person["weight"] = weight["max"]
    return {k: v for k, v in out.items() if v > 1e-4}


def detail(rng, person):
    """One normal draw per pair of opposite targets; left and right share the draw plus a little asymmetry."""
    out = {}
    for stem, (low, high) in OPPOSITES.items():
        if any(part in stem for part in SKIP):
            continue
        spread = SPREAD[stem.split("/")[0]] * (.45 if any(m in stem for m in MILD) else 1)
        if person["sex"] == "F":
            spread *= .6 if stem.startswith(("chin/", "neck/", "eyebrows/")) else .88
        shared = np.clip(rng.normal(0, spread), -2 * spread, 2 * spread)
        sides = [("l-", shared + rng.normal(0, .045)), ("r-", shared + rng.normal(0, .045))]
        for side, value in sides if stem.split("/")[1].startswith("?-") else [("", shared)]:
            name = stem.replace("?-", side) + "-" + (high if value > 0 else low)
            out[name] = abs(value)
    for shape in rng.choice(["diamond", "invertedtriangular", "oval", "rectangular", "round", "square", "triangular"], 2, False):
        out[f"head/head-{shape}"] = rng.uniform(.1, .4)
    for part in ("brown-1", "brown-2", "cheek-1", "eye-2", "jaw-1", "jaw-3", "mouth-1", "nose-1", "nose-3"):
        out[f"asym/asym-{part}-{rng.choice(['l', 'r'])}"] = abs(rng.normal(0, .14))
    out["eyebrows/eyebrows-trans-vert-more"] = out.get("eyebrows/eyebrows-trans-vert-more", 0) + .1
    out["eyebrows/eyebrows-angle-up"] = out.get("eyebrows/eyebrows-angle-up", 0) + .17
    if person["sex"] == "F":
        for name, amount in SOFTER.items():
            out[name] = out.get(name, 0) + amount
    for race, weight in zip(RACES, person["ancestry"]):  # inner ends a little up: resting faces must not look angry
        for side in ("left", "right"):
            out[f"expression/units/{race}/eyebrows-{side}-inner-up"] = .12 * weight
    return out


def ageing(rng, person):
    age = np.clip((person["years"] - 30) / 40, 0, 1)
    return {"head/head-age-more": .55 * age * rng.uniform(.6, 1), "mouth/mouth-laugh-lines-in": .6 * age * rng.uniform(.5, 1),
            "neck/neck-double-more": max(0, person["weight"] - .3) * .6}


def hair_styles(person):
    african = person["ancestry"][0] > .45
    if person["sex"] == "F":
        return (("afro01", 3), ("ponytail01", 3), ("buzz", .7)) if african else (
            ("ponytail01", 4), ("long01", 4), ("short04", 1.2))
    if african:
        return (("buzz", 4), ("afro01", 3), ("bald", 1))
    bald = 2 if person["years"] > 45 else .4
    return (("short01", 3), ("short02", 3), ("short04", 3), ("buzz", 1.5), ("bald", bald))


def pick(rng, weighted):
    names, weights = zip(*weighted)
    return str(rng.choice(names, p=np.array(weights, float) / sum(weights)))


def hair_colour(rng, person):
    if person["years"] > 42 and person["ancestry"][0] < .45 and rng.random() < (person["years"] - 38) / 40:
        return "grey"
    if person["ancestry"][1] < .62:
        return pick(rng, (("black", 6), ("dark", 3)))
    return pick(rng, (("dark", 4), ("brown", 5), ("light", 3), ("blond", 2), ("red", 1)))


def draw_look(rng, person):
    light_eyes = person["ancestry"][1] > .65 and rng.random() < .6
    iris = str(rng.choice(["blue", "green", "grey", "brownlight"] if light_eyes else ["brown", "brown", "brownlight"]))
    colour = np.array(HAIR_COLOURS[hair_colour(rng, person)]) * rng.uniform(.75, 1.3)
    beard = "none"
    if person["sex"] == "M":
        beard = pick(rng, (("none", 5), ("stubble", 4), ("full", 2), ("goatee", 1.5), ("moustache", 1)))
    return {"hair": pick(rng, hair_styles(person)), "colour": colour, "iris": iris, "beard": beard,
            "brow": str(rng.choice(assets.BROWS[person["sex"]])),
            "lash": str(rng.choice(assets.LASHES)), "clothes": str(rng.choice(assets.CLOTHES[person["sex"]])),
            "hue": rng.uniform(0, 1), "value": rng.uniform(.55, 1.1)}


def draw_skin(rng, person):
    tone = 2 ** np.clip(rng.normal(0, .22), -.4, .4) * {"latin": .80, "asian": .93}.get(person["group"], 1)
    gains = tone * (1 + rng.normal(0, .02, 3)) * (np.array([1.03, 1, .92]) if person["group"] == "latin" else 1)
    light = person["ancestry"][1] > .6
    return {"gains": gains, "red": rng.uniform(.1, .5), "offset": rng.uniform(-50, 50, 3), "moles": int(rng.integers(0, 4)),
            "freckles": rng.uniform(.25, .6) if light and rng.random() < .3 else 0, "rough": rng.uniform(.38, .52),
            "lips": rng.uniform(.25, .7) if person["sex"] == "F" else 0, "seed": int(rng.integers(1 << 31))}
