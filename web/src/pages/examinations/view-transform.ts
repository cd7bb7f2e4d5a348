/** How both panes show their photograph: magnification, and the shift as a share of the pane. */
export interface View {
  readonly zoom: number
  readonly x: number
  readonly y: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

export const START: View = { zoom: 1, x: 0, y: 0 }
const LEAST = 0.5
const MOST = 8

/** Magnifies around a point of the pane (0..1 each way), so that what lies under it stays there. */
export function zoomAt(view: View, point: Point, factor: number): View {
  const zoom = Math.min(MOST, Math.max(LEAST, view.zoom * factor))
  const grown = zoom / view.zoom
  return keepInside({ zoom, x: point.x - (point.x - view.x) * grown, y: point.y - (point.y - view.y) * grown })
}

/** Moves the photograph by a share of the pane. */
export function pan(view: View, dx: number, dy: number): View {
  return keepInside({ ...view, x: view.x + dx, y: view.y + dy })
}

/** The middle of the pane always shows a part of the frame. */
function keepInside({ zoom, x, y }: View): View {
  return { zoom, x: bound(x, zoom), y: bound(y, zoom) }
}

function bound(shift: number, zoom: number): number {
  return Math.min(0.5, Math.max(0.5 - zoom, shift))
}

const CENTRE: Point = { x: 0.5, y: 0.5 }
const STEP = 0.08

const BY_KEY: Readonly<Record<string, (view: View) => View>> = {
  '+': (view) => zoomAt(view, CENTRE, 1.25),
  '=': (view) => zoomAt(view, CENTRE, 1.25),
  '-': (view) => zoomAt(view, CENTRE, 0.8),
  '0': () => START,
  ArrowLeft: (view) => pan(view, STEP, 0),
  ArrowRight: (view) => pan(view, -STEP, 0),
  ArrowUp: (view) => pan(view, 0, STEP),
  ArrowDown: (view) => pan(view, 0, -STEP),
}

/** The view after a key, or null when the key means nothing here. Arrows move the window, not the photograph. */
export function viewAfterKey(view: View, key: string): View | null {
  return BY_KEY[key]?.(view) ?? null
}

/** For the style of an element as large as its pane, with the origin at its top left. */
export function cssTransform({ zoom, x, y }: View): string {
  return `translate(${tenth(x)}%, ${tenth(y)}%) scale(${Math.round(zoom * 1000) / 1000})`
}

function tenth(share: number): number {
  return Math.round(share * 10_000) / 100
}
