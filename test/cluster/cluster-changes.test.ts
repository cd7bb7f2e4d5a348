import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ModelIdentity } from '../../src/engine/index.ts'
import { type ClusterIndex, openClusterIndex } from '../../src/gallery/cluster/cluster-index.ts'
import type { RowFacts } from '../../src/gallery/coarse-index.ts'
import { filesHolding, needleOf } from './bytes-on-disk.ts'
import { type Arrival, arrivals, bruteForce, EVERYTHING, modelOf, openOn } from './cluster-rows.ts'
import { whyNoCluster } from './engine-command.ts'
import { type RunningCluster, startCluster } from './running-cluster.ts'

const reason = whyNoCluster()
if (reason !== null) console.log(`Skipped: ${reason}`)

const DIMENSION = 64
const ROWS = arrivals(300, DIMENSION)
const ask = { k: 1_000, floor: -1, filter: EVERYTHING }
const first = ROWS[0] as Arrival

describe.skipIf(reason !== null)('changes on a cluster', () => {
  let cluster: RunningCluster

  beforeAll(async () => {
    cluster = await startCluster(2, 2)
  })
  afterAll(async () => await cluster?.stop())

  const tableOf = (model: ModelIdentity) => `countenance.face_${model.sha256.slice(0, 16)}`
  const holding = (bytes: Uint8Array) =>
    [cluster.coordinator, ...cluster.shards.flat()].flatMap(({ folder }) => filesHolding(folder, bytes))

  /** An adapter whose process ends, as it were, when it sends a statement that contains `word`. */
  async function endingAt(model: ModelIdentity, word: string): Promise<ClusterIndex> {
    let armed = false
    const ending: typeof fetch = async (address, request) => {
      const text = `${address} ${typeof request?.body === 'string' ? request.body : ''}`
      if (armed && decodeURIComponent(text.replaceAll('+', ' ')).includes(word)) throw new Error('The process ended.')
      return await fetch(address, request)
    }
    const replicas = cluster.shards.flat().map(({ url }) => url)
    const options = { url: cluster.coordinator.url, cluster: cluster.name, model, replicas, fetch: ending }
    const index = await openClusterIndex(options)
    armed = true
    return index
  }

  async function expectRows(index: ClusterIndex, rows: readonly Arrival[]): Promise<void> {
    const { rows: count } = await index.digest()
    expect(count).toBe(rows.length)
    expect(await index.differing(rows)).toEqual([])
  }

  it('puts a row on one shard, on every replica of it', async () => {
    const model = modelOf('placed', DIMENSION)
    const index = await openOn(cluster, model)
    await index.apply(ROWS)
    for (const replicas of cluster.shards) {
      const counts = await Promise.all(replicas.map((one) => one.query(`SELECT count() FROM ${tableOf(model)}`)))
      expect(new Set(counts).size).toBe(1)
    }
    await expectRows(index, ROWS)
    expect(await index.position()).toBe(300)
  })

  it('skips what it has taken up, also in another process', async () => {
    const model = modelOf('skipped', DIMENSION)
    await (await openOn(cluster, model)).apply(ROWS.slice(0, 200))
    const other = await openOn(cluster, model)
    expect(await other.position()).toBe(200)
    await other.apply(ROWS)
    await expectRows(other, ROWS)
    await other.apply([])
    expect(await other.position()).toBe(300)
  })

  it('takes up a page again that a crash cut off before its position, without doubles', async () => {
    const model = modelOf('crashed', DIMENSION)
    const ending = await endingAt(model, '_position_all')
    await expect(ending.apply(ROWS)).rejects.toMatchObject({ code: 'shard_unavailable' })
    const afterInsert = await endingAt(model, '_position_all VALUES')
    await expect(afterInsert.apply(ROWS)).rejects.toMatchObject({ code: 'shard_unavailable' })
    const index = await openOn(cluster, model)
    expect((await index.digest()).rows).toBe(300)
    expect(await index.position()).toBe(0)
    await index.apply(ROWS)
    await expectRows(index, ROWS)
  })

  it('mends rows that a crash left on one replica only, or twice', async () => {
    const model = modelOf('halved', DIMENSION)
    const index = await openOn(cluster, model)
    await index.apply(ROWS.slice(0, 100))
    const table = tableOf(model)
    const columns = 'seq + 100, source, booked_at, birth_year, sex, sealed, vector'
    await cluster.shards[1]?.[0]?.query(`INSERT INTO ${table} SELECT ${columns} FROM ${table}`)
    await cluster.coordinator.query(
      `INSERT INTO ${table}_all SELECT ${columns} FROM ${table}_all LIMIT 20 SETTINGS distributed_foreground_insert = 1`,
    )
    expect(await index.differing(ROWS)).not.toEqual(ROWS.slice(100).map(({ seq }) => seq + 1))
    await index.apply(ROWS)
    expect((await index.digest()).rows).toBe(300)
  })

  it('a removed template leaves no byte on any disk, and stays removed', async () => {
    const model = modelOf('removed', DIMENSION)
    const index = await openOn(cluster, model)
    await index.apply(ROWS)
    const bytes = needleOf(ROWS[41]?.vector as Float32Array)
    // The same rows lie in the tables of other models; only this table may hold these bytes.
    const own = Float32Array.from(first.vector, (value, at) => (at < 2 ? -value : value))
    await index.apply([{ ...first, seq: 301, vector: own }])
    expect(holding(needleOf(own)).length).toBeGreaterThanOrEqual(2)
    await index.apply([{ kind: 'removed', seq: 302, row: 301 }])
    expect(holding(needleOf(own))).toEqual([])
    expect(holding(bytes).length).toBeGreaterThan(0)
    await expectRows(index, ROWS)
    expect(await index.position()).toBe(302)
    await index.apply([{ ...first, seq: 301, vector: own }])
    await expectRows(index, ROWS)
  })

  it('a removal cut off before its proof is made again, before the position moves', async () => {
    const model = modelOf('unproved', DIMENSION)
    const whole = await openOn(cluster, model)
    const own = Float32Array.from(first.vector, (value, at) => (at > 61 ? -value : value)).reverse()
    await whole.apply([{ ...first, vector: own }, ...ROWS.slice(1)])
    const removal = [{ kind: 'removed', seq: 301, row: 1 }] as const
    const ending = await endingAt(model, 'SYSTEM START CLEANUP')
    await expect(ending.apply(removal)).rejects.toMatchObject({ code: 'shard_unavailable' })
    expect(await whole.position()).toBe(300)
    await whole.apply(removal)
    expect(holding(needleOf(own))).toEqual([])
    await expectRows(whole, ROWS.slice(1))
  })

  it('a removal is not proved while a replica keeps a part aside', async () => {
    const model = modelOf('set aside', DIMENSION)
    const replicas = cluster.shards.flat().map(({ url }) => url)
    const options = { url: cluster.coordinator.url, cluster: cluster.name, model, replicas, removalPatienceMs: 0 }
    const index = await openClusterIndex(options)
    await index.apply(ROWS)
    const node = cluster.shards[0]?.[1]
    await node?.query(`ALTER TABLE ${tableOf(model)} DETACH PARTITION 0`)
    const removal = [{ kind: 'removed', seq: 301, row: 1 }] as const
    await expect(index.apply(removal)).rejects.toMatchObject({ code: 'removal_incomplete' })
    expect(await index.position()).toBe(300)
    await node?.query(`ALTER TABLE ${tableOf(model)} ATTACH PARTITION 0`)
    await (await openOn(cluster, model)).apply(removal)
    await expectRows(index, ROWS.slice(1))
  })

  it('a change of facts counts in the next search; one in the same page as the row too', async () => {
    const index = await openOn(cluster, modelOf('facts', DIMENSION))
    const facts: RowFacts = { source: 9, bookedAt: '1999-12-31', birthYear: null, sex: 'X', sealed: false }
    await index.apply([...ROWS, { kind: 'facts', seq: 301, row: 4, facts }])
    await index.apply([
      { kind: 'facts', seq: 302, row: 5, facts },
      { kind: 'facts', seq: 303, row: 6, facts: { ...facts, birthYear: 1977, sealed: true } },
      { kind: 'facts', seq: 304, row: 999, facts },
    ])
    const [answer] = await index.scan([first.vector], { ...ask, filter: { ...EVERYTHING, sources: [9] } })
    expect(answer?.rows.map(({ seq }) => seq).sort()).toEqual([4, 5])
    const after = ROWS.map((row) => {
      if (row.seq === 6) return { ...row, facts: { ...facts, birthYear: 1977, sealed: true } }
      return row.seq === 4 || row.seq === 5 ? { ...row, facts } : row
    })
    await expectRows(index, after)
    const [all] = await index.scan([first.vector], ask)
    expect(all?.searched).toBe(bruteForce(after, first.vector, EVERYTHING).length)
  })

  it('a row whose numbers, facts or copies differ is found', async () => {
    const model = modelOf('differing', DIMENSION)
    const index = await openOn(cluster, model)
    await index.apply(ROWS)
    const turned = Float32Array.from(ROWS[9]?.vector as Float32Array).reverse()
    const rows = ROWS.map((row) => (row.seq === 10 ? { ...row, vector: turned } : row))
    const sealed = rows.map((row) => (row.seq === 20 ? { ...row, facts: { ...row.facts, sealed: true } } : row))
    expect(await index.differing([...sealed, { ...first, seq: 777 }])).toEqual([10, 20, 777])
    await cluster.shards[0]?.[1]?.query(`ALTER TABLE ${tableOf(model)} DELETE WHERE 1 SETTINGS mutations_sync = 2`)
    const coverage = await index.coverage()
    expect(await index.differing(ROWS)).toHaveLength(coverage[0]?.rows as number)
  })

  it('refuses a page with a template of NaN or of another dimension, whole', async () => {
    const index = await openOn(cluster, modelOf('refused', DIMENSION))
    const broken = Float32Array.from(first.vector)
    broken[0] = Number.NaN
    for (const vector of [broken, first.vector.subarray(2)]) {
      const page = [...ROWS.slice(0, 10), { ...first, seq: 11, vector }]
      await expect(index.apply(page)).rejects.toMatchObject({ code: 'vector_unusable' })
    }
    expect((await index.digest()).rows).toBe(0)
    expect(await index.position()).toBe(0)
  })
})
