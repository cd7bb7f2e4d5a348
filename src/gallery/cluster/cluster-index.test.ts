import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CoarseAsk, IndexChange } from '../coarse-index.ts'
import { type ClusterOptions, openClusterIndex } from './cluster-index.ts'
import { type FakeAnswer, fakeServers, refusal } from './fake-server.fixture.ts'
import { encodeRows } from './row-binary.ts'

const MODEL = { id: 'test', sha256: 'ab'.repeat(32), dimension: 2 }
const FACE = 'countenance.face_abababababababab'
const LAYOUT = [
  [1, 1, 'one', 9000],
  [1, 1, 'two', 9000],
  [2, 1, 'three', 9000],
  [2, 1, 'four', 9000],
]
const vector = Float32Array.of(0.6, 0.8)
const facts = { source: 1, bookedAt: '2024-05-31', birthYear: 1990, sex: 'F', sealed: false } as const
const added: IndexChange = { kind: 'added', seq: 1, facts, vector }
const filter = { sources: null, bookedFrom: null, bookedTo: null, sexes: null, bornFrom: null, bornTo: null }
const ask: CoarseAsk = { k: 5, floor: -1, filter }

async function open(answers: Readonly<Record<string, FakeAnswer>> = {}, options: Partial<ClusterOptions> = {}) {
  const servers = fakeServers({ 'system.clusters': LAYOUT, ...answers })
  const url = 'https://coordinator:8443'
  const index = await openClusterIndex({ url, cluster: 'gallery', model: MODEL, fetch: servers.fetch, ...options })
  return { index, ...servers }
}

describe('a cluster index', () => {
  it('creates replicated tables on the cluster, and those over them on the coordinator', async () => {
    const { sent } = await open()
    const created = sent.slice(1).map(({ statement }) => statement)
    expect(created).toHaveLength(6)
    for (const statement of created.slice(0, 3)) expect(statement).toContain("ON CLUSTER 'gallery'")
    for (const statement of created.slice(3)) expect(statement).not.toContain('ON CLUSTER')
    expect(created[1]).toContain('engine = ReplicatedMergeTree')
    expect(created[1]).toContain('check length(vector) = 2')
    expect(created[2]).toContain('engine = ReplicatedReplacingMergeTree(position)')
    expect(created[4]).toContain("Distributed('gallery', 'countenance', 'face_abababababababab', intHash64(seq))")
    expect(created.join()).not.toMatch(/[{}]|--/)
    expect(created.join()).not.toMatch(/vector_similarity|index /)
  })

  it('creates plain tables at each address it is given', async () => {
    const replicas = ['http://one:1', 'http://two:1', 'http://three:1', 'http://four:1']
    const { sent } = await open({}, { replicas })
    const faces = sent.filter(({ statement }) => statement.includes('engine = MergeTree'))
    expect(faces.map(({ host }) => host).sort()).toEqual(['four:1', 'one:1', 'three:1', 'two:1'])
  })

  it('documents the schema as it is', () => {
    const schema = readFileSync(join(import.meta.dirname, 'face-table.sql'), 'utf8')
    const page = readFileSync(join(import.meta.dirname, '../../../docs/operations/cluster.md'), 'utf8')
    expect(page).toContain(schema.trim())
  })

  it('pins on every statement what keeps an answer whole and a template out of the logs', async () => {
    const { index, sent } = await open({ dotProduct: [] })
    await index.scan([vector], ask)
    await index.apply([added])
    for (const { settings } of sent) {
      expect(settings).toMatchObject({
        skip_unavailable_shards: '0',
        use_skip_indexes: '0',
        fallback_to_stale_replicas_for_distributed_queries: '0',
        timeout_overflow_mode: 'throw',
        read_overflow_mode: 'throw',
        log_queries: '0',
        wait_end_of_query: '1',
      })
    }
    const scan = sent.find(({ statement }) => statement.includes('dotProduct'))
    expect(scan?.settings).toMatchObject({ max_execution_time: '60' })
    const insert = sent.find(({ statement }) => statement.includes('RowBinary'))
    expect(insert?.settings).toMatchObject({ distributed_foreground_insert: '1', mutations_sync: '2' })
  })

  it('asks for counts and rows of every shard in one statement, the query by its bits', async () => {
    const { index, sent } = await open({ dotProduct: [[1, 3, 2, 2, [[-0.5, 9]]]] })
    const [answer] = await index.scan([vector], { ...ask, floor: 0.25 })
    expect(answer).toMatchObject({ enrolled: 3, searched: 2, rows: [{ seq: 9 }] })
    const { statement = '' } = sent.at(-1) ?? {}
    expect(statement).toContain("reinterpret(unhex('9a99193fcdcc4c3f'), 'Array(Float32)')")
    expect(statement).toMatch(/^WITH \(sealed = 0\) AS compared/)
    expect(statement).toContain(
      'SELECT _shard_num AS shard, count(), countIf(compared), countIf(compared AND score0 >= 0.24',
    )
    expect(statement).toContain('groupArraySortedIf(5)((-score0, seq), compared AND score0 >= 0.24')
    expect(statement).toContain(`FROM ${FACE}_all GROUP BY shard FORMAT JSONCompactEachRow`)
  })

  it('sends 16 queries at a time', async () => {
    const { index, statements } = await open()
    const answers = await index.scan(
      Array.from({ length: 33 }, () => vector),
      ask,
    )
    expect(answers).toHaveLength(33)
    const scans = statements().filter((statement) => statement.includes('dotProduct'))
    expect(scans.map((statement) => statement.split('dotProduct').length - 1)).toEqual([16, 16, 1])
  })

  it('inserts as RowBinary what is not there, then notes the position on each shard', async () => {
    const second: IndexChange = { kind: 'added', seq: 2, facts, vector }
    const { index, sent } = await open({ 'GROUP BY seq': [[1, [1]]] })
    await index.apply([added, second])
    const insert = sent.find(({ rows }) => rows !== null)
    expect(insert?.statement).toBe(
      `INSERT INTO ${FACE}_all (seq, source, booked_at, birth_year, sex, sealed, vector) FORMAT RowBinary`,
    )
    expect(insert?.rows).toEqual(encodeRows([{ seq: 2, facts, vector }]))
    expect(sent.at(-1)?.statement).toBe(`INSERT INTO ${FACE}_position_all VALUES (0, 2), (1, 2)`)
  })

  it('skips changes at or before the position of the slowest shard', async () => {
    const both = await open({
      'max(position)': [
        [1, 7],
        [2, 5],
      ],
    })
    expect(await both.index.position()).toBe(5)
    const before = both.sent.length
    await both.index.apply([{ ...added, seq: 5 } as IndexChange])
    expect(both.sent).toHaveLength(before + 1)
    const one = await open({ 'max(position)': [[1, 7]] })
    expect(await one.index.position()).toBe(0)
  })

  it('gives new facts in one mutation', async () => {
    const { index, statements } = await open()
    const other = { ...facts, birthYear: null, sex: 'X', sealed: true } as const
    await index.apply([
      { kind: 'facts', seq: 9, row: 3, facts },
      { kind: 'facts', seq: 10, row: 4, facts: other },
    ])
    const update = statements().find((statement) => statement.includes('UPDATE')) ?? ''
    expect(update).toContain(
      `ALTER TABLE ${FACE} ON CLUSTER 'gallery' UPDATE source = CAST(transform(seq, [3, 4], [1, 1], 0)`,
    )
    expect(update).toContain("birth_year = CAST(transform(seq, [3, 4], [1990, 0], 0), 'UInt16')")
    expect(update).toContain("transform(seq, [3, 4], ['F', 'X'], 'U')")
    expect(update).toContain('sealed = CAST(transform(seq, [3, 4], [0, 1], 0)')
    expect(update).toMatch(/WHERE seq IN \(3, 4\)$/)
  })

  const removal: IndexChange = { kind: 'removed', seq: 9, row: 3 }

  it('a removal counts when no replica holds the row, an old part or a part aside', async () => {
    const { index, statements } = await open({ clusterAllReplicas: [[0]] })
    await index.apply([removal])
    const sent = statements().slice(8)
    expect(sent[0]).toBe(`ALTER TABLE ${FACE} ON CLUSTER 'gallery' DELETE WHERE seq IN (3)`)
    expect(sent[1]).toBe(`SYSTEM START CLEANUP ON CLUSTER 'gallery' ${FACE}`)
    expect(sent.slice(2, 5).join()).toMatch(/face_\w+\) WHERE seq IN \(3\).*system.parts.*NOT active.*detached_parts/)
    expect(sent.at(-1)).toContain('_position_all VALUES (0, 9), (1, 9)')
  })

  it.each([
    ['the row', 'WHERE seq IN', '2 rows'],
    ['an old part', 'NOT active', '2 old parts'],
    ['a part aside', 'system.detached_parts', '2 detached parts'],
  ])('a removal is not taken up while there is %s', async (_, part, words) => {
    const answers = { ALTER: [], [part]: [[2]], clusterAllReplicas: [[0]] }
    const { index, statements } = await open(answers, { removalPatienceMs: 0 })
    const applied = index.apply([removal])
    await expect(applied).rejects.toMatchObject({ code: 'removal_incomplete' })
    await expect(applied).rejects.toThrow(words)
    expect(statements().join()).not.toContain('VALUES')
  })

  it('names a shard that does not answer by its hosts', async () => {
    const { index } = await open({ dotProduct: refusal(369, 'stale'), 'system.one': [[1], [2]] })
    const scan = index.scan([vector], ask)
    await expect(scan).rejects.toMatchObject({ code: 'shard_unavailable' })
    await expect(scan).rejects.toThrow('Shard 2 (three:9000, four:9000) of the cluster does not answer.')
  })

  it.each<[string, FakeAnswer, FakeAnswer, string, string]>([
    [
      'one replica silent',
      refusal(210, 'refused'),
      [[1], [2], [3]],
      'shard_unavailable',
      'Replica four:9000 of shard 2',
    ],
    ['nobody silent any more', refusal(279, 'tried'), [[1], [2], [3], [4]], 'shard_unavailable', 'does not answer at'],
    ['an error of another kind', refusal(62, 'syntax'), [[1], [2], [3], [4]], 'cluster_refused', 'syntax'],
    ['a diagnosis that fails too', refusal(62, 'syntax'), refusal(210, 'no'), 'cluster_refused', 'syntax'],
    [
      'no coordinator',
      new TypeError('fetch failed'),
      new TypeError('fetch failed'),
      'shard_unavailable',
      'coordinator:8443',
    ],
  ])('says what is the matter: %s', async (_, answer, living, code, words) => {
    const { index } = await open({ dotProduct: answer, 'system.one': living })
    const scan = index.scan([vector], ask)
    await expect(scan).rejects.toMatchObject({ code })
    await expect(scan).rejects.toThrow(words)
  })

  it('takes an error for one also after a good status', async () => {
    const late = new Response('', { headers: { 'X-ClickHouse-Exception-Code': '241' } })
    const { index } = await open({ dotProduct: late, 'system.one': [[1], [2], [3], [4]] })
    await expect(index.scan([vector], ask)).rejects.toMatchObject({ code: 'cluster_refused' })
  })

  it('repeats neither the query nor the password in a message', async () => {
    const words = `in unhex('9a99193fcdcc4c3f') and [${Array.from({ length: 40 }, () => '0.125').join(', ')}]`
    const { index, sent } = await open({ dotProduct: refusal(62, words) }, { user: 'reader', password: 'secret-words' })
    const error = await index.scan([vector], ask).catch((failure: Error) => failure)
    expect(String(error)).toContain("unhex('...')")
    expect(String(error)).not.toMatch(/9a99193f|0\.125|secret-words/)
    expect(sent.at(-1)?.headers).toMatchObject({ 'X-ClickHouse-User': 'reader', 'X-ClickHouse-Key': 'secret-words' })
    expect(sent.every(({ settings }) => !JSON.stringify(settings).includes('secret-words'))).toBe(true)
  })

  it('gives the sums of the seqs whole, however large', async () => {
    const large = '340282366920938463463374607431768211455'
    const { index } = await open({ 'toUInt256(seq)': [[3, '18446744073709551616', large]] })
    expect(await index.digest()).toEqual({ rows: 3, sum: 2n ** 64n, squares: 2n ** 128n - 1n })
  })

  it('tells each shard by its hosts and rows, the empty one too', async () => {
    const { index } = await open({ '_shard_num AS shard, count()': [[2, 7]] })
    expect(await index.coverage()).toEqual([
      { shard: 1, replicas: ['one:9000', 'two:9000'], rows: 0 },
      { shard: 2, replicas: ['three:9000', 'four:9000'], rows: 7 },
    ])
    expect(await index.differing([])).toEqual([])
    await expect(index.close()).resolves.toBeUndefined()
  })

  it.each<[string, Partial<ClusterOptions>, Record<string, FakeAnswer>]>([
    ['a cluster of another name', {}, { 'system.clusters': [] }],
    ['unequal weights', {}, { 'system.clusters': [[1, 3, 'one', 9000]] }],
    ['too few addresses', { replicas: ['http://one:1'] }, {}],
    ['a name that is no name', { cluster: "x'; drop" }, {}],
    ['a database that is no name', { database: 'a b' }, {}],
    ['a model without a digest', { model: { ...MODEL, sha256: 'AB' } }, {}],
  ])('refuses %s', async (_, options, answers) => {
    await expect(open(answers, options)).rejects.toMatchObject({ code: 'cluster_refused' })
  })
})
