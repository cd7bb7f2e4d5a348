import { ProblemNotice } from '../components/problem-notice.tsx'
import { Page } from './page.tsx'

/** The last net: a page that could not be drawn at all. */
export function PageTrouble({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  return (
    <Page title="This page could not be shown">
      <ProblemNotice thrown={error} onRetry={reset} />
    </Page>
  )
}
