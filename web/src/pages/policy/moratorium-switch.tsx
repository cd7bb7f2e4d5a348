import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { liftMoratorium, policyQuery, startMoratorium } from '../../api/policy.ts'
import type { Policy } from '../../api/types.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Moment } from '../../components/moment.tsx'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { StateMark } from '../../components/state-mark.tsx'
import { TextArea } from '../../components/text-field.tsx'
import { useAccount } from '../../session/use-account.ts'

export function MoratoriumSwitch({ moratorium }: { readonly moratorium: Policy['moratorium'] }) {
  const { roles } = useAccount()
  const [asking, setAsking] = useState(false)
  const may = roles.includes('supervisor') || roles.includes('administrator')
  return (
    <section className="moratorium" aria-labelledby="moratorium-title">
      <div className="stack stack--tight">
        <h2 id="moratorium-title">Moratorium</h2>
        {moratorium === null ? (
          <>
            <StateMark tone="go">Off: searches are answered by the directives</StateMark>
            <p className="soft small">While it is on, every request is refused and no face is compared.</p>
          </>
        ) : (
          <>
            <StateMark tone="stop">On: no search is permitted</StateMark>
            <p className="small">{moratorium.reason}</p>
            <p className="soft tiny">
              Started by {moratorium.startedBy}, <Moment at={moratorium.startedAt} />
            </p>
          </>
        )}
      </div>
      {may ? (
        <button
          className={moratorium === null ? 'button button--stop' : 'button'}
          type="button"
          onClick={() => setAsking(true)}
        >
          {moratorium === null ? 'Halt all searches' : 'Lift the moratorium'}
        </button>
      ) : null}
      {asking ? <MoratoriumDialog on={moratorium !== null} onClose={() => setAsking(false)} /> : null}
    </section>
  )
}

function MoratoriumDialog({ on, onClose }: { readonly on: boolean; readonly onClose: () => void }) {
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const change = useMutation({
    mutationFn: () => (on ? liftMoratorium(reason.trim()) : startMoratorium(reason.trim())),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: policyQuery.queryKey })
      onClose()
    },
  })
  const confirm = () => {
    setTried(true)
    if (reason.trim() !== '') change.mutate()
  }
  return (
    <ConfirmDialog
      open
      title={on ? 'Lift the moratorium?' : 'Halt all searches?'}
      confirm={on ? 'Lift it' : 'Halt all searches'}
      tone={on ? 'primary' : 'stop'}
      busy={change.isPending}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>
        {on
          ? 'Requests are answered by the directives again.'
          : 'From now on every request is refused, for everybody, until it is lifted.'}
      </p>
      <TextArea
        id="moratorium-reason"
        label="Reason"
        hint="Shown to everybody and kept in the log."
        rows={3}
        trouble={tried && reason.trim() === '' ? 'A reason is needed.' : undefined}
        value={reason}
        onChange={setReason}
      />
      {change.isError ? <ProblemNotice thrown={change.error} /> : null}
    </ConfirmDialog>
  )
}
