import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { modelCardQuery, modelChangesQuery } from '../../api/model.ts'
import type { ModelCard } from '../../api/types.ts'
import { Field } from '../../components/field.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { formatDay } from '../../components/moment.tsx'
import { Notice } from '../../components/notice.tsx'
import { RuleSection } from '../../components/rule-section.tsx'
import { Permitted } from '../../session/permitted.tsx'
import { useAccount } from '../../session/use-account.ts'
import { Page } from '../../shell/page.tsx'
import { answersOf } from './answers.ts'
import { AnswersList } from './answers-list.tsx'
import { CalibrationSection } from './calibration-section.tsx'
import { ChangeSection } from './change-section.tsx'
import { GroupSection } from './group-section.tsx'
import { LimitSection } from './limit-section.tsx'
import { ListSection } from './list-section.tsx'
import { NetworkSection } from './network-section.tsx'
import { openProposal } from './proposal.ts'
import { QualitySection } from './quality-section.tsx'
import { ThresholdSection } from './threshold-section.tsx'

const LEDE = 'What finds the candidates, how often it errs, for whom that was measured, and what nobody knows about it.'

export function ModelPage() {
  const query = useQuery(modelCardQuery)
  return (
    <Permitted place="/model">
      <Page title="Model" lede={LEDE}>
        <Loaded query={query}>{(card) => <CardBody card={card} />}</Loaded>
      </Page>
    </Permitted>
  )
}

function CardBody({ card }: { readonly card: ModelCard }) {
  const [digest, setDigest] = useState<string | null>(null)
  const { roles } = useAccount()
  const shown = card.evaluations.find((one) => one.digest === digest) ?? card.evaluations[0] ?? null
  const overseer = roles.some((role) => role === 'supervisor' || role === 'administrator' || role === 'auditor')
  return (
    <>
      {overseer ? <WaitingChange /> : null}
      {card.evaluations.length > 1 ? <EvaluationChoice card={card} shown={shown} onShow={setDigest} /> : null}
      <AnswersList answers={answersOf(card, shown)} />
      {shown === null ? (
        <Notice tone="wait" title="No evaluation of this model is on record.">
          <p className="small">
            How often it errs, and for whom, is unknown here. An administrator can measure it with “countenance
            evaluate” and attach the report.
          </p>
        </Notice>
      ) : null}
      {card.leftOut.length === 0 ? null : <LeftOut sentences={card.leftOut} />}
      <Purpose card={card} />
      {shown === null ? null : (
        <>
          <ListSection figures={shown.figures} />
          <ThresholdSection figures={shown.figures} />
        </>
      )}
      <CalibrationSection calibration={card.calibration} />
      {shown === null ? null : <GroupSection figures={shown.figures} />}
      <QualitySection card={card} figures={shown?.figures ?? null} />
      {shown === null ? null : <LimitSection evaluation={shown} />}
      <NetworkSection networks={card.networks} model={card.model} />
      {overseer ? <ChangeSection /> : null}
    </>
  )
}

/** A change that waits for people is the first thing they see. */
function WaitingChange() {
  const { data } = useQuery(modelChangesQuery)
  const open = data === undefined ? null : openProposal(data)
  if (open === null) return null
  return (
    <Notice tone="wait" title={open.state === 'proposed' ? 'A change waits for approvals.' : 'A change is under way.'}>
      <p className="small">
        <a href="#changes">Go to the proposal of {open.proposedBy.name}</a>
      </p>
    </Notice>
  )
}

interface EvaluationChoiceProps {
  readonly card: ModelCard
  readonly shown: ModelCard['evaluations'][number] | null
  readonly onShow: (digest: string) => void
}

function EvaluationChoice({ card, shown, onShow }: EvaluationChoiceProps) {
  return (
    <div className="answers__choice">
      <Field id="shown" label="Evaluation shown">
        {(control) => (
          <select
            {...control}
            className="input"
            value={shown?.digest ?? ''}
            onChange={(event) => onShow(event.target.value)}
          >
            {card.evaluations.map(({ digest, figures, origin }) => (
              <option key={digest} value={digest}>
                {figures.set.name}, {formatDay(figures.madeAt)} ({origin})
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  )
}

function LeftOut({ sentences }: { readonly sentences: readonly string[] }) {
  return (
    <Notice tone="wait" title="Not every report could be read.">
      {sentences.map((sentence) => (
        <p className="small" key={sentence}>
          {sentence}
        </p>
      ))}
    </Notice>
  )
}

function Purpose({ card }: { readonly card: ModelCard }) {
  return (
    <RuleSection title="What it is for" hint="And what no result of it may ever be used for.">
      <div className="pairs">
        <div className="stack stack--tight">
          <h3>For</h3>
          <ul className="bulleted small">
            {card.serves.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </div>
        <div className="stack stack--tight">
          <h3>Never for</h3>
          <ul className="bulleted small">
            {card.never.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </div>
      </div>
    </RuleSection>
  )
}
