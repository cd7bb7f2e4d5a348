import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..')
const PLACES = ['web/src', 'web/index.html', 'src', 'docs', 'sample', 'README.md', 'CONTRIBUTING.md', 'SECURITY.md']

/** Words that may not name a result or a person; see docs/vocabulary.md. */
const FORBIDDEN =
  /\b(match(?:es|ed|ing)?|hits?|identified|confidence|percent(?:age)?|suspects?|offenders?|criminals?|mugshots?)\b/gi

/** Places where the word is not about a result: language features, and sentences that name what is refused. */
const ALLOWED = [
  /\.match(?:All)?\(/,
  /\bmatchMedia\b/,
  /\bmatches\(/,
  /\buseMatch\w*|useMatches|isMatch|MatchRoute/,
  /toMatch(?:Object)?\b/,
  /percentEncod|percentile/i,
  /criminal penalties|criminal justice/,
]
/** Pages whose subject is the words themselves. */
const EXEMPT = /^(docs\/vocabulary\.md|docs\/decisions\/0002-.*|src\/intake\/crime-codes\.ts|.*\.test\.tsx?)$/
const NEGATED = /\b(never|not|no|nor|neither|without|cannot|may not|forbids?|forbidden|refuses?)\b/i

interface Slip {
  readonly place: string
  readonly line: string
}

function slipsIn(file: string, text: string): readonly Slip[] {
  if (EXEMPT.test(file)) return []
  return text.split('\n').flatMap((line, at) => {
    const bare = ALLOWED.reduce((rest, pattern) => rest.replace(new RegExp(pattern, 'g'), ''), line)
    const slip = bare.match(FORBIDDEN) !== null && !NEGATED.test(bare)
    return slip ? [{ place: `${file}:${at + 1}`, line: line.trim().slice(0, 160) }] : []
  })
}

function files(path: string): readonly string[] {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return []
  if (!stat.isDirectory()) return /\.(tsx?|mjs|md|html|css|sql|cedar|typ)$/.test(path) ? [path] : []
  return readdirSync(path).flatMap((name) =>
    name === 'node_modules' || name === 'dist' ? [] : files(join(path, name)),
  )
}

describe('words', () => {
  it('no page, message or document uses a forbidden word for a result or a person', () => {
    const slips = PLACES.flatMap((place) => files(join(ROOT, place))).flatMap((file) =>
      slipsIn(relative(ROOT, file), readFileSync(file, 'utf8')),
    )
    expect(slips).toEqual([])
  })

  it.each(['We found 3 matches', 'a 98 % confidence score', 'the suspect was identified'])('finds: %s', (text) => {
    expect(slipsIn('web/src/x.tsx', text)).toHaveLength(1)
  })

  it('lets language features and denials pass', () => {
    expect(slipsIn('web/src/x.tsx', 'text.match(/a/)\nThis is not an identification and never a match')).toEqual([])
  })
})
