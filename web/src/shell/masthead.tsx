import { useMutation } from '@tanstack/react-query'
import { Link, useLocation, useRouter } from '@tanstack/react-router'
import { signOut } from '../api/session.ts'
import type { Account } from '../api/types.ts'
import { currentPlace, homeOf, placesFor, ROLE_WORDS } from '../session/places.ts'
import { Wordmark } from './wordmark.tsx'

export function Masthead({ account }: { readonly account: Account }) {
  const current = currentPlace(useLocation().pathname)
  return (
    <header className="masthead">
      <div className="masthead__in">
        <Link className="wordmark" to={homeOf(account.roles)}>
          <Wordmark />
        </Link>
        <nav className="nav" aria-label="Console">
          <ul>
            {placesFor(account.roles).map((place) => (
              <li key={place.path}>
                <Link
                  to={place.path}
                  activeOptions={{ exact: true }}
                  activeProps={{}}
                  aria-current={place.path === current ? 'page' : undefined}
                >
                  {place.label}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <Who account={account} />
      </div>
    </header>
  )
}

function Who({ account }: { readonly account: Account }) {
  const router = useRouter()
  const leave = useMutation({
    mutationFn: signOut,
    onSettled: () => router.navigate({ to: '/sign-in', search: {} }),
  })
  return (
    <div className="who">
      <div>
        <div className="who__name">{account.name}</div>
        <div className="who__agency">
          {account.roles.map((role) => ROLE_WORDS[role]).join(', ')} · {account.agency.name}
        </div>
      </div>
      <button className="button button--small" type="button" disabled={leave.isPending} onClick={() => leave.mutate()}>
        Sign out
      </button>
    </div>
  )
}
