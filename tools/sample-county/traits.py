"""Which facial morph targets are drawn, in which opposite pairs, and how widely. Data only.

A stem such as `nose/nose-hump` has two opposite endings; `?-` in a stem stands for both sides of the face.
"""

_PAIRS = {
    "nose": "nose-compression:uncompress,compress nose-curve:concave,convex nose-flaring:decr,incr nose-greek:lessgreek,moregreek "
            "nose-height:min,max nose-hump:lesshump,morehump nose-nostril-width:min,max nose-nostrils-angle:down,up "
            "nose-point:down,up nose-point-width:less,more nose-scale-depth:decr,incr nose-scale-horiz:decr,incr "
            "nose-scale-vert:decr,incr nose-septumangle:decr,incr nose-trans-vert:down,up nose-volume:point,potato "
            "nose-width1:min,max nose-width2:min,max nose-width3:min,max",
    "mouth": "mouth-angles:down,up mouth-cupidsbow:decr,incr mouth-cupidsbow-width:min,max mouth-dimples:in,out "
             "mouth-lowerlip-ext:down,up mouth-lowerlip-height:min,max mouth-lowerlip-middle:down,up "
             "mouth-lowerlip-volume:deflate,inflate mouth-lowerlip-width:min,max mouth-philtrum-volume:decrease,increase "
             "mouth-scale-depth:decr,incr mouth-scale-horiz:decr,incr mouth-scale-vert:decr,incr mouth-trans:backward,forward "
             "mouth-upperlip-ext:down,up mouth-upperlip-height:min,max mouth-upperlip-middle:down,up "
             "mouth-upperlip-volume:deflate,inflate mouth-upperlip-width:min,max",
    "eyes": "?-eye-bag:min,max ?-eye-bag-height:min,max ?-eye-corner1:down,up ?-eye-corner2:down,up ?-eye-epicanthus:in,out "
            "?-eye-eyefold:down,up ?-eye-eyefold-angle:down,up ?-eye-height1:min,max ?-eye-height2:min,max ?-eye-height3:min,max "
            "?-eye-move:in,out ?-eye-push1:in,out ?-eye-push2:in,out ?-eye-size:small,big",
    "chin": "chin-bones:in,out chin-cleft:in,out chin-height:min,max chin-jaw-drop:less,more chin-prognathism:less,more "
            "chin-prominent:less,more chin-width:min,max",
    "cheek": "?-cheek-bones:in,out ?-cheek-inner:deflate,inflate ?-cheek-trans-vert:down,up ?-cheek-volume:deflate,inflate",
    "ears": "?-ear-flap:in,out ?-ear-height:min,max ?-ear-lobe:min,max ?-ear-rot:backward,forward ?-ear-shape1:pointed,triangle "
            "?-ear-shape2:round,square ?-ear-size:small,big ?-ear-width:min,max ?-ear-wing:in,out",
    "forehead": "forehead-nubian:less,more forehead-scale-vert:less,more forehead-temple:in,out forehead-trans-depth:backward,forward",
    "eyebrows": "eyebrows-angle:down,up eyebrows-trans-depth:less,more eyebrows-trans-vert:less,more",
    "neck": "neck-scale-depth:less,more neck-scale-horiz:less,more neck-scale-vert:less,more",
    "head": "head-angle:in,out head-scale-depth:less,more head-scale-horiz:less,more head-scale-vert:less,more",
}

OPPOSITES = {f"{group}/{entry.split(':')[0]}": tuple(entry.split(":")[1].split(","))
             for group, entries in _PAIRS.items() for entry in entries.split()}

SPREAD = {"nose": .24, "mouth": .22, "eyes": .26, "chin": .28, "cheek": .32, "ears": .30, "forehead": .22, "eyebrows": .18,
          "neck": .16, "head": .16}

# Drawn at less than half the spread: more of these looks grotesque.
MILD = ("nose-scale", "septumangle", "nose-point", "nose-trans", "nose-volume", "eyebrows-angle", "head-scale-vert", "forehead-scale",
        "prognathism", "epicanthus", "eye-move", "mouth-angles", "eye-bag", "jaw-drop", "ear-wing", "ear-shape1")

SKIP = ("forehead-nubian",)

# Added to every woman: the data's female morphs alone read as men once the hair is tied back.
SOFTER = {"neck/neck-scale-horiz-less": .25, "chin/chin-width-min": .2, "eyes/l-eye-size-big": .15, "eyes/r-eye-size-big": .15,
          "eyebrows/eyebrows-trans-vert-more": .15}
