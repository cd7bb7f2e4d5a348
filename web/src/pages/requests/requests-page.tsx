import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { requestsQuery } from '../../api/requests.ts'
import type { RequestSummary } from '../../api/types.ts'
import { Loaded } from '../../components/loaded.tsx'
import { counted, Moment } from '../../components/moment.tsx'
import { Nothing } from '../../components/nothing.tsx'
import { StateMark } from '../../components/state-mark.tsx'
import { Permitted } from '../../session/permitted.tsx'
import { mayVisit } from '../../session/places.ts'
import { useAccount } from '../../session/use-account.ts'
import { Page } from '../../shell/page.tsx'
import { inGroup, STATE_GROUPS, type StateGroup, stateWords } from './state-tone.ts'

export function RequestsPage() {
  return (
    <Permitted place="/requests">
      <Requests />
    </Permitted>
  )
}

function Requests() {
  const { roles } = useAccount()
  const query = useQuery(requestsQuery)
  const files = mayVisit(roles, '/requests/new')
  const whole = roles.includes('supervisor') || roles.includes('auditor')
  return (
    <Page
      title={whole ? 'Requests' : 'My requests'}
      lede={
        whole ? 'Every request of your agency, refused ones included.' : 'What you asked for, and how far it has come.'
      }
      actions={
        files ? (
          <Link className="button button--primary" to="/requests/new">
            New request
          </Link>
        ) : null
      }
    >
      <Loaded query={query}>
        {({ requests }) => (requests.length === 0 ? <NoRequests files={files} /> : <RequestList requests={requests} />)}
      </Loaded>
    </Page>
  )
}

function NoRequests({ files }: { readonly files: boolean }) {
  return (
    <Nothing title="No request yet">
      <p>A request appears here as soon as it is submitted, whether policy permits or refuses it.</p>
      {files ? (
        <Link className="button" to="/requests/new">
          File the first one
        </Link>
      ) : null}
    </Nothing>
  )
}

function RequestList({ requests }: { readonly requests: readonly RequestSummary[] }) {
  const [group, setGroup] = useState<StateGroup>('all')
  const shown = requests.filter((request) => inGroup(request.state, group))
  return (
    <div className="stack">
      <fieldset className="filter">
        <legend className="for-readers-only">Show</legend>
        {STATE_GROUPS.map(({ code, label }) => (
          <label key={code} data-checked={group === code}>
            <input type="radio" name="group" checked={group === code} onChange={() => setGroup(code)} />
            {label}
          </label>
        ))}
      </fieldset>
      <p className="for-readers-only" role="status">
        {counted(shown.length, 'request', 'requests')} shown
      </p>
      {shown.length === 0 ? <p className="soft">No request is in this state.</p> : <RequestTable requests={shown} />}
    </div>
  )
}

function RequestTable({ requests }: { readonly requests: readonly RequestSummary[] }) {
  return (
    <div className="table-frame">
      <table className="table">
        <caption className="for-readers-only">Requests, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Case</th>
            <th scope="col">Crime type</th>
            <th scope="col">Received</th>
            <th scope="col">Requester</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {requests.map((request) => (
            <tr key={request.id}>
              <td>
                <Link to="/requests/$id" params={{ id: request.id }}>
                  {request.caseNumber?.trim() || 'No case number'}
                </Link>
              </td>
              <td>{request.crimeLabel || <span className="soft">None given</span>}</td>
              <td>
                <Moment at={request.createdAt} />
              </td>
              <td>{request.requesterName}</td>
              <td>
                <StateMark tone={stateWords(request.state).tone}>{stateWords(request.state).label}</StateMark>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
