import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { approveChange, rejectChange } from '../../api/model.ts'
import type { ModelProposal } from '../../api/types.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { TextArea } from '../../components/text-field.tsx'
import { score } from './numbers.ts'

interface DecisionDialogProps {
  readonly proposal: ModelProposal
  readonly decision: 'approve' | 'reject'
  readonly onClose: () => void
}

/** The question before somebody signs for a change, or ends it. */
export function DecisionDialog({ proposal, decision, onClose }: DecisionDialogProps) {
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const approving = decision === 'approve'
  const decide = useMutation({
    mutationFn: () => (approving ? approveChange(proposal.id) : rejectChange(proposal.id, reason.trim())),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['model'] })
      onClose()
    },
  })
  const confirm = () => {
    setTried(true)
    if (approving || reason.trim() !== '') decide.mutate()
  }
  return (
    <ConfirmDialog
      open
      title={approving ? 'Approve this change?' : 'End this proposal?'}
      confirm={approving ? 'Approve' : 'End it'}
      tone={approving ? 'primary' : 'stop'}
      busy={decide.isPending}
      onConfirm={confirm}
      onClose={onClose}
    >
      {approving ? (
        <Consequences proposal={proposal} />
      ) : (
        <TextArea
          id="rejection-reason"
          label="Reason"
          hint="Shown with the proposal and kept."
          rows={3}
          trouble={tried && reason.trim() === '' ? 'A reason is needed.' : undefined}
          value={reason}
          onChange={setReason}
        />
      )}
      {decide.isError ? <ProblemNotice thrown={decide.error} /> : null}
    </ConfirmDialog>
  )
}

function Consequences({ proposal }: { readonly proposal: ModelProposal }) {
  const { kind, model, similarityFloor, proposedBy, approvals } = proposal
  const change = kind === 'model' ? `model ${model.id} with the similarity floor` : 'the similarity floor'
  const last = approvals.length === 1
  const after =
    kind === 'floor'
      ? 'it is in force at once.'
      : 'templates of every photograph are made with it first; searches go on with the model in force until then.'
  return (
    <>
      <p>
        {proposedBy.name} proposed {change} {score(similarityFloor)}. Your name is kept in the log as one of the two who
        approved it.
      </p>
      <p>{last ? `Yours is the second approval: ${after}` : 'Yours is the first approval: nothing changes yet.'}</p>
    </>
  )
}
