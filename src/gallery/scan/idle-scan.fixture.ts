/** A program that scans with threads and does not close the scan. */
import { CodeRows } from './code-rows.ts'
import { openScan } from './open-scan.ts'
import { ADULT, addAll, OPEN_FILTER, unitVectors } from './scan.fixture.ts'

const rows = new CodeRows({ dimension: 16 })
addAll(rows, unitVectors(3, 16), ADULT)
const scan = openScan(rows, { threads: 2, rowsForThreads: 1 })
const [answer] = await scan.scan(unitVectors(1, 16), { k: 1, floor: -1, filter: OPEN_FILTER })
console.log(answer?.searched)
