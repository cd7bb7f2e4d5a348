import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printable, printableText, REPLACED } from './printable-text.ts'

const BREAK = '\u200b'
const longest = (text: string) => Math.max(0, ...text.split(/[\s\u200b]+/u).map((run) => [...run].length))

describe('printableText', () => {
  it.each([
    'The ears, the hairline and a scar of 3 mm above the left brow.',
    'José Núñez-Ægir, Łódź, Nguyễn Thị, Straße 5–7, “quoted”, ½ … € № ™',
    'Two lines\nand a\ttab.',
    '',
  ])('leaves as it is: %j', (text) => {
    expect(printableText(text)).toBe(text)
  })

  it.each([
    ['Иванов', '[6 characters not printed]'],
    ['محمد علي', '[8 characters not printed]'],
    ['王小明 (alias)', '[3 characters not printed] (alias)'],
    ['Smile 😀', 'Smile [1 character not printed]'],
    ['Nguyen 阮 and 李 Li', 'Nguyen [1 character not printed] and [1 character not printed] Li'],
  ])('says how much of %j it cannot print', (text, printed) => {
    expect(printableText(text)).toBe(printed)
    expect(REPLACED.test(printed)).toBe(true)
  })

  it.each([
    ['a letter and its accent apart', 'Jose\u0301', 'José'],
    ['signs that turn the direction of writing', 'B-\u202e7102\u202c', 'B-7102'],
    ['signs of no width', 'Bo\u200bok\u2060ing\ufeff', 'Booking'],
    ['a bell and a return', 'One\u0007\r\nTwo', 'One\nTwo'],
    ['half a character', 'A\ud800B', 'A[1 character not printed]B'],
  ])('sets right %s', (_, text, printed) => {
    expect(printableText(text)).toBe(printed)
  })

  it('lets a long stretch break every few letters, and keeps every letter', () => {
    const address = `https://records.example/${'a'.repeat(90)}`
    const printed = printableText(address)
    expect(printed.replaceAll(BREAK, '')).toBe(address)
    expect(longest(printed)).toBeLessThanOrEqual(4)
  })

  it.each([
    ['m', 20, false],
    ['m', 21, true],
    ['M', 16, false],
    ['M', 17, true],
    ['7', 17, true],
  ])('a stretch of "%s" %i times may break: %s', (letter, length, breaks) => {
    expect(printableText(letter.repeat(length)).includes(BREAK)).toBe(breaks)
  })

  it.each(['lead_0k3v9m2x7c4h8t5w1q6z', 'a'.repeat(64)])('keeps %s whole, to be found and copied', (text) => {
    expect(printableText(text)).toBe(text)
  })

  it('for any text: no stretch that cannot break, nothing without a shape, the same when done again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const printed = printableText(text)
        expect(longest(printed)).toBeLessThanOrEqual(20)
        expect(printed).not.toMatch(/[\p{Script=Cyrillic}\p{Script=Han}\p{Script=Arabic}\p{Co}\p{Cn}]/u)
        expect(printableText(printed)).toBe(printed)
      }),
    )
  })

  it.each(['400Regular', '600SemiBold', '700Bold'])('counts on no letter that the font %s lacks', async (style) => {
    const name = `@expo-google-fonts/public-sans/${style}/PublicSans_${style}.ttf`
    const shapes = shapesOf(await readFile(fileURLToPath(import.meta.resolve(name))))
    const missing: string[] = []
    for (let code = 0x20; code < 0x3000; code += 1) {
      const sign = String.fromCodePoint(code)
      if (sign !== '\u00ad' && printableText(sign) === sign && !shapes.has(code)) missing.push(code.toString(16))
    }
    expect(missing).toEqual([])
  })
})

describe('printable', () => {
  it('reaches every text and touches nothing else', () => {
    const value = { a: ['Ω', { b: 'ok', n: 3, f: false, none: null }], long: 'x'.repeat(30) }
    expect(printable(value)).toEqual({
      a: ['[1 character not printed]', { b: 'ok', n: 3, f: false, none: null }],
      long: [...Array.from({ length: 7 }, () => 'xxxx'), 'xx'].join(BREAK),
    })
  })
})

/** The code points of a TrueType font: its character map in format 4. */
function shapesOf(font: Buffer): ReadonlySet<number> {
  const found = new Set<number>()
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, index) => 12 + 16 * index)
  const entry = tables.find((at) => font.toString('latin1', at, at + 4) === 'cmap') ?? 0
  const map = font.readUInt32BE(entry + 8)
  const subtables = Array.from({ length: font.readUInt16BE(map + 2) }, (_, index) => {
    return map + font.readUInt32BE(map + 8 + 8 * index)
  })
  const start = subtables.find((at) => font.readUInt16BE(at) === 4)
  if (start === undefined) throw new Error('The font has no character map in format 4.')
  const twice = font.readUInt16BE(start + 6)
  for (let at = 0; at < twice; at += 2) {
    const last = font.readUInt16BE(start + 14 + at)
    const first = font.readUInt16BE(start + 16 + twice + at)
    const delta = font.readUInt16BE(start + 16 + 2 * twice + at)
    const place = start + 16 + 3 * twice + at
    const offset = font.readUInt16BE(place)
    for (let code = first; code <= last && code < 0xffff; code += 1) {
      const glyph = offset === 0 ? code + delta : font.readUInt16BE(place + offset + 2 * (code - first))
      if ((glyph & 0xffff) !== 0) found.add(code)
    }
  }
  return found
}
