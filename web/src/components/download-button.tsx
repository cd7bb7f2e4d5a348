import { useMutation } from '@tanstack/react-query'
import { openApi } from '../api/call-api.ts'
import { ProblemNotice } from './problem-notice.tsx'

interface DownloadButtonProps {
  /** Below /api. */
  readonly path: string
  readonly fileName: string
  readonly label: string
  readonly busy: string
}

/** Fetches a document and hands it over as a file; trouble is shown here instead of being saved as one. */
export function DownloadButton({ path, fileName, label, busy }: DownloadButtonProps) {
  const download = useMutation({
    mutationFn: async () => handOver(await (await openApi(path)).blob(), fileName),
  })
  return (
    <div className="stack stack--tight">
      <button className="button" type="button" disabled={download.isPending} onClick={() => download.mutate()}>
        {download.isPending ? busy : label}
      </button>
      {download.isError ? <ProblemNotice thrown={download.error} /> : null}
    </div>
  )
}

function handOver(file: Blob, fileName: string): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
