import { cheekZones, pixelsOf } from './cheek-zones.ts'
import type { FacePatch } from './face-patch.ts'
import type { FaceView } from './face-view.ts'
import { linearLight } from './linear-light.ts'
import { measured } from './measured.ts'
import type { QualityMeasure } from './quality-measure.ts'

/** Ranges of a* and b* that skin of every shade has in white light. */
const SKIN = { a: [5, 25], b: [5, 35] } as const
/** What is greener or bluer than grey cannot be skin; with the matrix of the standard grey itself is, by a hair. */
const NO_SKIN = 100

/** How far the mean colour of both cheeks is from the colours of skin, in CIELAB under D50; grey is no skin. */
export function naturalColour(view: FaceView, patch: FacePatch | null): QualityMeasure {
  const zones = patch && cheekZones(view, patch)
  if (!zones) return measured('natural_colour', null)
  const places = zones.flatMap((zone) => pixelsOf(zone, patch.size))
  const mean = (colour: number) =>
    places.reduce((sum, place) => sum + (patch.colours[3 * place + colour] ?? 0), 0) / places.length
  return measured('natural_colour', skinDistance(...toLab(mean(0), mean(1), mean(2))))
}

function skinDistance(a: number, b: number): number {
  if (a < 0 || b < 0) return NO_SKIN
  return Math.hypot(beyond(a, SKIN.a), beyond(b, SKIN.b))
}

function beyond(value: number, [least, most]: readonly [number, number]): number {
  return Math.max(0, least - value, value - most)
}

/** a* and b* of an sRGB colour of three bytes, adapted to D50 (CIE 15, Bradford). */
function toLab(...bytes: readonly [number, number, number]): readonly [number, number] {
  const [red, green, blue] = bytes.map(linearLight) as [number, number, number]
  const x = root((0.43605 * red + 0.38508 * green + 0.14309 * blue) / 0.964221)
  const y = root(0.22249 * red + 0.71689 * green + 0.06062 * blue)
  const z = root((0.01393 * red + 0.0971 * green + 0.71419 * blue) / 0.825211)
  return [500 * (x - y), 200 * (y - z)]
}

function root(value: number): number {
  return value > 216 / 24389 ? Math.cbrt(value) : (value * (24389 / 27) + 16) / 116
}
