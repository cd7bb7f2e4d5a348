import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { requestQuery } from '../../api/requests.ts'
import { referenceQuery } from '../../api/session.ts'
import type { Choice, Reference, RequestPage as RequestData } from '../../api/types.ts'
import { Facts } from '../../components/facts.tsx'
import { Findings } from '../../components/findings.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Moment } from '../../components/moment.tsx'
import { RuleSection } from '../../components/rule-section.tsx'
import { Permitted } from '../../session/permitted.tsx'
import { Page } from '../../shell/page.tsx'
import { RequestTimeline } from './request-timeline.tsx'

export function RequestPage() {
  return (
    <Permitted place="/requests">
      <OneRequest />
    </Permitted>
  )
}

function OneRequest() {
  const { id } = useParams({ from: '/console/requests/$id' })
  const query = useQuery({ ...requestQuery(id), refetchInterval: 10_000 })
  const reference = useQuery(referenceQuery)
  const caseNumber = query.data?.request.caseNumber?.trim()
  return (
    <Page
      title={caseNumber ? `Request ${caseNumber}` : 'Request'}
      above={<Link to="/requests">All requests</Link>}
      lede={query.data?.request.stateSentence ?? ' '}
    >
      <Loaded query={query}>{(page) => <RequestBody page={page} reference={reference.data} />}</Loaded>
    </Page>
  )
}

interface RequestBodyProps {
  readonly page: RequestData
  readonly reference: Reference | undefined
}

function RequestBody({ page, reference }: RequestBodyProps) {
  const { request, decision } = page
  return (
    <>
      <div className="request-top">
        <RequestTimeline page={page} />
        <figure className="request-probe">
          <img src={`/api/probes/${request.probe}/image`} alt="The probe of this request" />
          <figcaption className="tiny soft">The probe</figcaption>
        </figure>
      </div>
      <RuleSection title="What was asked">
        <Facts facts={requestFacts(page, reference)} />
      </RuleSection>
      {decision === null ? null : (
        <RuleSection
          title="What policy found"
          hint={
            <>
              Decided <Moment at={decision.at} /> under the directives with digest{' '}
              <span className="digest">{decision.policyDigest.slice(0, 16)}</span>
            </>
          }
        >
          <Findings findings={decision.findings} />
        </RuleSection>
      )}
    </>
  )
}

function requestFacts({ request, narrowed }: RequestData, reference: Reference | undefined) {
  const word = (choices: readonly Choice[] | undefined, code: string) =>
    choices?.find((choice) => choice.code === code)?.label ?? code
  const agency = reference?.agencies.find(({ ori }) => ori === request.beneficiaryOri)
  return [
    { label: 'Requester', value: request.requesterName },
    { label: 'Crime type', value: request.crimeLabel || 'None given' },
    { label: 'Purpose', value: word(reference?.purposes, request.purpose) },
    { label: 'Rests on', value: word(reference?.predicates, request.predicate.level) },
    { label: 'In their words', value: request.predicate.narrative },
    { label: 'For the agency', value: agency?.name ?? request.beneficiaryOri },
    { label: 'Source of the probe', value: word(reference?.probeSources, request.probeSource) },
    {
      label: 'Obtained',
      value: `${word(reference?.acquisitionBases, request.acquisition.basis)}, from ${request.acquisition.from}`,
    },
    { label: 'Depicted', value: word(reference?.depicts, request.depicts) },
    {
      label: 'Personal interest',
      value: request.conflictDeclared ? `Declared: ${request.conflictNote ?? ''}` : 'None declared',
    },
    { label: 'Narrowed to', value: narrowed ?? 'Nothing: every photograph the agency may search' },
    { label: 'List length asked for', value: String(request.limit) },
  ]
}
