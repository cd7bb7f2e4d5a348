import { copyFile, mkdir, readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { done, fail, type JsonValue, type Outcome } from './base/index.ts'
import type { Settings } from './config.ts'
import {
  describeOwnModel,
  type EngineManifest,
  engineManifest,
  keepOwnModel,
  type LoadedOwnModel,
  loadOwnModel,
  modelIdentity,
  openEngine,
  readModelManifest,
} from './engine/index.ts'
import type { ExaminedModel, ExamineModel } from './evaluation/index.ts'
import type { OpenModel } from './operating-point.ts'

export interface OwnModels {
  readonly examineModel: ExamineModel
  readonly openModel: OpenModel
}

type Places = Pick<Settings, 'dataDir' | 'weightsDir' | 'decodeProcesses' | 'engineThreads'>

/**
 * Brought models on disk: kept with the data, so that a backup has them and no clean-up of weights takes them away, and
 * laid beside the other weights when they are opened.
 */
export function ownModels({ dataDir, weightsDir, decodeProcesses, engineThreads: workers }: Places): OwnModels {
  const modelsDir = join(dataDir, 'models')
  return {
    examineModel: (path, options) => examineModel(path, options, modelsDir),
    openModel: async (model) => {
      if (model === null) return await openEngine({ weightsDir, decodeProcesses, workers })
      const manifest = model.manifest as unknown as EngineManifest
      await layOut(manifest, modelsDir, weightsDir)
      return await openEngine({ weightsDir, decodeProcesses, workers, manifest })
    },
  }
}

async function examineModel(
  path: string,
  { acceptLicence }: { readonly acceptLicence: boolean },
  modelsDir: string,
): Promise<Outcome<ExaminedModel, string>> {
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) {
    return fail('manifest_missing', `The manifest ${basename(path)} cannot be read.`, 'Name a manifest file.')
  }
  const manifest = readModelManifest(text, dirname(resolve(path)), { acceptLicence })
  if (!manifest.ok) return manifest
  const loaded = await loadOwnModel(manifest.value)
  return loaded.ok ? done(examined(loaded.value, modelsDir)) : loaded
}

function examined(loaded: LoadedOwnModel, modelsDir: string): ExaminedModel {
  const manifest = describeOwnModel(loaded, engineManifest)
  return {
    identity: modelIdentity(manifest),
    fileSha256: loaded.manifest.sha256,
    manifest: JSON.parse(JSON.stringify(manifest)) as JsonValue,
    licence: loaded.manifest.licence.stated,
    licenceOverridden: loaded.manifest.licence.overridden,
    keep: async () => {
      await keepOwnModel(loaded, modelsDir)
    },
  }
}

/** The engine checks the digest of what it finds, so a copy that broke off is told there. */
async function layOut({ embedders }: EngineManifest, modelsDir: string, weightsDir: string): Promise<void> {
  await mkdir(weightsDir, { recursive: true })
  for (const { source } of embedders.filter((one) => one.source.from === 'brought')) {
    const name = basename(source.member)
    await copyFile(join(modelsDir, name), join(weightsDir, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
  }
}
