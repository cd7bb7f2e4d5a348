import type { CoarseAnswer, CoarseAsk, CoarseIndex, RowsDigest } from './coarse-index.ts'
import { GalleryError } from './gallery-error.ts'
import type { SourceState, TemplateSource } from './template-source.ts'

/** An index that is brought up to its source, and proved to hold the same rows, before it is asked. */
export interface FollowedIndex {
  /** @returns what source and index hold now. @throws GalleryError `coverage_incomplete` */
  follow(): Promise<SourceState>
  scan(queries: readonly Float32Array[], ask: CoarseAsk): Promise<readonly CoarseAnswer[]>
  close(): Promise<void>
}

const LOOKS = 3

export interface FollowOptions {
  /** Empties an index that does not hold what its source holds, to build it anew; without it that is an error. */
  readonly empty?: (why: string) => Promise<void>
  /** After each page: how many rows of how many. */
  readonly onProgress?: (done: number, rows: number) => void
  /** After changes were taken up. */
  readonly onFollowed?: () => Promise<void>
}

export function followSource(source: TemplateSource, index: CoarseIndex, options: FollowOptions = {}): FollowedIndex {
  return {
    follow: async () => {
      const first = await agree(source, index, options)
      if (first.why === null) return first.state
      if (options.empty === undefined) throw new GalleryError('coverage_incomplete', `${first.why} No list is given.`)
      await options.empty(first.why)
      const { state, why } = await agree(source, index, options)
      if (why === null) return state
      throw new GalleryError('coverage_incomplete', `${why} It was built anew and still differs. No list is given.`)
    },
    scan: (queries, ask) => index.scan(queries, ask),
    close: () => index.close(),
  }
}

/** Looks again a few times: another process may move the index between two looks. */
async function agree(source: TemplateSource, index: CoarseIndex, options: FollowOptions) {
  for (let look = 1; ; look += 1) {
    const state = await takeUp(source, index, options)
    const why = differenceOf(state, await index.digest())
    if (why === null || look === LOOKS) return { state, why }
  }
}

/** Applies pages of changes until the index stands where the source stood at one moment. */
async function takeUp(source: TemplateSource, index: CoarseIndex, options: FollowOptions): Promise<SourceState> {
  let changed = false
  for (;;) {
    const state = await source.state()
    const position = await index.position()
    // An index ahead of its source belongs to another database; the digests tell.
    if (position >= state.position) {
      if (changed) await options.onFollowed?.()
      return state
    }
    const changes = await source.changesAfter(position)
    if (changes.length === 0) throw new GalleryError('coverage_incomplete', 'The changes of the gallery end too early.')
    await index.apply(changes)
    changed = true
    options.onProgress?.((await index.digest()).rows, state.rows)
  }
}

/** A sentence, or null when both hold the same rows. */
function differenceOf(source: RowsDigest & { readonly position: number }, index: RowsDigest): string | null {
  if (source.rows === index.rows && source.sum === index.sum && source.squares === index.squares) return null
  if (source.rows !== index.rows) {
    return `The index holds ${index.rows} photographs and the database ${source.rows}.`
  }
  return `The index holds as many photographs as the database (${source.rows}), but not the same ones.`
}
