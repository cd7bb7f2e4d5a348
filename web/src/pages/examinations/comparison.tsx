import { type KeyboardEvent, useState } from 'react'
import type { ExaminationView, ViewCandidate } from '../../api/types.ts'
import { formatDay } from '../../components/moment.tsx'
import { frameFace, frameFilled, frameWhole } from './frame-face.ts'
import { Pane } from './pane.tsx'
import { START, type View, viewAfterKey } from './view-transform.ts'

interface ComparisonProps {
  readonly probe: ExaminationView['probe']
  readonly candidate: ViewCandidate | undefined
  readonly place: string
}

/** Probe left, candidate right, one view for both. */
export function Comparison({ probe, candidate, place }: ComparisonProps) {
  const [view, setView] = useState<View>(START)
  const [whole, setWhole] = useState(false)
  const press = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    const next = event.ctrlKey || event.metaKey || event.altKey ? null : viewAfterKey(view, event.key)
    if (next === null) return
    event.preventDefault()
    setView(next)
  }
  return (
    <div className="comparison">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset groups form controls, these are photographs */}
      <div
        className="comparison__panes"
        role="group"
        aria-label="Photographs side by side"
        aria-describedby="view-keys"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys of the instrument need a place that holds the focus
        tabIndex={0}
        onKeyDown={press}
      >
        <Pane
          title="Probe"
          detail={whole ? 'whole photograph' : 'framed on the chosen face'}
          src={probe.imageUrl}
          alt="The face to compare"
          frame={whole ? frameWhole : () => frameFace(probe, probe.face.box)}
          view={view}
          onView={setView}
        />
        {candidate === undefined ? (
          <p className="pane soft">The list is empty: no photograph in the gallery was similar enough.</p>
        ) : (
          <Pane
            title={place}
            detail={
              candidate.photoDate === null
                ? 'date of the photograph unknown'
                : `photographed ${formatDay(candidate.photoDate)}`
            }
            src={candidate.imageUrl}
            alt={place}
            frame={whole ? frameWhole : frameFilled}
            view={view}
            onView={setView}
          />
        )}
      </div>
      <ViewTools view={view} onView={setView} whole={whole} onWhole={setWhole} />
    </div>
  )
}

const TOOLS = [
  { key: '-', sign: '−', label: 'Zoom out' },
  { key: '+', sign: '+', label: 'Zoom in' },
  { key: 'ArrowLeft', sign: '←', label: 'Move left' },
  { key: 'ArrowUp', sign: '↑', label: 'Move up' },
  { key: 'ArrowDown', sign: '↓', label: 'Move down' },
  { key: 'ArrowRight', sign: '→', label: 'Move right' },
] as const

interface ViewToolsProps {
  readonly view: View
  readonly onView: (view: View) => void
  readonly whole: boolean
  readonly onWhole: (whole: boolean) => void
}

function ViewTools({ view, onView, whole, onWhole }: ViewToolsProps) {
  return (
    <div className="view-tools">
      <div className="row" role="toolbar" aria-label="View of both photographs">
        {TOOLS.map(({ key, sign, label }) => (
          <button
            className="tool"
            key={key}
            type="button"
            aria-label={label}
            title={label}
            onClick={() => onView(viewAfterKey(view, key) ?? view)}
          >
            {sign}
          </button>
        ))}
        <button className="tool tool--word" type="button" onClick={() => onView(START)}>
          Reset
        </button>
        <span className="view-tools__zoom">{view.zoom.toFixed(2)}×</span>
        <label className="view-tools__whole">
          <input type="checkbox" checked={whole} onChange={(event) => onWhole(event.target.checked)} />
          Whole photographs
        </label>
      </div>
      <p className="tiny soft" id="view-keys">
        Wheel or + and − to zoom, drag or arrow keys to move, 0 to reset. Both photographs move together.
      </p>
    </div>
  )
}
