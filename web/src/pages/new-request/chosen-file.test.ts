import { describe, expect, it } from 'vitest'
import { fileTrouble, firstFile } from './chosen-file.ts'

describe('fileTrouble', () => {
  it.each(['image/jpeg', 'image/png'])('takes %s up to and including 25 MB', (type) => {
    expect(fileTrouble({ type, size: 25_000_000 })).toBeNull()
    expect(fileTrouble({ type, size: 25_000_001 })).toContain('25 MB')
  })

  it('refuses an empty file first of all', () => {
    expect(fileTrouble({ type: 'text/plain', size: 0 })).toContain('empty')
  })

  it.each(['', 'image/heic', 'image/svg+xml', 'application/pdf'])('refuses the type "%s"', (type) => {
    expect(fileTrouble({ type, size: 10 })).toContain('JPEG or PNG')
  })
})

describe('firstFile', () => {
  it('is null when nothing with a file was dropped', () => {
    expect(firstFile(null)).toBeNull()
    expect(firstFile({ files: [] as unknown as FileList })).toBeNull()
  })
})
