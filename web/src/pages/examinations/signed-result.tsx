import { Link } from '@tanstack/react-router'
import type { SignedExamination } from '../../api/types.ts'
import { useFromTop } from '../../shell/from-top.ts'
import { Page } from '../../shell/page.tsx'

const WORDS: Readonly<Record<SignedExamination['state'], string>> = {
  awaiting_second: 'Another examiner now judges the same list, without seeing what you found.',
  agreed: 'Both examiners came to the same conclusion, apart from each other.',
  unresolved: 'The two conclusions differ. A third examiner decides, also without seeing either.',
  resolved: 'The three examinations settle the list.',
}

export function SignedResult({ signed }: { readonly signed: SignedExamination }) {
  useFromTop()
  return (
    <Page title="Signed" lede={WORDS[signed.state]}>
      <div className="row" role="status">
        {signed.lead === null ? null : (
          <Link className="button button--primary" to="/leads/$id" params={{ id: signed.lead.id }}>
            Open the lead
          </Link>
        )}
        <Link className="button" to="/examinations">
          Back to the queue
        </Link>
      </div>
    </Page>
  )
}
