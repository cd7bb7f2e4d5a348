import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { leadsQuery } from '../../api/leads.ts'
import type { LeadList } from '../../api/types.ts'
import { Loaded } from '../../components/loaded.tsx'
import { Moment } from '../../components/moment.tsx'
import { Nothing } from '../../components/nothing.tsx'
import { StateMark } from '../../components/state-mark.tsx'
import { Permitted } from '../../session/permitted.tsx'
import { Page } from '../../shell/page.tsx'

const LEDE =
  'What two examiners agreed on, apart from each other. A lead may not by itself be probable cause for an arrest.'

export function LeadsPage() {
  const query = useQuery(leadsQuery)
  return (
    <Permitted place="/leads">
      <Page title="Leads" lede={LEDE}>
        <Loaded query={query}>{({ leads }) => (leads.length === 0 ? <NoLeads /> : <LeadTable leads={leads} />)}</Loaded>
      </Page>
    </Permitted>
  )
}

function NoLeads() {
  return (
    <Nothing title="No lead yet">
      <p>Most searches end without one. A lead appears here when both examiners name the same candidate.</p>
    </Nothing>
  )
}

function LeadTable({ leads }: { readonly leads: LeadList['leads'] }) {
  return (
    <div className="table-frame">
      <table className="table">
        <caption className="for-readers-only">Leads, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Case</th>
            <th scope="col">Crime type</th>
            <th scope="col">Issued</th>
            <th scope="col">Requester</th>
            <th scope="col" className="number">
              Corroborations
            </th>
            <th scope="col">Arrest</th>
          </tr>
        </thead>
        <tbody>
          {leads.map((lead) => (
            <tr key={lead.id}>
              <td>
                <Link to="/leads/$id" params={{ id: lead.id }}>
                  {lead.caseNumber || 'No case number'}
                </Link>
              </td>
              <td>{lead.crimeLabel}</td>
              <td>
                <Moment at={lead.issuedAt} />
              </td>
              <td>{lead.requesterName}</td>
              <td className="number">{lead.corroborations}</td>
              <td>
                {lead.status === 'relied_on' ? (
                  <StateMark tone="lead">Relied on</StateMark>
                ) : (
                  <StateMark tone="rest">Not relied on</StateMark>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
