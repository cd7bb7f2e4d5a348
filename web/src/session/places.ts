import type { Role } from '../api/types.ts'

const EVERYBODY = ['investigator', 'examiner', 'supervisor', 'custodian', 'auditor', 'administrator'] as const

interface Place {
  readonly path: string
  readonly label: string
  readonly roles: readonly Role[]
  /** Roles that have it in their menu, when not all who may go there do. */
  readonly menu?: readonly Role[]
}

/** The places of the console and who may go there. The service decides again on every call; this only keeps the menu honest. */
export const PLACES = [
  { path: '/requests/new', label: 'New request', roles: ['investigator'] },
  { path: '/requests', label: 'Requests', roles: ['investigator', 'supervisor', 'auditor'] },
  { path: '/examinations', label: 'Examinations', roles: ['examiner'] },
  { path: '/leads', label: 'Leads', roles: ['investigator', 'examiner', 'supervisor', 'auditor'] },
  { path: '/gallery', label: 'Gallery', roles: ['custodian', 'supervisor', 'auditor', 'administrator'] },
  { path: '/policy', label: 'Policy', roles: EVERYBODY },
  // Everybody may read the model card; the policy page leads there.
  { path: '/model', label: 'Model', roles: EVERYBODY, menu: ['supervisor', 'auditor', 'administrator'] },
  { path: '/log', label: 'Audit log', roles: ['auditor', 'supervisor'] },
  { path: '/accounts', label: 'Accounts', roles: ['administrator', 'supervisor'] },
] as const satisfies readonly Place[]

export type PlacePath = (typeof PLACES)[number]['path']

export function mayVisit(roles: readonly Role[], path: PlacePath): boolean {
  const place = PLACES.find((candidate) => candidate.path === path)
  return place?.roles.some((role) => roles.includes(role)) ?? false
}

/** The menu. */
export function placesFor(roles: readonly Role[]): readonly (typeof PLACES)[number][] {
  return PLACES.filter((place) => {
    const menu: readonly Role[] = 'menu' in place ? place.menu : place.roles
    return menu.some((role) => roles.includes(role))
  })
}

/** The place a page belongs to: a record belongs to the list it is in. */
export function currentPlace(pathname: string): PlacePath | null {
  const under = PLACES.filter(({ path }) => pathname === path || pathname.startsWith(`${path}/`))
  return under.toSorted((a, b) => b.path.length - a.path.length)[0]?.path ?? null
}

/** Where somebody lands after signing in: the first place that is theirs. */
export function homeOf(roles: readonly Role[]): PlacePath {
  if (roles.includes('examiner')) return '/examinations'
  if (roles.includes('investigator')) return '/requests'
  if (roles.includes('auditor')) return '/log'
  if (roles.includes('custodian')) return '/gallery'
  return placesFor(roles)[0]?.path ?? '/policy'
}

export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  investigator: 'Investigator',
  examiner: 'Examiner',
  supervisor: 'Supervisor',
  custodian: 'Gallery custodian',
  auditor: 'Auditor',
  administrator: 'Administrator',
}
