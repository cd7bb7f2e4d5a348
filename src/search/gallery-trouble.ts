import { done, fail, type Outcome } from '../base/index.ts'
import { GalleryError } from '../gallery/index.ts'

/** Troubles of the gallery under which a list could miss somebody: none is given. */
export type GalleryTroubleCode = 'coverage_incomplete' | 'shard_unavailable' | 'cluster_refused' | 'removal_incomplete'

const TROUBLES = {
  coverage_incomplete: [
    'The gallery could not prove that it compares every photograph, so no list was made.',
    'Try again in a moment; if it happens again, tell an administrator.',
  ],
  shard_unavailable: [
    'A part of the gallery does not answer, so no list was made: a list without that part could miss the right person.',
    'Try again when the gallery is whole; tell an administrator.',
  ],
  cluster_refused: [
    'The cluster that holds the gallery refused the search, so no list was made.',
    'Tell an administrator: the server of Countenance says what the cluster answered.',
  ],
  removal_incomplete: [
    'A photograph that was removed could not be erased everywhere yet, so no list was made.',
    'Try again when the whole cluster answers; tell an administrator.',
  ],
} as const satisfies Record<GalleryTroubleCode, readonly [string, string]>

/** What the gallery answers, or its trouble as a failure. Anything else it throws goes on. */
export async function orTrouble<T>(ask: () => Promise<T>): Promise<Outcome<T, GalleryTroubleCode>> {
  try {
    return done(await ask())
  } catch (error) {
    if (!(error instanceof GalleryError) || !isTrouble(error.code)) throw error
    const [message, remedy] = TROUBLES[error.code]
    return fail(error.code, message, remedy)
  }
}

function isTrouble(code: string): code is GalleryTroubleCode {
  return Object.hasOwn(TROUBLES, code)
}
