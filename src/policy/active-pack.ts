import type { Directive } from './directive.ts'
import { type OpenPack, openPack } from './open-pack.ts'
import { lapd2020 } from './packs/lapd-2020/pack.ts'

let opened: OpenPack | null = null

/** The pack in force; checked when it is first asked for. */
export function activePack(): OpenPack {
  opened ??= openPack(lapd2020)
  return opened
}

export interface DirectiveList {
  readonly pack: string
  readonly digest: string
  readonly directives: readonly Directive[]
}

/**
 * Every directive in force, with its text for people and its Cedar text, and the digest of the whole.
 * Call it once at start: it throws PolicyError `pack_invalid` when a directive cannot be used.
 */
export function listDirectives(): DirectiveList {
  const { pack, digest } = activePack()
  return { pack: pack.id, digest, directives: pack.directives }
}
