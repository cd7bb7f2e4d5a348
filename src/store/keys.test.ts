import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openBytes, readAgencyKey, sealBytes, unwrapKey, wrapKey } from './keys.ts'

describe('key wrapping', () => {
  it('gives the AES-256 vector of RFC 3394 section 4.6', () => {
    const kek = Buffer.from('000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F', 'hex')
    const key = Buffer.from('00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F', 'hex')
    const wrapped = wrapKey(kek, key)
    expect(wrapped.toString('hex')).toBe(
      '28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21',
    )
    expect(unwrapKey(kek, wrapped)).toEqual(key)
  })

  it('refuses another agency key, or one changed bit', () => {
    const kek = randomBytes(32)
    const wrapped = wrapKey(kek, randomBytes(32))
    expect(() => unwrapKey(randomBytes(32), wrapped)).toThrow(expect.objectContaining({ code: 'key_missing' }))
    wrapped[5] = (wrapped[5] ?? 0) ^ 1
    expect(() => unwrapKey(kek, wrapped)).toThrow(expect.objectContaining({ code: 'key_missing' }))
  })
})

describe('sealing', () => {
  it('opens to the same bytes, never twice the same sealed form', () => {
    const key = randomBytes(32)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (bytes, context) => {
        const sealed = sealBytes(key, context, bytes)
        expect(Buffer.compare(openBytes(key, context, sealed), bytes)).toBe(0)
        expect(sealBytes(key, context, bytes).equals(sealed)).toBe(false)
        expect(sealed.length).toBe(bytes.length + 28)
      }),
    )
  })

  it('any changed byte, another context, another key or a short value is refused', () => {
    const key = randomBytes(32)
    const sealed = sealBytes(key, 'key_a', Buffer.from('a template'))
    const damaged = expect.objectContaining({ code: 'blob_damaged' })
    for (let at = 0; at < sealed.length; at += 1) {
      const copy = Buffer.from(sealed)
      copy[at] = (copy[at] ?? 0) ^ 0x80
      expect(() => openBytes(key, 'key_a', copy)).toThrow(damaged)
    }
    expect(() => openBytes(key, 'key_b', sealed)).toThrow(damaged)
    expect(() => openBytes(randomBytes(32), 'key_a', sealed)).toThrow(damaged)
    expect(() => openBytes(key, 'key_a', sealed.subarray(0, 10))).toThrow(damaged)
  })
})

describe('the agency key file', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countenance-keys-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('is made once, readable by its owner only, and read again', async () => {
    const path = join(folder, 'keys', 'agency.key')
    const key = await readAgencyKey(path)
    expect(await readAgencyKey(path)).toEqual(key)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await readFile(path, 'utf8')).trim()).toMatch(/^[0-9a-f]{64}$/)
  })

  it('a damaged one is named, not replaced', async () => {
    const path = join(folder, 'agency.key')
    await writeFile(path, 'not a key')
    await expect(readAgencyKey(path)).rejects.toMatchObject({
      code: 'key_missing',
      message: expect.stringContaining(path),
    })
    expect(await readFile(path, 'utf8')).toBe('not a key')
  })
})
