"""Blender materials: skin with painted hair and marks, hair cards, eyes, cloth. Node graphs, no bitmaps of our own."""
import bpy
import numpy as np
from PIL import Image

RACES = ("african", "caucasian", "asian")


class Graph:
    """A few words to write node graphs with."""

    def __init__(self, name):
        self.material = bpy.data.materials.new(name)
        self.material.use_nodes = True
        self.nodes, self.links = self.material.node_tree.nodes, self.material.node_tree.links
        self.nodes.clear()
        self.output = self.nodes.new("ShaderNodeOutputMaterial")

    def node(self, kind, inputs=None, **settings):
        node = self.nodes.new(kind)
        for key, value in settings.items():
            setattr(node, key, value)
        for key, value in (inputs or {}).items():
            self.put(node.inputs[key], value)
        return node

    def put(self, socket, value):
        if isinstance(value, bpy.types.NodeSocket):
            self.links.new(value, socket)
        else:
            socket.default_value = value

    def math(self, operation, a, b=0.0, clamp=False):
        return self.node("ShaderNodeMath", {0: a, 1: b}, operation=operation, use_clamp=clamp).outputs[0]

    def mix(self, factor, a, b, blend="MIX"):
        return self.node("ShaderNodeMixRGB", {0: factor, 1: a, 2: b}, blend_type=blend).outputs[0]

    def noise(self, where, scale, detail=2.0):
        return self.node("ShaderNodeTexNoise", {"Vector": where, "Scale": scale, "Detail": detail}).outputs["Fac"]

    def ramp(self, value, low, high, out_low=0.0, out_high=1.0):
        inputs = {0: value, 1: low, 2: high, 3: out_low, 4: out_high}
        return self.node("ShaderNodeMapRange", inputs, clamp=True).outputs[0]

    def attribute(self, name):
        return self.node("ShaderNodeAttribute", attribute_name=name).outputs["Fac"]

    def texture(self, image):
        return self.node("ShaderNodeTexImage", image=image, interpolation="Cubic")

    def finish(self, shader):
        self.links.new(shader, self.output.inputs["Surface"])
        return self.material


def rgb(colour):
    return (*[float(c) for c in colour], 1.0)


def blend_atlas(assets, person):
    """Mean of the sex's atlases over age and ancestry, in linear light, times the person's tone."""
    years, total, weight_sum = person["years"], 0, 0
    ages = {"young": max(0, 1 - max(0, years - 25) / 22), "old": max(0, (years - 48) / 22)}
    ages["middleage"] = 1 - ages["young"] - ages["old"]
    for age, a in ages.items():
        for race, r in zip(RACES, person["ancestry"]):
            weight = a * r ** 1.6
            if weight > .01:
                pixels = np.asarray(Image.open(assets.atlas(age, race, person["sex"])).convert("RGB"), np.float32) / 255
                total, weight_sum = total + weight * pixels ** 2.2, weight_sum + weight
    linear = np.clip(total / weight_sum * person["skin"]["gains"], 0, .95)
    rgba = np.dstack([linear ** (1 / 2.2), np.ones(linear.shape[:2])])[::-1].astype(np.float32)
    image = bpy.data.images.new("skin", rgba.shape[1], rgba.shape[0])
    image.pixels.foreach_set(rgba.ravel())
    image.update()
    return image


def skin(assets, person, moles):
    g, traits, look = Graph("skin"), person["skin"], person["look"]
    position = g.node("ShaderNodeNewGeometry").outputs["Position"]
    where = g.node("ShaderNodeVectorMath", {0: position, 1: tuple(traits["offset"])}, operation="ADD").outputs[0]
    colour = g.texture(blend_atlas(assets, person)).outputs["Color"]
    for scale, depth in ((3, .10), (14, .10), (55, .09), (140, .07)):
        factor = g.ramp(g.noise(where, scale), .3, .7, 1 - depth, 1 + depth)
        colour = g.mix(1.0, colour, g.node("ShaderNodeCombineColor", {0: factor, 1: factor, 2: factor}).outputs[0], "MULTIPLY")
    colour = paint_marks(g, where, position, colour, traits, moles)
    colour, hair = paint_hair(g, where, colour, look)
    rough = g.ramp(g.noise(where, 30), .3, .7, traits["rough"], traits["rough"] + .12)
    height = g.math("ADD", g.math("MULTIPLY", g.noise(where, 60, 3.0), .6), g.math("MULTIPLY", hair, .4))
    bump = g.node("ShaderNodeBump", {"Strength": .10, "Distance": .05, "Height": height}).outputs[0]
    shader = g.node("ShaderNodeBsdfPrincipled", {"Base Color": colour, "Roughness": rough, "Specular": .36, "Normal": bump})
    return g.finish(shader.outputs[0])


def paint_marks(g, where, position, colour, traits, moles):
    red = g.math("MULTIPLY", g.attribute("red"), g.ramp(g.noise(where, 6), .3, .7, .1 * traits["red"], traits["red"]))
    colour = g.mix(red, colour, g.mix(1.0, colour, (1.12, .72, .68, 1), "MULTIPLY"))
    lips = g.math("MULTIPLY", g.attribute("lips"), traits["lips"])
    colour = g.mix(lips, colour, g.mix(1.0, colour, (.95, .45, .5, 1), "MULTIPLY"))
    if traits["freckles"]:
        cells = g.node("ShaderNodeTexVoronoi", {"Vector": where, "Scale": 22.0}).outputs["Distance"]
        spots = g.math("MULTIPLY", g.ramp(cells, .2, .34, 1, 0), g.ramp(g.noise(where, 5), .45, .6))
        colour = g.mix(g.math("MULTIPLY", spots, traits["freckles"]), colour, g.mix(1.0, colour, (.62, .48, .4, 1), "MULTIPLY"))
    for point, radius in moles:
        distance = g.node("ShaderNodeVectorMath", {0: position, 1: tuple(point)}, operation="DISTANCE").outputs["Value"]
        colour = g.mix(g.ramp(distance, radius * .6, radius, .75, 0), colour, (.05, .025, .018, 1))
    return colour


def paint_hair(g, where, colour, look):
    """Cropped scalp hair and beards as dense fine strokes under a soft mask. Returns colour and coverage."""
    fine = g.noise(where, 85, 3.0)
    edge = g.math("MULTIPLY", g.math("SUBTRACT", g.noise(where, 9), .5), .5)
    scalp = {"buzz": .9, "bald": .06}.get(look["hair"], .85)
    beard = {"none": 0.0, "stubble": .42}.get(look["beard"], .9)
    cover = 0.0
    for name, strength in (("scalp", scalp), ("beard", beard)):
        soft = g.math("MULTIPLY", g.ramp(g.math("ADD", g.attribute(name), edge), .2, .8), g.ramp(g.attribute(name), 0, .2))
        strokes = g.ramp(fine, .62 - strength * .38, .80 - strength * .26)
        floor = .55 if strength > .8 else 0.0  # dense hair never shows bare skin between its strokes
        painted = g.math("MULTIPLY", soft, g.ramp(strokes, 0, 1, floor * strength, strength))
        under_cards = name == "scalp" and look["hair"] not in ("buzz", "bald")
        tint = look["colour"] * .9 if under_cards else np.minimum(look["colour"] * .8, .065)
        colour = g.mix(painted, colour, rgb(tint))
        cover = g.math("MAXIMUM", cover, painted)
    return colour, cover


def cards(path, colour, opacity=1.3, contrast=.55, gloss=.25):
    """Hair, brows and lashes: the texture's own light and dark, clamped, on the person's colour."""
    g = Graph("cards")
    pixels = np.asarray(Image.open(path).convert("RGBA"), np.float32) / 255
    solid = pixels[..., 3] > .5
    mean = float((pixels[solid][:, :3] ** 2.2).mean()) if solid.any() else .2
    image = bpy.data.images.load(path, check_existing=True)
    texture = g.texture(image)
    grey = g.node("ShaderNodeRGBToBW", {0: texture.outputs["Color"]}).outputs[0]
    light = g.ramp(g.math("DIVIDE", grey, mean), .2, 2.2, 1 - contrast, 1 + contrast)
    tint = g.mix(1.0, rgb(colour), g.node("ShaderNodeCombineColor", {0: light, 1: light, 2: light}).outputs[0], "MULTIPLY")
    relief = g.node("ShaderNodeBump", {"Strength": .6, "Distance": .06, "Height": light}).outputs[0]
    hair = g.node("ShaderNodeBsdfPrincipled", {"Base Color": tint, "Roughness": .5, "Specular": gloss, "Normal": relief}).outputs[0]
    alpha = g.math("MULTIPLY", texture.outputs["Alpha"], opacity, clamp=True)
    clear = g.node("ShaderNodeBsdfTransparent").outputs[0]
    return g.finish(g.node("ShaderNodeMixShader", {0: alpha, 1: clear, 2: hair}).outputs[0])


def eyes(path):
    g = Graph("eyes")
    texture = g.texture(bpy.data.images.load(path, check_existing=True))
    ball = g.node("ShaderNodeBsdfPrincipled", {"Base Color": texture.outputs["Color"], "Roughness": .4, "Specular": .1}).outputs[0]
    clear = g.node("ShaderNodeBsdfTransparent").outputs[0]
    inner = g.node("ShaderNodeMixShader", {0: texture.outputs["Alpha"], 1: clear, 2: ball}).outputs[0]
    gloss = g.node("ShaderNodeBsdfGlossy", {"Roughness": .06}).outputs[0]
    fresnel = g.math("MULTIPLY", g.node("ShaderNodeFresnel", {"IOR": 1.376}).outputs[0], .6)
    return g.finish(g.node("ShaderNodeMixShader", {0: fresnel, 1: inner, 2: gloss}).outputs[0])


def cloth(path, hue, value):
    g = Graph("cloth")
    texture = g.texture(bpy.data.images.load(path, check_existing=True))
    inputs = {"Hue": hue, "Saturation": .8, "Value": value, "Color": texture.outputs["Color"]}
    colour = g.node("ShaderNodeHueSaturation", inputs).outputs[0]
    shader = g.node("ShaderNodeBsdfPrincipled", {"Base Color": colour, "Roughness": .85, "Specular": .1}).outputs[0]
    alpha, clear = texture.outputs["Alpha"], g.node("ShaderNodeBsdfTransparent").outputs[0]
    return g.finish(g.node("ShaderNodeMixShader", {0: alpha, 1: clear, 2: shader}).outputs[0])


def plain(colour, roughness=.9):
    g = Graph("plain")
    shader = g.node("ShaderNodeBsdfPrincipled", {"Base Color": rgb(colour), "Roughness": roughness, "Specular": .1})
    return g.finish(shader.outputs[0])
