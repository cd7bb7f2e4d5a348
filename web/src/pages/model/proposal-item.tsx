import { useState } from 'react'
import type { ModelChanges, ModelProposal } from '../../api/types.ts'
import { Moment } from '../../components/moment.tsx'
import { StateMark } from '../../components/state-mark.tsx'
import { useAccount } from '../../session/use-account.ts'
import { DecisionDialog } from './decision-dialog.tsx'
import { MigrationProgress } from './migration-progress.tsx'
import { score } from './numbers.ts'
import { decisionsOn, stateOf } from './proposal.ts'

interface ProposalItemProps {
  readonly proposal: ModelProposal
  readonly approvalsNeeded: number
  readonly migration: ModelChanges['migration']
}

export function ProposalItem({ proposal, approvalsNeeded, migration }: ProposalItemProps) {
  const { tone, words } = stateOf(proposal)
  const { kind, model, similarityFloor, closure } = proposal
  return (
    <li className="stack stack--tight">
      <div className="row row--apart">
        <h3>
          {kind === 'model' ? `Model ${model.id}, floor ${score(similarityFloor)}` : `Floor ${score(similarityFloor)}`}
        </h3>
        <StateMark tone={tone}>{words}</StateMark>
      </div>
      <Signatures proposal={proposal} approvalsNeeded={approvalsNeeded} />
      {closure === null ? null : (
        <p className="small">
          {closure.reason} <span className="soft">(</span>
          <Moment at={closure.at} />
          <span className="soft">)</span>
        </p>
      )}
      {migration === null ? null : <MigrationProgress migration={migration} />}
      <Findings findings={proposal.findings} evaluation={proposal.evaluation} />
      <Decide proposal={proposal} />
    </li>
  )
}

function Signatures({ proposal, approvalsNeeded }: Omit<ProposalItemProps, 'migration'>) {
  const { proposedBy, proposedAt, approvals, state } = proposal
  return (
    <ul className="small">
      <li>
        Proposed by {proposedBy.name}, <Moment at={proposedAt} />
      </li>
      {approvals.map(({ account, name, at }) => (
        <li key={account}>
          Approved by {name}, <Moment at={at} />
        </li>
      ))}
      {state === 'proposed' ? (
        <li className="soft">
          {approvals.length} of {approvalsNeeded} approvals
        </li>
      ) : null}
    </ul>
  )
}

function Findings({ findings, evaluation }: Pick<ModelProposal, 'findings' | 'evaluation'>) {
  return (
    <details>
      <summary>How its evaluation was judged</summary>
      <ul className="bulleted small">
        {findings.map(({ rule, outcome, sentence }) => (
          <li key={rule}>
            {sentence} <span className="soft">{outcome}</span>
          </li>
        ))}
      </ul>
      <p className="tiny soft">
        Evaluation <code>{evaluation}</code>
      </p>
    </details>
  )
}

function Decide({ proposal }: { readonly proposal: ModelProposal }) {
  const account = useAccount()
  const [asking, setAsking] = useState<'approve' | 'reject' | null>(null)
  const { approve, reject, why } = decisionsOn(proposal, account)
  if (!approve && !reject) return null
  return (
    <>
      {why === null ? null : <p className="small">{why}</p>}
      <div className="row">
        {approve ? (
          <button className="button button--primary" type="button" onClick={() => setAsking('approve')}>
            Approve
          </button>
        ) : null}
        <button className="button button--stop" type="button" onClick={() => setAsking('reject')}>
          {proposal.proposedBy.account === account.id ? 'Withdraw' : 'Reject'}
        </button>
      </div>
      {asking === null ? null : (
        <DecisionDialog proposal={proposal} decision={asking} onClose={() => setAsking(null)} />
      )}
    </>
  )
}
