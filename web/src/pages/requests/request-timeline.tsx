import { Link } from '@tanstack/react-router'
import type { RequestPage } from '../../api/types.ts'
import { Moment } from '../../components/moment.tsx'
import { type MarkTone, StateMark } from '../../components/state-mark.tsx'
import { type Step, timelineOf } from './timeline.ts'

const TONES: Readonly<Record<Step['status'], MarkTone>> = { done: 'go', now: 'wait', next: 'rest', stopped: 'stop' }
const WORDS: Readonly<Record<Step['status'], string>> = {
  done: 'Done',
  now: 'Now',
  next: 'Not yet',
  stopped: 'Stopped',
}

export function RequestTimeline({ page }: { readonly page: RequestPage }) {
  return (
    <ol className="timeline" aria-label="How far it has come">
      {timelineOf(page).map((step) => (
        <li key={step.title} data-status={step.status} {...(step.status === 'now' ? { 'aria-current': 'step' } : {})}>
          <StateMark tone={TONES[step.status]}>{WORDS[step.status]}</StateMark>
          <div>
            <h2>{step.title}</h2>
            <p className="small soft">
              {step.text} {step.at === null ? null : <Moment at={step.at} />}
            </p>
            {step.title === 'Outcome' && page.lead !== null ? (
              <Link className="button button--primary" to="/leads/$id" params={{ id: page.lead.id }}>
                Open the lead
              </Link>
            ) : null}
          </div>
        </li>
      ))}
    </ol>
  )
}
