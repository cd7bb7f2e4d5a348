/** The examples in the documentation and the tests of golang.org/x/mod/sumdb/note, and what it refuses. */
import { describe, expect, it } from 'vitest'
import { known } from './log.fixture.ts'
import { noteSigner, openNote, parseVerifierKey } from './note.ts'
import { parseNote } from './note-format.ts'

const PETER_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const PETER_SECRET = 'AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz'
const ENOCH_KEY = 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop'
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const PETER_LINE =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
const ENOCH_LINE =
  '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n'
const NOTE = `${TEXT}\n${PETER_LINE}`

const peter = known(parseVerifierKey(PETER_KEY))
const enoch = known(parseVerifierKey(ENOCH_KEY))
const secretOf = (encoded: string) => Buffer.from(encoded, 'base64').subarray(1)

describe('the notes of Go', () => {
  it('are signed with the same bytes', () => {
    const signer = noteSigner('PeterNeumann', secretOf(PETER_SECRET))
    expect(signer.verifierKey).toBe(PETER_KEY)
    expect(signer.sign(TEXT)).toBe(NOTE)
  })

  it('give the key of EnochRoot from a seed of zeroes', () => {
    const signer = noteSigner('EnochRoot', Buffer.alloc(32))
    expect(signer.verifierKey).toBe(ENOCH_KEY)
    expect(signer.sign(TEXT)).toBe(`${TEXT}\n${ENOCH_LINE}`)
  })

  it.each([
    ['one known, one not', PETER_LINE + ENOCH_LINE, [peter], ['PeterNeumann']],
    ['both known', PETER_LINE + ENOCH_LINE, [peter, enoch], ['PeterNeumann', 'EnochRoot']],
    ['a known one twice', PETER_LINE + PETER_LINE, [peter], ['PeterNeumann']],
    ['an unknown one twice', PETER_LINE + ENOCH_LINE + ENOCH_LINE, [peter], ['PeterNeumann']],
    ['a hundred', PETER_LINE.repeat(100), [peter], ['PeterNeumann']],
  ])('open with %s', (_, lines, verifiers, signers) => {
    expect(openNote(`${TEXT}\n${lines}`, verifiers)).toEqual({ ok: true, text: TEXT, signers })
  })

  it.each([
    ['no key known', `${TEXT}\n${PETER_LINE}${ENOCH_LINE}`, 'signature_unknown'],
    ['101 signatures', `${TEXT}\n${PETER_LINE.repeat(101)}`, 'note_malformed'],
    ['no signatures', TEXT, 'note_malformed'],
    ['an empty block of signatures', `${TEXT}\n`, 'note_malformed'],
    ['no last newline', NOTE.slice(0, -1), 'note_malformed'],
    ['a control character', `\u0001${NOTE}`, 'note_malformed'],
    ['a name with a space', `${TEXT}\n— Bad Name ${PETER_LINE.slice(15)}`, 'note_malformed'],
    ['a line that is no signature', `${NOTE}Unexpected line.\n`, 'note_malformed'],
  ])('are refused with %s', (_, note, fault) => {
    expect(openNote(note, [])).toEqual({ ok: false, fault })
  })

  it('are refused when they are not UTF-8', () => {
    expect(openNote(Buffer.concat([Buffer.of(0xff), Buffer.from(NOTE)]), [peter])).toMatchObject({
      fault: 'note_malformed',
    })
    expect(openNote(Buffer.from(NOTE), [peter])).toMatchObject({ ok: true })
  })

  it('are refused with a signature that is too long, by a known key', () => {
    const longer = `${TEXT}\n${PETER_LINE.slice(0, 60)}ABCD${PETER_LINE.slice(60)}`
    expect(openNote(longer, [peter])).toEqual({ ok: false, fault: 'signature_wrong' })
    expect(openNote(longer, [enoch])).toEqual({ ok: false, fault: 'signature_unknown' })
  })

  it('keep a signature by its name and key id together: a known name with another id is unknown', () => {
    const misnamed = NOTE.replace('PeterNeumann x', 'CarmenSandiego x')
    const otherId = NOTE.replace('x08g', 'xxxx')
    for (const note of [misnamed, otherId]) {
      expect(parseNote(note)).not.toBeNull()
      expect(openNote(note, [peter])).toEqual({ ok: false, fault: 'signature_unknown' })
    }
  })
})

describe('the keys of Go', () => {
  it('are refused when any part is missing', () => {
    for (let from = 0; from <= PETER_KEY.length; from += 1) {
      for (let to = from + 1; to <= PETER_KEY.length; to += 1) {
        if (from === 0 && to === PETER_KEY.length) continue
        expect(parseVerifierKey(PETER_KEY.slice(from, to))).toBeNull()
      }
    }
  })

  it('are refused when any byte is one more', () => {
    for (let place = 0; place < PETER_KEY.length; place += 1) {
      const changed = Buffer.from(PETER_KEY)
      changed[place] = (changed[place] as number) + 1
      expect(parseVerifierKey(changed.toString('latin1'))).toBeNull()
    }
  })

  it('are refused with a key of the wrong length or algorithm, the id being right', () => {
    expect(parseVerifierKey('PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==')).toBeNull()
    expect(parseVerifierKey('PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')).toBeNull()
  })
})
