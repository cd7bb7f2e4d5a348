/** An upright image: rows from the top, three bytes R, G, B a pixel. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** The same image at full size (level 0), half, quarter and so on; smaller ones are made when asked for. */
export interface PixelPyramid {
  readonly width: number
  readonly height: number
  /** Level n is the image divided by 2^n, each pixel the mean of the four it stands for. */
  level(number: number): Pixels
}

export function pixelPyramid(full: Pixels): PixelPyramid {
  const levels = [full]
  return {
    width: full.width,
    height: full.height,
    level: (number) => {
      let smallest = levels[levels.length - 1] ?? full
      while (levels.length <= number) {
        smallest = halvePixels(smallest)
        levels.push(smallest)
      }
      return levels[number] ?? full
    },
  }
}

/** Half the width and height, rounded up; a last odd row or column is averaged with itself. */
export function halvePixels({ width, height, data }: Pixels): Pixels {
  const halfWidth = Math.ceil(width / 2)
  const halfHeight = Math.ceil(height / 2)
  const half = new Uint8Array(halfWidth * halfHeight * 3)
  for (let y = 0; y < halfHeight; y += 1) {
    const upper = 2 * y * width * 3
    const lower = Math.min(2 * y + 1, height - 1) * width * 3
    halveRow(data, upper, lower, width, half, y * halfWidth * 3)
  }
  return { width: halfWidth, height: halfHeight, data: half }
}

/** Averages two rows into one of half the length. */
function halveRow(
  data: Uint8Array,
  upper: number,
  lower: number,
  width: number,
  half: Uint8Array,
  first: number,
): void {
  let place = first
  for (let x = 0; x < width; x += 2) {
    const right = x + 1 < width ? 3 : 0
    const top = upper + 3 * x
    const bottom = lower + 3 * x
    // Inside the arrays by the bounds above; every pixel of a large image passes here.
    half[place] = meanOfFour(data, top, bottom, right)
    half[place + 1] = meanOfFour(data, top + 1, bottom + 1, right)
    half[place + 2] = meanOfFour(data, top + 2, bottom + 2, right)
    place += 3
  }
}

function meanOfFour(data: Uint8Array, top: number, bottom: number, right: number): number {
  const above = (data[top] as number) + (data[top + right] as number)
  const below = (data[bottom] as number) + (data[bottom + right] as number)
  return (above + below + 2) >> 2
}
