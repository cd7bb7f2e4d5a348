import { describe, expect, it } from 'vitest'
import { checkNote, readCheckpoint } from './note.ts'

/** The example of golang.org/x/mod/sumdb/note: its key, its text, its signature. */
const KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const TEXT =
  'If you think cryptography is the answer to your problem,\n' + "then you don't know what your problem is.\n"
const NOTE = `${TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`

describe('checkNote', () => {
  it('accepts the reference note', async () => {
    expect(await checkNote(NOTE, KEY)).toBe('signed')
  })

  it('finds a text that was changed', async () => {
    expect(await checkNote(NOTE.replace('answer', 'Answer'), KEY)).toBe('wrong_signature')
  })

  it('finds a signature that was changed', async () => {
    expect(await checkNote(NOTE.replace('x08go/ZJ', 'x08go/ZK'), KEY)).toBe('wrong_signature')
  })

  it('does not know a note signed by somebody else', async () => {
    expect(await checkNote(NOTE.replaceAll('PeterNeumann', 'EnochRoot'), KEY)).toBe('unknown_key')
  })

  it('refuses a key under another name', async () => {
    expect(await checkNote(NOTE, KEY.replace('PeterNeumann', 'EnochRoot'))).toBe('unreadable')
  })

  it.each(['', 'no signature\n', 'text\n\n'])('does not pass %o', async (note) => {
    expect(await checkNote(note, KEY)).not.toBe('signed')
  })
})

describe('readCheckpoint', () => {
  const root = 'A'.repeat(43)

  it('reads origin, size and root', () => {
    expect(readCheckpoint(`county.example/log\n42\n${root}=\n\n— x y\n`)).toEqual({
      origin: 'county.example/log',
      size: 42,
      root: '00'.repeat(32),
    })
  })

  it.each([`a\n042\n${root}=\n`, `a\n-1\n${root}=\n`, 'a\n1\nAAAA\n', `\n1\n${root}=\n`, ''])('refuses %o', (text) => {
    expect(readCheckpoint(text)).toBeNull()
  })
})
