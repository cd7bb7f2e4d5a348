import { Link } from '@tanstack/react-router'
import { Page } from './page.tsx'

export function NotFound() {
  return (
    <Page
      title="There is no such page"
      lede="The address may be mistyped, or the record may belong to another agency. Asking for another agency's record is itself an entry in the log."
    >
      <p>
        <Link to="/">Go to your first page</Link>
      </p>
    </Page>
  )
}
