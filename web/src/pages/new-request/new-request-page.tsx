import { useState } from 'react'
import type { Probe, SubmittedRequest } from '../../api/types.ts'
import { Permitted } from '../../session/permitted.tsx'
import { Page } from '../../shell/page.tsx'
import { DecisionPanel } from './decision-panel.tsx'
import { ProbeFaces } from './probe-faces.tsx'
import { ProbeUpload } from './probe-upload.tsx'
import { RequestForm } from './request-form.tsx'

const LEDE = 'A photograph, a face in it, and the reasons. Policy answers before anything is compared.'

export function NewRequestPage() {
  const [round, setRound] = useState(0)
  return (
    <Permitted place="/requests/new">
      <OneRequest key={round} onAnother={() => setRound(round + 1)} />
    </Permitted>
  )
}

function OneRequest({ onAnother }: { readonly onAnother: () => void }) {
  const [probe, setProbe] = useState<Probe | null>(null)
  const [face, setFace] = useState<number | null>(null)
  const [submitted, setSubmitted] = useState<SubmittedRequest | null>(null)
  const take = (received: Probe | null) => {
    const usable = received?.faces.filter((candidate) => candidate.usable) ?? []
    setProbe(received)
    setFace(usable.length === 1 ? (usable[0]?.index ?? null) : null)
  }
  if (submitted !== null) return <DecisionPanel submitted={submitted} onAnother={onAnother} />
  return (
    <Page title="New request" lede={LEDE}>
      {probe === null ? (
        <ProbeUpload onReceived={take} />
      ) : (
        <>
          <ProbeFaces probe={probe} chosen={face} onChoose={setFace} onReplace={() => take(null)} />
          {face === null ? null : <RequestForm probe={probe.id} face={face} onSubmitted={setSubmitted} />}
        </>
      )}
    </Page>
  )
}
