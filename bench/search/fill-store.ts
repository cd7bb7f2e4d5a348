import type { Store, Tx } from '../../src/store/index.ts'
import { sql } from '../../src/store/index.ts'
import { modelOf } from './gallery-on-disk.ts'
import type { FaceSet } from './generate.ts'

const BATCH = 1000
/** Transactions at once. */
const LANES = 2

/** Registers the source that all photographs of the bench come from. @returns the photograph they share */
export async function openSource(store: Store): Promise<string> {
  return await store.transaction({ agency: null }, async (tx) => {
    await store.blobs.createKey(tx, 'key_source')
    const blob = await store.blobs.put(tx, 'key_source', new Uint8Array(1))
    await sql`insert into gallery_source (id, name, legal_basis, class, registered_at, registered_by)
      values ('src_bench', 'Bench', 'None', 'county_booking', now(), 'bench')`.execute(tx)
    return blob.id
  })
}

/** Enrols rows of a set as the product keeps them, sealed under a key for each; the photographs themselves apart. */
export async function fillStore(store: Store, set: FaceSet, blob: string, first: number, end: number): Promise<void> {
  let next = first
  const fillSome = async () => {
    while (next < end) {
      const batch = { set, blob, first: next, count: Math.min(BATCH, end - next) }
      next += batch.count
      await store.transaction({ agency: null }, (tx) => fillBatch(store, tx, batch))
    }
  }
  await Promise.all(Array.from({ length: LANES }, fillSome))
}

interface Batch {
  readonly set: FaceSet
  readonly blob: string
  readonly first: number
  readonly count: number
}

async function fillBatch(store: Store, tx: Tx, { set, blob, first, count }: Batch): Promise<void> {
  const model = modelOf(set.spec)
  const numbers = Array.from({ length: count }, (_, at) => String(first + at).padStart(20, '0'))
  const sealed: Uint8Array[] = []
  for (const [at, number] of numbers.entries()) {
    await store.blobs.createKey(tx, `key_${number}`)
    sealed.push(await store.blobs.seal(tx, `key_${number}`, new Uint8Array(set.template(first + at).buffer)))
  }
  await sql`insert into gallery_subject select 'sub_' || n, 'src_bench', n, 'key_' || n from unnest(${numbers}::text[]) n
    `.execute(tx)
  await sql`insert into gallery_booking (id, source, subject, booking_number, booked_at, captured_at, sex, blob,
      image_digest, model_id, model_sha256, enrolled_at, enrolled_by)
    select 'bkg_' || n, 'src_bench', 'sub_' || n, n, '2024-01-01', '2024-01-01', 'U', ${blob},
      encode(sha256(n::bytea), 'hex'), ${model.id}, ${model.sha256}, now(), 'bench'
    from unnest(${numbers}::text[]) n`.execute(tx)
  await sql`insert into gallery_template (id, booking, subject, model_sha256, sealed)
    select 'tpl_' || n, 'bkg_' || n, 'sub_' || n, ${model.sha256}, sealed
    from unnest(${numbers}::text[], ${sealed}::bytea[]) as row (n, sealed)`.execute(tx)
}
