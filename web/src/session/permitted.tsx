import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Page } from '../shell/page.tsx'
import { homeOf, mayVisit, PLACES, type PlacePath, ROLE_WORDS } from './places.ts'
import { useAccount } from './use-account.ts'

interface PermittedProps {
  readonly place: PlacePath
  readonly children: ReactNode
}

/** Shows the page to the roles it is for; everybody else is told which roles those are. */
export function Permitted({ place, children }: PermittedProps) {
  const account = useAccount()
  if (mayVisit(account.roles, place)) return children
  const { label, roles } = PLACES.find((candidate) => candidate.path === place) ?? PLACES[0]
  const words = roles.map((role) => ROLE_WORDS[role].toLowerCase())
  return (
    <Page
      title="Not permitted"
      lede={`"${label}" is for these roles: ${words.join(', ')}. Your account does not have one of them.`}
    >
      <p>
        <Link to={homeOf(account.roles)}>Go to your first page</Link>
      </p>
    </Page>
  )
}
