import { sql, type Tx } from '../store/index.ts'

/** Where searches are made: in this program's own memory, or in a cluster. */
export type GalleryPlace = 'embedded' | 'cluster'

/** Embedded until it was moved. */
export async function placeOf(tx: Tx, modelSha256: string): Promise<GalleryPlace> {
  const { rows } = await sql<{ place: GalleryPlace }>`select place from gallery_place
    where model_sha256 = ${modelSha256} order by seq desc limit 1`.execute(tx)
  return rows[0]?.place ?? 'embedded'
}

export async function insertPlace(
  tx: Tx,
  row: { readonly modelSha256: string; readonly place: GalleryPlace; readonly since: string; readonly by: string },
): Promise<void> {
  await sql`insert into gallery_place (model_sha256, place, since, decided_by)
    values (${row.modelSha256}, ${row.place}, ${row.since}, ${row.by})`.execute(tx)
}
