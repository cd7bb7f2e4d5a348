import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sha256Hex } from '../base/index.ts'
import { sql } from '../store/index.ts'
import { templateBytes, templateVector } from './template-bytes.ts'
import { openTestGallery, TABLES, type TestGallery } from './test-gallery.fixture.ts'

let gallery: TestGallery

beforeEach(async () => {
  gallery = await openTestGallery()
})
afterEach(() => gallery.close())

describe('what is enrolled at rest', () => {
  const secret = `PERSON:ada:${'THE PIXELS OF A FACE '.repeat(20)}`

  it('holds neither the image nor the template in clear, in files or in the database', async () => {
    await gallery.enrol(secret)
    const template = await gallery.deps.engine.makeTemplate(new TextEncoder().encode(secret))
    if (!template.ok) throw new Error('no template')
    const floats = Buffer.from(templateBytes(template.value.vector))
    const files = filesUnder(gallery.store.blobFolder).map((path) => readFileSync(path))
    expect(files).toHaveLength(1)
    const places = [...files, await allDatabaseBytes(gallery)]
    // The places are the right ones: what is not secret is found there.
    expect(places[1]?.includes(sha256Hex(secret))).toBe(true)
    for (const needle of [
      Buffer.from(secret),
      Buffer.from('THE PIXELS'),
      floats.subarray(0, 32),
      floats.subarray(-32),
    ]) {
      expect(places.map((place) => place.includes(needle))).toEqual([false, false])
    }
  })

  it('opens again with the subject’s key, and never once that is destroyed', async () => {
    const booking = await gallery.enrol(secret)
    const { store } = gallery
    const read = () => store.transaction({ agency: null }, (tx) => store.blobs.get(tx, booking.blob))
    expect(Buffer.from(await read()).toString()).toBe(secret)
    await store.transaction({ agency: null }, async (tx) => {
      const { rows } = await sql<{ data_key: string }>`select data_key from gallery_subject`.execute(tx)
      await store.blobs.destroyKey(tx, rows[0]?.data_key ?? '')
    })
    await expect(read()).rejects.toMatchObject({ code: 'key_destroyed' })
  })
})

describe('templateBytes', () => {
  it('are float32 with the least significant byte first, and come back as they were', () => {
    const vector = new Float32Array([1, -0.5, 2 ** -149, 0.1])
    expect(Buffer.from(templateBytes(vector)).toString('hex')).toBe('0000803f000000bf01000000cdcccc3d')
    // At an odd place in memory, as bytes from a decipher may be.
    const odd = Buffer.concat([Buffer.alloc(1), templateBytes(vector)]).subarray(1)
    expect(templateVector(odd)).toEqual(vector)
  })
})

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** Every value of every table, bytea as its bytes. */
async function allDatabaseBytes(from: TestGallery): Promise<Buffer> {
  return await from.store.transaction({ agency: null }, async (tx) => {
    const parts: Buffer[] = []
    for (const table of [...TABLES, 'gallery_source', 'gallery_template_removal']) {
      const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(tx)
      for (const value of rows.flatMap((row) => Object.values(row))) {
        parts.push(Buffer.isBuffer(value) ? value : Buffer.from(String(value)))
      }
    }
    return Buffer.concat(parts)
  })
}
