import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { signExamination } from '../../api/examinations.ts'
import type { Choice, ExaminationView, SignedExamination } from '../../api/types.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { ErrorSummary, type FieldTrouble } from '../../components/error-summary.tsx'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { RuleSection } from '../../components/rule-section.tsx'
import { conclusionTroubles, EMPTY_CONCLUSION, toSignature } from './conclusion.ts'
import { ConclusionFields } from './conclusion-fields.tsx'
import { inOrder } from './use-examination.ts'

interface ConclusionFormProps {
  readonly view: ExaminationView
  readonly conclusions: readonly Choice[]
  readonly onSigned: (signed: SignedExamination) => void
}

const HINT =
  'Your conclusion on the whole list. Once signed it is never changed; another examiner judges the same list without seeing it.'

export function ConclusionForm({ view, conclusions, onSigned }: ConclusionFormProps) {
  const { draft, setDraft, troubles, asking, setAsking, submit, sign } = useSigning(view, onSigned)
  const word = conclusions.find((choice) => choice.code === draft.conclusion)?.label ?? ''
  return (
    <RuleSection title="Conclusion" hint={HINT}>
      <form className="stack stack--wide" onSubmit={submit} noValidate>
        <ErrorSummary troubles={troubles} />
        <ConclusionFields draft={draft} view={view} conclusions={conclusions} troubles={troubles} onChange={setDraft} />
        {sign.isError ? <ProblemNotice thrown={sign.error} /> : null}
        <div>
          <button className="button button--primary" type="submit">
            Sign the examination
          </button>
        </div>
      </form>
      <ConfirmDialog
        open={asking}
        title={`Sign as "${word}"?`}
        confirm="Sign"
        busy={sign.isPending}
        onConfirm={() => sign.mutate()}
        onClose={() => setAsking(false)}
      >
        <p>
          Your verdicts and this conclusion are kept under your name, and written to the log. They cannot be changed
          afterwards.
        </p>
      </ConfirmDialog>
    </RuleSection>
  )
}

function useSigning(view: ExaminationView, onSigned: (signed: SignedExamination) => void) {
  const client = useQueryClient()
  const [draft, setDraft] = useState(EMPTY_CONCLUSION)
  const [troubles, setTroubles] = useState<readonly FieldTrouble[]>([])
  const [asking, setAsking] = useState(false)
  const sign = useMutation({
    scope: inOrder(view.id),
    mutationFn: () => signExamination(view.id, toSignature(draft)),
    onSuccess: (signed) => {
      void client.invalidateQueries({ queryKey: ['examinations'] })
      onSigned(signed)
    },
    onSettled: () => setAsking(false),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = conclusionTroubles(draft, view.candidates)
    setTroubles(found)
    setAsking(found.length === 0)
  }
  return { draft, setDraft, troubles, asking, setAsking, submit, sign }
}
