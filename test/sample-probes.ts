import { readFile } from 'node:fs/promises'
import { sampleFile } from './running-server.ts'

/** A probe of the sample county and whose it is; `personKey` is null for people who are not in the gallery. */
export interface SampleProbe {
  readonly file: string
  readonly kind: 'second-day' | 'cctv'
  readonly personKey: string | null
}

/** The truth table of the sample, read from its manifest. */
export async function sampleProbes(): Promise<readonly SampleProbe[]> {
  const manifest = JSON.parse(await readFile(sampleFile('manifest.json'), 'utf8')) as {
    readonly truth: Readonly<Record<string, readonly string[] | null>>
  }
  return Object.entries(manifest.truth)
    .filter(([path]) => /^(second-day|cctv)\//.test(path))
    .map(([path, people]) => ({
      file: sampleFile(path),
      kind: path.startsWith('cctv') ? 'cctv' : 'second-day',
      personKey: people?.[0] ?? null,
    }))
}
