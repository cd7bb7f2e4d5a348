"""Turns a drawn person into geometry: morphed body, lowered arms, fitted proxies, painted vertex masks. NumPy only."""
import numpy as np

from assets import BODY_VERTICES

CROP_BELOW_EYES = 5.2  # decimetres of body kept below the eyes


def morph(assets, targets):
    vertices = assets.base.copy()
    for name, weight in targets.items():
        vertices += weight * assets.target(name)
    return vertices


def lower_arms(assets, vertices, degrees=36):
    """The data stands with its arms out; turn each arm down about its shoulder, blended by skin weight."""
    out = vertices.copy()
    for side in (1, -1):
        weight = np.where(vertices[:, 0] * side > 0, assets.arm, 0)
        pivot = vertices[:BODY_VERTICES][(weight[:BODY_VERTICES] > .3) & (weight[:BODY_VERTICES] < .7)].mean(axis=0)
        angle = -side * np.radians(degrees)
        x, y = vertices[:, 0] - pivot[0], vertices[:, 1] - pivot[1]
        out[:, 0] += weight * (x * np.cos(angle) - y * np.sin(angle) - x)
        out[:, 1] += weight * (x * np.sin(angle) + y * np.cos(angle) - y)
    return out


def head_scale(assets, vertices):
    """Size ratio of this head to the base head, per axis."""
    head = assets.base[:BODY_VERTICES, 1] > 6.2
    size = [np.ptp(v[:BODY_VERTICES][head], axis=0) for v in (vertices, assets.base)]
    return size[0] / size[1]


def compact(vertices, faces, uv_ids, floor, hidden=None):
    """Keep quads above the floor that no clothing hides; renumber vertices. Returns vertices, faces, uv ids, kept ids."""
    keep = (vertices[faces][:, :, 1] > floor).all(axis=1)
    if hidden is not None:
        keep &= ~hidden[faces].all(axis=1)
    used, renumbered = np.unique(faces[keep], return_inverse=True)
    return vertices[used], renumbered.reshape(-1, 4), uv_ids[keep], used


def ramp(value, start, end):
    t = np.clip((value - start) / (end - start), 0, 1)
    return t * t * (3 - 2 * t)


def masks(assets):
    """Where scalp hair, beards, lips and redness are painted, per body vertex, from the base mesh's own proportions."""
    x, y, z = np.abs(assets.base[:, 0]), assets.base[:, 1], assets.base[:, 2]
    lips = sum(np.linalg.norm(assets.target(f"mouth/mouth-{p}lip-volume-inflate"), axis=1) for p in ("upper", "lower"))
    lips = ramp(lips, .004, .02)
    ears = sum(np.linalg.norm(assets.target(f"ears/{s}-ear-size-big"), axis=1) for s in "lr") > .02
    line = np.interp(z, [-.5, .2, .55, .75, 1.0, 1.35], [6.35, 6.9, 7.1, 7.4, 7.86, 8.06])
    scalp = ramp(y - line, -.06, .10) * ~ears
    jaw = ramp(6.52 + (1.42 - z) * .62 - y, 0, .14) * ramp(y + .35 * z, 6.36, 6.56) * ramp(z, .25, .5) * ~ears
    lip_top = ramp(y + .12 * x, 6.66, 6.72) * ramp(6.86 - .3 * x - y, 0, .06) * ramp(.36 - x, 0, .06) * ramp(z, 1.25, 1.36)
    chin = ramp(6.56 - y, 0, .06) * ramp(.27 - x, 0, .08) * ramp(z, .95, 1.15) * ramp(y, 5.85, 6.0)
    sides = ramp(x, .2, .25) * ramp(.36 - x, 0, .08) * ramp(6.75 - y, 0, .06) * ramp(y, 6.4, 6.5) * ramp(z, 1.1, 1.3)
    beard = {"none": 0 * y, "moustache": lip_top, "goatee": np.maximum.reduce([lip_top, chin, sides])}
    beard["full"] = beard["stubble"] = np.maximum.reduce([jaw, lip_top, chin])
    nose = ramp(.22 - np.hypot(x, y - 6.95), 0, .12) * ramp(z, 1.4, 1.6)
    cheek = ramp(.26 - np.hypot(x - .42, y - 6.9), 0, .2) * ramp(z, .9, 1.2)
    return {"scalp": scalp, "lips": lips, "red": np.maximum(nose, cheek) + ears * .6,
            "beard": {k: v * (1 - lips) for k, v in beard.items()}}


def build(assets, person):
    """All parts of one person: {name: (vertices, faces, uvs per corner, ids)}, plus the point between the eyes."""
    look = person["look"]
    vertices = lower_arms(assets, morph(assets, person["targets"]))
    eyes = assets.proxy("eyes", "HighPolyEyes").fit(vertices, 1)
    centre = (eyes.min(axis=0) + eyes.max(axis=0)) / 2
    floor, scale = centre[1] - CROP_BELOW_EYES, head_scale(assets, vertices)
    clothes = assets.proxy("clothes", look["clothes"])
    parts = {}
    body = compact(vertices, assets.faces, assets.uv_ids, floor, clothes.hides)
    parts["body"] = (*body[:2], assets.uvs[body[2]], body[3])
    wanted = [("eyes", "HighPolyEyes"), ("eyebrows", look["brow"]), ("eyelashes", look["lash"]), ("clothes", look["clothes"])]
    if look["hair"] not in ("buzz", "bald"):
        wanted.append(("hair", look["hair"]))
    for kind, name in wanted:
        proxy = assets.proxy(kind, name)
        fitted = compact(proxy.fit(vertices, scale if kind == "hair" else 1), proxy.faces, proxy.uv_ids, floor)
        parts[kind] = (*fitted[:2], proxy.uvs[fitted[2]], fitted[3])
    return parts, centre
