import type { NewEntry, UncheckedEntry } from './entry.ts'

/** Entries as other rooms would write them; for tests and measurement. */
export const RECEIVED: NewEntry<'probe.received'> = {
  act: 'probe.received',
  actor: 'acct_00000000000000000001',
  agency: 'agcy_00000000000000000001',
  about: 'prob_00000000000000000001',
  facts: { imageDigest: 'ab'.repeat(32), faces: 2 },
}

export const COMPLETED: NewEntry<'search.completed'> = {
  act: 'search.completed',
  actor: 'acct_00000000000000000001',
  agency: 'agcy_00000000000000000001',
  about: 'srch_00000000000000000001',
  facts: {
    request: 'rqst_00000000000000000001',
    searched: 645,
    returned: 20,
    threshold: 0.26,
    listDigest: 'cd'.repeat(32),
  },
}

export const STARTED: NewEntry<'server.started'> = {
  act: 'server.started',
  actor: null,
  agency: null,
  about: null,
  facts: { version: '0.1.0' },
}

export const SAMPLES: readonly UncheckedEntry[] = [STARTED, RECEIVED, COMPLETED]
