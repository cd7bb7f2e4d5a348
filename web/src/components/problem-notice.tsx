import { showProblem } from '../api/problem.ts'
import { Notice } from './notice.tsx'

interface ProblemNoticeProps {
  readonly thrown: unknown
  readonly onRetry?: () => void
}

/** What happened, what to do, and where it makes sense a button to try again. */
export function ProblemNotice({ thrown, onRetry }: ProblemNoticeProps) {
  const problem = showProblem(thrown)
  return (
    <Notice tone="stop" live title={problem.sentence}>
      <p className="small">{problem.remedy}</p>
      {onRetry === undefined ? null : (
        <button className="button button--small" type="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </Notice>
  )
}
