import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { policyQuery } from '../../api/policy.ts'
import { submitRequest } from '../../api/requests.ts'
import { referenceQuery } from '../../api/session.ts'
import type { Reference, SubmittedRequest } from '../../api/types.ts'
import { ErrorSummary, type FieldTrouble } from '../../components/error-summary.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { CaseSection } from './case-section.tsx'
import { type Draft, draftTroubles, emptyDraft, toRequestInput } from './draft.ts'
import { ListSection } from './list-section.tsx'
import type { Narrowing } from './narrowing.ts'
import { NarrowingSection } from './narrowing-section.tsx'
import { ProbeSection } from './probe-section.tsx'
import { ReasonSection } from './reason-section.tsx'

interface RequestFormProps {
  readonly probe: string
  readonly face: number
  readonly onSubmitted: (submitted: SubmittedRequest) => void
}

/** What every section of the form gets. */
export interface SectionProps {
  readonly draft: Draft
  readonly reference: Reference
  readonly change: (part: Partial<Draft>) => void
  readonly trouble: (field: keyof Draft | keyof Narrowing) => string | undefined
}

export function RequestForm(props: RequestFormProps) {
  const reference = useQuery(referenceQuery)
  return <Loaded query={reference}>{(data) => <LoadedForm {...props} reference={data} />}</Loaded>
}

function LoadedForm({ probe, face, onSubmitted, reference }: RequestFormProps & { readonly reference: Reference }) {
  const [draft, setDraft] = useState(() => emptyDraft(reference.agency.ori))
  const [troubles, setTroubles] = useState<readonly FieldTrouble[]>([])
  const send = useSending(onSubmitted)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = draftTroubles(draft)
    setTroubles(found)
    if (found.length === 0) send.mutate(toRequestInput(draft, probe, face))
  }
  const section: SectionProps = {
    draft,
    reference,
    change: (part) => setDraft((before) => ({ ...before, ...part })),
    trouble: (field) =>
      troubles.find((one) => one.field === field && draftTroubles(draft).some((now) => now.field === field))?.sentence,
  }
  return (
    <form onSubmit={submit} noValidate>
      <ErrorSummary troubles={troubles} />
      <CaseSection {...section} />
      <ReasonSection {...section} />
      <ProbeSection {...section} />
      <ListSection {...section} />
      <NarrowingSection {...section} />
      <div className="stack">
        {send.isError ? <ProblemNotice thrown={send.error} /> : null}
        <div className="send">
          <button className="button button--primary" type="submit" disabled={send.isPending}>
            {send.isPending ? 'Asking policy' : 'Submit the request'}
          </button>
          <p className="soft small">The request and the answer are kept, whatever the answer is.</p>
        </div>
      </div>
    </form>
  )
}

/** A refusal may be news of a moratorium: the banner then says so at once. */
function useSending(onSubmitted: (submitted: SubmittedRequest) => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: submitRequest,
    onSuccess: (submitted) => {
      if (submitted.decision.outcome === 'refused') void client.invalidateQueries({ queryKey: policyQuery.queryKey })
      onSubmitted(submitted)
    },
  })
}
