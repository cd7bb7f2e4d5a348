import { resolve } from 'node:path'
import type { z } from 'zod'
import { done, type Outcome, refuse } from '../../base/index.ts'
import { channelsOf, type TensorFeed } from './feed.ts'
import { ARCFACE_112, type ManifestJson, manifestSchema } from './manifest-schema.ts'
import type { GoldenTest, ManifestCode, OwnModelCalibration, OwnModelManifest } from './own-model-manifest.ts'

type Refused = Extract<Outcome<never, ManifestCode>, { ok: false }>

/** A byte order mark, as some editors put before a JSON text. */
const MARK = '\uFEFF'

/**
 * Reads the manifest.json of a model that an agency brings. Strict: a wrong value costs accuracy
 * without any error, so a key that nobody reads is refused too.
 * @param json the text of the file, or what it parsed to
 * @param folder where the manifest lies; the paths in it start there
 * @param options `acceptLicence`: somebody accepted a licence that says no; the caller logs it
 */
export function readModelManifest(
  json: unknown,
  folder: string,
  options: { readonly acceptLicence?: boolean } = {},
): Outcome<OwnModelManifest, ManifestCode> {
  const parsed = typeof json === 'string' ? parseText(json) : done(json)
  if (!parsed.ok) return parsed
  const read = manifestSchema.safeParse(parsed.value)
  if (!read.success) return refuseIssues(read.error.issues, parsed.value)
  const goldenTests = readGoldenTests(read.data, folder)
  if (!goldenTests.ok) return goldenTests
  const manifest = assemble(read.data, folder, goldenTests.value)
  return manifest.licence.overridden && options.acceptLicence !== true ? refuseLicence(manifest) : done(manifest)
}

function parseText(text: string): Outcome<unknown, ManifestCode> {
  try {
    return done(JSON.parse(text.startsWith(MARK) ? text.slice(1) : text))
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause)
    const remedy = 'Correct it; a JSON text knows no comments and no comma after the last item.'
    return refuse('manifest_not_json', 'The manifest is not a JSON text.', remedy, { where: '$', facts: { detail } })
  }
}

/** One refusal at a time: keys that nobody reads first, then keys that are missing, then values. */
function refuseIssues(issues: readonly z.core.$ZodIssue[], json: unknown): Refused {
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue
    const where = jsonPath([...issue.path, issue.keys[0] ?? ''])
    const message = `The manifest has ${where}, a key that nobody reads.`
    return refuse('manifest_key_unknown', message, 'Correct its spelling, or remove it.', { where })
  }
  const missing = issues.find((issue) => issue.path.length > 0 && valueAt(json, issue.path) === undefined)
  if (missing !== undefined) {
    const where = jsonPath(missing.path)
    const remedy = `Add it; it ${missing.message}.`
    return refuse('manifest_key_missing', `The manifest does not say ${where}.`, remedy, { where })
  }
  return refuseValue(issues[0])
}

function refuseValue(issue: z.core.$ZodIssue | undefined): Refused {
  const where = jsonPath(issue?.path ?? [])
  const remedy = `Correct ${where}.`
  if (where === '$.schemaVersion') {
    const message = 'The manifest has a schemaVersion that this release does not read; it reads 1.'
    return refuse('manifest_version_unknown', message, 'Write it anew after the documentation of this release.', {
      where,
    })
  }
  if (where === '$.metric') {
    const message = 'Templates are compared by cosine here; a model made for another metric cannot be used.'
    return refuse('metric_unsupported', message, 'Bring a model whose embeddings are compared by cosine.', { where })
  }
  if (issue?.code === 'custom' && (where === '$.onnx.path' || where.endsWith('.image'))) {
    return refuse('path_escapes', `${where} ${issue.message}.`, 'Put the file beside the manifest.', { where })
  }
  const says = issue?.code === 'invalid_type' && where === '$' ? 'must be an object' : (issue?.message ?? 'is wrong')
  return refuse('manifest_value_wrong', `${where} ${says}.`, remedy, { where })
}

function refuseLicence({ licence }: OwnModelManifest): Refused {
  const key = licence.lawEnforcementUse === 'no' ? 'lawEnforcementUse' : 'commercialUse'
  const use = key === 'lawEnforcementUse' ? 'use by law enforcement' : 'commercial use'
  const remedy = 'Bring a model that may be used, or have the licence accepted by name; the log keeps that.'
  const where = `$.licence.${key}`
  return refuse('licence_forbids', `The licence of this model forbids ${use}.`, remedy, { where })
}

function readGoldenTests(json: ManifestJson, folder: string): Outcome<readonly GoldenTest[], ManifestCode> {
  const tests: GoldenTest[] = []
  for (const [index, test] of json.goldenTests.entries()) {
    const bytes = Buffer.from(test.expectedEmbedding, 'base64')
    const expected = Float32Array.from({ length: bytes.length >> 2 }, (_, place) => bytes.readFloatLE(place * 4))
    if (
      bytes.length !== json.output.dimension * 4 ||
      !(Math.hypot(...expected) > 0) ||
      !expected.every(Number.isFinite)
    ) {
      const where = `$.goldenTests[${index}].expectedEmbedding`
      const message = `${where} does not hold ${json.output.dimension} finite 32-bit floats that point somewhere.`
      return refuse('golden_test_malformed', message, 'Write it as base64, lowest byte first.', { where })
    }
    const file = resolve(folder, test.image)
    tests.push({ file, landmarks: test.landmarks ?? null, expected, minCosine: test.minCosine })
  }
  return done(tests)
}

function assemble(json: ManifestJson, folder: string, goldenTests: readonly GoldenTest[]): OwnModelManifest {
  const { onnx, input, alignment, output, provenance } = json
  return {
    id: json.id,
    title: json.title,
    folder: resolve(folder),
    file: resolve(folder, onnx.path),
    sha256: onnx.sha256,
    bytes: onnx.bytes ?? null,
    convert: onnx.convert,
    input: { width: input.width, height: input.height },
    feed: feedOf(input),
    alignment: { transform: alignment.transform, points: alignment.points ?? ARCFACE_112 },
    output: { dimension: output.dimension, name: output.name ?? null },
    metric: json.metric,
    flipAverage: json.flipAverage,
    licence: licenceOf(json),
    trainingData: json.trainingData,
    provenance: { author: provenance.author, url: provenance.url, paper: provenance.paper ?? null },
    calibration: calibrationOf(json),
    limits: json.limits,
    goldenTests,
  }
}

function feedOf({ layout, colour, mean, std }: ManifestJson['input']): TensorFeed {
  const each = (value: number | readonly number[]) =>
    typeof value === 'number' ? Array<number>(channelsOf(colour)).fill(value) : value
  return { layout, colour, mean: each(mean), std: each(std) }
}

function licenceOf({ licence }: ManifestJson): OwnModelManifest['licence'] {
  const { spdx, text, commercialUse, lawEnforcementUse } = licence
  const overridden = commercialUse === 'no' || lawEnforcementUse === 'no'
  return { stated: spdx ?? text ?? '', commercialUse, lawEnforcementUse, overridden }
}

function calibrationOf({ calibration }: ManifestJson): OwnModelCalibration | null {
  const [first, ...others] = calibration?.points ?? []
  if (calibration === undefined || first === undefined) return null
  return { ...calibration, points: [first, ...others], note: calibration.note ?? '' }
}

function jsonPath(path: readonly PropertyKey[]): string {
  return `$${path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')}`
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, part) => (value as Record<PropertyKey, unknown> | undefined)?.[part], json)
}
