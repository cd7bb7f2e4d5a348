import { createHash } from 'node:crypto'
import type { IndexChange } from '../coarse-index.ts'
import type { ClusterLayout } from './cluster-layout.ts'
import { type ClusterTables, copyGroups, everyCopy } from './cluster-tables.ts'

export type KnownRow = Extract<IndexChange, { readonly kind: 'added' }>

/** A row in one text, as `printOf` writes it: its facts, and the digest of its numbers' bits. */
const PRINT = [
  'toString(source)',
  'toString(booked_at)',
  'toString(birth_year)',
  'toString(sex)',
  'toString(sealed)',
  "lower(hex(SHA256(arrayStringConcat(arrayMap(x -> toString(reinterpretAsUInt32(x)), vector), ','))))",
].join(", ' ', ")

/** Of these rows, the seqs of those that a copy in the cluster holds otherwise, or that not every copy holds once. */
export async function differingRows(
  tables: ClusterTables,
  layout: ClusterLayout,
  rows: readonly KnownRow[],
): Promise<readonly number[]> {
  if (rows.length === 0) return []
  const groups = new Set(copyGroups(tables, layout).map((group) => group.join()))
  const held = await tables.coordinator.read(
    `SELECT seq, arraySort(groupArray(toUInt32(_shard_num))), groupUniqArray(concat(${PRINT})) FROM ${everyCopy(tables)}` +
      ` WHERE seq IN (${rows.map(({ seq }) => seq).join(', ')}) GROUP BY seq`,
  )
  const prints = new Map(
    held.filter(([, copies]) => groups.has(String(copies))).map(([seq, , all]) => [Number(seq), String(all)]),
  )
  return rows.filter((row) => prints.get(row.seq) !== printOf(row)).map(({ seq }) => seq)
}

function printOf({ facts, vector }: KnownRow): string {
  const bits = new Uint32Array(Float32Array.from(vector).buffer)
  const digest = createHash('sha256').update(bits.join(',')).digest('hex')
  return [facts.source, facts.bookedAt, facts.birthYear ?? 0, facts.sex, facts.sealed ? 1 : 0, digest].join(' ')
}
