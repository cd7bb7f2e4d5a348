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
  let place = 0
  for (let y = 0; y < halfHeight; y += 1) {
    const upper = 2 * y * width * 3
    const lower = Math.min(2 * y + 1, height - 1) * width * 3
    for (let x = 0; x < halfWidth; x += 1) {
      const left = 6 * x
      const right = 2 * x + 1 < width ? left + 3 : left
      for (let colour = 0; colour < 3; colour += 1) {
        // Inside the array by the bounds above; every pixel of a large image passes here.
        const top = (data[upper + left + colour] as number) + (data[upper + right + colour] as number)
        const bottom = (data[lower + left + colour] as number) + (data[lower + right + colour] as number)
        half[place] = (top + bottom + 2) >> 2
        place += 1
      }
    }
  }
  return { width: halfWidth, height: halfHeight, data: half }
}
