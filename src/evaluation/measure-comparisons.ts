import type { AllComparisons } from './compare-all.ts'
import type { EvaluationReport } from './evaluation-report.ts'
import { calibrate } from './figures/calibration.ts'
import { dPrime, tarAtFmr } from './figures/verification.ts'

/** FMRs at which the true accept rate is stated. */
const TARGET_FMRS = [1e-2, 1e-3, 1e-4] as const

/** The one-against-one figures, and the calibration that every candidate list uses. */
export function measureComparisons(compared: AllComparisons): Pick<EvaluationReport, 'verification' | 'calibration'> {
  const { genuine, impostor, impostorPairs, failedGenuine } = compared
  return {
    verification: {
      genuine: genuine.ascending.length + failedGenuine,
      impostor: impostor.ascending.length,
      impostorPairs,
      failedGenuine,
      dPrime: dPrime(genuine.ascending, impostor.ascending),
      tar: TARGET_FMRS.map((target) => tarAtFmr(genuine, impostor, target, failedGenuine)),
    },
    calibration: calibrate(impostor),
  }
}
