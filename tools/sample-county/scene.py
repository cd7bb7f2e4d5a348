"""Puts people, light, backdrop and camera into a Blender scene and renders it to a PNG. One unit is one decimetre."""
import os

import bpy
import numpy as np
from mathutils import Euler, Vector

import materials
import shape

LIGHTS = {  # place relative to the eyes, size, watts, colour
    "booking": (((-5, -11, 5), 5, 2300, (1, 1, 1)), ((6, -11, 3), 6, 1500, (1, 1, 1)), ((0, 3, 8), 3, 260, (1, 1, 1))),
    "warm": (((-7, -9, 6), 4, 2600, (1, .80, .60)), ((7, -9, 1), 6, 900, (1, .88, .75))),
    "cool": (((3, -10, 8), 7, 3000, (.80, .90, 1)), ((-8, -7, 0), 5, 900, (.9, .95, 1))),
    "side": (((9, -7, 4), 4, 3000, (1, .95, .9)), ((-6, -11, 1), 6, 900, (.92, .96, 1))),
    "overhead": (((0, -5, 14), 8, 5200, (1, .96, .88)), ((-9, -12, 6), 8, 2600, (.95, .97, 1))),
    "wide": (((-9, -14, 8), 9, 6500, (1, .97, .93)), ((10, -14, 5), 9, 4200, (.95, .97, 1))),
}
BACKDROPS = {"grey": (.42, .43, .45), "beige": (.55, .49, .40), "blue": (.25, .33, .42), "white": (.72, .72, .70),
             "green": (.33, .40, .34)}
CARDS = {"afro01": (1.6, .3, 0.0), "long01": (1.6, .6), "ponytail01": (1.6, .6), "short02": (1.3, .6)}  # opacity, contrast, gloss of hair


def to_blender(points):
    points = np.asarray(points, float)
    return np.stack([points[..., 0], -points[..., 2], points[..., 1]], axis=-1)


def reset(samples, bounces, threads):
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine, scene.cycles.device = "CYCLES", "CPU"
    scene.cycles.samples, scene.cycles.use_denoising = samples, False
    scene.cycles.max_bounces, scene.cycles.transparent_max_bounces = bounces, 12
    scene.cycles.use_adaptive_sampling, scene.cycles.sample_clamp_indirect = False, 4
    scene.render.threads_mode, scene.render.threads = "FIXED", threads
    scene.view_settings.view_transform, scene.view_settings.exposure = "Standard", -.35
    scene.world = bpy.data.worlds.new("world")
    scene.world.use_nodes = True
    scene.world.node_tree.nodes["Background"].inputs["Strength"].default_value = .28
    scene.world.node_tree.nodes["Background"].inputs["Color"].default_value = (1, 1, 1, 1)
    return scene


def add_mesh(name, part, material, shift, attributes=None, smooth=1):
    vertices, faces, uvs, ids = part
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata((to_blender(vertices) + shift).tolist(), [], faces.tolist())
    mesh.uv_layers.new(name="uv").data.foreach_set("uv", uvs.reshape(-1))
    mesh.polygons.foreach_set("use_smooth", [True] * len(faces))
    for key, values in (attributes or {}).items():
        mesh.attributes.new(key, "FLOAT", "POINT").data.foreach_set("value", values[ids].astype(np.float32))
    mesh.materials.append(material)
    thing = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(thing)
    if smooth:
        modifier = thing.modifiers.new("subdivide", "SUBSURF")
        modifier.levels = modifier.render_levels = smooth
    return thing


def pick_moles(person, body, shift):
    """Small dark marks on random front-facing vertices of the face."""
    rng = np.random.default_rng(person["skin"]["seed"])
    vertices = body[0]
    eye_level = vertices[:, 1].max() - 1.25
    front = np.flatnonzero((vertices[:, 2] > 1.0) & (abs(vertices[:, 1] - eye_level) < .9) & (abs(vertices[:, 0]) > .2))
    chosen = rng.choice(front, person["skin"]["moles"])
    return [(point, rng.uniform(.008, .017)) for point in to_blender(vertices[chosen]) + shift]


def add_person(assets, masks, person, place=(0, 0, 0)):
    """Builds one person so that the point between the eyes stands at `place`."""
    parts, centre = shape.build(assets, person)
    shift, look = np.array(place) - to_blender(centre), person["look"]
    painted = {"scalp": masks["scalp"], "beard": masks["beard"][look["beard"]], "lips": masks["lips"], "red": masks["red"]}
    skin = materials.skin(assets, person, pick_moles(person, parts["body"], shift))
    add_mesh("body", parts["body"], skin, shift, painted)
    iris = os.path.join(assets.proxy("eyes", "HighPolyEyes").folder, "textures", f"{look['iris']}_eye.png")
    add_mesh("eyes", parts["eyes"], materials.eyes(iris), shift)
    brow, lash = assets.proxy("eyebrows", look["brow"]), assets.proxy("eyelashes", look["lash"])
    add_mesh("brows", parts["eyebrows"], materials.cards(brow.texture, np.minimum(look["colour"] * .8, .09), 1.1), shift, smooth=0)
    black = np.array([.015, .012, .01])
    add_mesh("lashes", parts["eyelashes"], materials.cards(lash.texture, black, .4 if person["sex"] == "M" else .85), shift, smooth=0)
    cloth = assets.proxy("clothes", look["clothes"])
    add_mesh("clothes", parts["clothes"], materials.cloth(cloth.texture, look["hue"], look["value"]), shift)
    if "hair" in parts:
        texture, settings = assets.proxy("hair", look["hair"]).texture, CARDS.get(look["hair"], (1.3, .4))
        hair = materials.cards(texture, look["colour"], *settings)
        add_mesh("hair", parts["hair"], hair, shift, smooth=0 if look["hair"] == "afro01" else 1)


def add_lights(name):
    for place, size, watts, colour in LIGHTS[name]:
        data = bpy.data.lights.new(name, "AREA")
        data.size, data.energy, data.color = size, watts, colour
        lamp = bpy.data.objects.new(name, data)
        lamp.location = Vector(place)
        lamp.rotation_euler = (-lamp.location).to_track_quat("-Z", "Y").to_euler()
        bpy.context.scene.collection.objects.link(lamp)


def add_backdrop(colour, turn=(0, 0, 0), distance=6, size=60):
    bpy.ops.mesh.primitive_plane_add(size=size)
    plane = bpy.context.object
    plane.location = Vector((0, distance, 0))
    plane.location.rotate(Euler(turn))
    plane.rotation_euler = (Euler(turn).to_matrix() @ Euler((np.pi / 2, 0, 0)).to_matrix()).to_euler()
    plane.data.materials.append(materials.plain(BACKDROPS[colour]))


def add_camera(distance, span, turn=(0, 0, 0), drop=-.22):
    """`span` decimetres fill the height of the frame at the eyes; `turn` swings the camera round the eyes."""
    data = bpy.data.cameras.new("camera")
    data.sensor_fit, data.angle = "VERTICAL", 2 * np.arctan(span / 2 / distance)
    camera = bpy.data.objects.new("camera", data)
    camera.location = Vector((0, -distance, 0))
    camera.location.rotate(Euler(turn))
    camera.rotation_euler = (-camera.location).to_track_quat("-Z", "Y").to_euler()
    camera.location += Vector((0, 0, drop))
    bpy.context.scene.collection.objects.link(camera)
    bpy.context.scene.camera = camera


def render(path, width, height):
    scene = bpy.context.scene
    scene.render.resolution_x, scene.render.resolution_y, scene.render.resolution_percentage = width, height, 100
    scene.render.image_settings.file_format, scene.render.filepath = "PNG", path
    bpy.ops.render.render(write_still=True)
