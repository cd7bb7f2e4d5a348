import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { runSearch } from '../../api/requests.ts'
import type { SubmittedRequest } from '../../api/types.ts'
import { Findings } from '../../components/findings.tsx'
import { Notice } from '../../components/notice.tsx'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { useFromTop } from '../../shell/from-top.ts'
import { Page } from '../../shell/page.tsx'

interface DecisionPanelProps {
  readonly submitted: SubmittedRequest
  readonly onAnother: () => void
}

export function DecisionPanel({ submitted, onAnother }: DecisionPanelProps) {
  const { request, decision } = submitted
  const permitted = decision.outcome === 'permitted'
  useFromTop()
  const refused = decision.findings.filter((finding) => finding.outcome === 'refused').length
  return (
    <Page
      title={permitted ? 'Permitted' : 'Refused'}
      lede={
        permitted
          ? 'Every directive allows this search.'
          : `${refused === 1 ? 'One directive refuses' : `${refused} directives refuse`} this search. Nothing was compared. The refusal is on record.`
      }
    >
      <div className="stack stack--wide">
        {permitted ? <SearchRun request={request.id} /> : null}
        <section className="stack" aria-labelledby="findings-title">
          <h2 id="findings-title">What each directive found</h2>
          <Findings findings={decision.findings} />
        </section>
        <div className="row">
          <Link className="button" to="/requests/$id" params={{ id: request.id }}>
            Open the request
          </Link>
          <button className="button" type="button" onClick={onAnother}>
            File another request
          </button>
        </div>
      </div>
    </Page>
  )
}

/** Uses the permit at once, and once only. */
function SearchRun({ request }: { readonly request: string }) {
  const started = useRef(false)
  const client = useQueryClient()
  const { mutate, ...search } = useMutation({
    mutationFn: () => runSearch(request),
    onSettled: () => client.invalidateQueries({ queryKey: ['requests'] }),
  })
  useEffect(() => {
    if (started.current) return
    started.current = true
    mutate()
  }, [mutate])
  if (search.isError) return <ProblemNotice thrown={search.error} />
  if (search.data === undefined) {
    return (
      <Notice title="Searching the gallery" live>
        <progress aria-label="Searching the gallery" />
      </Notice>
    )
  }
  const { returned, sentence } = search.data.search
  return (
    <Notice tone="go" live title="The gallery was searched.">
      <p>{sentence}</p>
      <p>
        {returned === 0
          ? 'No face was similar enough to list. Two examiners record that.'
          : 'Examiners now judge the list. You see the result after their review.'}
      </p>
    </Notice>
  )
}
