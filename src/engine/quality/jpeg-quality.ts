/**
 * The luminance quantisation table of Annex K of the JPEG standard, in the zigzag order of files.
 * Nearly every encoder scales this table by a setting from 1 to 100.
 */
const STANDARD_TABLE: readonly number[] = [
  16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61,
  60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103, 62, 77, 113, 121,
  112, 100, 120, 92, 101, 103, 99,
]

const START_OF_IMAGE = 0xd8
const END_OF_IMAGE = 0xd9
const START_OF_SCAN = 0xda
const QUANTISATION_TABLES = 0xdb
const RESTART_FIRST = 0xd0

/**
 * The quality setting, 1 to 100, whose table is nearest to the file's luminance table; encoders with
 * tables of their own get the nearest setting. Null when the bytes are no JPEG or end before a table.
 */
export function estimateJpegQuality(bytes: Uint8Array): number | null {
  const table = luminanceTable(bytes)
  if (table === null) return null
  let best = 1
  let least = Number.POSITIVE_INFINITY
  for (let setting = 1; setting <= 100; setting += 1) {
    const difference = tableDifference(table, setting)
    if (difference < least) {
      best = setting
      least = difference
    }
  }
  return best
}

function tableDifference(table: readonly number[], setting: number): number {
  const scale = setting < 50 ? 5000 / setting : 200 - 2 * setting
  return STANDARD_TABLE.reduce((sum, standard, place) => {
    const step = Math.min(255, Math.max(1, Math.floor((standard * scale + 50) / 100)))
    return sum + Math.abs(step - (table[place] ?? 0))
  }, 0)
}

/** Table 0 before the first scan; null where the file has none. */
function luminanceTable(bytes: Uint8Array): readonly number[] | null {
  if (bytes[0] !== 0xff || bytes[1] !== START_OF_IMAGE) return null
  let place = 2
  while (place + 4 <= bytes.length) {
    if (bytes[place] !== 0xff) return null
    const marker = bytes[place + 1] ?? 0
    if (marker === 0xff || (marker >= RESTART_FIRST && marker <= START_OF_IMAGE)) {
      // A fill byte, or a marker that stands alone.
      place += marker === 0xff ? 1 : 2
      continue
    }
    if (marker === START_OF_SCAN || marker === END_OF_IMAGE) return null
    const length = ((bytes[place + 2] ?? 0) << 8) | (bytes[place + 3] ?? 0)
    const table = marker === QUANTISATION_TABLES ? tableZero(bytes.subarray(place + 4, place + 2 + length)) : null
    if (table !== null) return table
    place += 2 + Math.max(2, length)
  }
  return null
}

/** Table 0 of one segment, of one or two bytes a step; null when it is not there or not whole. */
function tableZero(segment: Uint8Array): readonly number[] | null {
  let place = 0
  while (place < segment.length) {
    const kind = segment[place] ?? 0
    const step = kind >> 4 === 0 ? 1 : 2
    const end = place + 1 + 64 * step
    if (end > segment.length) return null
    if ((kind & 15) === 0) return readSteps(segment.subarray(place + 1, end), step)
    place = end
  }
  return null
}

function readSteps(bytes: Uint8Array, step: number): readonly number[] {
  return Array.from({ length: 64 }, (_, number) => {
    const first = bytes[number * step] ?? 0
    return step === 1 ? first : (first << 8) | (bytes[number * step + 1] ?? 0)
  })
}
