import type { LeadPage } from '../../api/types.ts'
import { Day } from '../../components/moment.tsx'
import { frameFace } from '../examinations/frame-face.ts'

export function LeadPhotographs({ lead }: { readonly lead: LeadPage }) {
  const { probe, candidate } = lead
  return (
    <div className="lead-pair">
      <figure className="pane">
        <div className="pane__window pane__window--still">
          <img
            className="pane__framed"
            style={frameFace(probe, probe.face.box)}
            src={probe.imageUrl}
            alt="The probe, framed on the chosen face"
          />
        </div>
        <figcaption>
          <strong>Probe</strong>
        </figcaption>
      </figure>
      <figure className="pane">
        <div className="pane__window pane__window--still">
          <img className="pane__filled" src={candidate.imageUrl} alt="The candidate the lead names" />
        </div>
        <figcaption>
          <strong>Candidate</strong>{' '}
          <span className="soft">
            {candidate.photoDate === null ? (
              'date unknown'
            ) : (
              <>
                photographed <Day at={candidate.photoDate} />
              </>
            )}
          </span>
        </figcaption>
      </figure>
    </div>
  )
}
