import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logSigner, logVerifier } from './log.fixture.ts'
import { openNote } from './note.ts'
import {
  formatNote,
  formatSignatureLine,
  isNoteName,
  isNoteText,
  MOST_NOTE_BYTES,
  MOST_SIGNATURES,
  type NoteSignature,
  parseNote,
  parseSignatureLines,
  strictBase64,
} from './note-format.ts'

const TEXT = 'county.example/log\n3\n'
const one: NoteSignature = { name: 'a.example', keyId: '00000001', signature: Buffer.alloc(64, 5) }
const line = formatSignatureLine(one)

const signatures = fc.record({
  name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter(isNoteName),
  keyId: fc.uint8Array({ minLength: 4, maxLength: 4 }).map((bytes) => Buffer.from(bytes).toString('hex')),
  signature: fc.uint8Array({ minLength: 1, maxLength: 80 }).map((bytes) => Buffer.from(bytes)),
})
const texts = fc.string({ unit: 'grapheme', maxLength: 200 }).map((text) => `${text}\n`)

describe('a note', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(texts.filter(isNoteText), fc.array(signatures, { minLength: 1, maxLength: 20 }), (text, list) => {
        const note = formatNote({ text, signatures: list })
        expect(parseNote(note)).toEqual({ text, signatures: list })
        expect(parseNote(Buffer.from(note))).toEqual({ text, signatures: list })
      }),
    )
  })

  it('is written as it was read, whatever was read', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('\n', '—', ' ', 'a', 'AAAAAAA=', 'AAAAAAAA') }), (text) => {
        const parsed = parseNote(text)
        if (parsed !== null) expect(formatNote(parsed)).toBe(text)
      }),
      { numRuns: 2_000 },
    )
    expect(parseNote('a\n\n— a AAAAAAA=\n')).not.toBeNull()
  })

  it('may have empty lines in its text: the last one parts it from the signatures', () => {
    expect(parseNote(`a\n\nb\n\n\n${line}`)).toEqual({ text: 'a\n\nb\n\n', signatures: [one] })
    expect(parseNote(`\n\n${line}`)?.text).toBe('\n')
  })

  it('may hold anything but control characters below U+0020', () => {
    for (const good of ['\u007f', '\u0085', '\u009f', '\u200b', '\ufeff', '\u2028', '—']) {
      const note = logSigner.sign(`${good}\n`)
      expect(openNote(note, [logVerifier])).toMatchObject({ ok: true, text: `${good}\n` })
      expect(openNote(Buffer.from(note), [logVerifier])).toMatchObject({ ok: true, text: `${good}\n` })
    }
    for (let code = 0; code < 0x20; code += 1) {
      const text = `${String.fromCharCode(code)}x\n`
      expect(isNoteText(text)).toBe(code === 0x0a)
      expect(parseNote(`${text}\n${line}`) === null).toBe(code !== 0x0a)
    }
    expect(isNoteText('\ud800\n')).toBe(false)
  })

  it('is refused when it is not UTF-8', () => {
    const bytes = Buffer.from(`é\n\n${line}`)
    expect(parseNote(bytes)).not.toBeNull()
    expect(parseNote(bytes.subarray(1))).toBeNull()
    expect(parseNote(Buffer.concat([Buffer.of(0xc0, 0x80), bytes]))).toBeNull()
    expect(parseNote(Buffer.concat([Buffer.of(0xed, 0xa0, 0x80), bytes]))).toBeNull()
  })

  it('has at most a million bytes, counted in UTF-8', () => {
    const room = MOST_NOTE_BYTES - Buffer.byteLength(`\n\n${line}`)
    expect(parseNote(`${'x'.repeat(room)}\n\n${line}`)).not.toBeNull()
    expect(parseNote(`${'x'.repeat(room + 1)}\n\n${line}`)).toBeNull()
    expect(parseNote(`${'é'.repeat(room / 2 + 1)}\n\n${line}`)).toBeNull()
  })

  it('has 1 to 100 signatures', () => {
    expect(parseNote(`${TEXT}\n${line.repeat(MOST_SIGNATURES)}`)?.signatures).toHaveLength(100)
    expect(parseNote(`${TEXT}\n${line.repeat(MOST_SIGNATURES + 1)}`)).toBeNull()
    expect(() => formatNote({ text: TEXT, signatures: [] })).toThrow(RangeError)
    expect(() => formatNote({ text: TEXT, signatures: Array.from({ length: 101 }, () => one) })).toThrow(RangeError)
    expect(() => formatNote({ text: 'no newline', signatures: [one] })).toThrow(RangeError)
  })
})

describe('a signature line', () => {
  it.each([
    ['no newline', line.slice(0, -1)],
    ['nothing', ''],
    ['an empty line', '\n'],
    ['a hyphen for the dash', line.replace('—', '-')],
    ['two spaces', line.replace(' ', '  ')],
    ['a third word', line.replace('\n', ' x\n')],
    ['a plus in the name', line.replace('a.example', 'a+example')],
    ['a space of another kind in the name', line.replace('a.example', 'a\u00a0example')],
    ['no name', '— AAAAAAAA\n'],
    ['no signature after the key id', '— a AAAAAA==\n'],
    ['base64 with bits left over', '— a AAAAAAB=\n'],
    ['base64 without padding', '— a AAAAAAA\n'],
    ['base64 for addresses', line.replaceAll('F', '-')],
    ['a carriage return', line.replace('\n', '\r\n')],
  ])('is refused with %s', (_, text) => {
    expect(parseSignatureLines(text)).toBeNull()
    expect(parseNote(`${TEXT}\n${text}`)).toBeNull()
  })

  it('names a key by a name without spaces of any kind and without plus signs', () => {
    for (const space of ' \t\n\v\f\r\u0085\u00a0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000+') {
      expect(isNoteName(`a${space}b`)).toBe(false)
    }
    for (const name of ['', '\u0007', 'a\u0000', '\ud800']) expect(isNoteName(name)).toBe(false)
    for (const name of ['a', 'example.com/log', 'é', '—', '\ufeff', 'oid/1.2.3']) expect(isNoteName(name)).toBe(true)
  })
})

describe('base64', () => {
  it('has one spelling', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(strictBase64(Buffer.from(bytes).toString('base64'))).toEqual(Buffer.from(bytes))
      }),
    )
    for (const text of ['A', 'AB', 'AB=', 'AB==', 'AA=A', 'AA==A', ' AAAA', 'AAAA\n', '-_==']) {
      expect(strictBase64(text)).toBeNull()
    }
  })
})
