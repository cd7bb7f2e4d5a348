import { useQuery } from '@tanstack/react-query'
import { welcomeQuery } from '../../api/session.ts'
import { ProblemNotice } from '../../components/problem-notice.tsx'

/** The system use notice (CJIS AC-8), in the words of the service; its room is kept while it loads. */
export function UseNotice() {
  const welcome = useQuery(welcomeQuery)
  if (welcome.isError) return <ProblemNotice thrown={welcome.error} onRetry={() => void welcome.refetch()} />
  return <p className="sign-in__banner">{welcome.data?.banner}</p>
}
