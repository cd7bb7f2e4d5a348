import { CodeRows } from '../../src/gallery/scan/code-rows.ts'
import { openScan } from '../../src/gallery/scan/open-scan.ts'
import { FaceSet } from '../search/generate.ts'
import { median, type Spent, spend } from '../search/measure.ts'
import { ASK } from './ask.ts'
import { fitLine } from './fit-line.ts'
import type { MeasuredCost } from './measured.ts'
import { spreadOf } from './spread-of.ts'

const DIMENSION = 704
const SIZES = [100_000, 200_000] as const
const ROUNDS = 27
const WARM_ROUNDS = 3

/** The product's own scan of int8 codes, on the calling thread alone, over two sizes in turns. */
export async function measureEmbedded(): Promise<MeasuredCost> {
  const galleries = SIZES.map(openGallery)
  for (let round = -WARM_ROUNDS; round < ROUNDS; round += 1) {
    for (const { search, spent } of galleries) {
      const one = await search(Math.max(0, round))
      if (round >= 0) spent.push(one)
    }
  }
  await Promise.all(galleries.map(({ close }) => close()))
  const [small, large] = galleries.map(({ rows, spent }) => [rows, median(spent.map(({ cpu }) => cpu))] as const)
  const line = fitLine(small ?? [0, 0], large ?? [0, 0])
  const spread = spreadOf(galleries.at(-1)?.spent.map(({ wall }) => wall) ?? [])
  return { dimension: DIMENSION, rowMicroseconds: line.slope * 1000, overheadMs: line.intercept, spread }
}

function openGallery(rows: number) {
  const set = new FaceSet({ kind: 'isotropic', rows, dimension: DIMENSION, seed: 1 })
  const codes = new CodeRows({ dimension: DIMENSION })
  const facts = { source: 1, bookedAt: '2020-01-01', birthYear: null, sex: 'U', sealed: false } as const
  for (let row = 0; row < rows; row += 1) codes.add(row + 1, facts, set.template(row))
  const scan = openScan(codes, { threads: 0 })
  const spent: Spent[] = []
  const search = async (round: number) => {
    const probe = set.probe('mated', round).vector
    return await spend(() => scan.scan([probe], ASK))
  }
  return { rows, spent, search, close: () => scan.close() }
}
