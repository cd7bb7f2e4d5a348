import { useInfiniteQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { entriesQuery } from '../../api/log.ts'
import type { LogEntry } from '../../api/types.ts'
import { Moment } from '../../components/moment.tsx'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { Shade } from '../../components/shade.tsx'

export function EntryList() {
  const [about, setAbout] = useState<string | null>(null)
  const query = useInfiniteQuery(entriesQuery(about))
  const entries = query.data?.pages.flatMap((page) => page.entries) ?? []
  return (
    <section className="entries" aria-labelledby="entries-title">
      <div className="row row--apart">
        <h2 id="entries-title">{about === null ? 'Entries' : 'Entries about one record'}</h2>
        <AboutFilter key={about} about={about} onAbout={setAbout} />
      </div>
      {query.isError ? <ProblemNotice thrown={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <Shade rows={8} height={52} /> : null}
      {query.isSuccess && entries.length === 0 ? <p className="soft">No entry is about this record.</p> : null}
      <ol className="entries__list">
        {entries.map((entry) => (
          <Entry key={entry.seq} entry={entry} onAbout={setAbout} />
        ))}
      </ol>
      {query.hasNextPage ? (
        <div>
          <button
            className="button"
            type="button"
            disabled={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {query.isFetchingNextPage ? 'Loading' : 'Show earlier entries'}
          </button>
        </div>
      ) : null}
    </section>
  )
}

function AboutFilter({
  about,
  onAbout,
}: {
  readonly about: string | null
  readonly onAbout: (about: string | null) => void
}) {
  const [text, setText] = useState(about ?? '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onAbout(text.trim() === '' ? null : text.trim())
  }
  return (
    <search>
      <form className="entries__filter" onSubmit={submit}>
        <label className="tiny soft" htmlFor="about">
          Record
        </label>
        <input
          className="input"
          id="about"
          autoComplete="off"
          maxLength={80}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button className="button button--small" type="submit">
          Show
        </button>
        {about === null ? null : (
          <button className="button button--small" type="button" onClick={() => onAbout(null)}>
            Show all
          </button>
        )}
      </form>
    </search>
  )
}

function Entry({ entry, onAbout }: { readonly entry: LogEntry; readonly onAbout: (about: string) => void }) {
  const { about } = entry
  return (
    <li>
      <span className="entries__seq">{entry.seq}</span>
      <div className="entries__text">
        <p>{entry.sentence}</p>
        <p className="tiny soft">
          <Moment at={entry.at} /> · <code>{entry.act}</code>
          {about === null ? null : (
            <>
              {' '}
              ·{' '}
              <button className="link" type="button" onClick={() => onAbout(about)}>
                {about}
              </button>
            </>
          )}
        </p>
      </div>
      <span className="entries__hash digest soft" title={entry.leafHash}>
        <span className="for-readers-only">Leaf hash begins </span>
        {entry.leafHash.slice(0, 8)}
      </span>
    </li>
  )
}
