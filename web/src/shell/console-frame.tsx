import { useQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { sessionQuery } from '../api/session.ts'
import { ProblemNotice } from '../components/problem-notice.tsx'
import { SignedIn } from '../session/use-account.ts'
import { Masthead } from './masthead.tsx'
import { MoratoriumBanner } from './moratorium-banner.tsx'
import { ToSignIn } from './to-sign-in.tsx'

/** Everything behind the sign-in: no session, no page. */
export function ConsoleFrame() {
  const session = useQuery(sessionQuery)
  if (session.isPending) return <div className="frame" aria-busy="true" />
  if (session.data === undefined) {
    return (
      <main className="main">
        <h1>Countenance</h1>
        <ProblemNotice thrown={session.error} onRetry={() => void session.refetch()} />
      </main>
    )
  }
  if (session.data === null) return <ToSignIn />
  return (
    <SignedIn value={session.data.account}>
      <div className="frame">
        <div>
          <a className="skip for-readers-only" href="#main">
            Skip to the page
          </a>
          <Masthead account={session.data.account} />
          <MoratoriumBanner />
        </div>
        <Outlet />
        <footer className="foot">
          <p>
            Restricted system. Every act here, refusals and readings included, is an entry in a log that outsiders can
            verify.
          </p>
        </footer>
      </div>
    </SignedIn>
  )
}
