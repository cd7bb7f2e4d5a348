import { describe, expect, it } from 'vitest'
import { shortcutFor } from './shortcut.ts'

const VERDICTS = [
  { code: 'excluded', key: 'e' },
  { code: 'cannot_exclude', key: 'c' },
  { code: 'inconclusive', key: 'i' },
]
const press = (key: string, chord = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...chord })

describe('shortcutFor', () => {
  it.each(VERDICTS)('gives "$code" with $key', ({ code, key }) => {
    expect(shortcutFor(press(key), false, VERDICTS)).toEqual({ do: 'verdict', code })
  })

  it.each([
    ['1', 'excluded'],
    ['2', 'cannot_exclude'],
    ['3', 'inconclusive'],
  ])('gives by %s the verdict in that place', (key, code) => {
    expect(shortcutFor(press(key), false, VERDICTS)).toEqual({ do: 'verdict', code })
  })

  it('moves with j and k', () => {
    expect(shortcutFor(press('j'), false, VERDICTS)).toEqual({ do: 'move', by: 1 })
    expect(shortcutFor(press('k'), false, VERDICTS)).toEqual({ do: 'move', by: -1 })
  })

  it('is deaf while a text is typed', () => {
    expect(shortcutFor(press('1'), true, VERDICTS)).toBeNull()
  })

  it.each([{ ctrlKey: true }, { metaKey: true }, { altKey: true }])('leaves chords to the browser: %o', (chord) => {
    expect(shortcutFor(press('1', chord), false, VERDICTS)).toBeNull()
  })

  it.each(['4', 'J', ' ', 'Enter'])('ignores "%s"', (key) => {
    expect(shortcutFor(press(key), false, VERDICTS)).toBeNull()
  })
})
