import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { modelChangesQuery } from '../../api/model.ts'
import type { ModelChanges } from '../../api/types.ts'
import { Loaded } from '../../components/loaded.tsx'
import { RuleSection } from '../../components/rule-section.tsx'
import { useAccount } from '../../session/use-account.ts'
import { openProposal } from './proposal.ts'
import { ProposalItem } from './proposal-item.tsx'
import { ProposeForm } from './propose-form.tsx'

const HINT =
  'An administrator proposes another model or another floor, with an evaluation. Two people approve it; neither of them is the proposer. Only then does it come into force.'

/** What was changed, by whom, and what waits to be decided. */
export function ChangeSection() {
  const query = useQuery(modelChangesQuery)
  return (
    <RuleSection title="Changes of model or floor" hint={HINT}>
      <Loaded query={query}>{(changes) => <Changes changes={changes} />}</Loaded>
    </RuleSection>
  )
}

function Changes({ changes }: { readonly changes: ModelChanges }) {
  const { roles } = useAccount()
  const [proposing, setProposing] = useState(false)
  const { proposals, migration } = changes
  const mayPropose = roles.includes('administrator') && openProposal(changes) === null
  return (
    <div className="stack" id="changes">
      {proposals.length === 0 ? <p className="soft">Nobody has proposed a change yet.</p> : null}
      <ol className="ruled">
        {proposals.map((proposal) => (
          <ProposalItem
            key={proposal.id}
            proposal={proposal}
            approvalsNeeded={changes.approvalsNeeded}
            migration={migration?.proposal === proposal.id ? migration : null}
          />
        ))}
      </ol>
      {proposing ? <ProposeForm changes={changes} onClose={() => setProposing(false)} /> : null}
      {mayPropose && !proposing ? (
        <div>
          <button className="button" type="button" onClick={() => setProposing(true)}>
            Propose a change
          </button>
        </div>
      ) : null}
    </div>
  )
}
