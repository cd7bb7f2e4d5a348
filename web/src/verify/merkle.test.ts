import { describe, expect, it } from 'vitest'
import { fromBase64, toHex, utf8 } from './bytes.ts'
import { GrowingTree, leafHash } from './merkle.ts'

const hexBytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

/** The leaves and roots of the reference tests of Certificate Transparency (RFC 6962), tree sizes 0 to 8. */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

describe('GrowingTree', () => {
  it('has the roots of the reference tests at every size', async () => {
    const tree = new GrowingTree()
    const roots = [toHex(await tree.root())]
    for (const leaf of LEAVES) {
      await tree.append(await leafHash(hexBytes(leaf)))
      roots.push(toHex(await tree.root()))
    }
    expect(roots).toEqual(ROOTS)
    expect(tree.size).toBe(8)
  })

  it('has another root when one leaf changes by one bit', async () => {
    const rootOf = async (leaves: readonly string[]) => {
      const tree = new GrowingTree()
      for (const leaf of leaves) await tree.append(await leafHash(hexBytes(leaf)))
      return toHex(await tree.root())
    }
    expect(await rootOf(LEAVES.with(3, '2020'))).not.toBe(ROOTS[8])
  })
})

describe('bytes', () => {
  it.each(['not base64!', 'QQ', 'QQ==\n', 'QR=='])('refuses "%s" as base64', (text) => {
    expect(fromBase64(text)).toBeNull()
  })

  it('reads and writes', () => {
    expect(toHex(fromBase64('AAH/') ?? new Uint8Array())).toBe('0001ff')
    expect(toHex(utf8('é'))).toBe('c3a9')
  })
})
