import type { Probe, ProbeFace } from '../../api/types.ts'
import { boxStyle } from '../../components/box-style.ts'
import { Notice } from '../../components/notice.tsx'
import { FaceQualityDetails } from './face-quality.tsx'

interface ProbeFacesProps {
  readonly probe: Probe
  readonly chosen: number | null
  readonly onChoose: (index: number) => void
  readonly onReplace: () => void
}

export function ProbeFaces({ probe, chosen, onChoose, onReplace }: ProbeFacesProps) {
  return (
    <section className="probe" aria-labelledby="probe-title">
      <fieldset className="probe__photo" style={{ inlineSize: fitWidth(probe) }}>
        <legend className="for-readers-only">Faces in the photograph</legend>
        <div className="probe__frame" style={{ aspectRatio: `${probe.width} / ${probe.height}` }}>
          <img
            src={`/api/probes/${probe.id}/image`}
            alt="The probe as received"
            width={probe.width}
            height={probe.height}
          />
          {probe.faces.map((face) => (
            <FaceOutline
              key={face.index}
              face={face}
              probe={probe}
              checked={chosen === face.index}
              onChoose={onChoose}
            />
          ))}
        </div>
      </fieldset>
      <div className="probe__side">
        <h2 id="probe-title">{facesTitle(probe)}</h2>
        {probe.faces.length === 0 ? <NoFace /> : null}
        <ol className="probe__list">
          {probe.faces.map((face) => (
            <FaceNote key={face.index} face={face} chosen={chosen === face.index} />
          ))}
        </ol>
        <p className="soft small">
          {probe.width} by {probe.height} pixels
          {probe.exifOrientation > 1 ? ', turned upright as the camera noted' : ''}.
        </p>
        <button className="button button--small" type="button" onClick={onReplace}>
          Use another photograph
        </button>
      </div>
    </section>
  )
}

/** The photograph is at most 460 px high and 680 px wide, whatever its shape. */
function fitWidth(probe: Probe): string {
  return `${Math.min(680, Math.round((460 * probe.width) / probe.height))}px`
}

function facesTitle(probe: Probe): string {
  if (probe.faces.length === 0) return 'No face was found'
  if (probe.faces.length === 1) return 'One face was found'
  return `${probe.faces.length} faces were found: choose one`
}

interface FaceOutlineProps {
  readonly face: ProbeFace
  readonly probe: Probe
  readonly checked: boolean
  readonly onChoose: (index: number) => void
}

function FaceOutline({ face, probe, checked, onChoose }: FaceOutlineProps) {
  return (
    <label className="face" data-checked={checked} data-usable={face.usable} style={boxStyle(face.box, probe)}>
      <input
        type="radio"
        name="face"
        checked={checked}
        disabled={!face.usable}
        aria-describedby={`face-note-${face.index}`}
        onChange={() => onChoose(face.index)}
      />
      <span className="face__number">
        <span className="for-readers-only">Face </span>
        {face.index + 1}
      </span>
    </label>
  )
}

function FaceNote({ face, chosen }: { readonly face: ProbeFace; readonly chosen: boolean }) {
  return (
    <li data-chosen={chosen}>
      <p>
        <strong>Face {face.index + 1}</strong>
        {chosen ? <span className="probe__chosen"> chosen</span> : null}
      </p>
      <p className="small" id={`face-note-${face.index}`}>
        {Math.floor(face.interEyePixels)} pixels between the eyes.{' '}
        {face.limitations.length === 0 ? 'No limitation noted.' : face.limitations.join(' ')}
        {face.usable ? '' : ' This face cannot be searched.'}
      </p>
      {face.quality === null ? null : <FaceQualityDetails quality={face.quality} />}
    </li>
  )
}

function NoFace() {
  return (
    <Notice tone="wait" live title="There is nothing to search with.">
      <p className="small">
        Use a photograph in which a face is seen from the front, at least 24 pixels between the eyes.
      </p>
    </Notice>
  )
}
