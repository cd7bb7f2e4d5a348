/** Turns a value of an axis into a place on the drawing. */
export interface Scale {
  readonly at: (value: number) => number
  readonly ticks: readonly { readonly value: number; readonly label: string }[]
}

type Range = readonly [number, number]
type Label = (value: number) => string

/** A logarithmic axis from above 0 upwards: lines at 1, 2 and 5 of every decade, numbers where there is room. */
export function logScale([low, high]: Range, [from, to]: Range, label: Label): Scale {
  const first = Math.floor(Math.log10(low) + 1e-9)
  const last = Math.ceil(Math.log10(high) - 1e-9)
  const decades = Array.from({ length: last - first + 1 }, (_, at) => first + at)
  const steps = last - first > 2 ? [1] : [1, 2, 5]
  const ticks = decades.flatMap((decade) => [1, 2, 5].map((step) => ({ step, value: step * 10 ** decade })))
  const span = Math.log(high) - Math.log(low)
  return {
    at: (value) => from + ((Math.log(value) - Math.log(low)) / span) * (to - from),
    ticks: ticks
      .filter(({ value }) => value >= low * 0.999 && value <= high * 1.001)
      .map(({ step, value }) => ({ value, label: steps.includes(step) ? label(value) : '' })),
  }
}

/** An even axis with lines at round numbers. */
export function evenScale([low, high]: Range, [from, to]: Range, label: Label): Scale {
  const step = roundStep((high - low) / 6)
  const first = Math.ceil(low / step - 1e-9)
  const count = Math.floor(high / step + 1e-9) - first + 1
  return {
    at: (value) => from + ((value - low) / (high - low)) * (to - from),
    ticks: Array.from({ length: count }, (_, at) => (first + at) * step).map((value) => ({
      value,
      label: label(value),
    })),
  }
}

/** The nearest of 1, 2, 2.5 and 5 times a power of ten above. */
function roundStep(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(wanted))
  return ([1, 2, 2.5, 5].find((step) => step * power >= wanted * 0.99) ?? 10) * power
}
