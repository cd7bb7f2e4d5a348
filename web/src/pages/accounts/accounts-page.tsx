import { useQuery } from '@tanstack/react-query'
import { accountsQuery } from '../../api/accounts.ts'
import type { AccountBody } from '../../api/types.ts'
import { Loaded } from '../../components/loaded.tsx'
import { Day } from '../../components/moment.tsx'
import { type MarkTone, StateMark } from '../../components/state-mark.tsx'
import { Permitted } from '../../session/permitted.tsx'
import { ROLE_WORDS } from '../../session/places.ts'
import { Page } from '../../shell/page.tsx'
import { certificateState } from './certificate-state.ts'

const LEDE =
  'Who may do what in your agency, and until when their certificates hold. Without a valid certificate nobody searches or examines.'

export function AccountsPage() {
  const query = useQuery(accountsQuery)
  return (
    <Permitted place="/accounts">
      <Page title="Accounts" lede={LEDE}>
        <Loaded query={query}>{({ accounts }) => <AccountTable accounts={accounts} />}</Loaded>
      </Page>
    </Permitted>
  )
}

const STATES: Readonly<Record<AccountBody['state'], { readonly tone: MarkTone; readonly label: string }>> = {
  open: { tone: 'go', label: 'Open' },
  locked: { tone: 'wait', label: 'Locked' },
  suspended: { tone: 'stop', label: 'Suspended' },
}

function AccountTable({ accounts }: { readonly accounts: readonly AccountBody[] }) {
  return (
    <div className="table-frame">
      <table className="table">
        <caption className="for-readers-only">Accounts of your agency</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Roles</th>
            <th scope="col">Certificates</th>
            <th scope="col">Since</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <tr key={account.id}>
              <td>
                <strong>{account.name}</strong>
                <div className="soft tiny">{account.username}</div>
              </td>
              <td>{account.roles.map((role) => ROLE_WORDS[role]).join(', ')}</td>
              <td>
                <Certificates certificates={account.certificates} />
              </td>
              <td>
                <Day at={account.openedAt} />
              </td>
              <td>
                <StateMark tone={STATES[account.state].tone}>{STATES[account.state].label}</StateMark>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Certificates({ certificates }: { readonly certificates: AccountBody['certificates'] }) {
  if (certificates.length === 0) return <span className="soft">None</span>
  const now = new Date().toISOString()
  return (
    <ul className="stack stack--tight">
      {certificates.map((certificate) => {
        const { tone, words } = certificateState(certificate, now)
        return (
          <li key={certificate.id}>
            <StateMark tone={tone}>
              {certificate.track}: {words} <Day at={certificate.revokedAt ?? certificate.expiresAt} />
            </StateMark>
          </li>
        )
      })}
    </ul>
  )
}
