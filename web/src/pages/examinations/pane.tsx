import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { BoxStyle } from '../../components/box-style.ts'
import { cssTransform, pan, type View, zoomAt } from './view-transform.ts'

interface Size {
  readonly width: number
  readonly height: number
}

export interface PaneProps {
  readonly title: string
  readonly detail: string
  readonly src: string
  readonly alt: string
  /** Where a photograph of this size stands in the pane. */
  readonly frame: (photo: Size) => BoxStyle
  readonly view: View
  readonly onView: (change: (view: View) => View) => void
}

/** One photograph under the shared view. Wheel and drag here move the other pane too. */
export function Pane({ title, detail, src, alt, frame, view, onView }: PaneProps) {
  const window = useRef<HTMLDivElement>(null)
  useWheelZoom(window, onView)
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const { width, height } = event.currentTarget.getBoundingClientRect()
    onView((before) => pan(before, event.movementX / width, event.movementY / height))
  }
  return (
    <figure className="pane">
      <figcaption>
        <strong>{title}</strong> <span className="soft">{detail}</span>
      </figcaption>
      <div
        className="pane__window"
        ref={window}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
      >
        <div className="pane__space" style={{ transform: cssTransform(view) }}>
          <Photograph key={src} src={src} alt={alt} frame={frame} />
        </div>
      </div>
    </figure>
  )
}

/** Placed as soon as its own size is known; until then it fills the pane. */
function Photograph({ src, alt, frame }: Pick<PaneProps, 'src' | 'alt' | 'frame'>) {
  const [size, setSize] = useState<Size | null>(null)
  return (
    <img
      className={size === null ? 'pane__filled' : 'pane__framed'}
      style={size === null ? undefined : frame(size)}
      src={src}
      alt={alt}
      draggable={false}
      onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => setSize({ width, height })}
    />
  )
}

/** React listens to the wheel passively; the page must not scroll while zooming. */
function useWheelZoom(window: RefObject<HTMLDivElement | null>, onView: PaneProps['onView']): void {
  useEffect(() => {
    const element = window.current
    if (element === null) return
    const wheel = (event: WheelEvent) => {
      event.preventDefault()
      const { left, top, width, height } = element.getBoundingClientRect()
      const point = { x: (event.clientX - left) / width, y: (event.clientY - top) / height }
      onView((before) => zoomAt(before, point, event.deltaY < 0 ? 1.15 : 1 / 1.15))
    }
    element.addEventListener('wheel', wheel, { passive: false })
    return () => element.removeEventListener('wheel', wheel)
  }, [window, onView])
}
