import { type Bytes, joinBytes, sha256, toHex, utf8 } from './bytes.ts'
import { GrowingTree, leafHash } from './merkle.ts'

/** An export as the log writes one, signed with a key made for the occasion. */
export async function signedExport(entries: readonly string[]): Promise<{ text: string; verifierKey: string }> {
  const origin = 'test.example/log'
  const pair = (await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify'])) as CryptoKeyPair
  const key = joinBytes(Uint8Array.of(1), new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)))
  const id = (await sha256(joinBytes(utf8(`${origin}\n`), key))).slice(0, 4)
  const text = `${origin}\n${entries.length}\n${base64(await rootOf(entries))}\n`
  const signature = new Uint8Array(await crypto.subtle.sign({ name: 'Ed25519' }, pair.privateKey, utf8(text)))
  const checkpoint = `${text}\n— ${origin} ${base64(joinBytes(id, signature))}\n`
  const verifierKey = `${origin}+${toHex(id)}+${base64(key)}`
  const header = JSON.stringify({ checkpoint, format: 'countenance-log/1', origin, verifierKey })
  return { text: [header, ...entries, ''].join('\n'), verifierKey }
}

async function rootOf(entries: readonly string[]): Promise<Bytes> {
  const tree = new GrowingTree()
  for (const entry of entries) await tree.append(await leafHash(utf8(entry)))
  return tree.root()
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}
