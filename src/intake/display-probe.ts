import { type Actor, scopeOf } from '../access/index.ts'
import { done, type Outcome } from '../base/index.ts'
import type { EngineCode } from '../engine/index.ts'
import type { IntakeDeps } from './intake-deps.ts'
import type { Probe } from './probe.ts'
import { readProbe } from './read-probe.ts'
import { probeBytes } from './records.ts'

/** A copy to show on a screen: upright, without metadata, longest edge at most 1600 pixels. */
export interface ProbeImage {
  readonly bytes: Uint8Array
  readonly mediaType: 'image/jpeg'
}

/** The display copy of a probe that the actor may read. */
export async function probeImage(
  deps: Pick<IntakeDeps, 'store' | 'engine' | 'clock'>,
  actor: Actor,
  id: string,
): Promise<Outcome<ProbeImage, 'not_found' | EngineCode>> {
  const probe = await readProbe(deps, actor, id)
  return probe.ok ? await displayProbe(deps, actor, probe.value) : probe
}

/** The display copy of a probe that another room has decided the actor may see; asks for no role. */
export async function displayProbe(
  deps: Pick<IntakeDeps, 'store' | 'engine'>,
  actor: Actor,
  probe: Probe,
): Promise<Outcome<ProbeImage, EngineCode>> {
  const original = await deps.store.transaction(scopeOf(actor), (tx) => probeBytes(deps, tx, probe))
  const copy = await deps.engine.displayCopy(original)
  return copy.ok ? done({ bytes: copy.value, mediaType: 'image/jpeg' }) : copy
}
