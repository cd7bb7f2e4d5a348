import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { openApi } from '../../api/call-api.ts'
import { formatCount } from '../../components/moment.tsx'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { verifyExport } from '../../verify/verify-export.ts'
import { VerificationReport } from './verification-report.tsx'

interface Progress {
  readonly done: number
  readonly all: number
}

/** The browser does the arithmetic itself; the service only hands over the bytes. */
export function BrowserVerification({ verifierKey }: { readonly verifierKey: string }) {
  const [progress, setProgress] = useState<Progress>({ done: 0, all: 0 })
  const client = useQueryClient()
  const check = useMutation({
    mutationFn: async () => {
      setProgress({ done: 0, all: 0 })
      const response = await openApi('/log/export')
      if (response.body === null) throw new Error('the export has no body')
      return verifyExport(response.body, verifierKey, (done, all) => setProgress({ done, all }))
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['log'] }),
  })
  return (
    <section className="verification" aria-labelledby="verification-title">
      <div className="row row--apart">
        <div className="stack stack--tight">
          <h2 id="verification-title">Verify it here</h2>
          <p className="soft small">
            This browser downloads the whole log, hashes every entry, rebuilds the tree and checks the signature. The
            service is not asked whether it is right.
          </p>
        </div>
        <button
          className="button button--primary"
          type="button"
          disabled={check.isPending}
          onClick={() => check.mutate()}
        >
          {check.isPending ? 'Verifying' : 'Verify now'}
        </button>
      </div>
      {check.isPending ? (
        <p className="small" role="status">
          {formatCount(progress.done)} of {progress.all === 0 ? 'the' : formatCount(progress.all)} entries{' '}
          <progress aria-label="Entries verified" max={Math.max(1, progress.all)} value={progress.done} />
        </p>
      ) : null}
      {check.isError ? <ProblemNotice thrown={check.error} onRetry={() => check.mutate()} /> : null}
      {check.isSuccess ? <VerificationReport report={check.data} /> : null}
    </section>
  )
}
