import type { ReactNode } from 'react'

interface NoticeProps {
  readonly tone?: 'plain' | 'stop' | 'wait' | 'go'
  readonly title: ReactNode
  readonly children?: ReactNode
  /** A result that appears after an act is read out; a standing notice is not. */
  readonly live?: boolean
}

export function Notice({ tone = 'plain', title, children, live = false }: NoticeProps) {
  const className = tone === 'plain' ? 'notice' : `notice notice--${tone}`
  const spoken = live ? { role: tone === 'stop' ? 'alert' : 'status' } : {}
  return (
    <div className={className} {...spoken}>
      <p>
        <strong>{title}</strong>
      </p>
      {children}
    </div>
  )
}
