import { useMutation } from '@tanstack/react-query'
import { type DragEvent, useEffect, useState } from 'react'
import { uploadProbe } from '../../api/requests.ts'
import type { Probe } from '../../api/types.ts'
import { Notice } from '../../components/notice.tsx'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { fileTrouble, firstFile } from './chosen-file.ts'

export function ProbeUpload({ onReceived }: { readonly onReceived: (probe: Probe) => void }) {
  const [share, setShare] = useState(0)
  const [trouble, setTrouble] = useState<string | null>(null)
  const upload = useMutation({ mutationFn: (file: File) => uploadProbe(file, setShare), onSuccess: onReceived })
  const take = (file: File | null) => {
    if (file === null || upload.isPending) return
    const wrong = fileTrouble(file)
    setTrouble(wrong)
    setShare(0)
    if (wrong === null) upload.mutate(file)
  }
  usePastedFile(take)
  return (
    <div className="stack">
      {upload.isPending ? <Sending share={share} /> : <DropPlace onFile={take} />}
      {trouble === null ? null : (
        <Notice tone="stop" live title={trouble}>
          <p className="small">Choose a JPEG or PNG photograph of at most 25 MB.</p>
        </Notice>
      )}
      {upload.isError && trouble === null ? <ProblemNotice thrown={upload.error} /> : null}
    </div>
  )
}

function usePastedFile(take: (file: File | null) => void): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => take(firstFile(event.clipboardData))
    document.addEventListener('paste', paste)
    return () => document.removeEventListener('paste', paste)
  })
}

function DropPlace({ onFile }: { readonly onFile: (file: File | null) => void }) {
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    onFile(firstFile(event.dataTransfer))
  }
  const drag = (event: DragEvent) => {
    event.preventDefault()
    setOver(true)
  }
  return (
    <label className="drop" data-over={over} onDrop={drop} onDragOver={drag} onDragLeave={() => setOver(false)}>
      <input
        className="drop__input"
        type="file"
        accept="image/jpeg,image/png"
        aria-label="Choose the probe photograph"
        onChange={({ target }) => {
          const file = target.files?.[0] ?? null
          // Emptied, so that choosing the same file again, mended, is a change.
          target.value = ''
          onFile(file)
        }}
      />
      <span className="drop__title">Drop the probe photograph here</span>
      <span className="soft">
        or <span className="drop__link">choose a file</span>, or paste one. JPEG or PNG, at most 25 MB.
      </span>
      <span className="drop__note">
        The original is kept unchanged and sealed. It is compared with the gallery, never added to it.
      </span>
    </label>
  )
}

function Sending({ share }: { readonly share: number }) {
  const sent = share >= 1
  return (
    <div className="drop drop--busy" role="status">
      <span className="drop__title">{sent ? 'Looking for faces' : 'Sending the photograph'}</span>
      {sent ? <progress aria-label="Looking for faces" /> : <progress aria-label="Sending" value={share} max={1} />}
    </div>
  )
}
