"""Renders the sample county. Run inside Blender: blender -b --python generate.py -- --assets DIR --out DIR [options]

Work can be shared between processes with --shard 0/2 and --shard 1/2; finished pictures are skipped.
"""
import argparse
import os
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import numpy as np  # noqa: E402

import finish  # noqa: E402
import plan  # noqa: E402
import scene  # noqa: E402
import shape  # noqa: E402
from assets import Assets  # noqa: E402


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--assets", required=True, help="folder of the unpacked MakeHuman data")
    parser.add_argument("--out", required=True, help="folder of the county")
    parser.add_argument("--seed", type=int, default=plan.SEED)
    parser.add_argument("--samples", type=int, default=0, help="light samples per pixel; 0 takes the plan's own")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--shard", default="0/1")
    parser.add_argument("--only", default="", help="render only pictures whose path contains one of these, comma between")
    return parser.parse_args(sys.argv[sys.argv.index("--") + 1:])


def shoot(options, assets, masks, picture, temporary):
    rng = np.random.default_rng([options.seed, picture.number, plan.KINDS.index(picture.kind), 77])
    setting = plan.setting(picture.kind, rng)
    scene.reset(options.samples or setting["samples"], setting["bounces"], options.threads)
    for person, place in plan.cast(options.seed, picture):
        scene.add_person(assets, masks, person, place)
    scene.add_lights(setting["light"])
    scene.add_backdrop(setting["backdrop"], setting["turn"], setting["wall"])
    scene.add_camera(setting["distance"], setting["span"], setting["turn"], setting["drop"])
    scene.render(temporary, *setting["size"])
    image = finish.clean(temporary, rng, 4 if picture.kind == "booking" else 6)
    if picture.kind == "cctv":
        image = finish.degrade(image, rng)
    path = os.path.join(options.out, picture.path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    finish.save(image, path, 86 if picture.kind != "cctv" else 80, many=picture.kind == "scene")


def main():
    options = arguments()
    part, parts = (int(n) for n in options.shard.split("/"))
    assets = Assets(options.assets)
    masks = shape.masks(assets)
    with tempfile.TemporaryDirectory() as folder:
        for index, picture in enumerate(plan.pictures(options.seed)):
            wanted = index % parts == part and any(word in picture.path for word in options.only.split(","))
            if wanted and not os.path.exists(os.path.join(options.out, picture.path)):
                shoot(options, assets, masks, picture, os.path.join(folder, "frame.png"))
                print("wrote", picture.path, flush=True)


if __name__ == "__main__":
    main()
