import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { leadQuery } from '../../api/leads.ts'
import { referenceQuery } from '../../api/session.ts'
import type { LeadPage as LeadData, Reference } from '../../api/types.ts'
import { DownloadButton } from '../../components/download-button.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Moment } from '../../components/moment.tsx'
import { RuleSection } from '../../components/rule-section.tsx'
import { Permitted } from '../../session/permitted.tsx'
import { Page } from '../../shell/page.tsx'
import { ArrestGate } from './arrest-gate.tsx'
import { Corroborations } from './corroborations.tsx'
import { LeadCandidates } from './lead-candidates.tsx'
import { LeadExaminers } from './lead-examiners.tsx'
import { LeadFacts } from './lead-facts.tsx'
import { LeadPhotographs } from './lead-photographs.tsx'

export function LeadPage() {
  return (
    <Permitted place="/leads">
      <OneLead />
    </Permitted>
  )
}

function OneLead() {
  const { id } = useParams({ from: '/console/leads/$id' })
  const query = useQuery(leadQuery(id))
  const reference = useQuery(referenceQuery)
  const lead = query.data
  return (
    <Page
      title={lead === undefined ? 'Lead' : `Lead in case ${lead.request.caseNumber}`}
      above={<Link to="/leads">All leads</Link>}
      lede={
        lead === undefined ? (
          ' '
        ) : (
          <>
            Issued <Moment at={lead.issuedAt} /> · {lead.request.crimeLabel}
          </>
        )
      }
      actions={
        <DownloadButton
          path={`/leads/${encodeURIComponent(id)}/sheet.pdf`}
          fileName={`lead-${lead?.request.caseNumber ?? id}.pdf`}
          label="Download the lead sheet (PDF)"
          busy="Setting the sheet"
        />
      }
    >
      <Loaded query={query}>{(data) => <LeadBody lead={data} reference={reference.data} />}</Loaded>
    </Page>
  )
}

function LeadBody({ lead, reference }: { readonly lead: LeadData; readonly reference: Reference | undefined }) {
  const [title, rest] = splitDisclaimer(lead.disclaimer)
  return (
    <>
      <section className="disclaimer" aria-label="Disclaimer">
        <p className="disclaimer__title">{title}</p>
        <p>{rest}</p>
      </section>
      <div className="lead-top">
        <LeadPhotographs lead={lead} />
        <LeadFacts lead={lead} />
      </div>
      <RuleSection title="The whole list" hint="Every candidate the examiners judged, in the order of the search.">
        <LeadCandidates lead={lead} verdicts={reference?.verdicts ?? []} />
      </RuleSection>
      <RuleSection
        title="The examiners"
        hint="Each judged every candidate without seeing rank, score or the other's result."
      >
        <LeadExaminers lead={lead} conclusions={reference?.conclusions ?? []} />
      </RuleSection>
      <RuleSection
        title="Corroboration"
        hint="Evidence that stands beside this lead. What was found by following the lead does not stand alone."
      >
        <Corroborations lead={lead} types={reference?.corroborationTypes ?? []} />
      </RuleSection>
      <RuleSection title="Arrest" hint="Recording that an arrest relies on this lead.">
        <ArrestGate lead={lead} />
      </RuleSection>
    </>
  )
}

/** The first sentence is the one to be read if no other is. */
function splitDisclaimer(text: string): readonly [string, string] {
  const end = text.indexOf('. ')
  return end < 0 ? [text, ''] : [text.slice(0, end + 1), text.slice(end + 2)]
}
