import { resolve } from 'node:path'
import { type Engine, openEngine } from '../../src/engine/index.ts'
import { mostCentral, type Pipeline } from './pipeline.ts'

const WEIGHTS = resolve(import.meta.dirname, '..', '..', '.countenance', 'weights')

export async function openOurEngine(): Promise<Pipeline> {
  const engine = await openEngine({ weightsDir: WEIGHTS })
  return {
    id: `countenance-${engine.model.sha256.slice(0, 16)}`,
    vectorOf: (bytes) => vectorOf(engine, bytes),
    close: () => engine.close(),
  }
}

async function vectorOf(engine: Engine, bytes: Uint8Array): Promise<Float32Array | undefined> {
  const first = await engine.makeTemplate(bytes)
  if (first.ok) return first.value.vector
  if (first.problem.code !== 'many_faces') return undefined
  const analysis = await engine.analyse(bytes)
  if (!analysis.ok) return undefined
  const face = mostCentral(analysis.value.faces, analysis.value, ({ box }) => box)
  const template = await engine.makeTemplate(bytes, face?.index ?? 0)
  return template.ok ? template.value.vector : undefined
}
