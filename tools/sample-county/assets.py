"""Reads the MakeHuman data a developer supplies: base mesh, morph targets, proxies, skin atlases.

Only assets on the whitelists below may be used: they are in the CC0 1.0 set the MakeHuman project released in
September 2020. Community extras that travel in the same package under other terms are refused by name.
Units: decimetres, y up, the face looks along +z.
"""
import json
import os

import numpy as np

HAIR = ("short01", "short02", "short04", "afro01", "long01", "ponytail01")
CLOTHES = {
    "M": tuple(f"male_casualsuit0{n}" for n in range(1, 7)) + ("male_worksuit01",),
    "F": ("female_casualsuit01", "female_casualsuit02", "female_sportsuit01"),
}
PLAIN = {"M": ("male_casualsuit01", "male_casualsuit03", "male_worksuit01"), "F": ("female_sportsuit01",)}  # no logo on the chest
BROWS = {sex: tuple(f"eyebrow{n:03d}" for n in numbers)
         for sex, numbers in (("M", (1, 2, 3, 8, 9, 10, 12)), ("F", (1, 6, 10, 11)))}
LASHES = ("eyelashes02", "eyelashes03", "eyelashes04")
ALLOWED = {"hair": HAIR, "clothes": CLOTHES["M"] + CLOTHES["F"], "eyebrows": BROWS["M"] + BROWS["F"], "eyelashes": LASHES,
           "eyes": ("HighPolyEyes",)}
SHADE = {"african": "darkskinned", "caucasian": "lightskinned", "asian": "lightskinned"}
ATLAS_SUFFIX = {("asian", "young"): "3", ("asian", "middleage"): "2", ("asian", "old"): "2"}
BODY_VERTICES = 13380  # vertices after these belong to helpers: eyes, lashes, hair, clothes guides


def read_json(path):
    with open(path, encoding="utf-8") as handle:
        return json.load(handle)


def quads(model):
    """Face records of ten integers: type 11, four vertex ids, material, four texture ids."""
    records = np.array(model["faces"], dtype=np.int64).reshape(-1, 10)
    assert (records[:, 0] == 11).all(), "only textured quads are understood"
    return records[:, 1:5], records[:, 5], records[:, 6:10]


class Proxy:
    """A part that follows the body: hair, clothes, eyes, brows, lashes."""

    def __init__(self, folder, name):
        model = read_json(os.path.join(folder, f"{name}.json"))
        self.faces, _, self.uv_ids = quads(model)
        self.uvs = np.array(model["uvs"][0]).reshape(-1, 2)
        self.refs = np.array(model["ref_vIdxs"])
        self.weights = np.array(model["weights"])
        self.offsets = np.array(model["offsets"])
        self.hides = np.array(model["metadata"].get("deleteVerts", []), dtype=bool)
        self.texture = os.path.join(folder, model["materials"][0]["mapDiffuse"])
        self.folder = folder

    def fit(self, body, scale):
        """Vertex = weighted sum of three body vertices + offset scaled by the head's size ratio."""
        return (body[self.refs] * self.weights[:, :, None]).sum(axis=1) + self.offsets * scale


class Assets:
    def __init__(self, root):
        self.root = root
        model = read_json(os.path.join(root, "public/data/models/human_full_size.json"))
        self.base = np.array(model["vertices"]).reshape(-1, 3)
        faces, material, uv_ids = quads(model)
        self.faces, self.uv_ids = faces[material == 0], uv_ids[material == 0]
        self.uvs = np.array(model["uvs"][0]).reshape(-1, 2)
        self.arm = self._arm_weight(model)
        names = sorted(read_json(os.path.join(root, "src/json/targets/target-list.json"))["targets"])
        self.rows = {n.split("targets/")[-1].removesuffix(".target"): i for i, n in enumerate(names)}
        path = os.path.join(root, "public/data/targets/targets.bin")
        self.matrix = np.memmap(path, dtype="<i2", mode="r").reshape(len(names), -1)
        self.proxies = {}

    @staticmethod
    def _arm_weight(model):
        parts = ("upperarm", "lowerarm", "wrist", "finger", "metacarpal")
        is_arm = np.array([b["name"].startswith(parts) for b in model["bones"]])
        ids = np.array(model["skinIndices"]).reshape(-1, 4)
        return (is_arm[ids] * np.array(model["skinWeights"]).reshape(-1, 4)).sum(axis=1)

    def target(self, name):
        """Offsets of one morph target in decimetres, one row per vertex."""
        rows = self.matrix[self.rows[name]].astype(np.float64).reshape(-1, 3) / 1000
        if name == "eyes/r-eye-bag-max":  # broken in the data: throws the lashes off the face
            rows[BODY_VERTICES:] = 0
        return rows

    def proxy(self, kind, name):
        if name not in ALLOWED[kind]:
            raise ValueError(f"{kind} {name} is not on the whitelist of CC0 assets")
        if name not in self.proxies:
            self.proxies[name] = Proxy(os.path.join(self.root, "public/data/proxies", kind, name), name)
        return self.proxies[name]

    def atlas(self, age, ancestry, sex):
        gender = {"M": "male", "F": "female"}[sex]
        suffix = ATLAS_SUFFIX.get((ancestry, age), "")
        file = f"{age}_{SHADE[ancestry]}_{gender}_diffuse{suffix}.png"
        return os.path.join(self.root, "public/data/skins", f"{age}_{ancestry}_{gender}", "textures", file)
