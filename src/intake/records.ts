import { isId, toStamp } from '../base/index.ts'
import type { DetectedFace } from '../engine/index.ts'
import { type Store, sql, type Tx } from '../store/index.ts'
import type { Probe } from './probe.ts'

interface ProbeRow {
  readonly id: string
  readonly agency: string
  readonly uploaded_by: string
  readonly image_digest: string
  readonly blob: string
  readonly media_type: string
  readonly width: number
  readonly height: number
  readonly exif_orientation: number
  readonly faces: readonly DetectedFace[]
  readonly received_at: Date
}

export async function insertProbe(tx: Tx, probe: Probe, dataKey: string): Promise<void> {
  await sql`insert into probe (id, agency, uploaded_by, image_digest, data_key, blob, media_type, width, height,
      exif_orientation, faces, received_at)
    values (${probe.id}, ${probe.agency}, ${probe.uploadedBy}, ${probe.imageDigest}, ${dataKey}, ${probe.blob},
      ${probe.mediaType}, ${probe.width}, ${probe.height}, ${probe.exifOrientation},
      ${JSON.stringify(probe.faces)}::jsonb, ${probe.receivedAt})`.execute(tx)
}

/** The probe, when the transaction's agency owns it. */
export async function probeOf(tx: Tx, id: string): Promise<Probe | null> {
  if (!isId('probe', id)) return null
  const { rows } = await sql<ProbeRow>`select id, agency, uploaded_by, image_digest, blob, media_type, width, height,
      exif_orientation, faces, received_at
    from probe where id = ${id}`.execute(tx)
  return rows[0] === undefined ? null : probeOfRow(rows[0])
}

/** The original bytes as they were handed in. */
export async function probeBytes(deps: { readonly store: Store }, tx: Tx, probe: Probe): Promise<Uint8Array> {
  return await deps.store.blobs.get(tx, probe.blob)
}

function probeOfRow(row: ProbeRow): Probe {
  return {
    id: row.id,
    agency: row.agency,
    uploadedBy: row.uploaded_by,
    imageDigest: row.image_digest,
    blob: row.blob,
    mediaType: row.media_type,
    width: row.width,
    height: row.height,
    exifOrientation: row.exif_orientation,
    faces: row.faces,
    receivedAt: toStamp(row.received_at),
  }
}
