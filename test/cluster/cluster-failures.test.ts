import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type ClusterIndex, openClusterIndex } from '../../src/gallery/cluster/cluster-index.ts'
import { arrivals, EVERYTHING, modelOf, openOn } from './cluster-rows.ts'
import { whyNoCluster } from './engine-command.ts'
import { type RunningCluster, type RunningNode, startCluster } from './running-cluster.ts'

const reason = whyNoCluster()
if (reason !== null) console.log(`Skipped: ${reason}`)

const DIMENSION = 64
const ROWS = arrivals(2_000, DIMENSION)
const QUERIES = ROWS.slice(0, 3).map(({ vector }) => vector)
const ask = { k: 50, floor: -1, filter: EVERYTHING }
const model = modelOf('failures', DIMENSION)

describe.skipIf(reason !== null)('failures of a cluster', () => {
  let cluster: RunningCluster
  let index: ClusterIndex

  const node = (shard: number, replica: number) => cluster.shards[shard - 1]?.[replica - 1] as RunningNode

  beforeAll(async () => {
    cluster = await startCluster(2, 2)
    index = await openOn(cluster, model)
    await index.apply(ROWS)
  })
  /** All of them: the packaged engine may end itself when the other side of a connection is killed. */
  const startAll = async () => {
    await wait(500)
    await Promise.all([cluster.coordinator, ...cluster.shards.flat()].map((one) => one.start()))
  }
  /**
   * Ends some and looks what the adapter says. Where the look fails and another engine has ended itself meanwhile, that
   * one is started and it is looked again; a failure with all others alive is a failure.
   */
  const whileEnded = async (ended: readonly RunningNode[], look: () => Promise<void>) => {
    for (let looks = 1; ; looks += 1) {
      await Promise.all(ended.map((one) => one.kill()))
      try {
        return await look()
      } catch (error) {
        const others = [cluster.coordinator, ...cluster.shards.flat()].filter((one) => !ended.includes(one))
        const alive = await Promise.all(others.map((one) => one.works()))
        if (alive.every((works) => works) || looks === 5) throw error
        await Promise.all(others.map((one) => one.start()))
      }
    }
  }
  afterEach(startAll)
  afterAll(async () => await cluster?.stop())

  it.each([1, 2])('one replica of each shard ended (number %i): the same answer', async (replica) => {
    const before = await index.scan(QUERIES, ask)
    await whileEnded([node(1, replica), node(2, replica)], async () => {
      expect(await index.scan(QUERIES, ask)).toEqual(before)
      expect((await index.digest()).rows).toBe(2_000)
    })
  })

  it('a whole shard ended: no list, and its hosts are named', async () => {
    const before = await index.scan(QUERIES, ask)
    const named = `Shard 2 (${node(2, 1).address}, ${node(2, 2).address}) of the cluster does not answer.`
    for (const asked of [() => index.scan(QUERIES, ask), () => index.digest(), () => index.coverage()]) {
      await whileEnded([node(2, 1), node(2, 2)], async () => {
        const error = { code: 'shard_unavailable', message: expect.stringContaining(named) }
        await expect(asked()).rejects.toMatchObject(error)
      })
    }
    await startAll()
    expect(await index.scan(QUERIES, ask)).toEqual(before)
  })

  it('a replica ended: rows and removals wait for it, and it is named', async () => {
    const more = arrivals(50, DIMENSION, 2_001, 8)
    const named = expect.stringContaining(node(1, 2).address)
    const removal = { kind: 'removed', seq: 2_051, row: 2_000 } as const
    for (const changes of [more, [removal]]) {
      await whileEnded([node(1, 2)], async () => {
        await expect(index.apply(changes)).rejects.toMatchObject({ code: 'shard_unavailable', message: named })
      })
    }
    await startAll()
    expect(await index.position()).toBe(2_000)
    await index.apply([...more, removal])
    expect(await index.differing([...ROWS.slice(0, -1), ...more])).toEqual([])
    expect(await index.differing(ROWS.slice(-1))).toEqual([2_000])
    expect(await index.position()).toBe(2_051)
  })

  it('a replica ended while it was written: the same page again mends it', async () => {
    const own = modelOf('cut', DIMENSION)
    const killing: typeof fetch = async (address, request) => {
      const inserting = String(address).includes('RowBinary')
      const [response] = await Promise.all([fetch(address, request), inserting ? node(2, 2).kill() : null])
      return response
    }
    const replicas = cluster.shards.flat().map(({ url }) => url)
    const options = { url: cluster.coordinator.url, cluster: cluster.name, model: own, replicas, fetch: killing }
    const cut = await openClusterIndex(options)
    await expect(cut.apply(ROWS)).rejects.toMatchObject({ code: 'shard_unavailable' })
    await startAll()
    const whole = await openOn(cluster, own)
    await whole.apply(ROWS)
    expect((await whole.digest()).rows).toBe(2_000)
    expect(await whole.differing(ROWS)).toEqual([])
  })

  it('rows that a shard lost are missing in what it says it holds', async () => {
    const own = modelOf('lost', DIMENSION)
    const lossy = await openOn(cluster, own)
    await lossy.apply(ROWS)
    const [before] = await lossy.coverage()
    const lose = `ALTER TABLE countenance.face_${own.sha256.slice(0, 16)} DELETE WHERE seq < 100 SETTINGS mutations_sync = 2`
    await Promise.all([node(1, 1).query(lose), node(1, 2).query(lose)])
    const lost = (before?.rows ?? 0) - ((await lossy.coverage())[0]?.rows ?? 0)
    expect(lost).toBeGreaterThan(20)
    const [answer] = await lossy.scan(QUERIES, ask)
    expect(answer?.enrolled).toBe(2_000 - lost)
    expect((await lossy.digest()).rows).toBe(2_000 - lost)
  })

  it('a shard brought back empty is filled again by the feed, and the others stay as they are', async () => {
    const own = modelOf('emptied', DIMENSION)
    const emptied = await openOn(cluster, own)
    await emptied.apply(ROWS)
    const table = `countenance.face_${own.sha256.slice(0, 16)}`
    for (const replica of [node(2, 1), node(2, 2)]) {
      await replica.query(`TRUNCATE TABLE ${table}`)
      await replica.query(`TRUNCATE TABLE ${table}_position`)
    }
    expect(await emptied.position()).toBe(0)
    await emptied.apply(ROWS)
    expect((await emptied.digest()).rows).toBe(2_000)
    expect(await emptied.differing(ROWS)).toEqual([])
  })

  it('no coordinator: said with its address', async () => {
    const before = await index.digest()
    await cluster.coordinator.kill()
    await expect(index.scan(QUERIES, ask)).rejects.toMatchObject({
      code: 'shard_unavailable',
      message: expect.stringContaining(new URL(cluster.coordinator.url).host),
    })
    await startAll()
    expect(await index.digest()).toEqual(before)
  })

  it('refuses a cluster that the coordinator does not know, and addresses that are too few', async () => {
    const { url } = cluster.coordinator
    await expect(openClusterIndex({ url, cluster: 'nowhere', model })).rejects.toMatchObject({
      code: 'cluster_refused',
      message: expect.stringContaining('nowhere'),
    })
    const few = { url, cluster: cluster.name, model, replicas: [node(1, 1).url] }
    await expect(openClusterIndex(few)).rejects.toMatchObject({ code: 'cluster_refused' })
  })
})
