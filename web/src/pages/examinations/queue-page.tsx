import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { examinationQuery, openExamination, queueQuery } from '../../api/examinations.ts'
import type { QueuePlace } from '../../api/types.ts'
import { Loaded } from '../../components/loaded.tsx'
import { counted, Moment } from '../../components/moment.tsx'
import { Nothing } from '../../components/nothing.tsx'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { StateMark } from '../../components/state-mark.tsx'
import { Permitted } from '../../session/permitted.tsx'
import { Page } from '../../shell/page.tsx'

const LEDE = 'Candidate lists that wait for an examiner. Nothing about the case is shown, here or later.'

export function QueuePage() {
  const query = useQuery({ ...queueQuery, refetchInterval: 15_000 })
  return (
    <Permitted place="/examinations">
      <Page title="Examinations" lede={LEDE}>
        <Loaded query={query}>{({ queue }) => (queue.length === 0 ? <EmptyQueue /> : <Queue queue={queue} />)}</Loaded>
      </Page>
    </Permitted>
  )
}

function EmptyQueue() {
  return (
    <Nothing title="Nothing waits for you">
      <p>
        A list appears here after a search. You never get a list that you asked for yourself, or one that you have
        judged before.
      </p>
    </Nothing>
  )
}

const ORDERS = { 1: 'First examination', 2: 'Verification', 3: 'Resolution' } as const

function Queue({ queue }: { readonly queue: readonly QueuePlace[] }) {
  const router = useRouter()
  const client = useQueryClient()
  const open = useMutation({
    mutationFn: openExamination,
    onSuccess: (view) => {
      client.setQueryData(examinationQuery(view.id).queryKey, view)
      return router.navigate({ to: '/examinations/$id', params: { id: view.id } })
    },
  })
  return (
    <div className="stack">
      {open.isError ? <ProblemNotice thrown={open.error} /> : null}
      <ul className="queue">
        {queue.map((item) => (
          <li key={item.request}>
            <div>
              <h2>{ORDERS[item.order]}</h2>
              <p className="soft small">
                {counted(item.candidates, 'candidate', 'candidates')} · received <Moment at={item.receivedAt} />
              </p>
            </div>
            {item.state === 'mine' ? (
              <StateMark tone="wait">Begun by you</StateMark>
            ) : (
              <StateMark tone="rest">Waiting</StateMark>
            )}
            <button
              className={item.state === 'mine' ? 'button button--primary' : 'button'}
              type="button"
              disabled={open.isPending}
              aria-label={`${item.state === 'mine' ? 'Continue' : 'Begin'}: ${ORDERS[item.order].toLowerCase()}, ${counted(item.candidates, 'candidate', 'candidates')}`}
              onClick={() => open.mutate(item.request)}
            >
              {item.state === 'mine' ? 'Continue' : 'Begin'}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
